"""Locking step by step: cover, save, close. The process that held the keys ends after it.

    open ──lock──► covered ──words on disk──► locked
      ▲               │ ▲
      │           refused│again, or every few seconds
      └─passphrase────held

Once covered, the window is shown again to the passphrase alone, whoever asked for the lock: who
pressed the key may have left. And it is never locked over words that are only on screen: ending
the process would lose them, so it stays, covered, until they are safe. Both losses count, and a
covered screen is the state in which neither has happened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from app.ui.locking.cover import Cover
from app.ui.locking.leaving import Leaving

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QMainWindow

    from app.errors import SiteweekError
    from app.ui.frame import Frame
    from app.ui.runner import Runner

SAYS_SO_AFTER: Final = 3_000  # ms until a silent disk is spoken of
AGAIN_AFTER: Final = 10_000  # ms between two attempts
# ms for the backup and for closing. Every word is on disk by then: a store left open loses nothing,
# and a backup that is cut short is swept away. The next is made within the hour.
CLOSES_WITHIN: Final = 5_000


class Locking(QObject):
    """Locks a window over an open inspection. Used once."""

    locked = Signal()
    uncovered = Signal()

    def __init__(
        self,
        window: QMainWindow,
        frame: Frame,
        runner: Runner,
        check: Callable[[str], object],
    ) -> None:
        """Prepare; ``check`` raises an error for a passphrase that isn't the profile's."""
        super().__init__(window)
        self.is_closed = False
        self.cover = Cover(window)
        self.cover.show_still_open(frame.escalations.still_open)
        self._window, self._frame = window, frame
        self._runner, self._check = runner, check
        self._hidden: list[QWidget] = []
        self._leaving: Leaving | None = None
        self._slow = _timer(self, SAYS_SO_AFTER, self.cover.show_held)
        self._again = _timer(self, AGAIN_AFTER, self._save)
        self._closing = _timer(self, CLOSES_WITHIN, self._end)
        self.cover.again_requested.connect(self._save)
        self.cover.uncover_requested.connect(self._on_uncover)

    def start(self) -> None:
        """Cover at once; then save."""
        self._hide_others()
        # Over the content, not in its place: giving a page another parent styles it all anew,
        # which takes longer than everything else here together.
        self.cover.setGeometry(self._window.rect())
        self._window.installEventFilter(self)
        self.cover.show()
        self.cover.raise_()
        self.cover.setFocus()
        self._frame.hide()
        self._window.repaint()  # before the disk is asked for anything
        self._save()

    def save_again(self) -> None:
        """Try again now, if nothing is under way."""
        self._save()

    def _save(self) -> None:
        if self._leaving is not None or self.is_closed:
            return
        self._again.stop()
        self._slow.start()
        self._leaving = leaving = Leaving(
            self._frame, self._runner, is_to_return=True, dialogs=self._hidden
        )
        leaving.safe.connect(self._on_safe)
        leaving.left.connect(self._end)
        leaving.refused.connect(self._on_refused)
        leaving.start()

    def _on_refused(self, sentence: str) -> None:
        self._leaving = None
        self._slow.stop()
        self.cover.show_held(sentence)
        self._again.start()

    def _on_safe(self) -> None:
        self._slow.stop()
        self.cover.show_saving()
        self._closing.start()

    def _end(self) -> None:
        if self.is_closed:
            return
        self._stop()
        for one in self._hidden:
            one.close()
        self.locked.emit()
        self.cover.deleteLater()

    def _on_uncover(self, words: str) -> None:
        self._runner.run(self, lambda: self._check(words), self._on_checked, self._on_wrong)

    def _on_wrong(self, problem: SiteweekError) -> None:
        self.cover.show_refusal(problem.sentence)

    def _on_checked(self, _answer: object) -> None:
        """Show the window again, unless its words became safe and it is locking by now."""
        if self._closing.isActive():
            return
        if self._leaving is not None:
            self._leaving.cancel()
        self._stop()
        self._frame.show()
        for one in self._hidden:
            one.show()
        self.cover.passphrase.clear()
        self.cover.deleteLater()
        self.uncovered.emit()

    def _stop(self) -> None:
        self.is_closed = True
        self._window.removeEventFilter(self)
        for one in (self._slow, self._again, self._closing):
            one.stop()

    def _hide_others(self) -> None:
        """Hide dialogs, menus and tips: each is a window of its own and may show words."""
        QToolTip.hideText()
        while (menu := QApplication.activePopupWidget()) is not None and menu.close():
            pass
        for one in QApplication.topLevelWidgets():
            if one is not self._window and one.isVisible():
                one.hide()
                self._hidden.append(one)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep covering all of the window whatever its size."""
        if event.type() == QEvent.Type.Resize and watched is self._window:
            self.cover.setGeometry(self._window.rect())
        return False


def _timer(owner: QObject, milliseconds: int, then: Callable[[], object]) -> QTimer:
    made = QTimer(owner)
    made.setSingleShot(True)
    made.setInterval(milliseconds)
    made.timeout.connect(then)
    return made

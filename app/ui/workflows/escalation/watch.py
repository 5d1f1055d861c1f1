"""Watches every concern that waits for an answer and says so in the status line, for everybody.

It can’t be put away: it goes when the answer is recorded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from app.domain.escalations import status_line, still_open, urgent_first
from app.operations.escalations import list_escalations

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from app.domain.changes import Changes
    from app.domain.escalations import Escalation
    from app.ui.session import Session

_MOVES_ON: Final = 15_000  # ms between two looks at the clock
_LEAST_LETTERS: Final = 16


class RunningLine(QPushButton):
    """The words in the status line; pressing them opens the most urgent concern."""

    def __init__(self) -> None:
        """Begin hidden: mostly there is nothing to say."""
        super().__init__()
        self.whole = ""
        self.setProperty("role", "running")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * _LEAST_LETTERS)
        self.hide()

    def show_words(self, words: str) -> None:
        """Show a sentence, as much of it as there is room for; the whole as a tip."""
        self.whole = words
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.setVisible(bool(words))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the words to the room there is."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - 2 * self.fontMetrics().averageCharWidth()
        elided = self.fontMetrics().elidedText(self.whole, Qt.TextElideMode.ElideMiddle, room)
        self.setText(elided.replace("&", "&&"))


class EscalationWatch(QObject):
    """Keeps the running line true: on every change, and as time goes by."""

    record_requested = Signal(str)

    def __init__(self, owner: QObject, session: Session) -> None:
        """Look at once."""
        super().__init__(owner)
        self.is_closed = False
        self._session = session
        self._held: list[Escalation] = []
        self.line = RunningLine()
        self.line.clicked.connect(self._on_clicked)
        self._ticker = QTimer(self)
        self._ticker.setInterval(_MOVES_ON)
        self._ticker.timeout.connect(self.show_clock)
        session.bus.changed.connect(self._on_changed)
        self.look()

    @property
    def still_open(self) -> str:
        """One line about what is open at the end of a day; nothing where nothing is."""
        return still_open(self._held)

    def look(self) -> None:
        """Ask for the concerns there are."""
        self._session.ask(self, list_escalations).start(self._show, lambda _problem: None)

    def show_clock(self) -> None:
        """Say how the clocks stand now."""
        words = status_line(self._held, self._session.inspection.clock.now())
        self.line.show_words(words)
        if words:
            self._ticker.start()
        else:
            self._ticker.stop()

    def close_watch(self) -> None:
        """Stop looking. Closing twice does nothing."""
        if not self.is_closed:
            self.is_closed = True
            self._ticker.stop()
            self._session.bus.changed.disconnect(self._on_changed)

    def _show(self, held: list[Escalation]) -> None:
        before = {one.id for one in self._held if one.is_running}
        self._held = held
        self.show_clock()
        if any(one.is_running and one.id not in before for one in held):
            # Said once to a screen reader; the line itself stays.
            event = QAccessibleAnnouncementEvent(self.line, self.line.whole)
            QAccessible.updateAccessibility(event)

    def _on_changed(self, changes: Changes) -> None:
        if changes.touch("escalation", "child"):
            self.look()

    def _on_clicked(self) -> None:
        running = urgent_first(self._held, self._session.inspection.clock.now())
        if running:
            self.record_requested.emit(running[0].id)

"""Getting in: the passphrase of the profile there is, or its recovery sheet.

What unlocks is imported once the screen is painted: whoever opens the lid sees the field at once.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.errors import SiteweekError, TooManyAttemptsError
from app.ui.locking.waiting import Waiting
from app.ui.widgets.centred import Centred, OneAtATime
from app.ui.widgets.labels import label
from app.ui.widgets.saying import Saying
from app.ui.widgets.secret_field import SecretField
from app.ui.workflows.forgotten import Forgotten

if TYPE_CHECKING:
    from pathlib import Path

    from app.clock import Clock
    from app.operations.profile import Profile
    from app.ui.runner import Runner

KEYRING: Final = "keyring"  # as operations name it; that both do is tested
_WIDTH: Final = 56  # of the form, in letters of the interface font
_CARRIED: Final = "siteweek-backup-"


def has_profile(folder: Path) -> bool:
    """Whether there is a profile in a folder: asked before anything of the profile is imported."""
    return os.path.lexists(folder / KEYRING)


def unlock_profile(folder: Path, words: str, clock: Clock) -> Profile:
    """Unlock; raises as the operation of that name does."""
    from app.operations.unlocking import unlock_profile as unlock  # noqa: PLC0415 - see above

    return unlock(folder, words, clock)


class UnlockView(QWidget):
    """One field, one button, and nothing of any inspection.

    Ends with ``unlocked`` (done), or with the window being closed (cancelled); a failure says
    its sentence and asks again.
    """

    unlocked = Signal(object)

    def __init__(self, folder: Path, runner: Runner, clock: Clock) -> None:
        """Ask for the passphrase of the profile in a folder."""
        super().__init__()
        self._folder, self._runner, self._clock = folder, runner, clock
        self._is_closed = self._was_used = False
        self.heading = label("Siteweek", "head")
        self.hint = label(_hint(folder), "meta")
        self.passphrase = SecretField("Passphrase")
        self.said = Saying()
        self.go = QPushButton("Unlock")
        self.go.setProperty("role", "main")
        self.forgot = QPushButton("Forgotten? Use the recovery sheet")
        self.forgot.setProperty("role", "quiet")
        self.usual = QWidget()
        self.forgotten = Forgotten(folder, runner, clock)
        self.stack = OneAtATime()
        self._lay_out()
        self.go.clicked.connect(self._on_go)
        self.passphrase.returnPressed.connect(self._on_go)
        self.forgot.clicked.connect(self._on_forgot)
        self.forgotten.opened.connect(self._on_unlocked)
        self.forgotten.left.connect(self._on_usual)
        self.forgotten.used.connect(self._on_typed)
        self._waiting = Waiting(self, clock)
        self._waiting.left.connect(self._on_seconds_left)
        self._waiting.over.connect(self._on_waited)
        self.passphrase.textEdited.connect(self._on_typed)
        self.setFocusProxy(self.passphrase)

    @property
    def is_closed(self) -> bool:
        """Whether answers are no longer wanted."""
        return self._is_closed

    @property
    def was_used(self) -> bool:
        """Whether anything of a passphrase was typed: this process may hold what was."""
        return self._was_used

    def close_view(self) -> None:
        """Want no more answers, and keep no passphrase in the fields."""
        self._is_closed = True
        self.passphrase.clear()
        self.forgotten.close_form()

    def _lay_out(self) -> None:
        form = QVBoxLayout(self.usual)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(self.fontMetrics().height() // 2)
        for one in (
            label("&Passphrase", buddy=self.passphrase),
            self.passphrase,
            self.passphrase.caps,
            self.said,
        ):
            form.addWidget(one)
        for button in (self.go, self.forgot):
            form.addWidget(button, alignment=Qt.AlignmentFlag.AlignLeft)
        form.addStretch(1)
        self.stack.addWidget(self.usual)
        self.stack.addWidget(self.forgotten)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setSpacing(self.fontMetrics().height() // 2)
        column.addWidget(self.heading)
        column.addWidget(self.hint)
        column.addWidget(self.stack)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Centred(inner, _WIDTH))
        self.hint.setVisible(bool(self.hint.text()))

    def _on_typed(self, _words: str = "") -> None:
        self._was_used = True

    def _on_forgot(self) -> None:
        self.stack.setCurrentWidget(self.forgotten)
        self.setFocusProxy(self.forgotten)
        self.forgotten.setFocus()

    def _on_usual(self) -> None:
        self.stack.setCurrentWidget(self.usual)
        self.setFocusProxy(self.passphrase)
        self.passphrase.setFocus()

    def _on_go(self) -> None:
        words = self.passphrase.text()
        if not self.go.isEnabled():
            return
        if not words:
            self._say("Type the passphrase first.", is_problem=True)
            return
        self._set_busy(busy=True)
        self._say("Unlocking …")
        self._runner.run(
            self,
            lambda: unlock_profile(self._folder, words, self._clock),
            self._on_unlocked,
            self._on_failed,
        )

    def _on_unlocked(self, profile: Profile) -> None:
        self.close_view()
        self.unlocked.emit(profile)

    def _on_failed(self, problem: SiteweekError) -> None:
        self._say(problem.sentence, is_problem=True)
        if isinstance(problem, TooManyAttemptsError):
            # Nothing was tried, and nothing can be until then: what was typed stays for it.
            self._set_busy(busy=True)
            self._waiting.start(problem.seconds)
            return
        self._set_busy(busy=False)
        self.passphrase.selectAll()
        self.passphrase.setFocus()

    def _on_seconds_left(self, seconds: int) -> None:
        self.go.setText(f"Unlock in {seconds} s")

    def _on_waited(self) -> None:
        self.go.setText("Unlock")
        self._set_busy(busy=False)
        self._say("Now it can be tried again.")
        self.passphrase.selectAll()
        self.passphrase.setFocus()

    def _set_busy(self, *, busy: bool) -> None:
        for widget in (self.go, self.passphrase):
            widget.setEnabled(not busy)

    def _say(self, sentence: str, *, is_problem: bool = False) -> None:
        self.said.say(sentence, is_problem=is_problem)


def _hint(folder: Path) -> str:
    """Say which profile it is where it is not the usual one: a folder's name, nothing in it."""
    if folder.name.startswith(_CARRIED):
        return f"A copy that was carried away: {folder.name}. The passphrase of then opens it."
    return folder.name

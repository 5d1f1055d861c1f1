"""Getting in: create a profile with a passphrase, or unlock the one there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.errors import TooManyAttemptsError
from app.operations.unlocking import (
    SHORTEST_PASSPHRASE,
    create_profile,
    has_profile,
    unlock_profile,
)
from app.ui.locking.waiting import Waiting
from app.ui.widgets.labels import label

if TYPE_CHECKING:
    from pathlib import Path

    from app.clock import Clock
    from app.errors import SiteweekError
    from app.operations.profile import Profile
    from app.ui.runner import Runner

_WIDTH: Final = 56  # of the form, in letters of the interface font


class UnlockView(QWidget):
    """One field (two for a new profile), one button, and nothing of any inspection.

    Ends with ``unlocked`` (done), or with the window being closed (cancelled); a failure says
    its sentence and asks again.
    """

    unlocked = Signal(object)

    def __init__(self, folder: Path, runner: Runner, clock: Clock) -> None:
        """Ask for the passphrase of the profile in a folder, or for a new one."""
        super().__init__()
        self._folder, self._runner, self._clock = folder, runner, clock
        self._is_closed = self._was_used = False
        self.is_new = not has_profile(folder)
        self.heading = label("Create your profile" if self.is_new else "Siteweek", "head")
        self.hint = label(self._hint(), "meta")
        self.passphrase = _secret_field("Passphrase")
        self.again = _secret_field("The same passphrase again")
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setAccessibleName("Message")
        self.go = QPushButton("Create profile" if self.is_new else "Unlock")
        self.go.setProperty("role", "main")
        self._lay_out()
        self.go.clicked.connect(self._on_go)
        self.passphrase.returnPressed.connect(self._on_return)
        self.again.returnPressed.connect(self._on_go)
        self._waiting = Waiting(self, clock)
        self._waiting.left.connect(self._on_seconds_left)
        self._waiting.over.connect(self._on_waited)
        for one in (self.passphrase, self.again):
            one.textEdited.connect(self._on_typed)
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
        self.again.clear()

    def _hint(self) -> str:
        if not self.is_new:
            return str(self._folder.name)
        return (
            "One passphrase opens everything on this laptop. Five unrelated words are easy to "
            f"remember and hard to guess; {SHORTEST_PASSPHRASE} characters are the fewest. "
            "Nobody can recover it for you, so write it down and keep it away from the laptop."
        )

    def _lay_out(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setSpacing(self.fontMetrics().height() // 2)
        column.addWidget(self.heading)
        column.addWidget(self.hint)
        column.addWidget(label("&Passphrase", buddy=self.passphrase))
        column.addWidget(self.passphrase)
        if self.is_new:
            column.addWidget(label("The same &again", buddy=self.again))
            column.addWidget(self.again)
        column.addWidget(self.said)
        column.addWidget(self.go, alignment=Qt.AlignmentFlag.AlignLeft)
        inner.setFixedWidth(self.fontMetrics().averageCharWidth() * _WIDTH)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(inner)
        across.addStretch(1)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addLayout(across)
        outer.addStretch(3)

    def _on_typed(self, _words: str) -> None:
        self._was_used = True

    def _on_return(self) -> None:
        if self.is_new:
            self.again.setFocus()
        else:
            self._on_go()

    def _on_go(self) -> None:
        words = self.passphrase.text()
        if self.is_new and words != self.again.text():
            self._say("The two differ. Type the same passphrase twice.", is_problem=True)
            return
        if not words:
            self._say("Type the passphrase first.", is_problem=True)
            return
        self._set_busy(busy=True)
        self._say("Unlocking …" if not self.is_new else "Creating …")
        work = create_profile if self.is_new else unlock_profile
        self._runner.run(
            self, lambda: work(self._folder, words, self._clock), self._on_unlocked, self._on_failed
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
        for widget in (self.go, self.passphrase, self.again):
            widget.setEnabled(not busy)

    def _say(self, sentence: str, *, is_problem: bool = False) -> None:
        self.said.setProperty("role", "problem" if is_problem else "meta")
        self.said.style().polish(self.said)
        self.said.setText(sentence)
        self.said.setAccessibleDescription(sentence)


def _secret_field(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setAccessibleName(name)
    return field

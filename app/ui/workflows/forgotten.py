"""The way back in: the key from the printed sheet, then a new passphrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.ui.widgets.labels import label
from app.ui.widgets.passphrase_form import PassphraseForm
from app.ui.widgets.recovery_form import KeyField
from app.ui.widgets.saying import Saying

if TYPE_CHECKING:
    from pathlib import Path

    from app.clock import Clock
    from app.errors import SiteweekError
    from app.operations.profile import Profile
    from app.ui.runner import Runner


class Forgotten(QWidget):
    """Asks for the key, and once it opened the profile for a passphrase; then ``opened``.

    The key stays valid. Leaving between the two changes nothing.
    """

    opened = Signal(object)
    left = Signal()
    used = Signal()  # something of a secret was typed

    def __init__(self, folder: Path, runner: Runner, clock: Clock) -> None:
        """Ask for the key of the profile in a folder."""
        super().__init__()
        self._folder, self._runner, self._clock = folder, runner, clock
        self.is_closed = False
        self._profile: Profile | None = None
        self.key = KeyField()
        self.form = PassphraseForm(runner)
        self.key_part, self.words_part = QWidget(), QWidget()
        self.said = Saying()
        self.go = QPushButton("Open with this key")
        self.go.setProperty("role", "main")
        self.back = QPushButton("Back to the passphrase")
        self._lay_out()
        self.words_part.hide()
        self.go.clicked.connect(self._on_go)
        self.key.returnPressed.connect(self._on_go)
        self.form.submitted.connect(self._on_go)
        self.back.clicked.connect(self._on_back)
        self.key.textEdited.connect(lambda _text: self.used.emit())
        self.form.typed.connect(self.used)
        self.setFocusProxy(self.key)

    def close_form(self) -> None:
        """Want no more answers, keep no secret, and lock what nobody took over."""
        self.is_closed = True
        self.key.clear()
        self.form.clear()
        self._lock()

    def _lay_out(self) -> None:
        first = QVBoxLayout(self.key_part)
        first.setContentsMargins(0, 0, 0, 0)
        first.addWidget(
            label(
                "Type the seven groups from the sheet in order. Capitals, spaces and dashes make "
                "no difference. It is not made to wait."
            )
        )
        first.addWidget(label("&Recovery key", buddy=self.key))
        first.addWidget(self.key)
        second = QVBoxLayout(self.words_part)
        second.setContentsMargins(0, 0, 0, 0)
        second.addWidget(
            label("The sheet opens the profile. Choose a new passphrase; the sheet stays valid.")
        )
        second.addWidget(self.form)
        buttons = QHBoxLayout()
        buttons.addWidget(self.go)
        buttons.addWidget(self.back)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.fontMetrics().height() // 2)
        column.addWidget(self.key_part)
        column.addWidget(self.words_part)
        column.addWidget(self.said)
        column.addLayout(buttons)
        column.addStretch(1)

    def _on_go(self) -> None:
        if not self.go.isEnabled():
            return
        profile = self._profile
        if profile is None:
            typed = self.key.text()
            if not typed.strip():
                self.said.say("Type the key from the sheet first.", is_problem=True)
                return
            self._begin("Opening …")
            self._runner.run(
                self, lambda: _open(self._folder, typed, self._clock), self._on_key, self._fail
            )
            return
        problem = self.form.problem
        if problem:
            self.said.say(problem, is_problem=True)
            return
        words = self.form.words
        self._begin("Setting the new passphrase …")
        self._runner.run(self, lambda: _set(profile, words), self._on_set, self._fail)

    def _on_key(self, profile: Profile) -> None:
        self._profile = profile
        self.key.clear()
        self.key_part.hide()
        self.words_part.show()
        self.go.setText("Set the passphrase and unlock")
        self._allow()
        self.said.say("")
        self.setFocusProxy(self.form)
        self.form.setFocus()

    def _on_set(self, _none: None) -> None:
        profile, self._profile = self._profile, None
        self.opened.emit(profile)

    def _on_back(self) -> None:
        self._lock()
        self.key_part.show()
        self.words_part.hide()
        self.go.setText("Open with this key")
        self.said.say("")
        self.setFocusProxy(self.key)
        self.left.emit()

    def _begin(self, sentence: str) -> None:
        self.go.setEnabled(False)
        self.back.setEnabled(False)
        self.said.say(sentence)

    def _allow(self) -> None:
        self.go.setEnabled(True)
        self.back.setEnabled(True)

    def _fail(self, problem: SiteweekError) -> None:
        self._allow()
        self.said.say(problem.sentence, is_problem=True)

    def _lock(self) -> None:
        profile, self._profile = self._profile, None
        if profile is not None:
            profile.close()


# Imported when wanted: the lock screen is painted before anything of this is read.
def _open(folder: Path, typed: str, clock: Clock) -> Profile:
    from app.operations.unlocking import unlock_with_recovery  # noqa: PLC0415

    return unlock_with_recovery(folder, typed, clock)


def _set(profile: Profile, words: str) -> None:
    from app.operations.key_changes import change_passphrase  # noqa: PLC0415

    about = [word for row in profile.inspections() for word in (row.area, row.theme)]
    change_passphrase(profile, words, about)

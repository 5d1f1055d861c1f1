"""The pages of the first run: widgets and their layout, nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.ui.widgets.labels import label
from app.ui.widgets.passphrase_form import PassphraseForm
from app.ui.widgets.recovery_form import RecoveryForm

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.clock import Clock
    from app.ui.runner import Runner

_WAYS: Final = (
    (
        "demo",
        "Try the invented inspection",
        "An invented area with notes, findings and a letter. One click takes it away again.",
    ),
    ("new", "Begin a new inspection…", "An area, a theme and two dates; all can change later."),
    ("join", "Join a team…", "With an invitation that whoever leads the team has given you."),
    ("take_in", "Take in a file…", "An inspection that was put out as a file."),
    ("list", "Go to my inspections", "There are none yet; begin one there when you want to."),
)


class Step(QWidget):
    """One page: where it stands, its title, a sentence, then its own widgets."""

    def __init__(self, place: str, title: str, sentence: str) -> None:
        """Say what the page is for."""
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(self.fontMetrics().height() // 2)
        self.column.addWidget(label(place, "meta"))
        self.column.addWidget(label(title, "head"))
        self.column.addWidget(label(sentence))


class WhoStep(Step):
    """Name and inspectorate. Enter in either is ``submitted``."""

    submitted = Signal()

    def __init__(self) -> None:
        """Ask for both; the second can be left empty, or be any other."""
        super().__init__(
            "Step 1 of 3",
            "Who you are",
            "What you write bears your name. It stays on this laptop until you hand notes over, "
            "and is asked for this once.",
        )
        self.name = QLineEdit()
        self.name.setAccessibleName("Your name")
        self.body = QComboBox()
        typed = QLineEdit()
        self.body.setLineEdit(typed)
        self.body.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.body.setAccessibleName("Your inspectorate")
        self.carried = QPushButton("Open a folder that was carried away…")
        self.carried.setProperty("role", "quiet")
        for one in (
            label("Your &name", buddy=self.name),
            self.name,
            label("Your &inspectorate", buddy=self.body),
            self.body,
            self.carried,
        ):
            self.column.addWidget(one)
        for one in (self.name, typed):
            one.returnPressed.connect(self.submitted)
        self.setFocusProxy(self.name)

    @property
    def who(self) -> tuple[str, str]:
        """Name and inspectorate."""
        return self.name.text().strip(), self.body.currentText().strip()

    def offer(self, bodies: Sequence[str]) -> None:
        """Offer inspectorates by name; what was typed stays."""
        typed = self.body.currentText()
        self.body.clear()
        self.body.addItems(list(bodies))
        self.body.setCurrentIndex(-1)
        self.body.setEditText(typed)


class WordsStep(Step):
    """The passphrase."""

    def __init__(self, runner: Runner, about: Callable[[], Sequence[str]]) -> None:
        """Ask for it twice."""
        super().__init__(
            "Step 2 of 3",
            "A passphrase",
            "One passphrase opens everything on this laptop. Five unrelated words are easy to "
            "remember and hard to guess; 15 characters are the fewest.",
        )
        self.form = PassphraseForm(runner, about)
        self.column.addWidget(self.form)
        self.setFocusProxy(self.form)


class SheetStep(Step):
    """The recovery sheet."""

    def __init__(self, runner: Runner, clock: Clock) -> None:
        """Show the steps."""
        super().__init__(
            "Step 2 of 3",
            "The way back in",
            "If the passphrase is forgotten, a printed sheet opens your notes, and nothing else "
            "does. Nobody can make it for you afterwards.",
        )
        self.form = RecoveryForm(runner, clock)
        self.later = QPushButton("Make the sheet later")
        self.later.setProperty("role", "quiet")
        self.column.addWidget(self.form)
        self.column.addWidget(self.later)
        self.setFocusProxy(self.form)


class BeginStep(Step):
    """What to do first."""

    chosen = Signal(str)

    def __init__(self) -> None:
        """Offer the ways there are."""
        super().__init__(
            "Step 3 of 3", "Begin", "All of this can be done later too, from the list."
        )
        self.ways: dict[str, QPushButton] = {}
        for name, words, meaning in _WAYS:
            button = QPushButton(words)
            button.setAccessibleDescription(meaning)
            button.clicked.connect(lambda _checked=False, it=name: self.chosen.emit(it))
            self.ways[name] = button
            self.column.addWidget(button)
            self.column.addWidget(label(meaning, "meta"))
        self.setFocusProxy(self.ways["demo"])

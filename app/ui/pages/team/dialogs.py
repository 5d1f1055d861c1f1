"""Small questions of the team page: who you are, whether the words agree, where a relay is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from app.operations.sync.joining import Person
from app.operations.sync.people import OFFERED_ROLES, ROLE_NAMES
from app.ui.widgets.answers import answers
from app.ui.widgets.choice import Choice
from app.ui.widgets.fitting import fit
from app.ui.widgets.labels import label


class WhoDialog(QDialog):
    """Asks whose laptop this is; ``given`` carries the person."""

    given = Signal(object)

    def __init__(self, parent: QWidget, sentence: str, doing: str) -> None:
        """Say what it is for, and what the button does."""
        super().__init__(parent)
        self.setWindowTitle("Your laptop")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.name, self.inspectorate = QLineEdit(), QLineEdit()
        self.laptop = QLineEdit("laptop")
        form = QFormLayout()
        form.addRow("Your &name", self.name)
        form.addRow("&Inspectorate", self.inspectorate)
        form.addRow("You call this &laptop", self.laptop)
        self.buttons, self.go = answers(doing)
        self.buttons.accepted.connect(self._on_accepted)
        self.buttons.rejected.connect(self.reject)
        for one in (self.name, self.laptop):
            one.textChanged.connect(self._allow)
        column = QVBoxLayout(self)
        column.addWidget(label(sentence))
        column.addLayout(form)
        column.addStretch(1)
        column.addWidget(self.buttons)
        self._allow()
        fit(self, 30, 14)

    def _allow(self) -> None:
        self.go.setEnabled(bool(self.name.text().strip() and self.laptop.text().strip()))

    def _on_accepted(self) -> None:
        texts = (self.name.text(), self.inspectorate.text(), self.laptop.text())
        self.given.emit(Person(*(one.strip() for one in texts)))
        self.accept()


class WordsDialog(QDialog):
    """Shows the words of a request; ``agreed`` carries how, which role, and from when.

    The button waits until somebody says how the words were compared: pressing it is the check.
    """

    agreed = Signal(str, str, bool)

    def __init__(
        self, parent: QWidget, person: Person, words: tuple[str, ...], *, is_again: bool = False
    ) -> None:
        """Show who asks; ``is_again`` where they have a laptop on the team already."""
        super().__init__(parent)
        self.setWindowTitle("Admit to the team")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        of = f" ({person.inspectorate})" if person.inspectorate else ""
        asks = f"{person.name}{of} asks to join with {person.laptop}."
        if is_again:
            asks += f" {person.name} has a laptop on the team already."
        self.words = label(words_shown(words), "title")
        self.words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard
            | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.words.setAccessibleName("The twelve words")
        self.how = QLineEdit(placeholderText="In person, or by a call where you know the voice")
        self.role = Choice()
        for role in OFFERED_ROLES:
            self.role.addItem(ROLE_NAMES[role], role)
        self.from_now = QCheckBox("Give nothing that was written before now")
        form = QFormLayout()
        form.addRow("&How you compared them", self.how)
        form.addRow("&Role", self.role)
        form.addRow("", self.from_now)
        self.buttons, self.same = answers("They read me the same words")
        self.buttons.accepted.connect(self._on_accepted)
        self.buttons.rejected.connect(self.reject)
        self.how.textChanged.connect(self._allow)
        column = QVBoxLayout(self)
        column.addWidget(label(asks))
        column.addWidget(label("Let them read their words to you. They have to be these:"))
        column.addWidget(self.words)
        column.addLayout(form)
        column.addStretch(1)
        column.addWidget(self.buttons)
        self._allow()
        fit(self, 34, 20)

    def _allow(self) -> None:
        self.same.setEnabled(bool(self.how.text().strip()))

    def _on_accepted(self) -> None:
        self.agreed.emit(
            self.how.text().strip(), self.role.currentData(), self.from_now.isChecked()
        )
        self.accept()


def words_shown(words: tuple[str, ...]) -> str:
    """Return words in rows of four, as one reads them out."""
    rows = (words[start : start + 4] for start in range(0, len(words), 4))
    return "\n".join("   ".join(row) for row in rows)

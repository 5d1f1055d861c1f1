"""What stands round the letter's text: date, salutation, who it is for, who signs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from app.domain.dates import long_date
from app.domain.letters import Addressee
from app.domain.records import read
from app.ui.pages.letter.people import PeopleForm
from app.ui.widgets.dates_typed import date_typed
from app.ui.widgets.fields import ChoiceField
from app.ui.widgets.labels import label

if TYPE_CHECKING:
    from app.operations.previews import Particulars

_LETTER: Final = {
    "date": "Date",
    "date_text": "Date as printed",
    "salutation": "Salutation",
    "subject": "Subject",
    "closing": "Closing",
    "principal_authority": "Principal authority",
    "coordinator": "Statement coordinated by",
    "deadline": "Statement due",
    "email": "Statement sent to",
}
_ADDRESSEE: Final = {
    "name": "Name",
    "post_nominals": "Letters after it",
    "role": "Role",
    "organisation": "Organisation",
    "printed": "As printed",
}
_SIGNATORY: Final = {
    "heading": "Heading",
    "name": "Name",
    "post_nominals": "Letters after it",
    "title": "Title",
}
_DATE_HINT: Final = "3 December 2026"
_DATES: Final = frozenset({"date", "deadline"})


class ParticularsForm(QScrollArea):
    """A plain form; each field is saved when it is left."""

    letter_changed = Signal(str, str)  # field, value
    layout_changed = Signal(str)  # the layout's id

    def __init__(self) -> None:
        """Lay out empty fields."""
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.fields = {name: QLineEdit() for name in _LETTER}
        self.addressees = PeopleForm("Addressees", "addressee", _ADDRESSEE)
        self.signatories = PeopleForm("Signatories", "signatory", _SIGNATORY)
        self.signatories.fields["title"].setPlaceholderText("Lines with / between them")
        self.layout_used = ChoiceField("Layout", nothing="None yet")
        self.layout_used.widget.setToolTip(
            "Sets bullets, signatures and what a first letter begins with. "
            "Blocks that are there stay in their order."
        )
        self.layout_used.left.connect(
            lambda: self.layout_changed.emit(str(self.layout_used.value or ""))
        )
        form = QFormLayout()
        layout_words = label("Layout", "meta", buddy=self.layout_used.widget)
        form.addRow(layout_words, self.layout_used.widget)
        for name, words in _LETTER.items():
            field = self.fields[name]
            field.setAccessibleName(words)
            if name in _DATES:
                field.setPlaceholderText(_DATE_HINT)
            form.addRow(label(words, "meta", buddy=field), field)
            field.editingFinished.connect(lambda name=name: self._on_edited(name))
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.addLayout(form)
        layout.addWidget(self.addressees)
        layout.addWidget(self.signatories)
        layout.addStretch(1)
        self.setWidget(body)

    def show_particulars(self, held: Particulars) -> None:
        """Show them; a field being written in is left alone."""
        self.layout_used.offer(held.layouts)
        self.layout_used.show_value(held.layout or None)
        for name, field in self.fields.items():
            if not field.isModified():
                words = held.letter.text(name)
                field.setText(long_date(words) if name in _DATES else words)
                field.setCursorPosition(0)
        self.addressees.show_people(
            held.addressees, [read(Addressee, one).line for one in held.addressees]
        )
        self.signatories.show_people(
            held.signatories,
            [
                ", ".join(part for part in (one.text("name"), one.text("heading")) if part)
                for one in held.signatories
            ],
        )

    def _on_edited(self, name: str) -> None:
        if self.fields[name].isModified():
            self.fields[name].setModified(False)
            typed = self.fields[name].text().strip()
            self.letter_changed.emit(name, date_typed(typed) if name in _DATES else typed)

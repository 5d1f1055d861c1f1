"""The count beside a finding's quantity words: n of m, and whether “most” is most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.proportions import borne_out, quantity_words
from app.ui.widgets.labels import label
from app.ui.widgets.lines_field import NumberField

if TYPE_CHECKING:
    from app.domain.records import Record
    from app.domain.revisions import Json

_LETTERS = 7


class CountLine(QWidget):
    """Two numbers and a sentence; ``counted`` carries both numbers once they were left."""

    counted = Signal(object)

    def __init__(self) -> None:
        """Begin without a count."""
        super().__init__()
        self.n, self.m = NumberField("Counted, n"), NumberField("Counted, of m")
        self.note = label("", "meta")
        self._held: dict[str, Json] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for words, field in (("Cou&nted", self.n), ("of", self.m)):
            field.line.setFixedWidth(_LETTERS * self.fontMetrics().horizontalAdvance("0"))
            row.addWidget(label(words, "meta", buddy=field.line))
            row.addWidget(field.line)
            field.left.connect(self._on_left)
        row.addWidget(self.note, 1)

    def show_count(self, finding: Record) -> None:
        """Show a finding's count, and what it says of the words in its statement."""
        self._held = {"of_n": finding.fields.get("of_n"), "of_m": finding.fields.get("of_m")}
        for field, name in ((self.n, "of_n"), (self.m, "of_m")):
            if not field.line.hasFocus():
                field.show_value(self._held[name])
        n, m = finding.number("of_n"), finding.number("of_m")
        self.note.setText(count_note(finding.text("statement"), n, m))

    def show_none(self) -> None:
        """Show no count and no words."""
        self._held = {"of_n": None, "of_m": None}
        for field in (self.n, self.m):
            field.show_value(None)
        self.note.setText("")

    def _on_left(self) -> None:
        now = {"of_n": self.n.value, "of_m": self.m.value}
        if now != self._held:
            self._held = now
            self.counted.emit(now)


def count_note(statement: str, n: int | None, m: int | None) -> str:
    """Return, for each quantity word of a statement, what the count says of it."""
    told = []
    for word in quantity_words(statement):
        wrong = borne_out(word, [(n, m)])
        told.append(f"{wrong}." if wrong else f"“{word.capitalize()}” stands for {n} of {m}.")
    return " ".join(told)

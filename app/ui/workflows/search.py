"""Searching everywhere: type, see sentences, Enter opens the one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from app.operations.searching import Found, find_words
from app.ui.widgets.field_over_list import FieldOverList
from app.ui.widgets.fitting import fit
from app.ui.widgets.labels import label
from app.ui.widgets.once_found import OnceFound
from app.ui.widgets.rows import Row, RowsView

if TYPE_CHECKING:
    from app.ui.session import Session

_PAUSE = 150  # ms after the last key
_HINT = (
    "Words, and what narrows them: by: agency: child: day: kind: code: uncoded · "
    "Enter opens the chosen hit"
)
_MARKS = str.maketrans({"\x02": "", "\x03": "", "\n": " "})


class SearchDialog(QDialog):
    """Finds words in every paragraph, finding, point and block of the open inspection."""

    record_requested = Signal(str, str)  # a record, and the words that were found in it

    def __init__(self, parent: QWidget, session: Session, text: str = "") -> None:
        """Ask an open inspection, at once where words are given."""
        super().__init__(parent)
        self.setWindowTitle("Search everywhere")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self.is_closed = False
        self._asked = 0
        self._found: dict[str, str] = {}  # by record, the words that were found in it first
        self.field = QLineEdit(placeholderText="Words to find", clearButtonEnabled=True)
        self.field.setAccessibleName("Words to find")
        self.list = RowsView("Hits", 3)
        self.said = label(_HINT, "meta")
        column = QVBoxLayout(self)
        for one in (self.field, self.list, self.said):
            column.addWidget(one)
        fit(self, 44, 32)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.ask)
        self._once_found = OnceFound()
        self.field.textChanged.connect(self._on_typed)
        FieldOverList(self.field, self.list, lambda: self._once_found.do(self._enter))
        self.list.row_chosen.connect(self._choose)
        self.finished.connect(self._on_finished)
        if text:
            self.field.setText(text)
            self.ask()

    def ask(self) -> None:
        """Search for the words in the field."""
        self._pause.stop()
        self._asked += 1
        ticket = self._asked
        self._session.ask(self, find_words, self.field.text()).start(
            lambda hits: self._show(ticket, hits),
            lambda problem: self.said.setText(problem.sentence),
        )

    def _show(self, ticket: int, hits: list[Found]) -> None:
        if ticket != self._asked:
            return
        self._found = {one.record: _found_in(one) for one in hits}
        self.list.show_rows([_as_row(one) for one in hits])
        if hits:
            self.list.make_current(hits[0].record)
        many = "1 hit." if len(hits) == 1 else f"{len(hits)} hits, the best first."
        count = many if hits else "Nothing was found."
        self.said.setText(count if self.field.text().strip() else _HINT)
        if not self._pause.isActive():
            self._once_found.found()

    def _on_typed(self, _text: str) -> None:
        self._once_found.looking()
        self._pause.start()

    def _enter(self) -> None:
        if self.list.current_key:
            self._choose(self.list.current_key)

    def _choose(self, record: str) -> None:
        self.record_requested.emit(record, self._found.get(record, ""))
        self.accept()

    def _on_finished(self, _result: int) -> None:
        self.is_closed = True


def _found_in(one: Found) -> str:
    """Return the first words that a hit marks; a hit for filters alone marks none."""
    _before, _mark, rest = one.snippet.partition("\x02")
    return rest.partition("\x03")[0]


def _as_row(one: Found) -> Row:
    return Row(
        one.record,
        one.snippet.translate(_MARKS),
        " · ".join(part for part in (one.label, one.owner_ref) if part),
    )

"""Where each inspectorate stands, one line each. Nobody's line can be written by another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QWidget

from app.domain.dates import short_date
from app.ui.widgets.choice import Choice
from app.ui.widgets.labels import label
from app.ui.widgets.wheel import pass_wheel_on

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.operations.findings import Stance
    from app.operations.sheets import FindingSheet, Named

_WORDS: Final = {
    "agreed": "✓ Agrees",
    "query": "? Queries",
    "object": "✕ Objects",
    "abstain": "– Abstains",
}
_NOTHING: Final = "Not said yet"
_WAITING: Final = "Choose a stance to save it"


@dataclass(slots=True)
class _Line:
    choice: QComboBox
    comment: QLineEdit
    said: QLabel
    when: QLabel


class Stances(QWidget):
    """A line for each inspectorate: its stance, its comment, when it was said."""

    stance_taken = Signal(str, str, str)  # inspectorate, stance, comment

    def __init__(self) -> None:
        """Begin without inspectorates."""
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(2, 1)
        # Names and stances are told apart by more than the room between two lines.
        self._grid.setHorizontalSpacing(2 * self.fontMetrics().averageCharWidth())
        self._lines: dict[str, _Line] = {}
        self._names: tuple[Named, ...] = ()
        self._finding = ""
        # Comments typed before a stance was chosen, by finding and inspectorate.
        self._waiting: dict[tuple[str, str], str] = {}

    @property
    def waiting(self) -> tuple[str, ...]:
        """Comments that wait for a stance, and are on no disk yet."""
        return tuple(self._waiting.values())

    def show_none(self) -> None:
        """Show no stance of anybody, for a finding that does not exist yet."""
        self._finding = ""
        for line in self._lines.values():
            line.comment.setModified(False)
            _show(line, None, "", own=False)

    def show_stances(self, sheet: FindingSheet) -> None:
        """Show every inspectorate's stance; only one's own can be changed."""
        if sheet.inspectorates != self._names:
            self._rebuild(sheet.inspectorates)
        self._finding = sheet.finding.record.id
        taken = {one.inspectorate: one for one in sheet.finding.stances}
        for name in self._names:
            held = taken.get(name.id)
            own = sheet.mine == name.id if sheet.mine else held is None
            waiting = self._waiting.get((self._finding, name.id), "")
            _show(self._lines[name.id], held, waiting, own=own)

    def _rebuild(self, names: Sequence[Named]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._names = tuple(names)
        self._lines = {one.id: self._add(row, one) for row, one in enumerate(names)}

    def _add(self, row: int, named: Named) -> _Line:
        choice = Choice()
        choice.addItem(_NOTHING, "")
        for key, words in _WORDS.items():
            choice.addItem(words, key)
        choice.setAccessibleName(f"{named.name}: stance")
        pass_wheel_on(choice)
        comment = QLineEdit(placeholderText="Comment")
        comment.setAccessibleName(f"{named.name}: comment")
        line = _Line(choice, comment, label(""), label("", "meta"))
        self._grid.addWidget(label(named.name, buddy=choice), row, 0)
        self._grid.addWidget(choice, row, 1)
        self._grid.addWidget(comment, row, 2)
        self._grid.addWidget(line.said, row, 1, 1, 2)
        self._grid.addWidget(line.when, row, 3)
        choice.activated.connect(lambda _index: self._take(named.id))
        comment.editingFinished.connect(lambda: self._comment(named.id))
        return line

    def _take(self, inspectorate: str) -> None:
        line = self._lines[inspectorate]
        stance = line.choice.currentData()
        if stance:
            self._waiting.pop((self._finding, inspectorate), None)
            self.stance_taken.emit(inspectorate, stance, line.comment.text().strip())

    def _comment(self, inspectorate: str) -> None:
        line = self._lines[inspectorate]
        if not line.comment.isModified():
            return
        line.comment.setModified(False)
        words = line.comment.text().strip()
        if line.choice.currentData() or not self._finding:
            self._take(inspectorate)
        elif words:
            self._waiting[self._finding, inspectorate] = words
            line.when.setText(_WAITING)
        else:
            self._waiting.pop((self._finding, inspectorate), None)
            line.when.setText("")


def _show(line: _Line, held: Stance | None, waiting: str, *, own: bool) -> None:
    stance = held.stance if held is not None else ""
    comment = held.comment if held is not None else ""
    line.choice.setVisible(own)
    line.comment.setVisible(own)
    line.said.setVisible(not own)
    parts = (_WORDS.get(stance, _NOTHING), comment)
    line.said.setText(": ".join(part for part in parts if part))
    said = f"{short_date(held.at)} {held.at[11:16]}" if held is not None else ""
    line.when.setText(said or (_WAITING if waiting and own else ""))
    line.choice.setCurrentIndex(max(0, line.choice.findData(stance)))
    if not line.comment.isModified():
        line.comment.setText(comment or waiting)

"""The line of days with a lane for each inspector, and one slot beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.domain.kinds.planning import NOTED_AS, SLOT_STATUSES
from app.domain.kinds.registry import label_of
from app.ui.widgets.fields import ChoiceField, DateField, LineField, TimeField
from app.ui.widgets.labels import label
from app.ui.widgets.rows import Row, RowsView
from app.ui.widgets.titled import SideBySide, side_by_side, titled
from app.ui.widgets.two_panes import TwoPanes
from app.ui.widgets.words_table import WordsTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.ui.widgets.fields import Field

_SLOT_LINES: Final = 7
_MISFIT_LINES: Final = 6
_SHORT: Final = 9  # letters of a time


class DaysView(QWidget):
    """Days across, people down; what is chosen in it stands beside it with its fields."""

    def __init__(self) -> None:
        """Lay out an empty line of days."""
        super().__init__()
        self.table = WordsTable("Timetable: days across, inspectors down")
        self.table.nothing = (
            "No days yet. Under Dates, Alt+6, say when the area was notified and when the "
            "fieldwork is; under Team, Alt+4, who comes."
        )
        self.misfits = RowsView("What does not fit", 0)
        self.misfits_title = label("What does not fit", "heading")
        self.where = label("", "title")
        self.slots = RowsView("Slots of the day", 0)
        self.new = QPushButton("New slot")
        self.new.setAccessibleDescription("Ctrl+N")
        self.fields: dict[str, Field] = _fields()
        self.warning = label("", "warning")
        self.begin = QPushButton("Begin its note")
        self.begin.setProperty("role", "main")
        self.begin.setAccessibleDescription("Ctrl+Enter")
        self.call_off = QPushButton("Call off")
        self.call_off.setAccessibleDescription("Ctrl+Shift+Backspace")
        self.setFocusProxy(self.table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(TwoPanes(self._left(), self._right(), 130, (5, 3)))

    def show_slots(self, where: str, rows: Sequence[Row], *, may_plan: bool) -> None:
        """Show the slots of one lane on one day, or what is due then."""
        self.where.setText(where)
        self.slots.show_rows(rows)
        self.slots.nothing = (
            "Nothing is planned here. Ctrl+N plans a slot." if may_plan else "Nothing is due."
        )
        self.slots.viewport().update()
        self.new.setVisible(may_plan)

    def show_form(self, *, is_shown: bool, warning: str = "", is_off: bool = False) -> None:
        """Show the fields of a slot, or none."""
        self.form.setVisible(is_shown)
        self.warning.setText(warning)
        self.warning.setVisible(bool(warning))
        self.call_off.setText("Put back on" if is_off else "Call off")

    def show_misfits(self, rows: Sequence[Row]) -> None:
        """Show what does not fit; nothing where everything does."""
        self.misfits.show_rows(rows)
        for one in (self.misfits_title, self.misfits):
            one.setVisible(bool(rows))

    def _left(self) -> QWidget:
        pane = QWidget()
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        line = self.fontMetrics().height()
        self.misfits.setFixedHeight(_MISFIT_LINES * line)
        column.addWidget(self.table, 1)
        column.addWidget(self.misfits_title)
        column.addWidget(self.misfits)
        return pane

    def _right(self) -> QWidget:
        pane = QWidget()
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.addWidget(self.where, 1)
        head.addWidget(self.new)
        column.addLayout(head)
        self.slots.setMinimumHeight(_SLOT_LINES * self.fontMetrics().height())
        column.addWidget(self.slots, 1)
        column.addWidget(self._form())
        return pane

    def _form(self) -> QWidget:
        self.form = QWidget()
        column = QVBoxLayout(self.form)
        column.setContentsMargins(0, 0, 0, 0)
        get = self.fields
        line = QHBoxLayout()
        line.addWidget(self.begin)
        line.addWidget(self.call_off)
        line.addStretch(1)
        column.addLayout(line)
        column.addWidget(self.warning)
        column.addWidget(side_by_side([get["what"]]))
        times = [titled(get[one]) for one in ("date", "start", "end")]
        column.addWidget(SideBySide(times, (2, 1, 1), _SHORT))
        for names in (
            ("place", "with_whom"),
            ("agency", "child"),
            ("who", "note_kind"),
            ("status",),
        ):
            column.addWidget(side_by_side([get[one] for one in names]))
        return self.form


def _fields() -> dict[str, Field]:
    return {
        "what": LineField("What", "In a few words"),
        "date": DateField("Date", "Day, month and year"),
        "start": TimeField("From", "As 09:00"),
        "end": TimeField("Until", "As 10:30"),
        "place": LineField("Place", "Where it is"),
        "with_whom": LineField("With whom", "Their role, not their name"),
        "agency": ChoiceField("Agency"),
        "child": ChoiceField("Child"),
        "who": ChoiceField("Inspector", nothing="Nobody yet"),
        "note_kind": ChoiceField("Kind of note", [(one, label_of(one)) for one in NOTED_AS]),
        "status": ChoiceField("Status", [(one, one.capitalize()) for one in SLOT_STATUSES]),
    }

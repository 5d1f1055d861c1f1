"""One subgroup task on screen: who looks at what, and the few points that came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.domain.kinds.registry import KINDS
from app.operations.tasks import FEWEST_POINTS, MOST_POINTS
from app.ui.pages.tasks.line_in import LineIn
from app.ui.widgets.evidence_list import EvidenceList
from app.ui.widgets.fields import (
    ChoiceField,
    DateField,
    ListField,
    TickField,
    WordsField,
)
from app.ui.widgets.labels import label
from app.ui.widgets.reason_line import ReasonLine
from app.ui.widgets.rows import Row, RowsView
from app.ui.widgets.titled import SideBySide, side_by_side

if TYPE_CHECKING:
    from app.operations.tasks import Point, Task
    from app.ui.widgets.fields import Field

_POINT_LINES = 12
_EMPTY_LINES = 4
_EVIDENCE_LINES = 9


class TaskSheet(QScrollArea):
    """Shows a task and says what a person wants done with it."""

    members_requested = Signal()
    point_chosen = Signal(str)

    def __init__(self) -> None:
        """Lay out an empty task."""
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.fields = _fields()
        self.state = label("", "meta")
        self.state.setAccessibleName("Where the task stands")
        self.members = QPushButton("Choose members…")
        self.members_told = label("", "meta")
        self.reason = ReasonLine()
        self.close_button = QPushButton("Close the task")
        self.close_button.setAccessibleDescription("Ctrl+Enter")
        self.points = RowsView("Points reported", most_lines=3)
        self.points.nothing = "No points yet. Write three to seven below, each with its evidence."
        self.add = LineIn("Add a point", "What we found, in a sentence. Enter adds it.")
        self.point_words = WordsField("The point’s words", least_lines=1)
        self.pieces = EvidenceList("Evidence of the point", may_unlink=True)
        self.pieces.nothing = "Nothing linked. Ctrl+Shift+E links words from the notes."
        self.link = QPushButton("Link evidence…")
        self.link.setAccessibleDescription("Ctrl+Shift+E")
        self.finding = QPushButton("Make it a finding")
        self.finding.setAccessibleDescription("Ctrl+Shift+Enter")
        self.notes = RowsView("Notes of the task", most_lines=2)
        self.setFocusProxy(self.fields["aspect"].widget)
        self._lay_out()
        self.members.clicked.connect(self.members_requested)
        self.points.row_changed.connect(self.point_chosen)

    def show_task(self, task: Task, point: str) -> None:
        """Show a task; ``point`` is the one whose words and evidence are shown."""
        self.state.setText(_state(task))
        self.members_told.setText(_across(task))
        self.close_button.setText("Open it again" if task.is_closed else "Close the task")
        self.points.show_rows([_point_row(one) for one in task.points])
        self.points.make_current(point, quietly=True)
        lines = _POINT_LINES if task.points else _EMPTY_LINES
        self.points.setFixedHeight(lines * self.fontMetrics().height())
        chosen = next((one for one in task.points if one.id == point), None)
        self.one_point.setVisible(chosen is not None)
        self.pieces.show_pieces(chosen.pieces if chosen is not None else ())
        self.finding.setText(
            "Open its finding" if chosen is not None and chosen.finding else "Make it a finding"
        )
        self.notes.show_rows(
            [Row(one.id, one.text, f"{one.typed_at[11:16]}") for one in task.paragraphs]
        )
        self.notes_part.setVisible(bool(task.paragraphs))

    def _lay_out(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        unit = self.fontMetrics().height()
        column.setContentsMargins(unit, unit // 2, unit, unit)
        column.setSpacing(unit // 2)
        get = self.fields
        get["aspect"].widget.setProperty("role", "title")
        column.addWidget(get["aspect"].widget)
        column.addWidget(self.state)
        column.addWidget(self.reason)
        column.addWidget(side_by_side([get["date"], get["task_lead"], get["criteria"]]))
        column.addWidget(SideBySide([self.members_told, self.members], (1, 0), 12))
        column.addWidget(side_by_side([get["settings"], get["planned"]]))
        column.addWidget(label("What we found", "heading"))
        column.addWidget(self.points)
        column.addWidget(self.add)
        column.addWidget(self._point_part())
        column.addWidget(side_by_side([get["disagreements"], get["gaps"]]))
        ending = [get["confidence"].widget, get["ready_to_report"].widget, self.close_button]
        column.addWidget(SideBySide(ending, (1, 2, 0)))
        self.notes_part = QWidget()
        notes = QVBoxLayout(self.notes_part)
        notes.setContentsMargins(0, 0, 0, 0)
        notes.addWidget(label("Notes of the task", "heading"))
        self.notes.setMinimumHeight(_POINT_LINES * unit)
        notes.addWidget(self.notes)
        column.addWidget(self.notes_part)
        self.setWidget(body)

    def _point_part(self) -> QWidget:
        self.one_point = QWidget()
        part = QVBoxLayout(self.one_point)
        part.setContentsMargins(0, 0, 0, 0)
        part.addWidget(self.point_words.widget)
        self.pieces.setMinimumHeight(_EVIDENCE_LINES * self.fontMetrics().height())
        part.addWidget(self.pieces)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(self.link)
        line.addWidget(self.finding)
        part.addLayout(line)
        return self.one_point


def _fields() -> dict[str, Field]:
    confidences = KINDS["subgroup_task"].by_name["confidence"].choices
    return {
        "aspect": WordsField("What to find out", "What this task is to find out", 1),
        "date": DateField("Day", "24 November 2026"),
        "task_lead": ChoiceField("Led by"),
        "criteria": ListField("Criteria", "A2, B3"),
        "settings": WordsField("Settings", "Where, and with whom", 1),
        "planned": WordsField("Planned", "What is to be done", 1),
        "disagreements": WordsField("Disagreements", least_lines=1),
        "gaps": WordsField("Gaps, and who closes them", least_lines=1),
        "confidence": ChoiceField(
            "Confidence",
            [(one, f"Confidence: {one}") for one in confidences],
            nothing="Confidence: not said",
        ),
        "ready_to_report": TickField("Ready to report"),
    }


def _point_row(point: Point) -> Row:
    against = sum(one.direction == "against" for one in point.pieces)
    count = len(point.pieces)
    rests = f"{count} pieces of evidence" if count != 1 else "1 piece of evidence"
    if not count:
        rests = "rests on nothing yet"
    parts = (rests, f"{against} against" if against else "", "a finding" if point.finding else "")
    return Row(point.id, point.text, " · ".join(part for part in parts if part))


def _state(task: Task) -> str:
    count = len(task.points)
    told = f"{count or 'no'} points reported" if count != 1 else "1 point reported"
    if count:
        told += f", {task.rests_on} of {count} on evidence"
    if count and not FEWEST_POINTS <= count <= MOST_POINTS:
        told += f"; {FEWEST_POINTS} to {MOST_POINTS} are easiest to report"
    if not task.is_closed:
        return f"Open · {told}."
    why = task.record.text("close_reason")
    return f"Closed · {told}." + (f" Closed without evidence: {why}" if why else "")


def _across(task: Task) -> str:
    count = len(task.record.texts("members"))
    if not count:
        return "No members yet."
    members = f"{count} members" if count != 1 else "1 member"
    return f"{members}, from {', '.join(task.inspectorates)}" if task.inspectorates else members

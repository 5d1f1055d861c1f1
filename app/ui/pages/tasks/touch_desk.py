"""Works a keep-in-touch meeting: what leaders were told, as said, and what they answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from app.domain.kinds.meetings import RESPONSES
from app.operations.meetings import TOUCH, KeepInTouch, read_keep_in_touch, share_point
from app.operations.typed_fields import line_kept, save_fields
from app.ui.pages.tasks.line_in import LineIn
from app.ui.pages.tasks.line_keeper import LineKeeper
from app.ui.pages.tasks.minutes import HEADING, HEADLINE, shared_rows
from app.ui.record_form import RecordForm
from app.ui.widgets.fields import ChoiceField, DateField, LineField, ListField, WordsField
from app.ui.widgets.labels import label
from app.ui.widgets.rows import RowsView
from app.ui.widgets.titled import side_by_side

if TYPE_CHECKING:
    from app.domain.changes import Changes
    from app.operations.view import View
    from app.ui.pages.tasks.page import TasksPage
    from app.ui.widgets.fields import Field

_LINES = 13


class TouchSheet(QScrollArea):
    """Shows a keep-in-touch meeting."""

    def __init__(self) -> None:
        """Lay out an empty meeting."""
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.title = label("", "title")
        self.add = LineIn("Add a point", "What leaders were told, as it was said. Enter adds it.")
        self.points = RowsView("Points shared", most_lines=0)
        self.points.nothing = "No points yet. Write above what leaders were told, as it was said."
        self.answer: dict[str, Field] = {
            "text": WordsField("As said", least_lines=1),
            "response": ChoiceField(
                "Leaders’ response", [(one, one.capitalize()) for one in RESPONSES]
            ),
            "offered": LineField("What they offer or do"),
            "due": DateField("By when", "24 November 2026"),
            "finding": ChoiceField("About the finding", nothing="None yet"),
        }
        self.fields: dict[str, Field] = {
            "local_attendees": ListField("Local attendees", "Roles, with commas"),
            "requests_by_us": WordsField("Asked by us", least_lines=1),
            "requests_by_them": WordsField("Asked by them", least_lines=1),
            "conduct_concerns": WordsField("Concerns about the inspection", least_lines=1),
            "agreed_next": WordsField("Agreed for next time", least_lines=1),
        }
        self.setFocusProxy(self.add)
        self._lay_out()

    def _lay_out(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        unit = self.fontMetrics().height()
        column.setContentsMargins(unit, unit // 2, unit, unit)
        column.setSpacing(unit // 2)
        column.addWidget(self.title)
        column.addWidget(self.add)
        self.points.setMinimumHeight(_LINES * unit)
        column.addWidget(self.points, 1)
        self.one_point = QWidget()
        part = QVBoxLayout(self.one_point)
        part.setContentsMargins(0, 0, 0, 0)
        part.addWidget(self.answer["text"].widget)
        answered = [self.answer[one] for one in ("response", "offered", "due")]
        part.addWidget(side_by_side(answered, (1, 2, 1)))
        part.addWidget(side_by_side([self.answer["finding"]]))
        column.addWidget(self.one_point)
        for names in (
            ("local_attendees",),
            ("requests_by_us", "requests_by_them"),
            ("conduct_concerns", "agreed_next"),
        ):
            column.addWidget(side_by_side([self.fields[one] for one in names]))
        self.setWidget(body)


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting, and what stood in its line."""

    meeting: KeepInTouch
    line: str


class TouchDesk(QObject):
    """Serves the page with the sheet."""

    def __init__(self, page: TasksPage) -> None:
        """Begin with no meeting open."""
        super().__init__(page)
        self._page = page
        self._held: KeepInTouch | None = None
        self._point = ""
        self.view = TouchSheet()
        self.form = RecordForm(page, TOUCH, self.view.fields, save_fields)
        self.answer = RecordForm(page, "shared_point", self.view.answer, save_fields)
        self.line = LineKeeper(page, self.view.add, "shared_point")
        for one in (self.form, self.answer):
            one.kept.connect(page.kept)
            one.refused.connect(page.failed)
        self.view.add.entered.connect(self._on_add)
        self.view.points.row_changed.connect(self._on_point)
        self.view.points.row_chosen.connect(self._on_chosen)

    @property
    def record(self) -> str:
        """The meeting on screen."""
        return self.form.record

    def question(self, view: View, record: str) -> Held:
        """Ask for a meeting, and for what stood in its line."""
        return Held(read_keep_in_touch(view, record), line_kept(view, record))

    def show_held(self, record: str, asked: Held) -> None:
        """Show a meeting; for the one on screen, keep what is being typed."""
        held = self._held = asked.meeting
        self.view.title.setText(held.record.text("title") or "Keep-in-touch meeting")
        if record == self.form.record:
            self.form.refresh(held.record.fields)
        else:
            self._point = ""
            self.line.open_record(record, asked.line)
            self.form.open_record(record, held.record.fields, held.draft)
            self.view.verticalScrollBar().setValue(0)
        if self._point not in {one.id for one in held.points}:
            self._point = held.points[-1].id if held.points else ""
        finding = self.view.answer["finding"]
        if isinstance(finding, ChoiceField):
            finding.offer(held.findings)
        self.view.points.show_rows(shared_rows(held))
        self.view.points.make_current(self._point, quietly=True)
        self._show_point()

    def save_now(self) -> None:
        """Save fields, the answer, and a point begun."""
        self.form.save()
        self.answer.save()
        self.view.add.hand_over()

    def keep_now(self) -> None:
        """Keep what was typed as drafts."""
        self.form.keep()
        self.answer.keep()
        self.line.keep()

    def close_desk(self) -> None:
        """Nothing runs on its own here."""

    def _show_point(self) -> None:
        points = self._held.points if self._held is not None else ()
        point = next((one for one in points if one.id == self._point), None)
        self.view.one_point.setVisible(point is not None)
        if point is None:
            return
        fields = {
            "text": point.text,
            "response": point.response or None,
            "offered": point.offered or None,
            "due": point.due or None,
            "finding": point.finding or None,
        }
        if self.answer.record == point.id:
            self.answer.refresh(fields)
        else:
            self.answer.open_record(point.id, fields, {})

    def _on_point(self, key: str) -> None:
        self.answer.save()
        if not key.startswith((HEADING, HEADLINE)):
            self._point = key
            self._show_point()

    def _on_chosen(self, key: str) -> None:
        if key.startswith(HEADLINE):
            self._page.record_requested.emit(key.removeprefix(HEADLINE))
        elif not key.startswith(HEADING):
            self.view.answer["response"].widget.setFocus()

    def _on_add(self, words: str) -> None:
        meeting = self.line.record

        def added(changes: Changes) -> None:
            if meeting == self.record:
                self._point = changes.made
                self._page.reload()

        self.line.take(self._page.session.do(self._page, share_point, meeting, words), words, added)

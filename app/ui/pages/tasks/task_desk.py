"""Works one subgroup task: its fields, its points, their evidence, and closing it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.errors import InvalidInputError
from app.operations.candidates import candidates
from app.operations.findings import link_evidence, unlink_evidence
from app.operations.sheets import Named
from app.operations.tasks import (
    KIND,
    UNNAMED,
    Task,
    add_task_point,
    close_task,
    make_finding,
    read_task,
    reopen_task,
    reword_task_point,
)
from app.operations.typed_fields import line_kept, save_fields
from app.ui.pages.tasks.evidence_picker import EvidencePicker
from app.ui.pages.tasks.line_keeper import LineKeeper
from app.ui.pages.tasks.members import MembersPicker
from app.ui.pages.tasks.task_sheet import TaskSheet
from app.ui.record_form import RecordForm
from app.ui.widgets.fields import ChoiceField, WordsField

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.changes import Changes
    from app.domain.revisions import Json
    from app.errors import SiteweekError
    from app.operations.candidates import Candidate
    from app.operations.tasks import Point
    from app.operations.view import View
    from app.operations.work import Work
    from app.ui.pages.tasks.page import TasksPage


@dataclass(frozen=True, slots=True)
class Held:
    """A task, and who there is."""

    task: Task
    people: tuple[Named, ...]
    line: str


class TaskDesk(QObject):
    """Serves the page with the task’s sheet."""

    def __init__(self, page: TasksPage) -> None:
        """Begin with no task open."""
        super().__init__(page)
        self._page = page
        self._held: Held | None = None
        self._point = ""
        self.view = TaskSheet()
        self.form = RecordForm(page, KIND, self.view.fields, save_fields)
        self.form.kept.connect(page.kept)
        self.form.refused.connect(page.failed)
        self.words = RecordForm(
            page, "task_point", {"text": self.view.point_words}, _save_point_words
        )
        self.line = LineKeeper(page, self.view.add, "task_point")
        self.words.kept.connect(page.kept)
        self.words.refused.connect(page.failed)
        view, offered = self.view, page.offered
        view.add.entered.connect(self._on_add)
        view.point_chosen.connect(self._on_point)
        view.pieces.record_requested.connect(page.record_requested)
        view.pieces.unlink_requested.connect(self._on_unlink)
        view.notes.row_chosen.connect(page.record_requested)
        view.link.clicked.connect(self._on_link)
        view.finding.clicked.connect(self._on_finding)
        view.close_button.clicked.connect(self._on_close)
        view.members_requested.connect(self._on_members)
        view.reason.given.connect(self._close)
        view.reason.declined.connect(view.reason.clear)
        offered.link.triggered.connect(self._on_link)
        offered.finding.triggered.connect(self._on_finding)
        offered.close_task.triggered.connect(self._on_close)

    @property
    def record(self) -> str:
        """The task on screen."""
        return self.form.record

    def question(self, view: View, record: str) -> Held:
        """Ask for a task and for who there is."""
        people = tuple(
            Named(one.id, " · ".join(p for p in (one.text("initials"), one.text("role")) if p))
            for one in view.records.of_kind("person")
        )
        return Held(read_task(view, record), people, line_kept(view, record))

    def show_held(self, record: str, held: Held) -> None:
        """Show a task; for the one on screen, keep what is being typed."""
        self._held = held
        lead = self.view.fields["task_lead"]
        if isinstance(lead, ChoiceField):
            lead.offer([(one.id, one.name) for one in held.people])
        task = held.task
        if record == self.form.record:
            self.form.refresh(task.record.fields)
        else:
            self._point = ""
            self.view.reason.clear()
            self.line.open_record(record, held.line)
            self.form.open_record(record, task.record.fields, task.draft)
            self.view.verticalScrollBar().setValue(0)
            aspect = self.view.fields["aspect"]
            if task.record.text("aspect") == UNNAMED and isinstance(aspect, WordsField):
                aspect.box.selectAll()  # the first words typed take its place
        point = self._chosen()
        if point is None:
            self._point = task.points[0].id if task.points else ""
            point = self._chosen()
        self._show_words(point)
        self.view.show_task(task, self._point)

    def save_now(self) -> None:
        """Save fields and words of the point; a point begun and not added is added."""
        self.form.save()
        self.words.save()
        self.view.add.hand_over()

    def keep_now(self) -> None:
        """Keep what was typed as drafts."""
        self.form.keep()
        self.words.keep()
        self.line.keep()

    def close_desk(self) -> None:
        """Nothing runs on its own here."""

    def _chosen(self) -> Point | None:
        points = self._held.task.points if self._held is not None else ()
        return next((one for one in points if one.id == self._point), None)

    def _show_words(self, point: Point | None) -> None:
        if point is None:
            return
        if self.words.record == point.id:
            self.words.refresh({"text": point.text})
        else:
            self.words.open_record(point.id, {"text": point.text}, {})

    def _on_add(self, words: str) -> None:
        task = self.line.record

        def added(changes: Changes) -> None:
            if task == self.record:
                self._point = changes.made
                self._page.reload()

        self.line.take(self._page.session.do(self._page, add_task_point, task, words), words, added)

    def _on_point(self, key: str) -> None:
        self.words.save()
        self._point = key
        if self._held is not None:
            self._show_words(self._chosen())
            self.view.show_task(self._held.task, key)

    def _on_link(self) -> None:
        point = self._chosen()
        if point is None:
            self._page.said.emit("Add a point first: evidence is linked to a point.")
            return
        picker = EvidencePicker(self._page, point.text)
        page = self._page

        def search(typed: str) -> None:
            page.session.ask(page, candidates, typed).start(
                lambda found: picker.show_found(typed, found), page.refuse
            )

        def link(chosen: Candidate, direction: str) -> None:
            page.session.do(
                page, link_evidence, point.id, chosen.paragraph, direction, chosen.code
            ).start(failed=page.refuse)

        picker.searched.connect(search)
        picker.link_requested.connect(link)
        picker.open()

    def _on_unlink(self, evidence: str) -> None:
        page = self._page
        page.session.do(page, unlink_evidence, evidence).start(
            lambda _changes: page.said.emit("Taken away. The history keeps it."), page.refuse
        )

    def _on_finding(self) -> None:
        point = self._chosen()
        if point is None:
            return
        self.words.save()
        self._page.session.do(self._page, make_finding, point.id).start(
            lambda changes: self._page.record_requested.emit(changes.made), self._page.refuse
        )

    def _on_members(self) -> None:
        if self._held is None:
            return
        picker = MembersPicker(
            self._page, self._held.people, self._held.task.record.texts("members")
        )
        record, page = self.record, self._page
        picker.wanted.connect(
            lambda members: page.session.do(
                page, save_fields, record, {"members": members or None}
            ).start(failed=page.refuse)
        )
        picker.open()

    def _on_close(self) -> None:
        self._close("")

    def _close(self, why: str) -> None:
        if self._held is None:
            return
        self.save_now()
        page, record = self._page, self.record

        def refused(problem: SiteweekError) -> None:
            if isinstance(problem, InvalidInputError) and problem.place == "why":
                self.view.reason.ask(problem.sentence)
                self.view.verticalScrollBar().setValue(0)
                self.view.reason.field.setFocus()
            else:
                page.refuse(problem)

        if self._held.task.is_closed:
            page.session.do(page, reopen_task, record).start(failed=page.refuse)
        else:
            page.session.do(page, close_task, record, why).start(
                lambda _changes: self.view.reason.clear(), refused
            )


def _save_point_words(work: Work, point: str, fields: Mapping[str, Json]) -> Changes:
    words = fields.get("text")
    changes = reword_task_point(work, point, words if isinstance(words, str) else "")
    work.records.drop_draft(point)
    return changes

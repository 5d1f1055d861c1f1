"""The tasks page: the week in a list, and one task, meeting or concern at a time beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout

from app.operations.meetings import TEAM, TOUCH, begin_keep_in_touch, todays_meeting
from app.operations.tables.week import actions_table, concerns_table, tally_table, week_table
from app.operations.tasks import KIND as TASK
from app.operations.tasks import UNNAMED, add_task
from app.ui.exporting import Listed
from app.ui.page import Page
from app.ui.pages.tasks.actions import TasksActions
from app.ui.pages.tasks.meeting_desk import MeetingDesk
from app.ui.pages.tasks.model import HEADING, Week, read_week, week_rows
from app.ui.pages.tasks.projected import projected
from app.ui.pages.tasks.task_desk import TaskDesk
from app.ui.pages.tasks.touch_desk import TouchDesk
from app.ui.pages.tasks.view import TasksView
from app.ui.workflows.escalation.desk import KIND as ESCALATION
from app.ui.workflows.escalation.desk import EscalationDesk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from app.domain.changes import Changes
    from app.errors import SiteweekError
    from app.operations.view import View
    from app.ui.pages.tasks.desk import Desk
    from app.ui.projecting.shown import Shower
    from app.ui.session import Doing, Session

PARTS = {"task_point": "task", "shared_point": "meeting", "decision": "meeting", "action": "note"}


class TasksPage(Page):
    """Tasks, meetings and concerns, one at a time."""

    title = "Tasks"
    kinds = frozenset(
        {ESCALATION, TASK, TEAM, TOUCH, *PARTS, "paragraph", "evidence", "finding", "child"}
        | {"person", "inspectorate", "agency", "line_of_enquiry", "code"}
    )

    def __init__(self, session: Session) -> None:
        """Show the list; nothing is chosen yet."""
        super().__init__(session)
        self.offered = TasksActions(self)
        self.escalations = EscalationDesk(self)
        self.tasks = TaskDesk(self)
        self.meetings = MeetingDesk(self)
        self.touch = TouchDesk(self)
        self._desks: dict[str, Desk] = {
            ESCALATION: self.escalations,
            TASK: self.tasks,
            TEAM: self.meetings,
            TOUCH: self.touch,
        }
        self.view = TasksView([one.view for one in self._desks.values()])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self.week = Week()
        self._kind = ""
        self._chosen = ""
        self._asked = 0
        self._is_to_write = False
        self._connect()
        self.reload()

    @property
    def desk(self) -> Desk | None:
        """Whoever works what is on screen."""
        return self._desks.get(self._kind)

    @property
    def shown_record(self) -> str:
        """The record on screen."""
        return self._chosen

    def reload(self) -> None:
        """Ask for the list and for what is chosen again."""
        self._asked += 1
        ticket, record, desk = self._asked, self._chosen, self.desk

        def question(view: View) -> tuple[Week, Any]:
            held = desk.question(view, record) if desk is not None and record else None
            return read_week(view), held

        self.session.ask(self, question).start(
            lambda answer: self._show(ticket, *answer), self.refuse
        )

    def show_record(self, record: str) -> None:
        """Show a task, a meeting or a concern, or the one that something is part of."""

        def find(view: View) -> tuple[str, str]:
            held = view.records.get(record)
            if held.kind in PARTS and held.text(PARTS[held.kind]):
                held = view.records.get(held.text(PARTS[held.kind]))
            return held.kind, held.id

        self.session.ask(self, find).start(lambda found: self._open(*found), self.refuse)

    def begin(self, kind: str) -> None:
        """Begin a concern about a child: nothing else is begun from elsewhere."""
        if kind == ESCALATION:
            self._leave()
            self._kind, self._chosen = ESCALATION, self.escalations.begin()
            self.view.list.clear_current()
            self.view.content.setCurrentWidget(self.escalations.view)
            self.escalations.view.setFocus()
            self.allow()
            self.reload()

    def to_project(self) -> Shower:
        """Return the question of what a whole room may see."""
        kind, record = self._kind, self._chosen
        return lambda view: projected(view, kind, record)

    def to_export(self) -> Sequence[Listed]:
        """Return the list as the filter leaves it, its concerns alone, their tally and actions."""
        shown = self.view.list.shown_keys()
        return [
            Listed("Tasks and meetings", lambda view: week_table(view, shown)),
            Listed("Children at risk", lambda view: concerns_table(view, shown)),
            Listed("Tally of concerns", tally_table),
            Listed("Actions", actions_table),
        ]

    def panes(self) -> list[QWidget]:
        """Return the panes that F6 walks."""
        panes: list[QWidget] = [self.view.list]
        if self.desk is not None:
            panes.append(self.desk.view)
        return [one for one in panes if one.isVisibleTo(self)]

    def save_now(self) -> None:
        """Save what was typed in any sheet."""
        for one in self._desks.values():
            one.save_now()

    def keep_now(self) -> None:
        """Keep what was typed in any sheet as drafts."""
        for one in self._desks.values():
            one.keep_now()

    def close_page(self) -> None:
        """Save, then stop for good."""
        super().close_page()
        for one in self._desks.values():
            one.close_desk()

    def refuse(self, problem: SiteweekError) -> None:
        """Say why something was not done."""
        self.failed.emit(problem.sentence)

    def allow(self) -> None:
        """Enable what can be done with what is on screen."""
        offered = self.offered
        for kind, actions in (
            (TASK, (offered.close_task, offered.link, offered.finding)),
            (TEAM, (offered.fill, offered.headline, offered.decision, offered.action)),
        ):
            for one in actions:
                one.setEnabled(self._kind == kind and bool(self._chosen))
        offered.write.setEnabled(self._kind == TEAM and bool(self._chosen))

    def _connect(self) -> None:
        view, offered = self.view, self.offered
        self.setFocusProxy(view.list)
        view.filter.textChanged.connect(lambda _text: self._show_list())
        view.new.clicked.connect(self._new_task)
        view.list.row_changed.connect(self._on_row)
        view.list.row_chosen.connect(lambda _key: self._focus_sheet())
        self.escalations.back_requested.connect(self.back_requested)
        self.escalations.form.began.connect(lambda _record: self.reload())
        offered.new_task.triggered.connect(self._new_task)
        offered.meeting.triggered.connect(self._todays_meeting)
        offered.touch.triggered.connect(self._new_touch)
        offered.filter.triggered.connect(view.filter.setFocus)
        offered.tally.triggered.connect(self.escalations.copy_tally)
        self.allow()

    def _show(self, ticket: int, week: Week, held: Any) -> None:  # noqa: ANN401 - a desk’s own
        if ticket != self._asked:
            return
        self.week = week
        self._show_list()
        if self.desk is not None and held is not None:
            self.desk.show_held(self._chosen, held)
            self.view.content.setCurrentWidget(self.desk.view)
            if self._is_to_write:
                self._is_to_write = False
                self._focus_sheet()  # not before it can be seen: what is hidden keeps no focus
        elif not self._chosen:
            self.view.content.setCurrentWidget(self.view.choose)
        self.allow()

    def _show_list(self) -> None:
        typed = self.view.filter.text().strip()
        now = self.session.inspection.clock.now()
        rows = week_rows(self.week, now, typed)
        self.view.show_week(rows, is_filtered=bool(typed))
        self.view.list.make_current(self._chosen, quietly=True)

    def _on_row(self, key: str) -> None:
        if key and not key.startswith(HEADING) and key != self._chosen:
            self._open(self._kind_of(key), key)

    def _kind_of(self, key: str) -> str:
        if any(one.id == key for one in self.week.escalations):
            return ESCALATION
        return next((one.kind for one in self.week.meetings if one.id == key), TASK)

    def _open(self, kind: str, record: str) -> None:
        if kind not in self._desks:
            self.said.emit("There is no page for that yet.")
            return
        self._leave()
        self._kind, self._chosen = kind, record
        self.reload()

    def _leave(self) -> None:
        if self.desk is not None:
            self.desk.save_now()

    def _focus_sheet(self) -> None:
        if self.desk is not None:
            self.desk.view.setFocus()

    def _new_task(self) -> None:
        self._made(TASK, self.session.do(self, add_task, UNNAMED))

    def _todays_meeting(self) -> None:
        self._made(TEAM, self.session.do(self, todays_meeting))

    def _new_touch(self) -> None:
        self._made(TOUCH, self.session.do(self, begin_keep_in_touch))

    def _made(self, kind: str, doing: Doing) -> None:
        def show(changes: Changes) -> None:
            self._is_to_write = True
            self._open(kind, changes.made)

        doing.start(show, self.refuse)

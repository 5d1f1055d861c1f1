"""Works the daily meeting: agenda, headlines, decisions and actions while people talk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.domain.dates import long_date, short_date
from app.operations.actions import finish_action, give_action, reopen_action
from app.operations.agenda import AgendaLine, agenda, make_task
from app.operations.documents import write_meeting
from app.operations.meetings import (
    PRESENT,
    Meeting,
    add_headline,
    decide,
    mark_attendance,
    read_meeting,
    settle_decision,
)
from app.operations.notes import finish_note
from app.operations.typed_fields import line_kept
from app.operations.working_papers import look_at_meeting
from app.ui.pages.tasks.capture import action_typed, headline_typed
from app.ui.pages.tasks.line_keeper import LineKeeper
from app.ui.pages.tasks.meeting_sheet import ACTION, DECISION, HEADLINE, MeetingSheet
from app.ui.pages.tasks.minutes import ACTION as ACTION_KEY
from app.ui.pages.tasks.minutes import DECISION as DECISION_KEY
from app.ui.pages.tasks.minutes import HEADLINE as HEADLINE_KEY
from app.ui.pages.tasks.minutes import PERSON, agenda_rows, minutes_rows
from app.ui.writing import Looking, ask_and_write

if TYPE_CHECKING:
    from app.operations.view import View
    from app.ui.pages.tasks.page import TasksPage
    from app.ui.session import Doing


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting, the agenda as of now, and who can be named in a line typed."""

    meeting: Meeting
    agenda: tuple[AgendaLine, ...]
    people: dict[str, str]
    bodies: dict[str, str]
    line: str


class MeetingDesk(QObject):
    """Serves the page with the meeting’s sheet."""

    def __init__(self, page: TasksPage) -> None:
        """Begin with no meeting open."""
        super().__init__(page)
        self._page = page
        self._held: Held | None = None
        self.record = ""
        self.view = MeetingSheet()
        self.line = LineKeeper(page, self.view.line, "decision")
        view, offered = self.view, page.offered
        view.line.entered.connect(self._on_entered)
        view.line.typed.connect(self._on_typed)
        view.agenda.row_chosen.connect(self._on_line)
        view.done_requested.connect(self._on_done)
        view.finish.clicked.connect(self._on_finish)
        view.write.clicked.connect(self._on_write)
        offered.fill.triggered.connect(self._on_fill)
        offered.headline.triggered.connect(lambda: view.write_a(HEADLINE))
        offered.decision.triggered.connect(lambda: view.write_a(DECISION))
        offered.action.triggered.connect(lambda: view.write_a(ACTION))
        offered.write.triggered.connect(self._on_write)

    def question(self, view: View, record: str) -> Held:
        """Ask for a meeting, the agenda, and names."""
        bodies: dict[str, str] = {}
        for one in view.records.of_kind("inspectorate"):
            short = one.text("short_name") or one.text("name")
            bodies |= {short: short, one.text("name"): short}
        people = {one.text("initials"): one.id for one in view.records.of_kind("person")}
        line = line_kept(view, record)
        return Held(read_meeting(view, record), tuple(agenda(view)), people, bodies, line)

    def show_held(self, record: str, held: Held) -> None:
        """Show a meeting; what is being typed stays in the line."""
        is_same = record == self.record
        if not is_same:
            self.line.open_record(record, held.line)
        self._held, self.record = held, record
        meeting = held.meeting.record
        self.view.title.setText(meeting.text("title") or "Team meeting")
        self.view.about.setText(_about(held.meeting))
        is_open = meeting.text("status") == "jotting"
        self.view.finish.setVisible(is_open)
        self.view.agenda.show_rows(agenda_rows(held.agenda))
        self.view.minutes.show_rows(minutes_rows(held.meeting))
        if not is_same:
            for one in (self.view.agenda, self.view.minutes):
                one.clear_current()
                one.verticalScrollBar().setValue(0)

    def save_now(self) -> None:
        """Add what stands in the line: it was meant to be kept."""
        self.view.line.hand_over()

    def keep_now(self) -> None:
        """Keep what stands in the line as a draft."""
        self.line.keep()

    def close_desk(self) -> None:
        """Nothing runs on its own here."""

    def _on_entered(self, words: str) -> None:
        self.line.take(self._doing(self.line.record, words), words, lambda _changes: None)

    def _doing(self, meeting: str, words: str) -> Doing:
        page, held = self._page, self._held
        if self.view.writing == DECISION:
            return page.session.do(page, decide, meeting, words)
        if self.view.writing == ACTION:
            today = page.session.inspection.clock.now().astimezone().date()
            meant = action_typed(words, held.people if held is not None else {}, today)
            return page.session.do(
                page, give_action, meant.what, owner=meant.owner, due=meant.due, note=meeting
            )
        whose, text = headline_typed(words, held.bodies if held is not None else {})
        return page.session.do(page, add_headline, meeting, text, whose)

    def _on_typed(self, words: str) -> None:
        """Say what the line will be taken for, so that nobody has to guess."""
        held = self._held
        said = ""
        if words and held is not None and self.view.writing == ACTION:
            today = self._page.session.inspection.clock.now().astimezone().date()
            meant = action_typed(words, held.people, today)
            names = {record: name for name, record in held.people.items()}
            owner = f"for {names[meant.owner]}" if meant.owner else "for nobody yet"
            due = f"by {short_date(meant.due)}" if meant.due else "no day set"
            said = f"Action {owner} · {due}"
        elif words and held is not None and self.view.writing == HEADLINE:
            whose, _text = headline_typed(words, held.bodies)
            said = f"Headline of {whose}" if whose else "Headline"
        elif words:
            said = "Decision, carried to the next meeting until it is settled"
        self.view.show_meant(said)

    def _on_line(self, key: str) -> None:
        line = self._line(key)
        if line is not None and line.part.name == "ACTIONS":
            self._mark_done(line.record)
        elif line is not None and line.record:
            self._page.record_requested.emit(line.record)

    def _on_fill(self) -> None:
        line = self._line(self.view.agenda.current_key)
        if line is None or line.idea is None:
            self._page.said.emit("Choose a line of the agenda that a task would fill.")
            return
        page = self._page
        planned = f"Planned for today: {line.idea.aspect}"
        page.session.do(page, make_task, line.idea).start(
            lambda _changes: page.said.emit(planned), page.refuse
        )

    def _line(self, key: str) -> AgendaLine | None:
        lines = self._held.agenda if self._held is not None else ()
        return next((one for one in lines if one.key == key), None)

    def _on_done(self, key: str) -> None:
        page = self._page
        kind, _slash, record = key.partition("/")
        if f"{kind}/" == PERSON:
            page.session.do(page, mark_attendance, self.record, record).start(failed=page.refuse)
        elif f"{kind}/" == ACTION_KEY:
            self._mark_done(record)
        elif f"{kind}/" == DECISION_KEY and self._is_decision(record):
            page.session.do(page, settle_decision, record).start(failed=page.refuse)
        elif f"{kind}/" in {HEADLINE_KEY, DECISION_KEY}:
            page.record_requested.emit(record)

    def _mark_done(self, action: str) -> None:
        page = self._page
        held = self._held
        every = (*held.meeting.actions, *held.meeting.owed) if held is not None else ()
        done = any(one.id == action and one.status not in {"", "open"} for one in every)
        verb = reopen_action if done else finish_action
        said = "Open again." if done else "Done. Enter in the minutes opens it again."
        page.session.do(page, verb, action).start(
            lambda _changes: page.said.emit(said), page.refuse
        )

    def _is_decision(self, record: str) -> bool:
        held = self._held
        every = (*held.meeting.decisions, *held.meeting.carried) if held is not None else ()
        return any(one.id == record for one in every)

    def _on_finish(self) -> None:
        self.save_now()
        page = self._page
        page.session.do(page, finish_note, self.record).start(
            lambda _changes: page.day_closed.emit(), page.refuse
        )

    def _on_write(self) -> None:
        record = self.record
        if not record:
            return
        self.save_now()

        ask_and_write(
            self._page,
            "Write the meeting’s page",
            lambda inspection, folder, formats: write_meeting(inspection, record, folder, formats),
            looking=Looking(lambda view: look_at_meeting(view, record)),
        )


def _about(meeting: Meeting) -> str:
    held = meeting.record
    here = [one for one in meeting.attendance if one.state == PRESENT]
    bodies = dict.fromkeys(one.inspectorate for one in here if one.inspectorate)
    told = f"{len(here)} here"
    if bodies:
        told += f" from {', '.join(bodies)}"
    hours = "–".join(one for one in (held.text("start"), held.text("end")) if one)
    when = " ".join(one for one in (long_date(held.text("date")), hours) if one)
    return " · ".join(part for part in (when, held.text("place"), told) if part)

"""Tonight’s agenda, built from what is missing: a line opens its thing or makes the task for it.

Nothing here is a score. A line says in words what a team would ask about, and stays until it is so
no longer.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from app.domain.dates import short_date
from app.domain.escalations import urgent_first
from app.domain.gaps import GapKind
from app.domain.kinds.notes import HEARD_IN
from app.operations.actions import open_actions
from app.operations.escalations import list_escalations
from app.operations.meetings import action_rows
from app.operations.sides import weighed
from app.operations.tasks import add_task, list_tasks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.domain.changes import Changes
    from app.domain.records import Record
    from app.domain.revisions import Json
    from app.operations.view import View
    from app.operations.work import Work

_ASKED_TONIGHT: Final = (GapKind.NO_EVIDENCE, GapKind.LONE_SOURCE, GapKind.ONE_INSPECTORATE)
_CANNOT_SPEAK: Final = frozenset({"unborn"})
_SHORTENED: Final = 80


class Part(StrEnum):
    """The parts of the agenda, in their order; the value is the heading people read."""

    ESCALATIONS = "Children at risk, unanswered"
    ACTIONS = "Actions due"
    TASKS = "Tasks that slip"
    CONTRADICTIONS = "Evidence both ways"
    THIN = "Findings that rest on little"
    LINES = "Lines of enquiry nobody has tested"
    AGENCIES = "Agencies not heard"
    CHILDREN = "Children not yet heard"


@dataclass(frozen=True, slots=True)
class TaskIdea:
    """A task that would fill a gap: what to find out, and what of."""

    aspect: str
    criteria: tuple[str, ...] = ()
    line: str = ""
    agency: str = ""
    child: str = ""


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One line: what it is about, why it is asked, the record it opens, the task that fills it."""

    part: Part
    words: str
    why: str
    record: str = ""
    idea: TaskIdea | None = None

    @property
    def key(self) -> str:
        """Return what tells it from other lines."""
        return f"{self.part.name}/{self.record}"


def agenda(view: View) -> list[AgendaLine]:
    """Return every line of tonight's agenda, what is most urgent first."""
    asked = _planned(view)
    return [
        *_escalations(view),
        *_actions(view),
        *_tasks(view),
        *_findings(view),
        *(one for one in _lines(view) if one.record not in asked),
        *_agencies(view),
        *_children(view),
    ]


def make_task(work: Work, idea: TaskIdea) -> Changes:
    """Make the task that would fill a gap, for today."""
    fields: dict[str, Json] = {}
    if idea.criteria:
        fields["criteria"] = list(idea.criteria)
    if idea.line:
        fields["lines_of_enquiry"] = [idea.line]
    if idea.agency:
        fields["agency"] = idea.agency
    if idea.child:
        fields["children"] = [idea.child]
    return add_task(work, idea.aspect, fields)


def _escalations(view: View) -> Iterator[AgendaLine]:
    now = view.clock.now()
    for one in urgent_first(list_escalations(view), now):
        about = f"{one.name} · {one.child}" if one.child else one.name
        yield AgendaLine(Part.ESCALATIONS, about, one.in_words(now), one.id)


def _actions(view: View) -> Iterator[AgendaLine]:
    today = view.clock.now().astimezone().date().isoformat()
    for one in action_rows(view, open_actions(view)):
        late = bool(one.due) and one.due < today
        when = "no day set"
        if one.due:
            when = f"was due {short_date(one.due)}" if late else f"due {short_date(one.due)}"
        why = " · ".join(part for part in (one.owner, when) if part)
        yield AgendaLine(Part.ACTIONS, one.what, why, one.id)


def _tasks(view: View) -> Iterator[AgendaLine]:
    today = view.clock.now().astimezone().date().isoformat()
    for one in list_tasks(view):
        if one.is_closed or not one.day or one.day >= today:
            continue
        points = f"{one.points} points reported" if one.points else "nothing reported"
        why = " · ".join(
            part for part in (one.lead, f"planned for {short_date(one.day)}", points) if part
        )
        yield AgendaLine(Part.TASKS, one.title, why, one.id)


def _findings(view: View) -> Iterator[AgendaLine]:
    both, thin = [], []
    for one in weighed(view):
        statement, record = one.record.text("statement"), one.record.id
        if one.is_both_ways:
            sides = f"{len(one.favouring)} for and {len(one.contrary)} against"
            why = f"{sides}, not yet settled"
            both.append(AgendaLine(Part.CONTRADICTIONS, statement, why, record))
        asked = [gap for gap in one.gaps if gap.kind in _ASKED_TONIGHT]
        if asked:
            why = " ".join(gap.sentence for gap in asked)
            idea = TaskIdea(f"Test: {short(statement)}", one.record.texts("criteria"))
            thin.append(AgendaLine(Part.THIN, statement, why, record, idea))
    yield from both
    yield from thin


def _lines(view: View) -> Iterator[AgendaLine]:
    noted: set[str] = set()
    for note in _notes(view):
        noted.update(note.texts("lines_of_enquiry"))
    coded = {one.text("criterion") for one in view.records.of_kind("code")}
    for one in view.records.of_kind("line_of_enquiry"):
        if one.text("status") in {"answered", "dropped"}:
            continue
        if one.id in noted or coded.intersection(one.texts("criteria")):
            continue
        question = one.text("question") or one.text("title")
        why = "No note and no coded words on it yet."
        idea = TaskIdea(short(question), one.texts("criteria"), line=one.id)
        yield AgendaLine(Part.LINES, question, why, one.id, idea)


def _agencies(view: View) -> Iterator[AgendaLine]:
    heard = {note.text("agency") for note in _notes(view)}
    heard |= {one.text("agency") for one in view.records.of_kind("code")}
    for one in view.records.of_kind("agency"):
        if one.id in heard:
            continue
        name = one.text("name")
        idea = TaskIdea(f"Hear {name}", agency=one.id)
        yield AgendaLine(Part.AGENCIES, name, "No note or coded words of it yet.", one.id, idea)


def _children(view: View) -> Iterator[AgendaLine]:
    heard: set[str] = set()
    for one in view.records.of_kind("child_conversation"):
        heard.update(one.texts("children"))
    for one in view.records.of_kind("child"):
        silent = one.text("age_band").casefold() in _CANNOT_SPEAK
        if silent or not one.flag("is_tracked") or one.id in heard:
            continue
        about = " · ".join(part for part in (one.text("code"), one.text("age_band")) if part)
        why = "No conversation with the child is recorded."
        idea = TaskIdea(f"How {one.text('code')} is seen and heard", child=one.id)
        yield AgendaLine(Part.CHILDREN, about, why, one.id, idea)


def _notes(view: View) -> list[Record]:
    """Return what was heard, seen or read: plans and meetings of our own are no evidence of it."""
    return view.records.of_kind(*sorted(HEARD_IN))


def _planned(view: View) -> set[str]:
    """Return the lines of enquiry that an open task is to answer already."""
    open_tasks = {one.id for one in list_tasks(view) if not one.is_closed}
    held = view.records.get_many(open_tasks)
    return {line for one in held.values() for line in one.texts("lines_of_enquiry")}


def short(words: str) -> str:
    """Return the beginning of words, short enough for the name of a task."""
    return words if len(words) <= _SHORTENED else f"{words[:_SHORTENED].rsplit(' ', 1)[0]}…"

"""Where a concern about a child stands, and its clock, in words.

A concern runs from the moment it is noticed until an answer came. Nothing here ends it but the
answer, and what is late is said in minutes, not in colours.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from app.domain.dates import short_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LEVELS: Final = ("one child", "a group of children", "the whole service")
_MINUTES: Final = 60
_DAY: Final = 24 * _MINUTES
# From how many minutes on hours, and days, are easier to hear.
_IN_HOURS: Final = 120
_IN_DAYS: Final = 2 * _DAY


class Step(StrEnum):
    """How far a concern has come."""

    NOTICED = "noticed"
    TOLD = "lead told"
    REFERRED = "referred"
    ANSWERED = "answered"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Escalation:
    """A concern about a child; moments as records hold them, or empty."""

    id: str
    number: int | None = None
    child: str = ""
    level: str = ""
    immediate_danger: bool = False
    noticed_at: str = ""
    lead_told_at: str = ""
    referred_to: str = ""
    referred_at: str = ""
    response_due_at: str = ""
    response_at: str = ""
    satisfied: str = ""
    closed_at: str = ""

    @property
    def name(self) -> str:
        """Return how people speak of it."""
        return f"E-{self.number}" if self.number is not None else "E"

    @property
    def step(self) -> Step:
        """Return how far it has come."""
        if self.closed_at:
            return Step.CLOSED
        if self.response_at:
            return Step.ANSWERED
        if self.referred_at:
            return Step.REFERRED
        return Step.TOLD if self.lead_told_at else Step.NOTICED

    @property
    def is_running(self) -> bool:
        """Whether it waits for an answer."""
        return not self.response_at and not self.closed_at

    @property
    def is_open(self) -> bool:
        """Whether it was not closed."""
        return not self.closed_at

    def minutes_left(self, now: datetime) -> int | None:
        """Return the whole minutes until the answer is due, less than 0 once it is late."""
        due = moment(self.response_due_at)
        if due is None or not self.is_running:
            return None
        return int((due - now).total_seconds() // _MINUTES)

    def clock(self, now: datetime) -> str:
        """Return “25 minutes left”, “40 minutes late” or “12 minutes since it was noticed”."""
        left = self.minutes_left(now)
        if left is not None:
            return f"{span(left)} left" if left >= 0 else f"{span(-left)} late"
        since = moment(self.referred_at) or moment(self.noticed_at)
        if since is None or not self.is_running:
            return ""
        gone = max(0, int((now - since).total_seconds() // _MINUTES))
        what = "it was referred" if self.referred_at else "it was noticed"
        return f"{span(gone)} since {what}"

    def in_words(self, now: datetime) -> str:
        """Return “referred 14:20, answer due 16:00, 25 minutes left”."""
        told: list[str] = []
        match self.step:
            case Step.NOTICED:
                told = [_at("noticed", self.noticed_at, now), "the lead is not told yet"]
            case Step.TOLD:
                told = [_at("lead told", self.lead_told_at, now), "not referred yet"]
            case Step.REFERRED:
                due = self.response_due_at
                asked = _at("answer due", due, now) if due else "no time set for the answer"
                told = [_at("referred", self.referred_at, now), asked]
            case Step.ANSWERED:
                told = [_at("answered", self.response_at, now), _satisfied(self.satisfied)]
            case Step.CLOSED:
                told = [_at("closed", self.closed_at, now)]
                told += [_satisfied(self.satisfied)] if self.response_at else []
        return ", ".join(part for part in (*told, self.clock(now)) if part)


@dataclass(frozen=True, slots=True)
class Figures:
    """Concerns in exact counts. ``levels`` are those raised with leaders, in the order of levels.

    Raised with leaders is what was referred; what was noticed and not referred is counted apart.
    """

    noticed: int
    raised: int
    levels: tuple[tuple[str, int], ...]
    answered: int
    satisfied: int
    partly: int
    dissatisfied: int
    unclosed: int
    in_immediate_danger: int

    def in_words(self) -> str:
        """Return the tally as sentences that can stand in the letter as they are."""
        if not self.noticed:
            return "Inspectors raised no concern about a child during this inspection."
        told = [f"Inspectors raised {_concerns(self.raised)} about children with leaders"]
        levels = [f"{count} about {level}" for level, count in self.levels if count]
        if levels and self.raised:
            told[0] += f": {_listed(levels)}"
        if self.raised:
            told.append(self._answers())
        waiting = self.noticed - self.raised
        if waiting:
            verb = "was" if waiting == 1 else "were"
            told.append(f"{_concerns(waiting).capitalize()} {verb} noticed and not yet raised")
        told.append(f"{self.unclosed} still open" if self.unclosed else "None is still open")
        return ". ".join(told) + "."

    def _answers(self) -> str:
        answered = f"Leaders answered {self.answered} of {self.raised}"
        if not self.answered:
            return answered
        views = [f"satisfied with {self.satisfied} of {self.answered}"]
        views += [f"partly with {self.partly}"] if self.partly else []
        views += [f"not with {self.dissatisfied}"] if self.dissatisfied else []
        said = self.satisfied + self.partly + self.dissatisfied
        rest = self.answered - said
        views += [f"{rest} not yet judged"] if rest > 0 else []
        return f"{answered}; inspectors were {_listed(views)}"


def figures(escalations: Iterable[Escalation]) -> Figures:
    """Count concerns, each once."""
    every = list(escalations)
    raised = [one for one in every if one.referred_at]
    answered = [one for one in raised if one.response_at]
    levels = [(level, sum(one.level == level for one in raised)) for level in LEVELS]
    unsaid = sum(one.level not in LEVELS for one in raised)
    return Figures(
        noticed=len(every),
        raised=len(raised),
        levels=(*levels, *([("an extent not recorded", unsaid)] if unsaid else [])),
        answered=len(answered),
        satisfied=sum(one.satisfied == "yes" for one in answered),
        partly=sum(one.satisfied == "partly" for one in answered),
        dissatisfied=sum(one.satisfied == "no" for one in answered),
        unclosed=sum(one.is_open for one in every),
        in_immediate_danger=sum(one.immediate_danger for one in every),
    )


def urgent_first(escalations: Iterable[Escalation], now: datetime) -> list[Escalation]:
    """Return those that wait for an answer, danger first, then the latest, then the soonest due."""

    def urgency(one: Escalation) -> tuple[bool, float, str]:
        left = one.minutes_left(now)
        return not one.immediate_danger, float("inf") if left is None else left, one.noticed_at

    return sorted((one for one in escalations if one.is_running), key=urgency)


def status_line(escalations: Sequence[Escalation], now: datetime) -> str:
    """Return what the status line says while anything is unanswered, without codes or names."""
    running = urgent_first(escalations, now)
    if not running:
        return ""
    first = f"{running[0].name} {running[0].in_words(now)}"
    if len(running) == 1:
        return f"Child at risk: {first}"
    return (
        f"{len(running)} children at risk: {first}"
        if _each_child(running)
        else (f"{len(running)} concerns unanswered: {first}")
    )


def still_open(escalations: Iterable[Escalation]) -> str:
    """Return the one line said at the end of a day and at lock; nothing where none is open."""
    held = [one for one in escalations if one.is_open]
    if not held:
        return ""
    unanswered = sum(one.is_running for one in held)
    if len(held) == 1:
        how = "unanswered" if unanswered else "answered, not closed"
        return f"1 concern about a child is still open: {how}."
    how = f"{unanswered or 'none'} of them unanswered"
    return f"{len(held)} concerns about children are still open, {how}."


def moment(text: str) -> datetime | None:
    """Return the moment a record holds, or None where there is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else found.astimezone()


def span(minutes: int) -> str:
    """Return “25 minutes”, “2 hours 5 minutes” or “3 days”."""
    if minutes >= _IN_DAYS:
        return f"{minutes // _DAY} days"
    if minutes < _IN_HOURS:
        return _several(minutes, "minute")
    hours, rest = divmod(minutes, _MINUTES)
    said = _several(hours, "hour")
    return f"{said} {_several(rest, 'minute')}" if rest else said


def clock_of(text: str, today: date) -> str:
    """Return “14:20”, or “Tue 14:20” on another day of the week, “Tue 13 Oct 14:20” further off.

    It is the time that stood on the clock of whoever wrote it, as everywhere in the window.
    """
    found = moment(text)
    if found is None:
        return text
    days = abs((found.date() - today).days)
    if not days:
        return f"{found:%H:%M}"
    week = 7
    day = short_date(found.isoformat())
    if days < week:
        day = day.split()[0]
    return f"{day} {found:%H:%M}"


def _at(what: str, when: str, now: datetime) -> str:
    return f"{what} {clock_of(when, now.astimezone().date())}" if when else what


def _satisfied(said: str) -> str:
    known = {"yes": "inspectors satisfied", "partly": "inspectors partly satisfied"}
    return known.get(said, "inspectors not satisfied" if said == "no" else "not yet judged")


def _each_child(running: Sequence[Escalation]) -> bool:
    return all(one.level in {"", LEVELS[0]} for one in running)


def _concerns(number: int) -> str:
    return "1 concern" if number == 1 else f"{number or 'no'} concerns"


def _several(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _listed(parts: Sequence[str]) -> str:
    *others, last = parts
    return f"{', '.join(others)} and {last}" if others else last

"""What a reader should look at before a letter leaves: each check states it, none mends it.

Published letters carried weekends as last days, deadlines counted by hand and two addressees on
one line; a letter that is so must stay as it is, but someone should know. The checks take plain
values, so they run in the window, on the command line and on an imported letter alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from app.domain.addressees import holds_two_people
from app.domain.calendar import (
    STATEMENT_WORKING_DAYS,
    in_words,
    weekend_or_holiday,
    working_days_between,
)
from app.domain.proportions import PROPORTIONS, misfit

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from app.domain.letters import Addressee
    from app.domain.proportions import Proportion
    from app.domain.sentences import Sentence
    from app.domain.triangulation import Triangulation

_MONDAY: Final = 0
_FRIDAY: Final = 4
_WEEK: Final = timedelta(days=4)
# A date outside these years is a slip of the keys; counting working days from it helps nobody.
_YEARS: Final = range(1990, 2101)


class ProblemKind(StrEnum):
    """What a check found."""

    NO_EVIDENCE = "no evidence"
    ONE_SOURCE = "one source"
    CONTRADICTION = "open contradiction"
    NO_RESPONSE = "unanswered escalation"
    DATE = "date"
    ADDRESSEE = "addressee"
    QUANTITY = "quantity word"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to look at. ``place`` is the record's id, or the name of the date."""

    kind: ProblemKind
    place: str
    sentence: str


@dataclass(frozen=True, slots=True)
class FindingCase:
    """A finding as the checks need it.

    ``stances`` are those of the inspectorates; ``contrary_comments`` what was written beside the
    evidence against it, empty where nothing was.
    """

    id: str
    statement: str
    status: str
    evidence: Triangulation
    stances: tuple[str, ...] = ()
    contrary_comments: tuple[str, ...] = ()
    quantity: str = ""
    of_n: int | None = None
    of_m: int | None = None


@dataclass(frozen=True, slots=True)
class EscalationCase:
    """An escalation as the checks need it; moments as their records hold them, or empty."""

    id: str
    number: int | None = None
    response_due_at: str = ""
    response_at: str = ""


@dataclass(frozen=True, slots=True)
class KeyDates:
    """The dates of an inspection and its letter; None where not known."""

    notified_on: date | None = None
    fieldwork_from: date | None = None
    fieldwork_to: date | None = None
    letter_date: date | None = None
    report_received_on: date | None = None
    published_on: date | None = None
    deadline: date | None = None


def ungrounded(place: str, sentences: Iterable[Sentence]) -> Iterator[Problem]:
    """Yield each sentence of one block that nothing rests under."""
    for sentence in sentences:
        if not sentence.grounds:
            words = f"No evidence stands under this sentence: “{_shortened(sentence.text)}”"
            yield Problem(ProblemKind.NO_EVIDENCE, place, words)


def finding_problems(
    findings: Iterable[FindingCase], proportions: Sequence[Proportion] = PROPORTIONS
) -> Iterator[Problem]:
    """Yield what is thin, open or over-claimed in findings that have not been dropped."""
    for finding in findings:
        if finding.status == "dropped":
            continue
        name = f"“{_shortened(finding.statement)}”"
        if len(finding.evidence.supporting.notes) == 1:
            sentence = f"The finding {name} was heard from one source only."
            yield Problem(ProblemKind.ONE_SOURCE, finding.id, sentence)
        if reason := _contradiction(finding):
            yield Problem(ProblemKind.CONTRADICTION, finding.id, f"The finding {name} {reason}")
        if reason := _over_claim(finding, proportions):
            yield Problem(ProblemKind.QUANTITY, finding.id, f"The finding {name} {reason}.")


def unanswered(escalations: Iterable[EscalationCase]) -> Iterator[Problem]:
    """Yield each escalation to which no response has come, closed or not."""
    for one in escalations:
        if one.response_at:
            continue
        name = "An escalation" if one.number is None else f"Escalation {one.number}"
        due = ""
        if one.response_due_at:
            due = f"; it was asked for by {_day_of(one.response_due_at)}"
        sentence = f"{name} has had no response{due}."
        yield Problem(ProblemKind.NO_RESPONSE, one.id, sentence)


def date_problems(dates: KeyDates, holidays: Container[date]) -> Iterator[Problem]:
    """Yield what does not fit in the dates, each at the name of the date to look at."""
    known = {name: day for name in KeyDates.__slots__ if (day := getattr(dates, name)) is not None}
    unlikely = {name: day for name, day in known.items() if day.year not in _YEARS}
    for name, day in unlikely.items():
        yield _date_problem(name, f"{in_words(day)} is an unlikely date.")
    if not unlikely:
        yield from _fieldwork(dates)
        yield from _sequence(dates)
        yield from _deadline(dates, holidays)


def addressee_problems(addressees: Iterable[Addressee]) -> Iterator[Problem]:
    """Yield each line of the address that seems to hold two people."""
    for one in addressees:
        if holds_two_people(one.line):
            sentence = f"Two addressees seem to run together on one line: “{one.line}”"
            yield Problem(ProblemKind.ADDRESSEE, one.id, sentence)


def _contradiction(finding: FindingCase) -> str:
    if finding.status in {"fed back", "in letter"} and "object" in finding.stances:
        return "is used although an inspectorate objects to it."
    if not finding.evidence.contrary.notes:
        return ""
    if finding.status in {"", "emerging"}:
        return "has evidence against it and has not been tested yet."
    has_stance = any(one != "abstain" for one in finding.stances)
    if not has_stance and not any(one.strip() for one in finding.contrary_comments):
        return "has evidence against it, and nobody has said what follows from that."
    return ""


def _over_claim(finding: FindingCase, proportions: Sequence[Proportion]) -> str:
    if finding.of_n is None or finding.of_m is None:
        return ""
    return misfit(finding.quantity, finding.of_n, finding.of_m, proportions)


def _fieldwork(dates: KeyDates) -> Iterator[Problem]:
    first, last = dates.fieldwork_from, dates.fieldwork_to
    if first is not None and first.weekday() != _MONDAY:
        yield _date_problem("fieldwork_from", f"Fieldwork begins on {first:%A} {in_words(first)}.")
    if last is not None and last.weekday() != _FRIDAY:
        yield _date_problem("fieldwork_to", f"Fieldwork ends on {last:%A} {in_words(last)}.")
    if first is None or last is None:
        return
    if last < first:
        yield _date_problem("fieldwork_to", "Fieldwork ends before it begins.")
    elif last - first > _WEEK and first.weekday() == _MONDAY and last.weekday() == _FRIDAY:
        yield _date_problem("fieldwork_to", "Fieldwork lasts more than one week.")


def _sequence(dates: KeyDates) -> Iterator[Problem]:
    told, began = dates.notified_on, dates.fieldwork_from
    if told is not None and began is not None and told >= began:
        when = "on the day" if told == began else "after"
        yield _date_problem("notified_on", f"The area was notified {when} fieldwork began.")
    written, ended = dates.letter_date, dates.fieldwork_to or began
    if written is not None and ended is not None and written <= ended:
        when = "on the day" if written == ended else "before"
        yield _date_problem("letter_date", f"The letter is dated {when} fieldwork ended.")


def _deadline(dates: KeyDates, holidays: Container[date]) -> Iterator[Problem]:
    deadline = dates.deadline
    if deadline is None:
        return
    if reason := weekend_or_holiday(deadline, holidays):
        yield _date_problem(
            "deadline", f"The statement is due on a day when nobody works: {reason}."
        )
    received, published = dates.report_received_on, dates.published_on or dates.letter_date
    starts = {"receipt": received, "publication": published}
    counted = {
        event: working_days_between(day, deadline, holidays)
        for event, day in starts.items()
        if day is not None
    }
    if counted and STATEMENT_WORKING_DAYS not in counted.values():
        counts = " and ".join(
            f"{days} working days after {event}" for event, days in counted.items()
        )
        sentence = (
            f"The statement should be due {STATEMENT_WORKING_DAYS} working days after receipt "
            f"of the report; {in_words(deadline)} is {counts}."
        )
        yield _date_problem("deadline", sentence)


def _date_problem(name: str, sentence: str) -> Problem:
    return Problem(ProblemKind.DATE, name, sentence)


def _shortened(text: str, longest: int = 80) -> str:
    words = " ".join(text.split())
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def _day_of(moment: str) -> str:
    """Return the day of an instant in words, or the instant as written where it is none."""
    try:
        return in_words(date.fromisoformat(moment[:10]))
    except ValueError:
        return moment

"""Everything in an inspection that deserves a second look before it is spoken or sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain import checks
from app.domain.checks import EscalationCase, FindingCase, KeyDates, Problem
from app.domain.dates import parse
from app.domain.letters import Addressee
from app.domain.records import read
from app.domain.sentences import Sentence
from app.operations.support import pieces_under, weigh
from app.operations.thread import trace_letter
from app.packs.bank_holidays import bank_holidays

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.domain.records import Record
    from app.operations.view import View


def check_inspection(view: View) -> list[Problem]:
    """Return every problem found, sentences without evidence first, in the letter's order."""
    return list(_problems(view))


def _problems(view: View) -> Iterator[Problem]:
    for traced in trace_letter(view):
        orphans = [Sentence(one.start, one.end, one.text) for one in traced.orphans]
        yield from checks.ungrounded(traced.id, orphans)
    yield from checks.finding_problems(_case(view, one) for one in view.records.of_kind("finding"))
    yield from checks.unanswered(
        read(EscalationCase, one) for one in view.records.of_kind("escalation")
    )
    dates = _key_dates(view)
    years = {day.year for day in (dates.fieldwork_to, dates.letter_date, dates.published_on) if day}
    yield from checks.date_problems(
        dates, bank_holidays({one + n for one in years for n in (0, 1)})
    )
    yield from checks.addressee_problems(
        read(Addressee, one) for one in view.records.of_kind("addressee")
    )


def _case(view: View, finding: Record) -> FindingCase:
    pieces = pieces_under(view, [finding.id])
    evidence = weigh(
        view, pieces, finding.texts("criteria"), contrary_sought=finding.flag("against_sought")
    )
    return FindingCase(
        finding.id,
        finding.text("statement"),
        finding.text("status"),
        evidence,
        tuple(one.text("stance") for one in view.records.parts_of(finding.id, "stance")),
        tuple(one.comment for one in pieces if one.direction == "against" and one.comment),
        finding.text("quantity"),
        finding.number("of_n"),
        finding.number("of_m"),
    )


def _key_dates(view: View) -> KeyDates:
    held, letter = view.inspection, view.letter
    return KeyDates(
        notified_on=parse(held.text("notified_on")),
        fieldwork_from=parse(held.text("fieldwork_from")),
        fieldwork_to=parse(held.text("fieldwork_to")),
        letter_date=parse(letter.text("date")),
        report_received_on=parse(held.text("report_received_on")),
        published_on=parse(held.text("published_on")),
        deadline=parse(letter.text("deadline")),
    )

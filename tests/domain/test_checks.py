"""Each slip that has reached publication is pointed out, and a sound letter is left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import holidays
import pytest

from app.domain.checks import (
    EscalationCase,
    FindingCase,
    KeyDates,
    ProblemKind,
    addressee_problems,
    date_problems,
    finding_problems,
    unanswered,
    ungrounded,
)
from app.domain.letters import Addressee
from app.domain.sentences import Ground, grounded
from app.domain.triangulation import Piece, triangulate

ENGLAND = frozenset(holidays.country_holidays("GB", subdiv="ENG", years=range(2015, 2028)))
FOR = (Piece("for", "child", "n1"), Piece("for", "record", "n2"))
AGAINST = (*FOR, Piece("against", "leader", "n3"))
SOUND = KeyDates(
    notified_on=date(2017, 11, 21),
    fieldwork_from=date(2017, 12, 4),
    fieldwork_to=date(2017, 12, 8),
    letter_date=date(2018, 1, 30),
    report_received_on=date(2018, 1, 26),
    published_on=date(2018, 1, 30),
    deadline=date(2018, 5, 11),
)


def _said(dates: KeyDates) -> list[str]:
    return [problem.sentence for problem in date_problems(dates, ENGLAND)]


def _kinds(finding: FindingCase) -> list[ProblemKind]:
    return [problem.kind for problem in finding_problems([finding])]


def test_sentences_without_evidence_are_quoted_at_their_block() -> None:
    sentences = grounded("This rests. This floats.", [Ground("f1", "This rests.")], [])
    (problem,) = ungrounded("b1", sentences)
    assert problem.place == "b1"
    assert problem.sentence == "No evidence stands under this sentence: “This floats.”"


def test_a_long_sentence_is_quoted_short() -> None:
    (problem,) = ungrounded("b1", grounded("Word " * 60 + "end.", [], []))
    assert len(problem.sentence) < 140
    assert problem.sentence.endswith("…”")


def test_a_finding_from_one_source_is_pointed_out() -> None:
    finding = FindingCase("f1", "Help is late", "tested", triangulate(FOR[:1]))
    (problem,) = finding_problems([finding])
    assert problem.kind is ProblemKind.ONE_SOURCE
    assert problem.sentence == "The finding “Help is late” was heard from one source only."


def test_a_contradiction_is_open_until_tested_and_answered() -> None:
    emerging = FindingCase("f1", "Help is late", "emerging", triangulate(AGAINST))
    assert _kinds(emerging) == [ProblemKind.CONTRADICTION]
    assert _kinds(replace(emerging, stances=("agreed",))) == [ProblemKind.CONTRADICTION]
    tested = replace(emerging, status="tested")
    assert _kinds(tested) == [ProblemKind.CONTRADICTION]
    assert _kinds(replace(tested, contrary_comments=(" ",))) == [ProblemKind.CONTRADICTION]
    assert _kinds(replace(tested, stances=("abstain",))) == [ProblemKind.CONTRADICTION]
    assert _kinds(replace(tested, stances=("agreed",))) == []
    assert _kinds(replace(tested, contrary_comments=("An exception.",))) == []


def test_an_objection_is_never_passed_over() -> None:
    finding = FindingCase("f1", "Help is late", "in letter", triangulate(FOR), ("object",))
    assert _kinds(finding) == [ProblemKind.CONTRADICTION]
    assert _kinds(replace(finding, status="tested")) == []


def test_a_quantity_word_beside_a_count_that_does_not_fit_it_is_pointed_out() -> None:
    finding = FindingCase("f1", "Most waited", "tested", triangulate(FOR))
    finding = replace(finding, quantity="most", of_n=4, of_m=7)
    assert _kinds(finding) == [ProblemKind.QUANTITY]
    assert _kinds(replace(finding, of_n=6)) == []
    assert _kinds(replace(finding, of_n=None)) == []


def test_a_dropped_finding_is_left_alone() -> None:
    assert _kinds(FindingCase("f1", "No", "dropped", triangulate(AGAINST[2:]), ("object",))) == []


def test_an_escalation_without_response_is_pointed_out() -> None:
    cases = [
        EscalationCase("e1", 1, "2026-11-25T12:00:00+00:00"),
        EscalationCase("e2", 2, response_at="2026-11-25T12:00:00+00:00"),
        EscalationCase("e3"),
        EscalationCase("e4", 4, "soon"),
    ]
    assert [(one.place, one.sentence) for one in unanswered(cases)] == [
        ("e1", "Escalation 1 has had no response; it was asked for by 25 November 2026."),
        ("e3", "An escalation has had no response."),
        ("e4", "Escalation 4 has had no response; it was asked for by soon."),
    ]


def test_a_sound_run_has_no_date_problems() -> None:
    assert _said(SOUND) == []
    assert _said(KeyDates()) == []


def test_a_deadline_counted_from_receipt_is_as_good() -> None:
    assert _said(replace(SOUND, deadline=date(2018, 5, 9))) == []


@pytest.mark.parametrize(
    ("dates", "sentence"),
    [
        (
            KeyDates(fieldwork_from=date(2016, 3, 7), fieldwork_to=date(2016, 3, 12)),
            "Fieldwork ends on Saturday 12 March 2016.",
        ),
        (KeyDates(fieldwork_from=date(2016, 3, 8)), "Fieldwork begins on Tuesday 8 March 2016."),
        (
            KeyDates(fieldwork_from=date(2016, 3, 7), fieldwork_to=date(2016, 3, 4)),
            "Fieldwork ends before it begins.",
        ),
        (
            KeyDates(fieldwork_from=date(2016, 3, 7), fieldwork_to=date(2016, 3, 18)),
            "Fieldwork lasts more than one week.",
        ),
        (
            KeyDates(deadline=date(2022, 5, 14)),
            "The statement is due on a day when nobody works: 14 May 2022 is a Saturday.",
        ),
        (
            KeyDates(deadline=date(2018, 5, 7)),
            "The statement is due on a day when nobody works: 7 May 2018 is a bank holiday.",
        ),
        (
            KeyDates(letter_date=date(2022, 2, 21), deadline=date(2022, 5, 30)),
            (
                "The statement should be due 70 working days after receipt of the report; "
                "30 May 2022 is 67 working days after publication."
            ),
        ),
        (
            KeyDates(fieldwork_to=date(2016, 3, 11), letter_date=date(2016, 3, 10)),
            "The letter is dated before fieldwork ended.",
        ),
        (
            KeyDates(fieldwork_to=date(2016, 3, 11), letter_date=date(2016, 3, 11)),
            "The letter is dated on the day fieldwork ended.",
        ),
        (
            KeyDates(notified_on=date(2016, 3, 8), fieldwork_from=date(2016, 3, 7)),
            "The area was notified after fieldwork began.",
        ),
        (KeyDates(deadline=date(201, 5, 1)), "1 May 201 is an unlikely date."),
    ],
)
def test_each_slip_of_a_date_has_its_sentence(dates: KeyDates, sentence: str) -> None:
    assert _said(dates) == [sentence]


def test_two_addressees_on_one_line_are_carried_and_pointed_out() -> None:
    printed = "Mr Alan Moss, Chief Executive, NHS Westshire CCG Mr Paul Reed,"
    lines = [Addressee("a1", printed=printed), Addressee("a2", "Ann Lee", "", "Chair", "Board")]
    (problem,) = addressee_problems(lines)
    assert (problem.kind, problem.place) == (ProblemKind.ADDRESSEE, "a1")
    assert printed in problem.sentence

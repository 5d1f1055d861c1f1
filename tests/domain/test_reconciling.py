"""What letter and feedback can be to each other, and when a reason is owed."""

from __future__ import annotations

import pytest

from app.domain.kinds.reconciling import VERDICTS
from app.domain.reconciling import (
    Judgement,
    is_settled,
    near,
    needs_reason,
    plain,
    possible,
    problem,
    stands,
)

SAID, WRITTEN = "Most plans ask nothing of him.", "Some plans ask little of him."
BOTH = ("same", "softened", "strengthened")


@pytest.mark.parametrize(
    ("said", "written", "fitting"),
    [(SAID, WRITTEN, BOTH), (SAID, " ", ("dropped",)), ("", WRITTEN, ("new",)), ("", "\n", ())],
)
def test_only_judgements_that_fit_the_words_can_be_made(said, written, fitting) -> None:
    assert possible(said, written) == fitting
    for verdict in VERDICTS:
        assert (problem(verdict, "A reason.", said, written) == "") == (verdict in fitting)


@pytest.mark.parametrize(
    ("said", "written", "verdict"),
    [
        (SAID, SAID, "same"),
        ("“Most” of\nthem", "'Most' of them".replace("'", '"'), "same"),
        (SAID, WRITTEN, ""),
        (SAID, "", "dropped"),
        ("", WRITTEN, "new"),
        ("", "", ""),
    ],
)
def test_words_alone_decide_only_what_is_plain(said, written, verdict) -> None:
    assert plain(said, written) == verdict


@pytest.mark.parametrize("verdict", VERDICTS)
def test_every_difference_needs_a_reason(verdict) -> None:
    said = "" if verdict == "new" else SAID
    written = "" if verdict == "dropped" else WRITTEN
    assert needs_reason(verdict, said, written)
    assert "why" in problem(verdict, " ", said, written)
    assert problem(verdict, "Checked again.", said, written) == ""


def test_the_same_words_need_none_unless_somebody_sees_a_difference() -> None:
    assert problem("same", "", SAID, SAID) == ""
    assert problem("softened", "", SAID, SAID) != ""


def test_a_judgement_stands_only_as_long_as_the_words_do() -> None:
    made = Judgement("softened", "Counted again.", SAID, WRITTEN)
    assert stands(made, SAID, f" {WRITTEN}\n")
    assert is_settled(made, SAID, WRITTEN)
    for said, written in ((SAID, f"{WRITTEN} All of them."), (f"{SAID} And her.", WRITTEN)):
        assert not stands(made, said, written)
        assert not is_settled(made, said, written)


def test_nobody_has_to_decide_about_the_same_words_and_everybody_about_others() -> None:
    assert is_settled(None, SAID, SAID)
    for said, written in ((SAID, WRITTEN), (SAID, ""), ("", WRITTEN)):
        assert not is_settled(None, said, written)


def test_words_are_marked_where_half_of_them_are_the_same() -> None:
    assert near(SAID, WRITTEN)
    assert not near(SAID, "Leaders know their area and have paid for what they promised.")

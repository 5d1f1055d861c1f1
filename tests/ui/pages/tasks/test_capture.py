from __future__ import annotations

from datetime import date

import pytest

from app.ui.pages.tasks.capture import ActionTyped, action_typed, headline_typed

TODAY = date(2026, 10, 13)  # a Tuesday
PEOPLE = {"OF2": "p2", "CQ1": "p5", "": "nobody"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("OF2: read 12 plans by Thu", ActionTyped("read 12 plans", "p2", "2026-10-15")),
        ("of2: read plans by tomorrow.", ActionTyped("read plans", "p2", "2026-10-14")),
        ("Read plans by 15 Oct", ActionTyped("Read plans", "", "2026-10-15")),
        ("Read plans, by 15/10/2026", ActionTyped("Read plans", "", "2026-10-15")),
        ("CQ1: see GPs by Tuesday", ActionTyped("see GPs", "p5", "2026-10-20")),
        ("CQ1: stand by the door", ActionTyped("stand by the door", "p5", "")),
        ("XX9: read plans", ActionTyped("XX9: read plans")),
        ("Draw a sample of 20: time each", ActionTyped("Draw a sample of 20: time each")),
        ("Written by Monday’s team", ActionTyped("Written by Monday’s team")),
        (" by Thu", ActionTyped("by Thu")),
    ],
)
def test_an_action_means_what_it_says_and_nothing_is_guessed(typed, meant) -> None:
    assert action_typed(typed, PEOPLE, TODAY) == meant


def test_a_headline_says_whose_it_is() -> None:
    bodies = {"CQC": "CQC", "Care Quality Commission": "CQC"}
    assert headline_typed("cqc: babies", bodies) == ("CQC", "babies")
    assert headline_typed("Care Quality Commission: babies", bodies) == ("CQC", "babies")
    assert headline_typed("Note: babies", bodies) == ("", "Note: babies")

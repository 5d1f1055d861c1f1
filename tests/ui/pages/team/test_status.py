from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.operations.sync.courier import PlaceState
from app.operations.sync.line import LineState
from app.operations.sync.places import Place, PlaceKind
from app.ui.handing_over import status_sentence
from app.ui.pages.team.model import place_rows

AT = datetime(2026, 10, 12, 9, 30, tzinfo=UTC)
LATER = datetime(2026, 10, 12, 9, 31, tzinfo=UTC)
STICK = Place(1, PlaceKind.FOLDER, "/media/stick")
RELAY = Place(2, PlaceKind.RELAY, "https://relay.example.org")
WELL = LineState(last_good=AT)
ILL = LineState(problem="The relay did not answer.", next_try=LATER)


def local(at: datetime) -> str:
    return f"{at.astimezone():%H:%M:%S}"


@pytest.mark.parametrize(
    ("states", "said"),
    [
        ([], "on this laptop alone"),
        ([(replace(STICK, is_on=False), WELL)], "on this laptop alone"),
        ([(STICK, LineState())], "not handed over yet"),
        ([(STICK, WELL)], f"handed over {local(AT)}"),
        ([(STICK, WELL), (RELAY, LineState(is_busy=True))], "exchanging …"),
        ([(STICK, WELL), (RELAY, ILL)], f"handed over {local(AT)}"),
        (
            [(RELAY, ILL)],
            f"not handed over: relay relay.example.org is out of reach, next try {local(LATER)}",
        ),
    ],
)
def test_the_status_line_says_what_is_so(states, said: str) -> None:
    assert status_sentence([PlaceState(*one) for one in states]) == said


@pytest.mark.parametrize(
    ("place", "state", "said"),
    [
        (STICK, LineState(), "not tried yet"),
        (STICK, LineState(is_busy=True), "exchanging now"),
        (replace(STICK, is_on=False), WELL, "off"),
        (RELAY, ILL, f"next try {local(LATER)} · The relay did not answer."),
    ],
)
def test_each_place_says_how_it_goes(place: Place, state: LineState, said: str) -> None:
    (row,) = place_rows([PlaceState(place, state)])
    assert row.meta == said

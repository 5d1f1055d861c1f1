"""Minutes come from the words and a pace, unless somebody set them by hand."""

from __future__ import annotations

import pytest

from app.domain.letters import BriefContent, BriefPoint, BriefSection
from app.domain.speaking import seconds_of, time_by_speaker, time_of, whole_time

WORDS = "one two three four five six seven eight nine ten"


def brief(pace: int) -> BriefContent:
    points = (
        BriefPoint("a", WORDS, "s", "lead"),
        BriefPoint("b", WORDS, "s", "police", 40),
        BriefPoint("c", WORDS, "s", "lead"),
    )
    sections = (BriefSection("o", "Opening", (WORDS,)), BriefSection("s", "S", (), points))
    return BriefContent("Feedback", "", "", "", sections, pace)


@pytest.mark.parametrize(("pace", "seconds"), [(120, 5), (60, 10), (100, 6), (240, 3)])
def test_words_take_as_long_as_the_pace_says(pace: int, seconds: int) -> None:
    assert seconds_of(WORDS, pace) == seconds


@pytest.mark.parametrize(("pace", "held"), [(0, 60), (1, 60), (10_000, 240)])
def test_a_pace_nobody_can_speak_at_is_held_to_one_they_can(pace: int, held: int) -> None:
    assert seconds_of(WORDS, pace) == seconds_of(WORDS, held)


def test_no_words_take_no_time_and_few_are_never_nothing() -> None:
    assert seconds_of(" \n", 130) == 0
    assert seconds_of("Yes", 240) == 1


def test_a_time_set_by_hand_stands_whatever_the_pace() -> None:
    _opening, spoken = brief(60).sections
    assert [time_of(one, 60) for one in spoken.points] == [10, 40, 10]


def test_minutes_of_speakers_and_what_is_read_out_make_the_whole() -> None:
    assert time_by_speaker(brief(120)) == {"": 5, "lead": 10, "police": 40}
    assert whole_time(brief(120)) == sum(time_by_speaker(brief(120)).values())

"""How long words take to say: from the words and a pace, or as somebody set it by hand.

Feedback is read aloud by several people, slowly enough for others to take notes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from app.domain.letters import BriefContent, BriefPoint

WORDS_A_MINUTE: Final = 130
PACES: Final = range(60, 241)  # words a minute that a person can speak and be followed at
_MINUTE: Final = 60
NOBODY: Final = ""


def seconds_of(words: str, pace: int = WORDS_A_MINUTE) -> int:
    """Return how long words take to say at a pace, in whole seconds."""
    count = len(words.split())
    return -(-count * _MINUTE // held_to(pace)) if count else 0


def held_to(pace: int) -> int:
    """Return a pace that can be spoken at."""
    return min(max(pace, PACES.start), PACES.stop - 1)


def time_of(point: BriefPoint, pace: int) -> int:
    """Return how long a point takes: as set, or else by its words."""
    return point.seconds if point.seconds is not None else seconds_of(point.text, pace)


def script_time(script: tuple[str, ...], pace: int) -> int:
    """Return how long the words take that are always read out."""
    return sum(seconds_of(one, pace) for one in script)


def whole_time(content: BriefContent) -> int:
    """Return how long the whole brief takes, in seconds."""
    return sum(
        script_time(one.script, content.pace)
        + sum(time_of(point, content.pace) for point in one.points)
        for one in content.sections
    )


def time_by_speaker(content: BriefContent) -> dict[str, int]:
    """Return the seconds of each speaker in the order they first speak.

    What is always read out, and points without a speaker, are nobody's.
    """
    times: dict[str, int] = {}
    for section in content.sections:
        if section.script:
            read_out = script_time(section.script, content.pace)
            times[NOBODY] = times.get(NOBODY, 0) + read_out
        for one in section.points:
            times[one.speaker] = times.get(one.speaker, 0) + time_of(one, content.pace)
    return times

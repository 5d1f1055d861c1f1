"""The team's own words: what it types short, and what its spelling knows."""

from __future__ import annotations

from typing import Final

from app.domain.kinds.spec import Kind, line

WORDS: Final[tuple[Kind, ...]] = (
    Kind(
        "shorthand",
        "Shorthand",
        (
            line("short", "typed", required=True),
            line("words", "written out", required=True),
        ),
    ),
    Kind("team_word", "Word of the team", (line("word", "word", required=True),)),
)

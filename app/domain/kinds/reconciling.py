"""What was said at feedback beside what the letter says, as somebody judged it.

Each is written once and added to: what was decided yesterday stays beside what is decided today.
"""

from __future__ import annotations

from typing import Final

from app.domain.kinds.spec import Kind, choice, instant, ref, text

VERDICTS: Final = ("same", "softened", "strengthened", "dropped", "new")

RECONCILING: Final[tuple[Kind, ...]] = (
    Kind(
        "reconciliation",
        "Said against written",
        (
            ref("finding", "finding", "finding"),
            ref("point", "point", "brief_point"),
            choice("verdict", "the letter is", *VERDICTS, required=True),
            text("reason", "reason"),
            text("said", "what was said"),
            text("written", "what is written"),
            ref("by", "by", "person"),
            instant("at", "when"),
        ),
        search=("reason",),
    ),
)

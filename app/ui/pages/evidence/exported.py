"""The grid of coverage and both sides as tables, in the words they have on screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.tables import Table
from app.operations.coverage import ALL
from app.ui.pages.evidence.grid import figures, total

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.operations.coverage import Coverage
    from app.ui.pages.evidence.sides_part import Laid


def coverage_table(coverage: Coverage) -> Table:
    """Return the grid as it is on screen: criteria down, agencies across, the totals first."""
    if not (coverage.criteria and coverage.agencies):
        return Table("Coverage", ("Criterion",))
    columns = ((ALL, "All agencies"), *coverage.agencies)
    rows = ((ALL, "All criteria"), *coverage.criteria)
    child = dict(coverage.children).get(coverage.child, "")
    return Table(
        f"Coverage of {child}" if child else "Coverage",
        ("Criterion", *(name for _key, name in columns)),
        tuple(
            (
                words,
                *(
                    (total if ALL in {code, agency} else figures)(
                        coverage.cell(code, agency)
                    ).replace("\n", " · ")
                    for agency, _name in columns
                ),
            )
            for code, words in rows
        ),
    )


def sides_table(groups: Sequence[tuple[str, Sequence[Laid]]]) -> Table:
    """Return each thing with the words on its two sides, a row to each piece."""
    return Table(
        "Both sides",
        ("Group", "Finding or criterion", "Why it stands here", "Side", "Words", "Source"),
        tuple(
            (group, one.words, one.why, head, row.title, row.meta)
            for group, listed in groups
            for one in listed
            for head, rows in zip(one.heads, one.sides, strict=True)
            for row in rows
        ),
    )

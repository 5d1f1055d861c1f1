"""What to look at in the team's own pages before a copy of them leaves.

Nothing is answered here: whoever writes the copy is told how many places there are, and which.
What was answered in the letter or the brief is not asked again where those words stand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.identifying import Look, Passage
from app.operations.looking import open_in
from app.operations.meeting_page import meeting_page
from app.operations.reconciling import said_and_written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.domain.reconciling import Pair
    from app.domain.tables import Table
    from app.operations.view import View


def look_at_meeting(view: View, meeting: str) -> list[Look]:
    """Return what to look at in a meeting’s page.

    Raises:
        NotFoundError: nothing has that id.

    """
    content = meeting_page(view, meeting)
    lines = [Passage(heading, one) for heading, each in content.parts for one in each]
    return open_in(view, [Passage(content.title, content.about), *lines])


def look_at_comparison(view: View) -> list[Look]:
    """Return what to look at in what was said against what is written."""
    return open_in(view, [one for pair in said_and_written(view) for one in _of_pair(pair)])


def look_at_table(view: View, table: Table) -> list[Look]:
    """Return what to look at in a list; words that stand in many cells are listed once."""
    cells = dict.fromkeys(cell for row in table.rows for cell in row if isinstance(cell, str))
    looks = open_in(view, [Passage("", one) for one in cells if one])
    return list({(one.rule, one.words): one for one in reversed(looks)}.values())[::-1]


def _of_pair(pair: Pair) -> Iterator[Passage]:
    reasons = (one.reason for one in pair.judgements)
    yield Passage(pair.key, "\n\n".join(one for one in (pair.title, *reasons) if one))
    for one in (*pair.points, *pair.blocks):
        yield Passage(one.record, one.words)

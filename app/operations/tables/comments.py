"""The comments on the letter's facts as a table, with what was answered to each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.domain.tables import Table
from app.operations.letter_accuracy import comment_sheet
from app.operations.tables.cells import day

if TYPE_CHECKING:
    from app.domain.tables import Cell
    from app.operations.letter_accuracy import Comment
    from app.operations.view import View

_HEADINGS: Final = (
    *("Number", "From", "Received", "About", "Comment", "Evidence offered"),
    *("Decision", "Reason", "Change made", "Decided by", "Decided"),
)


def comments_table(view: View) -> Table:
    """Return every comment in the order they were written down."""
    comments = comment_sheet(view).comments
    return Table("Factual accuracy", _HEADINGS, tuple(_cells(one) for one in comments))


def _cells(one: Comment) -> tuple[Cell, ...]:
    held = one.record
    return (
        one.number,
        one.agency,
        day(held.text("received_on")),
        one.about,
        held.text("comment"),
        held.text("evidence"),
        one.decision,
        held.text("reason"),
        held.text("change"),
        one.by,
        day(held.text("at")),
    )

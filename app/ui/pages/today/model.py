"""The four columns of the page as rows, and which record each row opens."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from app.domain.dates import short_date
from app.ui.widgets.rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.operations.overnight import Came
    from app.operations.sync.people import HeldAlone
    from app.operations.today import Line, TodaySheet

MINE: Final = "mine"
UNFINISHED: Final = "unfinished"
CAME: Final = "came"
NEEDED: Final = "needed"
ALONE: Final = "alone"  # the row about what no other laptop holds
COLUMNS: Final = {
    MINE: "My day",
    UNFINISHED: "Unfinished",
    CAME: "Came overnight",
    NEEDED: "Needs me",
}
_SIGNS: Final = {"next": ("▸", "accent"), "late": ("!", "priority"), "danger": ("!", "priority")}
_NOBODY: Final = (
    "Nobody has said who uses this laptop, so nothing here can be yours yet. On the Plan page, "
    "under Team, choose yourself."
)


@dataclass(frozen=True, slots=True)
class Column:
    """Rows of one column, what each opens, and what is said where there are none."""

    rows: tuple[Row, ...] = ()
    opens: dict[str, str] = field(default_factory=dict)
    nothing: str = ""


def columns(sheet: TodaySheet, alone: HeldAlone) -> dict[str, Column]:
    """Return the columns by their names."""
    since = f"{short_date(sheet.since.date().isoformat())} {sheet.since:%H:%M}"
    knows_me = bool(sheet.name)
    return {
        MINE: _column(
            sheet.mine,
            "Nothing is planned for you today. On the Plan page Ctrl+N plans a slot."
            if knows_me
            else _NOBODY,
        ),
        UNFINISHED: _column(
            sheet.unfinished,
            "Nothing of yours is unfinished. On the Notes page Ctrl+N begins a note.",
        ),
        CAME: _came(sheet.came, f"Nothing came from others since {since}."),
        NEEDED: _with_alone(_column(sheet.needed, "Nothing waits for you."), alone),
    }


def _column(lines: Iterable[Line], nothing: str) -> Column:
    rows: list[Row] = []
    opens: dict[str, str] = {}
    for one in lines:
        key = _key(one.record, opens)
        opens[key] = one.record
        sign, tone = _SIGNS.get(one.mark, ("", ""))
        spoken = f"{one.mark}: {one.words}. {one.about}" if one.mark else ""
        rows.append(
            Row(
                key,
                one.words,
                one.about,
                sign,
                tone,
                is_strong=one.mark in {"next", "danger"},
                spoken=spoken,
            )
        )
    return Column(tuple(rows), opens, nothing)


def _came(came: Iterable[Came], nothing: str) -> Column:
    rows: list[Row] = []
    opens: dict[str, str] = {}
    author = None
    for one in came:
        if one.author != author:
            author = one.author
            rows.append(Row(f"author/{author}", author, is_heading=True))
        key = _key(one.record, opens)
        opens[key] = one.record
        rows.append(Row(key, one.words, f"{one.at[11:16]} · {one.about}"))
    return Column(tuple(rows), opens, nothing)


def _with_alone(column: Column, alone: HeldAlone) -> Column:
    if not alone.is_shared:
        words = "All of this inspection is on this laptop alone"
        about = "Invite colleagues on the Team page."
    elif alone.changes:
        count = "1 change" if alone.changes == 1 else f"{alone.changes:,} changes"
        words = f"{count} held on this laptop alone"
        about = "Ctrl+R on the Team page hands over."
    else:
        return column
    opens = {**column.opens, ALONE: alone.records[0] if alone.records else ""}
    return Column((*column.rows, Row(ALONE, words, about)), opens, column.nothing)


def _key(record: str, taken: dict[str, str]) -> str:
    """Return a key that no other row of the column has: one record can call for two things."""
    key, again = record, 1
    while key in taken:
        again += 1
        key = f"{record}/{again}"
    return key

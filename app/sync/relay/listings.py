"""What lies in a mailbox: listed in the order of commits, and handed out by name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import bindparam, select

from app.sync.relay.framing import frame
from app.sync.relay.settings import MOST_BODY
from app.sync.relay.tables import ITEMS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from app.sync.relay.mailboxes import Member

PAGE: Final = 1_000
MOST_NAMES: Final = 500
_ONCE: Final = 500
_PAGE: Final = (
    select(ITEMS.c.number, ITEMS.c.name, ITEMS.c.size)
    .where(ITEMS.c.mailbox == bindparam("box"), ITEMS.c.number > bindparam("start"))
    .order_by(ITEMS.c.number)
    .limit(PAGE + 1)
)
_SIZES: Final = select(ITEMS.c.name, ITEMS.c.size).where(
    ITEMS.c.mailbox == bindparam("box"), ITEMS.c.name.in_(bindparam("names", expanding=True))
)


class Page(NamedTuple):
    """An answer to a listing."""

    is_empty: bool
    body: bytes


def goes_on(member: Member, era: str, after: int) -> int:
    """Return the number to list from: 0 where the one that was given means nothing here."""
    return after if era == member.era and after <= member.newest else 0


def page(connection: Connection, member: Member, start: int) -> Page:
    """Return what lies in a mailbox after a number."""
    asked = {"box": member.mailbox, "start": start}
    rows = connection.execute(_PAGE, asked).all()
    shown = [(row.number, row.name, row.size) for row in rows[:PAGE]]
    return as_page(member.era, start, shown, has_more=len(rows) > PAGE)


def as_page(
    era: str, start: int, rows: Sequence[tuple[int, str, int]], *, has_more: bool = False
) -> Page:
    """Return a page as it is sent."""
    answer = {
        "era": era,
        "next": rows[-1][0] if rows else start,
        "more": has_more,
        "whole": start == 0,
        "items": [{"name": name, "size": size} for _number, name, size in rows],
    }
    return Page(not rows, json.dumps(answer, separators=(",", ":")).encode())


def fetch(connection: Connection, mailbox: int, names: Sequence[str]) -> list[bytes]:
    """Return those of the named items that are here, in order, up to the most for one answer."""
    sizes = sizes_of(connection, mailbox, names)
    chosen: list[str] = []
    room = MOST_BODY
    for name in dict.fromkeys(names):
        if name not in sizes:
            continue
        room -= sizes[name]
        if chosen and room < 0:
            break
        chosen.append(name)
    rows = connection.execute(
        select(ITEMS.c.name, ITEMS.c.content).where(
            ITEMS.c.mailbox == mailbox, ITEMS.c.name.in_(chosen)
        )
    )
    contents = {row.name: bytes(row.content) for row in rows}
    # A receipt may have been replaced in between; then it is simply not there any more.
    return [frame(name, contents[name]) for name in chosen if name in contents]


def sizes_of(connection: Connection, mailbox: int, names: Sequence[str]) -> dict[str, int]:
    """Return the sizes of those of the named items that are here."""
    found: dict[str, int] = {}
    for start in range(0, len(names), _ONCE):
        part = names[start : start + _ONCE]
        rows = connection.execute(_SIZES, {"box": mailbox, "names": part})
        found.update({row.name: row.size for row in rows})
    return found

"""Who belongs to the inspection, on which laptop, and what each of them holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.crypto.roster import DEPUTY, INSPECTOR, LEAD, READER
from app.errors import NotFoundError
from app.operations.sync.words import state_words
from app.store import envelopes, receipts, revisions
from app.sync.plan import missing, plan

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from app.crypto.receipts import Receipt
    from app.crypto.roster import Member, Roster
    from app.operations.inspection import Inspection
    from app.operations.sync.seat import Seat
    from app.store.reader import Reader

ROLE_NAMES: Final = {
    LEAD: "lead",
    DEPUTY: "deputy",
    INSPECTOR: "inspector",
    READER: "reader (quality assurance)",
}


_SHORTEST_ID: Final = 6
OFFERED_ROLES: Final = (INSPECTOR, DEPUTY, READER)


@dataclass(frozen=True, slots=True)
class Laptop:
    """One laptop of the team.

    ``lacks`` is how many changes held here it had not told of having, None before it told of any.
    ``unheard`` is how many changes to the team it had not heard of then.
    """

    device: str
    person: str
    inspectorate: str
    name: str
    role: str
    checked: str
    is_own: bool
    is_removed: bool
    last_heard: datetime | None
    lacks: int | None
    unheard: int

    @property
    def who(self) -> str:
        """Whose it is, in one line."""
        place = f" ({self.inspectorate})" if self.inspectorate else ""
        return f"{self.person}{place}"


@dataclass(frozen=True, slots=True)
class TeamView:
    """The team as a page shows it. ``words`` are today's six, none before there is a team.

    ``notices`` are sentences that this laptop's place in the team calls for.
    """

    laptops: tuple[Laptop, ...] = ()
    words: tuple[str, ...] = ()
    leads: bool = False
    is_member: bool = False
    notices: tuple[str, ...] = ()


def team(inspection: Inspection) -> TeamView:
    """Return the team of an inspection, none where everything is on this laptop alone."""
    seat = inspection.seat()
    if not seat.is_shared:
        return TeamView()
    heads, told = inspection.store.read(
        lambda reader: (envelopes.heads(reader.connection), receipts.every(reader.connection))
    )
    roster = seat.roster
    vector = {device: head.number for device, head in heads.items()}
    return TeamView(
        tuple(laptops(roster, seat.devices, vector, told)),
        state_words(
            roster.inspection, roster.head, {device: head.hash for device, head in heads.items()}
        ),
        seat.leads,
        seat.member is not None,
        tuple(_notices(seat, vector, told)),
    )


def laptop_at(inspection: Inspection, wanted: str) -> Laptop:
    """Return the laptop with that number in the list, from 1, or the beginning of its id.

    Raises:
        NotFoundError: there is none, or more than one.

    """
    listed = team(inspection).laptops
    found = [
        one
        for number, one in enumerate(listed, 1)
        if wanted == str(number) or (len(wanted) >= _SHORTEST_ID and one.device.startswith(wanted))
    ]
    if len(found) != 1:
        raise NotFoundError(f"There is no laptop {wanted!r} on the team. Nothing was changed.")
    return found[0]


def _notices(
    seat: Seat, held: Mapping[str, int], told: Mapping[str, tuple[Receipt, datetime]]
) -> list[str]:
    found: list[str] = []
    if seat.removed is not None:
        found.append(
            "This laptop was taken off the team. What was written on it stays here; nothing new "
            "comes, and nothing goes out. Ask the lead whether to destroy the inspection on it."
        )
    elif seat.member is None:
        found.append(
            "This laptop has a new identity, since its store was put back to an older state. What "
            "is written on it reaches nobody until the lead admits it again: siteweek request"
        )
    if seat.refused:
        found.append(
            "The lead’s laptop gave this one another key than the others were given. Compare the "
            "words with another member, and tell whoever looks after Siteweek."
        )
    names = {one.device: one.person for one in seat.roster.members.values()}
    vectors = [receipt.vector for receipt, _at in told.values()]
    for gap in missing(held, vectors):
        if gap.device in names and gap.device not in seat.devices:
            count = gap.last - gap.first + 1
            exist = "1 change" if count == 1 else f"{count:,} changes"
            found.append(f"{names[gap.device]} wrote {exist} that have not arrived here.")
    return found


def laptops(
    roster: Roster,
    own: Collection[str],
    held: Mapping[str, int],
    receipts: Mapping[str, tuple[Receipt, datetime]],
) -> list[Laptop]:
    """Return every laptop of the team, those that belong to it first, in the order they joined."""
    rows = [_laptop(one, roster, own, held, receipts) for one in roster.members.values()]
    return sorted(rows, key=lambda one: one.is_removed)


def _laptop(
    member: Member,
    roster: Roster,
    own: Collection[str],
    held: Mapping[str, int],
    receipts: Mapping[str, tuple[Receipt, datetime]],
) -> Laptop:
    receipt, heard = receipts.get(member.device, (None, None))
    is_own = member.device in own
    lacks = None
    if receipt is not None and not is_own:
        lacks = sum(
            one.last - one.first + 1
            for one in plan(held, receipt.vector).send
            if one.device != member.device
        )
    return Laptop(
        member.device,
        member.person,
        member.inspectorate,
        member.name,
        member.role,
        member.checked,
        is_own,
        member.removed,
        heard,
        lacks,
        0 if receipt is None or is_own else max(0, roster.length - receipt.roster[0]),
    )


@dataclass(frozen=True, slots=True)
class HeldAlone:
    """What no other laptop has told of having: how many changes, and of which records.

    ``is_shared`` is false where there is no other laptop at all; nothing is counted then.
    """

    is_shared: bool = False
    changes: int = 0
    records: tuple[str, ...] = ()


def held_here_alone(inspection: Inspection) -> HeldAlone:
    """Return what was written on this laptop and is on no other, by what the others told."""
    seat = inspection.seat()
    others = (
        [
            one.device
            for one in seat.roster.members.values()
            if not one.removed and one.device not in seat.devices
        ]
        if seat.is_shared
        else []
    )
    if not others:
        return HeldAlone()

    def find(reader: Reader) -> HeldAlone:
        heads = envelopes.heads(reader.connection)
        told = receipts.every(reader.connection)
        changes, records = 0, []
        for own in seat.devices:
            held = heads[own].number if own in heads else 0
            known = max(
                (told[one][0].vector.get(own, 0) for one in others if one in told), default=0
            )
            if held > known:
                changes += held - known
                records += revisions.since_number(reader.connection, own, known)
        return HeldAlone(True, changes, tuple(dict.fromkeys(records)))

    return inspection.store.read(find)

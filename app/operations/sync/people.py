"""Who belongs to the inspection, on which laptop, and what each of them holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.crypto.roster import DEPUTY, INSPECTOR, LEAD, READER
from app.sync.plan import plan

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from app.crypto.receipts import Receipt
    from app.crypto.roster import Member, Roster

ROLE_NAMES: Final = {
    LEAD: "lead",
    DEPUTY: "deputy",
    INSPECTOR: "inspector",
    READER: "reader (quality assurance)",
}


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

"""What the inbox decides about an item that arrived. Each is carried out whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from app.crypto.envelope import Header
    from app.crypto.receipts import Receipt
    from app.crypto.roster import Roster
    from app.sync.codec import Batch


class Reason(StrEnum):
    """What a waiting item waits for."""

    EARLIER = "earlier"  # earlier revisions of the same device
    SEEN = "seen"  # a revision by another, which its writer had seen
    TEAM = "team"  # a change to the team that has not arrived
    NEWER = "newer"  # a newer Siteweek
    PERSON = "person"  # somebody who says that so much may be deleted


@dataclass(frozen=True, slots=True)
class Wait:
    """Until which revision of which device, where it is for one; otherwise only why."""

    reason: Reason
    device: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Apply:
    """Take in an envelope's revisions from ``new_from`` on; earlier ones are held already.

    ``gap`` tells that the revisions just before can't be read by this laptop, ever. ``agreed``
    tells that a person let it in, with all that it deletes.
    """

    name: str
    raw: bytes
    header: Header
    batch: Batch
    new_from: int
    gap: bool = False
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class Grow:
    """Add an entry to the roster, which then is ``roster``. The parcel is what it came in."""

    name: str
    raw: bytes
    entry: bytes
    roster: Roster


@dataclass(frozen=True, slots=True)
class Hear:
    """Keep a device's newest receipt."""

    name: str
    raw: bytes
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class Park:
    """Keep an item until what it waits for is here; it may have waited for something else.

    The header of an item of a newer form can't be read; it is that of nobody.
    """

    name: str
    raw: bytes
    header: Header
    wait: Wait


@dataclass(frozen=True, slots=True)
class Quarantine:
    """Keep an item that a member made and that may not count, with the check that it failed.

    ``roster-fork``: somebody who led told the team two things; both are to be shown, and no change
    to the team is made any more. ``reader``: it is taken in when its device may write one day.
    """

    name: str
    raw: bytes
    header: Header
    fault: str


@dataclass(frozen=True, slots=True)
class Accuse:
    """Keep the proof that a device said two things under one number.

    Its revisions from that number on no longer count. ``held`` is the envelope that was here
    first, ``raw`` the other one. Another proof may follow with a lower number: the lowest counts,
    and what an earlier proof kept stays kept. Others need ``raw`` as much as ``held``: handed on,
    both prove it to them too.
    """

    device: str
    number: int
    held: str
    name: str
    raw: bytes
    header: Header


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Remember an envelope that was sealed before this laptop may read; its bytes are not kept."""

    name: str
    header: Header


@dataclass(frozen=True, slots=True)
class Refuse:
    """Remember the name of what is nobody's, so that it isn't fetched again; keep nothing else."""

    name: str
    fault: str


@dataclass(frozen=True, slots=True)
class Later:
    """Not now: too much of its device waits already. Nothing is kept; it is fetched again."""

    name: str


@dataclass(frozen=True, slots=True)
class Skip:
    """Nothing new. It is no longer waiting, if it was, and isn't fetched again."""

    name: str


@dataclass(frozen=True, slots=True)
class Renew:
    """Others hold more of this laptop than it does itself: it was put back to an older state.

    Before it writes again it needs a new identity, or two changes would share one number. What it
    wrote under this one and has not sealed is to be put aside and written again under the new one:
    those numbers are taken, by what the others hold.
    ``device`` is the identity that writes here now; of earlier ones this is not said.
    """

    device: str
    number: int


Effect: TypeAlias = (
    Apply | Grow | Hear | Park | Quarantine | Accuse | Unreadable | Refuse | Later | Skip | Renew
)

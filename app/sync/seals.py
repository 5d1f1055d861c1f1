"""The checks of the outside that the inbox asks for, by name.

Only a simulation of very many runs puts cheap ones in their place; the order in which they are
asked is the inbox's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from app.crypto import envelope, roster, roster_rules

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.crypto.envelope import Header
    from app.crypto.keys import EpochSecret
    from app.crypto.roster import Entry, Roster


@dataclass(frozen=True, slots=True)
class Seals:
    """Whose an envelope is, what is in it, who wrote a roster's entry, and whether it may follow.

    Each raises what the function of the same purpose in ``app.crypto`` does.
    """

    check_signature: Callable[[bytes, bytes], None]
    open_body: Callable[[bytes, Header, EpochSecret], bytes]
    is_signed: Callable[[Entry, bytes], bool]
    take_in: Callable[[Roster, bytes], Roster]


REAL: Final = Seals(
    envelope.check_signature, envelope.open_body, roster.is_signed, roster_rules.take_in
)


class Arrived(NamedTuple):
    """An item whose form is right. ``waited`` tells that it waits here already."""

    name: str
    raw: bytes
    header: Header
    waited: bool

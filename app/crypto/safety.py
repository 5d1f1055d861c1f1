"""Numbers that people compare by reading words to each other, and nobody in between can shape.

Pure digests; which words stand for them is the business of whoever shows them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.crypto.primitives import sha256
from app.domain.revisions import canonical

if TYPE_CHECKING:
    from collections.abc import Mapping

LABEL_JOIN: Final = b"siteweek/safety/v1"
LABEL_STATE: Final = b"siteweek/state/v1"
# Nothing slows somebody who tries keys until words agree. Twelve words of 7,776 carry 155 bits.
JOINING_BITS: Final = 150
STATE_BITS: Final = 66


def joining_digest(inspection: bytes, roster_head: bytes, lead: bytes, newcomer: bytes) -> bytes:
    """Return what both must see before a device is added: of the team and both identities.

    ``lead`` and ``newcomer`` are public identities, in that order.
    """
    return sha256(LABEL_JOIN + inspection + roster_head + sha256(lead) + sha256(newcomer))


def state_digest(inspection: bytes, roster_head: bytes, heads: Mapping[str, bytes]) -> bytes:
    """Return what all must see who hold the same: of the team and every device's newest hash."""
    held = canonical({device: head.hex() for device, head in heads.items()})
    return sha256(LABEL_STATE + inspection + roster_head + held.encode())


def places(digest: bytes, bits: int, of: int) -> list[int]:
    """Return places in a list of ``of`` words that together carry so many bits of a digest.

    Taken from the whole digest, so every word depends on all of it; each is as likely as any other
    to within one part in 2^100.
    """
    count, carried = 0, 1
    while carried < 2**bits:
        count, carried = count + 1, carried * of
    number = int.from_bytes(digest)
    found = []
    for _ in range(count):
        number, place = divmod(number, of)
        found.append(place)
    return found

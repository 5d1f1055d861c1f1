"""Words that two people read to each other, so that nobody in between can have shaped them.

They come from the same list as passphrases, made to be told apart when spoken.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.crypto.safety import (
    JOINING_BITS,
    STATE_BITS,
    joining_digest,
    places,
    state_digest,
)
from app.operations.passphrases import word_list

if TYPE_CHECKING:
    from collections.abc import Mapping


def joining_words(
    inspection: bytes, roster_head: bytes, lead: bytes, newcomer: bytes
) -> tuple[str, ...]:
    """Return the twelve words for a newcomer, from both public identities and the team's head."""
    return _words(joining_digest(inspection, roster_head, lead, newcomer), JOINING_BITS)


def state_words(
    inspection: bytes, roster_head: bytes, heads: Mapping[str, bytes]
) -> tuple[str, ...]:
    """Return the six words that are the same on every laptop which holds the same."""
    return _words(state_digest(inspection, roster_head, heads), STATE_BITS)


def _words(digest: bytes, bits: int) -> tuple[str, ...]:
    words = word_list()
    return tuple(words[place] for place in places(digest, bits, len(words)))

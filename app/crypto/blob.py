"""An attachment's bytes, sealed under a key of their own and cut into pieces to keep and to send.

Pure over bytes: where pieces lie is for the store to know. An attachment is never whole in
memory, a piece is.

::

    sealed stream = one Cobblestone-256 message
        key       32 random bytes, this attachment's own
        context   label (16) ‖ inspection id (16) ‖ attachment id (16) ‖ plaintext length (8)

    0      24  salt, random                                        ┐
    24     32  key commitment                                      │ cut every 4 MiB; each piece
    56     …   chunks of 16,384 bytes, each with a 16-byte tag;    │ is named by its SHA-256
               the last is shorter, perhaps empty                  ┘

The context ties the stream to its place: pieces of another attachment, another inspection or
another length don't open here.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.crypto.primitives import (
    TAG_SIZE,
    BrokenSealError,
    cobblestone256_open,
    cobblestone256_seal,
    sha256,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.crypto.keys import BlobKey

LABEL: Final = b"siteweek/blob/v1"
ID_SIZE: Final = 16
MOST_BYTES: Final = 64 << 20  # of plaintext
PIECE_SIZE: Final = 4 << 20

_CHUNK: Final = 16_384
_PREFIX: Final = 24 + 32
_CONTEXT: Final = struct.Struct(f">{len(LABEL)}s{ID_SIZE}s{ID_SIZE}sQ")


@dataclass(frozen=True, slots=True)
class Blob:
    """Which attachment of which inspection, and how many bytes of plaintext it has.

    Raises:
        ValueError: an id isn't 16 bytes, or the size is outside what an attachment may have.

    """

    inspection: bytes
    attachment: bytes
    size: int

    def __post_init__(self) -> None:
        """Refuse what can't be written."""
        if len(self.inspection) != ID_SIZE or len(self.attachment) != ID_SIZE:
            raise ValueError(f"an id is {ID_SIZE} bytes")
        if not 0 < self.size <= MOST_BYTES:
            raise ValueError(f"an attachment has 1 to {MOST_BYTES} bytes")

    @property
    def context(self) -> bytes:
        """What the stream is bound to."""
        return _CONTEXT.pack(LABEL, self.inspection, self.attachment, self.size)

    @property
    def piece_sizes(self) -> tuple[int, ...]:
        """How long each piece is; nothing but the plaintext's length decides it."""
        sealed = _PREFIX + self.size + TAG_SIZE * (self.size // _CHUNK + 1)
        full, rest = divmod(sealed, PIECE_SIZE)
        return (PIECE_SIZE,) * full + ((rest,) if rest else ())


def seal(blob: Blob, key: BlobKey, plain: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the sealed pieces of an attachment, in order.

    The key must be new: a stream has a salt of its own, but one key for one attachment is what
    lets a single one be handed on.

    Raises:
        ValueError: the plaintext is not as long as ``blob`` says.

    """
    held = bytearray()
    whole = _of_length(blob.size, plain)
    for part in cobblestone256_seal(key.raw, blob.context, whole):
        held += part
        while len(held) >= PIECE_SIZE:
            yield bytes(held[:PIECE_SIZE])
            del held[:PIECE_SIZE]
    if held:
        yield bytes(held)


def unseal(blob: Blob, key: BlobKey, untrusted: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the plaintext of pieces given in order. It is whole only if the end is reached.

    Raises:
        BrokenSealError: a piece is missing, altered, out of order or of something else.

    """
    total = 0
    for part in cobblestone256_open(key.raw, blob.context, untrusted):
        total += len(part)
        if total > blob.size:
            break
        yield part
    if total != blob.size:
        # Sealed under this context, but not as long as it says: whoever sealed it lied.
        raise BrokenSealError


def piece_name(piece: bytes) -> str:
    """Return the name a piece is kept and sent under."""
    return sha256(piece).hex()


def _of_length(size: int, parts: Iterable[bytes]) -> Iterator[bytes]:
    total = 0
    for part in parts:
        total += len(part)
        if total > size:
            break
        yield part
    if total != size:
        raise ValueError("the length is not the one that was named")

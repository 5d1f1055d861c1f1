"""The sealed envelope, format 1: what one device tells the others, signed, for anyone to carry.

::

    0      4   magic: what it holds, see below
    4      1   version = 1
    5      1   suite = 1: ML-KEM-768 with X25519, Ed25519, Cobblestone-256
    6      2   flags = 0
    8      32  inspection: SHA-256 of the roster's first entry
    40     4   epoch
    44     16  device
    60     8   number: see below
    68     32  hash before: see below
    100    4   length of the sealed body, at most 4 MiB
    104    n   sealed body: Cobblestone-256, context = bytes 0 to 99
    104+n  64  Ed25519 over "siteweek/env/v1" ‖ bytes 0 to 103 ‖ SHA-512(sealed body)

    magic   holds                              number                  hash before
    SWEN    consecutive revisions of device    of the first of them    SHA-256 of the device's
                                                                       envelope before; or zero
    SWRO    one entry of the roster            its place, from 0       SHA-256 of the entry before
    SWRC    a receipt of device                how far it goes         the roster's newest hash

A roster entry is sealed under the epoch before it, so that whoever it removes can read that; the
device that seals it need not be the one that wrote it.

Encrypted, then signed, with the sender inside the sealed context: nobody can sign another's words
as their own, and nobody can seal them again elsewhere. Nothing inside a message decides how it is
checked. The order is fixed: sizes and constants, then the signature, then decryption.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from app.crypto.keys import EnvelopeKey
from app.crypto.padding import pad, unpad
from app.crypto.primitives import (
    SIGNATURE_SIZE,
    BrokenSealError,
    cobblestone256_open,
    cobblestone256_seal,
    ed25519_sign,
    ed25519_verify,
    hkdf_expand_sha512,
    sha256,
    sha512,
)
from app.errors import NewerVersionError, RefusedEnvelopeError

if TYPE_CHECKING:
    from app.crypto.identity import Identity
    from app.crypto.keys import EpochSecret

VERSION: Final = 1
SUITE: Final = 1
MOST_SEALED: Final = 4 * 1024 * 1024
LABEL_SIGN: Final = b"siteweek/env/v1"
LABEL_KEY: Final = b"siteweek/env-key/v1"
FIRST: Final = bytes(32)

_HEADER: Final = struct.Struct(">4sBBH32sI16sQ32sI")
HEADER_SIZE: Final = _HEADER.size
_CONTEXT_SIZE: Final = HEADER_SIZE - 4
_LEAST: Final = HEADER_SIZE + SIGNATURE_SIZE
MOST_BYTES: Final = HEADER_SIZE + MOST_SEALED + SIGNATURE_SIZE


class Form(Enum):
    """What an envelope holds, by its magic."""

    REVISIONS = b"SWEN"
    ROSTER = b"SWRO"
    RECEIPT = b"SWRC"


_FORMS: Final = {one.value: one for one in Form}


@dataclass(frozen=True, slots=True)
class Header:
    """What an envelope says of itself in the open. Believed only once its signature is."""

    inspection: bytes
    epoch: int
    device: str
    first: int
    previous: bytes
    form: Form = Form.REVISIONS

    def to_bytes(self, sealed_size: int) -> bytes:
        """Return the 104 bytes."""
        return _HEADER.pack(
            self.form.value,
            VERSION,
            SUITE,
            0,
            self.inspection,
            self.epoch,
            bytes.fromhex(self.device),
            self.first,
            self.previous,
            sealed_size,
        )


def seal(header: Header, body: bytes, secret: EpochSecret, sender: Identity) -> bytes:
    """Return the envelope of a body, padded, sealed under the sender's key of the epoch, signed.

    Raises:
        ValueError: the sender is not the header's device, or the body is too long.

    """
    if sender.device_id != header.device:
        raise ValueError("an envelope is sealed by the device it names")
    padded = pad(body)
    context = header.to_bytes(0)[:_CONTEXT_SIZE]
    key = _key(secret, header)
    sealed = b"".join(cobblestone256_seal(key.raw, context, [padded]))
    if len(sealed) > MOST_SEALED:
        raise ValueError("a body of at most 4 MiB fits an envelope")
    head = header.to_bytes(len(sealed))
    return head + sealed + ed25519_sign(sender.signing.raw, _signed(head, sealed))


def parse(untrusted: bytes) -> Header:
    """Return the header of an envelope whose outside has the right form.

    Raises:
        NewerVersionError: a newer version, or a suite or flag of one.
        RefusedEnvelopeError: no envelope, cut, or lengthened.

    """
    form = _FORMS.get(untrusted[:4])
    if form is None or len(untrusted) < _LEAST:
        raise RefusedEnvelopeError("form")
    _, version, suite, flags, inspection, epoch, device, first, previous, length = (
        _HEADER.unpack_from(untrusted)
    )
    if version == 0 or suite == 0:
        raise RefusedEnvelopeError("version")
    if version > VERSION or suite > SUITE or flags:
        raise NewerVersionError(
            "An envelope was made by a newer Siteweek. It was kept as it is; install the newest "
            "version to read it."
        )
    if length > MOST_SEALED or len(untrusted) != _LEAST + length:
        raise RefusedEnvelopeError("length")
    if first == 0:
        raise RefusedEnvelopeError("number")
    return Header(inspection, epoch, device.hex(), first, previous, form)


def check_signature(untrusted: bytes, public: bytes) -> None:
    """Do nothing when the device of this public signing key made the envelope.

    Raises:
        RefusedEnvelopeError: it did not, or a byte was altered.

    """
    head, sealed = untrusted[:HEADER_SIZE], untrusted[HEADER_SIZE:-SIGNATURE_SIZE]
    try:
        ed25519_verify(public[:32], untrusted[-SIGNATURE_SIZE:], _signed(head, sealed))
    except BrokenSealError:
        raise RefusedEnvelopeError("signature") from None


def open_body(signed: bytes, header: Header, secret: EpochSecret) -> bytes:
    """Return the body of an envelope whose signature was checked.

    Raises:
        RefusedEnvelopeError: it was sealed under another key or for another place, or its
            padding is not ours.

    """
    sealed = signed[HEADER_SIZE:-SIGNATURE_SIZE]
    key = _key(secret, header)
    try:
        padded = b"".join(cobblestone256_open(key.raw, signed[:_CONTEXT_SIZE], [sealed]))
    except BrokenSealError:
        raise RefusedEnvelopeError("seal") from None
    body = unpad(padded)
    if body is None:
        raise RefusedEnvelopeError("padding")
    return body


def entry_hash(envelope: bytes) -> bytes:
    """Return the name of an envelope: the SHA-256 of all of it."""
    return sha256(envelope)


def _key(secret: EpochSecret, header: Header) -> EnvelopeKey:
    info = LABEL_KEY + header.inspection + header.epoch.to_bytes(4) + bytes.fromhex(header.device)
    return EnvelopeKey(hkdf_expand_sha512(secret.raw, info))


def _signed(head: bytes, sealed: bytes) -> bytes:
    return LABEL_SIGN + head + sha512(sealed)

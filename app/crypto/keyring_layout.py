"""The bytes of a keyring, format 1: taking them apart strictly and putting them together.

It checks shape alone. Nothing it returns may be believed until a slot has opened and the MAC has
been compared, which is what ``keyring`` does. ``FORMAT.md`` says the same for other readers.

::

    0      8   magic "SWKEYRNG"                    ┐
    8      1   version = 1                         ├ header
    9      16  vault id, random                    ┘
    25     1   number of slots, 1 or 2
    26     90  slot 0, passphrase
               0    1   type = 0                   ┐
               1    1   flags: bit 0 pepper used   │
               2    4   Argon2id memory in KiB     ├ parameters
               6    4   Argon2id passes            │
               10   4   Argon2id lanes             │
               14   16  Argon2id salt, random      ┘
               30   12  nonce, random
               42   48  master key sealed: AES-256-GCM, context = header ‖ parameters
    116    62  slot 1, recovery key; only when there are two slots
               0    1   type = 1                   ┐ parameters
               1    1   flags = 0                  ┘
               2    12  nonce, random
               14   48  master key sealed, as above
    end    32  HMAC-SHA-256 over all bytes before

Integers are big-endian. The number of slots is no part of the header, so that a slot can be added
or removed without the secrets that open the others; the MAC guards it.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

from app.crypto.passphrase import SALT_SIZE, Argon2Parameters
from app.crypto.primitives import KEY_SIZE, MAC_SIZE, NONCE_SIZE, TAG_SIZE
from app.errors import DamagedFileError, NewerVersionError

MAGIC: Final = b"SWKEYRNG"
VERSION: Final = 1
VAULT_ID_SIZE: Final = 16

_HEADER: Final = struct.Struct(f">8sB{VAULT_ID_SIZE}s")
_PASSPHRASE: Final = struct.Struct(f">BBIII{SALT_SIZE}s")
_RECOVERY: Final = struct.Struct(">BB")
_SEAL_SIZE: Final = NONCE_SIZE + KEY_SIZE + TAG_SIZE
_VERSION_AT: Final = len(MAGIC)
_TYPE_PASSPHRASE: Final = 0
_TYPE_RECOVERY: Final = 1
_PEPPER_FLAG: Final = 1

_ONE_SLOT: Final = _HEADER.size + 1 + _PASSPHRASE.size + _SEAL_SIZE + MAC_SIZE
_TWO_SLOTS: Final = _ONE_SLOT + _RECOVERY.size + _SEAL_SIZE
_SIZES: Final = {1: _ONE_SLOT, 2: _TWO_SLOTS}


@dataclass(frozen=True, slots=True)
class Seal:
    """A sealed master key and the nonce it was sealed with."""

    nonce: bytes
    sealed: bytes

    def to_bytes(self) -> bytes:
        """Return nonce and sealed key, in that order."""
        return self.nonce + self.sealed


@dataclass(frozen=True, slots=True)
class PassphraseParameters:
    """What slot 0 says of how its key is made; bound into its seal."""

    argon2: Argon2Parameters
    salt: bytes
    uses_pepper: bool

    def to_bytes(self) -> bytes:
        """Return them as they stand at the beginning of the slot."""
        flags = _PEPPER_FLAG if self.uses_pepper else 0
        memory_kib, passes, lanes = self.argon2.memory_kib, self.argon2.passes, self.argon2.lanes
        return _PASSPHRASE.pack(_TYPE_PASSPHRASE, flags, memory_kib, passes, lanes, self.salt)


@dataclass(frozen=True, slots=True)
class PassphraseSlot:
    """Slot 0."""

    parameters: PassphraseParameters
    seal: Seal

    def to_bytes(self) -> bytes:
        """Return the whole slot."""
        return self.parameters.to_bytes() + self.seal.to_bytes()


@dataclass(frozen=True, slots=True)
class RecoverySlot:
    """Slot 1."""

    seal: Seal

    def to_bytes(self) -> bytes:
        """Return the whole slot."""
        return recovery_parameters() + self.seal.to_bytes()


@dataclass(frozen=True, slots=True)
class Layout:
    """A keyring taken apart; ``mac`` is as found and nothing here has been compared with it."""

    vault_id: bytes
    passphrase: PassphraseSlot
    recovery: RecoverySlot | None
    mac: bytes

    def authenticated(self) -> bytes:
        """Return the bytes that the MAC covers."""
        slots = [self.passphrase.to_bytes()]
        if self.recovery is not None:
            slots.append(self.recovery.to_bytes())
        return header(self.vault_id) + bytes([len(slots)]) + b"".join(slots)


def header(vault_id: bytes) -> bytes:
    """Return the header, which is bound into every slot's seal."""
    return _HEADER.pack(MAGIC, VERSION, vault_id)


def recovery_parameters() -> bytes:
    """Return slot 1's parameters, which are bound into its seal."""
    return _RECOVERY.pack(_TYPE_RECOVERY, 0)


def parse(untrusted: bytes) -> Layout:
    """Take a keyring apart. Every byte is accounted for: what is parsed builds the same bytes.

    Raises:
        NewerVersionError: a later format.
        DamagedFileError: anything else that is not a whole keyring of this format.

    """
    if untrusted[:_VERSION_AT] != MAGIC or len(untrusted) <= _VERSION_AT:
        raise _damaged("is not one of Siteweek's, or its beginning is damaged")
    if untrusted[_VERSION_AT] > VERSION:
        raise NewerVersionError(
            "The profile's key file was made by a newer Siteweek. Nothing was changed. Install "
            "the newest version to open it."
        )
    slots_at = _HEADER.size + 1
    if len(untrusted) < slots_at or len(untrusted) != _SIZES.get(untrusted[_HEADER.size]):
        raise _damaged("is cut short, or something was added to it")
    _, _, vault_id = _HEADER.unpack_from(untrusted)
    passphrase = _parse_passphrase(untrusted[slots_at:])
    recovery_at = slots_at + _PASSPHRASE.size + _SEAL_SIZE
    recovery_bytes = untrusted[recovery_at:-MAC_SIZE]
    recovery = RecoverySlot(_parse_seal(recovery_bytes, _RECOVERY.size)) if recovery_bytes else None
    layout = Layout(vault_id, passphrase, recovery, untrusted[-MAC_SIZE:])
    # Version 0, unknown types and unknown flags all end here: they are not what would be built.
    if layout.authenticated() + layout.mac != untrusted:
        raise _damaged("is damaged")
    return layout


def _parse_passphrase(untrusted: bytes) -> PassphraseSlot:
    _, flags, memory_kib, passes, lanes, salt = _PASSPHRASE.unpack_from(untrusted)
    parameters = PassphraseParameters(
        Argon2Parameters(memory_kib, passes, lanes), salt, uses_pepper=bool(flags & _PEPPER_FLAG)
    )
    return PassphraseSlot(parameters, _parse_seal(untrusted, _PASSPHRASE.size))


def _parse_seal(untrusted: bytes, start: int) -> Seal:
    sealed_at = start + NONCE_SIZE
    return Seal(untrusted[start:sealed_at], untrusted[sealed_at : start + _SEAL_SIZE])


def _damaged(what: str) -> DamagedFileError:
    return DamagedFileError(
        f"The profile's key file {what}. Nothing was changed. Put back a copy of it from a backup."
    )

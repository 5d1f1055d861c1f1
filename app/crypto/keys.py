"""The kinds of key, each its own type, so that one can't be handed over in place of another.

A key hides its bytes from ``repr`` and so from logs and crash reports; ``raw`` is the one way
to them. Nothing here derives, stores or erases: Python can't wipe memory, so a key is gone for
certain only when the process that held it has ended.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class SecretKey:
    """Secret bytes of a fixed size. Use one of the kinds below, never this class itself.

    Raises:
        ValueError: the bytes have the wrong length.

    """

    SIZE: ClassVar[int] = 32

    raw: bytes

    def __post_init__(self) -> None:
        """Refuse bytes of another length than this kind of key has."""
        if len(self.raw) != self.SIZE:
            raise ValueError(f"{type(self).__name__} holds {self.SIZE} bytes")

    def __repr__(self) -> str:
        """Name the kind of key and show nothing of it."""
        return f"<{type(self).__name__}>"

    def __eq__(self, other: object) -> bool:
        """Whether both are the same kind of key with the same bytes, in constant time."""
        if not isinstance(other, SecretKey):
            return NotImplemented
        return type(self) is type(other) and hmac.compare_digest(self.raw, other.raw)

    # A hash would invite keys into sets and dictionaries, whose look-ups take telling times.
    __hash__ = None  # type: ignore[assignment]


class MasterKey(SecretKey):
    """Opens a whole profile: 32 random bytes, made once and sealed in the keyring's slots."""

    __slots__ = ()


class PassphraseKey(SecretKey):
    """What Argon2id made of a passphrase."""

    __slots__ = ()


class Pepper(SecretKey):
    """32 random bytes kept by the operating system, mixed with the passphrase's key."""

    __slots__ = ()


class RecoveryKey(SecretKey):
    """The printed key: 128 random bits, enough that it needs no slow derivation."""

    __slots__ = ()
    SIZE: ClassVar[int] = 16


class SlotKey(SecretKey):
    """Seals the master key in one slot of the keyring."""

    __slots__ = ()


class StoreKey(SecretKey):
    """The root of one inspection's keys. It encrypts nothing itself: destroy it, and all is gone.

    See ``store_key.database_key`` for what the store is opened with.
    """

    __slots__ = ()


class DatabaseKey(SecretKey):
    """SQLCipher's raw key for the store of one inspection."""

    __slots__ = ()


class MacKey(SecretKey):
    """Authenticates a key file."""

    __slots__ = ()


class WrappingKey(SecretKey):
    """Seals a store key in its file."""

    __slots__ = ()


class IdentityWrapKey(SecretKey):
    """Seals this laptop's private keys within one inspection's store."""

    __slots__ = ()


class SigningKey(SecretKey):
    """The Ed25519 private key of one device in one inspection."""

    __slots__ = ()


class SealingKey(SecretKey):
    """The private half of a device's hybrid KEM: 64 bytes of ML-KEM-768, 32 of X25519."""

    __slots__ = ()
    SIZE: ClassVar[int] = 96


class RefugeKey(SecretKey):
    """Seals words that could not be written to their store."""

    __slots__ = ()


class BlobKey(SecretKey):
    """Seals one attachment: 32 random bytes, kept in its record."""

    __slots__ = ()


class EpochSecret(SecretKey):
    """Opens what the team wrote in one epoch; drawn by the lead, sealed to every device."""

    __slots__ = ()


class EnvelopeKey(SecretKey):
    """Seals the envelopes of one device in one epoch."""

    __slots__ = ()


class AdmissionKey(SecretKey):
    """Seals the roster for one newcomer, once."""

    __slots__ = ()


class DisposalKey(SecretKey):
    """Seals what a profile keeps of an inspection that was destroyed."""

    __slots__ = ()


class OwnerKey(SecretKey):
    """Seals what a profile remembers of the person who uses it."""

    __slots__ = ()

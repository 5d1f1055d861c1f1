"""The key of one inspection's store, sealed under the master key, and the store's newest head.

The head (how many revisions, and the hash of the newest) is kept here, outside the database, so
that a database put back from yesterday is noticed. Every function is pure over the bytes; the
head is written before it is relied on, and moves forward only.

::

    0      8   magic "SWSTOKEY"                    ┐
    8      1   version = 1                         ├ header
    9      16  inspection id                       ┘
    25     12  nonce, random
    37     48  store key sealed: AES-256-GCM, context = header
    85     8   head: count, big-endian
    93     32  head: hash
    125    32  HMAC-SHA-256 over all bytes before, under a key made from the store key

The MAC's key comes from the store key, not the master key, so that saving a note doesn't need
the key to every inspection.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

from app.crypto.keys import DatabaseKey, MacKey, MasterKey, StoreKey, WrappingKey
from app.crypto.primitives import (
    KEY_SIZE,
    MAC_SIZE,
    NONCE_SIZE,
    TAG_SIZE,
    BrokenSealError,
    aes256_gcm_open,
    aes256_gcm_seal,
    equal_in_constant_time,
    hkdf_sha256,
    hmac_sha256,
    random_bytes,
)
from app.errors import DamagedFileError, NewerVersionError, StoreError

MAGIC: Final = b"SWSTOKEY"
VERSION: Final = 1
INSPECTION_ID_SIZE: Final = 16
HASH_SIZE: Final = 32

# One label per purpose: a key made for one can never serve another. Never reuse or change one.
LABEL_SEAL: Final = b"siteweek/store/v1"
LABEL_HEAD: Final = b"siteweek/store-head/v1"
LABEL_DATABASE: Final = b"siteweek/database/v1"

# Far above a file of this format; for whoever reads the file before parsing it.
MOST_BYTES: Final = 4096

_HEADER: Final = struct.Struct(f">8sB{INSPECTION_ID_SIZE}s")
_HEAD: Final = struct.Struct(f">Q{HASH_SIZE}s")
_NONCE_AT: Final = _HEADER.size
_SEALED_AT: Final = _NONCE_AT + NONCE_SIZE
_HEAD_AT: Final = _SEALED_AT + KEY_SIZE + TAG_SIZE
_MAC_AT: Final = _HEAD_AT + _HEAD.size
_SIZE: Final = _MAC_AT + MAC_SIZE
_MOST_COUNT: Final = 2**64 - 1


@dataclass(frozen=True, slots=True)
class Head:
    """How many revisions a store holds and the hash of the newest.

    Raises:
        ValueError: the count doesn't fit 64 bits, or the hash isn't 32 bytes.

    """

    count: int
    hash: bytes

    def __post_init__(self) -> None:
        """Refuse what can't be written."""
        if not 0 <= self.count <= _MOST_COUNT or len(self.hash) != HASH_SIZE:
            raise ValueError("a head is a 64-bit count and a 32-byte hash")


EMPTY_HEAD: Final = Head(0, bytes(HASH_SIZE))


@dataclass(frozen=True, slots=True)
class UnlockedStore:
    """What a whole ``store.key`` holds."""

    key: StoreKey
    head: Head


def create(
    inspection_id: bytes, master: MasterKey, head: Head = EMPTY_HEAD
) -> tuple[bytes, StoreKey]:
    """Return a new ``store.key`` and the new random store key in it.

    Raises:
        ValueError: the inspection id isn't 16 bytes.

    """
    header = _HEADER.pack(MAGIC, VERSION, _checked(inspection_id))
    store = StoreKey(random_bytes(StoreKey.SIZE))
    nonce = random_bytes(NONCE_SIZE)
    wrapping = _wrapping_key(inspection_id, master)
    sealed = aes256_gcm_seal(wrapping.raw, nonce, store.raw, header)
    return _with_head(header + nonce + sealed, head, inspection_id, store), store


def unlock(untrusted: bytes, inspection_id: bytes, master: MasterKey) -> UnlockedStore:
    """Return store key and head, every byte of the file having been checked.

    Raises:
        DamagedFileError: altered, cut, of another inspection or of another profile.
        NewerVersionError: a newer Siteweek made it.
        ValueError: the inspection id isn't 16 bytes.

    """
    store = rescue(untrusted, inspection_id, master)
    return UnlockedStore(store, _checked_head(untrusted, inspection_id, store))


def rescue(untrusted: bytes, inspection_id: bytes, master: MasterKey) -> StoreKey:
    """Return the store key alone, though head or MAC may be damaged.

    For a file that ``unlock`` refuses: the notes can still be opened, but the user must be told
    that nobody can say whether they are the newest.

    Raises:
        DamagedFileError: the sealed key itself is altered, or of another inspection or profile.
        NewerVersionError: a newer Siteweek made it.
        ValueError: the inspection id isn't 16 bytes.

    """
    _check_shape(untrusted, _checked(inspection_id))
    wrapping = _wrapping_key(inspection_id, master)
    nonce, sealed = untrusted[_NONCE_AT:_SEALED_AT], untrusted[_SEALED_AT:_HEAD_AT]
    try:
        return StoreKey(aes256_gcm_open(wrapping.raw, nonce, sealed, untrusted[:_NONCE_AT]))
    except BrokenSealError:
        raise _damaged("is damaged or belongs to another profile") from None


def replace_head(
    untrusted: bytes,
    inspection_id: bytes,
    store: StoreKey,
    head: Head,
    *,
    may_go_back: bool = False,
) -> bytes:
    """Return the file with another head. ``may_go_back`` is for a restore the user has agreed to.

    Raises:
        StoreError: ``head`` isn't newer than the one in the file, nor the same.
        DamagedFileError: the file is altered, or not the one of ``store``.
        NewerVersionError: a newer Siteweek made it.
        ValueError: the inspection id isn't 16 bytes.

    """
    held = read_head(untrusted, inspection_id, store)
    if not may_go_back and head != held and head.count <= held.count:
        raise StoreError(
            "The store is behind what its key file remembers, or differs from it. The key file "
            "was kept as it was. Check the inspection before writing more."
        )
    return _with_head(untrusted[:_HEAD_AT], head, inspection_id, store)


def read_head(untrusted: bytes, inspection_id: bytes, store: StoreKey) -> Head:
    """Return the head in the file, for whoever holds the store key already.

    Raises:
        DamagedFileError: the file is altered, or not the one of ``store``.
        NewerVersionError: a newer Siteweek made it.
        ValueError: the inspection id isn't 16 bytes.

    """
    _check_shape(untrusted, _checked(inspection_id))
    return _checked_head(untrusted, inspection_id, store)


def set_head(untrusted: bytes, inspection_id: bytes, store: StoreKey, head: Head) -> bytes:
    """Return the file with a head, whatever stood there before, and authenticate it anew.

    For a file whose seal opened (see ``rescue``) but whose head nobody can vouch for, once the
    user has been told so.
    """
    _check_shape(untrusted, _checked(inspection_id))
    return _with_head(untrusted[:_HEAD_AT], head, inspection_id, store)


def database_key(store: StoreKey, inspection_id: bytes) -> DatabaseKey:
    """Return the raw key that the inspection's database is opened with.

    Raises:
        ValueError: the inspection id isn't 16 bytes.

    """
    salt = _checked(inspection_id)
    return DatabaseKey(hkdf_sha256(store.raw, salt=salt, label=LABEL_DATABASE))


def _check_shape(untrusted: bytes, inspection_id: bytes) -> None:
    version_at = len(MAGIC)
    if untrusted[:version_at] != MAGIC or len(untrusted) <= version_at:
        raise _damaged("is not one of Siteweek's, or its beginning is damaged")
    if untrusted[version_at] > VERSION:
        raise NewerVersionError(
            "The inspection's key file was made by a newer Siteweek. Nothing was changed. "
            "Install the newest version to open it."
        )
    if len(untrusted) != _SIZE:
        raise _damaged("is cut short, or something was added to it")
    if untrusted[:_NONCE_AT] != _HEADER.pack(MAGIC, VERSION, inspection_id):
        raise _damaged("is damaged or belongs to another inspection")


def _checked_head(untrusted: bytes, inspection_id: bytes, store: StoreKey) -> Head:
    body, mac = untrusted[:_MAC_AT], untrusted[_MAC_AT:]
    if not equal_in_constant_time(_mac(body, inspection_id, store), mac):
        raise _damaged("was altered by something other than Siteweek")
    return Head(*_HEAD.unpack_from(untrusted, _HEAD_AT))


def _with_head(sealed_part: bytes, head: Head, inspection_id: bytes, store: StoreKey) -> bytes:
    body = sealed_part + _HEAD.pack(head.count, head.hash)
    return body + _mac(body, inspection_id, store)


def _mac(body: bytes, inspection_id: bytes, store: StoreKey) -> bytes:
    key = MacKey(hkdf_sha256(store.raw, salt=inspection_id, label=LABEL_HEAD))
    return hmac_sha256(key.raw, body)


def _wrapping_key(inspection_id: bytes, master: MasterKey) -> WrappingKey:
    return WrappingKey(hkdf_sha256(master.raw, salt=inspection_id, label=LABEL_SEAL))


def _checked(inspection_id: bytes) -> bytes:
    if len(inspection_id) != INSPECTION_ID_SIZE:
        raise ValueError(f"an inspection id is {INSPECTION_ID_SIZE} bytes")
    return inspection_id


def _damaged(what: str) -> DamagedFileError:
    return DamagedFileError(
        f"The inspection's key file {what}. Nothing was changed. Put back a copy of it from a "
        "backup."
    )

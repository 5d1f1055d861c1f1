"""A second reader and writer of the key files, made from FORMAT.md alone.

It imports nothing of the app, so an agreement of the two is no coincidence. It checks little:
its inputs are its own or the app's, never a stranger's.
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from typing import NamedTuple

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class Slot0(NamedTuple):
    passphrase: str
    memory_kib: int
    passes: int
    lanes: int
    salt: bytes
    nonce: bytes
    pepper: bytes | None = None


class Slot1(NamedTuple):
    recovery_key: bytes
    nonce: bytes


def hkdf(secret: bytes, salt: bytes, label: bytes) -> bytes:
    extracted = hmac.digest(salt, secret, "sha256")
    return hmac.digest(extracted, label + b"\x01", "sha256")


def slot_key_0(vault_id: bytes, slot: Slot0) -> bytes:
    secret = unicodedata.normalize("NFKC", slot.passphrase).encode("utf-8")
    stretched = Argon2id(
        salt=slot.salt,
        length=32,
        iterations=slot.passes,
        lanes=slot.lanes,
        memory_cost=slot.memory_kib,
    ).derive(secret)
    return hkdf(stretched + (slot.pepper or b""), vault_id, b"siteweek/kek/v1")


def slot_key_1(vault_id: bytes, recovery_key: bytes) -> bytes:
    return hkdf(recovery_key, vault_id, b"siteweek/recovery-kek/v1")


def write_keyring(vault_id: bytes, master: bytes, slot0: Slot0, slot1: Slot1 | None) -> bytes:
    header = b"SWKEYRNG" + bytes([1]) + vault_id
    parameters = bytes([0, 0 if slot0.pepper is None else 1])
    for number in (slot0.memory_kib, slot0.passes, slot0.lanes):
        parameters += number.to_bytes(4, "big")
    parameters += slot0.salt
    slots = parameters + slot0.nonce
    slots += AESGCM(slot_key_0(vault_id, slot0)).encrypt(slot0.nonce, master, header + parameters)
    count = 1
    if slot1 is not None:
        count = 2
        key = slot_key_1(vault_id, slot1.recovery_key)
        sealed = AESGCM(key).encrypt(slot1.nonce, master, header + bytes([1, 0]))
        slots += bytes([1, 0]) + slot1.nonce + sealed
    return sign_keyring(header + bytes([count]) + slots, master)


def sign_keyring(body: bytes, master: bytes) -> bytes:
    key = hkdf(master, body[9:25], b"siteweek/keyring-mac/v1")
    return body + hmac.digest(key, body, "sha256")


def read_keyring(data: bytes, passphrase: str, pepper: bytes | None) -> bytes:
    number = [int.from_bytes(data[at : at + 4], "big") for at in (28, 32, 36)]
    slot = Slot0(passphrase, *number, salt=data[40:56], nonce=data[56:68], pepper=pepper)
    key = slot_key_0(data[9:25], slot)
    master = AESGCM(key).decrypt(data[56:68], data[68:116], data[:25] + data[26:56])
    assert sign_keyring(data[:-32], master) == data
    return master


def read_keyring_with_recovery(data: bytes, recovery_key: bytes) -> bytes:
    key = slot_key_1(data[9:25], recovery_key)
    master = AESGCM(key).decrypt(data[118:130], data[130:178], data[:25] + data[116:118])
    assert sign_keyring(data[:-32], master) == data
    return master


def write_store_key(
    inspection_id: bytes, master: bytes, store: bytes, nonce: bytes, count: int, newest: bytes
) -> bytes:
    header = b"SWSTOKEY" + bytes([1]) + inspection_id
    wrapping = hkdf(master, inspection_id, b"siteweek/store/v1")
    body = header + nonce + AESGCM(wrapping).encrypt(nonce, store, header)
    body += count.to_bytes(8, "big") + newest
    return body + hmac.digest(hkdf(store, inspection_id, b"siteweek/store-head/v1"), body, "sha256")


def read_store_key(data: bytes, master: bytes) -> tuple[bytes, int, bytes]:
    inspection_id = data[9:25]
    wrapping = hkdf(master, inspection_id, b"siteweek/store/v1")
    store = AESGCM(wrapping).decrypt(data[25:37], data[37:85], data[:25])
    mac_key = hkdf(store, inspection_id, b"siteweek/store-head/v1")
    assert hmac.digest(mac_key, data[:125], "sha256") == data[125:]
    return store, int.from_bytes(data[85:93], "big"), data[93:125]


def write_blob(
    inspection_id: bytes, attachment_id: bytes, key: bytes, salt: bytes, plain: bytes
) -> bytes:
    return write_lying_blob(inspection_id, attachment_id, key, salt, plain, len(plain))


def write_lying_blob(
    inspection_id: bytes, attachment_id: bytes, key: bytes, salt: bytes, plain: bytes, claimed: int
) -> bytes:
    context = _blob_context(inspection_id, attachment_id, claimed)
    chunk_key, base, commitment = _blob_keys(key, salt, context)
    parts = [salt, commitment]
    for number in range(len(plain) // 16_384 + 1):
        chunk = plain[number * 16_384 : (number + 1) * 16_384]
        parts.append(AESGCM(chunk_key).encrypt(_blob_nonce(base, number), chunk, b""))
    return b"".join(parts)


def read_blob(
    inspection_id: bytes, attachment_id: bytes, key: bytes, size: int, stream: bytes
) -> bytes:
    context = _blob_context(inspection_id, attachment_id, size)
    chunk_key, base, commitment = _blob_keys(key, stream[:24], context)
    assert stream[24:56] == commitment
    parts = []
    for number in range(size // 16_384 + 1):
        at = 56 + number * 16_400
        sealed = stream[at : at + 16_400]
        parts.append(AESGCM(chunk_key).decrypt(_blob_nonce(base, number), sealed, b""))
    assert sum(map(len, parts)) == size
    return b"".join(parts)


def cut_blob(stream: bytes) -> list[bytes]:
    return [stream[at : at + 4_194_304] for at in range(0, len(stream), 4_194_304)]


def _blob_context(inspection_id: bytes, attachment_id: bytes, size: int) -> bytes:
    return b"siteweek/blob/v1" + inspection_id + attachment_id + size.to_bytes(8, "big")


def _blob_keys(key: bytes, salt: bytes, context: bytes) -> tuple[bytes, bytes, bytes]:
    info = b"c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0" + salt + context
    first = hmac.digest(key, info + b"\1", "sha512")
    derived = first + hmac.digest(key, first + info + b"\2", "sha512")
    return derived[:32], derived[32:44], derived[44:76]


def _blob_nonce(base: bytes, number: int) -> bytes:
    return (int.from_bytes(base, "big") ^ number).to_bytes(12, "big")


def write_recovery_key(key: bytes) -> str:
    bits = f"{int.from_bytes(key, 'big'):0128b}00"
    values = [int(bits[at : at + 5], 2) for at in range(0, 130, 5)]
    # By search, not division: the only pair that makes the whole vanish at a = 2 and a^2 = 4.
    checks = [
        (one, two)
        for one in range(32)
        for two in range(32)
        if _value_at(2, [*values, one, two]) == 0 == _value_at(4, [*values, one, two])
    ]
    assert len(checks) == 1
    text = "".join(CROCKFORD[value] for value in (*values, *checks[0]))
    return "-".join(text[at : at + 4] for at in range(0, 28, 4))


def deterministic(name: str, size: int) -> bytes:
    """Bytes for the vectors: no secret, only different for every name."""
    return hashlib.shake_256(name.encode()).digest(size)


def _value_at(point: int, coefficients: list[int]) -> int:
    value = 0
    for coefficient in coefficients:
        value = _POWERS[(_LOGS[value] + _LOGS[point]) % 31] if value else 0
        value ^= coefficient
    return value


def _powers() -> list[int]:
    powers = [1]
    while len(powers) < 31:
        doubled = powers[-1] * 2
        powers.append(doubled ^ 0b100101 if doubled > 31 else doubled)
    return powers


_POWERS = _powers()
_LOGS = {value: exponent for exponent, value in enumerate(_POWERS)}

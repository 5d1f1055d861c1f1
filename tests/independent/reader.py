"""A second reader of everything on disk, made from FORMAT.md alone; it imports nothing of the app.

Two engines, two readers of the key files, two merges: what both agree on is no coincidence. It
reads a copy, so that an engine's own files never come to lie in the folder it was given.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import shutil
import tempfile
import unicodedata
from pathlib import Path
from typing import Any, NamedTuple

import apsw
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id


class Inspection(NamedTuple):
    """All that a store says: its tables as they are, and the records its revisions make."""

    revisions: list[tuple[int, str, int, str, str, bytes]]
    drafts: list[tuple[str, str, str, str]]
    records: dict[str, dict[str, Any]]
    signed: dict[str, int]


def read(profile: Path, inspection: str, passphrase: str, kdf: Any = None) -> Inspection:
    """Read one inspection of a profile; ``kdf`` stands in for Argon2id where tests need it."""
    folder = profile / "inspections" / inspection
    inspection_id = bytes.fromhex(inspection)
    master = _master((profile / "keyring").read_bytes(), passphrase, kdf or _argon2id)
    store = _store_key((folder / "store.key").read_bytes(), inspection_id, master)
    key = _hkdf(store, inspection_id, b"siteweek/database/v1")
    with tempfile.TemporaryDirectory() as place:
        for name in ("store.db", "store.db-wal"):
            if (folder / name).exists():
                shutil.copyfile(folder / name, Path(place) / name)
        return _ask(Path(place) / "store.db", key, inspection_id)


def _ask(path: Path, key: bytes, inspection_id: bytes) -> Inspection:
    connection = apsw.Connection(str(path))
    try:
        for statement in ("cipher = 'sqlcipher'", "legacy = 4", f"key = \"x'{key.hex()}'\""):
            connection.execute(f"PRAGMA {statement}").fetchall()
        revisions = connection.execute(
            "SELECT seq, id, number, record, body, hash FROM revision "
            "JOIN device ON device = key ORDER BY seq"
        ).fetchall()
        publics = dict(connection.execute("SELECT id, public FROM device").fetchall())
        signatures = connection.execute(
            "SELECT id, number, signature FROM signature JOIN device ON device = key"
        ).fetchall()
        drafts = connection.execute("SELECT record, kind, fields, at FROM draft").fetchall()
    finally:
        connection.close()
    hashes = _checked_chains(revisions)
    signed = _checked_signatures(signatures, publics, hashes, inspection_id)
    return Inspection(revisions, drafts, _records(revisions), signed)


def _master(keyring: bytes, passphrase: str, kdf: Any) -> bytes:
    assert keyring[:9] == b"SWKEYRNG\x01"
    vault, slot = keyring[9:25], keyring[26:116]
    memory, passes, lanes = (int.from_bytes(slot[at : at + 4], "big") for at in (2, 6, 10))
    secret = unicodedata.normalize("NFKC", passphrase).encode()
    stretched = kdf(secret, slot[14:30], memory, passes, lanes)
    slot_key = _hkdf(stretched, vault, b"siteweek/kek/v1")
    master = AESGCM(slot_key).decrypt(slot[30:42], slot[42:], keyring[:25] + slot[:30])
    mac_key = _hkdf(master, vault, b"siteweek/keyring-mac/v1")
    assert hmac.digest(mac_key, keyring[:-32], "sha256") == keyring[-32:]
    return master


def _store_key(file: bytes, inspection_id: bytes, master: bytes) -> bytes:
    assert file[:25] == b"SWSTOKEY\x01" + inspection_id
    assert len(file) == 157
    wrapping = _hkdf(master, inspection_id, b"siteweek/store/v1")
    store = AESGCM(wrapping).decrypt(file[25:37], file[37:85], file[:25])
    mac_key = _hkdf(store, inspection_id, b"siteweek/store-head/v1")
    assert hmac.digest(mac_key, file[:125], "sha256") == file[125:]
    return store


def _hkdf(secret: bytes, salt: bytes, label: bytes) -> bytes:
    return hmac.digest(hmac.digest(salt, secret, "sha256"), label + b"\x01", "sha256")


def _argon2id(secret: bytes, salt: bytes, memory: int, passes: int, lanes: int) -> bytes:
    kdf = Argon2id(salt=salt, length=32, iterations=passes, lanes=lanes, memory_cost=memory)
    return kdf.derive(secret)


def _checked_chains(revisions: list[Any]) -> dict[tuple[str, int], bytes]:
    hashes: dict[tuple[str, int], bytes] = {}
    for _seq, device, number, record, body, stored in revisions:
        assert hashlib.sha256(b"siteweek/revision/v1\x00" + body.encode()).digest() == stored
        parts = json.loads(body)
        before = hashes[device, number - 1] if number > 1 else bytes(32)
        assert parts[:4] == [1, device, number, record]
        assert parts[8] == before.hex()
        hashes[device, number] = stored
    return hashes


def _checked_signatures(
    signatures: list[Any],
    publics: dict[str, bytes],
    hashes: dict[tuple[str, int], bytes],
    inspection_id: bytes,
) -> dict[str, int]:
    signed: dict[str, int] = {}
    for device, number, signature in signatures:
        public = publics[device]
        assert hashlib.sha256(b"siteweek/device/v1" + public).hexdigest()[:32] == device
        message = b"siteweek/head/v1" + inspection_id + bytes.fromhex(device)
        message += number.to_bytes(8, "big") + hashes[device, number]
        try:
            Ed25519PublicKey.from_public_bytes(public[:32]).verify(signature, message)
        except InvalidSignature:
            raise AssertionError(f"a signature of {device} is false") from None
        signed[device] = max(number, signed.get(device, 0))
    return signed


def _records(revisions: list[Any]) -> dict[str, dict[str, Any]]:
    """Each record's fields, every value that nothing superseded, in order of device and number."""
    histories: dict[str, list[Any]] = {}
    for _seq, _device, _number, record, body, _hash in revisions:
        histories.setdefault(record, []).append(json.loads(body))
    records: dict[str, dict[str, Any]] = {}
    for record, history in histories.items():
        fields: dict[str, list[Any]] = {}
        for _version, device, number, _record, _kind, _time, _context, values, _previous in sorted(
            history, key=lambda parts: (parts[1], parts[2])
        ):
            for name, value in values.items():
                seen_later = any(
                    other[6].get(device, 0) >= number for other in history if name in other[7]
                )
                if not seen_later and value not in fields.setdefault(name, []):
                    fields[name].append(value)
        records[record] = {"kind": history[0][4], "fields": fields}
    return records

"""Writes the vectors that every later version of Siteweek must go on reading.

Run it from the project's folder: ``python -m tests.crypto.make_vectors``. It is deterministic,
and a test compares its output with the files. A released vector is never changed, only added to.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, Final

from tests.crypto import twin
from tests.crypto.twin import Slot0, Slot1, deterministic

FOLDER: Final = Path(__file__).parent / "vectors"
_FEW_BYTES: Final = (0, 1, 8, 25, 26, 100)
_BLOB_SIZES: Final = (
    ("one byte", 1),
    ("just a chunk", 16_384),
    ("a chunk and some", 16_500),
    ("another of that length", 16_500),
    ("two pieces", 4_194_304),
    ("as long as one may be", 67_108_864),
)


def keyring_vectors() -> dict[str, Any]:
    """Keyrings that open, and keyrings that must be refused, each with its error."""
    plain = _keyring("plain", "clover anvil parade mustard fjord")
    peppered = _keyring("peppered", "Ünïcode ½ 👩‍🚒 ", pepper=deterministic("pepper", 32))
    composed = _keyring("decomposed", "cafe\u0301 ﬁfty\0\u05d0\u05d1")
    alone = _keyring("alone", " x", recovery=False)
    full = _keyring("real parameters", "five words are enough here", (65536, 3, 1))
    return {
        "about": "cheap ones need a policy that allows 8 KiB and 1 pass; all bytes are hex",
        "opening": [plain, peppered, composed, alone, full],
        "refused": [*_misshapen(plain), *_badly_signed(plain, peppered)],
    }


def store_key_vectors() -> dict[str, Any]:
    """Files that open, and files that must be refused, each with its error."""
    master = deterministic("store master", 32)
    made = []
    for name, count in (("empty", 0), ("some", 57), ("most", 2**64 - 1)):
        newest = deterministic(f"hash {name}", 32) if count else bytes(32)
        ids = deterministic(f"inspection {name}", 16), deterministic(f"store {name}", 32)
        nonce = deterministic(f"nonce {name}", 12)
        data = twin.write_store_key(ids[0], master, ids[1], nonce, count, newest)
        database = twin.hkdf(ids[1], ids[0], b"siteweek/database/v1")
        made.append(
            {
                "name": name,
                "inspection_id": ids[0].hex(),
                "master_key": master.hex(),
                "store_key": ids[1].hex(),
                "database_key": database.hex(),
                "count": count,
                "hash": newest.hex(),
                "file": data.hex(),
            }
        )
    return {"about": "all bytes are hex", "opening": made, "refused": _refused_stores(made)}


def recovery_vectors() -> dict[str, Any]:
    """Recovery keys and their text."""
    keys = [bytes(16), b"\xff" * 16, bytes(range(16)), deterministic("recovery", 16)]
    return {"texts": [{"key": key.hex(), "text": twin.write_recovery_key(key)} for key in keys]}


def blob_vectors() -> dict[str, Any]:
    """Sealed streams that open, and streams that must be refused, put together from those."""
    opening = [_blob(name, size) for name, size in _BLOB_SIZES]
    return {
        "about": "all bytes are hex; the plaintext is SHAKE-256 of the name; a refused stream is "
        "the joined parts, each either bytes or [name of an opening one, from, to]",
        "opening": opening,
        "refused": _refused_blobs(opening[2], opening[3]),
    }


def _blob(name: str, size: int) -> dict[str, Any]:
    plain = deterministic(name, size)
    ids = deterministic(f"inspection {name}", 16), deterministic(f"attachment {name}", 16)
    key, salt = deterministic(f"key {name}", 32), deterministic(f"salt {name}", 24)
    stream = twin.write_blob(*ids, key, salt, plain)
    return {
        "name": name,
        "inspection_id": ids[0].hex(),
        "attachment_id": ids[1].hex(),
        "key": key.hex(),
        "salt": salt.hex(),
        "size": size,
        "sha256": hashlib.sha256(plain).hexdigest(),
        "pieces": [hashlib.sha256(one).hexdigest() for one in twin.cut_blob(stream)],
        "begins": stream[:100].hex(),
    }


def _refused_blobs(sound: dict[str, Any], other: dict[str, Any]) -> list[dict[str, Any]]:
    ours, theirs, end = sound["name"], other["name"], 56 + 16_400 + 132
    whole: list[Any] = [[ours, 0, end]]
    changes: tuple[tuple[str, list[Any]], ...] = (
        ("empty", []),
        ("the salt alone", [[ours, 0, 24]]),
        ("no chunk", [[ours, 0, 56]]),
        ("no last chunk", [[ours, 0, 16_456]]),
        ("a byte short", [[ours, 0, end - 1]]),
        ("a byte too many", [[ours, 0, end], "00"]),
        ("salt of another", [[theirs, 0, 24], [ours, 24, end]]),
        ("commitment of zeros", [[ours, 0, 24], "00" * 32, [ours, 56, end]]),
        ("commitment of another", [[ours, 0, 24], [theirs, 24, 56], [ours, 56, end]]),
        ("chunks swapped", [[ours, 0, 56], [ours, 16_456, end], [ours, 56, 16_456]]),
        ("a chunk twice", [[ours, 0, 16_456], [ours, 56, end]]),
        ("a chunk of another", [[ours, 0, 56], [theirs, 56, 16_456], [ours, 16_456, end]]),
        ("of another attachment", [[theirs, 0, end]]),
    )
    same = {name: sound[name] for name in ("inspection_id", "attachment_id", "key", "size")}
    refused = [{"name": name, **same, "parts": parts} for name, parts in changes]
    refused += [
        {"name": f"another {name}", **same, name: other[name], "parts": whole}
        for name in ("inspection_id", "attachment_id", "key")
    ]
    refused += [
        {"name": f"size {size}", **same, "size": size, "parts": whole}
        for size in (sound["size"] - 1, sound["size"] + 1)
    ]
    # What only somebody with the key can make: a context that names another length.
    secrets = [bytes.fromhex(sound[one]) for one in ("inspection_id", "attachment_id", "key")]
    for length in (9, 11):
        lying = twin.write_lying_blob(*secrets, bytes(24), bytes(length), 10)
        told = {**same, "size": 10, "parts": [lying.hex()]}
        refused.append({"name": f"{length} bytes sealed as 10", **told})
    return refused


def _keyring(
    name: str,
    passphrase: str,
    work: tuple[int, int, int] = (8, 1, 1),
    *,
    pepper: bytes | None = None,
    recovery: bool = True,
) -> dict[str, Any]:
    vault_id, master = deterministic(f"vault {name}", 16), deterministic(f"master {name}", 32)
    salt, nonce = deterministic(f"salt {name}", 16), deterministic(f"nonce {name}", 12)
    slot0 = Slot0(passphrase, *work, salt=salt, nonce=nonce, pepper=pepper)
    key, nonce1 = deterministic(f"recovery {name}", 16), deterministic(f"second nonce {name}", 12)
    slot1 = Slot1(key, nonce1) if recovery else None
    return {
        "name": name,
        "passphrase": passphrase,
        "pepper": pepper.hex() if pepper else None,
        "recovery_key": key.hex() if recovery else None,
        "vault_id": vault_id.hex(),
        "work": work,
        "master_key": master.hex(),
        "file": twin.write_keyring(vault_id, master, slot0, slot1).hex(),
    }


def _case(name: str, error: str, passphrase: str, file: bytes) -> dict[str, str]:
    return {"name": name, "error": error, "passphrase": passphrase, "file": file.hex()}


def _misshapen(sound: dict[str, Any]) -> list[dict[str, str]]:
    data, words = bytes.fromhex(sound["file"]), sound["passphrase"]
    cases = [
        _case(f"cut to {size} bytes", "DamagedFileError", words, data[:size])
        for size in (*_FEW_BYTES, len(data) - 1)
    ]
    for name, error, file in (
        ("a byte too many", "DamagedFileError", data + b"\0"),
        ("another magic", "DamagedFileError", b"SWKEYRNH" + data[8:]),
        ("version 0", "DamagedFileError", data[:8] + b"\0" + data[9:]),
        ("version 2", "NewerVersionError", data[:8] + b"\2" + data[9:]),
        ("version 2, cut", "NewerVersionError", data[:8] + b"\2"),
        ("version 255, longer", "NewerVersionError", data[:8] + b"\xff" + data[9:] * 2),
        ("no slots", "DamagedFileError", data[:25] + b"\0" + data[26:]),
        ("three slots", "DamagedFileError", data[:25] + b"\3" + data[26:]),
    ):
        cases.append(_case(name, error, words, file))
    return cases


def _badly_signed(sound: dict[str, Any], other: dict[str, Any]) -> list[dict[str, str]]:
    """Changes whose MAC is right: the checks before and beside the MAC must see them."""
    data, words = bytes.fromhex(sound["file"])[:-32], sound["passphrase"]
    master = bytes.fromhex(sound["master_key"])
    theirs = bytes.fromhex(other["file"])
    fewer = data[:25] + b"\1" + data[26:116]
    changes = (
        ("slot 0 of type 1", "DamagedFileError", data[:26] + b"\1" + data[27:]),
        ("slot 1 of type 2", "DamagedFileError", data[:116] + b"\2" + data[117:]),
        ("unknown flag", "DamagedFileError", data[:27] + b"\x80" + data[28:]),
        ("flag on slot 1", "DamagedFileError", data[:117] + b"\1" + data[118:]),
        ("pepper flag set", "WrongPassphraseError", data[:27] + b"\1" + data[28:]),
        ("more memory", "WrongPassphraseError", data[:31] + b"\x10" + data[32:]),
        ("more passes", "WrongPassphraseError", data[:35] + b"\2" + data[36:]),
        ("no passes", "WeakParametersError", data[:35] + b"\0" + data[36:]),
        ("far too much memory", "WeakParametersError", data[:28] + b"\x04" + data[29:]),
        ("slot 0 of another", "WrongPassphraseError", data[:26] + theirs[26:116] + data[116:]),
        ("vault id of another", "WrongPassphraseError", data[:9] + theirs[9:25] + data[25:]),
    )
    cases = [
        _case(name, error, words, twin.sign_keyring(body, master)) for name, error, body in changes
    ]
    unsigned = (
        ("slot 1 of another", data[:116] + theirs[116:178] + bytes.fromhex(sound["file"])[-32:]),
        ("slot 1 taken away", fewer + bytes.fromhex(sound["file"])[-32:]),
        ("MAC of zeros", data + bytes(32)),
    )
    return cases + [_case(name, "DamagedFileError", words, file) for name, file in unsigned]


def _refused_stores(made: list[dict[str, Any]]) -> list[dict[str, str]]:
    sound, other = made[1], made[2]
    data, theirs = bytes.fromhex(sound["file"]), bytes.fromhex(other["file"])
    changes = [(f"cut to {size} bytes", "DamagedFileError", data[:size]) for size in _FEW_BYTES]
    changes += [
        ("a byte too many", "DamagedFileError", data + b"\0"),
        ("version 0", "DamagedFileError", data[:8] + b"\0" + data[9:]),
        ("version 2", "NewerVersionError", data[:8] + b"\2" + data[9:]),
        ("of another inspection", "DamagedFileError", theirs),
        ("key of another inspection", "DamagedFileError", data[:25] + theirs[25:85] + data[85:]),
        ("head of another inspection", "DamagedFileError", data[:85] + theirs[85:]),
        ("head of zeros", "DamagedFileError", data[:85] + bytes(40) + data[125:]),
    ]
    same = {"inspection_id": sound["inspection_id"], "master_key": sound["master_key"]}
    return [
        {"name": name, "error": error, **same, "file": file.hex()} for name, error, file in changes
    ]


MADE: Final = {
    "keyring.json": keyring_vectors,
    "store_key.json": store_key_vectors,
    "recovery_key.json": recovery_vectors,
    "blob.json": blob_vectors,
}


def as_text(vectors: dict[str, Any]) -> str:
    """The exact text of a vectors file."""
    return json.dumps(vectors, indent=1) + "\n"


if __name__ == "__main__":
    for file_name, make in MADE.items():
        (FOLDER / file_name).write_text(as_text(make()), encoding="utf-8")

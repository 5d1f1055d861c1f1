"""Files made once must open for ever, and each refusal keeps its error."""

from __future__ import annotations

import json
from typing import Any

import pytest

import app.errors
from app.crypto import keyring, store_key
from app.crypto.blob import Blob, piece_name, unseal
from app.crypto.keys import BlobKey, MasterKey, Pepper, RecoveryKey
from app.crypto.passphrase import RELEASE_STRETCHER
from app.crypto.primitives import BrokenSealError, sha256
from tests.crypto import twin
from tests.crypto.make_vectors import FOLDER, MADE, as_text
from tests.crypto.samples import CHEAP_STRETCHER

_BYTES = bytes.fromhex


def _load(name: str) -> dict[str, Any]:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


KEYRINGS, STORES = _load("keyring.json"), _load("store_key.json")
BLOBS = _load("blob.json")


def _name(case: dict[str, Any]) -> str:
    return case["name"]


@pytest.mark.parametrize("name", MADE)
def test_the_checked_in_vectors_are_what_the_script_makes(name):
    assert (FOLDER / name).read_text(encoding="utf-8") == as_text(MADE[name]())


@pytest.mark.parametrize("case", KEYRINGS["opening"], ids=_name)
def test_keyrings_made_by_the_twin_open(case):
    data, master = _BYTES(case["file"]), MasterKey(_BYTES(case["master_key"]))
    pepper = Pepper(_BYTES(case["pepper"])) if case["pepper"] else None
    stretcher = CHEAP_STRETCHER if case["work"][0] < 65536 else RELEASE_STRETCHER
    opened = keyring.unlock_with_passphrase(
        data, case["passphrase"], pepper=pepper, stretcher=stretcher
    )
    assert opened == master
    if case["recovery_key"]:
        recovery = RecoveryKey(_BYTES(case["recovery_key"]))
        assert keyring.unlock_with_recovery(data, recovery) == master


@pytest.mark.parametrize("case", KEYRINGS["refused"], ids=_name)
def test_refused_keyrings_name_their_error(case):
    pepper = Pepper(bytes(32))
    with pytest.raises(getattr(app.errors, case["error"])):
        keyring.unlock_with_passphrase(
            _BYTES(case["file"]), case["passphrase"], pepper=pepper, stretcher=CHEAP_STRETCHER
        )


@pytest.mark.parametrize("case", STORES["opening"], ids=_name)
def test_store_keys_made_by_the_twin_open(case):
    inspection_id = _BYTES(case["inspection_id"])
    master = MasterKey(_BYTES(case["master_key"]))
    opened = store_key.unlock(_BYTES(case["file"]), inspection_id, master)
    assert opened.key.raw.hex() == case["store_key"]
    assert (opened.head.count, opened.head.hash.hex()) == (case["count"], case["hash"])
    database = store_key.database_key(opened.key, inspection_id)
    assert database.raw.hex() == case["database_key"]


@pytest.mark.parametrize("case", STORES["refused"], ids=_name)
def test_refused_store_keys_name_their_error(case):
    inspection_id = _BYTES(case["inspection_id"])
    master = MasterKey(_BYTES(case["master_key"]))
    with pytest.raises(getattr(app.errors, case["error"])):
        store_key.unlock(_BYTES(case["file"]), inspection_id, master)


def _blob(case: dict[str, Any]) -> Blob:
    return Blob(_BYTES(case["inspection_id"]), _BYTES(case["attachment_id"]), case["size"])


def _stream(case: dict[str, Any]) -> bytes:
    secrets = [_BYTES(case[one]) for one in ("inspection_id", "attachment_id", "key", "salt")]
    return twin.write_blob(*secrets, twin.deterministic(case["name"], case["size"]))


def _joined(parts: list[Any]) -> bytes:
    streams = {case["name"]: case for case in BLOBS["opening"]}
    return b"".join(
        _BYTES(one) if isinstance(one, str) else _stream(streams[one[0]])[one[1] : one[2]]
        for one in parts
    )


@pytest.mark.parametrize("case", BLOBS["opening"], ids=_name)
def test_blobs_made_by_the_twin_open(case):
    blob, stream = _blob(case), _stream(case)
    pieces = twin.cut_blob(stream)
    assert stream.startswith(_BYTES(case["begins"]))
    assert [piece_name(one) for one in pieces] == case["pieces"]
    assert tuple(map(len, pieces)) == blob.piece_sizes
    plain = b"".join(unseal(blob, BlobKey(_BYTES(case["key"])), pieces))
    assert (len(plain), sha256(plain).hex()) == (case["size"], case["sha256"])


@pytest.mark.parametrize("case", BLOBS["refused"], ids=_name)
def test_refused_blobs_never_come_to_their_end(case):
    pieces = twin.cut_blob(_joined(case["parts"]))
    with pytest.raises(BrokenSealError):
        b"".join(unseal(_blob(case), BlobKey(_BYTES(case["key"])), pieces))

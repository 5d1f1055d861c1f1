"""Files made once must open for ever, and each refusal keeps its error."""

from __future__ import annotations

import json
from typing import Any

import pytest

import app.errors
from app.crypto import keyring, store_key
from app.crypto.keys import MasterKey, Pepper, RecoveryKey
from app.crypto.passphrase import RELEASE_STRETCHER
from tests.crypto.make_vectors import FOLDER, MADE, as_text
from tests.crypto.samples import CHEAP_STRETCHER

_BYTES = bytes.fromhex


def _load(name: str) -> dict[str, Any]:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


KEYRINGS, STORES = _load("keyring.json"), _load("store_key.json")


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

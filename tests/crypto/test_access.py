"""Signed requests and access lists: what a relay believes, and from whom."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from app.crypto import identity
from app.crypto.access import (
    LABEL_LIST,
    MAGIC,
    MOST_DEVICES,
    AccessList,
    Request,
    check_request,
    follows,
    read,
    sign_request,
    write,
)
from app.crypto.identity import Identity
from app.crypto.primitives import ed25519_sign
from app.domain.revisions import canonical
from app.errors import RefusedAccessError
from tests.crypto.test_public_keys import WEAK

LEAD, DEPUTY, MEMBER, STRANGER = (identity.create() for _ in range(4))
INSPECTION = bytes(range(32))
ASKED = Request("POST", "/v1/x?y=1", bytes(32), "challenge", 7)


def access_of(*people: Identity, number: int = 1, **changed: object) -> AccessList:
    devices = {one.device_id: one.public[:32] for one in people}
    made = AccessList(INSPECTION, number, devices, LEAD.device_id, DEPUTY.device_id)
    return replace(made, **changed)


HELD = access_of(LEAD, DEPUTY, MEMBER)


def refused(held: AccessList | None, written: bytes) -> str:
    with pytest.raises(RefusedAccessError) as met:
        follows(held, read(written))
    return met.value.fault


def test_a_request_is_its_signers() -> None:
    check_request(LEAD.public[:32], sign_request(LEAD, ASKED), ASKED)
    with pytest.raises(RefusedAccessError):
        check_request(MEMBER.public[:32], sign_request(LEAD, ASKED), ASKED)


@pytest.mark.parametrize(
    "changed",
    [
        {"method": "GET"},
        {"target": "/v1/x?y=2"},
        {"body_hash": bytes(31) + b"\1"},
        {"challenge": "challengf"},
        {"count": 8},
        # The same letters, cut elsewhere.
        {"method": "POST/", "target": "v1/x?y=1"},
        {"challenge": "challenge7", "count": 0},
    ],
)
def test_a_signed_request_can_not_be_changed(changed: dict[str, object]) -> None:
    with pytest.raises(RefusedAccessError):
        check_request(LEAD.public[:32], sign_request(LEAD, ASKED), replace(ASKED, **changed))


def test_the_first_list_is_signed_by_the_lead_it_names() -> None:
    assert follows(None, read(write(HELD, LEAD))) == HELD
    assert refused(None, write(HELD, DEPUTY)) == "signers"
    assert refused(None, write(HELD, DEPUTY, MEMBER)) == "signers"
    assert refused(None, write(HELD, STRANGER)) == "signature"
    assert refused(None, write(HELD, LEAD, STRANGER)) == "signature"


def test_a_later_list_is_the_leads_or_the_deputys_with_a_witness() -> None:
    new = access_of(DEPUTY, MEMBER, number=2, lead=DEPUTY.device_id, deputy="")
    for signers in ((LEAD,), (DEPUTY, MEMBER), (MEMBER, DEPUTY), (DEPUTY, LEAD)):
        assert follows(HELD, read(write(new, *signers))) == new
    for signers in ((DEPUTY,), (MEMBER,)):
        assert refused(HELD, write(new, *signers)) == "signers"
    for signers in ((STRANGER,), (DEPUTY, STRANGER), (LEAD, STRANGER)):
        assert refused(HELD, write(new, *signers)) == "signature"


def test_whoever_was_removed_no_longer_signs() -> None:
    later = access_of(LEAD, MEMBER, number=2, deputy="")
    takeover = access_of(DEPUTY, MEMBER, number=3, lead=DEPUTY.device_id, deputy="")
    assert refused(later, write(takeover, DEPUTY, MEMBER)) == "signature"


def test_a_list_that_is_older_or_of_another_inspection_is_refused() -> None:
    for number in (1, 2):
        old = access_of(LEAD, DEPUTY, number=number)
        assert refused(replace(HELD, number=2), write(old, LEAD)) == "number"
    other = access_of(LEAD, DEPUTY, number=9, inspection=bytes(32))
    assert refused(HELD, write(other, LEAD)) == "inspection"


def test_every_byte_of_a_list_counts() -> None:
    whole = write(HELD, LEAD)
    for place in range(len(whole)):
        altered = bytearray(whole)
        altered[place] ^= 1
        with pytest.raises(RefusedAccessError):
            follows(None, read(bytes(altered)))
    for end in range(len(whole)):
        with pytest.raises(RefusedAccessError):
            read(whole[:end])
    with pytest.raises(RefusedAccessError):
        read(whole + b"\0")


def forged(text: bytes) -> bytes:
    """Any text, signed well by the lead."""
    signature = ed25519_sign(LEAD.signing.raw, LABEL_LIST + text)
    head = MAGIC + b"\x01\x01" + len(text).to_bytes(4)
    return head + text + bytes.fromhex(LEAD.device_id) + signature


@pytest.mark.parametrize(
    "changed",
    [
        {"number": 0},
        {"number": True},
        {"number": 1.0},
        {"number": 2**63},
        {"devices": {}},
        {"devices": []},
        {"devices": {"x": "00"}},
        {"lead": STRANGER.device_id},
        {"lead": []},
        {"deputy": STRANGER.device_id},
        {"deputy": None},
        {"inspection": "00"},
        {"inspection": 5},
        {"more": 1},
    ],
)
def test_a_list_that_breaks_a_rule_is_refused_though_signed(changed: dict[str, object]) -> None:
    parts = json.loads(HELD.text()) | changed
    with pytest.raises(RefusedAccessError):
        read(forged(canonical(parts).encode()))


def test_a_list_written_another_way_is_refused() -> None:
    for text in (
        json.dumps(json.loads(HELD.text())).encode(),
        HELD.text() + b" ",
        b"[" * 100_000,
        b"\xff",
        b"null",
    ):
        with pytest.raises(RefusedAccessError):
            read(forged(text))


@pytest.mark.parametrize("sign", [0, 0x80])
@pytest.mark.parametrize("key", WEAK)
def test_e07_a_list_with_a_key_under_which_anybody_can_sign_is_refused(key: str, sign: int) -> None:
    raw = bytearray.fromhex(key)
    raw[31] |= sign
    devices = dict(HELD.devices) | {MEMBER.device_id: bytes(raw)}
    with pytest.raises(RefusedAccessError) as met:
        read(forged(replace(HELD, devices=devices).text()))
    assert met.value.fault == "key"


def test_the_largest_team_fits_and_no_larger_one() -> None:
    devices = dict(HELD.devices)
    for number in range(MOST_DEVICES - len(devices)):
        devices[f"{number:032x}"] = STRANGER.public[:32]
    assert follows(None, read(write(replace(HELD, devices=devices), LEAD))).devices == devices
    devices["f" * 32] = STRANGER.public[:32]
    with pytest.raises(ValueError, match="devices"):
        write(replace(HELD, devices=devices), LEAD)

"""A roster and envelopes as the first version of the formats left them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.crypto import envelope, epochs, roster_rules
from app.crypto.identity import Identity, device_id
from app.crypto.keys import EpochSecret, SealingKey, SigningKey
from app.crypto.roster import Roster
from app.errors import RefusedEnvelopeError, SiteweekError

VECTORS = json.loads((Path(__file__).parent / "vectors" / "team.json").read_text("utf-8"))
LEAD, BEN = (
    Identity(
        SigningKey(bytes.fromhex(one["signing"])),
        SealingKey(bytes.fromhex(one["sealing"])),
        bytes.fromhex(one["public"]),
    )
    for one in VECTORS["members"]
)
SECRETS = {
    int(number): EpochSecret(bytes.fromhex(raw)) for number, raw in VECTORS["secrets"].items()
}


def roster() -> Roster:
    grown = Roster()
    for entry in VECTORS["roster"]:
        grown = roster_rules.take_in(grown, bytes.fromhex(entry))
    return grown


def test_e14_the_stored_roster_is_followed_to_the_same_end() -> None:
    grown = roster()
    assert grown.inspection.hex() == VECTORS["inspection"]
    assert [one.device for one in grown.active] == [one["device"] for one in VECTORS["members"]]
    assert [device_id(one.public) for one in (LEAD, BEN)] == list(grown.members)
    for number in (1, 2):
        opened = epochs.unwrap(
            grown.wrapped[number][BEN.device_id],
            BEN,
            grown.inspection,
            number,
            grown.wrapped_after[number, BEN.device_id],
            grown.commitments[number],
        )
        assert opened == SECRETS[number]


@pytest.mark.parametrize("stored", VECTORS["envelopes"])
def test_e14_every_stored_envelope_opens_as_it_was_sealed(stored: dict[str, str]) -> None:
    made = bytes.fromhex(stored["envelope"])
    header = envelope.parse(made)
    envelope.check_signature(made, roster().members[header.device].public)
    assert envelope.open_body(made, header, SECRETS[header.epoch]).hex() == stored["body"]
    assert envelope.entry_hash(made).hex() == stored["hash"]


def test_e14_stored_envelopes_name_the_ones_before_them() -> None:
    before = envelope.FIRST
    for stored in VECTORS["envelopes"]:
        assert envelope.parse(bytes.fromhex(stored["envelope"])).previous == before
        before = bytes.fromhex(stored["hash"])


def test_every_byte_of_a_stored_envelope_counts() -> None:
    made = bytes.fromhex(VECTORS["envelopes"][1]["envelope"])
    for place in range(len(made)):
        for change in (1, 2, 0x40, 0xFF):
            altered = made[:place] + bytes([made[place] ^ change]) + made[place + 1 :]
            with pytest.raises(SiteweekError) as refused:
                _looked_at(altered)
            if isinstance(refused.value, RefusedEnvelopeError):
                assert refused.value.fault != "seal", "it was opened before its signature was"


def _looked_at(untrusted: bytes) -> None:
    header = envelope.parse(untrusted)
    envelope.check_signature(untrusted, BEN.public)
    envelope.open_body(untrusted, header, SECRETS[2])

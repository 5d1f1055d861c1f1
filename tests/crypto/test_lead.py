from __future__ import annotations

import pytest

from app.crypto import envelope, epochs, identity, lead, roster_rules
from app.crypto.certificates import Certificate, certify
from app.crypto.envelope import Form
from app.crypto.receipts import Receipt, read
from app.crypto.roster import DEPUTY, INSPECTOR, LEAD, READER, Roster
from app.errors import NewerVersionError, RefusedEnvelopeError, RefusedRosterError


class Led:
    """A roster that a lead lets grow, entry by entry."""

    def __init__(self) -> None:
        self.lead = identity.create()
        self.roster = Roster()
        self.entries: list[bytes] = []
        self.take(lead.begin(self.lead, self.named(self.lead)))

    def named(self, own: identity.Identity) -> Certificate:
        return Certificate(own.public, "Person", "CQC", "laptop", "2026-11-23T09:00:00+00:00")

    def take(self, entry: bytes) -> None:
        self.roster = roster_rules.take_in(self.roster, entry)
        self.entries.append(entry)

    @property
    def secrets(self):
        return lead.secrets_of(self.roster, [self.lead]).secrets

    def add(self, role: str = INSPECTOR, reads_from: int = 1) -> identity.Identity:
        own = identity.create()
        proof = certify(self.named(own), own, self.roster.inspection)
        said = (role, "in person")
        self.take(lead.add(self.roster, self.lead, self.secrets, proof, said, reads_from))
        return own


@pytest.fixture
def led() -> Led:
    return Led()


def test_every_entry_a_lead_writes_is_taken_in_and_says_what_was_meant(led: Led) -> None:
    one, two = led.add(DEPUTY), led.add()
    assert led.roster.deputy == one.device_id
    led.take(lead.change_role(led.roster, led.lead, two.device_id, INSPECTOR))
    led.take(lead.rotate(led.roster, led.lead, "the week begins"))
    assert led.roster.epoch == 2
    led.take(lead.remove(led.roster, led.lead, two.device_id, (7, bytes(32)), "left"))
    assert led.roster.members[two.device_id].cut == (7, bytes(32))
    assert set(lead.secrets_of(led.roster, [two]).secrets) == {1, 2}
    assert set(lead.secrets_of(led.roster, [one]).secrets) == {1, 2, 3}
    led.take(lead.close(led.roster, led.lead, "over"))
    assert led.roster.is_closed


def test_g07_the_deputy_succeeds_with_another_member_s_agreement(led: Led) -> None:
    deputy, witness = led.add(DEPUTY), led.add()
    agreed = roster_rules.agree(led.roster, deputy.device_id, witness)
    handed = lead.write_agreement(led.roster, witness.device_id, agreed)
    assert lead.read_agreement(led.roster, handed) == (witness.device_id, agreed)
    led.take(lead.succeed(led.roster, deputy, None, witness.device_id, agreed))
    assert led.roster.lead == deputy.device_id
    assert led.roster.members[deputy.device_id].role == LEAD
    assert led.roster.members[led.lead.device_id].removed
    with pytest.raises(RefusedRosterError):
        lead.read_agreement(led.roster, handed)


@pytest.mark.parametrize("said", [b"", b"{}", b"[]", b"null", b"[" * 3_000, b"\xff", b'{"form":1}'])
def test_what_is_no_agreement_is_refused(led: Led, said: bytes) -> None:
    with pytest.raises(RefusedRosterError):
        lead.read_agreement(led.roster, said)


def test_whoever_wrote_may_not_become_a_reader_but_a_reader_may_begin_to_write(led: Led) -> None:
    writer, reader = led.add(), led.add(READER)
    with pytest.raises(RefusedRosterError) as problem:
        led.take(lead.change_role(led.roster, led.lead, writer.device_id, READER))
    assert problem.value.fault == "role"
    led.take(lead.change_role(led.roster, led.lead, reader.device_id, INSPECTOR))
    assert led.roster.members[reader.device_id].role == INSPECTOR


def test_a_laptop_s_earlier_identity_is_named_and_removed_by_its_present_one(led: Led) -> None:
    earlier = led.add()
    led.take(lead.remove(led.roster, led.lead, earlier.device_id, None, "restored"))
    assert led.roster.members[earlier.device_id].cut == (0, b"")
    assert led.lead.device_id in {one.device for one in led.roster.active}


def test_g05_a_victim_of_another_secret_is_told_and_keeps_the_others(
    led: Led, monkeypatch: pytest.MonkeyPatch
) -> None:
    victim = led.add()
    usual = epochs.wrap

    def wrap(secret, public, inspection, number, device, previous):
        given = epochs.draw() if device == victim.device_id else secret
        return usual(given, public, inspection, number, device, previous)

    monkeypatch.setattr(epochs, "wrap", wrap)
    led.take(lead.rotate(led.roster, led.lead, "with two faces"))
    given = lead.secrets_of(led.roster, [victim])
    assert given.refused == (2,)
    assert set(given.secrets) == {1}
    assert lead.secrets_of(led.roster, [led.lead]).refused == ()


def test_g08_who_was_away_over_three_rotations_gets_every_secret(led: Led) -> None:
    away = led.add()
    before = led.roster
    for _ in range(3):
        led.take(lead.rotate(led.roster, led.lead, "again"))
    given = lead.secrets_of(led.roster, [away]).secrets
    assert {number: one.raw for number, one in given.items()} == {
        number: one.raw for number, one in led.secrets.items()
    }
    assert set(lead.secrets_of(before, [away]).secrets) == {1}


def test_e01_a_parcel_and_a_receipt_altered_anywhere_are_refused(led: Led) -> None:
    before, secret = led.roster, led.secrets[1]
    entry = lead.rotate(before, led.lead, "again")
    parcel = lead.parcel(entry, before, secret, led.lead)
    header = envelope.parse(parcel)
    assert header.form is Form.ROSTER
    assert (header.first, header.previous) == (before.length, before.head)
    envelope.check_signature(parcel, led.lead.public)
    assert lead.entry_in(parcel, header, secret) == entry
    for place in range(0, len(parcel), 13):
        altered = parcel[:place] + bytes([parcel[place] ^ 1]) + parcel[place + 1 :]
        with pytest.raises((RefusedEnvelopeError, NewerVersionError)):
            looked_at(altered, led.lead.public)


def looked_at(untrusted: bytes, public: bytes) -> None:
    """Check a parcel as far as its outside goes."""
    envelope.parse(untrusted)
    envelope.check_signature(untrusted, public)


def test_e02_one_form_is_never_taken_for_another(led: Led) -> None:
    secret = led.secrets[1]
    parcel = lead.parcel(b"entry", led.roster, secret, led.lead)
    for form in Form:
        if form is not Form.ROSTER:
            altered = form.value + parcel[4:]
            header = envelope.parse(altered)
            with pytest.raises(RefusedEnvelopeError):
                envelope.check_signature(altered, led.lead.public)
            with pytest.raises(RefusedEnvelopeError):
                envelope.open_body(altered, header, secret)


def test_a_receipt_comes_back_as_it_was_and_goes_further_when_more_is_held() -> None:
    device = "ab" * 16
    less = Receipt(device, {"cd" * 16: (3, bytes(32))}, (1, bytes(32)))
    more = Receipt(device, {"cd" * 16: (4, bytes(32))}, (2, bytes(32)))
    for one in (less, more):
        assert read(one.body(), device) == one
    assert more.progress > less.progress


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b"[1,{},[1]]",
        b'[1,{"ab":[1,"00"]},[1,"00"]]',
        b"[" * 100_000,
        b'[0,{},[1,"' + b"0" * 64 + b'"]]' * 2,
        b'[1, {},[1,"' + b"0" * 64 + b'"]]',
        b'[1,{},[0,"' + b"0" * 64 + b'"]]',
        b'[1,{},[1e3,"' + b"0" * 64 + b'"]]',
        b'[true,{},[1,"' + b"0" * 64 + b'"]]',
    ],
)
def test_what_is_no_receipt_is_refused(body: bytes) -> None:
    with pytest.raises(RefusedEnvelopeError):
        read(body, "ab" * 16)

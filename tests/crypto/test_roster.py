from __future__ import annotations

import json
import random

import pytest

from app.crypto import epochs, identity, roster_rules
from app.crypto.roster import DEPUTY, INSPECTOR, LEAD, NOTHING, READER, Roster, write
from app.errors import NewerVersionError, RefusedRosterError, UntrustedKeyError
from tests.crypto.teams import Team


def refused(team: Team, entry: bytes, fault: str) -> None:
    before = team.roster
    with pytest.raises(RefusedRosterError) as problem:
        roster_rules.take_in(team.roster, entry)
    assert problem.value.fault == fault
    assert team.roster is before


def test_a_whole_week_of_the_team_is_followed_by_whoever_holds_the_chain() -> None:
    team = Team()
    ben = team.add("Ben", DEPUTY)
    cai = team.add("Cai")
    team.grow("rotate", reason="a new week", epoch=team.epoch())
    team.remove(cai, [7, "ab" * 32])
    team.grow("close", reason="the letter is published")
    followed = Roster()
    for entry in team.entries:
        followed = roster_rules.take_in(followed, entry)
    assert followed == team.roster
    assert {one.device: one.role for one in followed.active} == {
        team.lead.device_id: LEAD,
        ben.device_id: DEPUTY,
    }
    assert followed.members[cai.device_id].cut == (7, bytes.fromhex("ab" * 32))
    assert followed.is_closed


def test_g01_after_a_removal_the_old_device_opens_no_new_secret() -> None:
    team = Team()
    cai = team.add("Cai")
    assert team.opened(cai, 1) == team.secrets[1]
    team.remove(cai)
    assert cai.device_id not in team.roster.wrapped[2]
    for sealed in team.roster.wrapped[2].values():
        with pytest.raises(RefusedRosterError):
            epochs.unwrap(
                sealed,
                cai,
                team.roster.inspection,
                2,
                team.roster.wrapped_after[2, team.lead.device_id],
                team.roster.commitments[2],
            )
    assert team.opened(team.lead, 2) == team.secrets[2]


def test_g02_what_a_removed_device_writes_past_its_cut_does_not_count() -> None:
    team = Team()
    cai, dee = team.add("Cai"), team.add("Dee")
    team.remove(cai, [7, "ab" * 32])
    team.remove(dee)
    assert [roster_rules.may_write(team.roster, cai.device_id, n) for n in (1, 7, 8)] == [
        True,
        True,
        False,
    ]
    assert not roster_rules.may_write(team.roster, dee.device_id, 1)
    assert not roster_rules.may_write(team.roster, "00" * 16, 1)


def test_a_reader_writes_nothing() -> None:
    team = Team()
    eva = team.add("Eva", READER)
    assert not roster_rules.may_write(team.roster, eva.device_id, 1)
    team.grow("role", device=eva.device_id, role=INSPECTOR)
    assert roster_rules.may_write(team.roster, eva.device_id, 1)


def test_g04_nobody_but_the_lead_changes_the_team() -> None:
    team = Team()
    ben = team.add("Ben", DEPUTY)
    cai = team.draw("Cai")
    bodies = {
        "add": {
            "certificate": team.certificate(cai),
            "role": INSPECTOR,
            "checked": "",
            "secrets": {"1": team.sealed(1, cai.device_id).hex()},
        },
        "role": {"device": ben.device_id, "role": INSPECTOR},
        "remove": {
            "device": ben.device_id,
            "cut": None,
            "reason": "",
            "epoch": team.epoch(team.others(ben)),
        },
        "rotate": {"reason": "", "epoch": team.epoch()},
        "close": {"reason": ""},
    }
    for kind, body in bodies.items():
        for signer in (ben, cai):
            refused(team, write(team.roster, kind, body, signer), "signature")
        assert roster_rules.take_in(team.roster, write(team.roster, kind, body, team.lead))


def test_f06_an_old_reordered_or_foreign_entry_is_refused() -> None:
    team, other = Team(), Team()
    team.add("Ben")
    team.add("Cai")
    for entry in team.entries:
        refused(team, entry, "place")
    with pytest.raises(RefusedRosterError):
        roster_rules.take_in(Roster(), team.entries[1])
    first = roster_rules.take_in(Roster(), team.entries[0])
    with pytest.raises(RefusedRosterError):
        roster_rules.take_in(first, team.entries[2])
    other.add("Dee")
    with pytest.raises(RefusedRosterError):
        roster_rules.take_in(first, other.entries[1])


def test_every_altered_byte_of_an_entry_is_refused() -> None:
    team = Team()
    before = team.roster
    team.grow("rotate", reason="r", epoch=team.epoch())
    entry = team.entries[-1]
    places = [*range(300), *range(300, len(entry) - 70, 97), *range(len(entry) - 70, len(entry))]
    for place in places:
        altered = entry[:place] + bytes([entry[place] ^ 1]) + entry[place + 1 :]
        with pytest.raises((RefusedRosterError, NewerVersionError)):
            roster_rules.take_in(before, altered)


def test_g05_a_lead_who_gives_two_members_different_secrets_is_caught() -> None:
    team = Team()
    ben = team.add("Ben")
    epoch = team.epoch()
    other = epochs.wrap(
        epochs.draw(), ben.public, team.roster.inspection, 2, ben.device_id, team.roster.head
    )
    epoch["secrets"][ben.device_id] = other.hex()
    team.grow("rotate", reason="", epoch=epoch)
    assert team.opened(team.lead, 2) == team.secrets[2]
    with pytest.raises(RefusedRosterError) as problem:
        team.opened(ben, 2)
    assert problem.value.fault == "epoch-commitment"


def test_g06_a_sealed_secret_opens_for_its_device_epoch_and_place_alone() -> None:
    ann, ben = identity.create(), identity.create()
    secret, place, inspection = epochs.draw(), b"\4" * 32, b"\3" * 32
    committed = epochs.commitment(secret)
    sealed = epochs.wrap(secret, ann.public, inspection, 5, ann.device_id, place)
    assert epochs.unwrap(sealed, ann, inspection, 5, place, committed) == secret
    wrong = [
        (ben, inspection, 5, place),
        (ann, b"\2" * 32, 5, place),
        (ann, inspection, 6, place),
        (ann, inspection, 5, b"\5" * 32),
    ]
    for own, of, number, after in wrong:
        with pytest.raises(RefusedRosterError):
            epochs.unwrap(sealed, own, of, number, after, committed)
    for at in range(len(sealed)):
        altered = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
        with pytest.raises(RefusedRosterError):
            epochs.unwrap(altered, ann, inspection, 5, place, committed)


def test_g07_deputy_and_a_member_together_follow_a_lost_lead() -> None:
    team = Team()
    ben, cai = team.add("Ben", DEPUTY), team.add("Cai")
    agreed = roster_rules.agree(team.roster, ben.device_id, cai)
    epoch = team.epoch(team.others(team.lead))
    body = {"cut": None, "witness": cai.device_id, "agreed": agreed.hex(), "epoch": epoch}
    refused(team, write(team.roster, "succeed", body, cai), "signature")
    alone = body | {
        "witness": ben.device_id,
        "agreed": roster_rules.agree(team.roster, ben.device_id, ben).hex(),
    }
    refused(team, write(team.roster, "succeed", alone, ben), "witness")
    refused(team, write(team.roster, "succeed", body | {"agreed": "00" * 64}, ben), "witness")
    team.grow("succeed", ben, **body)
    assert (team.roster.lead, team.roster.deputy) == (ben.device_id, "")
    late = write(team.roster, "close", {"reason": ""}, team.lead)
    refused(team, late, "signature")
    team.grow("close", ben, reason="")


def test_g10_from_now_opens_no_earlier_epoch_and_full_history_opens_all() -> None:
    team = Team()
    for _ in range(2):
        team.grow("rotate", reason="", epoch=team.epoch())
    dee, eva = team.add("Dee", reads_from=3), team.add("Eva", reads_from=1)
    for number in (1, 2):
        assert dee.device_id not in team.roster.wrapped[number]
    assert team.opened(dee, 3) == team.secrets[3]
    assert [team.opened(eva, number) for number in (1, 2, 3)] == [
        team.secrets[number] for number in (1, 2, 3)
    ]


def test_an_epoch_is_given_to_exactly_those_who_belong() -> None:
    team = Team()
    ben = team.add("Ben")
    epoch = team.epoch()
    for secrets in (
        {team.lead.device_id: epoch["secrets"][team.lead.device_id]},
        epoch["secrets"] | {"00" * 16: epoch["secrets"][ben.device_id]},
        {},
    ):
        entry = write(
            team.roster, "rotate", {"reason": "", "epoch": epoch | {"secrets": secrets}}, team.lead
        )
        refused(team, entry, "secrets")
    for number in (1, 3, True, "2"):
        entry = write(
            team.roster, "rotate", {"reason": "", "epoch": epoch | {"number": number}}, team.lead
        )
        refused(team, entry, "epoch")


def test_e07_no_device_joins_twice_or_with_a_key_that_is_not_its_own() -> None:
    team = Team()
    ben = team.add("Ben")
    cai = team.draw("Cai")
    sealed = {"1": team.sealed(1, cai.device_id).hex()}
    body = {"role": INSPECTOR, "checked": "", "secrets": sealed}

    def add(certificate: dict) -> bytes:
        return write(team.roster, "add", body | {"certificate": certificate}, team.lead)

    refused(team, add(team.certificate(ben)), "duplicate")
    honest = team.certificate(cai)
    refused(team, add(honest | {"person": "Somebody else"}), "certificate")
    refused(team, add(team.certificate(cai, NOTHING)), "certificate")
    refused(team, add(honest | {"public": ben.public.hex()}), "certificate")
    weak = bytes(32).hex() + cai.public[32:].hex()
    with pytest.raises(UntrustedKeyError):
        roster_rules.take_in(team.roster, add(honest | {"public": weak}))
    shared = ben.public[:32].hex() + cai.public[32:].hex()
    refused(team, add(honest | {"public": shared}), "certificate")


def test_there_is_one_lead_and_one_deputy() -> None:
    team = Team()
    ben, cai = team.add("Ben", DEPUTY), team.add("Cai")
    for device, role, fault in (
        (cai.device_id, DEPUTY, "deputy"),
        (cai.device_id, LEAD, "role"),
        (cai.device_id, "admin", "role"),
        (team.lead.device_id, INSPECTOR, "lead"),
        ("00" * 16, INSPECTOR, "member"),
    ):
        entry = write(team.roster, "role", {"device": device, "role": role}, team.lead)
        refused(team, entry, fault)
    team.grow("role", device=ben.device_id, role=INSPECTOR)
    team.grow("role", device=cai.device_id, role=DEPUTY)
    assert team.roster.deputy == cai.device_id


def test_after_the_end_nothing_more_follows() -> None:
    team = Team()
    team.grow("close", reason="")
    refused(team, write(team.roster, "rotate", {"reason": "", "epoch": {}}, team.lead), "closed")


def test_a_newer_entry_is_said_to_be_one_and_rubbish_is_refused() -> None:
    team = Team()
    newer = json.dumps(
        {**json.loads(team.entries[0][:-64]), "version": 2},
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    ).encode()
    with pytest.raises(NewerVersionError):
        roster_rules.take_in(Roster(), newer + bytes(64))
    for rubbish in (
        b"",
        b"x" * 64,
        b"[" * 100_000 + bytes(64),
        b"{}" + bytes(64),
        b'{"version":1}' + bytes(64),
        b"9" * 5_000 + bytes(64),
        b" " + team.entries[0],
        bytes(300_000),
    ):
        with pytest.raises(RefusedRosterError):
            roster_rules.take_in(Roster(), rubbish)


@pytest.mark.parametrize("seed", range(4))
def test_g09_every_active_device_reads_what_it_may_and_no_other_reads_more(seed: int) -> None:
    chance = random.Random(seed)
    team = Team()
    active: dict[str, tuple[identity.Identity, int]] = {team.lead.device_id: (team.lead, 1)}
    gone: list[tuple[identity.Identity, int]] = []
    for step in range(20):
        what = chance.choice(("add", "add", "remove", "rotate"))
        removable = [one for one in active if one != team.lead.device_id]
        if what == "add" and len(active) < 12:
            reads_from = chance.choice((1, team.roster.epoch))
            own = team.add(f"p{step}", reads_from=reads_from)
            active[own.device_id] = (own, reads_from)
        elif what == "remove" and removable:
            own, _since = active.pop(chance.choice(removable))
            team.remove(own)
            gone.append((own, team.roster.epoch))
        else:
            team.grow("rotate", reason="", epoch=team.epoch())
    for own, since in active.values():
        for number in range(1, team.roster.epoch + 1):
            if number >= since:
                assert team.opened(own, number) == team.secrets[number]
            else:
                assert own.device_id not in team.roster.wrapped[number]
    for own, since in gone:
        for number in range(since, team.roster.epoch + 1):
            assert own.device_id not in team.roster.wrapped[number]

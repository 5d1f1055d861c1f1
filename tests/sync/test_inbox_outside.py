"""What nobody on the team made, or what a member made badly: refused or kept, never believed."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import msgpack
import pytest
import zstandard

from app.crypto.envelope import HEADER_SIZE, Form, Header, parse
from app.crypto.receipts import Receipt
from app.crypto.roster import READER
from app.domain.chains import FIRST, body_of
from app.domain.revisions import Dot, Revision
from app.sync import inbox, plan
from app.sync.codec import Batch, pack
from app.sync.effects import Later, Park, Quarantine, Reason, Refuse
from app.sync.hearing import at_odds
from app.sync.items import Kind, name_of
from app.sync.seals import REAL, Seals
from app.sync.waiting import MOST_BYTES, MOST_ITEMS
from tests.sync.benches import Bench, Item, kinds
from tests.sync.simulator.replica import MemoryReplica
from tests.sync.simulator.workshop import Real, drawn_secret

if TYPE_CHECKING:
    from app.crypto.keys import EpochSecret
    from app.sync.effects import Effect

CHANCE = random.Random(8)


def named(raw: bytes, kind: Kind = Kind.ENVELOPE) -> Item:
    return name_of(raw, kind), raw


def only(effects: list[Effect]) -> Any:
    (effect,) = effects
    return effect


def everything(bench: Bench, name: str) -> list[Item]:
    """An item of each kind that a laptop makes."""
    bench.words(name, 1)
    return [*bench.sealed(name), bench.receipt(name), bench.grow("rotate")]


def test_what_is_not_what_its_name_says_is_left_where_it_is() -> None:
    bench = Bench("ann", "bo")
    for name, raw in everything(bench, "ann"):
        for wrong in (raw[:-1], raw + b"\0", b""):
            assert only(bench.take("bo", (name, wrong))) == Later(name)
        assert not MemoryReplica(bench["bo"]).is_known(name)
    for strange in ("x", "../x.env", "0" * 64 + ".exe", "0" * 64 + ".pie", "0" * 64 + ".adm"):
        assert only(bench.take("bo", (strange, b""))) == Later(strange)


def test_no_kind_of_item_is_taken_for_another() -> None:
    bench = Bench("ann", "bo")
    for name, raw in everything(bench, "ann"):
        for kind in (Kind.ENVELOPE, Kind.ROSTER, Kind.RECEIPT):
            if not name.endswith(kind):
                item = named(raw, kind)
                assert only(bench.take("bo", item)) == Refuse(item[0], "form")


@pytest.mark.parametrize("workshop", [Real(), None], ids=["real", "cheap"])
def test_e01_every_item_altered_anywhere_is_refused_before_it_is_opened(workshop: Any) -> None:
    bench = Bench("ann", "bo", workshop=workshop)

    def must_not(signed: bytes, _header: Header, _secret: EpochSecret) -> bytes:
        raise AssertionError(f"opened {len(signed)} bytes that nobody vouched for")

    honest = bench.workshop.seals
    watched = Seals(honest.check_signature, must_not, honest.is_signed, honest.take_in)
    replica = MemoryReplica(bench["bo"])
    for name, raw in everything(bench, "ann"):
        places = sorted({*range(HEADER_SIZE + 8), *range(0, len(raw), 97), len(raw) - 1})
        for place in places:
            harmed = bytearray(raw)
            harmed[place] ^= 1 << CHANCE.randrange(8)
            item = named(bytes(harmed), Kind(name.rpartition(".")[2]))
            effect = only(list(inbox.take(replica, *item, watched)))
            # By a device that nobody knows, or of a version that nobody knows: it waits, unread.
            waits = isinstance(effect, Park) and effect.wait.reason in {Reason.TEAM, Reason.NEWER}
            assert waits or isinstance(effect, Refuse)


def test_e12_m07_what_a_newer_version_made_waits_unread_until_the_next_start() -> None:
    bench = Bench("ann", "bo")
    bench.words("ann", 1)
    ((_name, raw),) = bench.sealed("ann")
    newer = named(raw[:4] + b"\2" + raw[5:])
    effect = only(bench.take("bo", newer))
    assert isinstance(effect, Park)
    assert (effect.wait.reason, effect.header.device) == (Reason.NEWER, "")
    assert bench.reconsider("bo") == []
    old = named(raw[:4] + b"\0" + raw[5:])
    assert only(bench.take("bo", old)) == Refuse(old[0], "version")


def test_m07_a_body_of_a_newer_version_waits_and_is_taken_in_after_the_update() -> None:
    bench = Bench("ann", "bo")
    later = zstandard.compress(msgpack.packb([2, "9.0", "something else"]))
    item = bench.body("ann", later)
    effect = only(bench.take("bo", item))
    assert (effect.wait.reason, effect.header.device) == (Reason.NEWER, bench.id("ann"))
    assert bench.reconsider("bo") == []

    def updated(signed: bytes, header: Header, secret: EpochSecret) -> bytes:
        bench.workshop.seals.open_body(signed, header, secret)
        revision = Revision(Dot(header.device, 1), "r", "paragraph", 1, {"text": "now read"}, {})
        return pack(Batch(header.device, 1, FIRST, (body_of(revision, FIRST),)))

    seals = replace(bench.workshop.seals, open_body=updated)
    bench._carry("bo", inbox.reconsider(MemoryReplica(bench["bo"]), seals))
    assert bench.text("bo", "r") == "now read"
    assert not bench["bo"].waiting


def test_of_another_inspection_or_past_counting_it_is_refused() -> None:
    bench, other = Bench("ann", "bo"), Bench("zoe")
    other.chance.seed(77)
    bench.words("ann", 1)
    item = bench.body("ann", b"x", inspection=bytes(32))
    assert only(bench.take("bo", item)) == Refuse(item[0], "inspection")
    for number in (2**63, 2**64 - 1, 2**63 - 10_000):
        item = bench.body("ann", b"x", first=number)
        assert only(bench.take("bo", item)) == Refuse(item[0], "number")


def stranger(bench: Bench, size: int = 10, form: Form = Form.REVISIONS) -> Item:
    own = bench.workshop.draw(bench.chance)
    inspection = bench["asha"].roster.inspection
    header = Header(inspection, 1, own.device_id, 1, bytes(32), form)
    raw = bench.workshop.seal(header, bytes(size), drawn_secret(bench.chance), own)
    return named(
        raw, {Form.ROSTER: Kind.ROSTER, Form.RECEIPT: Kind.RECEIPT}.get(form, Kind.ENVELOPE)
    )


def test_f05_what_a_stranger_made_waits_unopened_and_makes_nobody_a_member() -> None:
    bench = Bench("ann", "bo")
    before = bench["bo"].roster
    for form in Form:
        effect = only(bench.take("bo", stranger(bench, form=form)))
        assert isinstance(effect, Park)
        assert effect.wait.reason is Reason.TEAM
    assert bench["bo"].roster == before


def test_f08_strangers_share_one_room_however_many_names_they_make_up() -> None:
    bench = Bench("ann", "bo")
    size = 3 * 1024 * 1024
    full = MOST_BYTES // size
    done = [only(bench.take("bo", stranger(bench, size))) for _ in range(full + 3)]
    assert kinds(done).count("Park") in {full - 1, full}
    assert kinds(done)[-2:] == ["Later", "Later"]
    last = stranger(bench, size)
    assert only(bench.take("bo", last)) == Later(last[0])
    # A member has a room of its own, and what was turned away comes in when it is asked for again.
    bench.words("ann", 2)
    first, second = bench.sealed("ann")
    assert kinds(bench.take("bo", second, first)) == ["Park", "Apply", "Apply"]


def test_f08_a_device_fills_its_own_room_by_number_too() -> None:
    bench = Bench("ann", "bo")
    bench.words("ann", 2)
    _first, second = bench.sealed("ann")
    bench.take("bo", second)
    disk = bench["bo"]
    held = disk.waiting[second[0]]
    disk.waiting |= {f"{number}.env": held for number in range(MOST_ITEMS - 1)}
    third = bench.again("ann", 2, 2)
    assert only(bench.take("bo", third)) == Later(third[0])


def test_c19_c33_one_bad_item_keeps_none_of_the_others_out_and_is_kept_with_its_reason() -> None:
    bench = Bench("ann", "bo", "cas")
    bench.words("ann", 3)
    bad = bench.body("ann", b"no batch at all", first=2)
    first, second, third = bench.sealed("ann")
    bench.words("cas", 1, "c")
    done = bench.take("bo", first, bad, *bench.sealed("cas"), third, second)
    assert kinds(done) == ["Apply", "Quarantine", "Apply", "Park", "Apply", "Apply"]
    assert bench["bo"].quarantine == {bad[0]: ("body", bad[1])}
    assert bench.text("bo", "r2") == "ann r 2"
    assert bench.text("bo", "c0") == "cas c 0"


def mutations(body: bytes, count: int) -> list[bytes]:
    made = []
    for _ in range(count):
        place = CHANCE.randrange(len(body))
        made.append(
            CHANCE.choice(
                (
                    body[:place]
                    + bytes([body[place] ^ (1 << CHANCE.randrange(8))])
                    + body[place + 1 :],
                    body[:place] + CHANCE.randbytes(1) + body[place + 1 :],
                    body[:place],
                    body[:place] + CHANCE.randbytes(CHANCE.randrange(1, 9)) + body[place:],
                )
            )
        )
    return made


def test_d08_d09_mutated_bodies_signed_by_a_member_change_nothing_unless_they_are_valid() -> None:
    bench = Bench("ann", "bo")
    bench.words("ann", 6)
    device = bench.id("ann")
    bodies = tuple(bench["ann"].bodies[device, number] for number in range(1, 7))
    packed = pack(Batch(device, 1, FIRST, bodies, "0.1"))
    plain = zstandard.decompress(packed)
    compressor = zstandard.ZstdCompressor(write_content_size=True)
    harmed = mutations(packed, 300) + [compressor.compress(one) for one in mutations(plain, 500)]
    before = bench["bo"]
    seen = set()
    for body in harmed:
        bench.disks["bo"] = before.copy()
        effect = only(bench.take("bo", bench.body("ann", body)))
        kind = type(effect).__name__
        seen.add(kind)
        if kind == "Apply":
            assert bench["bo"].bodies.keys() == {
                (device, one + 1) for one in range(len(effect.batch.bodies))
            }
            continue
        assert kind in {"Quarantine", "Park"}
        assert bench.content("bo") == {}
        bench.take("bo", bench.again("ann", 1, 6))
        assert bench.text("bo", "r5") == "ann r 5"
    assert "Quarantine" in seen


def packed(fields: str, **other: Any) -> bytes:
    parts = [1, "0", other.get("previous", bytes(32)), ["paragraph"], other.get("devices", [])]
    revision = ["r", 0, other.get("at", 1), other.get("seen", []), fields]
    plain = msgpack.packb([*parts, [revision]])
    return zstandard.ZstdCompressor(write_content_size=True).compress(plain)


HUGE = {
    "a field of 50 MB": packed(json.dumps({"a": "x" * 50_000_000}, separators=(",", ":"))),
    "a million fields": packed("{" + ",".join(f'"{n:07}":1' for n in range(1_000_000)) + "}"),
    "more than 10,000 fields": packed("{" + ",".join(f'"{n:05}":1' for n in range(10_001)) + "}"),
    "10,000 levels": packed('{"a":' + "[" * 10_000 + "]" * 10_000 + "}"),
    "10,000 levels with lists between": packed(
        '{"a":' + "[[]," * 10_000 + "1" + "]" * 10_000 + "}"
    ),
    "101 levels": packed('{"a":' + "[" * 101 + "]" * 101 + "}"),
    "brackets in words": packed('{"a":["' + "[" * 300_000 + '",' + "[" * 100 + "]" * 101 + "}"),
    "the number 2⁶³": packed(f'{{"a":{2**63}}}'),
    "the number −2⁶³": packed(f'{{"a":{-(2**63)}}}'),
    "a number of 5,000 digits": packed('{"a":' + "9" * 5_000 + "}"),
    "a time of 2⁶³": packed("{}", at=2**63),
    "having seen 2⁶³": packed("{}", devices=[bytes(16)], seen=[0, 2**63]),
}


@pytest.mark.parametrize("what", HUGE)
def test_d10_what_is_too_much_is_refused_and_kept(what: str) -> None:
    bench = Bench("ann", "bo")
    effect = only(bench.take("bo", bench.body("ann", HUGE[what])))
    assert isinstance(effect, Quarantine), what
    bench.words("ann", 1)
    assert kinds(bench.take("bo", bench.again("ann", 1, 1))) == ["Apply"]


def test_d10_what_is_just_not_too_much_is_taken_in() -> None:
    fitting = [
        packed("{" + ",".join(f'"{n:05}":1' for n in range(10_000)) + "}"),
        packed('{"a":' + "[" * 99 + "]" * 99 + "}"),
        packed(f'{{"a":{2**63 - 1}}}'),
        packed('{"a":"' + "[" * 100_000 + '"}'),
    ]
    for body in fitting:
        bench = Bench("ann", "bo")
        assert kinds(bench.take("bo", bench.body("ann", body))) == ["Apply"]


def test_f01_f02_an_old_empty_or_foreign_place_takes_nothing_away() -> None:
    bench, other = Bench("ann", "bo"), Bench("zoe")
    bench.words("ann", 3)
    items = bench.sealed("ann")
    bench.take("bo", *items)
    here, offered = bench.content("bo"), set(bench["bo"].offered())
    other.chance.seed(9)
    own = other.workshop.draw(other.chance)
    foreign = Header(bytes([7]) * 32, 1, own.device_id, 1, bytes(32))
    theirs = named(other.workshop.seal(foreign, b"x", drawn_secret(other.chance), own))
    bench.take("bo", theirs, *items[:1])
    assert bench.content("bo") == here
    assert set(bench["bo"].offered()) == offered, "all of it is handed over again where it lacks"


def test_f03_f18_what_a_place_holds_back_is_named_once_anybody_mentions_it() -> None:
    bench = Bench("ann", "bo", "cas")
    bench.words("ann", 5)
    items = bench.sealed("ann")
    bench.take("bo", *items)
    bench.take("cas", *items[:2], bench.receipt("bo"))
    replica = MemoryReplica(bench["cas"])
    heard = [receipt.vector for receipt, _name, _raw in bench["cas"].receipts.values()]
    ours = {bench.id("ann"): replica.newest(bench.id("ann")).number}
    assert plan.missing(ours, heard) == ((bench.id("ann"), 3, 5),)
    # And the other way round: who hears nobody speak of his words was never delivered.
    bench.words("cas", 1, "c")
    bench.sealed("cas")
    assert plan.held_by((bench.id("cas"), 1), heard) == 0
    assert plan.held_by((bench.id("ann"), 5), heard) == 1


def test_f04_two_views_of_one_laptop_are_told_apart_by_any_receipt() -> None:
    bench = Bench("ann", "bo", "cas")
    twin = bench["ann"].copy()
    bench.words("ann", 1, "left")
    bench.take("bo", *bench.sealed("ann"))
    bench.disks["twin"] = twin
    bench.words("twin", 1, "right")
    bench.take("cas", *bench.sealed("twin"))
    bench.take("cas", bench.receipt("bo"))
    receipt: Receipt = bench["cas"].receipts[bench.id("bo")][0]
    assert at_odds(MemoryReplica(bench["cas"]), receipt) == ((bench.id("ann"),), False)
    assert at_odds(MemoryReplica(bench["bo"]), receipt) == ((), False)
    other = replace(receipt, roster=(receipt.roster[0], bytes(32)))
    assert at_odds(MemoryReplica(bench["bo"]), other).team
    further = replace(receipt, roster=(receipt.roster[0] + 1, bytes(32)))
    assert not at_odds(MemoryReplica(bench["bo"]), further).team


def test_only_the_receipt_that_goes_furthest_is_kept_and_only_of_who_belongs() -> None:
    bench = Bench("ann", "bo")
    bench.words("ann", 1)
    bench.sealed("ann")
    first = bench.receipt("ann")
    bench.words("ann", 1, "more")
    bench.sealed("ann")
    second = bench.receipt("ann")
    assert kinds(bench.take("bo", second, first)) == ["Hear", "Skip"]
    assert [name for _r, name, _raw in bench["bo"].receipts.values()] == [second[0]]
    bench.words("ann", 1, "last")
    bench.sealed("ann")
    third = bench.receipt("ann")
    bench.take("bo", bench.remove("ann", 2))
    assert kinds(bench.take("bo", third)) == ["Skip"]


@pytest.mark.parametrize(
    ("body", "first", "becomes"),
    [
        (b"no receipt", 1, "Quarantine"),
        (Receipt("", {}, (3, bytes(32))).body(), 4, "Quarantine"),
        (Receipt("", {}, (3, b"\1" * 32)).body(), 3, "Quarantine"),
        (Receipt("", {}, (3, bytes(32))).body(), 3, "Hear"),
        (b"[2,{}]", 3, "Park"),
    ],
)
def test_a_receipt_says_outside_what_it_says_inside(body: bytes, first: int, becomes: str) -> None:
    bench = Bench("ann", "bo")
    item = bench.body("ann", body, first=first, form=Form.RECEIPT, previous=bytes(32))
    assert kinds(bench.take("bo", item)) == [becomes]


def test_e06_a_reader_writes_nothing_that_counts() -> None:
    bench = Bench("ann")
    bench.take("ann", bench.join("eva", READER))
    bench.words("eva", 2)
    items = bench.sealed("eva")
    assert kinds(bench.take("ann", *items[::-1])) == ["Quarantine", "Quarantine"]
    assert {why for why, _raw in bench["ann"].quarantine.values()} == {"reader"}
    assert bench.content("ann") == {}


def test_an_envelope_of_no_epoch_at_all_is_not_taken_for_one_from_before() -> None:
    bench = Bench("ann", "bo")
    bench.words("ann", 1)
    effect = only(bench.take("bo", bench.again("ann", 1, 1, epoch=0)))
    assert isinstance(effect, Quarantine)
    assert effect.fault == "epoch"


def test_the_inbox_asks_the_products_own_checks_unless_told_otherwise() -> None:
    bench = Bench("ann", "bo", workshop=Real())
    bench.words("ann", 1)
    ((name, raw),) = bench.sealed("ann")
    assert parse(raw).device == bench.id("ann")
    assert kinds(list(inbox.take(MemoryReplica(bench["bo"]), name, raw))) == ["Apply"]
    assert inbox.take.__defaults__ == (REAL,)

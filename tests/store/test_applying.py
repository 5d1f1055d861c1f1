"""What laptops take in from each other ends the same on all, in whatever order it arrives."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from app.domain.chains import hash_of
from app.domain.hybrid import instant
from app.domain.revisions import canonical
from app.errors import StoreError
from app.store import arrivals, counting, envelopes, receipts, revisions
from app.store.integrity import check
from app.store.rebuild import rebuild
from tests.fakes.stores import keys_of
from tests.store.laptops import Laptop, orders

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from app.store.applying import Arrived

    Made = Callable[[str], Laptop]

NOW = datetime(2026, 10, 12, 9, 0, tzinfo=UTC)


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Made]:
    made: list[Laptop] = []

    def make(name: str) -> Laptop:
        made.append(Laptop(tmp_path / name))
        return made[-1]

    yield make
    for one in made:
        one.close()


def faults(one: Laptop) -> list[str]:
    one.store.settle()
    one.store.close()
    found = check(one.folder, keys_of(one.folder))
    one.reopen()
    return [sentence for part in found.parts for sentence in part.found]


def three_of_a_week(laptop: Made) -> tuple[list[Laptop], Arrived]:
    """Three laptops that wrote at the same time, on records of their own and on a common one.

    Also the envelope from before that.
    """
    asha, bea, cai = laptop("asha"), laptop("bea"), laptop("cai")
    asha.write("p-1", text="seen alone on Monday", note="n-1", position="a0")
    (first,) = asha.seal()
    for one in (bea, cai):
        one.take(first)
        one.write("p-1", text=f"seen by {one.folder.name}")
        one.write(f"p-{one.folder.name}", text="children heard", note="n-1", position="a1")
        one.write("n-2", "professional_interview", title="seen", children=["k-1"])
    cai.write("p-cai", deleted=True)
    asha.write("p-1", type="verbatim")
    return [asha, bea, cai], first


def test_d02_every_order_of_arrival_ends_in_the_same_records_and_finds_the_same(
    laptop: Made,
) -> None:
    week, first = three_of_a_week(laptop)
    queues = [one.seal() for one in week]
    week[1].write("p-9", text="later still")
    queues[1] += week[1].seal()
    ends = []
    for number, order in enumerate(orders(*queues)):
        one = laptop(f"reader {number}")
        one.take_all([first, *order])
        ends.append((one.derived(), one.found("seen", "heard", "alone", "later")))
        assert one.forks("p-1")["text"]
        one.store.write(rebuild).result()
        assert one.derived() == ends[0][0]
    assert len(ends) == 12
    assert all(one == ends[0] for one in ends)


def test_d11_an_envelope_that_comes_again_changes_nothing(laptop: Made) -> None:
    asha, bea = laptop("asha"), laptop("bea")
    asha.write("p-1", text="seen")
    (one,) = asha.seal()
    bea.take(one)
    before = bea.ask("SELECT * FROM revision"), bea.derived()
    for _ in range(4):
        assert bea.store.read(lambda reader: envelopes.unknown(reader.connection, [one.name])) == []
        with pytest.raises(StoreError):
            bea.take(one)
    assert before == (bea.ask("SELECT * FROM revision"), bea.derived())


def test_d11_an_envelope_that_holds_more_than_one_before_adds_the_rest_alone(laptop: Made) -> None:
    asha, bea = laptop("asha"), laptop("bea")
    asha.write("p-1", text="one")
    (early,) = asha.seal()
    asha.write("p-2", text="two")
    (late,) = asha.seal()
    both = late._replace(
        first=1,
        previous=early.previous,
        bodies=(*early.bodies, *late.bodies),
        revisions=(*early.revisions, *late.revisions),
        hashes=(*early.hashes, *late.hashes),
    )
    bea.take(early)
    bea.take(both, 2)
    assert bea.words() == {"p-1": "one", "p-2": "two"}
    assert bea.derived() == asha.derived()


def test_d03_what_waited_survives_a_restart_and_a_rebuild_until_the_first_is_there(
    laptop: Made,
) -> None:
    asha, bea = laptop("asha"), laptop("bea")
    sent = []
    for number in range(1, 6):
        asha.write(f"p-{number}", text=f"number {number}")
        sent += asha.seal()
    for one in sent[1:]:
        bea.store.write(
            lambda tx, one=one: arrivals.keep(
                tx.connection, one.name, arrivals.WAITING, "earlier", raw=one.raw, at=NOW
            )
        ).result()
    bea.reopen()
    bea.store.write(rebuild).result()
    assert bea.words() == {}
    with pytest.raises(StoreError):
        bea.take(sent[1])
    bea.take(sent[0])
    for one in sent[1:]:
        raw = bea.store.read(lambda reader, one=one: arrivals.content(reader.connection, one.name))
        assert raw == one.raw
        bea.take(one)
        bea.store.write(lambda tx, one=one: arrivals.forget(tx.connection, one.name)).result()
    assert bea.words() == {f"p-{number}": f"number {number}" for number in range(1, 6)}
    assert bea.derived() == asha.derived()
    assert bea.ask("SELECT * FROM arrival") == []


def test_d12_five_thousand_changes_by_one_who_was_away_end_the_same(laptop: Made) -> None:
    asha, bea = laptop("asha"), laptop("bea")
    asha.store.write(
        lambda tx: tx.write_many([(f"p-{n}", "paragraph", {"text": "old"}) for n in range(500)])
    ).result()
    common = asha.seal()
    bea.take_all(common)
    chance = random.Random(12)

    def away(one: Laptop, count: int) -> None:
        changes = [
            (f"p-{chance.randrange(600)}", "paragraph", {"text": f"{one.folder.name} {n}"})
            for n in range(count)
        ]
        one.store.write(lambda tx: tx.write_many(changes)).result()

    away(asha, 5_000)
    away(bea, 300)
    of_asha, of_bea = asha.seal(), bea.seal()
    assert sum(len(one.bodies) for one in of_asha) == 5_000
    bea.take_all(of_asha)
    asha.take_all(of_bea)
    assert asha.derived() == bea.derived()
    assert asha.found("asha", "bea", "old") == bea.found("asha", "bea", "old")
    assert any(row[1] for row in asha.derived()[1]), "some were changed on both sides"


def test_d13_an_edit_beside_a_deletion_is_shown_on_both(laptop: Made) -> None:
    asha, bea = laptop("asha"), laptop("bea")
    asha.write("p-1", text="seen")
    (common,) = asha.seal()
    bea.take(common)
    asha.write("p-1", deleted=True)
    bea.write("p-1", text="seen and heard")
    gone, edited = asha.seal(), bea.seal()
    asha.take_all(edited)
    bea.take_all(gone)
    assert asha.words() == bea.words() == {"p-1": "seen and heard"}
    assert asha.forks("p-1") == bea.forks("p-1") == {"deleted": (False, True)}
    assert asha.found("heard") == bea.found("heard") == [{"p-1"}]


def test_d14_two_versions_stand_in_the_same_order_and_equal_ones_are_one(laptop: Made) -> None:
    asha, bea = laptop("asha"), laptop("bea")
    for one in (asha, bea):
        one.write("p-1", text=f"as {one.folder.name} saw it", type="evidence")
    of_asha, of_bea = asha.seal(), bea.seal()
    asha.take_all(of_bea)
    bea.take_all(of_asha)
    assert asha.forks("p-1") == bea.forks("p-1")
    assert set(asha.forks("p-1")) == {"text"}
    assert set(asha.forks("p-1")["text"]) == {"as asha saw it", "as bea saw it"}


@pytest.mark.parametrize(
    "harm",
    [
        'UPDATE record SET fields = \'{"text":"forged"}\'',
        "UPDATE record SET is_plain = 0, words = 'other words'",
        "UPDATE record SET forks = '{}'",
        "DELETE FROM record WHERE id = 'p-1'",
        "DELETE FROM link",
        "INSERT INTO passage (passage) VALUES ('delete-all')",
    ],
)
def test_d15_derived_rows_that_were_altered_are_told_and_made_anew(laptop: Made, harm: str) -> None:
    week, first = three_of_a_week(laptop)
    reader = laptop("reader")
    reader.take(first)
    for one in week:
        reader.take_all(one.seal())
    before = reader.derived(), reader.found("seen", "heard")
    assert faults(reader) == []
    reader.do(harm)
    assert faults(reader)
    reader.store.write(rebuild).result()
    assert faults(reader) == []
    assert before == (reader.derived(), reader.found("seen", "heard"))


def test_g02_g03_a_removal_first_or_last_leaves_the_same_and_keeps_what_was_before_it(
    laptop: Made,
) -> None:
    asha, bea = laptop("asha"), laptop("bea")
    asha.write("p-1", text="common")
    common = asha.seal()
    bea.take_all(common)
    bea.write("p-1", text="before the cut")
    bea.write("p-2", text="own, before")
    before = bea.seal()
    bea.write("p-1", text="after the cut")
    bea.write("p-3", text="own, after", note="n-9", other="p-1")
    after = bea.seal()
    asha.write("p-1", text="beside it")
    beside = asha.seal()
    limits = {bea.id: 2}
    ends = []
    for name, place in (("first", 0), ("middle", 3), ("last", 4)):
        one = laptop(name)
        for number, sent in enumerate([*common, *before, *beside, *after, None]):
            if number == place:
                one.store.write(lambda tx: counting.set_counting(tx, limits)).result()
            if sent is not None:
                one.take(sent)
        ends.append((one.derived(), one.found("common", "before", "after", "beside")))
        assert faults(one) == []
    assert ends[0] == ends[1] == ends[2]
    assert ends[0][1][1] == {"p-2"} | ({"p-1"} if one.words()["p-1"] == "before the cut" else set())
    assert ends[0][1][2] == set()
    assert one.words().keys() == {"p-1", "p-2"}
    assert set(one.forks("p-1")["text"]) == {"before the cut", "beside it"}
    held = one.store.read(lambda reader: reader.history("p-3"))
    assert [revision.fields["text"] for revision in held] == ["own, after"]
    assert one.store.read(lambda reader: reader.counting("p-3")) == []
    one.store.write(lambda tx: counting.set_counting(tx, {})).result()
    assert one.words()["p-3"] == "own, after"
    assert faults(one) == []


def test_what_somebody_types_never_stops_counting_under_their_own_hands(laptop: Made) -> None:
    asha = laptop("asha")
    asha.write("p-1", text="typed here")
    asha.store.write(lambda tx: counting.set_counting(tx, {asha.id: 0})).result()
    assert asha.words() == {"p-1": "typed here"}


def test_l02_a_clock_in_the_year_2100_pulls_nobody_along(laptop: Made) -> None:
    asha, bea = laptop("asha"), laptop("bea")
    asha.clock.set(datetime(2100, 1, 1, tzinfo=UTC))
    asha.write("p-1", text="from tomorrow")
    bea.clock.move(timedelta(minutes=5))
    bea.take_all(asha.seal())
    bea.write("p-1", text="from today")
    stamp = bea.store.read(lambda reader: reader.history("p-1"))[-1].at
    assert instant(stamp) == bea.clock.now()
    assert bea.words() == {"p-1": "from today"}
    asha.clock.set(bea.clock.now())
    asha.take_all(bea.seal())
    asha.write("p-1", text="put right")
    asha_at = asha.store.read(lambda reader: reader.history("p-1"))[-1].at
    assert instant(asha_at) < NOW + timedelta(days=1)
    bea.take_all(asha.seal())
    bea.clock.set(bea.clock.now() - timedelta(minutes=2))
    bea.write("p-2", text="a clock set back a little")
    assert bea.store.read(lambda reader: reader.history("p-2"))[-1].at > asha_at


def test_revisions_that_do_not_follow_are_not_taken_in_at_all(laptop: Made) -> None:
    asha, bea = laptop("asha"), laptop("bea")
    asha.write("p-1", text="one")
    (early,) = asha.seal()
    asha.write("p-2", text="two")
    (late,) = asha.seal()
    bea.take(early)
    before = bea.ask("SELECT * FROM revision"), bea.ask("SELECT name FROM envelope")
    for wrong in (
        late._replace(previous=b"\1" * 32),
        late._replace(first=3),
        late._replace(first=1),
    ):
        with pytest.raises(StoreError):
            bea.take(wrong)
        assert before == (bea.ask("SELECT * FROM revision"), bea.ask("SELECT name FROM envelope"))
    bea.take(late)


def test_a_gap_that_can_never_be_filled_is_no_damage_and_any_other_is(laptop: Made) -> None:
    asha, bea = laptop("asha"), laptop("bea")
    asha.write("p-1", text="before bea belonged")
    asha.seal()
    asha.write("p-2", text="since")
    (late,) = asha.seal()
    with pytest.raises(StoreError):
        bea.take(late)
    bea.take(late, gap=True)
    assert bea.words() == {"p-2": "since"}
    assert faults(bea) == []
    bea.harm("UPDATE envelope SET gap = 0", "envelope_never_changes")
    assert "does not follow" in " ".join(faults(bea))


def test_e11_a_list_can_say_who_holds_each_record(laptop: Made) -> None:
    asha, bea, cai = laptop("asha"), laptop("bea"), laptop("cai")
    asha.write("p-1", text="one")
    early = asha.seal()
    asha.write("p-2", text="two")
    asha.write("p-3", text="three")
    bea.take_all(early)
    cai.take_all(early)
    asha.hear(bea.receipt())

    def spread() -> dict[str, tuple[set[str], bool]]:
        found = asha.store.read(
            lambda reader: receipts.spread(reader.connection, ["p-1", "p-2", "nothing"])
        )
        return {record: (set(one.laptops), one.is_sealed) for record, one in found.items()}

    assert spread() == {"p-1": ({asha.id, bea.id}, True), "p-2": ({asha.id}, False)}
    late = asha.seal()
    bea.take_all(late)
    bea.write("p-1", text="one, changed")
    asha.take_all(bea.seal())
    for one in (bea.receipt(), cai.receipt()):
        asha.hear(one)
    assert spread() == {"p-1": ({asha.id, bea.id}, True), "p-2": ({asha.id, bea.id}, True)}


@pytest.mark.parametrize("table", ["revision", "envelope", "roster", "aside"])
def test_what_vouches_for_the_history_can_neither_be_changed_nor_removed(
    laptop: Made, table: str
) -> None:
    asha = laptop("asha")
    asha.write("p-1", text="one")
    asha.seal()
    asha.do("INSERT INTO roster (place, entry) VALUES (0, x'00')")
    asha.do(
        "INSERT INTO aside (device, number, record, body, hash) "
        "SELECT device, number, record, body || ' ', hash FROM revision"
    )
    columns = [row[1] for row in asha.ask(f"PRAGMA table_info({table})")]
    settings = [f"{one} = NULL" for one in columns if one not in {"name", "parcel"}]
    for statement in (
        f"DELETE FROM {table}",  # noqa: S608 - the test's own names
        *(f"UPDATE {table} SET {one}" for one in settings),  # noqa: S608 - as above
    ):
        with pytest.raises(StoreError):
            asha.do(statement)
    assert len(asha.ask(f"SELECT * FROM {table}")) == 1  # noqa: S608 - as above


def test_verifying_finds_what_a_hand_in_the_database_did_to_others_words(laptop: Made) -> None:
    asha, bea = laptop("asha"), laptop("bea")
    asha.write("p-1", text="she said yes")
    bea.take_all(asha.seal())
    assert faults(bea) == []
    (seq, number, body) = bea.ask("SELECT seq, number, body FROM revision")[0]
    forged = json.loads(body)
    forged[2] = number + 1
    forged[-1] = bea.ask("SELECT hash FROM revision")[0][0].hex()
    text = canonical(forged)
    bea.do(
        "INSERT INTO revision (seq, device, number, record, body, hash) "
        "SELECT ?, device, ?, record, ?, ? FROM revision",
        seq + 1,
        number + 1,
        text,
        hash_of(text),
    )
    bea.do("UPDATE head SET number = ?, hash = ?", number + 1, hash_of(text))
    bea.store.write(rebuild).result()
    assert "lie in no envelope" in " ".join(faults(bea))


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE envelope SET raw = zeroblob(length(raw))",
        "UPDATE envelope SET name = replace(name, substr(name, 1, 2), 'zz')",
        "UPDATE envelope SET epoch = 2",
        "UPDATE device SET public = zeroblob(length(public)) WHERE is_self = 0",
    ],
)
def test_verifying_finds_an_envelope_that_is_not_as_it_was_signed(laptop: Made, harm: str) -> None:
    asha, bea = laptop("asha"), laptop("bea")
    asha.write("p-1", text="one")
    bea.take_all(asha.seal())
    bea.harm(harm, "envelope_never_changes")
    assert "not as it was signed" in " ".join(faults(bea))


def test_the_newest_stamp_believed_is_the_newest_that_can_be(laptop: Made) -> None:
    asha = laptop("asha")
    asha.write("p-1", text="x")
    at = asha.store.read(lambda reader: reader.history("p-1"))[0].at
    newest = asha.store.read(lambda reader: revisions.newest_stamp(reader.connection, at))
    assert newest == at
    assert asha.store.read(lambda reader: revisions.newest_stamp(reader.connection, at - 1)) == 0

"""Nobody deletes much at a stroke, and nobody gets round that by doing it bit by bit."""

from __future__ import annotations

import pytest

from app.domain.revisions import DELETED
from app.sync.effects import Apply, Park, Reason
from app.sync.guard import is_much
from tests.sync.benches import Bench, Item, kinds


@pytest.fixture
def bench() -> Bench:
    """Sixty records of ann's that everybody holds."""
    bench = Bench("ann", "bo", "cas")
    bench.words("ann", 60)
    items = bench.sealed("ann", 100)
    for name in ("bo", "cas"):
        bench.take(name, *items)
    return bench


def deleted(bench: Bench, name: str, count: int, most: int = 100) -> list[Item]:
    for number in range(count):
        bench.write(name, f"r{number}", **{DELETED: True})
    return bench.sealed(name, most)


def standing(bench: Bench, name: str) -> int:
    return len(bench[name].standing)


@pytest.mark.parametrize(
    ("gone", "of", "asks"),
    [(4, 10, False), (5, 100, False), (5, 99, True), (20, 10_000, False), (21, 10_000, True)],
)
def test_how_much_is_much(gone: int, of: int, asks: bool) -> None:  # noqa: FBT001
    assert is_much(gone, of) is asks


def test_little_is_deleted_without_asking(bench: Bench) -> None:
    assert kinds(bench.take("bo", *deleted(bench, "ann", 3))) == ["Apply"]
    assert standing(bench, "bo") == 57


@pytest.mark.parametrize("most", [1, 2, 30])
def test_much_waits_for_a_person_however_it_is_cut(bench: Bench, most: int) -> None:
    items = deleted(bench, "ann", 30, most)
    done = bench.take("bo", *items)
    asked = [one.name for one in done if isinstance(one, Park) and one.wait.reason is Reason.PERSON]
    assert len(asked) == 1
    assert standing(bench, "bo") >= 56
    bench.words("cas", 1, "c")
    assert kinds(bench.take("bo", *bench.sealed("cas"))) == ["Apply"], "the others aren't held up"
    assert bench.reconsider("bo") == []
    let_in = bench.let_in("bo", next(one for one in items if one[0] == asked[0]))
    assert {one.agreed for one in let_in if isinstance(one, Apply)} == {True}
    assert standing(bench, "bo") == 31
    assert not bench["bo"].waiting


def test_what_waits_behind_counts_as_well(bench: Bench) -> None:
    items = deleted(bench, "ann", 12, 4)
    assert kinds(bench.take("bo", items[2], items[1])) == ["Park", "Park"]
    first = bench.take("bo", items[0])
    assert [one.wait.reason for one in first if isinstance(one, Park)] == [Reason.PERSON]
    assert standing(bench, "bo") == 60


def test_a_second_envelope_that_deletes_is_weighed_with_what_still_waits(bench: Bench) -> None:
    items = deleted(bench, "ann", 6, 1)
    done = bench.take("bo", *items[1:3], items[4], items[0])
    assert kinds(done) == ["Park"] * 3 + ["Apply"] * 3
    assert kinds(bench.take("bo", items[5], items[3])) == ["Park", "Park"]
    assert standing(bench, "bo") == 57


def test_after_a_yes_it_is_asked_again_when_much_comes_again(bench: Bench) -> None:
    items = deleted(bench, "ann", 10)
    bench.take("bo", *items)
    bench.let_in("bo", items[0])
    for number in range(10, 12):
        bench.write("ann", f"r{number}", **{DELETED: True})
    assert kinds(bench.take("bo", *bench.sealed("ann"))) == ["Apply", "Apply"]
    for number in range(12, 20):
        bench.write("ann", f"r{number}", **{DELETED: True})
    assert kinds(bench.take("bo", *bench.sealed("ann", 100))) == ["Park"]


def test_a_yes_is_only_for_what_asks(bench: Bench) -> None:
    bench.words("ann", 2, "more")
    first, second = bench.sealed("ann")
    bench.take("bo", second)
    assert bench.let_in("bo", second) == []
    assert bench.let_in("bo", first) == []
    assert bench.content("bo").keys().isdisjoint({"more0", "more1"})


def test_a_laptop_that_has_just_joined_has_nothing_to_protect_yet(bench: Bench) -> None:
    items = deleted(bench, "ann", 30)
    bench["cas"].is_new = True
    assert kinds(bench.take("cas", *items)) == ["Apply"]


def test_put_back_a_laptop_takes_its_own_deletions_without_asking(bench: Bench) -> None:
    earlier = bench["ann"].copy()
    items = deleted(bench, "ann", 30)
    bench.disks["ann"] = earlier
    assert kinds(bench.take("ann", *items)) == ["Renew", "Apply"]
    assert standing(bench, "ann") == 30


def test_what_was_restored_again_or_never_stood_is_no_deletion(bench: Bench) -> None:
    for number in range(30):
        bench.write("ann", f"r{number}", **{DELETED: True})
        bench.write("ann", f"r{number}", **{DELETED: None})
        bench.write("ann", f"new{number}", text="x")
        bench.write("ann", f"new{number}", **{DELETED: True})
    assert kinds(bench.take("bo", *bench.sealed("ann", 500))) == ["Apply"]
    assert standing(bench, "bo") == 60


def test_a_device_that_is_cut_off_meanwhile_is_no_longer_asked_about(bench: Bench) -> None:
    bench.take("asha", bench.again("ann", 1, 60))
    items = deleted(bench, "ann", 30)
    bench.take("bo", *items)
    done = bench.take("bo", bench.remove("ann", 60))
    assert kinds(done) == ["Grow", "Quarantine"]
    assert bench.let_in("bo", items[0]) == []
    assert standing(bench, "bo") == 60


def test_the_same_words_sealed_again_are_skipped_once_they_were_let_in(bench: Bench) -> None:
    items = deleted(bench, "ann", 30)
    twice = bench.again("ann", 61, 90)
    bench.take("bo", *items, twice)
    assert len(bench["bo"].waiting) == 2
    bench.let_in("bo", twice)
    assert standing(bench, "bo") == 30
    assert not bench["bo"].waiting


def test_what_waits_and_can_not_be_read_counts_for_nothing(bench: Bench) -> None:
    items = deleted(bench, "ann", 8, 4)
    disk = bench["bo"]
    bench.take("bo", items[1])
    ((row, _raw),) = disk.waiting.values()
    for number, item in enumerate(
        (bench.body("ann", b"x", 99), bench.again("ann", 65, 68, epoch=7))
    ):
        name = f"{number:064}.env"
        disk.waiting[name] = (row._replace(name=name), item[1])
    assert kinds(bench.take("bo", items[0])) == ["Park"]

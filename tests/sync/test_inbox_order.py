"""Whatever order things arrive in, however often, whatever is interrupted: the same in the end."""

from __future__ import annotations

import itertools
import random

import pytest

from app.domain.revisions import DELETED
from app.sync.effects import Accuse, Apply, Park, Reason, Renew
from tests.sync.benches import Bench, Item, kinds
from tests.sync.simulator.disk import Disk
from tests.sync.simulator.replica import grow_own


def conversation(bench: Bench) -> list[Item]:
    """Six items: two write, one having read the other, and the team changes in between."""
    bench.words("ann", 2)
    items = bench.sealed("ann", 1)
    bench.take("bo", *items)
    bench.write("bo", "r0", text="bo, having read ann")
    bench.write("bo", "r1", **{DELETED: True})
    items += bench.sealed("bo", 2)
    items.append(bench.grow("rotate"))
    bench.take("ann", items[-1])
    bench.write("ann", "r1", text="ann, not knowing of bo")
    items += bench.sealed("ann")
    bench.words("ann", 1, "late")
    return items + bench.sealed("ann")


def shown(bench: Bench, name: str) -> object:
    disk = bench[name]
    assert all(disk.derived[record] == disk.rebuilt(record) for record in disk.by_record)
    return (bench.content(name), bench.forks(name), disk.newest, disk.roster.head, disk.waiting)


def test_d02_every_order_of_six_items_ends_the_same() -> None:
    bench = Bench("ann", "bo", "cas")
    items = conversation(bench)
    assert len(items) == 6
    before = bench["cas"]
    ends = []
    for order in itertools.permutations(items):
        bench.disks["cas"] = before.copy()
        bench.take("cas", *order)
        ends.append(shown(bench, "cas"))
    assert ends[0] == (
        bench.content("cas"),
        {"r1": {"deleted": (False, True)}},
        bench["cas"].newest,
        bench["asha"].roster.head,
        {},
    )
    assert all(end == ends[0] for end in ends)


def test_d02_c29_a_thousand_orders_of_many_items_end_the_same() -> None:
    bench = Bench("ann", "bo", "cas")
    items = conversation(bench)
    bench.words("bo", 3, "more")
    items += bench.sealed("bo")
    bench.take("ann", *items)
    for number in range(3):
        bench.write("ann", f"more{number}", text="answered")
    items += bench.sealed("ann")
    before, chance = bench["cas"], random.Random(2)
    ends = []
    for _ in range(1_000):
        chance.shuffle(items)
        bench.disks["cas"] = before.copy()
        bench.take("cas", *items)
        ends.append(shown(bench, "cas"))
    assert all(end == ends[0] for end in ends)
    assert bench.text("cas", "more2") == "answered"


def test_d03_what_came_before_the_first_is_taken_in_with_it() -> None:
    bench = Bench("ann", "bo")
    bench.words("ann", 5)
    first, *rest = bench.sealed("ann")
    assert kinds(bench.take("bo", *rest)) == ["Park"] * 4
    assert bench.content("bo") == {}
    assert bench.reconsider("bo") == []
    assert kinds(bench.take("bo", first)) == ["Apply"] * 5
    assert bench.text("bo", "r4") == "ann r 4"


@pytest.mark.parametrize("again", [1, 2, 3, 5])
def test_d11_f07_doubles_change_nothing_and_cost_nothing(again: int) -> None:
    bench = Bench("ann", "bo", "cas")
    items = conversation(bench)
    bench.take("cas", *items)
    once = shown(bench, "cas")
    bench.take("bo", *[one for one in reversed(items) for _ in range(again)])
    assert bench.content("bo") == bench.content("cas")
    held = len(bench["cas"].settled)
    assert bench.take("cas", *items * again) == []
    assert shown(bench, "cas") == once
    assert len(bench["cas"].settled) == held


def test_d11_what_waits_is_not_let_go_of_when_it_comes_again() -> None:
    bench = Bench("ann", "bo")
    bench.words("ann", 2)
    first, second = bench.sealed("ann")
    bench.take("bo", second, second, second)
    assert list(bench["bo"].waiting) == [second[0]]
    bench.take("bo", first)
    assert bench.text("bo", "r1") == "ann r 1"


def test_c28_c56_an_interruption_between_any_two_effects_loses_nothing() -> None:
    bench = Bench("ann", "bo", "cas")
    items = conversation(bench)
    chance = random.Random(3)
    before = bench["cas"]
    bench.take("cas", *items)
    whole = shown(bench, "cas")
    for stop in range(1, 12):
        bench.disks["cas"] = before.copy()
        chance.shuffle(items)
        done = 0
        for item in items:
            decided = bench.decided("cas", item)
            for effect in decided:
                bench._carry("cas", [effect])
                done += 1
                if done == stop:
                    decided.close()  # it went dead after this effect
                    break
            if done == stop:
                break
        bench.reconsider("cas")
        bench.take("cas", *items)
        assert shown(bench, "cas") == whole


def test_overlapping_envelopes_bring_what_is_new_in_them_and_nothing_twice() -> None:
    bench = Bench("ann", "bo")
    bench.words("ann", 4)
    bench.take("bo", bench.again("ann", 1, 2))
    (applied,) = bench.take("bo", bench.again("ann", 2, 4))
    assert isinstance(applied, Apply)
    assert (applied.new_from, applied.gap) == (3, False)
    assert kinds(bench.take("bo", bench.again("ann", 1, 4))) == ["Skip"]
    assert len(bench["bo"].revisions) == 4


def test_d07_a_claim_to_have_seen_what_nobody_wrote_waits_and_replaces_nothing() -> None:
    bench = Bench("ann", "bo", "cas")
    bench.words("ann", 1)
    bench.take("cas", *bench.sealed("ann"))
    bench.take("bo", bench.again("ann", 1, 1))
    bench["bo"].newest[bench.id("ann")] = bench["bo"].newest[bench.id("ann")]._replace(number=9)
    claims = bench["bo"].by_record["r0"]
    claims[0] = type(claims[0])(
        claims[0].dot._replace(number=9), "r0", "paragraph", claims[0].at, claims[0].fields, {}
    )
    bench.write("bo", "r0", text="bo has seen nine of ann's")
    (parked,) = bench.take("cas", *bench.sealed("bo"))
    assert isinstance(parked, Park)
    assert (parked.wait.reason, parked.wait.device) == (Reason.SEEN, bench.id("ann"))
    assert parked.wait.number == 9
    assert bench.text("cas", "r0") == "ann r 0"
    bench.words("ann", 8, "late")
    bench.take("cas", *bench.sealed("ann"))
    assert bench.text("cas", "r0") == "bo has seen nine of ann's"


def test_d07_a_claim_to_have_seen_its_own_later_words_is_put_aside() -> None:
    bench = Bench("ann", "bo")
    bench.words("ann", 1)
    own = bench["ann"].by_record["r0"]
    dot = own[0].dot._replace(number=7)
    own[0] = type(own[0])(dot, "r0", "paragraph", own[0].at, own[0].fields, {})
    bench.write("ann", "r0", text="knows the future")
    assert kinds(bench.take("bo", *bench.sealed("ann"))) == ["Apply", "Quarantine"]
    assert [why for why, _raw in bench["bo"].quarantine.values()] == ["context"]


def test_d13_c53_an_edit_beside_a_deletion_is_shown_and_kept() -> None:
    bench = Bench("ann", "bo", "cas")
    bench.words("ann", 1)
    start = bench.sealed("ann")
    bench.take("bo", *start)
    bench.write("ann", "r0", **{DELETED: True})
    bench.write("bo", "r0", text="still needed")
    items = [*start, *bench.sealed("ann"), *bench.sealed("bo")]
    for name in ("ann", "bo", "cas"):
        bench.take(name, *items)
        assert bench.text(name, "r0") == "still needed"
        assert bench.forks(name) == {"r0": {DELETED: (False, True)}}


def test_d14_c5_both_of_two_versions_stand_in_one_order_until_a_person_chooses() -> None:
    bench = Bench("ann", "bo", "cas")
    bench.words("ann", 1)
    start = bench.sealed("ann")
    bench.take("bo", *start)
    bench.write("ann", "r0", text="high risk")
    bench.write("bo", "r0", text="low risk")
    items = [*start, *bench.sealed("ann"), *bench.sealed("bo")]
    seen = []
    for name in ("ann", "bo", "cas"):
        bench.take(name, *items)
        seen.append(bench.forks(name)["r0"]["text"])
    assert set(seen[0]) == {"high risk", "low risk"}
    assert seen == [seen[0]] * 3
    bench.write("cas", "r0", text="low risk")
    chosen = bench.sealed("cas")
    for name in ("ann", "bo"):
        bench.take(name, *chosen)
        assert bench.forks(name) == {}
        assert bench.text(name, "r0") == "low risk"


def test_c62_choosing_one_version_keeps_the_other_in_the_history() -> None:
    bench = Bench("ann", "bo")
    bench.write("ann", "r0", text="high risk")
    bench.write("bo", "r0", text="low risk")
    bench.take("bo", *bench.sealed("ann"))
    bench.write("bo", "r0", text="low risk")
    bench.take("ann", *bench.sealed("bo"))
    for name in ("ann", "bo"):
        history = [one.fields["text"] for one in bench[name].by_record["r0"]]
        assert sorted(history) == ["high risk", "low risk", "low risk"]


def test_c20_the_same_words_written_twice_are_no_conflict() -> None:
    bench = Bench("ann", "bo")
    bench.write("ann", "r0", text="agreed", kind="evidence")
    bench.take("bo", *bench.sealed("ann"))
    bench.write("ann", "r0", kind="verbatim")
    bench.write("bo", "r0", text="agreed")
    items = bench.sealed("ann") + bench.sealed("bo")
    for name in ("ann", "bo"):
        bench.take(name, *items)
        assert bench.forks(name) == {}
        assert bench.content(name)["r0"]["kind"] == "verbatim"


def test_c21_l02_a_clock_in_the_year_2100_wins_nothing() -> None:
    bench = Bench("ann", "bo")
    bench["ann"].stamp = 4_102_444_800_000 << 16
    bench.write("ann", "r0", text="from 2100")
    bench.take("bo", *bench.sealed("ann"))
    bench["bo"].stamp = 0
    bench.write("bo", "r0", text="read it, and wrote after")
    bench.take("ann", *bench.sealed("bo"))
    for name in ("ann", "bo"):
        assert bench.text(name, "r0") == "read it, and wrote after"
        assert bench.forks(name) == {}


def test_c27_c51_an_older_or_empty_laptop_takes_nothing_from_the_others() -> None:
    bench = Bench("ann", "bo")
    bench.words("ann", 3)
    items = bench.sealed("ann")
    bench.take("bo", *items)
    here = bench.content("bo")
    bench.disks["ann"] = bench._told("ann")
    bench.take("bo", *bench.sealed("ann"), bench.receipt("ann"))
    assert bench.content("bo") == here
    bench.take("ann", *items)
    assert bench.content("ann") == here


def fork(bench: Bench) -> tuple[list[Item], list[Item], list[Item]]:
    """A laptop's folder is copied: what both have, and what each goes on with."""
    bench.words("ann", 2)
    common = bench.sealed("ann")
    bench.disks["twin"] = bench["ann"].copy()
    bench.words("ann", 3, "left")
    bench.words("twin", 2, "right")
    return common, bench.sealed("ann"), bench.sealed("twin")


def test_d05_d06_a_laptop_that_says_two_things_is_found_out_and_both_are_kept() -> None:
    bench = Bench("ann", "bo", "cas", "dan")
    common, left, right = fork(bench)
    bench.take("bo", *common, *left)
    bench.take("cas", *common, *right)
    assert kinds(bench.take("bo", *right)) == ["Accuse", "Quarantine"]
    assert kinds(bench.take("cas", *left)) == ["Accuse", "Quarantine", "Quarantine"]
    for order in itertools.permutations([*left[:2], *right]):
        disk = bench["dan"]
        bench.take("dan", *common, *order, *left)
        assert disk.forks == {bench.id("ann"): 3}
        assert bench.content("dan") == bench.content("bo") == bench.content("cas")
        bench.disks["dan"] = bench._told("dan")
    for name, other in (("bo", right), ("cas", left)):
        kept = {*bench[name].proofs, *bench[name].quarantine}
        assert kept == {item[0] for item in other}


def test_d05_both_copies_take_new_identities_and_write_their_words_again() -> None:
    bench = Bench("ann", "bo")
    common, left, right = fork(bench)
    known_as = bench.id("ann")
    done = bench.take("ann", *right)
    assert kinds(done) == ["Renew", "Accuse", "Quarantine"]
    bench.take("twin", *left)
    bench.take("bo", *common, *left, *right)
    for name in ("ann", "twin"):
        assert bench.id(name) != known_as
        lead = bench["asha"]
        entry = bench.workshop.add(
            lead.roster, lead.present, lead.secrets, bench[name].present, "inspector", 1
        )
        bench.take("bo", *[_grown(lead, entry, bench)])
    for name in ("ann", "twin"):
        bench[name].roster, bench[name].secrets = bench["asha"].roster, bench["asha"].secrets
        bench.take("bo", *bench.sealed(name))
    for record in ("left0", "left2", "right0", "right1"):
        assert bench.text("bo", record) is not None


def _grown(lead: Disk, entry: bytes, bench: Bench) -> Item:
    return grow_own(lead, entry, bench.workshop)


def test_an_earlier_difference_lowers_what_counts_on_every_laptop() -> None:
    bench = Bench("ann", "bo", "cas")
    common, left, right = fork(bench)
    bench.take("bo", *common, *left)
    last_first = bench.again("twin", 4, 4)
    (proof,) = bench.take("bo", last_first)
    assert isinstance(proof, Accuse)
    assert proof.number == 3, "the hash before tells of the one before"
    bench.take("cas", *common, *right)
    bench.take("cas", *left[::-1])
    assert bench["cas"].limits == bench["bo"].limits == {bench.id("ann"): 2}
    bench = Bench("ann", "bo")
    common, left, right = fork(bench)
    bench.words("twin", 1, "further")
    bench.take("bo", *common, *left)
    assert kinds(bench.take("bo", bench.again("twin", 5, 5))) == ["Accuse"]
    assert bench["bo"].forks == {bench.id("ann"): 4}
    assert kinds(bench.take("bo", right[0])) == ["Accuse"]
    assert bench["bo"].forks == {bench.id("ann"): 3}
    assert kinds(bench.take("bo", right[1])) == ["Quarantine"]
    assert len(bench["bo"].proofs) == 2


def test_a_laptop_that_was_put_back_is_told_so_once_and_holds_its_own_words_again() -> None:
    bench = Bench("ann", "bo")
    bench.words("ann", 2)
    common = bench.sealed("ann")
    earlier = bench["ann"].copy()
    bench.words("ann", 2, "later")
    later = bench.sealed("ann")
    bench.disks["ann"] = earlier
    known_as = bench.id("ann")
    done = bench.take("ann", *common, *later)
    assert kinds(done) == ["Renew", "Apply", "Apply"]
    assert isinstance(done[0], Renew)
    assert (done[0].device, done[0].number) == (known_as, 3)
    assert bench.text("ann", "later1") == "ann later 1"
    assert bench.id("ann") != known_as


def test_d04_what_was_typed_before_it_is_told_is_written_again_and_accuses_nobody() -> None:
    bench = Bench("ann", "bo")
    bench.words("ann", 1)
    common = bench.sealed("ann")
    bench.take("bo", *common)
    earlier = bench["ann"].copy()
    bench.words("ann", 2, "later")
    later = bench.sealed("ann")
    bench.disks["ann"] = earlier
    bench.words("ann", 1, "typed")
    assert kinds(bench.take("ann", *later)) == ["Renew", "Apply", "Apply"]
    assert bench["ann"].forks == {}
    assert bench.content("ann").keys() == {"r0", "later0", "later1", "typed0"}


def test_an_own_envelope_that_waits_for_an_earlier_one_tells_once_that_it_was_put_back() -> None:
    bench = Bench("ann", "bo")
    earlier = bench["ann"].copy()
    bench.words("ann", 3)
    items = bench.sealed("ann")
    bench.disks["ann"] = earlier
    assert kinds(bench.take("ann", *items[::-1])) == ["Renew", *["Park"] * 2, *["Apply"] * 3]
    # And where it could not be opened when it came.
    bench = Bench("ann", "bo")
    earlier = bench["ann"].copy()
    rotated = bench.grow("rotate")
    bench.take("ann", rotated)
    bench.words("ann", 1)
    items = bench.sealed("ann")
    bench.disks["ann"] = earlier
    assert kinds(bench.take("ann", *items, rotated)) == ["Park", "Grow", "Renew", "Apply"]


def test_whoever_is_handed_both_things_by_one_who_found_out_finds_out_too() -> None:
    bench = Bench("ann", "bo", "cas")
    common, left, right = fork(bench)
    bench.take("bo", *common, *left, *right)
    bench.take("cas", *bench["bo"].offered().items())
    assert bench["cas"].limits == bench["bo"].limits == {bench.id("ann"): 2}


def test_a_receipt_that_knows_more_of_a_laptop_than_it_does_itself_says_that_it_was_put_back() -> (
    None
):
    bench = Bench("ann", "bo")
    earlier = bench["ann"].copy()
    bench.words("ann", 2)
    bench.take("bo", *bench.sealed("ann"))
    receipt = bench.receipt("bo")
    assert kinds(bench.take("ann", receipt)) == ["Hear"]
    bench.disks["ann"] = earlier
    done = bench.take("ann", receipt)
    assert kinds(done) == ["Renew", "Hear"]
    assert isinstance(done[0], Renew)
    assert done[0].number == 2

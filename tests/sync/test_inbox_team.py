"""Changes to the team: only the rules make them, and what counts is the same in any order."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import pytest

from app.crypto import lead, roster_rules
from app.crypto.envelope import Form
from app.crypto.primitives import sha256
from app.crypto.roster import DEPUTY, INSPECTOR, READER
from app.errors import UntrustedKeyError
from app.sync import inbox
from app.sync.counting import counts_up_to, is_here
from app.sync.effects import Apply, Park, Quarantine, Reason
from tests.sync.benches import Bench, Item, kinds
from tests.sync.simulator.replica import MemoryReplica, grow_own, parcel
from tests.sync.simulator.workshop import Cheap, Real, Workshop


@pytest.fixture(params=[Real, Cheap], ids=["real", "cheap"])
def bench(request: pytest.FixtureRequest) -> Bench:
    workshop: Workshop = request.param()
    return Bench("ann", "bo", "cas", workshop=workshop)


def faults(bench: Bench, name: str) -> list[str]:
    return sorted(why for why, _raw in bench[name].quarantine.values())


def entry_of(bench: Bench, name: str, kind: str, **body: Any) -> bytes:
    """An entry that a laptop writes on the team it knows."""
    disk = bench[name]
    return bench.workshop.change(disk.roster, disk.present, kind, **body)


def test_g02_g03_a_removal_before_or_after_the_words_ends_the_same(bench: Bench) -> None:
    bench.words("ann", 2)
    bench.take("asha", *bench.sealed("ann"))
    bench.words("ann", 2, "past")
    spanning = bench.again("ann", 2, 3)
    late = bench.sealed("ann")
    items = [bench.remove("ann", 2), bench.again("ann", 1, 1), spanning, late[-1]]
    ends = []
    before = bench["bo"]
    for order in itertools.permutations(items):
        bench.disks["bo"] = before.copy()
        bench.take("bo", *order)
        disk = bench["bo"]
        assert not disk.waiting
        ends.append((bench.content("bo"), disk.limits))
        kept = {*disk.envelopes, *disk.quarantine}
        assert kept == {name for name, _raw in items[1:]}, "what doesn't count is kept"
    assert ends[0][0].keys() == {"r0", "r1"}
    assert all(end == ends[0] for end in ends)


def test_g02_what_a_removed_laptop_wrote_past_its_cut_is_not_waited_for(bench: Bench) -> None:
    bench.words("ann", 1)
    bench.take("asha", *bench.sealed("ann"))
    bench.words("ann", 1, "past")
    bench.take("bo", bench.again("ann", 1, 1), bench.again("ann", 2, 2))
    bench.write("bo", "past0", text="bo answers ann")
    answered = bench.sealed("bo")
    bench.take("cas", *answered)
    assert bench.content("cas") == {}
    bench.take("cas", bench.again("ann", 1, 1), bench.remove("ann", 1))
    assert bench.text("cas", "past0") == "bo answers ann"
    assert not bench["cas"].waiting


def test_g04_f06_only_the_lead_changes_the_team_whoever_carries_it(bench: Bench) -> None:
    forged = parcel(bench["ann"], entry_of(bench, "ann", "rotate"), bench.workshop)
    before = bench["bo"].roster
    assert kinds(bench.take("bo", forged)) == ["Quarantine"]
    assert faults(bench, "bo") == ["signature"]
    assert bench["bo"].roster == before
    honest = bench.grow("rotate")
    carried = parcel(bench["cas"], bench["asha"].entries[-1], bench.workshop)
    assert carried[0] != honest[0]
    assert kinds(bench.take("bo", carried)) == ["Grow"]
    assert kinds(bench.take("bo", honest)) == ["Skip"]


def test_f06_old_or_reordered_changes_never_take_the_team_back(bench: Bench) -> None:
    items = [bench.grow("rotate"), bench.join("dan"), bench.grow("rotate"), bench.remove("cas", 0)]
    heads = set()
    before = bench["bo"]
    for order in itertools.permutations(items):
        disk = bench.disks["bo"] = before.copy()
        for item in order:
            length = disk.roster.length
            bench.take("bo", item)
            assert disk.roster.length >= length
        bench.take("bo", *items)
        heads.add(disk.roster.head)
        assert not disk.waiting
    assert heads == {bench["asha"].roster.head}


def test_a_parcel_that_says_another_place_outside_than_inside_is_put_aside(bench: Bench) -> None:
    item = bench.grow("rotate")
    entry = bench["asha"].entries[-1]
    place = bench["bo"].roster.length
    head = bench["bo"].roster.head

    for first, previous in ((place - 1, head), (place, bytes(32))):
        wrong = bench.body("ann", entry, first, previous=previous, form=Form.ROSTER)
        bench.take("bo", wrong)
    assert faults(bench, "bo") == ["place", "place"]
    junk = bench.body("ann", b"no entry", place, previous=head, form=Form.ROSTER)
    assert kinds(bench.take("bo", junk)) == ["Quarantine"]
    newer = entry.replace(b'"version":1', b'"version":2')
    later = bench.body("ann", newer, place, previous=head, form=Form.ROSTER)
    assert kinds(bench.take("bo", later)) == ["Park"]
    assert kinds(bench.take("bo", item)) == ["Grow"]


def test_a_key_under_which_anybody_could_sign_makes_no_member() -> None:
    bench = Bench("ann", "bo", workshop=Real())
    item = bench.grow("rotate")
    seals = bench.workshop.seals

    def weak(_roster: object, _entry: bytes) -> Any:

        raise UntrustedKeyError("anybody could sign under this key")

    done = list(inbox.take(MemoryReplica(bench["bo"]), *item, replace(seals, take_in=weak)))
    assert [(type(one), one.fault) for one in done] == [(Quarantine, "key")]  # type: ignore[union-attr]


def test_g07_a_team_that_was_told_two_things_is_shown_both(bench: Bench) -> None:
    twin = bench["asha"].copy()
    left = bench.grow("rotate")
    further = bench.grow("rotate")
    bench.disks["asha"], left_lead = twin, bench["asha"]
    bench.join("dan")
    right = list(bench["asha"].parcels.items())[-1]
    right_further = bench.grow("rotate")
    bench.take("bo", left)
    held = bench["bo"].roster
    done = bench.take("bo", right)
    assert isinstance(done[0], Quarantine)
    assert done[0].fault == "roster-fork"
    bench.take("bo", right_further)
    assert faults(bench, "bo") == ["roster-fork", "roster-fork"], "one on top of it proves it too"
    assert bench["bo"].roster == held
    bench.take("cas", right, left)
    assert faults(bench, "cas") == ["roster-fork"]
    assert kinds(bench.take("bo", further)) == ["Grow"]
    assert bench["bo"].roster.head == left_lead.roster.head


def test_what_a_member_makes_up_about_an_earlier_place_is_no_fork(bench: Bench) -> None:
    made_up = parcel(bench["ann"], entry_of(bench, "ann", "rotate"), bench.workshop)
    bench.take("bo", bench.grow("rotate"))
    assert kinds(bench.take("bo", made_up)) == ["Quarantine"]
    assert faults(bench, "bo") == ["signature"]
    bench.disks["odd"] = bench["ann"].copy()
    grow_free(bench, "odd")
    on_top = parcel(bench["odd"], entry_of(bench, "odd", "rotate"), bench.workshop)
    bench.take("bo", bench.grow("rotate"), on_top)
    assert faults(bench, "bo") == ["place", "signature"]


def grow_free(bench: Bench, name: str) -> None:
    """Let a laptop believe in an entry of its own."""

    disk = bench[name]
    entry = entry_of(bench, name, "rotate")
    disk.grow(entry, replace(disk.roster, length=disk.roster.length + 1, head=sha256(entry)))


def test_g07_when_the_leads_laptop_is_lost_the_deputy_goes_on_and_the_old_lead_is_refused() -> None:
    bench = Bench("ann", "bo", "cas", workshop=Real())
    appointed = bench.grow("role", device=bench.id("ann"), role=DEPUTY)
    for name in ("ann", "bo", "cas"):
        bench.take(name, appointed)
    deputy, old = bench["ann"], bench["asha"].copy()
    agreed = roster_rules.agree(deputy.roster, bench.id("ann"), bench["bo"].present)
    entry = lead.succeed(deputy.roster, deputy.present, None, bench.id("bo"), agreed)
    succession = grow_own(deputy, entry, bench.workshop)
    bench.take("bo", succession)
    assert bench["bo"].roster.lead == bench.id("ann")
    late = bench.grow("rotate")
    bench.take("bo", late)
    assert faults(bench, "bo") == ["roster-fork"], "at the place of the succession: both are shown"
    bench.take(
        "bo",
        parcel(
            bench["bo"],
            bench.workshop.change(bench["bo"].roster, old.present, "rotate"),
            bench.workshop,
        ),
    )
    assert faults(bench, "bo") == ["roster-fork", "signature"]
    # The old lead's own laptop, back on the table, is told of the two as well.
    bench.take("asha", succession)
    assert faults(bench, "asha") == ["roster-fork"]


def test_g08_c52_whoever_was_away_for_three_rotations_reads_everything(bench: Bench) -> None:
    items: list[Item] = []
    for turn in range(3):
        bench.words("ann", 1, f"e{turn}-")
        items += bench.sealed("ann")
        items.append(bench.grow("rotate"))
        bench.take("ann", items[-1])
    bench.words("ann", 1, "e3-")
    items += [*bench.sealed("ann"), bench.receipt("ann")]
    done = bench.take("bo", *items[::-1])
    assert {one.wait.reason for one in done if isinstance(one, Park)} == {
        Reason.TEAM,
        Reason.EARLIER,
    }
    assert not bench["bo"].waiting
    assert bench.content("bo") == bench.content("ann")
    assert bench.id("ann") in bench["bo"].receipts


def test_words_of_a_newcomer_wait_for_the_news_of_its_joining(bench: Bench) -> None:
    joined = bench.join("dan")
    bench.words("dan", 2)
    items = [*bench.sealed("dan"), bench.receipt("dan")]
    assert kinds(bench.take("bo", *items)) == ["Park"] * 3
    assert bench.reconsider("bo") == []
    assert kinds(bench.take("bo", joined)) == ["Grow", "Apply", "Apply", "Hear"]


def from_now(bench: Bench) -> list[Item]:
    """Ann writes before and after dan joins, who may read from then on."""
    bench.words("ann", 2, "before")
    items = bench.sealed("ann")
    rotated = bench.grow("rotate")
    bench.take("ann", rotated)
    bench.join("dan", reads_from=2)
    bench.words("ann", 2, "after")
    return items + bench.sealed("ann")


def test_g10_a_newcomer_reads_from_its_own_epoch_on_and_others_read_all(bench: Bench) -> None:
    items = from_now(bench)
    assert kinds(bench.take("dan", *items)) == ["Unreadable", "Unreadable", "Apply", "Apply"]
    assert bench.content("dan").keys() == {"after0", "after1"}
    bench.join("eva", reads_from=1)
    bench.take("eva", *items)
    assert bench.content("eva").keys() == {"before0", "before1", "after0", "after1"}


def test_g10_in_any_order_a_newcomer_ends_with_all_that_it_may_read(bench: Bench) -> None:
    items = from_now(bench)
    before = bench["dan"]
    for order in itertools.permutations(items):
        bench.disks["dan"] = before.copy()
        done = bench.take("dan", *order)
        applied = [one for one in done if isinstance(one, Apply)]
        assert [one.gap for one in applied] == [True, False]
        assert bench.content("dan").keys() == {"after0", "after1"}
        assert not bench["dan"].waiting


def test_g10_a_gap_that_something_readable_may_fill_is_waited_for(bench: Bench) -> None:
    items = from_now(bench)
    assert kinds(bench.take("dan", items[1], items[3])) == ["Unreadable", "Park"]
    # Nothing joins the two that can't be read to the beginning yet.
    assert kinds(bench.take("dan", items[2])) == ["Park"]
    done = bench.take("dan", items[0])
    assert kinds(done) == ["Unreadable", "Apply", "Apply"]


def test_g10_what_was_written_knowing_of_unreadable_words_is_read(bench: Bench) -> None:
    items = from_now(bench)
    bench.take("bo", *items[:2], *list(bench["asha"].parcels.items())[-2:])
    bench.write("bo", "before1", text="bo answers what dan may not read")
    answered = bench.sealed("bo")
    assert kinds(bench.take("dan", *answered)) == ["Park"]
    done = bench.take("dan", items[1])
    assert kinds(done) == ["Unreadable", "Apply"]
    assert bench.text("dan", "before1") == "bo answers what dan may not read"
    replica = MemoryReplica(bench["dan"])
    assert not is_here(replica, {}, bench.id("ann"), 60_000), "no envelope holds so many"
    bench.take("dan", items[0], items[2])
    assert not is_here(replica, {}, bench.id("ann"), 4), "what can be read must come first"


def test_g10_old_receipts_and_parcels_say_nothing_to_a_newcomer(bench: Bench) -> None:
    bench.words("ann", 1)
    bench.sealed("ann")
    receipt = bench.receipt("ann")
    rotated = bench.grow("rotate")
    bench.join("dan", reads_from=2)
    assert kinds(bench.take("dan", receipt, rotated)) == ["Skip", "Skip"]


def test_c52_a_laptop_that_lacks_a_secret_it_should_have_keeps_what_it_can_not_open_yet() -> None:
    bench = Bench("ann", "bo")
    bench.take("ann", bench.grow("rotate"))
    bench.words("ann", 1)
    (item,) = bench.sealed("ann")
    disk = bench["bo"]
    bench.take("bo", *bench["asha"].parcels.items())
    given, disk.secrets = disk.secrets, {1: disk.secrets[1]}
    assert kinds(bench.take("bo", item)) == ["Park"]
    assert bench.reconsider("bo") == []
    disk.secrets = given
    assert kinds(bench.reconsider("bo")) == ["Apply"]


def test_a_reader_who_may_write_one_day_is_heard_on_every_laptop(bench: Bench) -> None:
    joined = bench.join("eva", READER)
    bench.words("eva", 2)
    items = bench.sealed("eva")
    promoted = bench.grow("role", device=bench.id("eva"), role=INSPECTOR)
    before = bench["bo"]
    for order in itertools.permutations([joined, *items, promoted]):
        bench.disks["bo"] = before.copy()
        bench.take("bo", *order)
        assert bench.content("bo") == bench.content("eva")
        assert not bench["bo"].quarantine
    # Dead between the news and what follows from it.
    bench.disks["bo"] = before.copy()
    bench.take("bo", joined, *items)
    bench._carry("bo", list(itertools.islice(bench.decided("bo", promoted), 1)))
    assert bench.content("bo") == {}
    bench.reconsider("bo")
    assert bench.content("bo") == bench.content("eva")


def test_what_counts_is_the_lower_of_cut_and_proof(bench: Bench) -> None:
    bench.words("ann", 3)
    bench.remove("ann", 2)
    roster, device = bench["asha"].roster, bench.id("ann")
    assert counts_up_to(roster, {}) == {device: 2}
    assert counts_up_to(roster, {device: 2, bench.id("bo"): 5}) == {device: 1, bench.id("bo"): 4}
    assert counts_up_to(roster, {device: 9}) == {device: 2}

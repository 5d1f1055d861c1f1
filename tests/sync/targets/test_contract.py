"""What every target promises, each held to it in the same words."""

from __future__ import annotations

import os
import random
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from app.sync.items import MOST_BYTES, Kind, name_of
from tests.sync.relay.laptops import piece

if TYPE_CHECKING:
    from app.sync.targets.target import Target
    from tests.sync.targets.grounds import Ground

LONG = 60.0  # never waited out in a test that passes


def names(target: Target, after: str = "") -> set[str]:
    return {one.name for one in target.list(after).items}


def test_nothing_lies_in_an_empty_place(ground: Ground) -> None:
    target = ground.open()
    listing = target.list()
    assert listing.items == ()
    assert listing.is_whole
    assert list(target.get([piece()[0]])) == []
    assert target.list(listing.cursor).items == ()


def test_what_one_puts_down_another_lists_and_gets(ground: Ground) -> None:
    sent = dict(piece(size) for size in (1, 100, 70_000))
    ground.open(0).put(sent.items())
    other = ground.open(1)
    listing = other.list()
    assert {one.name: one.size for one in listing.items} == {
        name: len(content) for name, content in sent.items()
    }
    assert listing.is_whole
    assert dict(other.get(list(sent))) == sent


def test_every_kind_of_item_is_taken_and_handed_out(ground: Ground) -> None:
    lead = ground.team[0]
    kinds = [lead.envelope(), lead.receipt(1), piece()]
    for kind in (Kind.PIECE, Kind.ADMISSION):
        content = os.urandom(50)
        kinds.append((name_of(content, kind), content))
    ground.open().put(kinds)
    assert dict(ground.open(1).get([name for name, _ in kinds])) == dict(kinds)


def test_putting_the_same_twice_does_nothing(ground: Ground) -> None:
    target = ground.open()
    items = [piece(), piece()]
    target.put(items)
    before = target.list()
    target.put(items)
    ground.open(1).put(reversed(items))
    assert target.list().items == before.items
    assert target.list(before.cursor).cursor == before.cursor


def test_putting_nothing_does_nothing(ground: Ground) -> None:
    ground.open().put([])
    assert names(ground.open()) == set()


def test_what_is_no_item_is_never_put_down(ground: Ground) -> None:
    name, content = piece()
    for bad in ("../" + name, name.upper(), "notes.txt", "", name[:-4]):
        with pytest.raises(ValueError, match="whole item"):
            ground.open().put([(bad, content)])
    with pytest.raises(ValueError, match="whole item"):
        ground.open().put([(name, content[:-1])])
    assert names(ground.open()) == set()


def test_a_cursor_leads_to_what_came_after_it(ground: Ground) -> None:
    target, other = ground.open(0), ground.open(1)
    first, second = piece(), piece()
    other.put([first])
    cursor = target.list().cursor
    other.put([second])
    later = target.list(cursor)
    found = {one.name for one in later.items}
    assert second[0] in found
    # A place may always answer with all there is, but then it says so.
    assert later.is_whole == (first[0] in found)
    assert names(target, later.cursor) <= {first[0], second[0]}


@pytest.mark.parametrize("cursor", ["?", "0", "another 7", "x" * 500, "ö 1", " ", "1 1 1", "- -1"])
def test_a_cursor_it_never_gave_is_answered_with_all(ground: Ground, cursor: str) -> None:
    items = dict([piece(), piece()])
    ground.open().put(items.items())
    listing = ground.open().list(cursor)
    assert {one.name for one in listing.items} == set(items)
    assert listing.is_whole


def test_f02_a_place_set_up_anew_is_listed_whole(ground: Ground) -> None:
    target = ground.open()
    target.put([piece(), piece()])
    cursor = target.list().cursor
    ground.renew()
    emptied = target.list(cursor)
    assert emptied.items == ()
    assert emptied.is_whole
    new = piece()
    ground.open(1).put([new])
    again = target.list(cursor)
    assert [one.name for one in again.items] == [new[0]]
    assert again.is_whole


def test_what_is_missing_is_left_out(ground: Ground) -> None:
    target = ground.open()
    there, gone, never = piece(), piece(), piece()
    target.put([there, gone])
    ground.alter(gone[0], None)
    asked = [never[0], gone[0], there[0], "../etc/passwd", "", there[0].upper()]
    assert list(target.get(asked)) == [there]


def test_what_is_cut_or_altered_is_left_out_until_it_is_whole(ground: Ground) -> None:
    target = ground.open()
    whole, hurt = piece(), piece()
    target.put([whole, hurt])
    content = hurt[1]
    damages = [content[:length] for length in (1, 500, 999)]
    damages += [content + b"\0", bytes(1_000), content[:500] + bytes([content[500] ^ 1]), whole[1]]
    for damage in damages:
        ground.alter(hurt[0], damage)
        assert list(target.get([hurt[0], whole[0]])) == [whole]
    ground.alter(hurt[0], content)
    assert dict(target.get([hurt[0], whole[0]])) == dict([hurt, whole])


def test_the_largest_items_of_each_kind_pass(ground: Ground) -> None:
    kinds = (Kind.PIECE, Kind.ADMISSION)
    contents = [(kind, os.urandom(MOST_BYTES[kind])) for kind in kinds for _ in range(3)]
    items = {name_of(content, kind): content for kind, content in contents}
    ground.open(0).put(items.items())
    assert dict(ground.open(1).get(list(items))) == items


def test_many_items_pass(ground: Ground) -> None:
    items = dict(piece(20) for _ in range(1_250))
    ground.open(0).put(items.items())
    other = ground.open(1)
    assert names(other) == set(items)
    assert dict(other.get([*items])) == items


def test_any_order_of_putting_and_asking_gives_the_same(ground: Ground) -> None:
    chance = random.Random(7)
    items = [piece(200) for _ in range(30)]
    for laptop in range(3):
        chance.shuffle(items)
        ground.open(laptop).put(items[:20])
    ground.open(3).put(items)
    asked = [name for name, _ in items]
    for laptop in range(3):
        chance.shuffle(asked)
        assert dict(ground.open(laptop).get(asked)) == dict(items)
        assert names(ground.open(laptop)) == set(asked)


def test_f12_several_put_at_the_same_moment_and_all_of_it_is_there(ground: Ground) -> None:
    shared = [piece(3_000) for _ in range(20)]
    own = [[piece(3_000) for _ in range(20)] for _ in ground.team]
    start = threading.Barrier(len(own))

    def put(laptop: int) -> None:
        target = ground.open(laptop)
        start.wait()
        # The same ones, from either end: they meet in the middle.
        target.put(own[laptop] + (shared if laptop % 2 else shared[::-1]))

    with ThreadPoolExecutor(len(own)) as pool:
        for done in [pool.submit(put, laptop) for laptop in range(len(own))]:
            done.result(60)
    wanted = dict(shared) | {name: content for one in own for name, content in one}
    target = ground.open()
    assert names(target) == set(wanted)
    assert dict(target.get(list(wanted))) == wanted


def test_a_receipt_that_was_replaced_goes_and_nothing_else_does(ground: Ground) -> None:
    target, own = ground.open(0), ground.team[0]
    old, new = own.receipt(1), own.receipt(2)
    others, kept = ground.team[1].receipt(1), own.envelope()
    ground.open(1).put([others])
    target.put([old, kept])
    target.put([new])
    target.withdraw([old[0], kept[0], piece()[0], "../" + kept[0]])
    assert names(ground.open(2)) == {new[0], others[0], kept[0]}


def test_a_stopped_reader_can_go_on_with_other_things(ground: Ground) -> None:
    items = dict(piece(300_000) for _ in range(6))
    target = ground.open()
    target.put(items.items())
    reading = target.get(list(items))
    first = next(reading)
    more = piece()
    target.put([more])
    assert more[0] in names(target)
    reading.close()
    assert items[first[0]] == first[1]
    assert dict(target.get([first[0], more[0]])) == dict([first, more])


def test_a_put_that_breaks_off_leaves_whole_items_alone(ground: Ground) -> None:
    items = [piece(), piece()]

    class StoppedError(Exception):
        pass

    def given() -> object:
        yield from items
        raise StoppedError

    with pytest.raises(StoppedError):
        ground.open().put(given())
    target = ground.open(1)
    assert dict(target.get(list(names(target)))).items() <= dict(items).items()
    target.put(items)
    assert names(target) == {name for name, _ in items}


def test_waiting_ends_as_soon_as_another_puts_something(ground: Ground) -> None:
    for cursor_of in (lambda _target: "", lambda target: target.list().cursor):
        target = ground.open(0)
        cursor = cursor_of(target)
        with ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(target.wait, cursor, LONG)
            ground.open(1).put([piece()])
            assert waiting.result(30) is True
        ground.renew()


def test_news_that_are_there_already_are_not_waited_for(ground: Ground) -> None:
    target = ground.open()
    cursor = target.list().cursor
    ground.open(1).put([piece()])
    assert target.wait(cursor, LONG) is True
    assert target.wait("", LONG) is True


def test_without_news_waiting_comes_to_its_end(ground: Ground) -> None:
    target = ground.open()
    assert target.wait("", 0.1) is False
    assert target.wait(target.list().cursor, 0.1) is False
    target.put([piece()])
    assert target.wait(target.list().cursor, 0.1) is False


def test_a_place_set_up_anew_wakes_who_waits(ground: Ground) -> None:
    target = ground.open()
    target.put([piece()])
    cursor = target.list().cursor
    ground.renew()
    assert target.wait(cursor, LONG) is True


def test_closing_ends_a_wait(ground: Ground) -> None:
    target = ground.open()
    target.put([piece()])
    cursor = target.list().cursor
    # Closed at any moment: before the wait has begun as well as in the middle of it.
    for delay in (0.0, 0.05, 0.5):
        target = ground.open()
        closing = threading.Timer(delay, target.close)
        closing.start()
        assert target.wait(cursor, LONG) is False
        closing.join()


def test_closing_twice_does_nothing(ground: Ground) -> None:
    target = ground.open()
    target.list()
    target.close()
    target.close()

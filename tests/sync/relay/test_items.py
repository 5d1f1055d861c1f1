"""What a member can do: put items, list them in the order they were stored, fetch them."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from app.sync.items import Kind, name_of
from app.sync.relay.deposits import MOST_ITEMS, OVERHEAD
from app.sync.relay.listings import PAGE
from app.sync.relay.mailboxes import list_mailboxes
from app.sync.relay.settings import MOST_BODY
from app.sync.relay.tables import DEVICES
from tests.sync.relay.laptops import Form, Laptop, piece

if TYPE_CHECKING:
    from tests.sync.relay.conftest import Running


def test_what_one_laptop_put_another_lists_and_fetches(relay: Running) -> None:
    lead, other = relay.team()
    items = [
        lead.envelope(),
        lead.sealed(Form.ROSTER, Kind.ROSTER),
        lead.receipt(3),
        piece(),
        (name_of(b"an admission", Kind.ADMISSION), b"an admission"),
    ]
    assert lead.put(*items).json == {"stored": 5, "held": 0}
    page = other.list().json
    assert page["whole"] is True
    assert page["more"] is False
    assert sorted((one["name"], one["size"]) for one in page["items"]) == sorted(
        (name, len(content)) for name, content in items
    )
    assert other.contents(*dict(items)) == dict(items)


def test_putting_twice_stores_once(relay: Running) -> None:
    lead, other = relay.team()
    one, two = piece(), piece()
    assert lead.put(one, one).json == {"stored": 1, "held": 0}
    before = relay.rows()
    assert other.put(one).json == {"stored": 0, "held": 1}
    assert relay.rows() == before
    assert lead.put(one, two).json == {"stored": 1, "held": 1}
    assert lead.names() == [one[0], two[0]]


def test_a_listing_goes_on_where_the_last_ended(relay: Running) -> None:
    lead, other = relay.team()
    one, two = piece(), piece()
    lead.put(one)
    first = other.list().json
    lead.put(two)
    second = other.list(first["era"], first["next"]).json
    assert [item["name"] for item in second["items"]] == [two[0]]
    assert second["whole"] is False
    third = other.list(second["era"], second["next"]).json
    assert third == {**second, "items": []}


@pytest.mark.parametrize("cursor", [("", 1), ("other", 1), ("own", 99)])
def test_a_number_that_means_nothing_here_is_answered_from_the_beginning(
    relay: Running, cursor: tuple[str, int]
) -> None:
    lead, _other = relay.team()
    lead.put(piece())
    lead.put(piece())
    whole = lead.list().json
    era = whole["era"] if cursor[0] == "own" else cursor[0]
    assert lead.list(era, cursor[1]).json == whole
    assert len(whole["items"]) == 2


def test_more_than_a_page_comes_page_by_page(relay: Running) -> None:
    lead, other = relay.team()
    items = [piece(8) for _ in range(PAGE + 5)]
    assert lead.put(*items).json == {"stored": PAGE + 5, "held": 0}
    first = other.list().json
    assert (len(first["items"]), first["more"], first["whole"]) == (PAGE, True, True)
    last = other.list(first["era"], first["next"]).json
    assert (len(last["items"]), last["more"], last["whole"]) == (5, False, False)
    assert other.names() == [name for name, _content in items]


def test_what_is_not_there_is_left_out(relay: Running) -> None:
    lead, _other = relay.team()
    held, missing = piece(), piece()
    lead.put(held)
    assert lead.contents(missing[0], held[0], held[0]) == dict([held])
    assert lead.fetch(missing[0]).body == b""
    assert lead.fetch().body == b""


def test_an_answer_stops_before_it_grows_too_large_and_goes_on_when_asked(relay: Running) -> None:
    lead, _other = relay.team()
    items = [piece(4 * 1024 * 1024) for _ in range(5)]
    for one in items:
        assert lead.put(one).status == 200
    first = lead.contents(*dict(items))
    assert list(first) == [name for name, _content in items[:4]]
    assert sum(map(len, first.values())) <= MOST_BODY
    assert lead.contents(items[4][0]) == dict([items[4]])


def test_only_the_newest_receipt_of_a_device_is_kept(relay: Running) -> None:
    lead, other = relay.team()
    older, newer, others = lead.receipt(5), lead.receipt(7), other.receipt(6)
    lead.put(older)
    other.put(others)
    assert lead.put(newer).json == {"stored": 1, "held": 0}
    assert lead.names() == [others[0], newer[0]]
    # One that comes late changes nothing, also when it comes with one still older.
    before = relay.rows()
    assert other.put(older, lead.receipt(4)).json == {"stored": 0, "held": 2}
    assert relay.rows() == before
    # Of several the last is kept, whatever their order.
    last = lead.receipt(9)
    assert lead.put(last, lead.receipt(8)).json == {"stored": 1, "held": 1}
    assert set(lead.names()) == {others[0], last[0]}
    assert lead.contents(newer[0]) == {}


def test_a_replaced_receipt_gives_its_room_back(relay: Running) -> None:
    lead, _other = relay.team()
    for progress in range(1, 30):
        lead.put(lead.receipt(progress))
    (held,) = [one for one in relay.server._relay.database.ask(list_mailboxes) if one.items]
    assert held.items == 1
    assert held.bytes == len(lead.receipt(1)[1]) + OVERHEAD


def test_nobody_pushes_out_a_receipt_by_one_they_made(relay: Running) -> None:
    lead, other = relay.team()
    lead.put(lead.receipt(5))
    before = relay.rows()
    _name, content = lead.receipt(9)
    forged = content[:-64] + bytes(64)
    assert other.put((name_of(forged, Kind.RECEIPT), forged)).error == (400, "malformed")
    assert relay.rows() == before


def test_a_request_is_stored_whole_or_not_at_all(relay: Running) -> None:
    lead, _other = relay.team()
    before = relay.rows()
    good, bad = piece(), piece()
    assert lead.put(good, (bad[0], bad[1] + b"x")).error == (400, "malformed")
    assert relay.rows() == before


def test_too_many_items_at_once_are_refused(relay: Running) -> None:
    lead, _other = relay.team()
    items = [piece(8) for _ in range(MOST_ITEMS + 1)]
    assert lead.put(*items).error == (413, "size")
    assert lead.put(*items[:-1]).json["stored"] == MOST_ITEMS


def test_what_one_device_stores_at_once_is_counted_whole(relay: Running) -> None:
    lead, _other = relay.team()
    twins = [Laptop(lead.address, lead.inspection, lead.own) for _ in range(4)]

    def write(laptop: Laptop) -> None:
        for _ in range(15):
            assert laptop.put(piece(100)).status == 200

    with ThreadPoolExecutor(len(twins)) as pool:
        list(pool.map(write, twins))
    held = relay.server._relay
    assert held is not None
    stored = held.database.ask(
        lambda connection: connection.scalar(
            select(DEVICES.c.stored).where(DEVICES.c.device == lead.id)
        )
    )
    assert stored == 60 * (100 + OVERHEAD)
    (standing,) = held.database.ask(list_mailboxes)
    assert (standing.items, standing.bytes) == (60, stored)


def test_numbers_grow_in_the_order_of_commits_under_many_writers(relay: Running) -> None:
    """Whoever reads all the while and goes on from the last number misses nothing."""
    team = relay.team(others=5)
    reader, writers = team[0], team[1:]
    written: list[list[str]] = [[] for _ in writers]
    is_done = threading.Event()
    met: list[BaseException] = []

    def write(laptop: Laptop, names: list[str]) -> None:
        try:
            for _ in range(25):
                items = [piece(100) for _ in range(3)]
                assert laptop.put(*items).json["stored"] == 3
                names.extend(name for name, _content in items)
        except BaseException as problem:  # noqa: BLE001 - told to the test
            met.append(problem)

    def read() -> list[str]:
        found: list[str] = []
        era, after, rounds = "", 0, 0
        while True:
            was_done = is_done.is_set()
            page = reader.list(era, after).json
            assert page["whole"] is (after == 0)
            era, after = page["era"], page["next"]
            found += [one["name"] for one in page["items"]]
            rounds += 1
            if was_done and not page["items"]:
                assert rounds > 2
                return found

    threads = [
        threading.Thread(target=write, args=pair) for pair in zip(writers, written, strict=True)
    ]
    for one in threads:
        one.start()
    ending = threading.Thread(target=lambda: ([one.join() for one in threads], is_done.set()))
    ending.start()
    found = read()
    ending.join()
    assert met == []
    assert sorted(found) == sorted(name for names in written for name in names)
    # In what order one laptop stored, everybody reads.
    for names in written:
        assert [name for name in found if name in set(names)] == names

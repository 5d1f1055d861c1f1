"""Laptops hear at once of what others put, whichever process of the relay they speak to."""

from __future__ import annotations

import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

from tests.sync.relay.conftest import running
from tests.sync.relay.laptops import Laptop, piece

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.sync.relay.settings import Settings
    from tests.sync.relay.conftest import Running


def waiting(relay: Running, count: int = 1) -> None:
    """Return when so many requests wait."""
    held = relay.server._relay
    assert held is not None
    turn = threading.Event()
    while len(held.waiters) < count:
        turn.wait(0.01)


def test_a_waiter_is_told_as_soon_as_something_is_stored(relay: Running) -> None:
    lead, *others = relay.team(others=3)
    lead.put(piece())
    cursors = [one.list().json for one in others]
    with ThreadPoolExecutor(len(others)) as pool:
        answers = [
            pool.submit(one.list, cursor["era"], cursor["next"], 25)
            for one, cursor in zip(others, cursors, strict=True)
        ]
        waiting(relay, len(others))
        new = piece()
        lead.put(new)
        for answer in answers:
            page = answer.result(20).json
            assert [one["name"] for one in page["items"]] == [new[0]]
            assert page["whole"] is False


def test_a_waiter_in_an_empty_mailbox_is_told_too(relay: Running) -> None:
    lead, other = relay.team()
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(other.list, "", 0, 25)
        waiting(relay)
        new = piece()
        lead.put(new)
        assert [one["name"] for one in answer.result(20).json["items"]] == [new[0]]


def test_what_is_there_already_is_not_waited_for(relay: Running) -> None:
    lead, other = relay.team()
    new = piece()
    lead.put(new)
    assert [one["name"] for one in other.list("", 0, 25).json["items"]] == [new[0]]


def test_waiting_ends_with_an_empty_page(relay: Running) -> None:
    lead, other = relay.team()
    lead.put(piece())
    cursor = other.list().json
    page = other.list(cursor["era"], cursor["next"], 1).json
    assert page == {**cursor, "items": [], "whole": False}


def test_another_inspection_wakes_nobody(relay: Running) -> None:
    _lead, other = relay.team()
    stranger, _friend = relay.team()
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(other.list, "", 0, 1)
        waiting(relay)
        stranger.put(piece())
        assert answer.result(20).json["items"] == []


def test_what_was_held_already_wakes_nobody(relay: Running) -> None:
    lead, other = relay.team()
    old = piece()
    lead.put(old)
    cursor = other.list().json
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(other.list, cursor["era"], cursor["next"], 1)
        waiting(relay)
        lead.put(old)
        assert answer.result(20).json["items"] == []


def test_two_processes_over_one_database_tell_each_other(
    relay: Running, settings: Settings
) -> None:
    lead, other = relay.team()
    with running(settings) as second, ThreadPoolExecutor(1) as pool:
        elsewhere = Laptop(second.address, other.inspection, other.own)
        answer = pool.submit(elsewhere.list, "", 0, 25)
        waiting(second)
        new = piece()
        lead.put(new)
        assert [one["name"] for one in answer.result(20).json["items"]] == [new[0]]
        # A challenge drawn at one is good at the other.
        elsewhere.challenge, elsewhere.count = lead.challenge, lead.count + 100
        assert elsewhere.contents(new[0]) == dict([new])


def test_a_device_waits_in_so_many_places_and_no_more(serve: Callable[..., Running]) -> None:
    relay = serve(waiting_per_device=2)
    lead, other = relay.team()
    with ThreadPoolExecutor(3) as pool:
        held = [pool.submit(twin(other).list, "", 0, 25) for _ in range(2)]
        waiting(relay, 2)
        refused = other.list("", 0, 25)
        assert refused.error == (429, "rate")
        assert int(refused.headers["Retry-After"]) >= 1
        third = pool.submit(twin(lead).list, "", 0, 25)  # others have places of their own
        waiting(relay, 3)
        lead.put(piece())
        for answer in (*held, third):
            assert answer.result(20).status == 200
    assert other.list("", 0, 1).status == 200  # places were given back


def test_who_went_away_no_longer_holds_a_place(serve: Callable[..., Running]) -> None:
    relay = serve(waiting_per_device=1)
    _lead, other = relay.team()
    target = f"{other.box}/items?wait=25"
    head = "".join(f"{name}: {text}\r\n" for name, text in other.signed("GET", target).items())
    host, port = relay.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as line:
        line.sendall(f"GET {target} HTTP/1.1\r\nHost: relay\r\n{head}\r\n".encode())
        waiting(relay)
    held = relay.server._relay
    assert held is not None
    turn = threading.Event()
    while len(held.waiters):
        turn.wait(0.01)
    assert other.list("", 0, 1).status == 200


def test_a_stop_answers_those_who_wait(settings: Settings) -> None:
    with running(settings) as relay:
        lead, other = relay.team()
        lead.put(piece())
        cursor = other.list().json
        with ThreadPoolExecutor(1) as pool:
            answer = pool.submit(other.list, cursor["era"], cursor["next"], 25)
            waiting(relay)
            relay.server.stop()
            page = answer.result(5).json
    assert page["items"] == []
    assert page["next"] == cursor["next"]


def test_once_it_stops_new_requests_are_told_to_try_again(serve: Callable[..., Running]) -> None:
    relay = serve()
    lead, _other = relay.team()
    held = relay.server._relay
    assert held is not None
    held.stop()
    refused = lead.plain("GET", "/v1/challenge")
    assert refused.error == (503, "stopping")
    assert refused.headers["Retry-After"] == "5"


def twin(of: Laptop) -> Laptop:
    """The same device over another connection."""
    return replace(of, challenge="", count=0, pool=Laptop(of.address, of.inspection, of.own).pool)

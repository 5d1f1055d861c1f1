"""The relay target keeps to the interface to the letter, and says what went wrong in words."""

from __future__ import annotations

import itertools
import json
import os
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from app.crypto import identity
from app.crypto.access import Request, check_request
from app.crypto.primitives import sha256
from app.errors import (
    FullTargetError,
    InvalidInputError,
    RefusedByTargetError,
    StrangeTargetError,
    UnreachableTargetError,
)
from app.sync.targets.addresses import relay_address
from app.sync.targets.relay import RelayTarget
from tests.fakes.rogue_relay import (
    BYTES,
    HEAD,
    answer,
    challenge,
    frame,
    page,
    refused,
    rogue,
    said,
)
from tests.sync.relay.laptops import Laptop, listed, piece
from tests.sync.targets.asking import INSPECTION, OWN, WAYS, opened
from tests.sync.targets.certificates import Authority

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.fakes.rogue_relay import Asked
    from tests.sync.targets.grounds import AtRelay

BOX = f"/v1/inspections/{INSPECTION.hex()}"


def frames_in(body: bytes) -> list[tuple[str, bytes]]:
    found, place = [], 0
    while place < len(body):
        name_end = place + 1 + body[place]
        start = name_end + 4
        end = start + int.from_bytes(body[name_end:start])
        found.append((body[place + 1 : name_end].decode(), body[start:end]))
        place = end
    return found


def kind(asked: Asked) -> str:
    return f"{asked.method} {asked.target.partition('?')[0].rpartition('/')[2]}"


def agreeable(asked: Asked) -> bytes:
    """A relay that holds nothing and takes everything."""
    match kind(asked):
        case "GET items":
            return page()
        case "POST fetch":
            return answer(200, BYTES)
        case "POST items":
            return said({"stored": len(frames_in(asked.body)), "held": 0})
        case "PUT devices":
            return answer(204, HEAD)
    raise AssertionError


@pytest.mark.parametrize("base", ["", "/", "/a", "/a/b/"])
def test_every_request_is_signed_as_it_is_sent(base: str) -> None:
    counts = set()
    with rogue(agreeable) as one, opened(one.address + base) as target:
        for ask in WAYS.values():
            ask(target)
        for asked in one.asked:
            base_path = base.rstrip("/")
            assert asked.target.startswith(f"{base_path}/v1/")
            if asked.target.endswith("/v1/challenge"):
                assert "siteweek-signature" not in asked.headers
                continue
            sent = asked.target.removeprefix(base_path)
            assert sent.startswith(f"{BOX}/")
            count = int(asked.headers["siteweek-count"])
            given = asked.headers["siteweek-challenge"]
            check_request(
                OWN.public[:32],
                bytes.fromhex(asked.headers["siteweek-signature"]),
                Request(asked.method, sent, sha256(asked.body), given, count),
            )
            assert asked.headers["siteweek-device"] == OWN.device_id
            counts.add((given, count))
    assert len(counts) == len(one.asked) - 1 == len(WAYS)


def test_only_its_own_code_goes_along_and_only_with_the_list() -> None:
    with rogue(agreeable) as one, opened(one.address) as target:
        for ask in WAYS.values():
            ask(target)
        target.publish_devices(b"another list")
    assert [each.headers.get("siteweek-code") for each in one.asked if each.method == "PUT"] == [
        "code",
        None,
    ]
    assert not any("siteweek-code" in each.headers for each in one.asked if each.method != "PUT")


def test_one_connection_and_one_challenge_serve_many_requests() -> None:
    with rogue(agreeable) as one, opened(one.address) as target:
        for ask in [*WAYS.values()] * 3:
            ask(target)
    assert one.connections == 1
    assert one.targets.count("GET challenge") == 1


def test_a_line_that_ends_as_it_is_used_again_is_asked_anew_under_another_signature() -> None:
    given = iter([page(), [], page()])
    with rogue(lambda _asked: next(given)) as one, opened(one.address) as target:
        target.list()
        target.list()
        counts = [asked.headers.get("siteweek-count") for asked in one.asked]
    assert one.connections == 2
    assert counts == [None, "1", "2", "3"]


def test_a_connection_that_was_cut_meanwhile_is_made_again() -> None:
    with rogue(lambda _asked: [page()]) as one, opened(one.address) as target:
        for _ in range(3):
            target.list()
    assert one.connections == 3  # the first list's is the challenge's


@pytest.mark.parametrize("way", WAYS)
def test_a_challenge_that_is_over_is_renewed_once(way: str) -> None:
    turns = itertools.count()

    def answering(asked: Asked) -> bytes:
        if kind(asked) == "GET challenge":
            return challenge(f"challenge-{next(turns)}")
        if asked.headers["siteweek-challenge"] == "challenge-0":
            return refused(401, "challenge")
        return agreeable(asked)

    with rogue(answering, challenges=False) as one, opened(one.address) as target:
        WAYS[way](target)
        target.list()
    assert next(turns) == 2
    assert [each.headers.get("siteweek-count") for each in one.asked] == [
        None,
        "1",
        None,
        "1",
        "2",
    ]


@pytest.mark.parametrize("way", WAYS)
def test_a_relay_that_takes_no_challenge_is_not_asked_for_ever(way: str) -> None:
    with rogue(lambda _asked: refused(401, "challenge")) as one, opened(one.address) as target:
        with pytest.raises(RefusedByTargetError):
            WAYS[way](target)
        assert len(one.asked) <= 4


def test_a_challenge_that_lasts_no_longer_than_a_request_is_drawn_for_each() -> None:
    def answering(asked: Asked) -> bytes:
        return challenge(seconds=30) if kind(asked) == "GET challenge" else agreeable(asked)

    with rogue(answering, challenges=False) as one, opened(one.address) as target:
        target.list()
        target.list()
    assert one.targets == ["GET challenge", "GET items"] * 2


REFUSALS = {
    (400, "malformed"): RefusedByTargetError,
    (401, "signature"): RefusedByTargetError,
    (403, "member"): RefusedByTargetError,
    (404, "closed"): RefusedByTargetError,
    (408, "slow"): UnreachableTargetError,
    (409, "list"): RefusedByTargetError,
    (413, "size"): RefusedByTargetError,
    (429, "rate"): UnreachableTargetError,
    (500, "fault"): UnreachableTargetError,
    (503, "stopping"): UnreachableTargetError,
    (507, "quota-day"): FullTargetError,
    (507, "quota-inspection"): FullTargetError,
    (507, "disk"): FullTargetError,
    (418, "tea"): StrangeTargetError,
    (206, "part"): StrangeTargetError,
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("status", "code"), REFUSALS)
def test_each_refusal_has_its_own_sentence(way: str, status: int, code: str) -> None:
    said_of_it = {"error": code, "message": "A marker that nobody may see."}
    with (
        rogue(lambda _asked: said(said_of_it, status)) as one,
        opened(one.address) as target,
        pytest.raises(REFUSALS[status, code]) as caught,
    ):
        WAYS[way](target)
    assert "marker" not in caught.value.sentence
    assert caught.value.sentence.endswith(".")


def test_the_sentences_differ() -> None:
    sentences = set()
    for (status, code), refusal in REFUSALS.items():
        given = refused(status, code)
        with (
            rogue(lambda _asked, given=given: given) as one,
            opened(one.address) as target,
            pytest.raises(refusal) as caught,
        ):
            target.list()
        sentences.add(caught.value.sentence)
    assert len(sentences) == len(REFUSALS)


@pytest.mark.parametrize(
    ("given", "seconds"),
    [("30", 30), ("999999", 900), ("9" * 30, 0), ("", 0), ("-5", 0), ("soon", 0), ("٣", 0)],
)
@pytest.mark.parametrize("status", [429, 503])
def test_how_long_it_wants_to_be_left_alone_is_told(status: int, given: str, seconds: int) -> None:
    head = f"HTTP/1.1 {status} Busy\r\nSiteweek-Relay: 1\r\nRetry-After: {given}\r\n"
    busy = (head + "Content-Length: 0\r\n\r\n").encode()
    with (
        rogue(lambda _asked: busy) as one,
        opened(one.address) as target,
        pytest.raises(UnreachableTargetError) as caught,
    ):
        target.list()
    assert caught.value.retry_after == seconds


def test_a_short_rest_is_taken_in_the_middle_of_a_call() -> None:
    names = [piece()[0] for _ in range(4)]
    turns = itertools.count()

    def answering(_asked: Asked) -> bytes:
        turn = next(turns)
        if turn % 2:
            return refused(429, "rate", **{"Retry-After": "1"})
        place = turn // 2
        return page([names[place]], place=place + 1, more=place < 2, whole=place == 0)

    with rogue(answering) as one, opened(one.address) as target:
        assert [item.name for item in target.list().items] == names[:3]


def test_closing_ends_a_rest() -> None:
    with (
        rogue(lambda _asked: refused(429, "rate", **{"Retry-After": "10"})) as one,
        opened(one.address) as target,
        ThreadPoolExecutor(1) as pool,
    ):
        listing = pool.submit(target.list)
        threading.Timer(0.2, target.close).start()
        with pytest.raises(UnreachableTargetError):
            listing.result(8)


def test_what_is_put_goes_in_bearable_portions_that_grow() -> None:
    taken: list[list[tuple[str, bytes]]] = []

    def answering(asked: Asked) -> bytes:
        taken.append(frames_in(asked.body))
        return said({"stored": len(taken[-1]), "held": 0})

    large = [piece(1_000_000) for _ in range(30)]
    small = [piece(10) for _ in range(1_200)]
    with rogue(answering) as one, opened(one.address) as target:
        target.put(iter(large))
        target.put(iter(small))
    assert [item for part in taken for item in part] == large + small
    sizes = [sum(len(frame(*item)) for item in part) for part in taken]
    assert max(sizes) <= 8 * 1024**2
    assert max(sizes) > 7 * 1024**2
    assert sizes[0] < 2 * 1024**2
    assert max(map(len, taken)) == 500


def test_what_is_put_is_drawn_only_as_it_is_sent() -> None:
    drawn = itertools.count()
    seen: list[int] = []

    def given() -> Iterator[tuple[str, bytes]]:
        for _ in range(6):
            next(drawn)
            yield piece(200_000)

    def answering(asked: Asked) -> bytes:
        seen.append(drawn.__reduce__()[1][0])
        return agreeable(asked)

    with rogue(answering) as one, opened(one.address) as target:
        target.put(given())
    assert seen[0] == 2  # the first, and the one that there was no room for
    assert seen == sorted(seen)
    assert len(seen) > 2


def test_c33_one_item_that_is_refused_keeps_no_other_back() -> None:
    items = [piece(50) for _ in range(23)]
    for bad in ({3}, {0}, {22}, {0, 11, 22}):
        refused_ones = {items[place] for place in bad}
        held: set[tuple[str, bytes]] = set()

        def answering(
            asked: Asked,
            refused_ones: set[tuple[str, bytes]] = refused_ones,
            held: set[tuple[str, bytes]] = held,
        ) -> bytes:
            given = set(frames_in(asked.body))
            if given & refused_ones:
                return refused(400, "newer")
            held |= given
            return said({"stored": len(given), "held": 0})

        with rogue(answering) as one, opened(one.address) as target:
            with pytest.raises(RefusedByTargetError, match="older than this Siteweek"):
                target.put(items)
            assert held == set(items) - refused_ones


def test_a_relay_that_refuses_everything_is_not_asked_for_each_item() -> None:
    with rogue(lambda _asked: refused(400, "malformed")) as one, opened(one.address) as target:
        with pytest.raises(RefusedByTargetError):
            target.put([piece(10) for _ in range(400)])
        assert len(one.asked) < 40


@pytest.mark.parametrize(
    "counts",
    [
        {},
        {"stored": 1},
        {"stored": 1, "held": 0},
        {"stored": 3, "held": -1},
        {"stored": 3, "held": 0},
        {"stored": "2", "held": 0},
        {"stored": True, "held": True},
    ],
)
def test_c28_what_a_relay_does_not_say_it_holds_counts_as_not_put(counts: dict) -> None:
    with (
        rogue(lambda _asked: said(counts)) as one,
        opened(one.address) as target,
        pytest.raises(StrangeTargetError, match="does not say that it holds"),
    ):
        target.put([piece(), piece()])


def test_items_are_handed_on_while_others_are_still_under_way() -> None:
    items = [piece(100_000) for _ in range(3)]
    has_first = threading.Event()
    frames = b"".join(frame(*item) for item in items)

    def answering(_asked: Asked) -> Iterator[bytes]:
        cut = len(frames) // 3 + 1
        yield answer(200, BYTES, frames[:cut], len(frames))
        assert has_first.wait(30)
        yield frames[cut:]

    with rogue(answering) as one, opened(one.address) as target:
        reading = target.get([name for name, _ in items])
        assert next(reading) == items[0]
        has_first.set()
        assert list(reading) == items[1:]


def test_names_are_asked_for_in_bearable_portions() -> None:
    names = [piece(16)[0] for _ in range(1_100)]
    with rogue(agreeable) as one, opened(one.address) as target:
        assert list(target.get([*names, *names])) == []
    asked = [json.loads(each.body)["names"] for each in one.asked if each.method == "POST"]
    assert [len(part) for part in asked] == [500, 500, 100]
    assert [name for part in asked for name in part] == names


def test_time_spent_on_what_arrived_is_not_the_relays() -> None:
    items = [piece(500_000) for _ in range(4)]
    pause = threading.Event()

    def answering(_asked: Asked) -> bytes:
        return answer(200, BYTES, b"".join(frame(*item) for item in items))

    with rogue(answering) as one, opened(one.address, patience=0.5, least_speed=1e9) as target:
        got = []
        for item in target.get([name for name, _ in items]):
            got.append(item)
            pause.wait(0.3)
        assert got == items


@pytest.mark.parametrize("era", ["e", "a&after=0", "%20", "a/b?c=d#e", "~!*'()", "x" * 64])
def test_an_era_is_given_back_as_it_was_given(era: str) -> None:
    with rogue(lambda _asked: page(era=era, place=7)) as one, opened(one.address) as target:
        cursor = target.list().cursor
        target.list(cursor)
        last = one.asked[-1].target
    assert last.startswith(f"{BOX}/items?era=")
    given, after, wait = last.partition("?")[2].split("&")
    assert unquote(given.removeprefix("era=")) == era
    assert (after, wait) == ("after=7", "wait=0")


def test_a_list_that_begins_anew_in_the_middle_holds_only_what_is_there_now() -> None:
    old, new = piece()[0], piece()[0]

    def answering(asked: Asked) -> bytes:
        if "era=old&after=5" in asked.target:
            return page([old], era="old", place=6, more=True, whole=False)
        if "era=old&after=6" in asked.target:
            return page([new], era="new", place=1)
        raise AssertionError

    with rogue(answering) as one, opened(one.address) as target:
        listing = target.list("old 5")
    assert [item.name for item in listing.items] == [new]
    assert listing.is_whole
    assert listing.cursor == "new 1"


def test_waiting_is_asked_for_in_parts_that_proxies_let_pass() -> None:
    closed = threading.Event()

    def answering(asked: Asked) -> bytes:
        seconds = int(asked.target.rpartition("wait=")[2])
        assert 0 <= seconds <= 25
        closed.wait(0.05)
        return page(era="e", place=7, whole=False)

    with rogue(answering) as one, opened(one.address) as target:
        threading.Timer(0.5, target.close).start()
        assert target.wait("e 7", 3_600) is False
    assert any(each.target.endswith("wait=25") for each in one.asked)


def test_an_answer_that_is_held_back_longer_than_allowed_is_given_up() -> None:
    over = threading.Event()

    def answering(_asked: Asked) -> Iterator[bytes]:
        over.wait(60)
        yield b""

    with rogue(answering) as one:
        with opened(one.address, quiet=0.2) as target, pytest.raises(UnreachableTargetError):
            target.wait("e 7", 0)
        over.set()


@pytest.mark.parametrize("way", WAYS)
def test_closing_ends_whatever_waits_for_an_answer(way: str) -> None:
    over, came = threading.Event(), threading.Event()

    def answering(_asked: Asked) -> Iterator[bytes]:
        came.set()
        over.wait(60)
        yield b""

    with rogue(answering) as one:
        with opened(one.address) as target, ThreadPoolExecutor(1) as pool:
            asking = pool.submit(WAYS[way], target)
            assert came.wait(30)
            target.close()
            if way == "wait":
                assert asking.result(8) is False
            else:
                with pytest.raises(UnreachableTargetError):
                    asking.result(8)
            with pytest.raises(UnreachableTargetError):
                target.list()
        over.set()


def test_nobody_listens_at_the_address() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    for ask in WAYS.values():
        with opened(f"http://127.0.0.1:{port}") as target, pytest.raises(UnreachableTargetError):
            ask(target)


def test_a_name_that_leads_nowhere_is_no_fault_of_the_program() -> None:
    with opened("https://relay.invalid") as target, pytest.raises(UnreachableTargetError):
        target.list()


@pytest.mark.parametrize(
    "address",
    [
        "",
        "relay.example.org",
        "ftp://relay.example.org",
        "file:///etc/passwd",
        "https://",
        "https:///v1",
        "https://[",
        "https://[::1",
        "https://relay.example.org:0x50",
        "https://relay.example.org:99999",
        "https://user@relay.example.org",
        "https://user:word@relay.example.org",
        "https://relay.example.org?x=y",
        "https://relay.example.org/#x",
        "https://relay.example.org/a b",
        "https://relay.example.org/../x%2f",
        "https://relay.example.org/a//b",
        "https://relay example.org",
        "https://relay.example.org\\@evil.example",
        "https://" + "a" * 300,
        "https://\N{ZERO WIDTH SPACE}/",
        "http://relay.example.org",
        "http://8.8.8.8",
        "http://8.8.8.8:8765",
        "http://[2001:4860:4860::8888]",
        "http://localhost.example.org",
        "http://10.0.0.1.example.org",
    ],
)
def test_what_is_no_address_of_a_relay_is_refused_before_anything_is_sent(address: str) -> None:
    with pytest.raises(InvalidInputError, match="Nothing was sent"):
        RelayTarget(address, INSPECTION, OWN)


@pytest.mark.parametrize(
    ("address", "host", "port", "base"),
    [
        ("https://relay.example.org", "relay.example.org", 443, ""),
        ("https://Relay.Example.org:8443/", "relay.example.org", 8443, ""),
        ("https://relay.example.org/siteweek/", "relay.example.org", 443, "/siteweek"),
        ("https://übung.example", "xn--bung-zra.example", 443, ""),
        ("https://8.8.8.8", "8.8.8.8", 443, ""),
        ("http://127.0.0.1:8765", "127.0.0.1", 8765, ""),
        ("http://localhost", "localhost", 80, ""),
        ("http://[::1]:8765", "::1", 8765, ""),
        ("http://10.1.2.3:8765", "10.1.2.3", 8765, ""),
        ("http://172.16.0.9", "172.16.0.9", 80, ""),
        ("http://192.168.1.20:5000/a", "192.168.1.20", 5000, "/a"),
        ("http://169.254.3.4", "169.254.3.4", 80, ""),
        ("http://[fe80::1]", "fe80::1", 80, ""),
    ],
)
def test_the_addresses_of_relays_and_rooms_are_taken(
    address: str, host: str, port: int, base: str
) -> None:
    read = relay_address(address)
    assert (read.host, read.port, read.base) == (host, port, base)
    assert read.is_sealed == address.startswith("https:")


@contextmanager
def proxy(to: int) -> Iterator[tuple[int, list[str]]]:
    """Passes every connection on to one port; keeps what it was asked."""
    heads: list[str] = []
    threads: list[threading.Thread] = []

    def carry(source: socket.socket, goal: socket.socket) -> None:
        with suppress(OSError):
            while part := source.recv(65_536):
                goal.sendall(part)
            goal.shutdown(socket.SHUT_WR)

    def serve() -> None:
        line, _ = listening.accept()
        with line, socket.create_connection(("127.0.0.1", to)) as goal:
            head = b""
            while not head.endswith(b"\r\n\r\n"):
                head += line.recv(1)
            heads.append(head.decode())
            line.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
            back = threading.Thread(target=carry, args=(goal, line))
            back.start()
            carry(line, goal)
            back.join()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threads.append(threading.Thread(target=serve))
        threads[0].start()
        yield listening.getsockname()[1], heads
        threads[0].join()


@pytest.mark.parametrize("user", ["", "ann:pass%20word"])
def test_a_proxy_of_this_computer_is_used_and_sees_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, user: str
) -> None:
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.path))
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    with (
        rogue(agreeable, authority.serving("relay.example.org")) as one,
        proxy(one.port) as (port, heads),
    ):
        at = f"{user}@127.0.0.1" if user else "127.0.0.1"
        monkeypatch.setenv("https_proxy", f"http://{at}:{port}")
        with opened("https://relay.example.org") as target:
            assert target.list().items == ()
    assert heads[0].startswith("CONNECT relay.example.org:443 ")
    assert ("Proxy-Authorization: Basic YW5uOnBhc3Mgd29yZA==" in heads[0]) == bool(user)
    assert one.targets == ["GET challenge", "GET items"]


def test_a_room_is_never_looked_for_behind_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with rogue(agreeable) as one, opened(one.address) as target:
        assert target.list().items == ()


def test_the_lead_opens_a_mailbox_and_tells_it_who_belongs(relay: AtRelay) -> None:
    inspection = os.urandom(32)
    lead, other = (Laptop(relay.relay.address, inspection) for _ in range(2))
    for_lead, for_other = (
        RelayTarget(relay.relay.address, inspection, one.own) for one in (lead, other)
    )
    relay.opened += [for_lead, for_other]
    with pytest.raises(RefusedByTargetError, match="does not know this laptop"):
        for_lead.publish_devices(listed(lead), "WRONG")
    with pytest.raises(RefusedByTargetError, match="does not know this laptop"):
        for_lead.list()
    for_lead.publish_devices(listed(lead), relay.relay.open())
    item = piece()
    for_lead.put([item])
    with pytest.raises(RefusedByTargetError, match="does not know this laptop"):
        for_other.list()
    second = listed(lead, other, number=2)
    for_lead.publish_devices(second)
    for_lead.publish_devices(second)  # as when the answer was lost
    assert dict(for_other.get([item[0]])) == dict([item])
    with pytest.raises(RefusedByTargetError, match="another list"):
        for_lead.publish_devices(listed(lead, number=1))


def test_a_stranger_gets_nothing_from_a_relay(relay: AtRelay) -> None:
    relay.open().put([piece()])
    stranger = RelayTarget(relay.relay.address, relay.team[0].inspection, identity.create())
    relay.opened.append(stranger)
    for ask in WAYS.values():
        with pytest.raises(RefusedByTargetError):
            ask(stranger)

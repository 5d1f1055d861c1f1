"""What is refused: each with its status, nothing written, and others go on as before."""

from __future__ import annotations

import gzip
import os
import socket
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from app.crypto import identity
from app.sync.items import MOST_BYTES, Kind, name_of
from app.sync.relay.challenges import SECONDS
from app.sync.relay.deposits import OVERHEAD
from app.sync.relay.framing import frame
from app.sync.relay.settings import MOST_BODY, Rate
from tests.fakes.clock import StillClock
from tests.sync.relay.laptops import Form, Laptop, listed, piece

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sync.relay.conftest import Running

_PLACES = ("devices", "items", "fetch")
_METHODS = {"devices": "PUT", "items": "POST", "fetch": "POST"}
_TRAVERSALS = (
    "..",
    "../..",
    "%2e%2e",
    "..%2f..%2fetc",
    "%00",
    "a" * 63,
    "a" * 65,
    "A" * 64,
    "g" * 64,
    "a" * 64 + "%00",
    "C:%5c",
    "'%20or%201=1--",
    "é".encode().hex(),
)


@pytest.mark.parametrize("path", _TRAVERSALS)
def test_f15_an_inspection_id_that_is_none_leads_nowhere(relay: Running, path: str) -> None:
    lead, other = relay.team()
    before = relay.rows()
    for place in _PLACES:
        target = f"/v1/inspections/{path}/{place}"
        refused = lead.ask(_METHODS[place], target, b"{}")
        assert refused.status in {400, 404, 405}
        assert refused.json["error"] in {"malformed", "not-found", "method"}
    assert relay.rows() == before
    assert other.list().status == 200


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "a" * 64,
        "a" * 64 + ".exe",
        "a" * 64 + ".env/..",
        "A" * 64 + ".pie",
        "a" * 64 + ".pie\n",
        "",
    ],
)
def test_f15_an_item_name_that_is_none_is_refused(relay: Running, name: str) -> None:
    lead, other = relay.team()
    before = relay.rows()
    assert lead.put((name, b"content")).error == (400, "malformed")
    assert lead.fetch(name).error == (400, "malformed")
    assert relay.rows() == before
    assert other.list().status == 200


@pytest.mark.parametrize("kind", list(Kind))
def test_f15_an_item_larger_than_its_kind_may_be_is_refused(relay: Running, kind: Kind) -> None:
    lead, other = relay.team()
    before = relay.rows()
    content = os.urandom(MOST_BYTES[kind] + 1)
    assert lead.put((name_of(content, kind), content)).error == (400, "malformed")
    assert relay.rows() == before
    assert other.put(piece()).status == 200


def test_f15_a_body_larger_than_is_taken_is_refused(relay: Running) -> None:
    lead, other = relay.team()
    before = relay.rows()
    target = f"{lead.box}/items"
    body = frame(*piece(4 * 1024 * 1024)) * 5
    assert len(body) > MOST_BODY
    assert lead.ask("POST", target, body).error == (413, "size")
    # Nor when its length is not said beforehand, or said to be less.
    headers = lead.signed("POST", target, body)
    parts = (body[start : start + 65_536] for start in range(0, len(body), 65_536))
    refused = lead.plain("POST", target, parts, {**headers, "Transfer-Encoding": "chunked"})
    assert refused.error == (413, "size")
    assert lead.ask("POST", f"{lead.box}/fetch", b"[" * 100_000).error == (413, "size")
    assert lead.ask("PUT", f"{lead.box}/devices", bytes(600_000)).error == (413, "size")
    assert relay.rows() == before
    assert other.put(piece()).status == 200


@pytest.mark.parametrize("place", [0, 31, 32, 63])
def test_f15_a_wrong_signature_is_refused(relay: Running, place: int) -> None:
    lead, other = relay.team()
    before = relay.rows()
    body = frame(*piece())
    target = f"{lead.box}/items"
    headers = lead.signed("POST", target, body)
    signature = bytearray.fromhex(headers["Siteweek-Signature"])
    signature[place] ^= 1
    headers["Siteweek-Signature"] = signature.hex()
    assert lead.plain("POST", target, body, headers).error == (401, "signature")
    assert relay.rows() == before
    assert other.list().status == 200


def test_f15_a_signature_holds_for_nothing_else(relay: Running) -> None:
    """Each thing that was signed is changed in turn."""
    lead, other = relay.team()
    before = relay.rows()
    target, body = f"{lead.box}/items", frame(*piece())

    def sent(method: str, to: str, content: bytes | None, **changed: str) -> tuple[int, str]:
        headers = lead.signed("POST", target, body) | changed
        return lead.plain(method, to, content, headers).error

    assert sent("POST", target, frame(*piece())) == (401, "signature")
    assert sent("POST", target, b"") == (401, "signature")
    assert sent("POST", f"{target}?wait=1", body) == (401, "signature")
    assert sent("GET", target, None) == (401, "signature")
    assert sent("POST", f"{lead.box}/fetch", b'{"names":[]}') == (401, "signature")
    assert sent("POST", target, body, **{"Siteweek-Count": "77"}) == (401, "signature")
    assert sent("POST", target, body, **{"Siteweek-Device": other.id}) == (401, "signature")
    drawn = other.plain("GET", "/v1/challenge").json["challenge"]
    assert sent("POST", target, body, **{"Siteweek-Challenge": drawn}) == (401, "signature")
    assert relay.rows() == before


@pytest.mark.parametrize(
    "missing", ["Siteweek-Device", "Siteweek-Challenge", "Siteweek-Count", "Siteweek-Signature"]
)
def test_f15_a_request_without_a_part_of_its_signature_is_refused(
    relay: Running, missing: str
) -> None:
    lead, _other = relay.team()
    target = f"{lead.box}/items"
    for wrong in (None, "x", "0", "-1", "1" * 500):
        headers = lead.signed("GET", target)
        if wrong is None:
            del headers[missing]
        else:
            headers[missing] = wrong
        assert lead.plain("GET", target, None, headers).status == 401


def test_f15_a_request_to_write_is_carried_out_once(relay: Running) -> None:
    lead, other = relay.team()
    target, body = f"{lead.box}/items", frame(*piece())
    headers = lead.signed("POST", target, body)
    assert lead.plain("POST", target, body, headers).status == 200
    before = relay.rows()
    assert lead.plain("POST", target, body, headers).error == (401, "challenge")
    new_list = listed(lead, other, number=2)
    headers = lead.signed("PUT", f"{lead.box}/devices", new_list)
    assert lead.plain("PUT", f"{lead.box}/devices", new_list, headers).status == 204
    assert lead.plain("PUT", f"{lead.box}/devices", new_list, headers).error == (401, "challenge")
    assert relay.rows()["items"] == before["items"]
    assert other.list().status == 200


def test_f15_a_request_to_read_is_answered_once(relay: Running) -> None:
    lead, _other = relay.team()
    for method, target, body in (
        ("GET", f"{lead.box}/items", b""),
        ("POST", f"{lead.box}/fetch", b'{"names":[]}'),
    ):
        headers = lead.signed(method, target, body)
        assert lead.plain(method, target, body or None, headers).status == 200
        assert lead.plain(method, target, body or None, headers).error == (401, "challenge")


def test_f15_a_challenge_ends_and_none_is_made_elsewhere(serve: Callable[..., Running]) -> None:
    clock = StillClock()
    relay = serve(clock=clock)
    lead, _other = relay.team()
    assert lead.list().status == 200
    clock.move(timedelta(seconds=SECONDS - 1))
    assert lead.list().status == 200
    clock.move(timedelta(seconds=1))
    before = relay.rows()
    assert lead.list().error == (401, "challenge")
    assert lead.put(piece()).error == (401, "challenge")
    another = serve(database="")
    lead.challenge = (
        Laptop(another.address, lead.inspection).plain("GET", "/v1/challenge").json["challenge"]
    )
    assert lead.list().error == (401, "challenge")
    lead.challenge = ""
    assert lead.list().status == 200
    assert relay.rows() == before


def test_f15_another_inspections_mailbox_stays_shut(relay: Running) -> None:
    lead, other = relay.team()
    victim, _friend = relay.team()
    new = piece()
    victim.put(new)
    before = relay.rows()
    inside = Laptop(relay.address, victim.inspection, lead.own)
    for answer in (
        inside.list(),
        inside.fetch(new[0]),
        inside.put(piece()),
        inside.publish(listed(inside, number=9)),
    ):
        assert answer.error == (403, "member")
    # Nor is a name enough in one's own.
    assert lead.contents(new[0]) == {}
    # Nor are envelopes of theirs taken into ours, whatever their form.
    for foreign in (
        lead.envelope(inspection=victim.inspection),
        lead.receipt(1, inspection=victim.inspection),
        lead.sealed(Form.ROSTER, Kind.ROSTER, inspection=victim.inspection),
    ):
        assert lead.put(foreign).error == (400, "malformed")
    assert relay.rows() == before
    assert other.list().status == 200


def test_f15_an_envelope_of_another_kind_than_its_name_says_is_refused(relay: Running) -> None:
    lead, _other = relay.team()
    before = relay.rows()
    for form in Form:
        for kind in (Kind.ENVELOPE, Kind.ROSTER, Kind.RECEIPT):
            name, content = lead.sealed(form, kind)
            answer = lead.put((name, content))
            if answer.status == 200:
                before = relay.rows()
            else:
                assert answer.error == (400, "malformed")
                assert relay.rows() == before
    assert len(lead.names()) == len(Form)
    for kind in (Kind.ENVELOPE, Kind.ROSTER, Kind.RECEIPT):
        content = os.urandom(1_000)
        assert lead.put((name_of(content, kind), content)).error == (400, "malformed")


def test_f15_the_quota_of_a_day_stops_one_device_until_tomorrow(
    serve: Callable[..., Running],
) -> None:
    clock = StillClock()
    size = 1_000 + OVERHEAD
    relay = serve(clock=clock, bytes_a_day=2 * size)
    lead, other = relay.team()
    stranger, _friend = relay.team()
    held = piece()
    assert lead.put(held, piece()).status == 200
    before = relay.rows()
    refused = lead.put(piece())
    assert refused.error == (507, "quota-day")
    assert lead.put(held).json == {"stored": 0, "held": 1}  # what is held costs nothing
    assert relay.rows() == before
    assert other.put(piece()).status == 200
    assert stranger.put(piece()).status == 200
    clock.move(timedelta(days=1))
    lead.challenge = ""
    assert lead.put(piece()).status == 200


def test_f15_the_quota_of_an_inspection_stops_it_alone(serve: Callable[..., Running]) -> None:
    relay = serve(bytes_per_inspection=2 * (1_000 + OVERHEAD))
    lead, other = relay.team()
    stranger, _friend = relay.team()
    assert lead.put(piece(), piece()).status == 200
    before = relay.rows()
    for laptop in (lead, other):
        assert laptop.put(piece()).error == (507, "quota-inspection")
    assert relay.rows() == before
    assert stranger.put(piece()).status == 200


def test_f15_an_impatient_device_slows_itself_alone(serve: Callable[..., Running]) -> None:
    relay = serve(clock=StillClock(), per_device=Rate(1, 3))
    lead, other = relay.team()
    assert [lead.list().status for _ in range(3)] == [200] * 3
    refused = lead.list()
    assert refused.error == (429, "rate")
    assert refused.headers["Retry-After"] == "1"
    assert lead.put(piece()).error == (429, "rate")
    assert relay.rows()["items"] == []
    assert other.list().status == 200
    # Nobody else can use its turns up: an unsigned request doesn't count.
    for _ in range(5):
        headers = other.signed("GET", f"{other.box}/items")
        headers["Siteweek-Signature"] = "00" * 64
        assert other.plain("GET", f"{other.box}/items", None, headers).status == 401
    assert other.list().status == 200


def test_f15_an_impatient_address_is_told_to_wait(serve: Callable[..., Running]) -> None:
    clock = StillClock()
    relay = serve(clock=clock, per_address=Rate(2, 4))
    lead = Laptop(relay.address, bytes(32))
    assert [lead.plain("GET", "/v1/challenge").status for _ in range(5)] == [200] * 4 + [429]
    clock.move(timedelta(seconds=1))
    assert [lead.plain("GET", "/v1/challenge").status for _ in range(3)] == [200] * 2 + [429]


def test_behind_a_proxy_each_address_has_its_own_rate(serve: Callable[..., Running]) -> None:
    relay = serve(clock=StillClock(), per_address=Rate(1, 1))
    lead = Laptop(relay.address, bytes(32))

    def asked(address: str) -> int:
        return lead.plain("GET", "/v1/challenge", None, {"X-Forwarded-For": address}).status

    assert [asked(one) for one in ("192.0.2.1", "192.0.2.2", "192.0.2.1")] == [200, 200, 429]


def test_f08_a_packed_body_is_refused_unopened(relay: Running) -> None:
    lead, other = relay.team()
    before = relay.rows()
    bomb = gzip.compress(bytes(50_000_000))
    for place in _PLACES:
        for encoding in ("gzip", "deflate", "br", "zstd", "gzip, identity"):
            refused = lead.ask(
                _METHODS[place], f"{lead.box}/{place}", bomb, **{"Content-Encoding": encoding}
            )
            assert refused.error == (400, "malformed")
    assert relay.rows() == before
    assert other.list().status == 200


def test_f08_a_body_that_trickles_is_cut_off(serve: Callable[..., Running]) -> None:
    relay = serve(body_seconds=0.3)
    lead, other = relay.team()
    before = relay.rows()
    body = frame(*piece())
    for place in _PLACES:
        target = f"{lead.box}/{place}"
        headers = lead.signed(_METHODS[place], target, body)
        answer = slowly(relay, _METHODS[place], target, headers, body)
        assert b" 408 " in answer.splitlines()[0]
        assert b'"slow"' in answer
    assert relay.rows() == before
    assert other.put(piece()).status == 200


def test_f08_a_head_that_never_ends_is_cut_off(serve: Callable[..., Running]) -> None:
    relay = serve(head_seconds=0.3)
    lead, _other = relay.team()
    for begun in (b"", b"GET /healthz HTTP/1.1\r\nHost:"):
        with connected(relay) as line:
            line.sendall(begun)
            assert read_all(line) == b""  # ends only when the relay hangs up
    with connected(relay) as line:
        line.sendall(b"GET /healthz HTTP/1.1\r\nHost: relay\r\n\r\n")
        while not line.recv(65_536).endswith(b"}"):
            pass
        line.sendall(b"GET /hea")
        assert read_all(line) == b""
    assert lead.list().status == 200


def test_f08_a_body_without_end_is_not_listened_to(serve: Callable[..., Running]) -> None:
    """It was refused; whoever goes on sending is cut off, not drained for ever."""
    relay = serve(head_seconds=0.3)
    lead, other = relay.team()
    target = f"{lead.box}/items"
    headers = lead.signed("POST", target)
    with connected(relay) as line:
        line.sendall(request_head("POST", target, headers, 10_000_000_000))
        line.setblocking(True)
        with suppress(OSError):  # a broken pipe or a reset
            while True:
                line.sendall(bytes(100_000))
    assert other.put(piece()).status == 200


def test_f08_bytes_that_are_no_request_end_the_connection(relay: Running) -> None:
    lead, _other = relay.team()
    for garbage in (b"\x00" * 100 + b"\r\n\r\n", b"GET\r\n\r\n", b"X" * 200_000):
        with connected(relay) as line:
            try:
                line.sendall(garbage)
            except OSError:
                continue  # hung up already
            assert not read_all(line).startswith(b"HTTP/1.1 2")
    assert lead.list().status == 200


def test_f08_large_bodies_of_one_device_come_a_few_at_a_time(serve: Callable[..., Running]) -> None:
    relay = serve(large_per_device=1)
    lead, other = relay.team()
    body = frame(*piece(200_000))
    target = f"{lead.box}/items"
    head = request_head("POST", target, lead.signed("POST", target, body), len(body))
    with connected(relay) as line:
        line.sendall(head + body[:100])
        held = relay.server._relay
        assert held is not None
        while not held.large._in_all:
            pass
        assert lead.put(piece(200_000)).error == (429, "rate")
        assert lead.put(piece()).status == 200  # small ones go on
        assert other.put(piece(200_000)).status == 200
        line.sendall(body[100:])
        assert b" 200 " in line.recv(65_536).splitlines()[0]
    assert lead.put(piece(200_000)).status == 200


def test_a_stranger_sends_no_large_body(relay: Running) -> None:
    """They are refused before it is read, and the connection is not kept."""
    lead, _other = relay.team()
    stranger = replace(lead, own=identity.create(), challenge="")
    target = f"{stranger.box}/items"
    headers = stranger.signed("POST", target, bytes(10_000_000))
    with connected(relay) as line:
        line.sendall(request_head("POST", target, headers, 10_000_000))
        assert b" 403 " in line.recv(65_536).splitlines()[0]


def test_malformed_questions_are_refused(relay: Running) -> None:
    lead, _other = relay.team()
    lead.put(piece())
    for query in (
        "after=-1",
        "after=x",
        "after=" + "9" * 40,
        "wait=26",
        "wait=-1",
        "wait=nan",
        "wait=1e9",
        "era=" + "e" * 65,
        "era=%00",
        "after=%F0%9F%92%A9",
    ):
        assert lead.ask("GET", f"{lead.box}/items?{query}").error == (400, "malformed")
    for body in (
        b"",
        b"{",
        b"[]",
        b'{"names":1}',
        b'{"names":[1]}',
        b'{"names":[],"more":1}',
        b"\xff",
        b"[" * 50_000,
    ):
        assert lead.ask("POST", f"{lead.box}/fetch", body).error == (400, "malformed")
    names = ",".join(f'"{os.urandom(32).hex()}.pie"' for _ in range(501))
    assert lead.ask("POST", f"{lead.box}/fetch", f'{{"names":[{names}]}}'.encode()).error == (
        413,
        "size",
    )


@pytest.mark.parametrize("cut", [1, 2, 60, 70, 72, 73, 500])
def test_a_body_that_was_cut_is_refused(relay: Running, cut: int) -> None:
    lead, _other = relay.team()
    before = relay.rows()
    body = frame(*piece(600))[:-cut]
    assert lead.ask("POST", f"{lead.box}/items", body).error == (400, "malformed")
    assert relay.rows() == before


def connected(relay: Running) -> socket.socket:
    host, port = relay.address.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), timeout=30)


def request_head(method: str, target: str, headers: dict[str, str], length: int) -> bytes:
    lines = [f"{method} {target} HTTP/1.1", "Host: relay", f"Content-Length: {length}"]
    lines += [f"{name}: {text}" for name, text in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()


def slowly(relay: Running, method: str, target: str, headers: Any, body: bytes) -> bytes:
    """Send all but the last byte, and see what is said."""
    with connected(relay) as line:
        line.sendall(request_head(method, target, headers, len(body)) + body[:-1])
        return read_all(line)


def read_all(line: socket.socket) -> bytes:
    found = b""
    try:
        while part := line.recv(65_536):
            found += part
    except ConnectionResetError:
        pass
    return found

"""Whatever answers at a relay's address: it ends, it is refused in words, and it harms nothing."""

from __future__ import annotations

import gzip
import itertools
import json
import threading
from typing import TYPE_CHECKING

import pytest

from app.errors import StrangeTargetError, TargetError, UnreachableTargetError
from tests.fakes.rogue_relay import (
    BYTES,
    HEAD,
    JSON,
    answer,
    frame,
    page,
    refused,
    rogue,
    said,
)
from tests.sync.relay.laptops import piece
from tests.sync.targets.asking import WAYS, opened
from tests.sync.targets.certificates import DAY, Authority

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from tests.fakes.rogue_relay import Asked

HTML = {"Content-Type": "text/html; charset=utf-8"}
SIGN_IN = b"<html><body>Welcome to the hotel. <a href=/accept>Accept</a></body></html>"
GIBIBYTE = 1024**3


def ended(
    answering: Callable[[Asked], bytes | Iterable[bytes]], way: str, **limits: float
) -> TargetError:
    """What comes of asking in this way, which has to come to an end."""
    with rogue(answering) as one, opened(one.address, **limits) as target:
        with pytest.raises(TargetError) as caught:
            WAYS[way](target)
        assert "kept" in caught.value.sentence
        for word in ("hotel", "marker", str(one.port)):
            assert word not in caught.value.sentence
        return caught.value


def endless(head: bytes, part: bytes) -> Iterator[bytes]:
    yield head
    yield from itertools.repeat(part)


@pytest.fixture
def dripping() -> Iterator[Callable[[bytes], Iterator[bytes]]]:
    """Send these bytes one at a time for as long as anybody listens."""
    over = threading.Event()

    def drip(start: bytes = b"", content: bytes = b"x") -> Iterator[bytes]:
        if start:
            yield start
        for byte in itertools.cycle(content):
            if over.wait(0.01):
                return
            yield bytes([byte])

    yield drip
    over.set()


@pytest.mark.parametrize("way", WAYS)
def test_f08_an_endless_stream_ends(way: str) -> None:
    for form in (JSON, BYTES, HTML, {}):
        lines = "".join(f"{name}: {text}\r\n" for name, text in (HEAD | form).items())
        head = f"HTTP/1.1 200 OK\r\n{lines}\r\n".encode()
        assert isinstance(
            ended(lambda _asked, head=head: endless(head, b" " * 65_536), way), TargetError
        )


@pytest.mark.parametrize("way", WAYS)
def test_f08_a_body_of_ten_gigabytes_is_not_taken(way: str) -> None:
    status = 204 if way == "publish" else 200
    for form in (JSON, BYTES):
        lines = "".join(f"{name}: {text}\r\n" for name, text in form.items())
        head = f"HTTP/1.1 {status} OK\r\n{lines}Content-Length: {10 * GIBIBYTE}\r\n\r\n".encode()
        if status == 204:  # which has no body whatever it says
            with (
                rogue(lambda _asked, head=head: head) as one,
                opened(one.address) as target,
            ):
                target.publish_devices(b"a list")
            continue
        problem = ended(lambda _asked, head=head: endless(head, b"\x00" * 65_536), way)
        assert isinstance(problem, StrangeTargetError)


def test_f08_an_item_of_four_gigabytes_is_not_begun() -> None:
    name = piece()[0]
    begun = bytes([len(name)]) + name.encode() + b"\xff\xff\xff\xff"
    head = b"HTTP/1.1 200 OK\r\nSiteweek-Relay: 1\r\nContent-Type: application/octet-stream\r\n\r\n"
    with (
        rogue(lambda _asked: endless(head + begun, b"x" * 65_536)) as one,
        opened(one.address) as target,
        pytest.raises(StrangeTargetError, match="no item"),
    ):
        list(target.get([name]))


def test_f08_a_million_names_end() -> None:
    numbers = itertools.count()

    def answering(_asked: Asked) -> bytes:
        start = next(numbers) * 1_000
        names = [f"{start + number:064x}.env" for number in range(1_000)]
        return page(names, place=start + 1_000, more=True, whole=start == 0)

    with (
        rogue(answering) as one,
        opened(one.address) as target,
        pytest.raises(StrangeTargetError, match="no end"),
    ):
        target.list()
    assert next(numbers) == 1_001


@pytest.mark.parametrize(
    "pages",
    [
        lambda _turn: page(place=7, more=True, whole=False),
        lambda _turn: page([piece()[0]], place=7, more=True, whole=False),
        lambda turn: page([piece()[0]], place=turn, more=True, whole=False),
        lambda turn: page([piece()[0]], era=f"era{turn}", place=turn + 1, more=True),
        lambda _turn: page([piece()[0]] * 1_001),
    ],
    ids=["same place", "same place with items", "one by one", "always anew", "too full"],
)
def test_f08_a_list_that_leads_nowhere_ends(pages: Callable[[int], bytes]) -> None:
    turns = itertools.count(8)
    with (
        rogue(lambda _asked: pages(next(turns))) as one,
        opened(one.address) as target,
        pytest.raises(StrangeTargetError),
    ):
        target.list("e 7")
    assert next(turns) < 8 + 2_000 + 2


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "start",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nSiteweek-Relay: 1\r\nX: ",
        answer(200, JSON, length=100_000),
        answer(200, BYTES, length=100_000),
        (
            b"HTTP/1.1 200 OK\r\nSiteweek-Relay: 1\r\nContent-Type: application/json\r\n"
            b"Transfer-Encoding: chunked\r\n\r\n"
        ),
    ],
    ids=["status", "header", "text", "content", "chunk"],
)
def test_f08_a_byte_at_a_time_comes_to_its_end(
    dripping: Callable[[bytes], Iterator[bytes]], way: str, start: bytes
) -> None:
    problem = ended(lambda _asked: dripping(start), way, patience=0.3)
    # What comes of a part of an answer may be recognised as strange before the time is over.
    assert isinstance(problem, UnreachableTargetError | StrangeTargetError)


def test_f08_a_line_that_is_slow_but_moves_is_given_its_time(
    dripping: Callable[..., Iterator[bytes]],
) -> None:
    items = dict(piece(30) for _ in range(2))
    frames = b"".join(frame(*item) for item in items.items())

    def answering(_asked: Asked) -> Iterator[bytes]:
        yield answer(200, BYTES, length=len(frames))
        yield from itertools.islice(dripping(b"", frames), len(frames))

    # Two seconds in all: far more than its patience, which each byte makes longer.
    with rogue(answering) as one, opened(one.address, patience=0.2, least_speed=10) as target:
        assert dict(target.get(list(items))) == items


@pytest.mark.parametrize("way", WAYS)
def test_f08_preludes_and_headers_without_end_come_to_their_end(way: str) -> None:
    prelude = b"HTTP/1.1 100 Continue\r\n\r\n"
    for problem in (
        ended(lambda _asked: endless(b"", prelude * 1_000), way),
        ended(lambda _asked: endless(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n" * 1_000), way),
        ended(lambda _asked: endless(b"HTTP/1.1 200 OK\r\nX: ", b"y" * 65_536), way),
    ):
        assert isinstance(problem, TargetError)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "gzip, gzip", "GZIP", "x"])
def test_f08_what_is_packed_is_not_unpacked(way: str, coding: str) -> None:
    bomb = gzip.compress(bytes(1_000_000))
    for form in (JSON, BYTES):
        headers = form | {"Content-Encoding": coding}
        problem = ended(lambda _asked, headers=headers: answer(200, headers, bomb), way)
        assert isinstance(problem, StrangeTargetError)
        assert "packed" in problem.sentence


def test_f08_nothing_packed_is_asked_for() -> None:
    with rogue(lambda _asked: page()) as one, opened(one.address) as target:
        target.list()
    assert {each.headers["accept-encoding"] for each in one.asked} == {"identity"}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_f08_nobody_is_followed_elsewhere(way: str, status: int) -> None:
    with rogue(lambda _asked: page()) as elsewhere:
        for place in (
            "file:///etc/passwd",
            f"{elsewhere.address}/v1/challenge",
            "/v1/challenge",
            "//127.0.0.2/x",
            "https://other.example/",
        ):
            for head in ({}, HEAD):
                moved = answer(status, head | {"Location": place})
                problem = ended(lambda _asked, moved=moved: moved, way)
                assert isinstance(problem, StrangeTargetError)
    assert elsewhere.connections == 0


STRANGE_ANSWERS = {
    "sign-in page": answer(200, HTML, SIGN_IN),
    "sign-in page for 511": answer(511, HTML, SIGN_IN),
    "page in a relay's name": answer(200, HEAD | HTML, SIGN_IN),
    "204 of nobody": answer(204, {}),
    "200 and nothing": answer(200, JSON),
    "500 of nobody": answer(500, HTML, b"marker"),
    "500": refused(500, "fault"),
    "502 of a gateway": answer(502, HTML, b"marker"),
    "503 of a gateway": answer(503, HTML, b"marker"),
    "truncated text": answer(200, JSON, b'{"era": "e", "next": 7, "more": fal'),
    "longer than said": answer(200, JSON, b'{"era": "e", "next": 7}', length=7),
    "shorter than said": answer(200, JSON, b'{"era": "e"}', length=700),
    "no text at all": answer(200, JSON, b"\xff\xfe\x00"),
    "another text": said(["marker"]),
    "nested": answer(200, JSON, b"[" * 100_000),
    "a long number": answer(200, JSON, b'{"next": ' + b"9" * 100_000 + b"}"),
    "a newer relay": answer(200, JSON | {"Siteweek-Relay": "2"}, b"{}"),
    "nothing": b"",
    "no HTTP": b"SSH-2.0-marker\r\n\r\n",
    "an old HTTP": b"HTTP/0.9 200\r\n\r\n",
    "half a head": b"HTTP/1.1 200 OK\r\nSiteweek-Relay: 1",
    "no status": b"HTTP/1.1 marker OK\r\n\r\n",
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", STRANGE_ANSWERS)
def test_f09_what_no_relay_answers_is_refused(way: str, kind: str) -> None:
    given = STRANGE_ANSWERS[kind]
    one_by_one = isinstance(given, bytes) and kind in {
        "nothing",
        "half a head",
        "shorter than said",
    }
    problem = ended(lambda _asked: [given] if one_by_one else given, way)
    if "sign-in" in kind:
        assert "sign-in page" in problem.sentence


@pytest.mark.parametrize("kind", STRANGE_ANSWERS)
def test_f09_a_strange_answer_for_a_challenge_is_refused(kind: str) -> None:
    given = STRANGE_ANSWERS[kind]
    with (
        rogue(lambda _asked: [given], challenges=False) as one,
        opened(one.address) as target,
        pytest.raises(TargetError),
    ):
        target.list()
    assert one.targets == ["GET challenge"]


def test_f09_challenges_that_could_hold_something_else_are_not_signed() -> None:
    texts = ("", "a b", "a\r\nX: y", "x" * 201, "ö", 7, None, ["x"], {"x": 1})
    strange = [{"challenge": given, "seconds": 600} for given in texts]
    lasting = (-1, 10**9, "600", None, True, 1.5)
    strange += [{"challenge": "x", "seconds": seconds} for seconds in lasting]
    for bad in strange:
        with (
            rogue(lambda _asked, bad=bad: said(bad), challenges=False) as one,
            opened(one.address) as target,
            pytest.raises(StrangeTargetError),
        ):
            target.list()


def test_f09_each_wrong_member_of_a_list_is_refused() -> None:
    good = {"era": "e", "next": 7, "more": False, "whole": True, "items": []}
    wrong = {
        "era": ["", 7, None, "a b", "ö", "x" * 65, "a\n"],
        "next": ["7", -1, 2**63, None, 1.5, True],
        "more": [1, "false", None],
        "whole": [0, "true", None],
        "items": [{}, None, "x", [7], [{}], [{"name": 7, "size": 7}], [{"name": "x"}]],
    }
    for member, values in wrong.items():
        for value in values:
            with (
                rogue(lambda _asked, bad=good | {member: value}: said(bad)) as one,
                opened(one.address) as target,
                pytest.raises(StrangeTargetError),
            ):
                target.list()


def test_f09_names_that_are_no_items_and_sizes_none_has_are_left_out() -> None:
    name = piece()[0]
    listed = [
        {"name": name, "size": 7},
        {"name": "../" + name, "size": 7},
        {"name": name.upper(), "size": 7},
        *({"name": piece()[0], "size": size} for size in (0, -1, 5 * 1024**2, 2**70)),
    ]
    whole = {"era": "e", "next": 7, "more": False, "whole": True, "items": listed}
    with rogue(lambda _asked: said(whole)) as one, opened(one.address) as target:
        assert [item.name for item in target.list().items] == [name]


def test_f09_what_was_not_asked_for_is_not_taken() -> None:
    wanted, other = piece(), piece()
    for given in ([other], [wanted, other], [wanted, wanted]):
        frames = b"".join(frame(*item) for item in given)
        with (
            rogue(lambda _asked, frames=frames: answer(200, BYTES, frames)) as one,
            opened(one.address) as target,
        ):
            reading = target.get([wanted[0]])
            with pytest.raises(StrangeTargetError):
                assert other not in list(reading)


def test_f09_a_cut_answer_gives_what_came_whole_and_says_so() -> None:
    items = [piece(10) for _ in range(3)]
    names = [name for name, _ in items]
    frames = b"".join(frame(*item) for item in items)
    each = len(frames) // 3
    for length in range(len(frames)):
        got: list[tuple[str, bytes]] = []
        # On the way, and by who sent it.
        for said_length in {len(frames), length} if length % each else {len(frames)}:
            got.clear()
            given = [answer(200, BYTES, frames[:length], said_length)]
            with (
                rogue(lambda _asked, given=given: given) as one,
                opened(one.address) as target,
                pytest.raises(UnreachableTargetError),
            ):
                got.extend(target.get(names))  # keeps what came before it broke off
            assert got == items[: length // each]


def test_what_an_answer_had_no_room_for_is_asked_for_again() -> None:
    items = [piece(100) for _ in range(5)]

    def answering(asked: Asked) -> bytes:
        wanted = json.loads(asked.body)["names"]
        there = [item for item in items[:4] if item[0] in wanted]
        return answer(200, BYTES, b"".join(frame(*item) for item in there[:2]))

    with rogue(answering) as one, opened(one.address) as target:
        assert list(target.get([name for name, _ in items])) == items[:4]
    assert one.targets == ["GET challenge", *["POST fetch"] * 3]


@pytest.mark.parametrize("kind", STRANGE_ANSWERS)
def test_f09_when_all_is_well_again_so_is_the_target(kind: str) -> None:
    name = piece()[0]
    is_well = threading.Event()

    def answering(_asked: Asked) -> bytes | list[bytes]:
        return page([name], place=7) if is_well.is_set() else [STRANGE_ANSWERS[kind]]

    with rogue(answering) as one, opened(one.address) as target:
        for _ in range(2):
            with pytest.raises(TargetError):
                target.list()
        is_well.set()
        assert [item.name for item in target.list().items] == [name]


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """An authority that this computer trusts."""
    made = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(made.path))
    return made


def test_a_relay_that_proves_who_it_is_is_used(authority: Authority) -> None:
    name = piece()[0]
    with (
        rogue(lambda _asked: page([name]), authority.serving()) as one,
        opened(one.address) as target,
    ):
        assert [item.name for item in target.list().items] == [name]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "fault", ["another name", "another address", "expired", "of tomorrow", "unknown authority"]
)
def test_f09_a_relay_that_cant_prove_who_it_is_is_told_nothing(
    authority: Authority, tmp_path: Path, way: str, fault: str
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    context = {
        "another name": lambda: authority.serving("relay.example.org"),
        "another address": lambda: authority.serving("127.0.0.2"),
        "expired": lambda: authority.serving(begins=-2 * DAY, ends=-DAY),
        "of tomorrow": lambda: authority.serving(begins=DAY, ends=2 * DAY),
        "unknown authority": lambda: Authority(elsewhere).serving(),
    }[fault]()
    with rogue(lambda _asked: page(), context) as one, opened(one.address) as target:
        for _ in range(2):
            with pytest.raises(StrangeTargetError, match="prove who it is"):
                WAYS[way](target)
    assert one.asked == []


def test_f09_plain_http_where_tls_is_due_is_no_relay(authority: Authority) -> None:
    assert authority.path.exists()
    with rogue(lambda _asked: page()) as one:
        address = one.address.replace("http:", "https:")
        with opened(address) as target, pytest.raises(UnreachableTargetError):
            target.list()
    assert one.asked == []

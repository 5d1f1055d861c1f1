"""A relay, or a room, as a target: items over HTTP, each request signed by this device.

Nothing that answers is believed: it has to say that it is a relay, within a size and a time; there
is no following elsewhere and no unpacking, and what it hands over is checked by its name.
"""

from __future__ import annotations

import json
import re
import socket
import ssl
import time
from contextlib import suppress
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import truststore
import urllib3

from app.crypto.access import Request, sign_request
from app.crypto.primitives import sha256
from app.errors import (
    FullTargetError,
    InvalidInputError,
    RefusedByTargetError,
    StrangeTargetError,
    TargetError,
    UnreachableTargetError,
)
from app.sync.items import Item, is_whole, kind_of
from app.sync.targets.target import Listing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from app.crypto.identity import Identity

MOST_ANSWER: Final = 17 * 1024 * 1024
MOST_PUT: Final = 8 * 1024 * 1024
MOST_NAMES: Final = 500
MOST_PAGES: Final = 1_000
SECONDS: Final = 60.0  # for a whole answer
_CONNECT: Final = 10.0
_BETWEEN_BYTES: Final = 15.0
_PART: Final = 64 * 1024
_LENGTH: Final = 4
_CHALLENGE_MARGIN: Final = 60.0
_LONGEST_CURSOR: Final = 200
_WAIT_MARGIN: Final = 10.0
_CHALLENGE: Final = re.compile(r"[A-Za-z0-9._~=-]{1,400}")


class RelayTarget:
    """The mailbox of one inspection on one relay."""

    def __init__(self, address: str, inspection: bytes, own: Identity) -> None:
        """Use a relay by its address. Nothing is asked yet.

        Raises:
            InvalidInputError: that is no address of a relay, or one without encryption outside
                the local network.

        """
        self._prefix = f"/v1/inspections/{inspection.hex()}"
        self._own = own
        self._address = _checked(address)
        self._opened: list[urllib3.connection.HTTPConnection] = []
        self._pool = _pool(self._address, self._opened)
        self._challenge: tuple[str, float, int] = ("", 0.0, 0)
        self._is_closed = False

    def list(self, after: str = "") -> Listing:
        """Return what is new after a cursor, page by page, or all there is."""
        return self._list(after, 0)

    def get(self, names: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """Yield those of the named items that are there and whole."""
        wanted = [name for name in names if kind_of(name) is not None]
        while wanted:
            asked, rest = wanted[:MOST_NAMES], wanted[MOST_NAMES:]
            body = json.dumps({"names": asked}).encode()
            answer = self._ask("POST", "/fetch", body, expected="application/octet-stream")
            given = list(_unframed(answer))
            for name, content in given:
                if name in asked and is_whole(name, content):
                    yield name, content
            # A relay stops when its answer is long enough: what stands after the last is left.
            last = max((asked.index(name) for name, _ in given if name in asked), default=None)
            wanted = rest if last is None else asked[last + 1 :] + rest

    def put(self, items: Iterable[tuple[str, bytes]]) -> None:
        """Put items down, many in one request."""
        parts: list[bytes] = []
        size = 0
        for name, content in items:
            if (parts and size + len(content) > MOST_PUT) or len(parts) >= MOST_NAMES:
                self._put(parts)
                parts, size = [], 0
            parts.append(
                bytes([len(name)]) + name.encode() + len(content).to_bytes(_LENGTH) + content
            )
            size += len(parts[-1])
        if parts:
            self._put(parts)

    def withdraw(self, names: Sequence[str]) -> None:
        """Do nothing: a relay keeps the newest receipt of each device by itself."""

    def wait(self, cursor: str, seconds: float) -> bool:
        """Ask for what is new and let the relay hold the answer back until something is."""
        found = self._list(cursor, seconds)
        return bool(found.items) or found.is_whole

    def publish_devices(self, signed_list: bytes, code: str = "") -> None:
        """Tell the relay who may use the mailbox; the first time with the code it was opened by."""
        headers = {"Siteweek-Code": code} if code else {}
        self._ask("PUT", "/devices", signed_list, headers=headers)

    def close(self) -> None:
        """End, and whatever waits."""
        self._is_closed = True
        for one in self._opened:
            # Also one whose answer is held back: the thread that waits for it ends at once.
            if one.sock is not None:
                with suppress(OSError):
                    one.sock.shutdown(socket.SHUT_RDWR)
        self._pool.close()

    def _list(self, after: str, seconds: float) -> Listing:
        era, _, place = after.partition(" ")
        items: list[Item] = []
        is_whole_list = not after
        for _ in range(MOST_PAGES):
            query = f"?era={era}&after={place or 0}&wait={int(seconds)}"
            page = _page(self._ask("GET", f"/items{query}", seconds=SECONDS + seconds))
            if page["whole"] and (era != page["era"] or not int(place or 0)):
                # It began anew: what came before in this list is of another time.
                items, is_whole_list = [], True
            items += [Item(*one) for one in page["items"]]
            era, place = page["era"], str(page["next"])
            if not page["more"]:
                return Listing(tuple(items), f"{era} {place}", is_whole_list)
            seconds = 0
        raise _strange("its list has no end")

    def _put(self, parts: Iterable[bytes]) -> None:
        self._ask("POST", "/items", b"".join(parts))

    def _ask(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        *,
        headers: Mapping[str, str] | None = None,
        expected: str = "application/json",
        seconds: float = SECONDS,
    ) -> bytes:
        target = self._prefix + path
        for is_last in (False, True):
            signed = self._signed(method, target, body, fresh=is_last)
            status, kind, answer = self._send(
                method, target, body, {**signed, **(headers or {})}, seconds
            )
            if status == 401 and not is_last and _code(answer) == "challenge":  # noqa: PLR2004 - HTTP's
                continue
            if status in {200, 204}:
                if status == 200 and kind != expected:  # noqa: PLR2004 - HTTP's
                    raise _strange("it answers in another form than a relay does")
                return answer
            raise _refusal(status, answer)
        raise _strange("it asks for one proof after the other")

    def _signed(self, method: str, target: str, body: bytes, *, fresh: bool) -> dict[str, str]:
        challenge, until, count = self._challenge
        if fresh or not challenge or time.monotonic() > until:
            status, _kind, answer = self._send("GET", "/v1/challenge", b"", {}, SECONDS)
            if status != 200:  # noqa: PLR2004 - HTTP's
                raise _refusal(status, answer)
            read = _json(answer)
            given, lasts = read.get("challenge"), read.get("seconds")
            if not isinstance(given, str) or not isinstance(lasts, int):
                raise _strange("it gives no challenge")
            if not _CHALLENGE.fullmatch(given):
                raise _strange("it gives no challenge")
            challenge = given
            until, count = time.monotonic() + lasts - _CHALLENGE_MARGIN, 0
        count += 1
        self._challenge = (challenge, until, count)
        request = Request(method, target, sha256(body), challenge, count)
        return {
            "Siteweek-Device": self._own.device_id,
            "Siteweek-Challenge": challenge,
            "Siteweek-Count": str(count),
            "Siteweek-Signature": sign_request(self._own, request).hex(),
        }

    def _send(
        self, method: str, target: str, body: bytes, headers: Mapping[str, str], seconds: float
    ) -> tuple[int, str, bytes]:
        if self._is_closed:
            raise UnreachableTargetError("The exchange was ended.")
        end = time.monotonic() + seconds
        base = urlsplit(self._address).path.rstrip("/")
        try:
            answer = self._pool.request(
                method,
                base + target,
                body=body or None,
                headers={**headers, "Accept-Encoding": "identity"},
                redirect=False,
                retries=False,
                preload_content=False,
                decode_content=False,
                timeout=urllib3.Timeout(
                    connect=_CONNECT, read=min(seconds, _wait(target)) + _WAIT_MARGIN
                ),
            )
            try:
                content = self._content(answer, end)
            finally:
                answer.close() if time.monotonic() > end else answer.release_conn()
        except ssl.SSLError as problem:
            raise _untrusted(problem) from None
        except urllib3.exceptions.SSLError as problem:
            raise _untrusted(problem) from None
        except (urllib3.exceptions.HTTPError, OSError, ValueError):
            raise UnreachableTargetError(
                "The relay did not answer. Everything on this laptop is kept. It is tried again by "
                "itself."
            ) from None
        if answer.headers.get("Siteweek-Relay") != "1":
            raise _strange(
                "what answers is no relay. A network’s sign-in page does so: open any web page "
                "to see it"
            )
        kind = answer.headers.get("Content-Type", "").partition(";")[0].strip()
        return answer.status, kind, content

    def _content(self, answer: urllib3.BaseHTTPResponse, end: float) -> bytes:
        if answer.headers.get("Content-Encoding", "identity") != "identity":
            raise _strange("it answers packed, which no relay does")
        parts: list[bytes] = []
        size = 0
        while part := answer.read(_PART, decode_content=False):
            parts.append(part)
            size += len(part)
            if size > MOST_ANSWER:
                raise _strange("its answer is larger than any relay’s")
            if time.monotonic() > end:
                raise UnreachableTargetError(
                    "The relay answers too slowly. What came whole is kept; the rest is fetched "
                    "again."
                )
        return b"".join(parts)


def _checked(address: str) -> str:
    parts = urlsplit(address)
    host = parts.hostname or ""
    is_near = host == "localhost"
    with suppress(ValueError):
        is_near = ip_address(host).is_private
    if parts.scheme not in {"https", "http"} or not host or parts.username or parts.query:
        raise InvalidInputError(
            "A relay’s address looks like https://relay.example.org. Nothing was sent.", address
        )
    if parts.scheme == "http" and not is_near:
        raise InvalidInputError(
            "Outside the local network a relay’s address begins with https://. Nothing was sent.",
            address,
        )
    return address


def _pool(
    address: str, opened: list[urllib3.connection.HTTPConnection]
) -> urllib3.HTTPConnectionPool:
    parts = urlsplit(address)
    host = parts.hostname or ""
    made: urllib3.HTTPConnectionPool
    if parts.scheme == "http":
        made = urllib3.HTTPConnectionPool(host, parts.port or 80, maxsize=1)
    else:
        context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        made = urllib3.HTTPSConnectionPool(host, parts.port or 443, maxsize=1, ssl_context=context)
    usual: Any = made.ConnectionCls

    class Connection(usual):  # type: ignore[misc] # whose class is the pool's to choose
        def connect(self) -> None:
            super().connect()
            opened[:] = [self]

    made.ConnectionCls = Connection
    return made


def _wait(target: str) -> float:
    """Return how long a relay may hold its answer back, from the address that is asked."""
    held = target.rpartition("wait=")[2] if "wait=" in target else "0"
    return float(held) + _BETWEEN_BYTES


def _page(answer: bytes) -> dict[str, Any]:
    read = _json(answer)
    era, place, items = read.get("era"), read.get("next"), read.get("items")
    fits = (
        isinstance(era, str)
        and era.isalnum()
        and len(era) <= _LONGEST_CURSOR
        and type(place) is int
        and place >= 0
        and isinstance(read.get("more"), bool)
        and isinstance(read.get("whole"), bool)
    )
    if not fits or not isinstance(items, list):
        raise _strange("its list is none")
    listed = []
    for one in items:
        if not isinstance(one, dict) or not isinstance(one.get("name"), str):
            raise _strange("its list is none")
        if kind_of(one["name"]) is not None and type(one.get("size")) is int:
            listed.append((one["name"], one["size"]))
    return {**read, "items": listed}


def _unframed(answer: bytes) -> Iterator[tuple[str, bytes]]:
    place = 0
    while place < len(answer):
        name_end = place + 1 + answer[place]
        start = name_end + _LENGTH
        end = start + int.from_bytes(answer[name_end:start])
        if end > len(answer):
            return  # cut short: what is missing is asked for again
        yield answer[place + 1 : name_end].decode("ascii", "replace"), answer[start:end]
        place = end


def _json(answer: bytes) -> dict[str, Any]:
    try:
        read = json.loads(answer)
    except (ValueError, RecursionError):
        raise _strange("its answer can’t be read") from None
    if not isinstance(read, dict):
        raise _strange("its answer can’t be read")
    return read


def _code(answer: bytes) -> str:
    with suppress(StrangeTargetError):
        return str(_json(answer).get("error", ""))
    return ""


def _refusal(status: int, answer: bytes) -> TargetError:
    code = _code(answer)
    if status == 507:  # noqa: PLR2004 - HTTP's
        room = "for today" if code == "quota-day" else "in this mailbox"
        return FullTargetError(
            f"The relay has no room left {room}. What was handed over before is there; the rest "
            "stays here and goes when there is room."
        )
    if status in {408, 429, 500, 502, 503, 504}:
        return UnreachableTargetError(
            "The relay is busy or not well. Everything on this laptop is kept. It is tried again "
            "by itself."
        )
    if status in {401, 403, 404}:
        return RefusedByTargetError(
            "The relay does not know this laptop, or not this inspection. Everything on this "
            "laptop is kept. The lead publishes the team to a relay: siteweek sync --relay"
        )
    return RefusedByTargetError(
        f"The relay refused what was handed over ({status}). Everything on this laptop is kept."
    )


def _strange(what: str) -> StrangeTargetError:
    return StrangeTargetError(
        f"The relay can’t be used now: {what}. Everything on this laptop is kept, and nothing was "
        "taken in. It is tried again by itself."
    )


def _untrusted(problem: Exception) -> StrangeTargetError:
    del problem  # names what was found in words that only confuse
    return StrangeTargetError(
        "The relay could not prove who it is, so nothing was exchanged: its certificate is out of "
        "date, is for another name, or this laptop’s clock is wrong. It is tried again by itself."
    )

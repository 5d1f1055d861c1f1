"""A relay, or a room, as a target: items over HTTP, each request signed by this device.

Nothing that answers is believed: it has to keep to the interface in every part, within a size and
a time, and what it hands over is checked by its name.
"""

from __future__ import annotations

import json
import math
import re
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import quote

from app.errors import RefusedByTargetError, UnreachableTargetError
from app.sync.items import Item, is_whole, kind_of
from app.sync.targets.addresses import relay_address
from app.sync.targets.answers import (
    MOST_IN_PAGE,
    challenge,
    check_stored,
    code,
    page,
    refusal,
    strange,
)
from app.sync.targets.bounded import ENDED, Allowance, Limits
from app.sync.targets.framing import BrokenFrameError, frame, unframed
from app.sync.targets.http import Answer, Http
from app.sync.targets.signing import Signer
from app.sync.targets.target import Listing, require_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from app.crypto.identity import Identity
    from app.sync.targets.answers import Page

MOST_ITEMS: Final = 1_000_000
MOST_NAMES: Final = 500
MOST_PUT: Final = 8 * 1024 * 1024
FIRST_PUT: Final = 256 * 1024
LONGEST_WAIT: Final = 25

_MOST_TEXT: Final = 512 * 1024  # of an answer in words, its head included
_MOST_CONTENT: Final = 17 * 1024 * 1024
# A put that took less is followed by one twice as large: on a slow line little is lost with each.
_QUICK: Final = 5.0
_SHORT_REST: Final = 10.0  # seconds a relay may ask for without the whole call being given up
_MOST_RESTS: Final = 5
_MOST_REFUSED: Final = 8
_MOST_PAGES: Final = 2 * MOST_ITEMS // MOST_IN_PAGE
_MOST_BEGINNINGS: Final = 3
_JSON: Final = "application/json"
_BYTES: Final = "application/octet-stream"
_Refused = list[RefusedByTargetError]  # within the class, list is a method
_CURSOR: Final = re.compile(r"([\x21-\x7e]{1,64}) ([0-9]{1,18})")


class _Asked(NamedTuple):
    method: str
    path: str
    body: bytes = b""
    headers: Mapping[str, str] = {}


class RelayTarget:
    """The mailbox of one inspection on one relay."""

    def __init__(
        self, address: str, inspection: bytes, own: Identity, limits: Limits | None = None
    ) -> None:
        """Use a relay by its address. Nothing is asked yet.

        Raises:
            InvalidInputError: that is no address of a relay, or one without encryption outside
                the local network.

        """
        self._limits = limits or Limits()
        self._http = Http(relay_address(address), self._limits)
        self._prefix = f"/v1/inspections/{inspection.hex()}"
        self._signer = Signer(own)
        self._room = FIRST_PUT
        self._closed = threading.Event()

    def list(self, after: str = "") -> Listing:
        """Return what is new after a cursor, page by page, or all there is."""
        era, place = _read_cursor(after)
        items: dict[str, Item] = {}
        is_from_start, beginnings = not era, 0
        allowance = Allowance(self._limits, _MOST_TEXT)
        for _ in range(_MOST_PAGES):
            found = self._page(era, place, 0, allowance)
            if found.is_from_start and _went_on(era, place, found):
                # It began anew: what came before in this list is of another time.
                items.clear()
                is_from_start, beginnings = True, beginnings + 1
            elif found.has_more and found.next <= place:
                raise strange("its list goes round in circles")
            items.update((one.name, one) for one in found.items)
            if len(items) > MOST_ITEMS or beginnings > _MOST_BEGINNINGS:
                break
            era, place = found.era, found.next
            if not found.has_more:
                return Listing(tuple(items.values()), f"{era} {place}", is_from_start)
        raise strange("its list has no end")

    def get(self, names: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """Yield those of the named items that are there and whole, as they come."""
        wanted = list(dict.fromkeys(name for name in names if kind_of(name) is not None))
        while wanted:
            asked, rest = wanted[:MOST_NAMES], wanted[MOST_NAMES:]
            last = -1
            for place, name, content in self._fetched(asked):
                last = max(last, place)
                if is_whole(name, content):
                    yield name, content
            # A relay stops when its answer is long enough: what stands after the last is left.
            wanted = rest if last < 0 else asked[last + 1 :] + rest

    def put(self, items: Iterable[tuple[str, bytes]]) -> None:
        """Put items down, many in one request. One that is refused keeps no other back."""
        refused: _Refused = []
        frames: list[bytes] = []
        size = 0
        for name, content in items:
            require_whole(name, content)
            framed = frame(name, content)
            if frames and (size + len(framed) > self._room or len(frames) >= MOST_NAMES):
                self._put(frames, refused)
                frames, size = [], 0
            frames.append(framed)
            size += len(framed)
        if frames:
            self._put(frames, refused)
        if refused:
            raise refused[0]

    def withdraw(self, names: Sequence[str]) -> None:
        """Do nothing: a relay keeps the newest receipt of each device by itself."""

    def wait(self, cursor: str, seconds: float) -> bool:
        """Wait at the relay until something is new; false after ``seconds``, or when closed."""
        end = time.monotonic() + seconds
        try:
            while not self._is_news(cursor, end - time.monotonic()):
                if time.monotonic() >= end:
                    return False
        except UnreachableTargetError:
            if self._closed.is_set():
                return False
            raise
        return True

    def publish_devices(self, signed_list: bytes, code: str = "") -> None:
        """Tell the relay who may use the mailbox; the first time with the code it was opened by.

        Raises:
            TargetError: it refused, or did not answer.

        """
        headers = {"Siteweek-Code": code} if code else {}
        asked = _Asked("PUT", "/devices", signed_list, headers)
        with self._ask(asked, 204, "", Allowance(self._limits, _MOST_TEXT)) as answer:
            answer.all()

    def close(self) -> None:
        """End, and whatever waits."""
        self._closed.set()
        self._http.close()

    def _is_news(self, cursor: str, seconds: float) -> bool:
        """Ask once; the relay holds its answer back for as long as it may, or until there is."""
        era, place = _read_cursor(cursor)
        held_back = min(LONGEST_WAIT, max(0, math.ceil(seconds)))
        found = self._page(era, place, held_back, Allowance(self._limits, _MOST_TEXT, held_back))
        began_anew = bool(era) and found.is_from_start and _went_on(era, place, found)
        return bool(found.items) or found.has_more or began_anew

    def _page(self, era: str, place: int, held_back: int, allowance: Allowance) -> Page:
        query = f"?era={quote(era, safe='')}&after={place}&wait={held_back}"
        with self._ask(_Asked("GET", f"/items{query}"), 200, _JSON, allowance) as answer:
            return page(answer.all())

    def _fetched(self, asked: Sequence[str]) -> Iterator[tuple[int, str, bytes]]:
        """Yield what comes of one request, with its place among the names that were asked for."""
        places = {name: place for place, name in enumerate(asked)}
        body = json.dumps({"names": asked}).encode()
        allowance = Allowance(self._limits, _MOST_CONTENT)
        with self._ask(_Asked("POST", "/fetch", body), 200, _BYTES, allowance) as answer:
            try:
                for name, content in unframed(answer.exactly):
                    place = places.pop(name, None)
                    if place is None:
                        raise strange("it hands over what was not asked for")
                    yield place, name, content
            except BrokenFrameError as broken:
                if not broken.is_cut:
                    raise strange("it hands over what is no item") from None
                raise UnreachableTargetError(
                    "The relay’s answer ended too soon. What came whole is kept; the rest is "
                    "fetched again by itself."
                ) from None

    def _put(self, frames: Sequence[bytes], refused: _Refused) -> None:
        start = time.monotonic()
        try:
            asked = _Asked("POST", "/items", b"".join(frames))
            with self._ask(asked, 200, _JSON, Allowance(self._limits, _MOST_TEXT)) as answer:
                check_stored(answer.all(), len(frames))
        except _RefusedItemsError as problem:
            # All or nothing: the others are put without the one it is about.
            if len(frames) == 1:
                refused.append(problem)
                if len(refused) >= _MOST_REFUSED:
                    raise
                return
            half = len(frames) // 2
            self._put(frames[:half], refused)
            self._put(frames[half:], refused)
            return
        if time.monotonic() - start < _QUICK:
            self._room = min(MOST_PUT, self._room * 2)

    @contextmanager
    def _ask(self, asked: _Asked, status: int, form: str, allowance: Allowance) -> Iterator[Answer]:
        """Ask, with a new challenge or after a short rest where that helps."""
        rests = 0
        is_second = False
        target = self._prefix + asked.path

        def headers() -> dict[str, str]:
            signed = self._signer.headers(asked.method, target, asked.body)
            return {**signed, **asked.headers}

        while True:
            if self._signer.is_due:
                self._renew()
            with self._http.ask(asked.method, target, headers, asked.body, allowance) as answer:
                if answer.status == status:
                    if form and answer.form != form:
                        raise strange("it answers in another form than a relay does")
                    yield answer
                    return
                said = code(answer.all()) if answer.form == _JSON else ""
            if answer.status == 401 and said == "challenge" and not is_second:  # noqa: PLR2004 - HTTP's
                is_second = True
                self._signer.forget()
                continue
            is_short = 0 < answer.retry_after <= _SHORT_REST and answer.status == 429  # noqa: PLR2004 - HTTP's
            if not is_short or rests >= _MOST_RESTS:
                raise _refused(answer, said)
            rests += 1
            if self._closed.wait(answer.retry_after):
                raise UnreachableTargetError(ENDED)

    def _renew(self) -> None:
        allowance = Allowance(self._limits, _MOST_TEXT)
        with self._http.ask("GET", "/v1/challenge", dict, b"", allowance) as answer:
            if answer.status != 200:  # noqa: PLR2004 - HTTP's
                raise _refused(answer, "")
            if answer.form != _JSON:
                raise strange("it answers in another form than a relay does")
            self._signer.renew(*challenge(answer.all()))


class _RefusedItemsError(RefusedByTargetError):
    """It refused a request for what is in it."""


def _refused(answer: Answer, said: str) -> Exception:
    problem = refusal(answer.status, said, answer.retry_after)
    if answer.status in {400, 413}:
        return _RefusedItemsError(problem.sentence)
    return problem


def _went_on(era: str, place: int, found: Page) -> bool:
    """Whether more was asked for than a list from its beginning, in vain if that is what came."""
    return era != found.era or place > 0


def _read_cursor(cursor: str) -> tuple[str, int]:
    """Return era and number; what is no cursor of a relay begins at the beginning."""
    read = _CURSOR.fullmatch(cursor)
    return (read[1], int(read[2])) if read else ("", 0)

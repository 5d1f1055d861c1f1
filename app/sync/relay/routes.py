"""The addresses of a relay and what is read from a request to each; see openapi for all of it."""

from __future__ import annotations

import asyncio
import json
import re
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from app.sync.items import kind_of
from app.sync.relay.bodies import check_plain, promised, read_body
from app.sync.relay.challenges import SECONDS
from app.sync.relay.limits import network
from app.sync.relay.listings import MOST_NAMES
from app.sync.relay.metrics import CONTENT_TYPE
from app.sync.relay.openapi import document
from app.sync.relay.refusals import malformed, no_database, too_large
from app.sync.relay.settings import MOST_BODY

if TYPE_CHECKING:
    from collections.abc import Coroutine, Sequence

    from starlette.requests import Request
    from starlette.types import Receive, Scope, Send

    from app.sync.relay.gate import Knock
    from app.sync.relay.listings import Page
    from app.sync.relay.relay import Relay

MOST_WAIT: Final = 25
_JSON: Final = "application/json"
_BYTES: Final = "application/octet-stream"
_KIBIBYTE: Final = 1024
_MOST_LIST: Final = 512 * _KIBIBYTE
_MOST_NAMES_TEXT: Final = 64 * _KIBIBYTE
_MOST_FRAMES: Final = MOST_BODY + 256 * _KIBIBYTE
_SMALL: Final = 64 * _KIBIBYTE
_MOST_CODE: Final = 64
_WRITE: Final = 256 * _KIBIBYTE
_WHOLE: Final = re.compile(r"[0-9]{1,18}")
_DECIMAL: Final = re.compile(r"[0-9]{1,2}(\.[0-9]{1,6})?")
_ERA: Final = re.compile(r"[\x20-\x7e]{0,64}")


class Routes:
    """The endpoints of one relay."""

    def __init__(self, relay: Relay) -> None:
        """Answer for this relay."""
        self._relay = relay

    def all(self) -> list[Route]:
        """Return every address."""
        mailbox = "/v1/inspections/{inspection}"
        return [
            Route("/v1/challenge", self.challenge, methods=["GET"]),
            Route(f"{mailbox}/devices", self.devices, methods=["PUT"]),
            Route(f"{mailbox}/items", self.listing, methods=["GET"], name="list"),
            Route(f"{mailbox}/items", self.store, methods=["POST"], name="store"),
            Route(f"{mailbox}/fetch", self.fetch, methods=["POST"]),
            Route("/healthz", self.health, methods=["GET"]),
            Route("/metrics", self.metrics, methods=["GET"]),
            Route("/openapi.json", self.openapi, methods=["GET"]),
        ]

    async def challenge(self, _request: Request) -> Response:
        """Give out a challenge to anybody."""
        drawn = self._relay.gate.challenges.draw()
        return JSONResponse({"challenge": drawn, "seconds": SECONDS})

    async def devices(self, request: Request) -> Response:
        """Take in an access list."""
        knock = self._relay.gate.knock(request)
        code = request.headers.get("siteweek-code", "")
        if len(code) > _MOST_CODE:
            raise malformed("That is no mailbox code.")
        body = await read_body(request, _MOST_LIST, self._relay.settings)
        await self._relay.put_devices(knock, body, code)
        return Response(status_code=204)

    async def listing(self, request: Request) -> Response:
        """List what is in a mailbox, or wait for something new."""
        knock = self._relay.gate.knock(request)
        check_plain(request)
        if promised(request) or "transfer-encoding" in request.headers:
            raise malformed("A listing is asked for without a body.")
        era, after, seconds = _asked(request)
        if seconds:
            request.scope["waits"] = True
        page = self._relay.items(knock, era, after, seconds)
        answer = await (_or_gone(request, page) if seconds else page)
        if answer is None:
            return Response(status_code=204)  # nobody is there to read it
        return Response(answer.body, media_type=_JSON)

    async def store(self, request: Request) -> Response:
        """Store items."""
        knock = self._relay.gate.knock(request)
        length = promised(request)
        if length <= _SMALL and "content-length" in request.headers:
            body = await read_body(request, _SMALL, self._relay.settings)
            stored, held = await self._relay.put_items(knock, body)
        else:
            await self._relay.expect(knock)
            with self._relay.large.taken(_place(request, knock)):
                body = await read_body(request, _MOST_FRAMES, self._relay.settings)
                stored, held = await self._relay.put_items(knock, body)
        return JSONResponse({"stored": stored, "held": held})

    async def fetch(self, request: Request) -> Response:
        """Hand out items by name."""
        knock = self._relay.gate.knock(request)
        body = await read_body(request, _MOST_NAMES_TEXT, self._relay.settings)
        names = _names(body)
        member = await self._relay.reader(knock, body)
        with ExitStack() as stack:
            stack.enter_context(self._relay.large.taken(_place(request, knock)))
            frames = await self._relay.fetch(member, names)
            return _Frames(frames, stack.pop_all())

    async def health(self, _request: Request) -> Response:
        """Say whether requests can be answered."""
        if not await self._relay.is_well():
            raise no_database()
        return JSONResponse({"ok": True})

    async def metrics(self, _request: Request) -> Response:
        """Show the counts of this process."""
        text = self._relay.metrics.text(len(self._relay.waiters))
        return Response(text, headers={"Content-Type": CONTENT_TYPE})

    async def openapi(self, _request: Request) -> Response:
        """Describe all of this to programs."""
        return JSONResponse(document())


class _Frames(Response):
    """Items on their way out; their place is given back when they are gone, however that ends."""

    def __init__(self, frames: Sequence[bytes], place: ExitStack) -> None:
        length = str(sum(map(len, frames)))
        super().__init__(media_type=_BYTES, headers={"Content-Length": length})
        self._frames = frames
        self._place = place

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        del scope, receive
        with self._place:
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            for frame in self._frames:
                for start in range(0, len(frame), _WRITE):
                    part = frame[start : start + _WRITE]
                    await send({"type": "http.response.body", "body": part, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _or_gone(request: Request, work: Coroutine[Any, Any, Page]) -> Page | None:
    """Return what comes of it, or None as soon as whoever asked has gone."""
    task = asyncio.ensure_future(work)
    gone = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
        return task.result() if task.done() else None
    finally:
        task.cancel()
        gone.cancel()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _asked(request: Request) -> tuple[str, int, float]:
    """Return a listing's era, the number to go on after, and the seconds to wait."""
    given = request.query_params
    era, after, wait = given.get("era", ""), given.get("after", "0"), given.get("wait", "0")
    if _ERA.fullmatch(era) is None or _WHOLE.fullmatch(after) is None:
        raise malformed("A listing goes on after a number, in an era of this relay.")
    if _DECIMAL.fullmatch(wait) is None or float(wait) > MOST_WAIT:
        raise malformed(f"A listing waits from 0 to {MOST_WAIT} seconds.")
    return era, int(after), float(wait)


def _names(untrusted: bytes) -> list[str]:
    """Return the names that a body asks for."""
    try:
        asked = json.loads(untrusted)
    except (ValueError, RecursionError):
        raise malformed("The body is no JSON.") from None
    names = asked.get("names") if isinstance(asked, dict) and len(asked) == 1 else None
    if not isinstance(names, list):
        raise malformed("The body names the items that are wanted.")
    if len(names) > MOST_NAMES:
        raise too_large(f"At most {MOST_NAMES} items are asked for at once.")
    if not all(isinstance(one, str) and kind_of(one) for one in names):
        raise malformed("One of the names is no item’s.")
    return names


def _place(request: Request, knock: Knock) -> str:
    """Return whose place a large request takes. A device’s name alone could be anybody’s."""
    address = network(request.client.host) if request.client else ""
    return f"{knock.inspection.hex()} {knock.device} {address}"

"""What stands around every request: our header, bounds in time and number, counts, plain errors.

Nothing of a request is written anywhere: a fault is logged as its type and place.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Final, cast

from starlette.datastructures import MutableHeaders
from starlette.responses import JSONResponse, Response

from app.hardening import fault
from app.sync.relay.limits import network
from app.sync.relay.refusals import Refusal, busy, stopping

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.exceptions import HTTPException
    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from app.sync.relay.relay import Relay

HEADER: Final = "Siteweek-Relay"
VERSION: Final = "1"
_LOG: Final = logging.getLogger("app.sync.relay")
_CODES: Final = {404: "not-found", 405: "method"}
_MESSAGES: Final = {404: "There is nothing at that address.", 405: "That can’t be done here."}
_SERVER_ERROR: Final = 500
_TOO_SLOW: Final = 408


class Edge:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, relay: Relay) -> None:
        """Stand around an application."""
        self._app = app
        self._relay = relay
        self._under_way = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        loop = asyncio.get_running_loop()
        start, status, has_begun = loop.time(), _SERVER_ERROR, False

        async def said(message: Message) -> None:
            nonlocal status, has_begun
            if message["type"] == "http.response.start":
                status, has_begun = message["status"], True
                headers = MutableHeaders(scope=message)
                headers[HEADER] = VERSION
                headers["Cache-Control"] = "no-store"
            # Whoever reads a byte a minute would hold on to megabytes; part after part is bounded.
            async with asyncio.timeout(self._relay.settings.body_seconds):
                await send(message)

        self._under_way += 1
        try:
            await self._answer(scope, receive, said)
        except Exception as problem:  # noqa: BLE001 - logged without values; the answer was a no
            _LOG.error("A request met a fault of the relay: %s", fault(problem))
            if not has_begun:
                await _error(_SERVER_ERROR, "fault", "The relay has a fault.")(scope, receive, said)
        finally:
            self._under_way -= 1
            self._relay.metrics.answered(_route(scope), status, loop.time() - start)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            if self._relay.is_stopping:
                raise stopping()
            if self._under_way > self._relay.settings.requests_at_once:
                raise busy()
            client = scope.get("client")
            if client:
                self._relay.addresses.take(network(client[0]))
        except Refusal as refused:
            await said_no(refused)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _route(scope: Scope) -> str:
    """Return the name of what answered: never the path itself."""
    if "waits" in scope:
        return "wait"
    return str(getattr(scope.get("endpoint"), "__name__", "other"))


def said_no(refused: Refusal) -> Response:
    """Return a refusal as it is sent."""
    headers = {}
    if refused.retry_after:
        headers["Retry-After"] = str(refused.retry_after)
    if refused.status == _TOO_SLOW:
        headers["Connection"] = "close"
    return _error(refused.status, refused.code, refused.message, headers)


async def on_refusal(_request: Request, problem: Exception) -> Response:
    """Answer an expected no."""
    return said_no(cast("Refusal", problem))


async def on_http(_request: Request, problem: Exception) -> Response:
    """Answer a wrong address or method."""
    problem = cast("HTTPException", problem)
    code = _CODES.get(problem.status_code, "malformed")
    message = _MESSAGES.get(problem.status_code, "The request breaks the rules of HTTP.")
    return _error(problem.status_code, code, message, problem.headers)


def _error(
    status: int, code: str, message: str, headers: Mapping[str, str] | None = None
) -> Response:
    return JSONResponse({"error": code, "message": message}, status, headers)

"""Makes the relay's application, for any ASGI server."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from app.clock import SystemClock
from app.sync.relay.edge import Edge, on_http, on_refusal
from app.sync.relay.refusals import Refusal
from app.sync.relay.relay import Relay
from app.sync.relay.routes import Routes

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from app.clock import Clock
    from app.sync.relay.settings import Settings


def create_relay(settings: Settings, clock: Clock | None = None) -> Starlette:
    """Return the application of one process. Its ``state.relay`` is what it serves.

    Raises:
        SiteweekError: the database can't be opened.

    """
    return application(Relay(settings, clock or SystemClock()))


def application(relay: Relay) -> Starlette:
    """Return the application that serves a relay."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        relay.start()
        try:
            yield
        finally:
            await relay.end()

    made = Starlette(
        routes=Routes(relay).all(),
        middleware=[Middleware(Edge, relay=relay)],
        exception_handlers={Refusal: on_refusal, HTTPException: on_http},
        lifespan=lifespan,
    )
    made.router.redirect_slashes = False
    made.state.relay = relay
    return made

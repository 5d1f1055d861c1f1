"""Reads a request's body: bounded in size and time whatever was promised, and never unpacked."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect

from app.sync.relay.refusals import Refusal, malformed, too_large

if TYPE_CHECKING:
    from starlette.requests import Request

    from app.sync.relay.settings import Settings


def promised(request: Request) -> int:
    """Return how long the body says it is; 0 where it doesn't say.

    Raises:
        Refusal: that is no length.

    """
    text = request.headers.get("content-length", "0")
    if not (text.isascii() and text.isdigit()):
        raise malformed("The body’s length is no number.")
    return int(text)


def check_plain(request: Request) -> None:
    """Do nothing when the body is sent as it is.

    Raises:
        Refusal: it is packed; unpacking could make a mountain of a few bytes.

    """
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise malformed("A body is sent as it is, without a content encoding.")


async def read_body(request: Request, most: int, settings: Settings) -> bytes:
    """Return the body.

    It may take a minute, and longer only as long as it comes at a speed that makes headway: a
    phone's line in the country does, somebody who sends a byte a second does not.

    Raises:
        Refusal: too long, or too slow.

    """
    check_plain(request)
    if promised(request) > most:
        raise _too_long(most)
    loop = asyncio.get_running_loop()
    start = loop.time()
    parts = bytearray()
    try:
        async with asyncio.timeout(settings.body_seconds) as limit:
            async for part in request.stream():
                parts += part
                if len(parts) > most:
                    raise _too_long(most)
                seconds = max(settings.body_seconds, len(parts) / settings.least_speed)
                limit.reschedule(start + seconds)
    except TimeoutError:
        raise Refusal(408, "slow", "The body came too slowly.") from None
    except ClientDisconnect:
        raise malformed("The body was not sent to its end.") from None
    return bytes(parts)


def _too_long(most: int) -> Refusal:
    return too_large(f"The body is longer than {most:,} bytes.")

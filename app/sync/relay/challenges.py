"""Challenges: what a device signs into each request, so that an old request can't be sent again.

A challenge is made with a secret that all processes of a relay share, and holds its own end::

    expires, seconds since 1970 (8) ‖ random (12) ‖ HMAC-SHA-256 of label ‖ both (32), base 64
"""

from __future__ import annotations

import base64
import binascii
from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from app.crypto.primitives import equal_in_constant_time, hmac_sha256, random_bytes, sha256
from app.sync.relay.refusals import fresh_challenge

if TYPE_CHECKING:
    from app.clock import Clock

SECRET_SIZE: Final = 32
SECONDS: Final = 600
_LABEL: Final = b"siteweek/challenge/v1"
_TIME: Final = 8
_OPEN: Final = _TIME + 12
_WHOLE: Final = _OPEN + 32
_MOST_TEXT: Final = 200


class Challenges:
    """Draws challenges and knows its own again, whichever process drew them."""

    def __init__(self, secret: bytes, clock: Clock) -> None:
        """Use the relay's secret."""
        self._secret = secret
        self._clock = clock

    def draw(self) -> str:
        """Return a new challenge."""
        open_part = (self._now() + SECONDS).to_bytes(_TIME) + random_bytes(_OPEN - _TIME)
        return base64.urlsafe_b64encode(open_part + self._seal(open_part)).rstrip(b"=").decode()

    def until(self, untrusted: str) -> int:
        """Return when a challenge ends.

        Raises:
            Refusal: it is not ours, or it is over.

        """
        raw = _decoded(untrusted)
        if len(raw) != _WHOLE or not equal_in_constant_time(raw[_OPEN:], self._seal(raw[:_OPEN])):
            raise fresh_challenge("The challenge was not given out by this relay.")
        until = int.from_bytes(raw[:_TIME])
        if until <= self._now():
            raise fresh_challenge("The challenge is over; ask for a new one.")
        return until

    def _seal(self, open_part: bytes) -> bytes:
        return hmac_sha256(self._secret, _LABEL + open_part)

    def _now(self) -> int:
        return int(self._clock.now().timestamp())


class Seen:
    """Which signed requests to read this process has answered, each allowed once.

    It is bounded: beyond, the oldest are forgotten. Who could send one of these again would get
    sealed bytes that they have already. Requests that write are kept in the database instead.
    """

    def __init__(self, most: int = 200_000) -> None:
        """Begin with none."""
        self._most = most
        self._held: OrderedDict[bytes, int] = OrderedDict()

    def take(self, request: bytes, until: int) -> None:
        """Note a request, by its fingerprint.

        Raises:
            Refusal: it was answered before.

        """
        if request in self._held:
            raise was_answered()
        self._held[request] = until
        while len(self._held) > self._most:
            self._held.popitem(last=False)

    def sweep(self, now: int) -> None:
        """Forget those whose challenge is over: refused anyway."""
        for request in [one for one, until in self._held.items() if until <= now]:
            del self._held[request]

    def __len__(self) -> int:
        """How many are held."""
        return len(self._held)


def fingerprint(device: str, challenge: str, count: int) -> bytes:
    """Return what may be used once: a count of a device under a challenge."""
    return sha256(f"{device} {challenge} {count}".encode())


def was_answered() -> Exception:
    """Return the refusal of a request that was sent before."""
    return fresh_challenge("This request was answered before; sign it anew.")


def _decoded(untrusted: str) -> bytes:
    if len(untrusted) > _MOST_TEXT:
        return b""
    try:
        padded = untrusted + "=" * (-len(untrusted) % 4)
        return base64.b64decode(padded, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""

"""Signs what this device asks of a relay, over a challenge that the relay gave out."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from app.crypto.access import Request, sign_request
from app.crypto.primitives import sha256

if TYPE_CHECKING:
    from app.crypto.identity import Identity

# A request may be under way for a while before the relay looks at its signature.
_MARGIN: Final = 60.0


class Signer:
    """One device's signatures, each with the next number under the challenge it was given."""

    def __init__(self, own: Identity) -> None:
        """Sign for this device; there is no challenge yet."""
        self._own = own
        self._challenge = ""
        self._until = 0.0
        self._count = 0

    @property
    def is_due(self) -> bool:
        """Whether a new challenge is needed."""
        return not self._challenge or time.monotonic() > self._until

    def renew(self, challenge: str, seconds: int) -> None:
        """Sign over this challenge, for so long."""
        self._challenge, self._count = challenge, 0
        self._until = time.monotonic() + seconds - _MARGIN

    def forget(self) -> None:
        """Need a new challenge: the relay no longer takes this one."""
        self._challenge = ""

    def headers(self, method: str, target: str, body: bytes) -> dict[str, str]:
        """Return the headers that prove a request to be this device's."""
        self._count += 1
        asked = Request(method, target, sha256(body), self._challenge, self._count)
        return {
            "Siteweek-Device": self._own.device_id,
            "Siteweek-Challenge": self._challenge,
            "Siteweek-Count": str(self._count),
            "Siteweek-Signature": sign_request(self._own, asked).hex(),
        }

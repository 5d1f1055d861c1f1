"""Who may come in: a request signed over a fresh challenge by a device on the mailbox's list.

A stranger is told the same whether an inspection is not here, is not theirs, or was closed: that a
mailbox exists is nobody's business but its members'.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from app.crypto.access import Request, check_request
from app.crypto.primitives import sha256
from app.errors import RefusedAccessError
from app.sync.relay.challenges import Seen, fingerprint
from app.sync.relay.limits import Buckets
from app.sync.relay.mailboxes import Member, member
from app.sync.relay.refusals import (
    fresh_challenge,
    is_closed,
    malformed,
    not_a_member,
    unsigned,
)
from app.sync.relay.replays import Asked

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from starlette.requests import Request as HttpRequest

    from app.clock import Clock
    from app.sync.relay.challenges import Challenges
    from app.sync.relay.settings import Settings

_INSPECTION: Final = re.compile(r"[0-9a-f]{64}")
_DEVICE: Final = re.compile(r"[0-9a-f]{32}")
_COUNT: Final = re.compile(r"[1-9][0-9]{0,17}")
_SIGNATURE: Final = re.compile(r"[0-9a-f]{128}")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Knock:
    """A request's claim to come in: well-formed, under a challenge of ours, nothing more yet."""

    inspection: bytes
    device: str
    method: str
    target: str
    challenge: str
    count: int
    signature: bytes
    until: int
    today: int

    def check(self, public: bytes, body_hash: bytes) -> None:
        """Do nothing when the device of this key signed this request.

        Raises:
            Refusal: it did not.

        """
        signed = Request(self.method, self.target, body_hash, self.challenge, self.count)
        try:
            check_request(public, self.signature, signed)
        except RefusedAccessError:
            raise unsigned("The signature is not that device’s, or a byte was altered.") from None

    def asked(self) -> Asked:
        """What is noted once it is carried out."""
        return Asked(fingerprint(self.device, self.challenge, self.count), self.until, self.today)


class Gate:
    """Lets members in, each at a bearable rate."""

    def __init__(self, challenges: Challenges, clock: Clock, settings: Settings) -> None:
        """Begin with nobody."""
        self.challenges = challenges
        self.seen = Seen()
        self._clock = clock
        self._devices = Buckets(settings.per_device, clock.monotonic)

    def knock(self, request: HttpRequest) -> Knock:
        """Return the claim a request makes.

        Raises:
            Refusal: it makes none, or not under a challenge of this relay.

        """
        inspection = str(request.path_params["inspection"])
        if _INSPECTION.fullmatch(inspection) is None:
            raise malformed("An inspection is named by 64 hexadecimal digits.")
        device = _header(request, "siteweek-device", _DEVICE)
        count = _header(request, "siteweek-count", _COUNT)
        signature = _header(request, "siteweek-signature", _SIGNATURE)
        challenge = request.headers.get("siteweek-challenge", "")
        if not challenge:
            raise fresh_challenge("The request is not signed over a challenge.")
        return Knock(
            bytes.fromhex(inspection),
            device,
            request.method,
            _target(request),
            challenge,
            int(count),
            bytes.fromhex(signature),
            self.challenges.until(challenge),
            self.today(),
        )

    def admit(self, connection: Connection, knock: Knock, body: bytes) -> Member:
        """Return the member that knocks. Asked in a thread; changes nothing.

        Raises:
            Refusal: nobody on the list of an open mailbox, or not signed by them.

        """
        found = find(connection, knock)
        knock.check(found.public, sha256(body))
        if found.is_closed:
            raise is_closed()
        return found

    def count(self, knock: Knock) -> None:
        """Count a request whose signature was checked against its device's rate.

        Raises:
            Refusal: too many.

        """
        self._devices.take(f"{knock.inspection.hex()} {knock.device}")

    def once(self, knock: Knock) -> None:
        """Let a signed request to read be answered once by this process.

        Raises:
            Refusal: it was before.

        """
        self.seen.take(fingerprint(knock.device, knock.challenge, knock.count), knock.until)

    def today(self) -> int:
        """The day by the relay's clock, counted from 1970."""
        return (self._clock.now() - _EPOCH).days

    def now(self) -> int:
        """The second by the relay's clock, counted from 1970."""
        return int(self._clock.now().timestamp())


def find(connection: Connection, knock: Knock) -> Member:
    """Return the member whose device is named, before anything is checked.

    Raises:
        Refusal: there is none.

    """
    found = member(connection, knock.inspection, knock.device)
    if found is None:
        raise not_a_member()
    return found


def _header(request: HttpRequest, name: str, form: re.Pattern[str]) -> str:
    text = request.headers.get(name, "")
    if not text:
        raise unsigned("The request is not signed by a device.")
    if form.fullmatch(text) is None:
        raise unsigned("A header of the signature has the wrong form.")
    return text


def _target(request: HttpRequest) -> str:
    """Return the path and query exactly as they were sent, since that is what was signed."""
    path: bytes = request.scope.get("raw_path") or b""
    query: bytes = request.scope.get("query_string") or b""
    try:
        return (path + b"?" + query if query else path).decode("ascii")
    except UnicodeDecodeError:
        raise malformed("The path or query is not ASCII.") from None

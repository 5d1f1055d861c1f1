"""The ways a relay says no: a status, a code for programs, and one sentence for people.

No sentence holds anything of the request, and a stranger is told the same whether a mailbox is
there or not.
"""

from __future__ import annotations

from typing import Final

CLOSED: Final = "closed"


class Refusal(Exception):  # noqa: N818 - an answer, not a fault
    """An answer other than yes."""

    def __init__(self, status: int, code: str, message: str, retry_after: int = 0) -> None:
        """Keep what will be answered."""
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.retry_after = retry_after


def malformed(message: str) -> Refusal:
    """What was sent breaks the rules of this interface."""
    return Refusal(400, "malformed", message)


def fresh_challenge(message: str) -> Refusal:
    """The request would be taken if it were signed over a new challenge."""
    return Refusal(401, "challenge", message)


def unsigned(message: str) -> Refusal:
    """The request is not signed, or not by the device it names."""
    return Refusal(401, "signature", message)


def not_a_member() -> Refusal:
    """There is no mailbox for this device: nobody learns whether there is one for others."""
    return Refusal(403, "member", "This relay has no mailbox here that is open to this device.")


def is_closed() -> Refusal:
    """Said to those alone who were members."""
    return Refusal(404, CLOSED, "The mailbox of this inspection was closed.")


def does_not_follow() -> Refusal:
    """An access list that may not take the place of the one held."""
    return Refusal(
        409, "list", "The list is older than the one held, or not signed by who may change it."
    )


def too_large(message: str) -> Refusal:
    """More than is taken in one request."""
    return Refusal(413, "size", message)


def too_many(seconds: float) -> Refusal:
    """Too often, or too many at once."""
    return Refusal(429, "rate", "Too many requests; wait a little.", max(1, round(seconds)))


def quota_of_day() -> Refusal:
    """A device has stored as much as it may in a day."""
    return Refusal(507, "quota-day", "This device has stored as much as it may in one day.")


def quota_of_inspection() -> Refusal:
    """A mailbox is full."""
    return Refusal(507, "quota-inspection", "The mailbox of this inspection is full.")


def disk_full() -> Refusal:
    """The relay's own disk is full."""
    return Refusal(507, "disk", "The relay has no room left. Nothing of this request was stored.")


def no_database() -> Refusal:
    """The database is not there, or too busy."""
    return Refusal(503, "database", "The relay’s database is not there just now; try again.", 5)


def busy() -> Refusal:
    """More requests at once than the relay takes."""
    return Refusal(503, "busy", "The relay has more to do than it can; try again.", 5)


def stopping() -> Refusal:
    """The relay is about to end."""
    return Refusal(503, "stopping", "The relay is being stopped; try again.", 5)

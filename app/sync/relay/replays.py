"""Requests that wrote, each carried out once: noted in the same transaction as what they wrote."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, insert
from sqlalchemy.exc import IntegrityError

from app.sync.relay.challenges import was_answered
from app.sync.relay.tables import REPLAYS

if TYPE_CHECKING:
    from sqlalchemy import Connection

_NOTE: Final = insert(REPLAYS)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that may be carried out once, and the day on which it was made."""

    fingerprint: bytes
    until: int
    today: int


def note(connection: Connection, asked: Asked) -> None:
    """Note that a request is being carried out.

    Raises:
        Refusal: it was before.

    """
    try:
        connection.execute(_NOTE, {"request": asked.fingerprint, "until": asked.until})
    except IntegrityError:
        raise was_answered() from None


def sweep(connection: Connection, now: int) -> None:
    """Forget the requests whose challenge is over: they would be refused anyway."""
    connection.execute(delete(REPLAYS).where(REPLAYS.c.until <= now))

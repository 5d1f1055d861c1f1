"""What vouches for an inspection's history: every laptop's newest revision, and signatures."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from app.store import device, heads

if TYPE_CHECKING:
    from app.crypto.store_key import Head
    from app.domain.revisions import Dot
    from app.store.reader import Reader


class DeviceHead(NamedTuple):
    """The newest revision held of one laptop."""

    device: str
    number: int
    hash: str


class Signature(NamedTuple):
    """A laptop's signature over its revision of that number, and so over all before it."""

    device: str
    number: int
    value: bytes


def newest(reader: Reader) -> Head:
    """Return how many revisions are held and the hash of the one that arrived last."""
    return heads.newest(reader.connection)


def every_head(reader: Reader) -> list[DeviceHead]:
    """Return the newest revision of every laptop that has written, by id."""
    rows = reader.connection.execute(
        "SELECT d.id, h.number, h.hash FROM head h JOIN device d ON d.key = h.device ORDER BY d.id"
    )
    return [DeviceHead(str(one), int(number), bytes(digest).hex()) for one, number, digest in rows]


def other_devices(reader: Reader) -> list[str]:
    """Return the ids of the laptops other than this one, whatever names this one has had."""
    rows = reader.connection.execute(
        "SELECT id FROM device WHERE is_self = 0 AND sealed IS NULL ORDER BY id"
    )
    return [str(row[0]) for row in rows]


def own_device(reader: Reader) -> str:
    """Return this laptop's id in the inspection."""
    return device.own(reader.connection)[1]


def signature_over(reader: Reader, dot: Dot) -> Signature | None:
    """Return the first signature of a revision's laptop that covers it, if there is one yet."""
    row = reader.connection.execute(
        "SELECT s.number, s.signature FROM signature s JOIN device d ON d.key = s.device "
        "WHERE d.id = ? AND s.number >= ? ORDER BY s.number LIMIT 1",
        (dot.device, dot.number),
    ).fetchone()
    return None if row is None else Signature(dot.device, int(row[0]), bytes(row[1]))

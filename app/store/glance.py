"""A look at an inspection's own record and closings without opening the whole store."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from app.domain.kinds.people import CLOSURE
from app.store import engine, records

if TYPE_CHECKING:
    from pathlib import Path

    from app.domain.records import Record


class Glance(NamedTuple):
    """The inspection's own record, or None before it has one, and its closings."""

    inspection: Record | None
    closures: tuple[Record, ...]


def glance(path: Path, key: bytes) -> Glance:
    """Look at an inspection; nothing is written.

    Raises:
        DamagedFileError: the file is missing or not a store this key opens.

    """
    connection = engine.open_reader(path, key)
    try:
        own = next(records.of_kind(connection, "inspection"), None)
        return Glance(own, tuple(records.of_kind(connection, CLOSURE)))
    except engine.DriverError:
        # Tables that are not there yet: the store was made and never filled.
        return Glance(None, ())
    finally:
        connection.close()

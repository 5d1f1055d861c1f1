"""A look at an inspection's own record without opening the whole store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.store import engine, records

if TYPE_CHECKING:
    from pathlib import Path

    from app.domain.records import Record


def glance(path: Path, key: bytes) -> Record | None:
    """Return the inspection's own record, or None before it has one; nothing is written.

    Raises:
        DamagedFileError: the file is missing or not a store this key opens.

    """
    connection = engine.open_reader(path, key)
    try:
        return next(records.of_kind(connection, "inspection"), None)
    except engine.DriverError:
        # Tables that are not there yet: the store was made and never filled.
        return None
    finally:
        connection.close()

"""A look at an inspection's own record and closings without opening the whole store."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from app.domain.kinds.people import CLOSURE
from app.store import device, engine, records, team

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from app.domain.records import Record
    from app.store.engine import Connection


class Glance(NamedTuple):
    """The inspection's own record, or None before it has one, and its closings.

    ``remembered`` is what this laptop remembers under the names that were asked for;
    ``is_on_team`` whether it holds a roster.
    """

    inspection: Record | None
    closures: tuple[Record, ...]
    remembered: Mapping[str, str] = MappingProxyType({})
    is_on_team: bool = False


def glance(path: Path, key: bytes, names: Sequence[str] = ()) -> Glance:
    """Look at an inspection, and at what this laptop remembers of it; nothing is written.

    Raises:
        DamagedFileError: the file is missing or not a store this key opens.

    """
    connection = engine.open_reader(path, key)
    try:
        own = next(records.of_kind(connection, "inspection"), None)
        closures = tuple(records.of_kind(connection, CLOSURE))
        remembered = {name: device.recall(connection, name) for name in names}
        return Glance(own, closures, remembered, _is_on_team(connection))
    except engine.DriverError:
        # Tables that are not there yet: the store was made and never filled.
        return Glance(None, ())
    finally:
        connection.close()


def _is_on_team(connection: Connection) -> bool:
    try:
        return team.length(connection) > 0
    except engine.DriverError:
        return False  # a store of a version that knew no teams

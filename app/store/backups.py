"""Snapshots of an inspection's store, each opened and counted after it was written.

A snapshot is the database copied by its own backup function (a copied file can lack the log's
last changes) and the key file beside it, so that it can be opened when both are gone.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from app.crypto.files import flush_folder, read_key_file, write_key_file
from app.crypto.store_key import MOST_BYTES, Head
from app.domain.retention import superseded
from app.errors import NotFoundError, StoreError
from app.store import engine, heads
from app.store.places import (
    BACKUPS,
    KEY_FILE,
    OWNER_ONLY_FILE,
    OWNER_ONLY_FOLDER,
    STORE,
)

if TYPE_CHECKING:
    from pathlib import Path

    from app.clock import Clock
    from app.crypto.inspection_keys import InspectionKeys

_STAMP: Final = "%Y%m%dT%H%M%SZ"
_NAME: Final = re.compile(r"(\d{8}T\d{6}Z)\.db")
_UNFINISHED: Final = ".unfinished"


@dataclass(frozen=True, slots=True)
class Backup:
    """A snapshot: its name, when it was made (UTC), and its size in bytes."""

    stamp: str
    made: datetime
    size: int


@dataclass(frozen=True, slots=True)
class Counted:
    """A snapshot that was opened and found whole, and the newest revision in it."""

    stamp: str
    head: Head


def take(folder: Path, keys: InspectionKeys, clock: Clock, *, is_thinned: bool = True) -> Counted:
    """Copy the store as it now stands, open the copy, check and count it. Then thin old ones.

    Runs beside the writing connection and never holds it up. Whatever fails, the earlier
    snapshots stay as they are.

    Raises:
        StoreError: the copy could not be written, or is not whole; it was removed again.
        DamagedFileError: the store can't be read.

    """
    place = folder / BACKUPS
    now = clock.now().astimezone(UTC)
    stamp = _free_stamp(place, now)
    unfinished = place / f"{stamp}{_UNFINISHED}"
    try:
        place.mkdir(mode=OWNER_ONLY_FOLDER, exist_ok=True)
        flush_folder(folder)  # else a power cut could take the place with all that is in it
        _sweep(place)
        at_least = copy(folder / STORE, unfinished, keys)
        head = check(unfinished, keys)
        if head.count < at_least.count:
            raise StoreError(
                "The backup holds less than the store did when it was begun. It was removed; "
                "earlier backups are kept. Run: siteweek verify"
            )
        write_key_file(place / f"{stamp}.key", read_key_file(folder / KEY_FILE, MOST_BYTES))
        unfinished.replace(place / f"{stamp}.db")
        flush_folder(place)
    except OSError as problem:
        raise StoreError(
            f"The backup could not be written ({os.strerror(problem.errno or 0)}). Earlier "
            "backups and the store itself are unchanged. Make room or check the folder."
        ) from None
    finally:
        _discard(unfinished)
    if is_thinned:
        thin(folder, now)
    return Counted(stamp, head)


def copy(source: Path, target: Path, keys: InspectionKeys) -> Head:
    """Copy a store into a new single file, flushed; return the source's head at the beginning.

    Raises:
        StoreError: the copy could not be written; what there is of it is left for the caller.
        DamagedFileError: the source can't be read.

    """
    key = keys.database.raw
    target.touch(mode=OWNER_ONLY_FILE, exist_ok=False)
    reading = engine.open_reader(source, key)
    try:
        at_least = heads.newest(reading)
        writing = engine.open_copy(target, key)
        try:
            reading.backup(writing)
            # One file and no log, so that it can be carried and compared.
            writing.execute("PRAGMA journal_mode = DELETE")
        finally:
            writing.close()
    except engine.DriverError as problem:
        raise StoreError(
            f"The store could not be copied ({engine.reason(problem)}). The store itself and "
            "earlier backups are unchanged. Put that right and try again."
        ) from None
    finally:
        reading.close()
    with target.open("rb+") as file:
        os.fsync(file.fileno())
    return at_least


def check(path: Path, keys: InspectionKeys) -> Head:
    """Open a snapshot, run both integrity checks, and return its newest revision.

    Raises:
        StoreError: it is not whole.
        DamagedFileError: these keys don't open it.

    """
    found = engine.faults(path, keys.database.raw)
    if found:
        raise StoreError(
            f"The backup {path.stem} is not whole: {found[0]}. The store itself is unchanged; "
            "use another backup."
        )
    connection = engine.open_reader(path, keys.database.raw)
    try:
        return heads.newest(connection)
    except engine.DriverError as problem:
        raise StoreError(
            f"The backup {path.stem} could not be read ({engine.reason(problem)}). The store "
            "itself is unchanged; use another backup."
        ) from None
    finally:
        connection.close()


def every(folder: Path) -> list[Backup]:
    """Return the snapshots of an inspection, newest first."""
    try:
        files = [one for one in (folder / BACKUPS).iterdir() if _NAME.fullmatch(one.name)]
        held = [Backup(one.stem, _made(one.stem), one.stat().st_size) for one in files]
    except FileNotFoundError:
        return []
    except OSError as problem:
        raise StoreError(
            f"The backups could not be listed ({os.strerror(problem.errno or 0)}). Nothing was "
            "changed."
        ) from None
    return sorted(held, key=lambda one: one.stamp, reverse=True)


def named(folder: Path, stamp: str) -> Path:
    """Return the file of a snapshot.

    Raises:
        NotFoundError: there is none with that name.

    """
    if stamp not in {one.stamp for one in every(folder)}:
        raise NotFoundError(
            "This inspection has no backup of that name. Nothing was changed. List them with: "
            "siteweek backups",
            "backup",
        )
    return folder / BACKUPS / f"{stamp}.db"


def thin(folder: Path, now: datetime) -> None:
    """Remove the snapshots that newer and older ones stand in for."""
    for made in superseded((one.made for one in every(folder)), now):
        stamp = made.strftime(_STAMP)
        # The database first: a key without it is harmless, the other way round can't be opened.
        for name in (f"{stamp}.db", f"{stamp}.key"):
            _discard(folder / BACKUPS / name)


def _free_stamp(place: Path, now: datetime) -> str:
    stamp = now.strftime(_STAMP)
    later = now
    while (place / f"{stamp}.db").exists():
        later = datetime.fromtimestamp(later.timestamp() + 1, UTC)
        stamp = later.strftime(_STAMP)
    return stamp


def _made(stamp: str) -> datetime:
    return datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)


def _sweep(place: Path) -> None:
    """Remove what interrupted backups left."""
    for one in place.iterdir():
        if _UNFINISHED in one.name:
            _discard(one)


def _discard(path: Path) -> None:
    for name in (path.name, f"{path.name}-journal", f"{path.name}-wal", f"{path.name}-shm"):
        try:
            path.with_name(name).unlink(missing_ok=True)
        except OSError:
            continue  # it is swept the next time

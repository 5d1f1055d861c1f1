"""Putting an earlier snapshot in the store's place, so that nothing of the present one is lost.

The snapshot gets a new device identity before it becomes the store: work done since it was made
may have reached others under the old one, and two different revisions must never share a number.
After an interruption the store is the old one or the new one, whole.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from datetime import UTC
from typing import TYPE_CHECKING

from app.crypto.files import discard_unfinished, flush_folder
from app.errors import SiteweekError, StoreError
from app.store import backups, device, engine, heads, lock
from app.store.key_file import KeyFile
from app.store.migrate import migrate
from app.store.places import (
    BACKUPS,
    KEY_FILE,
    LOG,
    OWNER_ONLY_FILE,
    OWNER_ONLY_FOLDER,
    RESTORED,
    STORE,
)
from app.store.writing import cannot_write, in_transaction

if TYPE_CHECKING:
    from pathlib import Path

    from app.clock import Clock
    from app.crypto.inspection_keys import InspectionKeys
    from app.crypto.store_key import Head


def restore(folder: Path, keys: InspectionKeys, stamp: str, clock: Clock) -> Head:
    """Make a snapshot the store. The present store is kept as a snapshot, or as it is if damaged.

    Raises:
        NotFoundError: there is no snapshot of that name.
        AlreadyOpenError: the inspection is open; nothing was changed.
        StoreError: the snapshot is not whole, or there is no room; the store is as it was.

    """
    snapshot = backups.named(folder, stamp)
    held = lock.acquire(folder)
    unfinished = folder / RESTORED
    try:
        discard_unfinished(folder / KEY_FILE)
        head = _prepare(snapshot, unfinished, keys)
        _put_aside(folder, keys, clock)
        # The old log has to be gone for good before the new store stands where it could be read.
        flush_folder(folder)
        unfinished.replace(folder / STORE)
        flush_folder(folder)
        KeyFile(folder / KEY_FILE, keys).put_back(head)
    except engine.DriverError as problem:
        raise cannot_write(problem) from None
    except OSError as problem:
        raise StoreError(
            f"The backup could not be restored ({os.strerror(problem.errno or 0)}). The store is "
            "as it was. Make room or check the folder, then try again."
        ) from None
    finally:
        _remove(unfinished)
        held.release()
    return head


def _prepare(snapshot: Path, unfinished: Path, keys: InspectionKeys) -> Head:
    _remove(unfinished)
    unfinished.touch(mode=OWNER_ONLY_FILE)
    shutil.copyfile(snapshot, unfinished)
    backups.check(unfinished, keys)
    return part_ways(unfinished, keys)


def part_ways(copied: Path, keys: InspectionKeys) -> Head:
    """Give a copied store an identity of its own, flushed; return its head.

    Threat: two copies that go on under one identity say different things under one number, and
    neither would count for the others.

    Raises:
        StoreError: it can't be written.

    """
    connection = engine.open_writer(copied, keys.database.raw)
    try:
        migrate(connection)
        in_transaction(connection, lambda it: device.renew(it, keys.identity_wrap))
        head = heads.newest(connection)
        # One file again, all in it, before it takes the store's name.
        connection.execute("PRAGMA journal_mode = DELETE")
    finally:
        connection.close()
    with copied.open("rb+") as file:
        os.fsync(file.fileno())
    return head


def _put_aside(folder: Path, keys: InspectionKeys, clock: Clock) -> None:
    """Keep the present store: as a counted snapshot, or byte for byte when it can't be one."""
    if not (folder / STORE).exists():
        return
    try:
        backups.take(folder, keys, clock, is_thinned=False)
    except SiteweekError:
        _copy_as_it_is(folder, clock)
    # Emptied into the file if it can be, so that the old log can't be taken for the new store's.
    with suppress(SiteweekError, engine.DriverError):
        connection = engine.open_writer(folder / STORE, keys.database.raw)
        try:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()
    for name in (LOG, f"{STORE}-shm"):
        (folder / name).unlink(missing_ok=True)


def _copy_as_it_is(folder: Path, clock: Clock) -> None:
    stamp = clock.now().astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    place = folder / BACKUPS
    place.mkdir(mode=OWNER_ONLY_FOLDER, exist_ok=True)
    for name, kind in ((STORE, "damaged"), (LOG, "wal")):
        if (folder / name).exists():
            kept = place / f"{stamp}.{kind}"
            kept.touch(mode=OWNER_ONLY_FILE)
            shutil.copyfile(folder / name, kept)
            with kept.open("rb+") as file:
                os.fsync(file.fileno())
    flush_folder(place)


def _remove(path: Path) -> None:
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm", f"{path.name}-journal"):
        with suppress(OSError):
            path.with_name(name).unlink(missing_ok=True)

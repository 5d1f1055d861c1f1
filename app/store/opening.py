"""Opening an inspection's store for work: lock, migrate, compare with the newest head, identity.

The order matters. A log that a crash left is kept aside before the engine may throw away what it
can't read of it, and a store that lacks what its key file has seen gets a new identity before
its first new revision: else two different revisions could share a number.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC
from typing import TYPE_CHECKING, Final

from app.crypto.files import discard_unfinished, flush_folder
from app.errors import StoreError
from app.store import backups, blobs, device, engine, heads, lock, logs, reserve
from app.store.key_file import KeyFile
from app.store.migrate import is_due, migrate, require_ours
from app.store.places import (
    BACKUPS,
    BLOBS,
    JOURNAL,
    KEPT_LOG,
    KEY_FILE,
    LOG,
    OWNER_ONLY_FILE,
    OWNER_ONLY_FOLDER,
    STORE,
)
from app.store.writing import cannot_write, in_transaction

if TYPE_CHECKING:
    from pathlib import Path

    from filelock import BaseFileLock

    from app.clock import Clock
    from app.crypto.inspection_keys import InspectionKeys
    from app.store.heads import Behind

SETBACKS: Final = "setbacks"  # what this laptop remembers of stores that were older than they were
_ROOM_TO_MIGRATE: Final = 2.2  # times the store: the backup, and new tables beside the old
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Opened:
    """A store ready for writing. ``notices`` are sentences the user has to be told."""

    writer: engine.Connection
    key_file: KeyFile
    lock: BaseFileLock
    notices: list[str] = field(default_factory=list)


def open_store(folder: Path, keys: InspectionKeys, clock: Clock) -> Opened:
    """Open or create the store in an inspection's folder.

    Raises:
        AlreadyOpenError: another process has it open.
        DamagedFileError: the store or its key file can't be opened, its tables are not ours, or its
            identity is damaged.
        NewerVersionError: a newer Siteweek has used it; nothing was written.
        StoreError: the folder can't be written, or there is no room to migrate.
        UnsafeEngineError: the engine cannot be trusted with notes.

    """
    engine.engine_versions()
    held = lock.acquire(folder)
    try:
        discard_unfinished(folder / KEY_FILE)
        blobs.discard_unfinished(folder / BLOBS)
        key_file = KeyFile(folder / KEY_FILE, keys)
        _keep_log(folder, keys, clock)
        opened = Opened(_migrated(folder, keys, clock), key_file, held)
    except BaseException:
        held.release()
        raise
    try:
        _compare(opened, folder, keys, clock)
        in_transaction(opened.writer, lambda it: device.establish(it, keys.identity_wrap))
        # The engine asks this of its new log's name too, and overlooks a disk that refuses.
        flush_folder(folder)
    except engine.DriverError as problem:
        _give_up(opened)
        raise cannot_write(problem) from None
    except OSError as problem:
        _give_up(opened)
        raise StoreError(
            f"The inspection could not be opened: its disk did not confirm its folder "
            f"({os.strerror(problem.errno or 0)}). What was saved before is safe. Put that right "
            "and try again."
        ) from None
    except BaseException:
        _give_up(opened)
        raise
    with suppress(OSError):
        (folder / KEPT_LOG).unlink(missing_ok=True)
    reserve.hold(folder)
    return opened


def _give_up(opened: Opened) -> None:
    opened.writer.close()
    opened.lock.release()


def _migrated(folder: Path, keys: InspectionKeys, clock: Clock) -> engine.Connection:
    connection = engine.open_writer(folder / STORE, keys.database.raw)
    try:
        if is_due(connection):
            _require_room(folder)
            backups.take(folder, keys, clock)
        migrate(connection)
        require_ours(connection)
    except engine.DriverError as problem:
        connection.close()
        raise cannot_write(problem) from None
    except BaseException:
        connection.close()
        raise
    return connection


def _require_room(folder: Path) -> None:
    size = sum((folder / name).stat().st_size for name in (STORE, LOG) if (folder / name).exists())
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        return  # a disk that won't say: the engine refuses in its own time
    if free < _ROOM_TO_MIGRATE * size:
        wanted = int(_ROOM_TO_MIGRATE * size) // 1_000_000 + 1
        raise StoreError(
            f"This version of Siteweek has to bring the inspection’s store up to date and needs "
            f"{wanted:,} MB of free disk for it. Nothing was changed. Make room, then open it "
            "again."
        )


def _keep_log(folder: Path, keys: InspectionKeys, clock: Clock) -> None:
    """Copy a log that a crash left; one kept by an opening that was cut short is put away.

    So is a log or a journal that isn't this store's: the engine would act on it all the same.
    """
    _put_away(folder, clock)
    with suppress(OSError):
        if logs.has_foreign_journal(folder, keys.database):
            (folder / JOURNAL).replace(folder / KEPT_LOG)
            _put_away(folder, clock)
        if logs.is_foreign(folder, keys.database):
            (folder / LOG).replace(folder / KEPT_LOG)
            _put_away(folder, clock)
        elif (folder / LOG).stat().st_size > 0:
            (folder / KEPT_LOG).touch(mode=OWNER_ONLY_FILE)
            shutil.copyfile(folder / LOG, folder / KEPT_LOG)


def _put_away(folder: Path, clock: Clock) -> None:
    if not (folder / KEPT_LOG).exists():
        return
    stamp = clock.now().astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    try:
        (folder / BACKUPS).mkdir(mode=OWNER_ONLY_FOLDER, exist_ok=True)
        target = folder / BACKUPS / f"{stamp}.wal"
        while target.exists():  # two in one second: neither may take the other's place
            target = target.with_name(f"{target.stem}x.wal")
        (folder / KEPT_LOG).replace(target)
    except OSError as problem:
        _log.warning("a kept log could not be put away: %s", os.strerror(problem.errno or 0))


def _compare(opened: Opened, folder: Path, keys: InspectionKeys, clock: Clock) -> None:
    behind = heads.compare(opened.writer, opened.key_file.head)
    if behind is None:
        return
    _put_away(folder, clock)
    at = clock.now().isoformat(timespec="seconds")

    def settle(connection: engine.Connection) -> None:
        told = json.loads(device.recall(connection, SETBACKS) or "[]")
        told.append({"at": at, "missing": behind.missing})
        device.remember(connection, SETBACKS, json.dumps(told))
        device.renew(connection, keys.identity_wrap)

    in_transaction(opened.writer, settle)
    opened.key_file.put_back(heads.newest(opened.writer))
    opened.notices.append(_sentence(behind))


def _sentence(behind: Behind) -> str:
    if behind.missing is None:
        what = "The key file no longer says which change was the newest, so some may be missing"
    elif behind.missing == 0:
        what = "The store holds other changes than it did when it was last open"
    else:
        noun = "change" if behind.missing == 1 else "changes"
        what = f"The store is older than it was: {behind.missing:,} saved {noun} are missing"
        what = what.replace("change are", "change is") if behind.missing == 1 else what
    return (
        f"{what}. What is there was kept, and new work goes on under a new identity. The missing "
        "words may be on a colleague’s laptop, in a backup (siteweek backups) or in what could be "
        "kept of the log (siteweek salvage)."
    )

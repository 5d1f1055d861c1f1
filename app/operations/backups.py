"""Backups of an inspection: made, listed, carried away and restored."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from app.crypto.files import flush_folder
from app.errors import OutputError
from app.operations import keyring_file
from app.operations.keyring_file import KEYRING
from app.operations.keys import open_keys
from app.operations.profile import INSPECTIONS
from app.store import backups, restoring
from app.store.places import BLOBS, KEY_FILE, OWNER_ONLY_FILE, OWNER_ONLY_FOLDER, STORE

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from app.clock import Clock
    from app.operations.inspection import Inspection
    from app.operations.profile import Profile
    from app.store.backups import Backup


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A snapshot that was opened and counted after it was written."""

    stamp: str
    changes: int


def back_up(inspection: Inspection) -> BackedUp:
    """Make a snapshot of an open inspection, beside whatever is being written.

    Raises:
        StoreError: it could not be made, or is not whole; earlier ones are kept.

    """
    made = inspection.back_up()
    return BackedUp(made.stamp, made.head.count)


def list_backups(profile: Profile, inspection_id: str) -> list[Backup]:
    """Return the snapshots of an inspection, newest first.

    Raises:
        NotFoundError: the profile has no inspection with that id.

    """
    return backups.every(profile.folder_of(inspection_id))


def restore(profile: Profile, inspection_id: str, stamp: str, clock: Clock) -> int:
    """Put a snapshot in the store's place; return how many changes it holds.

    The present store is kept among the backups. This laptop writes under a new identity from
    then on.

    Raises:
        NotFoundError: there is no such inspection or snapshot.
        AlreadyOpenError: the inspection is open.
        StoreError: the snapshot is not whole, or there is no room; the store is as it was.

    """
    folder = profile.folder_of(inspection_id)
    keys = open_keys(folder, bytes.fromhex(inspection_id), profile.master)
    return restoring.restore(folder, keys, stamp, clock).count


def carry_away(
    profile: Profile,
    inspection_id: str,
    target: Path,
    clock: Clock,
    progress: Callable[[int, int], None] = lambda _n, _m: None,
) -> Path:
    """Copy an inspection into a new folder under ``target``, to be kept elsewhere; return it.

    The folder is a profile of its own: the same passphrase opens it, and salvage reads it. All
    in it is encrypted as it is here.

    Raises:
        OutputError: it could not be written; what there is of it was removed.
        StoreError: the copy is not whole, and was removed.

    """
    source = profile.folder_of(inspection_id)
    keys = open_keys(source, bytes.fromhex(inspection_id), profile.master)
    stamp = _stamp(clock.now())
    final = target / f"siteweek-backup-{stamp}"
    unfinished = final.with_name(f"{final.name}.unfinished")
    inside = unfinished / INSPECTIONS / inspection_id
    try:
        for folder in (unfinished, inside.parent, inside):
            folder.mkdir(mode=OWNER_ONLY_FOLDER)
        # Keys and store of one moment: no rotation may come between them.
        with keyring_file.locked(profile.folder):
            _copy_file(profile.folder / KEYRING, unfinished / KEYRING)
            _copy_file(source / KEY_FILE, inside / KEY_FILE)
            backups.copy(source / STORE, inside / STORE, keys)
        restoring.part_ways(inside / STORE, keys)
        backups.check(inside / STORE, keys)
        _copy_blobs(source / BLOBS, inside / BLOBS, progress)
        for folder in (inside, inside.parent, unfinished):
            flush_folder(folder)
        unfinished.replace(final)
        flush_folder(target)
    except OSError as problem:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise OutputError(
            f"The backup could not be written there ({os.strerror(problem.errno or 0)}). The "
            "inspection is unchanged. Make room or choose another folder."
        ) from None
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    return final


def _copy_blobs(source: Path, target: Path, progress: Callable[[int, int], None]) -> None:
    if not source.is_dir():
        return
    target.mkdir(mode=OWNER_ONLY_FOLDER)
    pieces = sorted(one for one in source.iterdir() if one.is_file() and "." not in one.name)
    for number, piece in enumerate(pieces, 1):
        # An attachment given up meanwhile takes its pieces with it; no record copied names them.
        with suppress(FileNotFoundError):
            _copy_file(piece, target / piece.name)
        progress(number, len(pieces))
    flush_folder(target)


def _copy_file(source: Path, target: Path) -> None:
    with source.open("rb") as reading:
        target.touch(mode=OWNER_ONLY_FILE, exist_ok=False)
        with target.open("wb") as writing:
            shutil.copyfileobj(reading, writing)
            writing.flush()
            os.fsync(writing.fileno())


def _stamp(now: datetime) -> str:
    return now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")

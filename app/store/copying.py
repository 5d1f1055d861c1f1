"""Copies a whole store into a new file under other keys, and proves that nothing was lost.

A new file and not a new key for the old one: until the very end the old file is as it was. The
copy leaves behind what the old file had only deleted.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.crypto.files import flush_folder
from app.errors import DamagedFileError, StoppedError, StoreError
from app.store import device, engine, heads
from app.store.key_file import KeyFile
from app.store.places import KEY_FILE, NEXT_STORE, OWNER_ONLY_FILE, STORE
from app.store.writing import in_transaction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from app.crypto.inspection_keys import InspectionKeys
    from app.crypto.store_key import Head

_NEW: Final = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_STEPS_BETWEEN_QUESTIONS: Final = 10_000
# sqlcipher_export leaves these behind.
_CARRIED: Final = ("user_version", "application_id")


@dataclass(frozen=True, slots=True)
class Keyed:
    """A store's file and the key that opens it."""

    path: Path
    key: bytes


@dataclass(frozen=True, slots=True)
class Contents:
    """All that a store holds: how it is built, and per table how many rows and their hash."""

    schema: tuple[tuple[object, ...], ...]
    tables: dict[str, tuple[int, str]]


def copy_under(
    folder: Path, old: InspectionKeys, new: InspectionKeys, stopped: Callable[[], bool]
) -> Head:
    """Make the next store of an inspection under new keys, beside the present one; return its head.

    The caller holds the inspection's lock. What else is sealed under a key of the inspection is
    sealed anew in the copy: this laptop's identities.

    Raises:
        DamagedFileError: the store doesn't open, is damaged, or lacks what its key file has seen.
        StoreError: the copy can't be written, or another program has the store open.
        StoppedError: ``stopped`` answered yes.

    """
    if stopped():
        raise _stopped()
    made = Keyed(folder / NEXT_STORE, new.database.raw)
    copy_store(Keyed(folder / STORE, old.database.raw), made, stopped)
    with _refusals(made.path, stopped):
        with closing(engine.open_copy(made.path, made.key)) as connection:
            in_transaction(
                connection, lambda it: device.reseal(it, old.identity_wrap, new.identity_wrap)
            )
            head = heads.newest(connection)
            behind = heads.compare(connection, KeyFile(folder / KEY_FILE, old).head)
        _flush(made.path)
        require_whole(made)
    if behind is not None:
        raise DamagedFileError(
            "An inspection lacks what its key file has seen. Nothing was changed. Open it once, "
            "and read what it says."
        )
    return head


def copy_store(old: Keyed, new: Keyed, stopped: Callable[[], bool] = lambda: False) -> None:
    """Make ``new`` a copy of ``old``, which nobody else may have open; both reach the disk.

    Afterwards the old store's log is empty, and the copy has passed every check there is.

    Raises:
        DamagedFileError: the old store doesn't open, or is damaged; a copy would hide it.
        StoreError: it can't be written, or another program has the old store open.
        StoppedError: ``stopped`` answered yes.

    """
    with _refusals(new.path, stopped):
        os.close(os.open(new.path, _NEW, OWNER_ONLY_FILE))
        _fold_log(old)
        require_whole(old)
        _export(old, new, stopped)
        _flush(new.path)
        require_whole(new)
        if _contents_of(old, stopped) != _contents_of(new, stopped):
            raise StoreError(
                "The copy of a store differs from the store. The copy is not used, and the store "
                "itself is unchanged. Try again."
            )


def require_whole(one: Keyed) -> None:
    """Do nothing for a store in which every page and every table is sound. It has no log.

    Raises:
        DamagedFileError: one of the checks found something.

    """
    if engine.faults(one.path, one.key):
        raise DamagedFileError(
            f"The store {one.path.name} is damaged. Nothing was changed. If you have a backup, "
            "restore it."
        )


def contents(connection: engine.Connection) -> Contents:
    """Return what a store holds; equal for equal stores, whatever their keys and free pages."""
    schema = connection.execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
    ).fetchall()
    carried = [(name, *connection.execute(f"PRAGMA {name}").fetchone()) for name in _CARRIED]
    listed = connection.execute(
        "SELECT name, ncol, wr FROM pragma_table_list "
        "WHERE schema = 'main' AND type IN ('table', 'shadow') AND name <> 'sqlite_schema'"
    ).fetchall()
    tables = {
        name: _rows(connection, name, _places(columns) if without_rowid else "rowid")
        for name, columns, without_rowid in listed
    }
    return Contents((*schema, *carried), tables)


def _rows(connection: engine.Connection, table: str, order: str) -> tuple[int, str]:
    quoted = table.replace('"', '""')
    count, digest = 0, hashlib.sha256()
    for row in connection.execute(f'SELECT * FROM "{quoted}" ORDER BY {order}'):
        count += 1
        digest.update(repr(row).encode("utf-8", "surrogatepass"))
    return count, digest.hexdigest()


def _places(columns: int) -> str:
    return ", ".join(str(place) for place in range(1, columns + 1))


def _contents_of(one: Keyed, stopped: Callable[[], bool]) -> Contents:
    with closing(engine.open_reader(one.path, one.key)) as connection:
        _ask_between(connection, stopped)
        return contents(connection)


def _fold_log(old: Keyed) -> None:
    with closing(engine.open_writer(old.path, old.key)) as connection:
        busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    if busy:
        raise StoreError(
            "Another program has this inspection open. Nothing was changed. Close it there, then "
            "try again."
        )


def _export(old: Keyed, new: Keyed, stopped: Callable[[], bool]) -> None:
    with closing(engine.open_copier(old.path, old.key, new.path, new.key)) as connection:
        _ask_between(connection, stopped)
        connection.execute("BEGIN")
        connection.execute("SELECT sqlcipher_export('target')").fetchone()
        for name in _CARRIED:
            value = int(connection.execute(f"PRAGMA main.{name}").fetchone()[0])
            connection.execute(f"PRAGMA target.{name} = {value}")
        connection.execute("COMMIT")


def _ask_between(connection: engine.Connection, stopped: Callable[[], bool]) -> None:
    connection.set_progress_handler(lambda: int(stopped()), _STEPS_BETWEEN_QUESTIONS)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    flush_folder(path.parent)


@contextmanager
def _refusals(path: Path, stopped: Callable[[], bool]) -> Iterator[None]:
    """Turn what the engine and the disk say into sentences; the engine's may quote notes."""
    try:
        yield
    except (engine.DriverError, OSError) as problem:
        if isinstance(problem, engine.DriverError) and stopped():
            raise _stopped() from None
        why = (
            os.strerror(problem.errno or 0)
            if isinstance(problem, OSError)
            else engine.reason(problem)
        )
        raise StoreError(
            f"The copy {path.name} could not be written ({why}). It is not "
            "used, and the store itself is unchanged. Make room, then try again."
        ) from None


def _stopped() -> StoppedError:
    return StoppedError("The change of keys was stopped. Nothing was changed.")

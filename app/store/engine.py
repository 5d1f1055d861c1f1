"""Opens SQLCipher connections, and refuses an engine that notes cannot be trusted to.

The only module that names the driver. A connection that was never keyed would write a plain
file without complaint, so keys and checks come before anything else.
"""

from __future__ import annotations

import re
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from app.errors import DamagedFileError, SiteweekError, StoreError, UnsafeEngineError

if TYPE_CHECKING:
    # The driver has the standard one's interface and ships no types of its own.
    import sqlite3 as driver
    from collections.abc import Iterator
    from pathlib import Path
else:
    from sqlcipher3 import dbapi2 as driver

Connection = driver.Connection
DriverError = driver.Error

# Below this SQLite can corrupt a write-ahead log when it is reset.
OLDEST_SAFE_SQLITE: Final = (3, 51, 3)
KEY_BYTES: Final = 32

_PRAGMAS: Final = (
    "PRAGMA synchronous = FULL",  # NORMAL loses acknowledged saves when the power goes
    "PRAGMA temp_store = MEMORY",  # no sorted notes in temporary files
    "PRAGMA secure_delete = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA mmap_size = 0",
    "PRAGMA foreign_keys = ON",
    "PRAGMA busy_timeout = 5000",
    "PRAGMA cache_size = -32768",
)
_MAC_PRAGMAS: Final = ("PRAGMA fullfsync = ON", "PRAGMA checkpoint_fullfsync = ON")
_REASONS: Final = {
    "SQLITE_FULL": "the disk is full",
    "SQLITE_READONLY": "the folder or the file is read-only",
    "SQLITE_BUSY": "another program is using it",
    "SQLITE_IOERR": "the disk reported an error",
    "SQLITE_CORRUPT": "the store is damaged",
    "SQLITE_NOTADB": "the store is damaged",
    "SQLITE_NOMEM": "the disk reported an error, or the memory ran out",
}
_FAULTS: Final = ("SQLITE_IOERR", "SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_NOMEM")
_DETACH: Final = 25  # the driver has no name for it
_DENIED: Final = frozenset({driver.SQLITE_ATTACH, _DETACH})


class EngineMemoryError(driver.OperationalError):
    """The engine ran out of memory, or says so of a page that could not be read."""

    sqlite_errorname = "SQLITE_NOMEM"


@contextmanager
def memory_errors() -> Iterator[None]:
    """Make an error of the driver's of the one that it tells in Python's own way."""
    try:
        yield
    except MemoryError:
        raise EngineMemoryError from None


def open_writer(path: Path, key: bytes) -> Connection:
    """Open, or create, the store at ``path`` for writing, in write-ahead mode.

    Raises:
        DamagedFileError: the file is not a store this key opens.
        UnsafeEngineError: the engine lacks what the store relies on.

    """
    connection = _keyed(path, key, "rwc")
    with _closing_if_refused(connection):
        # Silently stays "delete" inside a transaction, so it is asked for first and checked.
        mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
        _require_log(mode)
        _configure(connection)
    connection.set_authorizer(_authorise)
    return connection


def open_reader(path: Path, key: bytes) -> Connection:
    """Open an existing store for reading alone; its log is left as it is found.

    Raises:
        DamagedFileError: the file is missing or not a store this key opens.

    """
    # Opened for reading alone, closing never folds a log into the file: a damaged log stays as
    # it is until somebody has compared the store with its head. Without a log there is nothing
    # to fold, and a read-only connection would leave its own empty files behind.
    connection = _keyed(path, key, "ro" if _has_log(path) else "rw")
    with _closing_if_refused(connection):
        _configure(connection)
        connection.execute("PRAGMA query_only = ON")
    connection.set_authorizer(_authorise)
    return connection


def open_copy(path: Path, key: bytes) -> Connection:
    """Open, or create, a file that a store is copied into, without a log.

    Raises:
        DamagedFileError: the file is not a store this key opens.

    """
    connection = _keyed(path, key, "rwc")
    with _closing_if_refused(connection):
        _configure(connection)
    connection.set_authorizer(_authorise)
    return connection


def faults(path: Path, key: bytes) -> list[str]:
    """Return what both integrity checks say of a closed store, in words without its contents.

    The store must have no log: beside one the cipher's check gives false alarms. Each check has
    a fresh connection, since a page that failed spoils later checks on the same one.

    Raises:
        DamagedFileError: the file is not a store this key opens.

    """
    found: list[str] = []
    for statement in ("PRAGMA cipher_integrity_check", "PRAGMA quick_check"):
        connection = open_reader(path, key)
        try:
            answers = [str(row[0]) for row in connection.execute(statement)]
        except driver.Error as problem:
            answers = [reason(problem)]
        finally:
            connection.close()
        found.extend(one for one in answers if one != "ok")
    return found


@contextmanager
def only_reading(connection: Connection) -> Iterator[None]:
    """Let a writing connection write nothing for a while, whatever it is asked."""
    (before,) = connection.execute("PRAGMA query_only").fetchone()
    connection.execute("PRAGMA query_only = 1")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA query_only = {before:d}")


def reason(problem: DriverError) -> str:
    """Return why the engine refused, in words. Its own text may quote what was written."""
    name = getattr(problem, "sqlite_errorname", "") or type(problem).__name__
    return next((words for code, words in _REASONS.items() if name.startswith(code)), name)


def is_disk_fault(problem: DriverError) -> bool:
    """Whether the disk refused, so that the connection can't be trusted to go on.

    The cipher takes a page that could not be read for a damaged one, or for a lack of memory, and
    refuses everything from then on; only a fresh connection tells which it was.
    """
    return getattr(problem, "sqlite_errorname", "").startswith(_FAULTS)


def is_full(problem: DriverError) -> bool:
    """Whether there was no room."""
    return getattr(problem, "sqlite_errorname", "").startswith("SQLITE_FULL")


def open_copier(path: Path, key: bytes, target: Path, target_key: bytes) -> Connection:
    """Open an existing store with a new, keyed file attached as ``target``, to be copied into.

    The only connection that may attach a file, and it may attach this one alone, once.

    Raises:
        DamagedFileError: the file is missing or not a store this key opens.
        StoreError: the new file can't be made.

    """
    _require_length(target_key)
    connection = _keyed(path, key, "rw")
    name = str(target.resolve())
    try:
        _configure(connection)
        connection.set_authorizer(
            lambda action, what, *_more: (
                driver.SQLITE_DENY
                if action in _DENIED and (action, what) != (driver.SQLITE_ATTACH, name)
                else driver.SQLITE_OK
            )
        )
        quoted = name.replace("'", "''")
        # The name as a literal: only then is the authoriser told of it.
        connection.execute(f"ATTACH '{quoted}' AS target KEY ?", (f"x'{target_key.hex()}'",))
        connection.set_authorizer(_authorise)
        # A new file needs no journal: half of one is thrown away.
        connection.execute("PRAGMA target.journal_mode = OFF")
        connection.execute("PRAGMA target.synchronous = FULL")
        connection.execute("PRAGMA target.secure_delete = ON")
    except driver.Error:
        connection.close()
        # The driver's own words may hold the key: they are dropped on purpose.
        raise StoreError(
            f"The new store {target.name} could not be made. Nothing was changed. See whether the "
            "disk is full or the folder read-only."
        ) from None
    except BaseException:
        connection.close()
        raise
    return connection


def engine_versions() -> dict[str, str]:
    """Return the engine's versions and switches, having checked that it may be trusted.

    Raises:
        UnsafeEngineError: no cipher, a provider other than OpenSSL, an SQLite with known
            corruption, temporary files on disk, or no full-text search.

    """
    connection = driver.connect(":memory:", isolation_level=None)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{'00' * KEY_BYTES}'\"")
        return _checked_versions(connection)
    finally:
        connection.close()


def _keyed(path: Path, key: bytes, mode: str) -> Connection:
    _require_length(key)
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    try:
        connection = driver.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    except driver.Error as problem:
        raise _cannot_open(path, problem) from None
    try:
        with memory_errors():
            connection.execute("PRAGMA cipher_log_level = NONE")
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            connection.execute("PRAGMA cipher_compatibility = 4")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            status = connection.execute("PRAGMA cipher_status").fetchone()
        _require_cipher(status)
    except driver.Error as problem:
        connection.close()
        # The driver's own words may hold the key: they are dropped on purpose.
        raise _cannot_open(path, problem) from None
    except BaseException:
        connection.close()
        raise
    return connection


def _has_log(path: Path) -> bool:
    try:
        return path.with_name(f"{path.name}-wal").stat().st_size > 0
    except OSError:
        return False


def _require_length(key: bytes) -> None:
    if len(key) != KEY_BYTES:
        raise StoreError("The store's key has the wrong length. Nothing was opened.")


def _require_log(mode: str) -> None:
    if mode != "wal":
        raise StoreError(
            "The store could not be opened for writing: its folder does not allow a "
            "write-ahead log. Nothing was changed."
        )


def _require_cipher(status: tuple[object] | None) -> None:
    if status is None or str(status[0]) != "1":
        raise UnsafeEngineError(
            "The database engine did not encrypt the store. It was closed and nothing was "
            "written. Install Siteweek again."
        )


def _configure(connection: Connection) -> None:
    for statement in _PRAGMAS:
        connection.execute(statement)
    if sys.platform == "darwin":
        for statement in _MAC_PRAGMAS:
            connection.execute(statement)


def _checked_versions(connection: Connection) -> dict[str, str]:
    def one(statement: str) -> str:
        row = connection.execute(statement).fetchone()
        return "" if row is None else str(row[0])

    options = {str(row[0]) for row in connection.execute("PRAGMA compile_options")}
    versions = {
        "sqlite": one("SELECT sqlite_version()"),
        "cipher": one("PRAGMA cipher_version"),
        "provider": one("PRAGMA cipher_provider"),
    }
    for reason in _reasons(versions, options):
        raise UnsafeEngineError(
            f"Siteweek will not run on this database engine: {reason}. Nothing was opened. "
            "Install Siteweek again."
        )
    return versions


def _reasons(versions: dict[str, str], options: set[str]) -> Iterator[str]:
    if not versions["cipher"]:
        yield "it cannot encrypt"
    if versions["provider"] != "openssl":
        yield "its cipher does not come from OpenSSL"
    numbers = tuple(int(part) for part in re.findall(r"\d+", versions["sqlite"])[:3])
    if numbers < OLDEST_SAFE_SQLITE:
        yield f"SQLite {versions['sqlite']} can damage a store; 3.51.3 is the oldest safe one"
    if not options & {"TEMP_STORE=2", "TEMP_STORE=3"}:
        yield "it keeps temporary data on disk"
    if "ENABLE_FTS5" not in options:
        yield "it has no full-text search"


def _authorise(action: int, *_details: str | None) -> int:
    """Refuse ATTACH and DETACH: an attached file with an empty key would be written plain."""
    return driver.SQLITE_DENY if action in _DENIED else driver.SQLITE_OK


@contextmanager
def _closing_if_refused(connection: Connection) -> Iterator[None]:
    """Close a connection whose beginnings fail, and say why in words."""
    try:
        with memory_errors():
            yield
    except driver.Error as problem:
        connection.close()
        raise _refused(problem) from None
    except BaseException:
        connection.close()
        raise


def _refused(problem: DriverError) -> StoreError:
    return StoreError(
        f"The store could not be opened: {reason(problem)}. What was saved before is safe, and "
        "nothing was changed. Put that right and try again."
    )


def _cannot_open(path: Path, problem: DriverError) -> SiteweekError:
    name = getattr(problem, "sqlite_errorname", "")
    if name.startswith(("SQLITE_IOERR", "SQLITE_FULL", "SQLITE_NOMEM")):
        return _refused(problem)
    return DamagedFileError(
        f"The store {path.name} could not be opened: it is missing, damaged or belongs to "
        "another key. Nothing was changed. If you have a backup, restore it."
    )

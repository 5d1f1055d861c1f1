"""Opens the relay's database: SQLite in a file, or PostgreSQL.

SQLite is the build that the encrypted store uses, without a key: Python's own may be one that can
damage a database with several connections. What lies in it was sealed before it came.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.dialects.sqlite.pysqlcipher import SQLiteDialect_pysqlcipher
from sqlalchemy.exc import ArgumentError

from app.errors import InvalidInputError, RelayError

if TYPE_CHECKING:
    from sqlalchemy import Connection

SQLITE: Final = "sqlite"
POSTGRESQL: Final = "postgresql"
WRITES: Final = "writes"
_OLDEST_SAFE_SQLITE: Final = (3, 51, 3)
_PRAGMAS: Final = (
    "busy_timeout=10000",
    "journal_mode=WAL",
    "synchronous=FULL",
    "secure_delete=ON",
    "temp_store=MEMORY",
    "trusted_schema=OFF",
    "journal_size_limit=67108864",
)


def parse(text: str) -> URL:
    """Return a database's address as it was typed, with the driver that is used for it.

    Raises:
        InvalidInputError: it is none of ours.

    """
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise _no_address() from None
    if url.drivername == SQLITE and url.database and not url.host:
        return url  # a file; in memory each connection would have one of its own
    if url.drivername in (POSTGRESQL, "postgres", "postgresql+psycopg"):
        return url.set(drivername="postgresql+psycopg")
    raise _no_address()


def in_file(path: Path) -> str:
    """Return the address of a SQLite database in a file."""
    return URL.create(SQLITE, database=str(path)).render_as_string(hide_password=False)


def open_engine(url: URL, threads: int) -> Engine:
    """Return an engine that has not connected yet.

    Raises:
        RelayError: the driver is missing or unsafe, or the folder can't be made.

    """
    if url.get_backend_name() == SQLITE:
        return _sqlite(Path(url.database or ""), threads)
    try:
        return create_engine(
            url,
            pool_size=threads + 2,
            max_overflow=0,
            pool_timeout=10,
            hide_parameters=True,
            connect_args={"connect_timeout": 10, "application_name": "siteweek"},
        )
    except ModuleNotFoundError:
        raise RelayError(
            "A relay over PostgreSQL needs the package psycopg, which is not installed. Nothing "
            'was started. Install it with: pip install "siteweek[postgresql]"'
        ) from None


def temporary() -> tuple[URL, tempfile.TemporaryDirectory[str]]:
    """Return the address of a SQLite file that goes with the folder returned beside it."""
    folder = tempfile.TemporaryDirectory(prefix="siteweek-relay-", ignore_cleanup_errors=True)
    return URL.create(SQLITE, database=str(Path(folder.name) / "relay.db")), folder


def _sqlite(path: Path, threads: int) -> Engine:
    driver = SQLiteDialect_pysqlcipher.import_dbapi()  # type: ignore[no-untyped-call]  # has none
    if driver.sqlite_version_info < _OLDEST_SAFE_SQLITE:
        raise RelayError(
            f"SQLite {driver.sqlite_version} can damage a database that several connections use. "
            "Nothing was opened; install a newer sqlcipher3."
        )
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Made here, so that nobody else may read it; the log beside it takes on the same rights.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as problem:
        raise RelayError(
            f"The relay’s database could not be opened ({problem.strerror}). Nothing was started; "
            "name another file with --database, or see to that one."
        ) from None
    engine = create_engine(
        URL.create(SQLITE, database=str(path)),
        module=driver,
        pool_size=threads + 2,
        max_overflow=0,
        pool_timeout=10,
        hide_parameters=True,
        connect_args={"check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver has no types
    connection.isolation_level = None  # the driver would begin by itself, and too late
    cursor = connection.cursor()
    cursor.execute("PRAGMA page_count")
    if cursor.fetchone() == (0,):
        # Shapes an empty file; to one that is there already, it would write at each connection.
        cursor.execute("PRAGMA auto_vacuum=INCREMENTAL")
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    # A transaction that begins by reading and writes later could not wait for its turn. Questions
    # need none: each statement sees one state of the database by itself.
    if connection.get_execution_options().get(WRITES):
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _no_address() -> InvalidInputError:
    return InvalidInputError(
        "That is not the address of a database. It begins with sqlite:/// and the path of a file, "
        "or with postgresql://. Nothing was started.",
        "--database",
    )

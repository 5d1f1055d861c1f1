"""Brings a store's tables up to this version, one named step at a time.

Each step and the note that it ran are one transaction. A store from a newer version is
refused before anything is written.
"""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING, Final

from sqlite_utils import Database, Migrations

from app.errors import DamagedFileError, NewerVersionError

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.store.engine import Connection

STEPS: Final = ("0001_records", "0002_identity", "0003_sync")
_SET: Final = "siteweek"
_NOT_OURS: Final = (
    "The tables of this inspection’s store are not those that Siteweek makes: the file was changed "
    "by something else. Nothing was written to it. Open a backup (siteweek backups), or get the "
    "words out of it (siteweek salvage)."
)


def migrate(connection: Connection) -> None:
    """Run the steps this store has not had yet.

    Raises:
        NewerVersionError: the store had a step this version does not know; nothing is written.

    """
    database, migrations = _known(connection)
    if migrations.pending(database):
        migrations.apply(database)


def is_due(connection: Connection) -> bool:
    """Whether a store that was used before lacks a step; a new one has nothing to lose.

    Raises:
        NewerVersionError: the store had a step this version does not know; nothing is written.

    """
    database, migrations = _known(connection)
    return bool(migrations.applied(database)) and bool(migrations.pending(database))


def is_current(connection: Connection) -> bool:
    """Whether a store has had every step.

    Raises:
        NewerVersionError: the store had a step this version does not know.

    """
    database, migrations = _known(connection)
    return not migrations.pending(database)


def _known(connection: Connection) -> tuple[Database, Migrations]:
    # sqlite-utils is written against the standard driver's connection, which this one mirrors.
    database = Database(connection)
    migrations = Migrations(_SET)
    for name in STEPS:
        migrations(name=name)(_step(name))
    unknown = {one.name for one in migrations.applied(database)} - set(STEPS)
    if unknown:
        raise NewerVersionError(
            "This inspection was last opened with a newer Siteweek. Nothing was changed. "
            "Install the newer version to open it."
        )
    return database, migrations


def schema(connection: Connection) -> str:
    """Return the text of every table, index and trigger, in order of name.

    Without those in which the steps are noted: they are the library's, not written in one go.
    """
    rows = connection.execute(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL "
        "AND name NOT LIKE 'sqlite_%' AND tbl_name NOT LIKE '_sqlite_%' "
        "AND name NOT LIKE 'passage_%' ORDER BY type, name"
    )
    return "".join(f"{row[0]};\n\n" for row in rows)


def is_ours(connection: Connection) -> bool:
    """Whether a current store has exactly the tables, indexes and triggers of this version.

    A trigger that somebody added would run with every change; one that is missing would let a
    change be overwritten.
    """
    return schema(connection) == (resources.files("app.store") / "schema.sql").read_text("utf-8")


def require_ours(connection: Connection) -> None:
    """Refuse a current store whose tables are not exactly those of this version.

    Raises:
        DamagedFileError: they are not; nothing was written.

    """
    if not is_ours(connection):
        raise DamagedFileError(_NOT_OURS)


def _step(name: str) -> Callable[[Database], None]:
    text = (resources.files("app.store") / "migrations" / f"{name}.sql").read_text("utf-8")

    def run(database: Database) -> None:
        for statement in statements(text):
            database.conn.execute(statement)

    return run


def statements(text: str) -> list[str]:
    """Split a migration into statements: each ends with ; at the end of a line.

    A trigger's inner statements are indented, so only a ; whose line starts flush counts, or
    the line END;.
    """
    found: list[str] = []
    gathered: list[str] = []
    in_trigger = False
    for line in text.splitlines():
        if not line.strip() or line.startswith("--"):
            continue
        gathered.append(line)
        in_trigger = in_trigger or line == "BEGIN"
        if line.rstrip().endswith(";") and (line == "END;" or not in_trigger):
            found.append("\n".join(gathered))
            gathered, in_trigger = [], False
    return found

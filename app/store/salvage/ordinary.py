"""The ordinary way first: opens a private copy of the store and asks it for everything.

The engine would write beside the store it opens, and fold or drop its log; so it is given a copy,
in a folder that only this user can enter, and only encrypted files are ever in there.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.errors import SiteweekError
from app.store import drafts, engine
from app.store.salvage.shapes import FoundDraft, FoundHead

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.crypto.keys import DatabaseKey
    from app.store.engine import Connection
    from app.store.salvage.carve import Finds

_PREFIX: Final = "siteweek-salvage-"
_LOG: Final = "-wal"


def ask(store: Path, key: DatabaseKey, finds: Finds) -> str:
    """Add what the engine can read; return in words what stopped it, or nothing."""
    if not store.is_file():
        return "it is missing"
    try:
        with private_copy(store) as copy:
            connection = engine.open_reader(copy, key.raw)
            try:
                _take_all(connection, finds)
            finally:
                connection.close()
    except engine.DriverError as problem:
        return f"the engine gave up: {engine.reason(problem)}"
    except OSError as problem:
        return f"no copy of it could be made to open ({problem.strerror})"
    except SiteweekError:
        return "it is damaged, or belongs to another key"
    return ""


@contextmanager
def private_copy(store: Path) -> Iterator[Path]:
    """Copy a store and its log, still encrypted, for as long as they are needed.

    Raises:
        OSError: the disk does not give them up whole, or there is no room for a copy.

    """
    with tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / store.name
        for ending in ("", _LOG):
            original = store.with_name(store.name + ending)
            if original.is_file():
                # The content alone: a read-only original must not make a read-only copy.
                shutil.copyfile(original, copy.with_name(copy.name + ending))
        yield copy


def _take_all(connection: Connection, finds: Finds) -> None:
    finds.devices.update(connection.execute("SELECT key, id FROM device").fetchall())
    rows = connection.execute("SELECT seq, body, hash FROM revision ORDER BY seq")
    for seq, body, stored in rows:
        if finds.take_body(body, stored, seq):
            finds.asked.add(stored)
    for row in connection.execute("SELECT device, number, hash, at FROM head"):
        finds.heads.add(FoundHead(*row))
    for one in drafts.every(connection):
        finds.take_draft(FoundDraft(one.record, one.kind, dict(one.fields), one.at))

"""What each part of a store is asked: one function each, which yields a sentence for every fault.

They read the store as it lies there and a private copy of it; ``integrity`` puts them in words
and in order.
"""

from __future__ import annotations

import re
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from app.crypto import store_key
from app.crypto.files import read_key_file
from app.crypto.pages import (
    FIRST_PAGE,
    PAGE_SIZE,
    SALT_SIZE,
    decrypt,
    is_authentic,
    page_mac_key,
)
from app.domain.kinds.attachments import ATTACHMENT
from app.errors import DamagedFileError, SiteweekError, StoreError
from app.store import (
    backups,
    derived_check,
    engine,
    exchange_check,
    heads,
    logs,
    migrate,
    records,
    revisions,
)
from app.store.attachments import sealed_in
from app.store.blobs import Blobs, BrokenBlobError
from app.store.places import BLOBS, KEY_FILE, LOG, STORE
from app.store.salvage.ordinary import private_copy
from app.store.salvage.sources import stated_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from app.crypto.inspection_keys import InspectionKeys
    from app.crypto.store_key import Head
    from app.domain.records import Record
    from app.store.engine import Connection

_SHORT_ID: Final = 8
# What the engine says of the search index, which has a part of its own and can be made anew.
_INDEX: Final = re.compile(r"fts5.*\bpassage", re.IGNORECASE)
_CUT: Final = re.compile(r"page (\d+) has an invalid size")
_ALTERED: Final = re.compile(r"HMAC verification failed for page (\d+)")
_SALVAGE: Final = (
    "Write nothing more into it. Restore a backup (siteweek restore), or get everything readable "
    "out with: siteweek salvage"
)
_OTHERS: Final = (
    "The missing words may be in a backup (siteweek backups), on a colleague’s laptop, or in what "
    "is left of the log (siteweek salvage)."
)
_PIECES: Final = "Take the missing pieces from a backup, or attach the file again."
_REBUILD: Final = (
    "No words are lost: this is made from the changes, and can be made anew with: siteweek verify "
    "ID --rebuild"
)


@dataclass(slots=True)
class Asked:
    """What the questions are asked of: the store as it lies there, and a copy to work on."""

    folder: Path
    keys: InspectionKeys
    is_cancelled: Callable[[], bool]
    copy: Path | None = None
    stack: ExitStack = field(default_factory=ExitStack)

    @property
    def raw_key(self) -> bytes:
        """The key as the engine takes it."""
        return self.keys.database.raw

    def reading(self) -> Connection:
        """Return a fresh connection to the copy, to be closed by the caller."""
        if self.copy is None:
            raise DamagedFileError("There is no copy of the store to ask.")
        return engine.open_reader(self.copy, self.raw_key)


def _file(asked: Asked) -> Iterator[str]:
    """Copy the store and its log, and see whether the log is the store's own."""
    store = asked.folder / STORE
    if not store.is_file():
        yield "The store is missing."
        return
    before = _marks(asked.folder)
    try:
        copy = asked.stack.enter_context(private_copy(store))
    except OSError as problem:
        yield f"The store could not be read whole from the disk ({problem.strerror})."
        return
    if _marks(asked.folder) != before:
        raise StoreError(
            "The inspection is being written just now, so it could not be checked. Nothing was "
            "changed. Close it in the other window, or wait a moment, and try again."
        )
    if logs.is_foreign(copy.parent, asked.keys.database):
        yield "The log beside the store belongs to another store, or was altered."
        copy.with_name(LOG).unlink()
    asked.copy = copy


def _pages(asked: Asked) -> Iterator[str]:
    """Fold the copy's log in, then have every page's own seal and the structure checked."""
    copy = asked.copy
    if copy is None:
        return
    try:
        writer = engine.open_writer(copy, asked.raw_key)
        try:
            writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            writer.close()
        for fault in engine.faults(copy, asked.raw_key):
            if not _INDEX.search(fault):
                yield _in_words(fault)
    except StoreError as problem:  # the disk failed, which says nothing of what is on it
        asked.copy = None
        yield problem.sentence
    except DamagedFileError:
        asked.copy = None
        yield "The store does not open, so the rest of it could not be asked."
        yield from _altered(asked, copy)


def _altered(asked: Asked, store: Path) -> Iterator[str]:
    """Yield what is wrong with the file, without the engine that gave up."""
    key = asked.keys.database
    with store.open("rb") as file:
        raw = file.read(PAGE_SIZE)
        mac_key = page_mac_key(key, raw[:SALT_SIZE].ljust(SALT_SIZE, b"\0"))
        stated, number = 0, 0
        while raw:
            number += 1
            if not is_authentic(raw, number, mac_key):
                yield f"Page {number} of the store was altered."
            elif number == FIRST_PAGE:
                stated = stated_pages(decrypt(raw, number, key))
            raw = file.read(PAGE_SIZE)
    if number < stated:
        yield f"The store is cut short: {number:,} of {stated:,} pages are left."


def _structure(asked: Asked) -> Iterator[str]:
    connection = asked.reading()
    try:
        for row in connection.execute("PRAGMA integrity_check"):
            if row[0] != "ok" and not _INDEX.search(row[0]):
                yield _in_words(str(row[0]))
    finally:
        connection.close()


def _tables(asked: Asked) -> Iterator[str]:
    connection = asked.reading()
    try:
        is_old = migrate.is_due(connection)
        if not is_old and not migrate.is_ours(connection):
            yield "The tables are not those that this version of Siteweek makes."
    finally:
        connection.close()
    if is_old and asked.copy is not None:
        # Of an older version: the copy is brought up to date, as the store is when next opened.
        writer = engine.open_writer(asked.copy, asked.raw_key)
        try:
            migrate.migrate(writer)
            writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            writer.close()


def _changes(asked: Asked) -> Iterator[str]:
    connection = asked.reading()
    try:
        for dot in revisions.broken_links(connection):
            yield f"Change {dot.number:,} of laptop {dot.device[:_SHORT_ID]} does not follow."
        rows = connection.execute(
            "SELECT d.id, h.number FROM head h JOIN device d ON d.key = h.device WHERE NOT EXISTS "
            "(SELECT 1 FROM revision r WHERE r.device = h.device AND r.number = h.number AND "
            "r.hash = h.hash) OR EXISTS (SELECT 1 FROM revision r WHERE r.device = h.device AND "
            "r.number > h.number)"
        )
        for device, number in rows:
            yield f"Laptop {device[:_SHORT_ID]}’s newest change is not number {number:,} as noted."
    except ValueError:
        yield "The text of a change is no longer readable."
    finally:
        connection.close()


def _newest(asked: Asked) -> Iterator[str]:
    outside: Head | None = None
    try:
        content = read_key_file(asked.folder / KEY_FILE, store_key.MOST_BYTES)
        outside = store_key.read_head(content, asked.keys.inspection_id, asked.keys.store)
    except SiteweekError:
        pass  # what it remembers can't be believed, which is what None says
    connection = asked.reading()
    try:
        behind = heads.compare(connection, outside)
    finally:
        connection.close()
    if behind is None:
        return
    if behind.missing is None:
        yield "The key file is damaged, so nobody can say whether the newest changes are there."
    elif behind.missing == 0:
        yield "The store holds other changes than the key file remembers."
    else:
        yield f"The store is older than its key file: {behind.missing:,} saved changes are missing."


def _signatures(asked: Asked) -> Iterator[str]:
    connection = asked.reading()
    try:
        for dot in heads.false_signatures(connection, asked.keys.inspection_id):
            yield f"The signature under change {dot.number:,} of {dot.device[:_SHORT_ID]} is false."
    finally:
        connection.close()


def _envelopes(asked: Asked) -> Iterator[str]:
    connection = asked.reading()
    try:
        yield from exchange_check.envelope_faults(connection, asked.is_cancelled)
    finally:
        connection.close()


def _team(asked: Asked) -> Iterator[str]:
    connection = asked.reading()
    try:
        yield from exchange_check.team_faults(connection)
    finally:
        connection.close()


def _records(asked: Asked) -> Iterator[str]:
    connection = asked.reading()
    try:
        yield from derived_check.differences(connection, asked.is_cancelled)
    except ValueError:
        yield "What the records are made from is no longer readable."
    finally:
        connection.close()


def _search(asked: Asked) -> Iterator[str]:
    if asked.copy is None:
        return
    connection = engine.open_copy(asked.copy, asked.raw_key)
    try:
        yield from derived_check.search_faults(connection, asked.is_cancelled)
    finally:
        connection.close()


def _attachments(asked: Asked) -> Iterator[str]:
    blobs = Blobs(asked.folder / BLOBS, asked.keys.inspection_id)
    connection = asked.reading()
    try:
        for record in records.everything(connection):
            if asked.is_cancelled():
                return
            if record.kind == ATTACHMENT:
                yield from _wanting(blobs, record)
    finally:
        connection.close()


def _wanting(blobs: Blobs, record: Record) -> Iterator[str]:
    try:
        sealed = sealed_in(record)
    except BrokenBlobError as problem:
        yield f"The attachment {record.id}: {problem.reason}."
        return
    if sealed is None:
        return  # held elsewhere
    health = blobs.check(sealed)
    for numbers, what in ((health.missing, "missing"), (health.damaged, "damaged")):
        for number in numbers:
            yield f"Piece {number} of {len(sealed.pieces)} of attachment {record.id} is {what}."


def _backups(asked: Asked) -> Iterator[str]:
    for one in backups.every(asked.folder):
        if asked.is_cancelled():
            return
        try:
            backups.check(backups.named(asked.folder, one.stamp), asked.keys)
        except SiteweekError as problem:
            yield problem.sentence


def _in_words(fault: str) -> str:
    """Return what an engine's check says as a sentence on one line."""
    if altered := _ALTERED.search(fault):
        return f"Page {altered[1]} of the store was altered."
    if cut := _CUT.search(fault):
        return f"The store is cut short, within its page {cut[1]}."
    line = " ".join(fault.replace("*", "").split())
    return f"{line[:1].upper()}{line[1:]}."


def _marks(folder: Path) -> list[tuple[int, int]]:
    """Return what changes with every save, to see that nobody saved while a copy was made."""
    found: list[tuple[int, int]] = []
    for name in (STORE, LOG):
        try:
            status = (folder / name).stat()
        except OSError:
            found.append((0, 0))
        else:
            found.append((status.st_size, status.st_mtime_ns))
    return found


class Question(NamedTuple):
    """A part's name, what it is asked, what to do about a fault, and whether the copy is needed."""

    name: str
    ask: Callable[[Asked], Iterator[str]]
    advice: str
    needs_copy: bool = True


QUESTIONS: Final = (
    Question("file", _file, _SALVAGE, needs_copy=False),
    Question("pages", _pages, _SALVAGE),
    Question("structure", _structure, _SALVAGE),
    Question("tables", _tables, _SALVAGE),
    Question("changes", _changes, _OTHERS),
    Question("newest change", _newest, _OTHERS),
    Question("signatures", _signatures, _OTHERS),
    Question("envelopes", _envelopes, _OTHERS),
    Question("team", _team, _OTHERS),
    Question("records", _records, _REBUILD),
    Question("search", _search, _REBUILD),
    Question("attachments", _attachments, _PIECES),
    Question("backups", _backups, "Make a new one with: siteweek backup", needs_copy=False),
)

"""What lies in an inspection's folder that notes could be got out of, or keys."""

from __future__ import annotations

import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.store.places import BACKUPS, KEY_FILE, NEXT_KEY_FILE, STORE

if TYPE_CHECKING:
    from pathlib import Path

_LOG: Final = "-wal"
_OLD_LOG: Final = ".wal"
# The store, its snapshots, one that was put aside, and copies that were cut short.
_STORES: Final = (".db", ".damaged", ".unfinished")
# The engine's own and other small things, in which no page lies.
_OTHERS: Final = ("-shm", "-journal", ".key", ".new", ".json")


@dataclass(frozen=True, slots=True)
class Source:
    """A store's file and the logs that may belong to it."""

    store: Path
    logs: tuple[Path, ...]


def sources(folder: Path) -> list[Source]:
    """Return the store first, with every log that was kept; then its snapshots, newest first."""
    files = _files(folder) + sorted(_files(folder / BACKUPS), reverse=True)
    logs = [one for one in files if _LOG in one.name or one.name.endswith(_OLD_LOG)]
    stores = [one for one in files if one not in logs and _may_hold_pages(one)]
    main = folder / STORE
    claimed = {
        store: tuple(log for log in logs if log.name.startswith(f"{store.name}{_LOG}"))
        for store in stores
        if store != main
    }
    rest = tuple(log for log in logs if not any(log in owned for owned in claimed.values()))
    # Listed even where it is missing: its log may be all that is left.
    return [Source(main, rest), *(Source(store, owned) for store, owned in claimed.items())]


def key_files(folder: Path) -> list[Path]:
    """Return the inspection's key file and the copies of it beside its snapshots, newest first."""
    copies = (one for one in _files(folder / BACKUPS) if one.name.endswith(".key"))
    own = [folder / KEY_FILE]
    # What an interrupted change of all keys left: beside the new keyring it is the one that opens.
    if (folder / NEXT_KEY_FILE).exists():
        own.append(folder / NEXT_KEY_FILE)
    return [*own, *sorted(copies, reverse=True)]


def _may_hold_pages(path: Path) -> bool:
    return any(one in path.name for one in _STORES) and not path.name.endswith(_OTHERS)


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(one for one in folder.iterdir() if stat.S_ISREG(one.lstat().st_mode))
    except OSError:
        return []

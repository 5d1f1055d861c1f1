"""A real store in a folder, under a key that guards nothing."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.clock import SystemClock
from app.crypto import store_key
from app.crypto.files import write_key_file
from app.crypto.inspection_keys import InspectionKeys
from app.crypto.keys import MasterKey
from app.store import heads
from app.store.places import KEY_FILE
from app.store.store import Store

if TYPE_CHECKING:
    from app.clock import Clock

MASTER: Final = MasterKey(bytes(32))
INSPECTION: Final = bytes(16)


def keys_of(folder: Path) -> InspectionKeys:
    """The keys of the inspection in a folder, made at the first call."""
    path = folder / KEY_FILE
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        write_key_file(path, store_key.create(INSPECTION, MASTER)[0])
    return InspectionKeys(INSPECTION, store_key.rescue(path.read_bytes(), INSPECTION, MASTER))


def copied_as_if_killed(store: Store, folder: Path, target: Path) -> Path:
    """A copy of an open store's folder as a crash would leave it, its newest head noted outside."""
    keys = keys_of(folder)
    newest = store.read(lambda reader: heads.newest(reader.connection))
    while store_key.read_head((folder / KEY_FILE).read_bytes(), INSPECTION, keys.store) != newest:
        store.write(lambda _transaction: None).result()  # the head is noted after an answer
    return Path(shutil.copytree(folder, target, ignore=shutil.ignore_patterns("*.new")))


def open_store(folder: Path, clock: Clock | None = None) -> Store:
    """The store in a folder, made at the first call."""
    return Store(folder, keys_of(folder), clock or SystemClock())

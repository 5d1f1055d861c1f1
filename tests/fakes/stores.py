"""A real store in a folder, under a key that guards nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.clock import SystemClock
from app.crypto import store_key
from app.crypto.files import write_key_file
from app.crypto.inspection_keys import InspectionKeys
from app.crypto.keys import MasterKey
from app.store.places import KEY_FILE
from app.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

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


def open_store(folder: Path, clock: Clock | None = None) -> Store:
    """The store in a folder, made at the first call."""
    return Store(folder, keys_of(folder), clock or SystemClock())

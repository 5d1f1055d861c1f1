"""A small file that holds room on the disk for the words still on screen when it runs full."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from app.store.places import OWNER_ONLY_FILE, RESERVE

if TYPE_CHECKING:
    from pathlib import Path

SIZE: Final = 4 * 1024 * 1024  # some forty changes of a paragraph


def hold(folder: Path) -> None:
    """Take the room, if there is any. Random bytes: a disk may store zeros in no room at all."""
    path = folder / RESERVE
    with suppress(OSError):
        if path.exists() and path.stat().st_size == SIZE:
            return
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY_FILE)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(os.urandom(SIZE))
        except OSError:
            path.unlink(missing_ok=True)


def give_up(folder: Path) -> bool:
    """Free the room; return whether there was any to free."""
    path = folder / RESERVE
    try:
        # Emptied first: while a virus scanner has it open, removing it alone would free nothing.
        os.close(os.open(path, os.O_WRONLY | os.O_TRUNC))
    except OSError:
        return False
    with suppress(OSError):
        path.unlink()
    return True

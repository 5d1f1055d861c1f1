"""One writer at a time: a lock of the operating system that ends with the process holding it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from app.errors import AlreadyOpenError, StoreError
from app.store.places import LOCK, OWNER_ONLY_FILE

if TYPE_CHECKING:
    from pathlib import Path

    from filelock import BaseFileLock


def acquire(folder: Path) -> BaseFileLock:
    """Lock an inspection's folder for this process. Release it, or end, to give it up.

    A lock file that a crash left behind locks nothing, and a process number used again can't
    mislead: the lock is the open file's own.

    Raises:
        AlreadyOpenError: another process has it, or this one has already.
        StoreError: the folder can't be written, or its disk has no locks.

    """
    # Without the soft fallback: a lock that outlives a crash would lock people out of their notes.
    lock = FileLock(
        folder / LOCK, timeout=0, mode=OWNER_ONLY_FILE, thread_local=False, fallback_to_soft=False
    )
    try:
        lock.acquire()
    except Timeout:
        raise AlreadyOpenError(
            "This inspection is open already, in another window or command of Siteweek. Nothing "
            "was changed. Close it there, then try again."
        ) from None
    except (OSError, NotImplementedError) as problem:
        number = problem.errno if isinstance(problem, OSError) else None
        raise StoreError(
            f"The inspection’s folder could not be locked "
            f"({os.strerror(number) if number else 'its disk has no locks'}). Nothing was changed. "
            "Check that the folder can be written and lies on this laptop."
        ) from None
    return lock

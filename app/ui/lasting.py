"""Keeps None, True and False alive under Python 3.11.

Qt's binding (PySide6 6.12) gives back references to them that it never took: one to None with
every call that returns nothing. From Python 3.12 on they can't die. Before that the count
reaches nothing after some thousands of calls and Python stops the process, words unsaved.
"""

from __future__ import annotations

import ctypes
import sys
from typing import Final

_CANNOT_DIE: Final = (3, 12)  # from this Python on
_ENOUGH: Final = 1 << 48  # more references than any process can give back


def keep_constants_alive() -> None:
    """Raise the reference counts beyond what could ever be given back. Call before any window."""
    if sys.version_info >= _CANNOT_DIE or sys.implementation.name != "cpython":
        return
    if sys.getrefcount(None) < _ENOUGH // 2:
        for one in (None, True, False):
            # The count is the first field of every object, except in debug builds.
            if not hasattr(sys, "gettotalrefcount"):
                ctypes.c_ssize_t.from_address(id(one)).value += _ENOUGH

"""Reads files that anybody may have planted: plain ones alone, once, and no further than allowed.

A link, a second name of a file, a pipe, a device or a folder is never opened on purpose, and what
takes a plain file's place between the look and the opening is not read.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

# Each is 0 where the system doesn't have it. Non-blocking: a planted pipe must not hang the app.
BINARY: Final = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
NOT_THROUGH_LINKS: Final = getattr(os, "O_NOFOLLOW", 0)
_READ: Final = (
    os.O_RDONLY
    | BINARY
    | NOT_THROUGH_LINKS
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
)
# Windows marks what leads elsewhere, and also what a synced folder has not fetched yet. Only the
# first has this bit in its tag; to refuse both would be to refuse synced folders.
_LEADS_ELSEWHERE: Final = 0x20000000


def is_plain(known: os.stat_result) -> bool:
    """Whether this is a file of its own, under one name. A second could be outside the folder."""
    # Windows' listing counts no names: 0. The count is looked at again when the file is open.
    return stat.S_ISREG(known.st_mode) and known.st_nlink <= 1 and not leads_elsewhere(known)


def leads_elsewhere(known: os.stat_result) -> bool:
    """Whether this is a link, or what Windows has for one."""
    tag: int = getattr(known, "st_reparse_tag", 0)
    return stat.S_ISLNK(known.st_mode) or bool(tag & _LEADS_ELSEWHERE)


def read_plain(path: Path, most_bytes: int) -> bytes | None:
    """Return a plain file's bytes, or None: it is not there, no such file, or longer.

    Raises:
        OSError: it is there and could not be read.

    """
    try:
        named = path.lstat()
        if not is_plain(named) or named.st_size > most_bytes:
            return None
        handle = os.open(path, _READ)
    except FileNotFoundError:
        return None
    with os.fdopen(handle, "rb") as file:
        opened = os.fstat(handle)
        if not is_plain(opened) or not os.path.samestat(named, opened):
            return None
        content = file.read(most_bytes + 1)
    return content if len(content) <= most_bytes else None

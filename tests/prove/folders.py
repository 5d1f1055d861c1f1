"""What lies in a folder, as a value: taken from the disk and put back."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

Tree = dict[str, bytes | None]  # by path: bytes of files, None for folders


def contents(root: Path) -> Tree:
    """What lies under a root."""
    return {
        one.relative_to(root).as_posix(): one.read_bytes() if one.is_file() else None
        for one in sorted(root.rglob("*"))
    }


def put(root: Path, tree: Tree) -> None:
    """Put a tree there in place of what was there. Folders come before what is in them."""
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    for path, content in tree.items():
        place = root / path
        if content is None:
            place.mkdir(exist_ok=True)
            continue
        handle = os.open(place, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.write(handle, content)
        finally:
            os.close(handle)

"""Files that a person names: read whole, or written so that no half of one is ever left."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import InvalidInputError, OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable


def read_input(path: Path) -> bytes:
    """Return a file's bytes.

    Raises:
        InvalidInputError: it is missing, a folder, or can't be read.

    """
    try:
        return path.read_bytes()
    except OSError as problem:
        raise InvalidInputError(
            f"{path} could not be read ({problem.strerror}). Nothing was changed.", str(path)
        ) from None


def write_text(path: Path, pieces: Iterable[str]) -> None:
    """Write text to a file, replacing it only once all of the new text is on disk.

    Raises:
        OutputError: it could not be written; what stood there before is as it was.

    """
    write_bytes(path, (piece.encode() for piece in pieces))


def write_bytes(path: Path, pieces: Iterable[bytes]) -> None:
    """Write bytes to a file, replacing it only once all of the new ones are on disk.

    Raises:
        OutputError: it could not be written; what stood there before is as it was.

    """
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".siteweek-")
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except OSError as problem:
        raise OutputError(
            f"{path} could not be written ({problem.strerror}). Nothing was changed there."
        ) from None
    finally:
        with contextlib.suppress(OSError):
            if temporary:
                Path(temporary).unlink()

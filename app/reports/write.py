"""Renders documents and puts them on disk whole: a reader sees the old file or the new one.

What is written here is plain text outside the encrypted store, so a failure leaves nothing of
it behind, and a new file can be read by its owner alone.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import tempfile
import unicodedata
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.errors import OutputError
from app.reports.characters import fit_throughout

if TYPE_CHECKING:
    from app.reports.blocks import Document

_LONGEST_PART: Final = 60
_FULL: Final = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}


class Format(Enum):
    """A kind of file; its value is the ending of the file's name."""

    DOCX = "docx"
    PDF = "pdf"
    HTML = "html"


def render(document: Document, form: Format) -> bytes:
    """Return the document's bytes in this format; equal documents give equal bytes.

    Raises:
        OutputError: the app's own fonts cannot be read.

    """
    fitted = fit_throughout(document)
    # Imported when wanted: the two libraries would slow the start of an app that writes nothing.
    match form:
        case Format.DOCX:
            from app.reports.docx_writer import write_docx  # noqa: PLC0415

            return write_docx(fitted)
        case Format.PDF:
            from app.reports.pdf_writer import write_pdf  # noqa: PLC0415

            return write_pdf(fitted)
        case Format.HTML:
            from app.reports.html_writer import write_html  # noqa: PLC0415

            return write_html(fitted)


def write(document: Document, path: Path, form: Format) -> None:
    """Write the document to this path, replacing a file that is there.

    A link at the path is itself replaced; nothing is written through it.

    Raises:
        OutputError: it could not be written; the file that was there, if any, is untouched and
            no part of the document is left on the disk.

    """
    _refuse_bad_place(path)
    write_whole(render(document, form), path)


def write_whole(content: bytes, path: Path) -> None:
    """Write a finished document to this path, as ``write`` does.

    Raises:
        OutputError: as for ``write``.

    """
    _refuse_bad_place(path)
    try:
        _put(path, content)
    except OSError as error:
        raise OutputError(_sentence(error, path)) from error


def file_name(area: str, what: str, form: Format, marking: str = "") -> str:
    """Return a name such as "wexcombe-letter-OFFICIAL-SENSITIVE.docx", safe on every system.

    The marking is in the name whenever there is one, so that it can be seen before opening.
    """
    parts = [_slug(area).lower() or "inspection", _slug(what).lower() or "document"]
    if marking.strip():
        parts.append(_slug(marking) or "MARKED")
    return f"{'-'.join(parts)}.{form.value}"


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.replace("’", "").replace("'", ""))
    letters = "".join(one for one in plain if not unicodedata.combining(one))
    return re.sub(r"[^A-Za-z0-9]+", "-", letters)[:_LONGEST_PART].strip("-")


def _refuse_bad_place(path: Path) -> None:
    if path.is_dir():
        raise OutputError(f"“{path.name}” is a folder. Choose a name for the file inside it.")
    if not path.parent.is_dir():
        raise OutputError(
            f"The folder for “{path.name}” is not there. Choose another; nothing was written."
        )
    # Asked of the file's own mark: replacing it would only ask about the folder.
    if path.exists() and not path.stat().st_mode & stat.S_IWUSR:
        raise OutputError(f"“{path.name}” is read-only and was left as it is. Choose another name.")


def _put(path: Path, content: bytes) -> None:
    """Write beside the path, reach the disk, then replace in one step."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".siteweek-", suffix=".part")
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        # Also when cancelled: plain words must not stay behind under a name nobody looks for.
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
    _settle(path.parent)


def _settle(folder: Path) -> None:
    """Ask that the new name outlive a power cut, where folders can be asked."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        # Some places can't be asked, and lose nothing by it; a disk that fails is another matter.
        if error.errno == errno.EIO:
            raise OutputError(
                "The document is in place, but the disk did not confirm it (Input/output error). "
                "After a power cut the one before it may be back. Write it again to be sure."
            ) from error


def _sentence(error: OSError, path: Path) -> str:
    if error.errno in _FULL:
        return f"There is not enough room for “{path.name}”. Free some space; nothing was written."
    if isinstance(error, PermissionError):
        return (
            f"“{path.name}” could not be written there: the folder is read-only, or the file is "
            "open in another program. Close it or choose another folder; nothing was changed."
        )
    return f"“{path.name}” could not be written there. Choose another folder; nothing was changed."

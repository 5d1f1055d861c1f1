"""What may be sent to whoever looks after Siteweek: versions, counts and codes, and nothing else.

No name, path, date of work or word is in it, and it needs no passphrase: whatever is encrypted
stays so. Every value is a number, a version or a word of this program's own.
"""

from __future__ import annotations

import platform
import re
import stat
import sys
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Final

from app import VERSION
from app.errors import SiteweekError
from app.operations.profile import INSPECTIONS
from app.store.engine import engine_versions
from app.store.places import BACKUPS, KEPT_LOG, LOCK, LOG, RESERVE, STORE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_LIBRARIES: Final = (
    "PySide6-Essentials",
    "cryptography",
    "sqlcipher3",
    "sqlite-utils",
    "reportlab",
    "python-docx",
)
_ID: Final = re.compile(r"[0-9a-f]{32}")
_MEGABYTE: Final = 1_000_000
# The endings of files that are ours; of any other file only that it is there is told.
_OURS: Final = (STORE, LOG, KEPT_LOG, LOCK, RESERVE, ".db", ".key", ".wal", ".unfinished", "-shm")
_PLAIN_VERSION: Final = re.compile(r"[0-9A-Za-z.+_ -]{1,40}")


def diagnostics(folder: Path, protections: Sequence[str] = ()) -> Iterator[tuple[str, str]]:
    """Yield (what, how much or which) of this installation and of a profile's folder."""
    yield "siteweek", VERSION
    yield "python", platform.python_version()
    yield "packaged", "yes" if getattr(sys, "frozen", False) else "no"
    # Not platform.platform(): on some systems it bears the computer's name.
    yield "system", _plain(platform.system())
    yield "release", _plain(platform.release())
    yield "machine", _plain(platform.machine())
    for name in _LIBRARIES:
        try:
            yield name.lower(), _plain(version(name))
        except PackageNotFoundError:
            yield name.lower(), "bundled or missing"
    yield from _engine()
    yield "protections", "; ".join(protections) or "none"
    yield from _profile(folder)


def _engine() -> Iterator[tuple[str, str]]:
    try:
        for name, found in engine_versions().items():
            yield f"engine {name}", _plain(found)
    except SiteweekError as problem:
        yield "engine", type(problem).__name__


def _profile(folder: Path) -> Iterator[tuple[str, str]]:
    try:
        names = sorted(one.name for one in (folder / INSPECTIONS).iterdir())
    except OSError as problem:
        yield "profile", f"{type(problem).__name__} {problem.errno}"
        return
    yield "profile folder", _mode(folder)
    inspections = [one for one in names if _ID.fullmatch(one)]
    yield "inspections", str(len(inspections))
    yield "other folders beside them", str(len(names) - len(inspections))
    # By number, in the order they were begun: an id tells when that was, to the millisecond.
    for number, name in enumerate(inspections, 1):
        yield f"inspection {number}", _inspection(folder / INSPECTIONS / name)


def _inspection(folder: Path) -> str:
    try:
        files = [one for one in folder.rglob("*") if one.is_file()]
        size = sum(one.stat().st_size for one in files) / _MEGABYTE
        store = _mode(folder / STORE)
        backups = sum(1 for one in files if one.parent.name == BACKUPS and one.suffix == ".db")
        odd = sum(1 for one in files if not one.name.endswith(_OURS))
    except OSError as problem:
        return f"{type(problem).__name__} {problem.errno}"
    return (
        f"{size:,.1f} MB in {len(files)} files, {backups} backups, {odd} files of other kinds, "
        f"store {store}"
    )


def _mode(path: Path) -> str:
    """Return who may read and write, as figures."""
    return f"{stat.S_IMODE(path.stat().st_mode):04o}"


def _plain(found: str) -> str:
    """Return a version; whatever does not look like one is left out."""
    return found if _PLAIN_VERSION.fullmatch(found) else "not plain"

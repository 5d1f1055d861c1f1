"""Load a pack by its id or its file: read, check, then make the value the app works with.

A pack is checked whenever it is loaded, whoever made it, and only then: an app that starts
reads no pack it was not asked for.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.json_reading import shown
from app.packs import checks, find, shapes, source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.packs import BriefLayout, Framework, LetterLayout, Listing
    from app.packs.rules import Checked


def load_framework(pack: str | Path, folder: Path | None = None) -> Framework:
    """Return the framework pack with this id, or in this file.

    ``folder`` is looked in before the app's own packs.

    Raises:
        NotFoundError: there is no such pack.
        InvalidInputError: it breaks a rule; file, line and reason are named.

    """
    return shapes.framework(_load("framework", pack, folder))


def load_letter_layout(pack: str | Path, folder: Path | None = None) -> LetterLayout:
    """Return the letter layout with this id, or in this file; raises as load_framework does."""
    return shapes.letter_layout(_load("layout", pack, folder))


def load_brief_layout(pack: str | Path, folder: Path | None = None) -> BriefLayout:
    """Return the brief layout with this id, or in this file; raises as load_framework does."""
    return shapes.brief_layout(_load("brief", pack, folder))


def load_list(pack: str | Path, folder: Path | None = None) -> Listing:
    """Return the list with this id, or in this file; raises as load_framework does."""
    return shapes.listing(_load("list", pack, folder))


def load_lists(folder: Path | None = None) -> Mapping[str, Listing]:
    """Return every list by its id; raises as load_framework does for the first that is bad."""
    ids = [one.id for one in find.available("list", folder)]
    return {one: load_list(one, folder) for one in ids}


def _load(kind: str, pack: str | Path, folder: Path | None) -> Checked:
    path = pack if isinstance(pack, Path) else find.locate(kind, pack, folder)
    read = source.read(path)
    checked = checks.check(read, kind)
    if not isinstance(pack, Path) and checked["id"] != pack:
        read.refuse(("id",), f"the file is named {pack} but its id is {shown(checked['id'])}")
    return checked

"""Where packs lie: those that come with the app, and those in a folder given beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app import paths
from app.errors import InvalidInputError, NotFoundError, SiteweekError
from app.json_reading import shown
from app.packs import source

if TYPE_CHECKING:
    from pathlib import Path

FOLDERS: Final = {
    "framework": "frameworks",
    "layout": "layouts",
    "brief": "briefs",
    "list": "lists",
}
_ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Found:
    """A pack that could be chosen; ``problem`` says why not, and is empty when it could."""

    id: str
    path: Path
    version: int = 0
    title: str = ""
    problem: str = ""


def locate(kind: str, pack_id: str, folder: Path | None = None) -> Path:
    """Return the file of the pack with this id, the given folder's before the app's own.

    The folder comes first so that an inspection keeps the packs it began with when a newer
    app brings another version.

    Raises:
        InvalidInputError: this cannot be an id; it is a path, say.
        NotFoundError: neither place has it.

    """
    if _ID.fullmatch(pack_id) is None:
        sentence = f"{shown(pack_id)} cannot be the name of a pack. Choose one of the list."
        raise InvalidInputError(sentence, place=kind)
    for place in _places(kind, folder):
        file = place / f"{pack_id}.json"
        if file.is_file():
            return file
    sentence = f"There is no {kind} pack called {pack_id}. Nothing was changed."
    raise NotFoundError(sentence, place=pack_id)


def available(kind: str, folder: Path | None = None) -> tuple[Found, ...]:
    """Return the packs of this kind to choose from, by title, each id once.

    Only names are read: a pack is checked in full when it is loaded.
    """
    found: dict[str, Found] = {}
    for place in _places(kind, folder):
        for file in sorted(place.glob("*.json")):
            found.setdefault(file.stem, _look(file))
    return tuple(sorted(found.values(), key=lambda one: (one.title.casefold(), one.id)))


def _places(kind: str, folder: Path | None) -> tuple[Path, ...]:
    own = paths.resources() / "packs" / FOLDERS[kind]
    return (own,) if folder is None else (folder / FOLDERS[kind], own)


def _look(file: Path) -> Found:
    try:
        untrusted = source.read(file).untrusted
    except SiteweekError as error:
        return Found(file.stem, file, problem=error.sentence)
    names = untrusted if isinstance(untrusted, dict) else {}
    title, version = names.get("title"), names.get("version")
    if not isinstance(title, str) or not isinstance(version, int):
        return Found(file.stem, file, problem=f"{file.name} has no title or no version.")
    return Found(file.stem, file, version, title)

"""The packs an inspection names, read once each and kept."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from app.packs import find, load

if TYPE_CHECKING:
    from app.domain.packs import BriefLayout, Framework, LetterLayout


@dataclass(frozen=True, slots=True)
class PackChoices:
    """The packs an inspection can name, each as (id, title)."""

    frameworks: tuple[tuple[str, str], ...]
    letter_layouts: tuple[tuple[str, str], ...]
    brief_layouts: tuple[tuple[str, str], ...]


def pack_choices() -> PackChoices:
    """Return the packs that come with the app; one that can't be read is left out."""

    def of(kind: str) -> tuple[tuple[str, str], ...]:
        good = [one for one in find.available(kind) if not one.problem]
        # Ids end in a year: the newest is the likeliest to be wanted.
        newest_first = sorted(good, key=lambda one: one.id.rpartition("-")[2], reverse=True)
        return tuple((one.id, one.title) for one in newest_first)

    return PackChoices(of("framework"), of("layout"), of("brief"))


class Packs:
    """Finds packs by the id that an inspection's record holds; an empty id finds none."""

    def framework(self, pack: str) -> Framework | None:
        """Return a framework pack.

        Raises:
            InvalidInputError: there is no such pack, or it is not well formed.

        """
        return _framework(pack) if pack else None

    def letter_layout(self, pack: str) -> LetterLayout | None:
        """Return a letter layout; raises as ``framework`` does."""
        return _letter_layout(pack) if pack else None

    def brief_layout(self, pack: str) -> BriefLayout | None:
        """Return a brief layout; raises as ``framework`` does."""
        return _brief_layout(pack) if pack else None


@cache
def _framework(pack: str) -> Framework:
    return load.load_framework(pack)


@cache
def _letter_layout(pack: str) -> LetterLayout:
    return load.load_letter_layout(pack)


@cache
def _brief_layout(pack: str) -> BriefLayout:
    return load.load_brief_layout(pack)

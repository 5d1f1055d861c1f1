"""All kinds by name, and the questions the rest of the app asks of them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from app.domain.kinds.attachments import ATTACHMENTS
from app.domain.kinds.leaving import LEAVING
from app.domain.kinds.meetings import MEETINGS
from app.domain.kinds.notes import NOTES
from app.domain.kinds.output import OUTPUT
from app.domain.kinds.people import PEOPLE
from app.domain.kinds.planning import PLANNING
from app.domain.kinds.reconciling import RECONCILING
from app.domain.kinds.spec import Field, Kind, Type
from app.domain.kinds.thread import THREAD
from app.domain.kinds.words import WORDS
from app.domain.revisions import DELETED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from app.domain.revisions import Json

_FAMILIES: Final = (
    PEOPLE,
    NOTES,
    THREAD,
    MEETINGS,
    PLANNING,
    WORDS,
    OUTPUT,
    RECONCILING,
    LEAVING,
    ATTACHMENTS,
)
KINDS: Final[Mapping[str, Kind]] = MappingProxyType(
    {kind.name: kind for family in _FAMILIES for kind in family}
)
NOTE_KINDS: Final = frozenset(kind.name for kind in NOTES)
# Looked through for every record that is derived, so only the fields that can refer are.
_REFERRING: Final = {
    kind.name: tuple(one for one in kind.fields if one.type in {Type.REF, Type.REFS})
    for kind in KINDS.values()
}
_LINKING: Final = {
    name: frozenset(one.name for one in listed) - {KINDS[name].owner}
    for name, listed in _REFERRING.items()
}
_NONE: Final[frozenset[str]] = frozenset()
DELETED_FIELD: Final = Field(DELETED, Type.FLAG, "deleted")


def label_of(kind: str) -> str:
    """Return what people call a kind; its own name where a newer version made it."""
    return KINDS[kind].label if kind in KINDS else kind


def references(kind: str, fields: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    """Yield (field, record id) for every reference a record makes.

    A kind this version doesn't know makes none that it can tell.
    """
    for one in _REFERRING.get(kind, ()):
        if one.type is Type.REF:
            target = fields.get(one.name)
            if isinstance(target, str) and target:
                yield one.name, target
        else:
            targets = fields.get(one.name)
            if isinstance(targets, list):
                for item in (
                    dict.fromkeys(targets) if all(isinstance(each, str) for each in targets) else ()
                ):
                    yield one.name, str(item)


def links_of(kind: str, fields: Mapping[str, Json]) -> list[tuple[str, str]]:
    """Return (field, record id) for every reference other than to the record this is part of."""
    if _LINKING.get(kind, _NONE).isdisjoint(fields):
        return []  # told without looking at each: nearly every paragraph
    owner = KINDS[kind].owner
    return [one for one in references(kind, fields) if one[0] != owner]


def owner_of(kind: str, fields: Mapping[str, Json]) -> str:
    """Return the id of the record this one is part of, or nothing."""
    known = KINDS.get(kind)
    owner = fields.get(known.owner) if known is not None and known.owner else None
    return owner if isinstance(owner, str) else ""


def searched_text(kind: str, fields: Mapping[str, Json]) -> str | None:
    """Return the words of a record that searching finds, or None where it has none."""
    known = KINDS.get(kind)
    if known is None or not known.search or fields.get(DELETED) is True:
        return None
    if len(known.search) == 1:
        only = fields.get(known.search[0])
        return only if isinstance(only, str) and only else None
    words = [value for name in known.search if isinstance(value := fields.get(name), str) and value]
    return "\n".join(words) or None

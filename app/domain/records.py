"""A record as it stands now: the values its revisions leave, and what is still forked."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast, get_type_hints

from app.domain.revisions import DELETED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.revisions import Json

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Record:
    """One record: id, kind, values, and for each forked field all its versions.

    ``changed_at`` is the newest hybrid stamp among its revisions.
    """

    id: str
    kind: str
    fields: Mapping[str, Json]
    forks: Mapping[str, tuple[Json, ...]] = field(default_factory=dict)
    changed_at: int = 0

    @property
    def is_deleted(self) -> bool:
        """Whether it was deleted and not restored."""
        return self.fields.get(DELETED) is True

    def text(self, name: str) -> str:
        """Return a text field, or nothing where it is missing or not text."""
        value = self.fields.get(name)
        return value if isinstance(value, str) else ""

    def number(self, name: str) -> int | None:
        """Return a whole-number field, or None where it is missing or not one."""
        value = self.fields.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def flag(self, name: str) -> bool:
        """Whether a yes-or-no field says yes."""
        return self.fields.get(name) is True

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list field's texts."""
        value = self.fields.get(name)
        if not isinstance(value, list):
            return ()
        return tuple(item for item in value if isinstance(item, str))


@cache
def _hints(cls: type) -> dict[str, object]:
    """The types of a class's fields. Worked out anew they took most of the time of a long note."""
    return get_type_hints(cls)


def read(cls: type[Value], record: Record) -> Value:
    """Return a record as the dataclass that names its fields.

    ``cls`` has ``id: str`` and, for the rest, fields of type str, bool, int | None or
    tuple[str, ...] named as the record's. Missing or unfit values read as empty, so a record
    from a newer or a damaged source can still be shown.
    """
    hints = _hints(cast("Any", cls))
    values: dict[str, object] = {"id": record.id}
    for one in fields(cast("Any", cls)):
        if one.name == "id":
            continue
        hint = hints[one.name]
        if hint is str:
            values[one.name] = record.text(one.name)
        elif hint is bool:
            values[one.name] = record.flag(one.name)
        elif hint == tuple[str, ...]:
            values[one.name] = record.texts(one.name)
        else:
            values[one.name] = record.number(one.name)
    return cls(**values)

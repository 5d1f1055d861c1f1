"""The transaction as verbs see it: checked writes, new ids, who is writing and when.

Every value is checked against its kind and every reference against what exists, so a wrong
value stops the whole verb and leaves nothing behind.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from uuid6 import uuid7

from app.domain.changes import Changes
from app.domain.closures import standing
from app.domain.dates import long_date
from app.domain.kinds.people import CLOSURE
from app.domain.kinds.registry import KINDS, label_of, references
from app.domain.kinds.spec import Type
from app.domain.revisions import DELETED
from app.domain.validation import problem
from app.errors import ClosedInspectionError, InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.clock import Clock
    from app.domain.records import Record
    from app.domain.revisions import Json
    from app.store.transaction import Transaction

ME: Final = "me"
INSPECTION: Final = "inspection"  # there is one record of this kind, and it stays
# How long to keep it is decided when the work is over, so these can be set when it is closed.
KEEPING: Final = frozenset({"keep_until", "keep_reason"})
NOTHING: Final[Mapping[str, Json]] = MappingProxyType({})


def new_id() -> str:
    """Return an id nobody has used; ids made later sort later."""
    return str(uuid7())


class Work:
    """One verb's work in one transaction."""

    def __init__(self, transaction: Transaction, clock: Clock) -> None:
        """Work inside a transaction that the store began."""
        self.records = transaction
        self._clock = clock
        self._closings: tuple[Record, ...] | None = None

    @property
    def me(self) -> str:
        """The id of the person who uses this laptop, or nothing before they are known."""
        return self.records.recall(ME)

    def now(self) -> str:
        """Return the present instant in ISO form with its offset, to the second."""
        return self._clock.now().astimezone().isoformat(timespec="seconds")

    def changes(self, made: str = "") -> Changes:
        """Return what this work has changed, and the record it made."""
        changed = self.records.changes
        return Changes(changed.records, changed.kinds, made)

    def add(self, kind: str, fields: Mapping[str, Json], record: str = "") -> str:
        """Write a new record and return its id: a fresh one, or the fresh one that was given.

        Raises:
            InvalidInputError: an unknown kind, a missing or unfit field, a reference to nothing.
            ClosedInspectionError: the inspection was closed.

        """
        self.require_open(kind, fields)
        known = KINDS.get(kind)
        if known is None:
            raise InvalidInputError(f"There is no kind of record called {kind!r}.", kind)
        if kind == INSPECTION and self.records.of_kind(INSPECTION):
            raise InvalidInputError("The inspection has its own record already.", kind)
        given = {name: value for name, value in fields.items() if value is not None}
        for one in known.fields:
            if one.required and one.name not in given:
                raise InvalidInputError(
                    f"{known.label} needs “{one.label}”. Nothing was added.", one.name
                )
        self._checked(kind, given)
        record = record or new_id()
        if self.records.find(record) is not None:
            raise InvalidInputError(f"There is a record with the id {record!r} already.", record)
        self.records.write(record, kind, given)
        if kind == CLOSURE:
            self._closings = None
        return record

    def change(self, record: str, fields: Mapping[str, Json]) -> bool:
        """Set fields of a record; return whether any differed from what stood there.

        Setting a forked field settles the fork. None clears a field.

        Raises:
            NotFoundError: nothing has that id.
            InvalidInputError: an unfit field, a needed one cleared, a reference to nothing, or
                the inspection’s own record would be deleted.
            ClosedInspectionError: the inspection was closed.

        """
        held = self.records.get(record)
        differing = {
            name: value
            for name, value in fields.items()
            if held.fields.get(name) != value or name in held.forks
        }
        if differing:
            self.require_open(held.kind, differing)
            self._keep_needed(held.kind, differing)
            self._checked(held.kind, differing)
            self.records.write(record, held.kind, differing)
        return bool(differing)

    def of_kind(self, record: str, *kinds: str) -> Record:
        """Return a record that has to be of one of these kinds and not deleted.

        Raises:
            InvalidInputError: it is of another kind, or was deleted.

        """
        held = self.records.get(record)
        if held.kind not in kinds:
            label = label_of(held.kind)
            raise InvalidInputError(
                f"{record} is of the kind “{label}”, which this can't be done with.", record
            )
        if held.is_deleted:
            raise InvalidInputError(f"{record} was deleted. Restore it first.", record)
        return held

    def delete(self, record: str) -> None:
        """Mark a record deleted; its words stay in the history and it can be restored."""
        self.change(record, {DELETED: True})

    def closings(self) -> tuple[Record, ...]:
        """Return the closings that nobody has reopened: with any, the inspection is closed."""
        if self._closings is None:
            self._closings = standing(self.records.of_kind(CLOSURE))
        return self._closings

    def require_open(self, kind: str = "", fields: Mapping[str, Json] = NOTHING) -> None:
        """Refuse to write in a closed inspection: here, and not in the store.

        What a colleague wrote before they heard of the closing still has to come in.

        Raises:
            ClosedInspectionError: it is closed, and these may not be written then either.

        """
        if kind == CLOSURE or (kind == INSPECTION and fields and KEEPING.issuperset(fields)):
            return
        for one in self.closings():
            raise ClosedInspectionError(
                f"This inspection was closed on {long_date(one.text('at'))} and is kept as it was "
                "then. Nothing was changed. To write in it again, reopen it and say why.",
                kind,
            )

    def _keep_needed(self, kind: str, fields: Mapping[str, Json]) -> None:
        if kind == CLOSURE:
            raise InvalidInputError(
                "What was said at a closing or a reopening stays as it is. Nothing was changed.",
                kind,
            )
        if kind == INSPECTION and fields.get(DELETED) is True:
            raise InvalidInputError("The inspection’s own record can’t be deleted.", kind)
        known = KINDS.get(kind)
        for one in known.fields if known is not None else ():
            if one.required and one.name in fields and fields[one.name] is None:
                raise InvalidInputError(
                    f"“{one.label}” can’t be left empty. Nothing was changed.", one.name
                )

    def _checked(self, kind: str, fields: Mapping[str, Json]) -> None:
        found = problem(kind, fields)
        if found is not None:
            raise InvalidInputError(f"“{found[0]}” was not saved. {found[1]}", found[0])
        wanted = {target for _name, target in references(kind, fields)}
        held = self.records.existing(wanted)
        known = KINDS[kind].by_name if kind in KINDS else {}
        for name, target in references(kind, fields):
            field = known[name]
            if target not in held:
                raise InvalidInputError(
                    f"“{field.label}” names {target!r}, which is not in this inspection.", name
                )
            if field.type in {Type.REF, Type.REFS} and held[target] not in field.of:
                raise InvalidInputError(
                    f"“{field.label}” names {target!r}, which is of the wrong kind.", name
                )

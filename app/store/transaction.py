"""One transaction on the writing connection: reads see its own writes; all or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.domain.changes import Changes
from app.domain.hybrid import latest_believable, stamp
from app.domain.kinds.registry import KINDS, owner_of
from app.domain.records import Record
from app.domain.revisions import context_of
from app.store import device, drafts, records, revisions
from app.store.drafts import Draft
from app.store.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from app.clock import Clock
    from app.domain.revisions import Json, Revision
    from app.store.engine import Connection
    from app.store.revisions import Added


_MOST_WORDS: Final = 200  # records in one change that a person can have typed


class Transaction(Reader):
    """Reads, and writes revisions of this device. Made and ended by the store alone."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        """Begin nothing: the store has begun already."""
        super().__init__(connection)
        self._clock = clock
        self._touched: dict[str, str] = {}
        self.words: dict[str, Draft] = {}  # what people wrote, should it have to be kept elsewhere

    @property
    def clock(self) -> Clock:
        """What the time is read from."""
        return self._clock

    def touch(self, touched: Mapping[str, str]) -> None:
        """Count records, given with their kinds, among those that were changed."""
        self._touched.update(touched)

    @property
    def changes(self) -> Changes:
        """What has been written so far."""
        return Changes(frozenset(self._touched), frozenset(self._touched.values()))

    def write(self, record: str, kind: str, fields: Mapping[str, Json]) -> None:
        """Set fields of a record, superseding every version this device has seen of it."""
        self.write_many([(record, kind, fields)])

    def write_many(self, written: Sequence[tuple[str, str, Mapping[str, Json]]]) -> None:
        """Set fields of many records, in order. A record may come more than once."""
        self.append([(record, kind, fields, None) for record, kind, fields in written])

    def append(
        self,
        written: Sequence[tuple[str, str, Mapping[str, Json], Mapping[str, int] | None]],
    ) -> None:
        """Add revisions of this device and derive the records they touch.

        A context of None means all that is held of the record, also from earlier in this call;
        an explicit one is for keeping two versions side by side, as an import must.
        """
        if not written:
            return
        self._remember_words(written)
        history = revisions.of_records(self.connection, (one[0] for one in written))
        own = device.own(self.connection)
        head = revisions.head_of(self.connection, own[0])
        now = self._clock.now()
        at = stamp(now, revisions.newest_stamp(self.connection, latest_believable(now)))
        contexts = {record: context_of(held) for record, held in history.items()}
        unsaved: list[revisions.Unsaved] = []
        for number, (record, kind, fields, context) in enumerate(written, head.number + 1):
            seen = contexts.get(record, {})
            unsaved.append(
                revisions.Unsaved(record, kind, fields, seen if context is None else context)
            )
            contexts[record] = {**seen, own[1]: number}
        added, _head = revisions.append(self.connection, own, head, unsaved, at)
        self._derive(history, added)

    def keep_draft(self, draft: Draft) -> None:
        """Keep words on screen, in place of any earlier draft of the record."""
        self.words[draft.record] = draft
        drafts.keep(self.connection, draft)

    def drop_draft(self, record: str) -> None:
        """Forget a record's draft, once its words are a revision or were put aside."""
        drafts.drop(self.connection, record)

    def keep_local(self, name: str, value: str) -> None:
        """Remember something on this laptop alone."""
        device.remember(self.connection, name, value)

    def _remember_words(
        self,
        written: Sequence[tuple[str, str, Mapping[str, Json], Mapping[str, int] | None]],
    ) -> None:
        if len(written) > _MOST_WORDS:
            return  # taken in from a file, which is still there
        at = self._clock.now().isoformat(timespec="seconds")
        for record, kind, fields, _context in written:
            searched = KINDS[kind].search if kind in KINDS else ()
            if any(isinstance(fields.get(name), str) for name in searched):
                before = self.words.get(record)
                merged = fields if before is None else {**before.fields, **fields}
                self.words[record] = Draft(record, kind, merged, at)

    def _derive(self, history: dict[str, list[Revision]], added: Iterable[Added]) -> None:
        touched: dict[str, str] = {}
        for revision, written in added:
            history.setdefault(revision.record, []).append(revision)
            touched[revision.record] = written
        derived = [records.derive(history[record], text) for record, text in touched.items()]
        records.save(self.connection, derived)
        self._touched.update((one.row.id, one.row.kind) for one in derived)


class Rehearsal(Transaction):
    """Writes nothing: gathers the words that a verb would have written, where none can be.

    It finds again what it was given so far, as a transaction would: a verb that adds two
    paragraphs looks for the first to put the second after it.
    """

    def __init__(self, connection: Connection, clock: Clock) -> None:
        """Gather nothing yet."""
        super().__init__(connection, clock)
        self._given: dict[str, Record] = {}

    def find(self, record: str) -> Record | None:
        """Return a record as it would be."""
        return self._given.get(record) or super().find(record)

    def places(self, owner: str, kind: str) -> list[tuple[str, str]]:
        """Return id and place of an owner's parts, with those that would be added."""
        held = dict(super().places(owner, kind))
        for one in self._given.values():
            if one.kind == kind and owner_of(kind, one.fields) == owner:
                held[one.id] = one.text("position")
        return sorted(held.items(), key=lambda one: (one[1], one[0]))

    def existing(self, ids: Iterable[str]) -> dict[str, str]:
        """Return the kinds of those records that exist, or would."""
        wanted = set(ids)
        given = {one.id: one.kind for one in self._given.values() if one.id in wanted}
        return super().existing(wanted) | given

    def append(
        self,
        written: Sequence[tuple[str, str, Mapping[str, Json], Mapping[str, int] | None]],
    ) -> None:
        """Gather the words of the revisions."""
        self._remember_words(written)
        for record, kind, fields, _context in written:
            held = self.find(record)
            before = {} if held is None else held.fields
            self._given[record] = Record(record, kind, {**before, **fields})

    def keep_draft(self, draft: Draft) -> None:
        """Gather the draft."""
        self.words[draft.record] = draft

    def drop_draft(self, record: str) -> None:
        """Leave the draft: what should have replaced it isn't saved."""

    def keep_local(self, name: str, value: str) -> None:
        """Remember nothing: only words are kept elsewhere."""

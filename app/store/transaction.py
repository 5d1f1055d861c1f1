"""One transaction on the writing connection: reads see its own writes; all or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.changes import Changes
from app.domain.hybrid import stamp
from app.domain.revisions import context_of
from app.store import device, records, revisions
from app.store.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from app.clock import Clock
    from app.domain.revisions import Json, Revision
    from app.store.engine import Connection


class Transaction(Reader):
    """Reads, and writes revisions of this device. Made and ended by the store alone."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        """Begin nothing: the store has begun already."""
        super().__init__(connection)
        self._clock = clock
        self._touched: dict[str, str] = {}

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
        history = revisions.of_records(self.connection, (one[0] for one in written))
        own = device.own(self.connection)
        head = revisions.head_of(self.connection, own[0])
        at = stamp(self._clock.now(), revisions.newest_stamp(self.connection))
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

    def keep_local(self, name: str, value: str) -> None:
        """Remember something on this laptop alone."""
        device.remember(self.connection, name, value)

    def _derive(self, history: dict[str, list[Revision]], added: Iterable[Revision]) -> None:
        touched: dict[str, str] = {}
        for revision in added:
            history.setdefault(revision.record, []).append(revision)
            touched[revision.record] = history[revision.record][0].kind
        records.save(self.connection, (records.derive(history[record]) for record in touched))
        self._touched.update(touched)

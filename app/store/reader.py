"""What can be asked of an inspection's records, over any open connection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.errors import NotFoundError
from app.store import device, drafts, records, revisions, search

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from app.domain.records import Record
    from app.domain.revisions import Revision
    from app.store.drafts import Draft
    from app.store.engine import Connection
    from app.store.search import Hit


class Reader:
    """Asks questions of one inspection. Belongs to the thread that its connection does."""

    def __init__(self, connection: Connection) -> None:
        """Read over a connection that somebody else opens and closes."""
        self.connection = connection

    def find(self, record: str) -> Record | None:
        """Return a record, deleted or not, or None."""
        return records.get(self.connection, record)

    def get(self, record: str) -> Record:
        """Return a record, deleted or not.

        Raises:
            NotFoundError: nothing here has that id.

        """
        found = self.find(record)
        if found is None:
            raise NotFoundError(f"Nothing in this inspection has the id {record!r}.", record)
        return found

    def get_many(self, ids: Iterable[str]) -> dict[str, Record]:
        """Return those of the named records that exist, by id."""
        return records.get_many(self.connection, ids)

    def of_kind(self, *kinds: str) -> list[Record]:
        """Return the records of these kinds that are not deleted, by place and id."""
        return list(records.of_kind(self.connection, *kinds))

    def parts_of(self, owner: str, kind: str) -> list[Record]:
        """Return a record's parts of one kind, in their order."""
        return records.parts_of(self.connection, owner, kind)

    def parts_of_each(self, owners: Iterable[str], kind: str) -> dict[str, list[Record]]:
        """Return several records' parts of one kind, by owner, in their order."""
        return records.parts_of_each(self.connection, owners, kind)

    def places(self, owner: str, kind: str) -> list[tuple[str, str]]:
        """Return id and place of an owner's parts of a kind, or of all that have no owner."""
        return records.places(self.connection, owner, kind)

    def referring_to(self, target: str) -> list[Record]:
        """Return the records that refer to one, its parts among them."""
        return records.referring_to(self.connection, target)

    def forked(self) -> list[Record]:
        """Return the records that have two versions of something."""
        return records.forked(self.connection)

    def everything(self) -> Iterator[Record]:
        """Yield every record, deleted ones too, in the order they first came."""
        return records.everything(self.connection)

    def counts(self) -> dict[str, int]:
        """Return how many records of each kind there are."""
        return records.counts(self.connection)

    def beginnings(self, owners: Iterable[str], kind: str) -> dict[str, str]:
        """Return the first 120 letters of the first part of a kind that each owner has."""
        return records.beginnings(self.connection, owners, kind)

    def part_counts(self, kind: str) -> dict[str, int]:
        """Return how many parts of a kind each owner has."""
        return records.part_counts(self.connection, kind)

    def existing(self, ids: Iterable[str]) -> dict[str, str]:
        """Return the kinds of those of the named records that exist, by id."""
        return records.existing(self.connection, ids)

    def history(self, record: str) -> list[Revision]:
        """Return every revision of a record, in order of arrival here."""
        return revisions.of_record(self.connection, record)

    def counting(self, record: str) -> list[Revision]:
        """Return the revisions of a record that count, in order of arrival here."""
        return revisions.of_records(self.connection, (record,)).get(record, [])

    def changed_since(self, stamp: int, *kinds: str) -> list[Record]:
        """Return the records of these kinds, not deleted, that changed at a stamp or later."""
        return list(records.changed_since(self.connection, stamp, *kinds))

    def arrived_since(self, stamp: int) -> set[str]:
        """Return the records of which something by others arrived here after a hybrid stamp."""
        return revisions.arrived_since(self.connection, stamp)

    def search(
        self, text: str, synonyms: Sequence[Sequence[str]] = (), most: int = search.MOST_HITS
    ) -> list[Hit]:
        """Return the best hits for anything that was typed into a search box."""
        return search.search(self.connection, search.question(text, synonyms), most)

    def drafts(self) -> list[Draft]:
        """Return the words that were on screen and are not yet saved as a revision."""
        return drafts.every(self.connection)

    def recall(self, name: str) -> str:
        """Return what this laptop remembers under a name, or nothing."""
        return device.recall(self.connection, name)

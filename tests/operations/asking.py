"""What tests ask of an open inspection, in few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.domain.revisions import context_of
from app.errors import InvalidInputError
from app.operations.notes import add_note, add_paragraph

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.domain.records import Record
    from app.domain.revisions import Json
    from app.operations.inspection import Inspection


def held(inspection: Inspection, record: str) -> Record:
    """A record as it stands."""
    return inspection.ask(lambda view: view.records.get(record))


def of_kind(inspection: Inspection, kind: str) -> list[Record]:
    """The records of a kind, without deleted ones."""
    return inspection.ask(lambda view: view.records.of_kind(kind))


def revisions(inspection: Inspection) -> int:
    """How many revisions there are of anything."""
    count = "SELECT count(*) FROM revision"
    return inspection.ask(lambda view: view.records.connection.execute(count).fetchone()[0])


def note_with(inspection: Inspection, *texts: str) -> tuple[str, ...]:
    """The id of a new note, and those of its paragraphs."""
    note = inspection.do(add_note, "jotting").made
    return (note, *(inspection.do(add_paragraph, note, text).made for text in texts))


def fork(inspection: Inspection, record: str, *versions: Mapping[str, Json]) -> None:
    """Write versions of a record that do not know of each other, as two laptops would."""
    kind = held(inspection, record).kind
    seen = inspection.ask(lambda view: view.records.history(record))
    inspection._store.write(
        lambda tx: tx.append([(record, kind, one, context_of(seen)) for one in versions])
    ).result()


def refused(inspection: Inspection, verb: Callable[..., object], *args: object) -> str:
    """The sentence with which a verb refuses, having left nothing behind."""
    before = revisions(inspection)
    with pytest.raises(InvalidInputError) as problem:
        inspection.do(verb, *args)
    assert revisions(inspection) == before
    assert problem.value.sentence[-1] in ".:”"
    return problem.value.sentence

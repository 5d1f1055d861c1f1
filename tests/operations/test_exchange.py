from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings

from app.domain.revisions import DELETED, context_of
from app.errors import InvalidInputError, StoreError
from app.interchange.inspection_json import Document, ImportedRecord
from app.operations import records
from app.operations.demo import demo_document
from app.operations.exchange import put_out, read_document
from app.operations.notes import read_note
from tests.interchange.make_documents import DOCUMENT
from tests.interchange.samples import as_bytes, inspections, least, whole
from tests.operations import quick
from tests.operations.asking import held, note_with

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from app.operations.inspection import Inspection
    from app.operations.profile import Profile

INSPECTION = least("inspection")
EXAMPLE = json.loads(DOCUMENT.read_text("utf-8").split("```json\n")[1].split("```")[0])


@pytest.fixture
def profile(tmp_path: Path) -> Iterator[Profile]:
    made = quick.create(tmp_path / "profile")
    yield made
    made.close()


def put_out_of(profile: Profile, made: str) -> dict[str, Any]:
    inspection = profile.open_inspection(made)
    try:
        return json.loads(inspection.ask(lambda view: "".join(put_out(view))))
    finally:
        inspection.close()


def there_and_back(profile: Profile, inspection: dict[str, Any]) -> dict[str, Any]:
    return put_out_of(profile, profile.take_in(read_document(as_bytes(inspection))))


@given(inspections())
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_taken_in_is_put_out_equal(profile: Profile, inspection: dict[str, Any]) -> None:
    once = there_and_back(profile, inspection)
    assert once == inspection
    assert there_and_back(profile, once) == once


@pytest.mark.parametrize("first", [True, False, None])
@pytest.mark.parametrize("others", [[], [True], [False], [None], [None, True]])
@pytest.mark.parametrize("title", [["a"], ["a", "b"]])
def test_every_state_of_a_deletion_comes_back(
    profile: Profile, first: object, others: list[object], title: list[str]
) -> None:
    if first in others:
        return  # equal versions are no fork
    forks = {"title": title[1:]} if title[1:] else {}
    if others:
        forks = {**forks, DELETED: others}
    note = {"id": "n", "kind": "jotting", "title": title[0], DELETED: first}
    note |= {"other_versions": forks} if forks else {}
    assert there_and_back(profile, whole([INSPECTION, note])) == whole([INSPECTION, note])


def test_forks_made_by_two_laptops_are_put_out_and_taken_in_as_they_are(
    profile: Profile,
) -> None:
    """Every way in which two laptops can edit and delete one record apart from each other."""
    made = profile.take_in(read_document(as_bytes(whole([INSPECTION]))))
    inspection = profile.open_inspection(made)
    changes = ({"title": "a"}, {"title": None}, {DELETED: True}, {DELETED: None})
    every = itertools.product(*[changes] * 3, (True, False))
    for number, (*steps, knows_both) in enumerate(every):
        record = f"n-{number}"
        inspection.do(lambda work, r=record: work.changes(work.add("jotting", {"title": "o"}, r)))
        seen = context_of(inspection.ask(lambda view, r=record: view.records.history(r)))
        contexts = (seen, seen, None if knows_both else seen)
        written = [
            (record, "jotting", one, context) for one, context in zip(steps, contexts, strict=True)
        ]
        inspection._store.write(lambda tx, w=written: tx.append(w)).result()
    inspection.close()
    first = put_out_of(profile, made)
    assert sum("other_versions" in one for one in first["records"]) > 20
    assert there_and_back(profile, first) == first


def test_members_and_fields_that_nobody_knows_come_back(profile: Profile) -> None:
    inspection = whole(
        [{**INSPECTION, "x_new": {"deep": [1, None, "ŵ"]}, "document_members": "mine"}],
        {"$schema": "inspection.schema.json", "note": "kept", "x": [{"y": 1.5}]},
    )
    assert there_and_back(profile, inspection) == inspection


def test_the_order_of_records_is_kept(profile: Profile) -> None:
    listed = [{"id": one, "kind": "jotting"} for one in "zyxabc"]
    listed.insert(3, INSPECTION)
    again = there_and_back(profile, whole(listed))
    assert [one["id"] for one in again["records"]] == [one["id"] for one in listed]


def test_a_new_inspection_shares_nothing_with_the_one_it_came_from(profile: Profile) -> None:
    document = read_document(as_bytes(whole([INSPECTION])))
    first, second = profile.take_in(document), profile.take_in(document)
    assert first != second
    devices = set()
    for made in (first, second):
        inspection = profile.open_inspection(made)
        history = inspection.ask(lambda view: view.records.history("inspection-1"))
        devices.add(history[0].dot.device)
        inspection.close()
    assert len(devices) == 2


def test_the_documented_example_is_taken_in_and_comes_back(profile: Profile) -> None:
    assert there_and_back(profile, EXAMPLE) == EXAMPLE
    (row, *_rest) = profile.inspections()
    inspection = profile.open_inspection(row.id)
    (code,) = inspection.ask(read_note, "n-1").codes["p-1"]
    assert (code.start, code.quote) == (8, "not invited")
    inspection.close()


def test_the_demo_is_taken_in_comes_back_and_no_code_in_it_is_loose(profile: Profile) -> None:
    told: list[tuple[int, int]] = []
    document = demo_document()
    made = profile.take_in(document, lambda done, total: told.append((done, total)))
    assert told[-1] == (len(document.records), len(document.records))
    again = read_document(json.dumps(put_out_of(profile, made)).encode())
    assert again == document
    inspection = profile.open_inspection(made)
    notes = {one.fields["note"] for one in document.records if one.kind == "paragraph"}
    for note in notes:
        for codes in inspection.ask(read_note, note).codes.values():
            assert all(one.start is not None for one in codes)
    inspection.close()


@pytest.mark.parametrize("kind", ["stopped", "unstorable"])
def test_an_import_that_fails_leaves_nothing(profile: Profile, kind: str) -> None:
    before = quick.contents(profile.folder)

    def stop(_done: int, _total: int) -> None:
        if kind == "stopped":
            raise StoreError("Stopped.")

    fields = {"title": "\ud800" if kind == "unstorable" else "fine"}
    document = Document(
        (ImportedRecord("i", "inspection", {}), ImportedRecord("n", "jotting", fields)), {}
    )
    with pytest.raises((StoreError, UnicodeEncodeError)):
        profile.take_in(document, stop)
    assert quick.contents(profile.folder) == before
    assert profile.inspections() == []


def test_a_file_that_is_wrong_makes_nothing(profile: Profile) -> None:
    before = quick.contents(profile.folder)
    with pytest.raises(InvalidInputError):
        profile.take_in(read_document(as_bytes(whole([]))))
    assert quick.contents(profile.folder) == before


def test_what_was_written_here_can_be_put_out_and_taken_in(
    profile: Profile, inspection: Inspection
) -> None:
    inspection.do(records.add, "inspection", {"area": "Wexcombe"})
    note, paragraph = note_with(inspection, "First.", "Second.")[:2]
    inspection.do(records.delete, paragraph)
    inspection.do(records.change, note, {"title": "t"})
    inspection.do(records.change, note, {"title": None})
    inspection.do(records.delete, note)
    inspection.do(records.restore, note)
    text = inspection.ask(lambda view: "".join(put_out(view)))
    assert there_and_back(profile, json.loads(text)) == json.loads(text)
    assert held(inspection, paragraph).is_deleted

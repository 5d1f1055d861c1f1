"""Whatever records are lost, what is left can be taken in again, and nothing more is lost by it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from app.domain.records import Record
from app.interchange import inspection_json
from app.interchange.mending import LOST, STAND_IN, UNREAD_MEMBER, mend
from tests.interchange.samples import as_bytes, inspections, least, whole

if TYPE_CHECKING:
    from app.interchange.mending import Mended


def records_of(document: dict[str, Any]) -> list[Record]:
    """The records of a document as a store holds them."""
    return [
        Record(
            one.id,
            one.kind,
            one.fields,
            {name: (one.fields[name], *values) for name, values in one.others.items()},
        )
        for one in inspection_json.parse(as_bytes(document)).records
    ]


def taken_in(mended: Mended) -> inspection_json.Document:
    text = "".join(inspection_json.emit(mended.records, mended.members))
    return inspection_json.parse(text.encode())


@given(st.data())
def test_any_part_of_any_inspection_can_be_taken_in_again(data: st.DataObject) -> None:
    records = records_of(data.draw(inspections()))
    left = [one for one in records if data.draw(st.booleans())]
    document = taken_in(mend(left))
    found = {one.id: one for one in document.records}
    assert {one.id for one in left} <= found.keys()
    for one in left:
        held = found[one.id]
        for name, value in one.fields.items():
            kept = {str(held.fields.get(name)), str(held.fields.get(LOST + name))}
            others = str(held.others.get(name))
            # The very value, or, for references, what was lost beside what is left.
            if not any(each in {"ref", "refs"} for each in _types(one.kind, name)):
                assert name == "deleted" or held.fields[name] == value
            elif isinstance(value, str) and value:
                assert any(value in each for each in (*kept, others))


def _types(kind: str, name: str) -> set[str]:
    known = inspection_json.KINDS[kind].by_name.get(name)
    return set() if known is None else {known.type.value}


def test_a_whole_inspection_is_not_touched() -> None:
    records = records_of(whole([least(kind) for kind in inspection_json.KINDS]))
    mended = mend(records)
    assert list(mended.records) == records
    assert (dict(mended.members), mended.stand_ins, dict(mended.lost_references)) == ({}, (), {})


def test_parts_of_a_lost_note_stand_under_an_empty_one_that_says_so() -> None:
    paragraph = Record("p-1", "paragraph", {"note": "n-1", "text": "children seen"})
    mended = mend([Record("i", "inspection", {}), paragraph])
    stand_in = next(one for one in mended.records if one.id == "n-1")
    assert (stand_in.kind, stand_in.text("title")) == ("jotting", STAND_IN)
    assert paragraph in mended.records


def test_what_leads_to_a_lost_record_keeps_where_it_led() -> None:
    note = Record("n-1", "jotting", {"author": "p-1", "children": ["c-1", "c-2"]})
    child = Record("c-2", "child", {"code": "C2"})
    mended = mend([Record("i", "inspection", {}), note, child])
    fields = next(one for one in mended.records if one.id == "n-1").fields
    assert fields["author"] is None
    assert fields["lost_author"] == ["p-1"]
    assert (fields["children"], fields["lost_children"]) == (["c-2"], ["c-1"])


def test_records_of_a_kind_this_version_does_not_know_are_carried_whole() -> None:
    odd = Record("x-1", "hologram", {"words": "kept"})
    document = taken_in(mend([Record("i", "inspection", {}), odd]))
    (carried,) = document.members[UNREAD_MEMBER]
    assert (carried["kind"], carried["fields"]) == ("hologram", {"words": "kept"})


def test_without_the_inspection_itself_there_is_an_empty_one() -> None:
    document = taken_in(mend([Record("inspection", "jotting", {"title": "x"})]))
    (made,) = (one for one in document.records if one.kind == "inspection")
    assert made.fields["area"] == STAND_IN

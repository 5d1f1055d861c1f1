from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.kinds.registry import KINDS
from app.errors import InvalidInputError
from app.interchange.inspection_json import parse
from tests.interchange.samples import JSON, as_bytes, inspections, least, whole

INSPECTION = least("inspection")
NOTE = {"id": "n", "kind": "jotting"}
PARAGRAPH = {"id": "p", "kind": "paragraph", "note": "n"}
LONG = "q" * 5_000
ONE_SECOND = 1.0


def refusal(untrusted: bytes) -> InvalidInputError:
    """The refusal of a file: one sentence about one place, then that nothing was imported."""
    began = time.perf_counter()
    with pytest.raises(InvalidInputError) as refused:
        parse(untrusted)
    assert time.perf_counter() - began < ONE_SECOND
    sentence = refused.value.sentence
    assert sentence.endswith(". Nothing was imported.")
    assert sentence.isprintable()
    assert len(sentence) < 300
    assert refused.value.place
    return refused.value


def of_records(*records: object) -> InvalidInputError:
    return refusal(as_bytes(whole(list(records))))


def of_text(fields: str) -> InvalidInputError:
    """The refusal of an inspection's record with some fields written as they are given."""
    head = '{"format": "siteweek-inspection", "version": 1, "records": [{"id": "i", '
    return refusal(f'{head}"kind": "inspection", {fields}}}]}}'.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize(
    ("record", "place"),
    [
        ({**PARAGRAPH, "text": 7}, "paragraph p).text"),
        ({**PARAGRAPH, "text": ["a"]}, "paragraph p).text"),
        ({**PARAGRAPH, "text": "a\0b"}, "paragraph p).text"),
        ({**PARAGRAPH, "speaker": "two\nlines"}, "paragraph p).speaker"),
        ({**PARAGRAPH, "type": "rumour"}, "paragraph p).type"),
        ({**PARAGRAPH, "typed_at": "2026-10-12 09:00"}, "paragraph p).typed_at"),
        ({**PARAGRAPH, "typed_at": "2026-10-12T09:00:00"}, "paragraph p).typed_at"),
        ({**PARAGRAPH, "position": "!"}, "paragraph p).position"),
        ({**PARAGRAPH, "deleted": "yes"}, "paragraph p).deleted"),
        ({**NOTE, "date": "2026-02-30"}, "jotting n).date"),
        ({**NOTE, "start": "24:00"}, "jotting n).start"),
        ({**NOTE, "criteria": "A1"}, "jotting n).criteria"),
        ({**NOTE, "late_entry": 1}, "jotting n).late_entry"),
        ({**NOTE, "children": ["no such id!"]}, "jotting n).children"),
        ({"id": "b", "kind": "brief_point", "seconds": -1}, "brief_point b).seconds"),
        ({"id": "b", "kind": "brief_point", "seconds": 2**53 + 1}, "brief_point b).seconds"),
        ({"id": "b", "kind": "brief_point", "seconds": True}, "brief_point b).seconds"),
        ({**NOTE, "x_new": 1e300}, "jotting n).x_new"),
        ({**NOTE, "x_new": [[0] for _ in range(3)] + [{"a\0": 1}]}, "jotting n).x_new"),
        ({"id": "p", "kind": "paragraph"}, "paragraph p).note"),
        ({"id": "p", "kind": "paragraph", "note": None}, "paragraph p).note"),
        ({"id": "n", "kind": "poem"}, "records[1].kind"),
        ({"id": "n", "kind": ["jotting"]}, "records[1].kind"),
        ({"id": "", "kind": "jotting"}, "records[1].id"),
        ({"id": "../n", "kind": "jotting"}, "records[1].id"),
        ({"id": "n" * 65, "kind": "jotting"}, "records[1].id"),
        ({"id": 7, "kind": "jotting"}, "records[1].id"),
        ({"kind": "jotting"}, "records[1].id"),
        ({**NOTE, "a b": 1}, "records[1] (jotting n)"),
        ({**NOTE, LONG: 1}, "records[1] (jotting n)"),
        (None, "records[1]"),
        ([], "records[1]"),
        ({**NOTE, "other_versions": None}, "jotting n).other_versions"),
        ({**NOTE, "other_versions": {"title": ["a"]}}, "other_versions.“title”"),
        ({**NOTE, "title": "b", "other_versions": {"title": "a"}}, "other_versions.“title”"),
        ({**NOTE, "title": "b", "other_versions": {"title": [1]}}, "other_versions.title"),
        ({**NOTE, "other_versions": {LONG: ["a"]}}, "other_versions.“qqq"),
        ({**PARAGRAPH, "other_versions": {"note": [None]}}, "other_versions.note"),
    ],
)
def test_what_does_not_fit_is_refused_by_its_place(record: object, place: str) -> None:
    refused = of_records(INSPECTION, record)
    assert place in refused.place
    assert refused.sentence.startswith(refused.place)
    assert "qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq" not in refused.sentence


def test_a_link_to_nothing_is_refused_by_its_record_and_field() -> None:
    refused = of_records(INSPECTION, {**PARAGRAPH, "note": "gone"})
    assert refused.place == "paragraph p.note"
    assert "'gone', which is not there" in refused.sentence


def test_a_link_to_the_wrong_kind_is_refused_and_the_kind_is_named() -> None:
    refused = of_records(INSPECTION, {**PARAGRAPH, "note": "inspection-1"})
    assert "paragraph p.note: leads to 'inspection-1', of the kind “inspection”" in refused.sentence


def test_a_link_in_another_version_is_held_to_the_same() -> None:
    forked = {**PARAGRAPH, "other_versions": {"note": ["gone"]}}
    assert of_records(INSPECTION, NOTE, forked).place == "paragraph p.note"


def test_a_link_in_a_list_is_held_to_the_same() -> None:
    assert of_records(INSPECTION, {**NOTE, "children": ["n"]}).place == "jotting n.children"


def test_a_box_inside_a_box_is_refused() -> None:
    box = {"id": "a", "kind": "letter_block", "type": "box"}
    assert of_records(INSPECTION, box, {**box, "id": "b", "box": "a"}).place == "letter_block b.box"


def test_an_id_used_twice_is_refused() -> None:
    assert of_records(INSPECTION, NOTE, {**NOTE, "kind": "finding"}).place == "finding n"


@pytest.mark.parametrize("records", [[], [NOTE], [INSPECTION, {**INSPECTION, "id": "again"}]])
def test_there_is_exactly_one_inspection_record(records: list[object]) -> None:
    refused = of_records(*records)
    assert refused.place == "records"
    assert "exactly one record of the kind “inspection”" in refused.sentence


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ('"area": "a", "area": "b"', "“area” is given twice"),
        (f'"{LONG}": 1, "{LONG}": 2', "…” is given twice"),
        ('"x": ' + "[" * 200_000 + "]" * 200_000, "nested"),
        ('"x": ' + '{"a":' * 200_000, "nested"),
        ('"x": ' + "[" * 40 + "]" * 40, "nested more than 32 deep"),
        ('"x": ' + "9" * 5_000, "is not a number that can be used"),
        ('"x": 0.' + "1" * 5_000, "is not a number that can be used"),
        ('"x": 1e999', "out of range"),
        ('"x": -1e999', "out of range"),
        ('"x": NaN', "“NaN” is not a number"),
        ('"x": Infinity', "“Infinity” is not a number"),
        ('"area": "a\0b"', "inside quoted words"),
        ('"area": "a\\u0000b"', ".area"),
        ('"area": "a\\ud800b"', ".area"),
        ('"x": "a\\udfffb"', "characters that are no text"),
        ('"x": {"\\ud800": 1}', "names that are no text"),
        ('"\\ud800": 1', "not a plain word"),
        ('"area": "a\ud800b"', "not saved as UTF-8"),
    ],
    ids=lambda one: one[:24].encode("ascii", "replace").decode().replace("\0", "0"),
)
def test_json_that_would_hurt_a_reader_is_refused(fields: str, words: str) -> None:
    assert words in of_text(fields).sentence


@pytest.mark.parametrize(
    ("untrusted", "place"),
    [
        (b"", "line 1"),
        (b" \n ", "line 2"),
        (b"\x00" * 100, "line 1"),
        (as_bytes(whole([INSPECTION])).decode().encode("utf-16"), "line 1"),
        (as_bytes(whole([INSPECTION])).decode().encode("utf-16-be"), "line 1"),
        (as_bytes(whole([{**INSPECTION, "area": "ŵ"}])).replace("ŵ".encode(), b"\xe9"), "line 1"),
        (as_bytes(whole([INSPECTION])) + b"\nmore", "line 2"),
        (as_bytes(whole([INSPECTION])) * 2, "line 1"),
        (b"[" + b"null," * 2_000_000 + b"null]", "format"),
        (b'"' + b'\\"' * 500_000, "line 1"),
        (b"PK\x03\x04" + bytes(range(128, 256)), "line 1"),
        (b"null", "format"),
        (b"{}", "format"),
        (b'{"format": "siteweek-pack"}', "format"),
        (b'{"format": "siteweek-inspection", "version": 2, "records": []}', "version"),
        (b'{"format": "siteweek-inspection", "version": true, "records": []}', "version"),
        (b'{"format": "siteweek-inspection", "version": 1}', "records"),
        (b'{"format": "siteweek-inspection", "version": 1, "records": {}}', "records"),
    ],
    ids=range(18),
)
def test_what_is_no_inspection_json_is_refused(untrusted: bytes, place: str) -> None:
    assert refusal(untrusted).place == place


def test_a_huge_list_of_nulls_is_refused_at_the_first() -> None:
    assert of_records(*[None] * 1_000_000).place == "records[0]"


@pytest.mark.parametrize("members", [{LONG: 1}, {"x": 2**60}, {"x\0": 1}, {"": 1}, {"x": "a\0b"}])
def test_a_member_that_can_not_be_kept_is_refused(members: dict[str, Any]) -> None:
    assert len(refusal(as_bytes(whole([INSPECTION], members))).place) <= 64


def test_the_line_of_a_fault_is_named() -> None:
    lines = json.dumps(whole([INSPECTION, NOTE]), indent=1).splitlines()
    lines[5] = lines[5].rstrip(",")
    assert refusal("\n".join(lines).encode()).place == "line 7"


@given(inspections(), st.data())
def test_a_file_cut_anywhere_is_refused(inspection: dict[str, Any], data: st.DataObject) -> None:
    whole_file = as_bytes(inspection)
    refusal(whole_file[: data.draw(st.integers(0, len(whole_file) - 1))])


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_in_a_sentence(untrusted: bytes) -> None:
    refusal(untrusted)


@given(st.sampled_from(sorted(KINDS)), st.dictionaries(st.text(max_size=8), JSON, max_size=4))
def test_any_members_of_a_record_are_taken_or_refused_in_a_sentence(
    kind: str, members: dict[str, Any]
) -> None:
    record = {"id": "r", **members, "kind": kind}
    try:
        parse(as_bytes(whole([INSPECTION, record])))
    except InvalidInputError:
        of_records(INSPECTION, record)

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.operations import records
from app.operations.findings import add_finding, move_finding_on
from app.operations.letters import (
    add_block,
    begin_letter,
    letter_content,
    rest_on,
    reword_block,
    set_letter,
)
from app.packs.load import load_letter_layout
from tests.operations.asking import held, note_with, of_kind, refused

if TYPE_CHECKING:
    from app.operations.inspection import Inspection

TEXT = "Children are seen. Health is left out."


@pytest.fixture
def finding(inspection: Inspection) -> str:
    return inspection.do(add_finding, "Health is left out.").made


def block(inspection: Inspection, text: str = TEXT, **fields: object) -> str:
    return inspection.do(add_block, {"type": "paragraph", "text": text, **fields}).made


def texts(inspection: Inspection) -> list[str]:
    return [one.text for one in inspection.ask(letter_content).blocks]


def test_the_particulars_are_of_one_letter(inspection: Inspection) -> None:
    first = inspection.do(set_letter, {"subject": "One"})
    again = inspection.do(set_letter, {"salutation": "Dear all"})
    assert first.made == again.made
    assert again.kinds == {"letter"}
    settings = inspection.ask(letter_content).settings
    assert (settings.subject, settings.salutation) == ("One", "Dear all")


def test_blocks_stand_last_or_straight_after_another(inspection: Inspection) -> None:
    first = block(inspection, "a")
    block(inspection, "c")
    changes = inspection.do(add_block, {"type": "bullet", "text": "b"}, first)
    assert texts(inspection) == ["a", "b", "c"]
    assert changes.records == {changes.made}
    assert "is not beside" in refused(inspection, add_block, {"type": "bullet"}, "gone")
    assert "needs “type”" in refused(inspection, add_block, {"text": "x"})


def test_rewording_changes_the_block_alone(inspection: Inspection) -> None:
    made = block(inspection)
    assert inspection.do(reword_block, made, "Otherwise.").records == {made}
    assert texts(inspection) == ["Otherwise."]


def test_a_sentence_rests_on_a_finding_once(inspection: Inspection, finding: str) -> None:
    made = block(inspection)
    first = inspection.do(rest_on, made, finding, "Health is left out.")
    again = inspection.do(rest_on, made, finding, "Health is left out.")
    assert (first.kinds, again.records) == ({"basis"}, frozenset())
    assert again.made == first.made
    assert held(inspection, first.made).text("words") == "Health is left out."
    inspection.do(rest_on, made, finding)
    assert len(of_kind(inspection, "basis")) == 2


def test_words_that_are_not_in_the_block_rest_on_nothing(
    inspection: Inspection, finding: str
) -> None:
    made = block(inspection)
    assert "not in this block" in refused(inspection, rest_on, made, finding, "Police are.")
    assert "wrong kind" in refused(inspection, rest_on, made, made)
    assert "can't be done" in refused(inspection, rest_on, finding, finding)


@pytest.mark.parametrize("layout", ["letter-2016", "letter-2022"])
def test_a_first_letter_has_the_layout_and_the_findings_and_no_other_words(
    inspection: Inspection, layout: str
) -> None:
    shape = load_letter_layout(layout)
    inspection.do(
        records.add, "inspection", {"area": "Wexcombe", "theme": "neglect", "layout": layout}
    )
    placed = [one for one in shape.sections if one.finding_types]
    kinds = list(dict.fromkeys(kind for one in placed for kind in one.finding_types))
    findings = {
        kind: inspection.do(add_finding, f"About {kind}.", {"type": kind}).made for kind in kinds
    }
    dropped = inspection.do(add_finding, "Dropped.", {"type": kinds[0]}).made
    inspection.do(move_finding_on, dropped, "dropped", "Not borne out.")
    changes = inspection.do(begin_letter, shape)
    assert changes.kinds == {"letter", "letter_block", "basis"}
    content = inspection.ask(letter_content)
    assert "Wexcombe" in content.settings.subject + content.settings.salutation
    statements = {one.id: one.text for one in content.blocks if one.type != "heading"}
    assert set(statements.values()) == {f"About {kind}." for kind in kinds}
    headings = [one.text for one in content.blocks if one.type == "heading"]
    assert headings == [
        one.heading for one in shape.sections if one.heading and (one in placed or not one.optional)
    ]
    bases = {one.text("statement"): one.text("finding") for one in of_kind(inspection, "basis")}
    named = {made: f"About {kind}." for kind, made in findings.items()}
    assert {block: named[made] for block, made in bases.items()} == statements
    assert "blocks already" in refused(inspection, begin_letter, shape)


def test_the_letter_has_its_people_boxes_and_footnotes_in_place(inspection: Inspection) -> None:
    ofsted = inspection.do(records.add, "inspectorate", {"name": "Ofsted"}).made
    inspection.do(records.add, "signatory", {"inspectorate": ofsted, "name": "A Name"})
    inspection.do(records.add, "addressee", {"role": "Director", "organisation": "Council"})
    box = block(inspection, "Practice study", type="box")
    inner = block(inspection, "Inside.", box=box)
    last = block(inspection, "After.")
    for mark, offset in (("2", 5), ("1", 2)):
        inspection.do(
            records.add, "footnote", {"block": inner, "mark": mark, "offset": offset, "text": "n"}
        )
    content = inspection.ask(letter_content)
    assert [one.id for one in content.blocks] == [box, last]
    assert [one.id for one in content.blocks[0].inside] == [inner]
    assert [one.mark for one in content.blocks[0].inside[0].footnotes] == ["1", "2"]
    assert [one.heading for one in content.signatories] == ["Ofsted"]
    assert [one.role for one in content.addressees] == ["Director"]
    inspection.do(records.delete, box)
    assert texts(inspection) == ["Inside.", "After."]  # nothing inside is lost with its box
    assert note_with(inspection)

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.clock import SystemClock
from app.operations import records
from app.operations.findings import add_finding, link_evidence
from app.operations.inspection import Inspection
from app.operations.letters import add_block, rest_on, reword_block, set_letter
from app.operations.notes import add_note, add_paragraph
from app.operations.previews import block_preview, letter_preview, particulars
from tests.fakes.stores import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FIRST = "Health is left out."
SECOND = "Nobody can show this."


@pytest.fixture
def inspection(tmp_path: Path) -> Iterator[Inspection]:
    opened = Inspection("0" * 32, open_store(tmp_path / "s"), SystemClock())
    opened.do(records.add, "inspection", {"area": "Wexcombe", "layout": "letter-2022"})
    yield opened
    opened.close()


@pytest.fixture
def finding(inspection: Inspection) -> str:
    note = inspection.do(add_note, "jotting").made
    paragraph = inspection.do(add_paragraph, note, "Not invited.").made
    made = inspection.do(add_finding, "Health is left out of meetings.").made
    inspection.do(link_evidence, made, paragraph, "for")
    return made


def block(inspection: Inspection, **fields: object) -> str:
    return inspection.do(add_block, {"type": "paragraph", **fields}).made


def test_each_sentence_carries_what_it_rests_on(inspection: Inspection, finding: str) -> None:
    made = block(inspection, text=f"{FIRST} {SECOND}")
    inspection.do(rest_on, made, finding, FIRST)
    preview = inspection.ask(letter_preview)
    first, second = preview.blocks[0].sentences
    assert [one.id for one in first.findings] == [finding]
    assert second.rests_on_nothing
    assert preview.blocks[0].orphans == (second,)
    assert preview.orphans == 1


def test_what_states_no_finding_is_not_counted(inspection: Inspection) -> None:
    block(inspection, type="heading", text="A heading")
    block(inspection, text=SECOND, no_evidence_needed=True)
    assert inspection.ask(letter_preview).orphans == 0


def test_blocks_in_a_box_follow_it_and_name_it(inspection: Inspection) -> None:
    box = block(inspection, type="box", text="Practice study")
    after = block(inspection, text="After.")
    inner = block(inspection, text="Inside.", box=box)
    blocks = inspection.ask(letter_preview).blocks
    assert [(one.id, one.box) for one in blocks] == [(box, ""), (inner, box), (after, "")]


def test_one_block_previews_as_it_does_in_the_whole_letter(
    inspection: Inspection, finding: str
) -> None:
    box = block(inspection, type="box", text="Practice study")
    inner = block(inspection, text=FIRST, box=box)
    inspection.do(rest_on, inner, finding)
    for one in inspection.ask(letter_preview).blocks:
        assert inspection.ask(block_preview, one.id) == one


def test_a_reworded_block_previews_its_new_words(inspection: Inspection, finding: str) -> None:
    made = block(inspection, text=FIRST)
    inspection.do(rest_on, made, finding, FIRST)
    inspection.do(reword_block, made, "Health comes late.")
    assert inspection.ask(block_preview, made).sentences[0].rests_on_nothing


def test_a_deleted_block_is_answered_but_not_in_the_letter(inspection: Inspection) -> None:
    made = block(inspection, text=FIRST)
    inspection.do(records.delete, made)
    assert inspection.ask(letter_preview).blocks == ()
    assert inspection.ask(block_preview, made).text == FIRST


def test_what_stands_round_the_text_is_said_as_it_is_printed(inspection: Inspection) -> None:
    inspection.do(set_letter, {"date": "2026-12-03", "salutation": "Dear partnership"})
    addressee = {"name": "A Name", "role": "Chief Executive"}
    inspection.do(records.add, "addressee", addressee)
    inspection.do(records.add, "signatory", {"heading": "Ofsted", "title": "Director\nSocial Care"})
    preview = inspection.ask(letter_preview)
    assert preview.date == "3 December 2026"
    assert preview.addressees == ("A Name, Chief Executive",)
    assert preview.signatories == (("Ofsted", "Director", "Social Care"),)
    assert preview.bullet == "■"
    assert len(inspection.ask(particulars).addressees) == 1

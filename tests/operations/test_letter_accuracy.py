"""What agencies say is not right in the letter: kept from the first word, answered, written out."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from app.errors import InvalidInputError
from app.operations import records
from app.operations.letter_accuracy import (
    comment_sheet,
    comments_table,
    save_comment,
    write_comments,
)
from app.operations.letters import add_block
from app.operations.notes import keep_draft
from app.operations.work import ME, new_id

if TYPE_CHECKING:
    from pathlib import Path

    from app.operations.inspection import Inspection


@pytest.fixture
def police(inspection: Inspection) -> str:
    fields = {"name": "Eastmarsh Constabulary", "short_name": "Police"}
    return inspection.do(records.add, "agency", fields).made


def comment(inspection: Inspection, **fields: str) -> str:
    return inspection.do(save_comment, new_id(), fields).made


def only(inspection: Inspection) -> object:
    (found,) = inspection.ask(comment_sheet).comments
    return found


def test_a_comment_exists_from_its_first_words_and_says_what_is_missing(
    inspection: Inspection, police: str
) -> None:
    made = comment(inspection, comment="It was five notices, not six.")
    assert only(inspection).missing == "Not decided"
    inspection.do(save_comment, made, {"decision": "reject", "agency": police})
    assert only(inspection).missing == "No reason yet"
    inspection.do(save_comment, made, {"reason": "The log shows six."})
    found = only(inspection)
    assert (found.missing, found.agency, found.decision) == ("", "Police", "Not accepted")
    assert inspection.ask(comment_sheet).open == 0


def test_what_is_accepted_needs_the_change_that_was_made(inspection: Inspection) -> None:
    made = comment(inspection, comment="Wrong month.", decision="accept")
    assert only(inspection).missing == "No change written yet"
    inspection.do(save_comment, made, {"change": "May, not March."})
    assert only(inspection).missing == ""


def test_who_decided_and_when_goes_with_the_decision(inspection: Inspection) -> None:
    person = inspection.do(records.add, "person", {"name": "A. Reader"}).made
    inspection.do(lambda work: work.records.keep_local(ME, person) or work.changes())
    made = comment(inspection, comment="Wrong month.")
    assert only(inspection).record.text("at") == ""
    inspection.do(save_comment, made, {"decision": "accept"})
    assert only(inspection).by == "A. Reader"
    assert only(inspection).record.text("at")
    inspection.do(save_comment, made, {"decision": None})
    assert (only(inspection).by, only(inspection).record.text("at")) == ("", "")


def test_a_comment_names_the_sentence_or_else_its_block(inspection: Inspection) -> None:
    block = inspection.do(add_block, {"type": "paragraph", "text": "Two. Three."}).made
    made = comment(inspection, comment="No.", block=block)
    assert only(inspection).about == "Two. Three."
    inspection.do(save_comment, made, {"words": "Three."})
    assert only(inspection).about == "Three."


def test_saving_puts_the_draft_aside(inspection: Inspection) -> None:
    made = comment(inspection, comment="No.")
    inspection.do(keep_draft, made, "accuracy_comment", {"comment": "No, ne"})
    assert inspection.ask(comment_sheet).drafts == {made: {"comment": "No, ne"}}
    inspection.do(save_comment, made, {"comment": "No, never."})
    assert inspection.ask(comment_sheet).drafts == {}


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", " =", "\u00a0=", "\uff1d"])
def test_no_cell_of_the_table_is_run_by_a_spreadsheet(inspection: Inspection, sign: str) -> None:
    for field in ("comment", "evidence", "reason", "change", "words"):
        comment(inspection, **{field: f"{sign}HYPERLINK(1)"})
    text = inspection.ask(comments_table).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row if "HYPERLINK" in cell]
    assert cells == [f"'{sign}HYPERLINK(1)"] * 5


def test_the_table_holds_every_comment_whole_and_is_named_by_its_marking(
    inspection: Inspection, tmp_path: Path
) -> None:
    inspection.do(records.add, "inspection", {"area": "Wexcombe", "marking": "OFFICIAL SENSITIVE"})
    comment(inspection, comment='Two\nlines, "quoted"; ŵ')
    (path,) = inspection_files(inspection, tmp_path / "out")
    assert path.name == "factual-accuracy-OFFICIAL-SENSITIVE.csv"
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
    assert len(rows) == 2
    assert 'Two\nlines, "quoted"; ŵ' in rows[1]


def test_an_unknown_decision_is_refused_and_nothing_is_saved(inspection: Inspection) -> None:
    with pytest.raises(InvalidInputError):
        comment(inspection, comment="No.", decision="maybe")
    assert inspection.ask(comment_sheet).comments == ()


def inspection_files(inspection: Inspection, folder: Path) -> list[Path]:
    return write_comments(inspection, folder)

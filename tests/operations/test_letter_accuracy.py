"""What agencies say is not right in the letter: kept from the first word, answered, written out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from app.errors import InvalidInputError
from app.operations import records
from app.operations.letter_accuracy import comment_sheet, save_comment
from app.operations.letters import add_block
from app.operations.notes import keep_draft
from app.operations.tables.comments import comments_table
from app.operations.work import ME, new_id

if TYPE_CHECKING:
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


def test_the_table_holds_every_comment_whole(inspection: Inspection) -> None:
    comment(inspection, comment='Two\nlines, "quoted"; ŵ', received_on="2026-11-24")
    table = inspection.ask(comments_table)
    (row,) = table.rows
    assert len(row) == len(table.headings)
    assert (row[0], row[2], row[4]) == (1, date(2026, 11, 24), 'Two\nlines, "quoted"; ŵ')


def test_an_unknown_decision_is_refused_and_nothing_is_saved(inspection: Inspection) -> None:
    with pytest.raises(InvalidInputError):
        comment(inspection, comment="No.", decision="maybe")
    assert inspection.ask(comment_sheet).comments == ()

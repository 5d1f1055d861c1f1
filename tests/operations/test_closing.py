"""A closed inspection is read and never written, until somebody reopens it and says why."""

from __future__ import annotations

import ast
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.domain.closures import is_past
from app.domain.revisions import canonical
from app.errors import ClosedInspectionError, InvalidInputError
from app.operations import records, team
from app.operations.actions import give_action
from app.operations.attachments import prepare_to_attach
from app.operations.closing import (
    close_inspection,
    closing,
    keep_until,
    reopen_inspection,
)
from app.operations.exchange import put_out, read_document, take_in
from app.operations.findings import add_finding
from app.operations.inspection import Inspection
from app.operations.notes import add_note, add_paragraph, edit_paragraph, keep_draft
from app.operations.overview import overview
from app.operations.searching import find_words
from app.operations.typed_notes import Typed, keep_drafts, offered_drafts, save_note
from app.store import attesting
from tests.fakes.stores import open_store
from tests.operations.asking import held, note_with, of_kind, refused, revisions

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fakes.clock import StillClock

OPERATIONS = Path(__file__).resolve().parents[2] / "app" / "operations"


@pytest.fixture
def paragraph(inspection: Inspection) -> str:
    """The id of a paragraph in an inspection that was closed afterwards."""
    inspection.do(team.describe_inspection, {"area": "Wexcombe"})
    lead = inspection.do(team.join_team, "Lead inspector", "", "CQ1").made
    inspection.do(team.be, lead)
    _note, _first, made = note_with(inspection, "A strategy meeting.", "Health was not invited.")
    inspection.do(close_inspection, "The letter is published.")
    return made


def test_every_verb_that_writes_is_refused_in_one_sentence(
    inspection: Inspection, paragraph: str
) -> None:
    note = held(inspection, paragraph).text("note")
    calls: list[tuple[Callable[..., object], tuple[object, ...]]] = [
        (records.add, ("agency", {"name": "Police"})),
        (records.change, (paragraph, {"text": "x"})),
        (records.delete, (paragraph,)),
        (records.move, (paragraph, None)),
        (add_note, ("jotting",)),
        (add_paragraph, (note, "x")),
        (edit_paragraph, (paragraph, "x")),
        (save_note, (note, [Typed(paragraph, "evidence", "x")])),
        (save_note, (note, [], [paragraph])),
        (add_finding, ("x",)),
        (give_action, ("x",)),
        (prepare_to_attach, (paragraph,)),
        (team.join_team, ("Inspector",)),
        (team.describe_inspection, ({"area": "Eastham"},)),
        (team.describe_inspection, ({"area": "Eastham", "keep_until": "2033-01-01"},)),
        (team.code_child, ()),
    ]
    for verb, args in calls:
        sentence = refused(inspection, verb, *args)
        assert "was closed on 12 October 2026" in sentence, verb.__name__
        with pytest.raises(ClosedInspectionError):
            inspection.do(verb, *args)
    assert held(inspection, paragraph).text("text") == "Health was not invited."


def test_no_verb_writes_past_the_check() -> None:
    """Only ``Work``, the import of a whole document, and a trial in a folder of its own write."""
    writing = {
        file.name
        for file in OPERATIONS.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"write", "write_many", "append"}
        and ast.unparse(node.func.value)
        in {"work.records", "self.records", "records", "view.records", "transaction", "tx"}
    }
    assert writing == {"work.py", "exchange.py", "self_check.py"}


def test_reading_searching_and_writing_out_go_on(inspection: Inspection, paragraph: str) -> None:
    assert [one.record for one in inspection.ask(find_words, "invited")] == [paragraph]
    assert "Health was not invited." in inspection.ask(lambda view: "".join(put_out(view)))
    assert inspection.ask(overview).plain()["particulars"] == {"area": "Wexcombe"}


def test_drafts_stay_and_can_still_be_kept(inspection: Inspection) -> None:
    note, made = note_with(inspection, "One.")
    inspection.do(keep_draft, made, "paragraph", {"text": "One, two."})
    inspection.do(close_inspection, "Over.")
    assert [one.text for one in inspection.ask(offered_drafts)] == ["One, two."]
    inspection.do(keep_drafts, note, [Typed(made, "evidence", "One, two, three.")])
    refused(inspection, save_note, note, [Typed(made, "evidence", "One, two, three.")])
    assert [one.text for one in inspection.ask(offered_drafts)] == ["One, two, three."]


def test_what_this_laptop_alone_remembers_can_be_changed(
    inspection: Inspection, paragraph: str
) -> None:
    (lead,) = of_kind(inspection, "person")
    inspection.do(team.be, lead.id)
    assert paragraph


def test_reopening_needs_a_reason_and_lets_everybody_write_again(
    inspection: Inspection, paragraph: str
) -> None:
    refused(inspection, reopen_inspection, " ")
    refused(inspection, close_inspection, "Again.")
    inspection.do(reopen_inspection, "A page was missing.")
    inspection.do(edit_paragraph, paragraph, "Health was invited.")
    assert inspection.ask(closing) is None
    refused(inspection, reopen_inspection, "Twice.")
    inspection.do(close_inspection, "Now it is whole.")
    events = of_kind(inspection, "closure")
    assert [one.text("event") for one in events] == ["closed", "reopened", "closed"]
    assert [one.text("reason") for one in events] == [
        "The letter is published.",
        "A page was missing.",
        "Now it is whole.",
    ]
    assert {one.text("by") for one in events} == {of_kind(inspection, "person")[0].id}


def test_closing_says_what_was_held_then(inspection: Inspection, clock: StillClock) -> None:
    note_with(inspection, "One.")
    before = inspection.ask(lambda view: attesting.newest(view.records))
    heads = inspection.ask(lambda view: attesting.every_head(view.records))
    clock.move(timedelta(hours=8))
    inspection.do(close_inspection, "Over.")
    seen = inspection.ask(closing)
    assert seen is not None
    assert (seen.changes, seen.newest) == (before.count, before.hash.hex())
    (record,) = of_kind(inspection, "closure")
    assert record.texts("heads") == tuple(f"{o.device} {o.number} {o.hash}" for o in heads)
    assert seen.at.startswith("2026-10-12T")
    assert "not yet signed" in seen.sentence


def test_a_closing_is_covered_by_the_laptops_signature_once_the_store_was_closed(
    tmp_path: Path, clock: StillClock
) -> None:
    opened = Inspection("0" * 32, open_store(tmp_path, clock), clock)
    opened.do(close_inspection, "Over.")
    device = opened.ask(lambda view: attesting.own_device(view.records))
    opened.close()
    opened = Inspection("0" * 32, open_store(tmp_path, clock), clock)
    seen = opened.ask(closing)
    said = opened.ask(overview).remarks
    opened.close()
    assert seen is not None
    assert seen.signed_by == device
    assert said[0].startswith("Closed on 12 October 2026: Over. ")
    assert device[:8] in said[0]


def test_what_was_said_at_a_closing_can_not_be_changed_or_deleted(
    inspection: Inspection, paragraph: str
) -> None:
    assert paragraph
    inspection.do(reopen_inspection, "A page was missing.")
    for one in of_kind(inspection, "closure"):
        refused(inspection, records.change, one.id, {"reason": "x"})
        refused(inspection, records.delete, one.id)


def test_a_closing_made_apart_has_to_be_reopened_as_well(inspection: Inspection) -> None:
    inspection.do(close_inspection, "Here.")
    (here,) = of_kind(inspection, "closure")
    inspection.do(reopen_inspection, "A page was missing.")
    there = {**here.fields, "reason": "There.", "at": "2026-10-12T08:00:00+00:00"}
    inspection._store.write(lambda tx: tx.append([("c-9", "closure", there, {})])).result()
    seen = inspection.ask(closing)
    assert seen is not None
    assert seen.reason == "There."
    refused(inspection, add_note, "jotting")
    inspection.do(reopen_inspection, "Here too.")
    inspection.do(add_note, "jotting")


def test_what_was_written_elsewhere_before_the_closing_was_known_still_comes_in(
    inspection: Inspection, paragraph: str
) -> None:
    before = revisions(inspection)
    inspection._store.write(
        lambda tx: tx.write(paragraph, "paragraph", {"text": "Later."})
    ).result()
    assert revisions(inspection) == before + 1
    assert held(inspection, paragraph).text("text") == "Later."


def test_a_closed_inspection_travels_closed(
    inspection: Inspection, paragraph: str, tmp_path: Path, clock: StillClock
) -> None:
    assert paragraph
    text = inspection.ask(lambda view: "".join(put_out(view)))
    copy = Inspection("0" * 32, open_store(tmp_path / "copy", clock), clock)
    copy.do(take_in, read_document(text.encode()))
    again = copy.ask(lambda view: "".join(put_out(view)))
    refused(copy, add_note, "jotting")
    copy.close()
    assert canonical(again) == canonical(text)


def test_how_long_it_is_kept_can_be_said_when_it_is_closed_and_needs_a_reason(
    inspection: Inspection, paragraph: str
) -> None:
    assert paragraph
    inspection.do(keep_until, "2033-03-01", "The retention schedule.")
    (own,) = of_kind(inspection, "inspection")
    assert own.text("keep_until") == "2033-03-01"
    assert own.text("keep_reason") == "The retention schedule."
    refused(inspection, keep_until, "2034-03-01", "")
    refused(inspection, keep_until, "soon", "The retention schedule.")


def test_an_inspection_that_is_not_described_has_no_day(inspection: Inspection) -> None:
    refused(inspection, keep_until, "2033-03-01", "The retention schedule.")


@pytest.mark.parametrize(
    ("until", "today", "past"),
    [
        ("2033-03-01", date(2033, 2, 28), False),
        ("2033-03-01", date(2033, 3, 1), False),
        ("2033-03-01", date(2033, 3, 2), True),
        ("", date(9999, 1, 1), False),
        ("soon", date(9999, 1, 1), False),
    ],
)
def test_the_day_itself_is_still_one_on_which_it_is_kept(
    until: str, today: date, *, past: bool
) -> None:
    assert is_past(until, today) is past


def test_l07_a_day_that_is_over_by_a_wrong_clock_is_said_and_nothing_is_erased(
    inspection: Inspection, paragraph: str, clock: StillClock
) -> None:
    inspection.do(keep_until, "2026-12-01", "Our own schedule.")
    before = revisions(inspection)
    clock.move(timedelta(days=365))
    assert any("is over" in one for one in inspection.ask(overview).remarks)
    assert revisions(inspection) == before
    assert held(inspection, paragraph).text("text") == "Health was not invited."


def test_refusals_are_bad_input() -> None:
    assert issubclass(ClosedInspectionError, InvalidInputError)

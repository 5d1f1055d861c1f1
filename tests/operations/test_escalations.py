from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from app.operations.escalations import (
    close_escalation,
    escalation_figures,
    list_escalations,
    record_response,
    refer,
    reopen_escalation,
    write_escalation,
)
from app.operations.notes import list_drafts
from app.operations.team import be, code_child, join_team
from app.operations.typed_fields import fields_kept, keep_fields, save_fields
from app.operations.work import new_id
from tests.operations.asking import held, of_kind, refused, revisions

if TYPE_CHECKING:
    from app.operations.inspection import Inspection
    from tests.fakes.clock import StillClock


def test_a_form_writes_a_concern_from_its_first_words_and_then_adds_to_it(
    inspection: Inspection, clock: StillClock
) -> None:
    me = inspection.do(join_team, "HMI").made
    inspection.do(be, me)
    form = new_id()
    noticed = clock.now()
    assert inspection.do(write_escalation, form, {"child_words": "He hits"}).made == form
    clock.move(timedelta(minutes=4))
    inspection.do(write_escalation, form, {"child_words": "He hits me", "place": "nursery"})
    kept = held(inspection, form)
    assert len(of_kind(inspection, "escalation")) == 1
    assert (kept.number("number"), kept.text("child_words")) == (1, "He hits me")
    assert kept.text("noticed_at") == noticed.astimezone().isoformat(timespec="seconds")
    assert kept.text("noticed_by") == me
    inspection.do(write_escalation, new_id(), {"concern": "Another."})
    assert [one.number for one in inspection.ask(list_escalations)] == [1, 2]


def test_words_of_a_form_are_a_draft_until_they_are_saved(inspection: Inspection) -> None:
    form = new_id()
    inspection.do(write_escalation, form, {"concern": "Seen alone"})
    before = revisions(inspection)
    inspection.do(keep_fields, form, "escalation", {"concern": "Seen alone at"})
    assert revisions(inspection) == before
    assert inspection.ask(fields_kept, form) == {"concern": "Seen alone at"}
    inspection.do(save_fields, form, {"concern": "Seen alone at home"})
    assert inspection.ask(list_drafts) == []
    assert inspection.ask(fields_kept, form) == {}


def test_an_unfit_field_is_refused_and_the_draft_stays(inspection: Inspection) -> None:
    form = new_id()
    inspection.do(write_escalation, form, {"concern": "Seen"})
    inspection.do(keep_fields, form, "escalation", {"referred_at": "soonish"})
    assert "referred" in refused(inspection, write_escalation, form, {"referred_at": "soonish"})
    assert inspection.ask(fields_kept, form) == {"referred_at": "soonish"}


def test_the_tally_counts_what_was_raised_with_leaders(inspection: Inspection) -> None:
    child = inspection.do(code_child).made
    first, second = new_id(), new_id()
    inspection.do(write_escalation, first, {"child": child, "level": "one child"})
    inspection.do(write_escalation, second, {"concerns": "S04", "level": "one child"})
    assert [one.child for one in inspection.ask(list_escalations)] == ["C1", "S04"]
    inspection.do(refer, first, "duty manager")
    inspection.do(record_response, first, "duty manager", "Seen.", "yes")
    inspection.do(close_escalation, first)
    found = inspection.ask(escalation_figures)
    assert (found.noticed, found.raised, found.answered, found.satisfied) == (2, 1, 1, 1)
    assert found.unclosed == 1
    inspection.do(reopen_escalation, first)
    assert inspection.ask(escalation_figures).unclosed == 2

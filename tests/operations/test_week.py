"""The verbs of the week that are short: the team, actions, escalations, children, requests."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from app.domain.checks import ProblemKind
from app.operations import records
from app.operations.actions import drop_action, finish_action, give_action, open_actions
from app.operations.checking import check_inspection
from app.operations.escalations import (
    close_escalation,
    raise_concern,
    record_response,
    refer,
    tally,
    tell_lead,
)
from app.operations.overview import overview
from app.operations.team import (
    ask_for,
    be,
    code_child,
    describe_inspection,
    join_team,
    move_line,
    name_agency,
    open_line,
    receive,
)
from app.operations.tracking import (
    add_key_date,
    fill_stage,
    record_audit,
    sample_record,
    sample_tallies,
    track_child,
)
from tests.operations.asking import fork, held, note_with, of_kind, refused

if TYPE_CHECKING:
    from app.operations.inspection import Inspection
    from tests.fakes.clock import StillClock


def now(clock: StillClock) -> str:
    return clock.now().astimezone().isoformat()


def test_an_inspection_is_described_once_and_then_changed(inspection: Inspection) -> None:
    first = inspection.do(describe_inspection, {"area": "Wexcombe"})
    again = inspection.do(describe_inspection, {"theme": "neglect"})
    assert first.made == again.made
    assert first.kinds == again.kinds == {"inspection"}
    assert "already" in refused(inspection, records.add, "inspection", {"area": "Other"})
    assert "can’t be deleted" in refused(inspection, records.delete, first.made)
    (only,) = of_kind(inspection, "inspection")
    assert (only.text("area"), only.text("theme")) == ("Wexcombe", "neglect")


def test_the_overview_counts_what_is_there_and_says_what_waits(inspection: Inspection) -> None:
    inspection.do(describe_inspection, {"area": "Wexcombe", "fieldwork_from": "2026-10-12"})
    _note, one, two = note_with(inspection, "a", "b")
    inspection.do(records.delete, two)
    fork(inspection, one, {"text": "x"}, {"text": "y"})
    seen = inspection.ask(overview)
    assert dict(seen.counts) == {"inspection": 1, "jotting": 1, "paragraph": 1}
    assert dict(seen.particulars)["first day on site"] == "12 October 2026"
    assert seen.remarks == ("1 record has two versions of something.",)
    assert seen.plain()["counts"] == dict(seen.counts)


def test_the_team_is_named_by_role_and_one_of_them_uses_this_laptop(
    inspection: Inspection,
) -> None:
    me = inspection.do(join_team, "lead inspector", "", "OF1").made
    assert inspection.do(be, me).records == set()
    assert held(inspection, inspection.do(give_action, "Ask health.").made)
    note, paragraph = note_with(inspection, "Words.")
    assert held(inspection, note).text("author") == held(inspection, paragraph).text("author") == me
    assert "inspector’s role" in refused(inspection, join_team, " ")
    assert "can't be done" in refused(inspection, be, note)
    inspection.do(records.delete, me)
    assert "was deleted" in refused(inspection, be, me)


def test_children_are_coded_in_turn_and_no_code_comes_twice(inspection: Inspection) -> None:
    first, second = (inspection.do(code_child).made for _ in "ab")
    inspection.do(records.delete, first)
    inspection.do(records.add, "child", {"code": "C9"})
    third = inspection.do(code_child, {"code": "ignored", "age_band": "0-4"}).made
    codes = [held(inspection, one).text("code") for one in (first, second, third)]
    assert codes == ["C1", "C2", "C10"]


def test_agencies_lines_and_requests_are_kept_with_their_times(
    inspection: Inspection, clock: StillClock
) -> None:
    agency = inspection.do(name_agency, "Police", "police", "PS").made
    assert "needs “name”" in refused(inspection, lambda work: records.add(work, "agency", {}))
    line = inspection.do(open_line, "Strategy meetings", "Who is asked?").made
    assert inspection.do(move_line, line, "strengthening", "Read five records.").records == {line}
    assert held(inspection, line).text("next_step") == "Read five records."
    assert "“status”" in refused(inspection, move_line, line, "maybe")
    request = inspection.do(ask_for, "Minutes", agency, "2026-10-14").made
    asked = now(clock)
    clock.move(timedelta(days=1))
    inspection.do(receive, request, "final")
    kept = held(inspection, request)
    assert (kept.text("asked_at"), kept.text("received_at")) == (asked, now(clock))
    assert (kept.text("state"), kept.text("version")) == ("received", "final")
    assert "can't be done" in refused(inspection, receive, agency)


def test_actions_stay_open_until_done_or_dropped_for_a_reason(
    inspection: Inspection, clock: StillClock
) -> None:
    late, undated, soon = (
        inspection.do(give_action, what, due=due).made
        for what, due in (("late", "2026-10-16"), ("undated", ""), ("soon", "2026-10-13"))
    )
    assert [one.what for one in inspection.ask(open_actions)] == ["soon", "late", "undated"]
    assert inspection.do(finish_action, soon, "Done by phone.").records == {soon}
    assert held(inspection, soon).text("closed_at") == now(clock)
    assert "why the action" in refused(inspection, drop_action, late, " ")
    inspection.do(drop_action, late, "Overtaken.")
    assert [one.id for one in inspection.ask(open_actions)] == [undated]
    assert "what is to be done" in refused(inspection, give_action, "")
    assert "can't be done" in refused(inspection, finish_action, note_with(inspection)[0])


def test_an_escalation_is_open_until_its_response_is_recorded(
    inspection: Inspection, clock: StillClock
) -> None:
    assert "of concern" in refused(inspection, raise_concern, " ")
    child = inspection.do(code_child).made
    first = inspection.do(raise_concern, "Not seen for six weeks.", how="record", child=child).made
    second = inspection.do(raise_concern, "Another.").made
    assert [held(inspection, one).number("number") for one in (first, second)] == [1, 2]
    times = []
    for verb, given in ((tell_lead, ["Refer today."]), (refer, ["duty manager", "phone"])):
        clock.move(timedelta(minutes=10))
        assert inspection.do(verb, first, *given).records == {first}
        times.append(now(clock))
    assert "to whom" in refused(inspection, refer, first, "")
    assert "stays open" in refused(inspection, close_escalation, first)
    inspection.do(record_response, first, "duty manager", "Seen this morning.", "yes")
    inspection.do(close_escalation, first)
    kept = held(inspection, first)
    assert [kept.text("lead_told_at"), kept.text("referred_at")] == times
    seen = inspection.ask(tally)
    assert (seen.raised, seen.answered, seen.closed) == (2, 1, 1)
    waiting = [
        one.place for one in inspection.ask(check_inspection) if one.kind is ProblemKind.NO_RESPONSE
    ]
    assert waiting == [second]


def test_a_tracked_child_has_one_file_with_one_cell_a_stage_and_agency(
    inspection: Inspection,
) -> None:
    child = inspection.do(code_child).made
    agency = inspection.do(name_agency, "Police").made
    changes = inspection.do(track_child, child, "Two moves in a year.")
    file = changes.made
    assert changes.records == {child, file}
    assert held(inspection, child).flag("is_tracked")
    assert inspection.do(track_child, child).made == file
    cell = inspection.do(fill_stage, file, "assessment", agency, {"evidence": "Late."})
    again = inspection.do(fill_stage, file, "assessment", agency, {"gaps": "No plan."})
    assert cell.made == again.made
    assert held(inspection, cell.made).text("evidence") == "Late."
    assert inspection.do(fill_stage, file, "assessment", "", {}).made != cell.made
    audit = inspection.do(record_audit, file, {"agreement": "partly"})
    assert inspection.do(record_audit, file, {"quality": "Thin."}).made == audit.made
    assert inspection.do(add_key_date, file, "2026-03-01", "Referred.", agency).kinds == {
        "key_date"
    }
    assert "“date”" in refused(inspection, add_key_date, file, "March", "Referred.")
    assert "can't be done" in refused(inspection, record_audit, child, {})


def test_sampled_records_are_tallied_by_sample_and_result(inspection: Inspection) -> None:
    for code, result in (("1", "met"), ("2", "met"), ("3", "not met")):
        inspection.do(sample_record, "strategy meetings", code, result)
    inspection.do(sample_record, "return interviews", "4", "partly", "No voice.")
    tallies = {one.sample: one for one in inspection.ask(sample_tallies)}
    assert tallies["strategy meetings"].sampled == 3
    assert tallies["strategy meetings"].results == {"met": 2, "not met": 1}
    assert "“result”" in refused(inspection, sample_record, "x", "5", "fine")

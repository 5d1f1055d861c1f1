from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from app.operations import records
from app.operations.actions import finish_action, give_action
from app.operations.meetings import (
    add_headline,
    answer_point,
    begin_keep_in_touch,
    decide,
    list_meetings,
    mark_attendance,
    read_keep_in_touch,
    read_meeting,
    settle_decision,
    share_point,
    todays_meeting,
)
from app.operations.team import join_team
from tests.operations.asking import held, refused

if TYPE_CHECKING:
    from app.operations.inspection import Inspection
    from tests.fakes.clock import StillClock


def test_a_day_has_one_team_meeting(inspection: Inspection, clock: StillClock) -> None:
    first = inspection.do(todays_meeting).made
    assert inspection.do(todays_meeting).made == first
    clock.move(timedelta(days=1))
    second = inspection.do(todays_meeting).made
    assert [one.id for one in inspection.ask(list_meetings)] == [first, second]
    assert held(inspection, second).text("title") == "Team meeting, Tue 13 Oct"


def test_attendance_goes_round_and_stands_by_inspectorate(inspection: Inspection) -> None:
    body = inspection.do(records.add, "inspectorate", {"name": "Ofsted"}).made
    free = inspection.do(join_team, "interpreter").made
    person = inspection.do(join_team, "HMI", body).made
    meeting = inspection.do(todays_meeting).made
    states = []
    for _ in range(4):
        attendance = inspection.ask(read_meeting, meeting).attendance
        states.append(next(one.state for one in attendance if one.id == person))
        inspection.do(mark_attendance, meeting, person)
    assert states == ["", "present", "apologies", ""]
    assert [(one.id, one.inspectorate) for one in attendance] == [(person, "Ofsted"), (free, "")]


def test_decisions_and_open_actions_are_carried_to_the_next_meeting(
    inspection: Inspection, clock: StillClock
) -> None:
    monday = inspection.do(todays_meeting).made
    kept = inspection.do(decide, monday, "Draw our own sample.").made
    settled = inspection.do(decide, monday, "No view on leaders yet.").made
    done = inspection.do(give_action, "Draw it.", note=monday).made
    owed = inspection.do(give_action, "Read minutes.", note=monday, due="2026-10-13").made
    inspection.do(finish_action, done)
    clock.move(timedelta(days=1))
    tuesday = inspection.do(todays_meeting).made
    found = inspection.ask(read_meeting, tuesday)
    assert [one.id for one in found.carried] == [kept, settled]
    assert [one.id for one in found.owed] == [owed]
    inspection.do(settle_decision, settled)
    assert [one.is_settled for one in inspection.ask(read_meeting, tuesday).carried] == [
        False,
        True,
    ]
    clock.move(timedelta(days=1))
    wednesday = inspection.do(todays_meeting).made
    assert [one.id for one in inspection.ask(read_meeting, wednesday).carried] == [kept]
    assert inspection.ask(read_meeting, monday).carried == ()
    assert len(inspection.ask(read_meeting, monday).actions) == 2


def test_decisions_that_another_app_wrote_in_one_stretch_are_carried_too(
    inspection: Inspection, clock: StillClock
) -> None:
    monday = inspection.do(todays_meeting).made
    inspection.do(records.change, monday, {"decisions": "Sample closed."})
    clock.move(timedelta(days=1))
    tuesday = inspection.do(todays_meeting).made
    assert [one.text for one in inspection.ask(read_meeting, tuesday).carried] == ["Sample closed."]


def test_headlines_are_paragraphs_that_can_be_coded(inspection: Inspection) -> None:
    meeting = inspection.do(todays_meeting).made
    inspection.do(add_headline, meeting, "Plans rest on mothers.", "CQC")
    found = inspection.ask(read_meeting, meeting).headlines
    assert [(one.text, one.speaker, bool(one.typed_at)) for one in found] == [
        ("Plans rest on mothers.", "CQC", True)
    ]
    for verb in (add_headline, decide):
        assert "Write" in refused(inspection, verb, meeting, " ")


def test_what_leaders_were_told_is_kept_as_said_with_their_answer(inspection: Inspection) -> None:
    meeting = inspection.do(begin_keep_in_touch).made
    assert held(inspection, meeting).text("title") == "Keep-in-touch meeting 1"
    point = inspection.do(share_point, meeting, "38 notices were not read.").made
    inspection.do(answer_point, point, "offer evidence", "The queue by hour", "2026-10-14")
    found = inspection.ask(read_keep_in_touch, meeting).points[0]
    assert (found.text, found.response) == ("38 notices were not read.", "offer evidence")
    assert (found.offered, found.due) == ("The queue by hour", "2026-10-14")
    assert "as it was said" in refused(inspection, share_point, meeting, "")

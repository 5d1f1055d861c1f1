from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from app.operations import records
from app.operations.actions import give_action
from app.operations.escalations import raise_concern
from app.operations.findings import add_finding, link_evidence
from app.operations.notes import add_note, add_paragraph, finish_note, keep_draft
from app.operations.requests import save_request
from app.operations.team import be, describe_inspection
from app.operations.timetable import add_slot
from app.operations.today import today_sheet
from app.operations.work import new_id

if TYPE_CHECKING:
    from app.operations.inspection import Inspection
    from tests.fakes.clock import StillClock

TUESDAY = "2026-10-13"


@pytest.fixture
def people(inspection: Inspection, clock: StillClock) -> tuple[str, str]:
    """Me and a colleague, on the second day on site at ten past nine by the clock on the wall."""
    clock.set(datetime(2026, 10, 13, 9, 10, tzinfo=UTC))
    one = inspection.do(records.add, "person", {"initials": "OF2", "role": "HMI"}).made
    other = inspection.do(records.add, "person", {"initials": "CQ1", "role": "CQC lead"}).made
    inspection.do(be, one)
    dates = {
        "notified_on": "2026-09-29",
        "day_convention": "day 1",
        "fieldwork_from": "2026-10-12",
        "fieldwork_to": "2026-10-16",
    }
    inspection.do(describe_inspection, dates)
    return one, other


def here(clock: StillClock, hours: float = 0) -> str:
    return f"{(clock.now() + timedelta(hours=hours)).astimezone():%H:%M}"


def slot(inspection, clock, who, hours, **fields) -> str:
    given = {"who": who, "date": TUESDAY, "start": here(clock, hours), **fields}
    return inspection.do(add_slot, {"end": here(clock, hours + 0.5), **given}).made


def words(lines) -> list[str]:
    return [one.words for one in lines]


@pytest.mark.usefixtures("people")
def test_the_day_is_said_with_its_number(inspection) -> None:
    assert inspection.ask(today_sheet).day == "Tuesday 13 October · day 11 · day 2 of 5 on site"


def test_my_day_begins_with_what_is_next_and_ends_with_what_is_over(
    inspection, clock, people
) -> None:
    slot(inspection, clock, people[0], -2, what="Team meeting")
    slot(inspection, clock, people[0], 3, what="Front door")
    slot(inspection, clock, people[0], 1, what="Police")
    slot(inspection, clock, people[1], 1, what="Not mine")
    slot(inspection, clock, people[0], 2, what="Called off", status="called off")
    mine = inspection.ask(today_sheet).mine
    assert words(mine) == ["Police", "Front door", "Team meeting"]
    assert [one.mark for one in mine] == ["next", "", ""]
    assert mine[2].about.endswith("over")


def test_a_slot_that_does_not_fit_says_so_in_my_day(inspection, clock, people) -> None:
    slot(inspection, clock, people[0], 1, what="Police")
    slot(inspection, clock, people[0], 1, what="Health")
    assert all("planned twice" in one.about for one in inspection.ask(today_sheet).mine)


def test_what_i_have_not_finished_is_listed_with_what_it_lacks(inspection, people) -> None:
    inspection.do(add_note, "jotting", {"title": "Half"})
    inspection.do(add_note, "jotting", {"title": "Hers", "author": people[1]})
    done = inspection.do(add_note, "jotting", {"title": "Done"}).made
    inspection.do(finish_note, done)
    whose = inspection.do(add_note, "professional_interview", {"title": "Whose"}).made
    inspection.do(finish_note, whose)
    found = {one.words: one.about for one in inspection.ask(today_sheet).unfinished}
    assert set(found) == {"Half", "Whose"}
    assert found["Half"].endswith("not finished")
    assert found["Whose"].endswith("nobody named it was with")


@pytest.mark.usefixtures("people")
def test_words_kept_and_not_saved_lead_to_their_note_once(inspection) -> None:
    note = inspection.do(add_note, "jotting", {"title": "Half"}).made
    inspection.do(keep_draft, new_id(), "paragraph", {"note": note, "text": "Seen al"})
    lines = inspection.ask(today_sheet).unfinished
    assert [(one.record, "not yet saved" in one.about) for one in lines] == [(note, True)]


def test_what_colleagues_wrote_since_last_evening_stands_by_author(
    inspection, clock, people
) -> None:
    clock.set(datetime(2026, 10, 12, 10, 0, tzinfo=UTC))
    old = inspection.do(add_note, "jotting", {"title": "Old", "author": people[1]}).made
    clock.set(datetime(2026, 10, 12, 20, 0, tzinfo=UTC))
    fields = {"author": people[1]}
    inspection.do(add_paragraph, old, "Added at night.", fields=fields)
    inspection.do(add_paragraph, old, "And more.", fields=fields)
    inspection.do(add_note, "jotting", {"title": "Mine"})
    clock.set(datetime(2026, 10, 13, 9, 10, tzinfo=UTC))
    came = inspection.ask(today_sheet).came
    assert [(one.author, one.record, one.about) for one in came] == [
        ("CQ1", old, "jotting · 2 paragraphs")
    ]


def test_after_a_weekend_it_is_everything_since_friday_evening(inspection, clock, people) -> None:
    clock.set(datetime(2026, 10, 10, 12, 0, tzinfo=UTC))
    inspection.do(add_note, "jotting", {"title": "Saturday", "author": people[1]})
    clock.set(datetime(2026, 10, 12, 8, 0, tzinfo=UTC))
    sheet = inspection.ask(today_sheet)
    assert (sheet.since.date().isoformat(), words(sheet.came)) == ("2026-10-09", ["Saturday"])


@pytest.mark.usefixtures("people")
def test_a_lock_at_noon_does_not_shorten_the_night(inspection) -> None:
    noon = datetime(2026, 10, 13, 9, 5, tzinfo=UTC)
    sheet = inspection.ask(lambda view: today_sheet(view, noon))
    assert sheet.since.date().isoformat() == "2026-10-12"


def test_what_needs_me_is_mine_and_late_is_marked(inspection, people) -> None:
    inspection.do(give_action, "Read plans", owner=people[0], due="2026-10-12")
    inspection.do(give_action, "Ring GP", owner=people[0])
    inspection.do(give_action, "Not mine", owner=people[1])
    request = new_id()
    inspection.do(save_request, request, {"what": "Audit", "promised_for": "2026-10-10"})
    needed = {one.words: (one.about, one.mark) for one in inspection.ask(today_sheet).needed}
    assert needed == {
        "Read plans": ("action · was due Mon 12 Oct", "late"),
        "Ring GP": ("action · no day set", ""),
        "Audit": ("asked Tue 13 Oct, promised for Sat 10 Oct, 3 days late", "late"),
    }


@pytest.mark.usefixtures("people")
def test_a_child_at_risk_is_everybodys(inspection, clock) -> None:
    inspection.do(raise_concern, "Not seen.")
    clock.move(timedelta(minutes=20))
    first = inspection.ask(today_sheet).needed[0]
    assert (first.words, first.mark) == ("Child at risk: E-1", "danger")
    assert "20 minutes since it was noticed" in first.about


def test_my_finding_on_a_single_source_is_asked_about(inspection, people) -> None:
    note = inspection.do(add_note, "jotting").made
    words_ = inspection.do(add_paragraph, note, "Heard late.").made
    mine = inspection.do(add_finding, "Health hears late.", {"lead": people[0]}).made
    inspection.do(link_evidence, mine, words_, "for")
    inspection.do(add_finding, "Theirs.", {"lead": people[1]})
    needed = inspection.ask(today_sheet).needed
    assert [(one.record, one.words) for one in needed] == [(mine, "Health hears late.")]
    assert "single conversation" in needed[0].about


def test_a_laptop_nobody_owns_still_shows_a_child_at_risk(inspection) -> None:
    inspection.do(raise_concern, "Not seen.")
    sheet = inspection.ask(today_sheet)
    assert sheet.name == ""
    assert len(sheet.needed) == 1


@pytest.mark.parametrize(("days", "since"), [(4, "2026-10-09"), (30, "2026-10-12")])
@pytest.mark.usefixtures("people")
def test_whoever_was_away_sees_what_came_since_they_locked(inspection, clock, days, since) -> None:
    locked = clock.now() - timedelta(days=days)
    sheet = inspection.ask(lambda view: today_sheet(view, locked))
    assert sheet.since.date().isoformat() == since


@pytest.mark.usefixtures("people")
def test_what_a_file_brought_in_is_as_old_as_it_says(inspection, clock) -> None:
    clock.set(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
    inspection.do(add_note, "jotting", {"title": "Own"})
    inspection.do(records.add, "person", {"initials": "OF3"})
    author = inspection.ask(lambda view: view.records.of_kind("person"))[-1].id
    fields = {"title": "Taken in", "author": author, "date": "2026-10-13", "start": "09:00"}
    inspection.do(records.add, "jotting", fields)
    assert inspection.ask(today_sheet).came == ()

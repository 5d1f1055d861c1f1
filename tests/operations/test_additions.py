from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app.operations.additions import added, is_addition, say_late, set_voice
from app.operations.notes import add_paragraph, finish_note, lock_note
from tests.operations.asking import held, note_with, refused

if TYPE_CHECKING:
    from app.operations.inspection import Inspection
    from tests.fakes.clock import StillClock


@pytest.mark.parametrize(
    ("typed", "locked", "wanted"),
    [
        ("2026-11-24T14:02:00+00:00", "2026-11-24T14:01:00+00:00", True),
        ("2026-11-24T14:02:00+00:00", "2026-11-24T14:03:00+00:00", False),
        ("2026-11-24T14:02:00+01:00", "2026-11-24T13:30:00+00:00", False),
        ("2026-11-24T14:02:00", "2026-11-24T14:01:00+00:00", False),
        ("", "2026-11-24T14:01:00+00:00", False),
        ("2026-11-24T14:02:00+00:00", "", False),
    ],
)
def test_an_addition_was_typed_after_its_note_was_locked(typed, locked, wanted) -> None:
    assert is_addition(typed, locked) is wanted


def test_an_addition_is_dated_and_a_late_entry_gives_its_reason() -> None:
    typed, locked = "2026-11-24T14:02:00+00:00", "2026-11-23T09:00:00+00:00"
    assert added(typed, locked) == "added Tue 24 Nov 14:02"
    assert added(typed, locked, "found in my diary") == "added Tue 24 Nov 14:02: found in my diary"
    assert added(typed, "", "typed up at night") == "entered late: typed up at night"
    assert added(typed, "") == ""


def test_a_locked_note_tells_when_and_locking_again_changes_nothing(
    inspection: Inspection, clock: StillClock
) -> None:
    note, _a = note_with(inspection, "a")
    inspection.do(finish_note, note)
    inspection.do(lock_note, note)
    at = held(inspection, note).text("locked_at")
    assert at
    clock.move(timedelta(hours=1))
    inspection.do(lock_note, note)
    assert held(inspection, note).text("locked_at") == at


def test_of_a_locked_note_only_additions_can_be_called_late(
    inspection: Inspection, clock: StillClock
) -> None:
    note, first = note_with(inspection, "a")
    inspection.do(finish_note, note)
    inspection.do(lock_note, note)
    clock.move(timedelta(minutes=5))
    later = inspection.do(add_paragraph, note, "b").made
    inspection.do(say_late, later, " from my diary ")
    assert held(inspection, later).text("late_reason") == "from my diary"
    assert "stays as it is" in refused(inspection, say_late, first, "why")


def test_a_late_note_says_so_until_its_reason_is_taken_back(inspection: Inspection) -> None:
    note, _a = note_with(inspection, "a")
    inspection.do(say_late, note, "no laptop on site")
    assert held(inspection, note).fields["late_entry"] is True
    inspection.do(say_late, note, "")
    assert held(inspection, note).fields["late_entry"] is None


def test_from_how_many_a_point_was_heard_is_fast_once_its_note_is_locked(
    inspection: Inspection,
) -> None:
    note, point = note_with(inspection, "a")
    inspection.do(set_voice, point, "several")
    assert held(inspection, point).text("voice") == "several"
    inspection.do(finish_note, note)
    inspection.do(lock_note, note)
    assert "locked" in refused(inspection, set_voice, point, "dissent")

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from app.operations import records
from app.operations.notes import add_note, add_paragraph
from app.operations.overnight import came_overnight
from app.operations.sync.people import held_here_alone
from app.operations.team import be
from app.sync.targets.memory import Memory
from tests.operations.sync.laptops import Laptop

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Laptop, Laptop]]:
    lead, other = Laptop(tmp_path, "Ann"), Laptop(tmp_path, "Jo")
    lead.begin()
    lead.admit(other)
    yield lead, other
    for one in (lead, other):
        one.close()
        one.profile.close()


def meet(memory: Memory, *laptops: Laptop) -> None:
    for one in (*laptops, *laptops):
        one.meet(memory)


def test_words_written_before_the_evening_count_from_when_they_arrived(pair) -> None:
    lead, other = pair
    memory = Memory()
    person = other.inspection.do(records.add, "person", {"initials": "CQ1"}).made
    other.inspection.do(be, person)
    meet(memory, lead, other)
    note = other.inspection.do(add_note, "jotting", {"title": "Carried late"}).made
    lead.inspection.do(add_note, "jotting", {"title": "My own"})
    evening = datetime.now(UTC)
    came = lambda: lead.inspection.ask(lambda view: list(came_overnight(view, "", evening)))  # noqa: E731 - asked twice
    assert came() == []
    meet(memory, lead, other)
    assert [(one.author, one.record, one.words) for one in came()] == [
        ("CQ1", note, "Carried late")
    ]


def test_what_is_held_here_alone_is_what_nobody_told_of_having(pair) -> None:
    lead, other = pair
    memory = Memory()
    meet(memory, lead, other)
    before = held_here_alone(lead.inspection)
    assert (before.is_shared, before.changes, before.records) == (True, 0, ())
    note = lead.inspection.do(add_note, "jotting").made
    words = lead.inspection.do(add_paragraph, note, "Only here.").made
    alone = held_here_alone(lead.inspection)
    assert (alone.changes, alone.records) == (2, (words, note))
    assert held_here_alone(other.inspection).changes == 0
    meet(memory, lead, other)
    assert held_here_alone(lead.inspection).changes == 0


def test_a_laptop_without_a_team_counts_nothing(tmp_path: Path) -> None:
    one = Laptop(tmp_path, "Ann")
    one.id = one.profile.create_inspection({"area": "Wexcombe"})
    one.open()
    assert not held_here_alone(one.inspection).is_shared
    one.close()
    one.profile.close()

"""One laptop says two different things: whoever learns of it, all of them count the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.operations.sync import joining
from app.sync.targets.memory import Memory, MemoryTarget
from tests.operations.asking import note_with, of_kind
from tests.operations.sync.laptops import Laptop, meet_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


@pytest.fixture
def team(tmp_path: Path) -> Iterator[tuple[Laptop, Laptop, Laptop]]:
    """The lead and two more."""
    made = tuple(Laptop(tmp_path, name) for name in ("Asha", "Ben", "Cai"))
    lead, other, third = made
    lead.begin()
    lead.admit(other)
    lead.admit(third)
    yield lead, other, third
    for one in made:
        one.close()


def texts(laptop: Laptop) -> set[str]:
    return {one.text("text") for one in of_kind(laptop.inspection, "paragraph")}


def test_d06_whoever_meets_only_the_one_that_found_out_learns_of_it_too(
    team: tuple[Laptop, Laptop, Laptop], tmp_path: Path
) -> None:
    lead, other, third = team
    memory = Memory()
    note_with(other.inspection, "Before the copy.")
    meet_all(memory, other, lead, third)
    twin = other.copy_to(tmp_path, "twin")
    note_with(other.inspection, "On the one.")
    note_with(twin.inspection, "On the twin.")
    one_stick, other_stick = Memory(), Memory()
    meet_all(one_stick, other, lead, rounds=1)
    meet_all(other_stick, twin, lead, rounds=1)
    twin.close()
    assert texts(lead) == {"Before the copy."}
    meet_all(Memory(), lead, third)
    assert texts(third) == texts(lead)


class Interrupted(MemoryTarget):
    """A place that is so slow that somebody goes on writing meanwhile."""

    def __init__(self, memory: Memory, writer: Laptop) -> None:
        super().__init__(memory)
        self.writer = writer

    def get(self, names: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        if self.writer.name:
            note_with(self.writer.inspection, "Typed while it was fetching.")
            self.writer.name = ""
        yield from super().get(names)


def test_d04_what_is_typed_before_a_laptop_learns_that_it_was_put_back_is_nobodys_loss(
    team: tuple[Laptop, Laptop, Laptop], tmp_path: Path
) -> None:
    lead, other, third = team
    memory = Memory()
    note_with(other.inspection, "Before the copy.")
    meet_all(memory, other, lead, third)
    older = other.copy_to(tmp_path, "older")
    note_with(other.inspection, "Handed over, and then the folder was put back.")
    meet_all(memory, other, lead, third)
    # From here on the older copy is the laptop.
    older.name = "Ben"
    older.meet(memory, Interrupted(memory, older))
    older.name = "Ben"
    document = joining.invite(lead.inspection, lead.person)
    asked = joining.request_again(older.inspection, document, older.person)
    candidate = joining.read_candidate(lead.inspection, asked.content)
    joining.join(older.inspection, joining.admit(lead.inspection, candidate, "by telephone"))
    meet_all(memory, older, lead, third)
    assert "Typed while it was fetching." in texts(lead)
    assert texts(lead) == texts(older) == texts(third)
    assert lead.words == older.words == third.words
    older.close()

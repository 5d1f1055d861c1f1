from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.errors import InvalidInputError, NotFoundError, UnreachableTargetError
from app.operations.forks import forks
from app.operations.notes import add_note, add_paragraph
from app.operations.records import change, choose, delete
from app.operations.sync import aside, joining, people, team_changes
from app.operations.sync.news import note_team_news, team_news
from app.sync.items import Kind, kind_of, name_of
from app.sync.targets.memory import Memory, MemoryTarget
from tests.operations.asking import held, note_with, of_kind
from tests.operations.attached import attached, content
from tests.operations.sync.laptops import Laptop, meet_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


@pytest.fixture
def lead(tmp_path: Path) -> Iterator[Laptop]:
    made = Laptop(tmp_path, "Asha")
    made.begin()
    yield made
    made.close()


@pytest.fixture
def other(tmp_path: Path, lead: Laptop) -> Iterator[Laptop]:
    made = Laptop(tmp_path, "Ben")
    lead.admit(made)
    yield made
    made.close()


@pytest.fixture
def third(tmp_path: Path, lead: Laptop, other: Laptop) -> Iterator[Laptop]:
    del other
    made = Laptop(tmp_path, "Cai")
    lead.admit(made)
    yield made
    made.close()


def lose(memory: Memory, held: dict[str, bytes]) -> None:
    """Put a place back to what it held before, or to nothing."""
    memory.items, memory.order, memory.era = dict(held), list(held), memory.era + "x"


def texts(laptop: Laptop) -> set[str]:
    return {one.text("text") for one in of_kind(laptop.inspection, "paragraph")}


def test_what_one_writes_the_other_reads_and_both_say_the_same_words(
    lead: Laptop, other: Laptop
) -> None:
    memory = Memory()
    note_with(lead.inspection, "Seen at the front door.", "Heard in the corridor.")
    meet_all(memory, lead, other)
    assert texts(other) == {"Seen at the front door.", "Heard in the corridor."}
    note_with(other.inspection, "Read in the file.")
    meet_all(memory, other, lead)
    assert other.content() == lead.content()
    assert lead.words == other.words
    assert len(lead.words) == 6


def test_e11_receipts_say_who_holds_what(lead: Laptop, other: Laptop) -> None:
    memory = Memory()
    note_with(lead.inspection, "Seen.")
    lead.meet(memory)
    before = people.team(lead.inspection).laptops
    assert [one.last_heard is None for one in before if not one.is_own] == [True]
    meet_all(memory, other, lead)
    (told,) = [one for one in people.team(lead.inspection).laptops if not one.is_own]
    assert told.lacks == 0
    assert told.last_heard is not None
    note_with(lead.inspection, "Later.")
    (told,) = [one for one in people.team(lead.inspection).laptops if not one.is_own]
    assert told.lacks == 2


def test_c19_c20_two_versions_stand_side_by_side_and_choosing_loses_neither(
    lead: Laptop, other: Laptop
) -> None:
    memory = Memory()
    _note, paragraph = note_with(lead.inspection, "Between.")
    meet_all(memory, lead, other)
    lead.inspection.do(change, paragraph, {"text": "One way."})
    other.inspection.do(change, paragraph, {"text": "Another way."})
    meet_all(memory, lead, other)
    for one in (lead, other):
        (fork,) = one.inspection.ask(forks, paragraph)
        assert {side.value for side in fork.sides} == {"One way.", "Another way."}
        assert len({side.device for side in fork.sides}) == 2
    assert lead.inspection.ask(forks) == other.inspection.ask(forks)
    (fork,) = other.inspection.ask(forks, paragraph)
    other.inspection.do(choose, paragraph, "text", 0)
    meet_all(memory, other, lead)
    assert lead.inspection.ask(forks) == []
    assert held(lead.inspection, paragraph).text("text") == fork.sides[0].value
    said = lead.inspection.ask(lambda view: view.records.history(paragraph))
    assert {one.fields.get("text") for one in said} >= {"One way.", "Another way."}


def test_d13_an_edit_made_apart_from_a_deletion_survives_and_is_shown(
    lead: Laptop, other: Laptop
) -> None:
    memory = Memory()
    _note, paragraph = note_with(lead.inspection, "Between.")
    meet_all(memory, lead, other)
    lead.inspection.do(delete, paragraph)
    other.inspection.do(change, paragraph, {"text": "Still wanted."})
    meet_all(memory, lead, other)
    for one in (lead, other):
        assert "Still wanted." in texts(one)
        found = {fork.label: fork.sides for fork in one.inspection.ask(forks, paragraph)}
        assert [side.value for side in found["Deleted"]] == [False, True]


def test_f02_c14_a_target_that_is_empty_or_new_takes_nothing_away(
    lead: Laptop, other: Laptop
) -> None:
    memory = Memory()
    note_with(lead.inspection, "Seen.")
    meet_all(memory, lead, other)
    before = lead.content()
    lose(memory, {})
    done = lead.meet(memory)
    assert done.is_behind
    assert lead.content() == before
    assert any(kind_of(name) is Kind.ENVELOPE for name in memory.items), "handed over again"
    another = Memory()
    lead.meet(another)
    other.meet(another)
    assert lead.content() == other.content() == before


def test_f01_a_target_put_back_to_an_older_state_is_filled_up_again(
    lead: Laptop, other: Laptop
) -> None:
    memory = Memory()
    note_with(lead.inspection, "First.")
    meet_all(memory, lead, other)
    older = dict(memory.items)
    note_with(lead.inspection, "Second.")
    meet_all(memory, lead, other)
    lose(memory, older)
    assert lead.meet(memory).is_behind
    lasting = {name for name in older if kind_of(name) is not Kind.RECEIPT}
    assert set(memory.items) >= lasting
    assert texts(lead) == texts(other) == {"First.", "Second."}


def test_e1_e14_attachments_go_after_the_text_and_go_on_where_they_stopped(
    lead: Laptop, other: Laptop, tmp_path: Path
) -> None:
    memory = Memory()
    note, _paragraph = note_with(lead.inspection, "Seen.")
    photo = tmp_path / "plan.pdf"
    photo.write_bytes(b"plan" * 3_000_000)
    made = attached(lead.inspection, photo, note)
    lead.meet(memory)
    pieces = [name for name in memory.items if kind_of(name) is Kind.PIECE]
    assert len(pieces) == 3
    last = memory.items.pop(pieces[-1])
    memory.order.remove(pieces[-1])
    other.meet(memory)
    assert texts(other) == {"Seen."}
    assert sum(other.inspection.blobs.has(name[:64]) for name in pieces) == 2
    MemoryTarget(memory).put([(pieces[-1], last)])
    other.meet(memory)
    assert content(other.inspection, made, tmp_path) == photo.read_bytes()


def test_e9_much_deletion_waits_for_a_person(lead: Laptop, other: Laptop) -> None:
    memory = Memory()
    note, *paragraphs = note_with(lead.inspection, *(f"Line {n}." for n in range(30)))
    meet_all(memory, lead, other)
    for one in paragraphs[:25]:
        other.inspection.do(delete, one)
    meet_all(memory, other, lead)
    assert len(texts(lead)) == 30
    (waits,) = aside.put_aside(lead.inspection)
    assert waits.may_let_in
    assert waits.who == "Ben"
    note_with(other.inspection, "Written afterwards.")
    meet_all(memory, other, lead)
    with pytest.raises(NotFoundError):
        aside.let_in(lead.inspection, "0" * 64)
    for row in list(aside.put_aside(lead.inspection)):
        if row.may_let_in:
            aside.let_in(lead.inspection, row.name)
    assert texts(lead) == texts(other)
    assert "Written afterwards." in texts(lead)
    assert aside.put_aside(lead.inspection) == []
    del note


def test_g01_g02_a_laptop_off_the_team_reads_nothing_new_and_what_it_writes_does_not_count(
    lead: Laptop, other: Laptop, third: Laptop
) -> None:
    memory = Memory()
    note_with(other.inspection, "Before.")
    meet_all(memory, other, lead, third)
    note_with(other.inspection, "Unheard of at the cut.")
    late = Memory()
    other.meet(late)
    team_changes.remove(lead.inspection, other.inspection.seat().own.device_id, "lost")
    note_with(lead.inspection, "Not for Ben.")
    meet_all(memory, lead, third)
    third.meet(late)
    lead.meet(late)
    for one in (lead, third):
        assert texts(one) == {"Before.", "Not for Ben."}
        assert "taken off the team" in aside.put_aside(one.inspection)[0].why
    assert lead.words == third.words
    other.meet(memory)
    assert "Not for Ben." not in texts(other)
    assert other.inspection.seat().removed is not None
    assert "taken off the team" in people.team(other.inspection).notices[0]


def test_a_reader_takes_part_and_what_it_writes_does_not_count(
    lead: Laptop, tmp_path: Path
) -> None:
    memory = Memory()
    reader = Laptop(tmp_path, "Dee")
    lead.admit(reader, role="reader")
    note_with(lead.inspection, "Seen.")
    note_with(reader.inspection, "Mine alone.")
    meet_all(memory, lead, reader)
    assert "Seen." in texts(reader)
    assert texts(lead) == {"Seen."}
    reader.close()


def test_g10_who_joins_from_now_on_reads_nothing_from_before(lead: Laptop, tmp_path: Path) -> None:
    memory = Memory()
    note_with(lead.inspection, "From before.")
    lead.meet(memory)
    late = Laptop(tmp_path, "Eve")
    lead.admit(late, from_now=True)
    note_with(lead.inspection, "From now on.")
    meet_all(memory, lead, late)
    assert texts(late) == {"From now on."}
    note_with(late.inspection, "By the late one.")
    meet_all(memory, late, lead)
    assert texts(lead) == {"From before.", "From now on.", "By the late one."}
    late.close()


def test_d04_after_a_restore_nothing_of_either_side_is_lost(lead: Laptop, other: Laptop) -> None:
    memory = Memory()
    note_with(other.inspection, "In the backup.")
    meet_all(memory, other, lead)
    note_with(other.inspection, "Held here alone in the backup.")
    other.inspection.back_up()
    note_with(other.inspection, "Handed over after the backup.")
    meet_all(memory, other, lead)
    before = other.inspection.seat().own.device_id
    other.put_back()
    assert other.inspection.seat().own.device_id != before
    note_with(other.inspection, "Written after the restore.")
    other.meet(memory)
    every = {
        "In the backup.",
        "Held here alone in the backup.",
        "Handed over after the backup.",
        "Written after the restore.",
    }
    assert texts(other) == every
    assert "admits it again" in people.team(other.inspection).notices[0]
    readmit(lead, other)
    meet_all(memory, other, lead)
    assert texts(lead) == texts(other) == every
    assert lead.inspection.ask(forks) == []


def readmit(lead: Laptop, other: Laptop) -> None:
    """Let a laptop with a new identity join again."""
    document = joining.invite(lead.inspection, lead.person)
    asked = joining.request_again(other.inspection, document, other.person)
    candidate = joining.read_candidate(lead.inspection, asked.content)
    assert candidate.is_again
    admission = joining.admit(lead.inspection, candidate, "by telephone")
    joining.join(other.inspection, admission)


def test_d05_a_copied_laptop_is_caught_at_the_first_meeting_and_both_texts_are_kept(
    lead: Laptop, other: Laptop, tmp_path: Path
) -> None:
    memory = Memory()
    note_with(other.inspection, "Before the copy.")
    meet_all(memory, other, lead)
    twin = other.copy_to(tmp_path, "twin")
    note_with(other.inspection, "On the one.")
    note_with(twin.inspection, "On the twin.")
    meet_all(memory, other, twin, lead)
    assert "Before the copy." in texts(lead)
    told = aside.put_aside(lead.inspection)
    assert any("two different things" in one.why for one in told)
    assert "On the one." in texts(other) | texts(twin)
    twin.close()


def test_c33_e4_a_bad_item_is_put_aside_and_keeps_nothing_else_out(
    lead: Laptop, other: Laptop
) -> None:
    memory = Memory()
    note_with(lead.inspection, "Seen.")
    lead.meet(memory)
    whole = {name: raw for name, raw in memory.items.items() if kind_of(name) is Kind.ENVELOPE}
    for number, raw in enumerate(list(whole.values())):
        memory.items[f"{number:064x}.env"] = raw[:-1] + bytes([raw[-1] ^ 1])
    memory.items["0" * 63 + "z.env"] = b"rubbish"
    altered = next(iter(whole.values()))
    altered = altered[:-1] + bytes([altered[-1] ^ 1])
    memory.items[name_of(altered, Kind.ENVELOPE)] = altered
    memory.order = list(memory.items)
    meet_all(memory, other, lead)
    assert texts(other) == {"Seen."}


class Pulled(MemoryTarget):
    """A stick that is pulled out after so many items."""

    def __init__(self, memory: Memory, after: int) -> None:
        super().__init__(memory)
        self.after = after

    def get(self, names: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        for item in super().get(names):
            self._count()
            yield item

    def put(self, items) -> None:
        for item in items:
            self._count()
            super().put([item])

    def _count(self) -> None:
        self.after -= 1
        if self.after < 0:
            raise UnreachableTargetError("The stick was pulled.")


def test_f13_c28_a_stick_pulled_at_every_step_loses_nothing_and_goes_on(
    lead: Laptop, other: Laptop
) -> None:
    memory = Memory()
    for number in range(3):
        note_with(lead.inspection, f"By the lead {number}.")
        lead.meet(memory)
    note_with(other.inspection, "By the other.")
    after = 0
    while True:
        try:
            other.meet(memory, Pulled(memory, after))
            break
        except UnreachableTargetError:
            after += 1
    assert after >= 3
    meet_all(memory, lead, other)
    assert lead.content() == other.content()
    assert len(texts(lead)) == 4


def test_g07_the_deputy_takes_over_with_another_member(
    lead: Laptop, other: Laptop, third: Laptop
) -> None:
    memory = Memory()
    meet_all(memory, lead, other, third)
    team_changes.change_role(lead.inspection, other.inspection.seat().own.device_id, "deputy")
    meet_all(memory, lead, other, third)
    with pytest.raises(InvalidInputError):
        team_changes.agree(other.inspection)
    name, agreement = team_changes.agree(third.inspection)
    assert name == "Ben"
    team_changes.succeed(other.inspection, agreement)
    note_with(other.inspection, "Under the new lead.")
    meet_all(memory, other, third)
    assert other.inspection.seat().leads
    assert "Under the new lead." in texts(third)
    assert third.inspection.seat().roster.lead == other.inspection.seat().own.device_id
    with pytest.raises(InvalidInputError, match="Ben"):
        team_changes.rotate(third.inspection, "anyone may try")


def test_g12_only_the_lead_changes_the_team_and_everybody_sees_who_was_added(
    lead: Laptop, other: Laptop, third: Laptop
) -> None:
    memory = Memory()
    meet_all(memory, lead, other, third)
    with pytest.raises(InvalidInputError, match="Asha"):
        team_changes.remove(other.inspection, third.inspection.seat().own.device_id, "no")
    shown = people.team(other.inspection).laptops
    assert [(one.person, one.checked) for one in shown] == [
        ("Asha", ""),
        ("Ben", "in person"),
        ("Cai", "in person"),
    ]
    note = other.inspection.do(add_note, "jotting").made
    other.inspection.do(add_paragraph, note, "still works")


def test_g12_everybody_is_told_of_changes_to_the_team_until_they_have_noted_them(
    lead: Laptop, other: Laptop, third: Laptop
) -> None:
    memory = Memory()
    assert team_news(lead.inspection) == [
        "Ben (Ofsted) joined with Ben's laptop, checked: in person.",
        "Cai (Ofsted) joined with Cai's laptop, checked: in person.",
    ]
    assert team_news(third.inspection) == [], "who has just joined knows the team as it is"
    meet_all(memory, lead, other, third)
    assert team_news(other.inspection) == [
        "Cai (Ofsted) joined with Cai's laptop, checked: in person."
    ]
    note_team_news(other.inspection)
    other.reopen()
    assert team_news(other.inspection) == []
    team_changes.remove(lead.inspection, third.inspection.seat().own.device_id, "The week is over.")
    meet_all(memory, lead, other)
    assert team_news(other.inspection) == [
        "Cai (Ofsted) is off the team with Cai's laptop: The week is over."
    ]

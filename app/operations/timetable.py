"""Who is where: slots planned, weighed against each other, and turned into notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.domain.kinds.planning import NOTED_AS, SLOT
from app.domain.timetable import CALLED_OFF, Misfit, Planned, misfits
from app.errors import InvalidInputError
from app.operations.notes import add_note

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.changes import Changes
    from app.domain.records import Record
    from app.domain.revisions import Json
    from app.operations.view import View
    from app.operations.work import Work

PLANNED: Final = "planned"
_CARRIED: Final = {"place": "place", "agency": "agency", "with_whom": "who"}


@dataclass(frozen=True, slots=True)
class Slot:
    """One slot as it is shown; ``with_words`` says with whom or what, in one line."""

    record: Record
    who: str
    agency: str
    child: str

    @property
    def id(self) -> str:
        """Its id."""
        return self.record.id

    @property
    def day(self) -> str:
        """Its day, or nothing."""
        return self.record.text("date")

    @property
    def called(self) -> str:
        """What it is, in the fewest words."""
        held = self.record
        named = held.text("what") or held.text("with_whom") or self.agency or held.text("place")
        return " · ".join(dict.fromkeys(one for one in (named, self.child) if one)) or "Slot"

    @property
    def words(self) -> str:
        """What it is, in one line."""
        held = self.record
        named = held.text("what") or held.text("with_whom") or self.agency
        parts = (named, self.child, held.text("place"))
        return " · ".join(dict.fromkeys(part for part in parts if part)) or "Slot"


@dataclass(frozen=True, slots=True)
class Timetable:
    """Every slot by day and time, and what does not fit."""

    slots: tuple[Slot, ...] = ()
    misfits: tuple[Misfit, ...] = ()

    def warnings(self, slot: str) -> tuple[str, ...]:
        """Return what does not fit about one slot."""
        return tuple(one.sentence for one in self.misfits if slot in {one.first, one.second})


def add_slot(work: Work, fields: Mapping[str, Json]) -> Changes:
    """Plan a slot.

    Raises:
        InvalidInputError: an unfit field; nothing was planned.

    """
    return work.changes(work.add(SLOT, {"status": PLANNED, **fields}))


def call_off(work: Work, slot: str) -> Changes:
    """Call a slot off, or put it back on."""
    held = work.of_kind(slot, SLOT)
    is_off = held.text("status") == CALLED_OFF
    work.change(slot, {"status": PLANNED if is_off else CALLED_OFF})
    return work.changes()


def note_from_slot(work: Work, slot: str) -> Changes:
    """Begin a note with what its slot knows, or return the one that was begun from it.

    Raises:
        InvalidInputError: not a slot.

    """
    held = work.of_kind(slot, SLOT)
    begun = work.records.find(held.text("note"))
    if begun is not None and not begun.is_deleted:
        return work.changes(begun.id)
    kind = held.text("note_kind")
    if kind not in NOTED_AS:
        kind = "child_conversation" if held.text("child") else "professional_interview"
    header: dict[str, Json] = {
        name: held.text(field) for field, name in _CARRIED.items() if held.text(field)
    }
    if held.text("what"):
        header["title"] = held.text("what")
    if held.text("child"):
        header["children"] = [held.text("child")]
        if kind == "tracked_child":
            header["child"] = held.text("child")
    if held.text("who") and held.text("who") != work.me:
        # Whoever writes is its author; whose slot it was is said beside them.
        header["others_present"] = [held.text("who")]
    note = add_note(work, kind, header).made
    work.change(slot, {"note": note, "status": "done"})
    return work.changes(note)


def require_times(fields: Mapping[str, Json]) -> None:
    """Refuse a slot that ends before it begins.

    Raises:
        InvalidInputError: it does.

    """
    start, end = fields.get("start"), fields.get("end")
    if isinstance(start, str) and isinstance(end, str) and start and end and end < start:
        raise InvalidInputError("It would end before it begins. Nothing was changed.", "end")


def save_slot(work: Work, slot: str, fields: Mapping[str, Json]) -> Changes:
    """Save what a form holds of a slot; under a fresh id a slot is planned with it.

    Raises:
        InvalidInputError: it ends before it begins, or a field is unfit; nothing was saved.

    """
    held = work.records.find(slot)
    require_times({**(held.fields if held is not None else {}), **fields})
    if held is None:
        work.add(SLOT, {"status": PLANNED, **fields}, slot)
    else:
        work.change(slot, fields)
    work.records.drop_draft(slot)
    return work.changes(slot)


def timetable(view: View) -> Timetable:
    """Return every slot by day and time, and what does not fit."""
    held = sorted(
        view.records.of_kind(SLOT),
        key=lambda one: (one.text("date"), one.text("start") or "99", one.text("end"), one.id),
    )
    people = {one.id: name_of(one) for one in view.records.of_kind("person")}
    agencies = {
        one.id: one.text("short_name") or one.text("name") for one in view.records.of_kind("agency")
    }
    codes = {one.id: one.text("code") for one in view.records.of_kind("child")}
    slots = tuple(
        Slot(
            one,
            people.get(one.text("who"), ""),
            agencies.get(one.text("agency"), ""),
            codes.get(one.text("child"), ""),
        )
        for one in held
    )
    return Timetable(slots, misfits(_planned(one) for one in slots))


def name_of(person: Record) -> str:
    """Return how the team calls somebody: initials, or role, or name."""
    return person.text("initials") or person.text("role") or person.text("name")


def _planned(slot: Slot) -> Planned:
    held = slot.record
    return Planned(
        slot.id,
        held.text("who"),
        slot.who,
        slot.day,
        held.text("start"),
        held.text("end"),
        held.text("place"),
        slot.child,
        held.text("status"),
    )

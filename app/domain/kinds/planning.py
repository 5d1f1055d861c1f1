"""What is planned before and through the week: who is where, and which children are followed."""

from __future__ import annotations

from typing import Final

from app.domain.kinds.notes import NOTES
from app.domain.kinds.spec import Kind, choice, date, flag, line, lines, ref, text, time

SLOT: Final = "slot"
CANDIDATE: Final = "candidate"
SLOT_STATUSES: Final = ("planned", "confirmed", "done", "called off")
# What a slot can become a note of; the rest have a page of their own from which they are begun.
NOTED_AS: Final = (
    "professional_interview",
    "child_conversation",
    "family_conversation",
    "focus_group",
    "observation",
    "document_review",
    "tracked_child",
    "sampled_record",
    "leadership_meeting",
    "jotting",
)

PLANNING: Final[tuple[Kind, ...]] = (
    Kind(
        SLOT,
        "Slot of the timetable",
        (
            ref("who", "who", "person"),
            date("date", "date"),
            time("start", "from"),
            time("end", "until"),
            line("what", "what"),
            line("place", "place or setting"),
            line("with_whom", "with whom (role)"),
            ref("agency", "agency", "agency"),
            ref("child", "child", "child"),
            choice("note_kind", "kind of note", *NOTED_AS),
            choice("status", "status", *SLOT_STATUSES),
            ref("note", "note", *(kind.name for kind in NOTES)),
        ),
        search=("what", "place", "with_whom"),
    ),
    Kind(
        CANDIDATE,
        "Child of the long list",
        (
            line("code", "code", required=True),
            line("age_band", "age band"),
            line("gender", "gender"),
            line("ethnicity", "ethnicity"),
            line("status", "status"),
            lines("agencies", "agencies"),
            line("area", "area"),
            line("list", "list it stood in"),
            flag("chosen", "chosen"),
            text("reason", "why chosen, or why not"),
            ref("child", "followed as", "child"),
        ),
        search=("code", "reason"),
    ),
)

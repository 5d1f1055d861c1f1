"""The pages of an open inspection, in the order of the rail. Adding one is one line here."""

from __future__ import annotations

from app.domain.kinds.registry import NOTE_KINDS
from app.ui.frame import Room
from app.ui.pages.brief.page import BriefPage
from app.ui.pages.evidence.page import EvidencePage
from app.ui.pages.findings.page import FindingsPage
from app.ui.pages.letter.page import LetterPage
from app.ui.pages.notes.page import NotesPage
from app.ui.pages.plan.page import PlanPage
from app.ui.pages.tasks.page import PARTS, TasksPage
from app.ui.pages.team.page import TeamPage
from app.ui.pages.today.page import TodayPage

_ON_TASKS = frozenset({"escalation", "subgroup_task", "team_meeting", "keep_in_touch"})
_ON_PLAN = frozenset({"slot", "candidate", "information_request", "person", "agency", "child"})
_ON_LETTER = frozenset({"letter_block", "letter", "footnote", "accuracy_comment", "letter_version"})
_ON_NOTES = (NOTE_KINDS - _ON_TASKS - _ON_PLAN) | {"paragraph", "code", "stage_cell"}

ROOMS: tuple[Room, ...] = (
    Room("Today", TodayPage, frozenset()),
    Room("Plan", PlanPage, _ON_PLAN),
    Room("Notes", NotesPage, _ON_NOTES),
    Room("Tasks", TasksPage, _ON_TASKS | PARTS.keys()),
    Room("Evidence", EvidencePage, frozenset()),
    Room("Findings", FindingsPage, frozenset({"finding"})),
    Room("Feedback", BriefPage, frozenset({"brief_point", "brief"})),
    Room("Letter", LetterPage, _ON_LETTER),
    Room("Team", TeamPage, frozenset()),
)

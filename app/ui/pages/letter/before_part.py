"""Before the letter leaves: what is looked at in it, and the release."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.domain.checks import Problem
from app.operations.letter_release import answer_look, release_sheet, write_final
from app.operations.looking import Released
from app.ui.leaving.desk import Leaves, LeavingDesk
from app.ui.leaving.model import stands_said
from app.ui.writing import ask_and_write

if TYPE_CHECKING:
    from app.ui.pages.letter.page import LetterPage

_DATES: Final = frozenset(
    {"notified_on", "fieldwork_from", "fieldwork_to", "letter_date", "report_received_on"}
    | {"published_on", "deadline"}
)


class BeforePart(LeavingDesk):
    """Releases the letter once everything in it was answered."""

    kinds = frozenset(
        {"letter", "letter_block", "footnote", "addressee", "signatory", "basis", "evidence"}
        | {"finding", "stance", "escalation", "child", "inspection", "release_look", "release"}
    )

    def __init__(self, page: LetterPage) -> None:
        """Begin with nothing chosen."""
        leaves = Leaves(
            "letter",
            ("Release the letter…", "Ctrl+Shift+R"),
            release_sheet,
            answer_look,
            page.show_words,
            page.refuse,
        )
        super().__init__(page, leaves)
        self._letter = page

    def begin_new(self) -> None:
        """Nothing is begun here."""
        self._letter.said.emit("Alt+1 goes to the letter, where blocks are added.")

    def show_other(self, one: object) -> None:
        """Show a version that left, or what a problem is about."""
        page = self._letter
        if isinstance(one, Released):
            page.show_version(one.version)
        elif isinstance(one, Problem) and one.place not in _DATES:
            page.record_requested.emit(one.place)
        elif isinstance(one, Problem):
            page.said.emit(
                "The dates stand under Plan, and the letter’s own under its particulars."
            )

    def release(self) -> None:
        """Ask where to, then write the letter that leaves and record its release."""
        if self.sheet.open or not self.sheet.has_blocks:
            self._letter.said.emit(stands_said(self.sheet))
            self.go_on()
        else:
            ask_and_write(self._letter, "Release the letter", write_final, self.reload)

"""Before the brief leaves: what is looked at in it; it is written whatever is still open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.identifying import BRIEF
from app.operations.brief_release import answer_in_brief, brief_release, write_leaving_brief
from app.ui.leaving.desk import Leaves, LeavingDesk
from app.ui.writing import Looking, ask_and_write

if TYPE_CHECKING:
    from app.domain.changes import Changes
    from app.domain.identifying import Look
    from app.operations.view import View
    from app.ui.pages.brief.page import BriefPage


class BeforeDesk(LeavingDesk):
    """Serves the page with what to look at; asks for it only while it is seen."""

    kinds = frozenset(
        {"brief", "brief_point", "child", "candidate", "addressee", "signatory"}
        | {"release_look", "release"}
    )

    def __init__(self, page: BriefPage) -> None:
        """Begin with nothing chosen."""
        leaves = Leaves(
            BRIEF.name,
            ("Write the brief…", "Ctrl+Shift+W"),
            brief_release,
            answer_in_brief,
            page.show_words,
            page.refuse,
            waits=False,
        )
        super().__init__(page, leaves)
        self._brief = page
        self._is_stale = True

    def catch_up(self) -> None:
        """Ask again if something changed since it was seen last, and it is seen now."""
        if self._is_stale and self._brief.body.shows("before"):
            self._is_stale = False
            self.reload()

    def on_changed(self, changes: Changes) -> None:
        """Take note of what changed."""
        self._is_stale = self._is_stale or changes.touch(*self.kinds)
        self.catch_up()

    def answer_or_go(self) -> None:
        """Keep the answer, or go to where it is given."""
        if self._brief.body.shows("before"):
            self.answer()
        else:
            self._brief.body.go_to("before")

    def show_or_say(self) -> None:
        """Show the words looked at in the brief; elsewhere there are none."""
        if self._brief.body.shows("before"):
            self.show_words()

    def release(self) -> None:
        """Write the brief and record that it left; what is open is said and leads here."""

        def unseen(view: View) -> list[Look]:
            return [one.look for one in brief_release(view).answered if not one.answer]

        looking = Looking(unseen, lambda: self._brief.body.go_to("before"))
        ask_and_write(self._brief, "Write brief", write_leaving_brief, self._on_left, looking)

    def _on_left(self) -> None:
        self._is_stale = True  # the record of its leaving stands in the list
        self.catch_up()

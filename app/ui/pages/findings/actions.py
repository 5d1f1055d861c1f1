"""What can be done on the findings page, with its keys."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from app.ui.widgets.page_action import command_action, page_action

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class FindingsActions:
    """The page's actions; they work while the page has the focus."""

    def __init__(self, page: QWidget) -> None:
        """Add them to the page."""
        self.new = page_action(page, "New finding", "Ctrl+N", "States a new finding")
        self.add_evidence = page_action(
            page, "Add evidence…", "Ctrl+Shift+E", "Searches for words to put under the finding"
        )
        self.restore = page_action(
            page, "Restore evidence", "Ctrl+Shift+Z", "Brings back the piece taken away last"
        )
        self.filter = page_action(page, "Filter findings", "Ctrl+F", "Goes to the filter")

        add = partial(command_action, page)

        self.move_on = add("move_finding_on", "Moves the finding to the next status")
        self.move_back = add("move_finding_back", "Moves the finding to the status before")
        self.other_side = add("other_side", "Looks for coded words that say the opposite")
        self.merge = add("merge_finding", "Lets another finding stand for both")
        self.part = add("part_finding", "Lets a merged finding stand by itself again")
        self.split = add("split_finding", "States part of it as a finding of its own")

    def allow(
        self, *, has_finding: bool, is_new: bool, is_merged: bool, has_taken_away: bool
    ) -> None:
        """Enable what can be done now; a new finding's evidence can be looked for already."""
        self.add_evidence.setEnabled(has_finding or is_new)
        for one in (self.move_on, self.move_back, self.merge, self.split):
            one.setEnabled(has_finding and not is_merged)
        self.other_side.setEnabled(has_finding)
        self.part.setEnabled(is_merged)
        self.restore.setEnabled(has_taken_away)

"""What can be done on the letter page, with its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.ui.commands import command
from app.ui.widgets.page_action import page_action

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

PARTS: Final = ("pages", "comments", "versions", "before")


class LetterActions:
    """The page's actions; they work while the page has the focus."""

    def __init__(self, page: QWidget) -> None:
        """Add them to the page."""
        self.new = page_action(page, "New block", "Ctrl+N", "Adds a block after the chosen one")
        self.begin = page_action(
            page, "Begin from the findings", "Ctrl+B", "Lays out a first letter"
        )
        self.next = page_action(page, "Next sentence", "Alt+Down", "Shows what it rests on")
        self.previous = page_action(page, "Previous sentence", "Alt+Up", "Shows what it rests on")
        self.next_orphan = page_action(
            page,
            "Next sentence resting on nothing",
            "Alt+Shift+Down",
            "Goes to the next sentence with nothing recorded under it",
        )
        self.rest = page_action(
            page, "Rest on a finding…", "Ctrl+R", "Chooses a finding that the sentence rests on"
        )
        self.up = page_action(page, "Move block up", "Ctrl+Shift+Up", "Prints the block earlier")
        self.down = page_action(
            page, "Move block down", "Ctrl+Shift+Down", "Prints the block later"
        )
        self.delete = page_action(
            page, "Delete block", "Ctrl+Shift+Backspace", "Takes the block out of the letter"
        )
        self.restore = page_action(
            page, "Restore block", "Ctrl+Shift+Z", "Brings back the block deleted last"
        )
        self.write = page_action(
            page, "Write a draft…", "Ctrl+Shift+W", "Writes the letter as documents, as a draft"
        )

        def add(name: str) -> QAction:
            one = command(name)
            return page_action(page, one.words, one.key, one.words)

        self.footnote = add("footnote")
        self.against = add("block_against")
        self.comment_on = add("comment_on")
        self.keep_version = add("keep_version")
        self.looked_at = add("looked_at")
        self.show_words = add("show_words")
        self.release = add("release_letter")
        self.parts = [add(f"letter_{one}") for one in PARTS]

    def allow(self, *, has_blocks: bool, is_chosen: bool, has_deleted: bool) -> None:
        """Enable what can be done now."""
        self.begin.setEnabled(not has_blocks)
        for one in (self.write, self.next, self.previous, self.next_orphan, self.keep_version):
            one.setEnabled(has_blocks)
        for one in (self.up, self.down, self.delete, self.footnote, self.against):
            one.setEnabled(is_chosen)
        self.restore.setEnabled(has_deleted)

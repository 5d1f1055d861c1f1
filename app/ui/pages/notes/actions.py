"""What can be done on the notes page, from the one table of commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.commands import command
from app.ui.pages.notes.context_menu import undo_words
from app.ui.widgets.page_action import page_action

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget


class NotesActions:
    """The page's actions; they work while the page has the focus."""

    def __init__(self, page: QWidget) -> None:
        """Add them to the page; most wait for a note to be open."""
        self.new_note = _action(page, "new_note")
        self.finish_note = _action(page, "finish_note")
        self.lock_note = _action(page, "lock_note")
        self.late_entry = _action(page, "late_entry")
        self.heard_from = _action(page, "heard_from")
        self.verbatim = _action(page, "verbatim")
        self.evaluation = _action(page, "evaluation")
        self.code = _action(page, "code")
        self.history = _action(page, "history")
        self.versions = _action(page, "versions")
        self.second_note = _action(page, "second_note")
        self.file_jotting = _action(page, "file_jotting")
        self.own_view = _action(page, "own_view")
        self.header = _action(page, "header")
        self.prompts = _action(page, "prompts")
        self.interview = _action(page, "interview")
        self.undo = _action(page, "undo")
        self.redo = _action(page, "redo")
        self.stamp = _action(page, "stamp")
        self.next_misspelt = _action(page, "next_misspelt")
        self.suggestions = _action(page, "suggestions")
        self.shorthand = _action(page, "shorthand")
        self.register = _action(page, "register")
        self.find = _action(page, "find_in_note")
        self.find_next = _action(page, "find_next")
        self.find_previous = _action(page, "find_previous")
        self.filter_notes = _action(page, "filter_notes")
        self.allow(has_note=False, is_locked=False)
        self.name_undo("", "")

    def allow(self, *, has_note: bool, is_locked: bool, is_jotting: bool = False) -> None:
        """Enable what can be done now."""
        self.file_jotting.setEnabled(is_jotting and not is_locked)
        for one in (
            self.history,
            self.versions,
            self.second_note,
            self.own_view,
            self.header,
            self.interview,
            self.code,
            self.find_next,
            self.find_previous,
        ):
            one.setEnabled(has_note)
        for one in (self.late_entry, self.stamp, self.next_misspelt, self.suggestions):
            one.setEnabled(has_note)
        for one in (
            self.finish_note,
            self.lock_note,
            self.heard_from,
            self.verbatim,
            self.evaluation,
        ):
            one.setEnabled(has_note and not is_locked)

    def name_undo(self, undo: str, redo: str) -> None:
        """Say what would be undone, and what done again."""
        for action, words, name in ((self.undo, "Undo", undo), (self.redo, "Do again", redo)):
            action.setText(undo_words(words, name))
            action.setEnabled(bool(name))


def _action(page: QWidget, name: str) -> QAction:
    one = command(name)
    return page_action(page, one.words, one.key, one.words)

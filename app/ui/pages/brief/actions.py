"""What can be done on the feedback page, from the one table of commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.ui.commands import command
from app.ui.widgets.page_action import page_action

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

PARTS: Final = ("order", "meeting", "compare", "before")


class BriefActions:
    """The page's actions; they work while the page has the focus."""

    def __init__(self, page: QWidget) -> None:
        """Add them to the page."""

        def add(name: str, tip: str = "") -> QAction:
            one = command(name)
            return page_action(page, one.words, one.key, tip or one.words)

        self.new = add("new_point", "Adds a point to be spoken")
        self.begin = add("begin_brief", "Adds one point for each finding")
        self.rest = add("rest_point", "Chooses a finding that the point rests on")
        self.up = add("point_up", "Speaks the point earlier")
        self.down = add("point_down", "Speaks the point later")
        self.write = add("write_brief", "Writes the brief as documents")
        self.rehearse = add("rehearse", "Shows one point at a time with the minutes running")
        self.speak = add("speak", "Shows one point at a time; one key says how it was said")
        self.next = add("next_to_compare", "Goes to the next that nobody has decided")
        self.write_compared = add("write_compared", "Writes what was said and what is written")
        self.looked_at = add(
            "looked_at_brief", "Keeps why it can leave so, and goes on to the next"
        )
        self.show_words = add("show_brief_words", "Shows what is looked at where it stands")
        self.parts = [add(f"feedback_{one}") for one in PARTS]

    def allow(self, *, has_points: bool, is_point: bool, may_move: tuple[bool, bool]) -> None:
        """Enable what can be done now."""
        self.begin.setEnabled(not has_points)
        self.write.setEnabled(has_points)
        self.rehearse.setEnabled(has_points)
        self.speak.setEnabled(has_points)
        self.rest.setEnabled(is_point)
        self.up.setEnabled(may_move[0])
        self.down.setEnabled(may_move[1])

    def rest_all(self, *, is_resting: bool) -> None:
        """Let no key of the page work while the screen is full of one point, or all again."""
        every = (self.new, self.begin, self.rest, self.up, self.down, self.write, self.rehearse)
        others = (self.speak, self.next, self.write_compared, self.looked_at, self.show_words)
        for one in (*every, *others, *self.parts):
            one.setEnabled(not is_resting)

"""What can be done on the page, from the one table of commands."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from app.ui.widgets.page_action import command_action

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

PARTS: Final = ("days", "children", "requests", "team", "parties", "dates")


class PlanActions:
    """The page's actions; they work while the page has the focus."""

    def __init__(self, page: QWidget) -> None:
        """Add them to the page."""
        add = partial(command_action, page)

        self.new = add("new_in_plan")
        self.act = add("act_in_plan")
        self.set_aside = add("call_off")
        self.chase = add("chase_request")
        self.take_in = add("take_in_list")
        self.calendar = add("write_calendar")
        self.filter = add("filter_list")
        self.parts = [add(f"plan_{one}") for one in PARTS]

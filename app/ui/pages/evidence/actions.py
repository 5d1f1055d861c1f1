"""What can be done on the evidence page, with its keys."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from app.ui.widgets.page_action import page_action

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

PARTS: Final = ("words", "coverage", "sides")
TITLES: Final = {"words": "Words", "coverage": "Coverage", "sides": "Both sides"}


class EvidenceActions:
    """The page's actions; they work while the page has the focus."""

    def __init__(self, page: QWidget) -> None:
        """Add them to the page."""
        add = partial(page_action, page)

        self.parts = tuple(
            add(TITLES[name], f"Alt+{n}", f"Goes to {TITLES[name].lower()}")
            for n, name in enumerate(PARTS, 1)
        )
        self.filter = add("Filter the words", "Ctrl+F", "Goes to the filter")
        self.narrow = add("Narrow by…", "Ctrl+Shift+L", "By day, child, agency and more")
        self.all = add("Show all again", "Ctrl+Shift+Backspace", "Takes every lens away")
        self.uncoded = add("Coded, or not coded yet", "Ctrl+Shift+U", "Changes between the two")
        self.order = add("Order by…", "Ctrl+Shift+O", "Puts the words in another order")
        self.save = add("Save what is narrowed…", "Ctrl+Shift+S", "Keeps it under a name")
        self.put = add("Put on a finding…", "E", "As evidence for or against")
        self.fill = add("Make the task that fills it…", "Ctrl+T", "For what nobody has heard yet")

    def allow(self, part: str, *, has_quote: bool, has_gap: bool) -> None:
        """Enable what can be done with what is on screen."""
        for one in (self.filter, self.narrow, self.all, self.uncoded, self.order, self.save):
            one.setEnabled(part == "words")
        self.put.setEnabled(has_quote)
        self.fill.setEnabled(has_gap)

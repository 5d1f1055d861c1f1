"""The findings page's two panes: the list with its filter, and the finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.pages.findings.sheet import FindingView
from app.ui.widgets.list_and_sheets import ListAndSheets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.ui.widgets.rows import Row


class FindingsView(ListAndSheets):
    """List left, finding right."""

    def __init__(self) -> None:
        """Lay out both panes, empty."""
        choose = "Choose a finding, or press Ctrl+N to state a new one."
        super().__init__("Findings", "Findings", "New finding", choose)
        self.sheet = FindingView()
        self.content.addWidget(self.sheet)

    def show_findings(self, rows: Sequence[Row], *, is_filtered: bool) -> None:
        """Show the findings, or say what to do where there are none."""
        self.show_rows(
            rows,
            "No finding holds these words. Escape clears the filter."
            if is_filtered
            else "No findings yet. Ctrl+N states the first one.",
        )

    def show_content(self, *, is_chosen: bool) -> None:
        """Show a finding, or the sentence that stands in its place."""
        self.content.setCurrentWidget(self.sheet if is_chosen else self.choose)

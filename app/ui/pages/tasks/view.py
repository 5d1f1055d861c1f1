"""The tasks page's two panes: the week in a list, and what was chosen in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.widgets.list_and_sheets import ListAndSheets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from app.ui.widgets.rows import Row


class TasksView(ListAndSheets):
    """List left, a task, a meeting or a concern right."""

    def __init__(self, sheets: Sequence[QWidget]) -> None:
        """Lay out both panes with the sheets there are."""
        choose = (
            "Choose a task or a meeting. Ctrl+M opens today’s team meeting, Ctrl+N plans a task."
        )
        super().__init__("Tasks", "Tasks and meetings", "New task", choose)
        for one in sheets:
            self.content.addWidget(one)

    def show_week(self, rows: Sequence[Row], *, is_filtered: bool) -> None:
        """Show the list, or say what to do where there is nothing in it."""
        self.show_rows(
            rows,
            "Nothing holds these words. Escape clears the filter."
            if is_filtered
            else "No tasks or meetings yet. Ctrl+N plans a task, Ctrl+M begins today’s meeting.",
        )

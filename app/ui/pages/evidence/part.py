"""What the evidence page asks of each of its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from app.operations.view import View
    from app.ui.exporting import Listed


class Part(Protocol):
    """One part of the room: what it asks, what it shows, and what its keys do."""

    @property
    def view(self) -> QWidget:
        """What is shown."""
        ...

    def question(self) -> Callable[[View], Any]:
        """Return what is to be asked, with all it needs; it is run off this thread."""
        ...

    def show_answer(self, answer: Any) -> None:  # noqa: ANN401 - each part knows its own
        """Show the answer; keep what is chosen and where one was."""
        ...

    def panes(self) -> list[QWidget]:
        """Return the panes that F6 walks."""
        ...

    @property
    def quote(self) -> tuple[str, str]:
        """The paragraph and the code of the words that are current, or nothing twice."""
        ...

    @property
    def has_gap(self) -> bool:
        """Whether what is current is a gap that a task could fill."""
        ...

    def listed(self) -> Listed:
        """Return what is shown, to be written as a table."""
        ...

    def fill(self) -> None:
        """Offer the task that would fill the gap that is current."""
        ...

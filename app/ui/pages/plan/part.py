"""What the plan page asks of each of its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from app.operations.plan import PlanSheet
    from app.ui.exporting import Listed


class Part(Protocol):
    """One part of the plan: what it shows, and what its keys do."""

    @property
    def view(self) -> QWidget:
        """What is shown."""
        ...

    def show_sheet(self, sheet: PlanSheet) -> None:
        """Show the plan as it stands; keep what is chosen and what is being typed."""
        ...

    def begin_new(self) -> None:
        """Begin what is new here, ready for its first word."""
        ...

    def act(self) -> None:
        """Do the one main thing with what is chosen."""
        ...

    def set_aside(self) -> None:
        """Call it off, leave it, or put it back."""
        ...

    def show_record(self, record: str) -> bool:
        """Show a record if it belongs here; return whether it does."""
        ...

    def listed(self) -> Sequence[Listed]:
        """Return what is listed here, to be written as tables."""
        ...

    def panes(self) -> list[QWidget]:
        """Return the panes that F6 walks."""
        ...

    def save_now(self) -> None:
        """Save what was typed."""
        ...

    def keep_now(self) -> None:
        """Keep what was typed as a draft."""
        ...

"""What the page asks of whoever works one kind of record on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.operations.view import View


class Desk(Protocol):
    """Works one record at a time in its view."""

    @property
    def view(self) -> QWidget:
        """What is shown of it."""
        ...

    @property
    def record(self) -> str:
        """The record on screen."""
        ...

    def question(self, view: View, record: str) -> Any:  # noqa: ANN401 - each desk’s own answer
        """Ask for all that is shown of a record."""
        ...

    def show_held(self, record: str, held: Any) -> None:  # noqa: ANN401 - as above
        """Show it; for the record on screen already, keep what is being typed."""
        ...

    def save_now(self) -> None:
        """Save what was typed."""
        ...

    def keep_now(self) -> None:
        """Keep what was typed as a draft."""
        ...

    def close_desk(self) -> None:
        """Stop for good."""
        ...

"""What the letter page asks of each of its parts beside the letter itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class Part(Protocol):
    """One part: what it shows, when it is stale, and what its keys do."""

    kinds: frozenset[str]

    @property
    def view(self) -> QWidget:
        """What is shown."""
        ...

    def reload(self) -> None:
        """Ask again for what is shown; keep what is chosen and what is being typed."""
        ...

    def begin_new(self) -> None:
        """Begin what is new here."""
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

"""Enter, pressed before what was typed has been looked for, acts on what is found, once it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class OnceFound:
    """Keeps one act back while something is looked for: it was never meant for what stood there."""

    def __init__(self) -> None:
        """Begin with nothing looked for."""
        self._is_looking = False
        self._kept: Callable[[], None] | None = None

    def looking(self) -> None:
        """Take note that other words were typed; what was kept for those before is forgotten."""
        self._is_looking, self._kept = True, None

    def found(self) -> None:
        """Take note that what was typed last was looked for, and do what was kept back."""
        kept, self._kept = self._kept, None
        self._is_looking = False
        if kept is not None:
            kept()

    def do(self, act: Callable[[], None]) -> None:
        """Do something now, or once what was typed has been looked for."""
        if self._is_looking:
            self._kept = act
        else:
            act()

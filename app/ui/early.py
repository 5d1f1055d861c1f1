"""What lets the lock screen stand before anything of the inside is read.

The first picture needs a field and a button. Stores, keys, documents and pages are read while
somebody types a passphrase, away from the interface thread as far as they have no widgets.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, TypeVar, overload

from PySide6.QtCore import QEvent, QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from app.ui.runner import Runner

Item = TypeVar("Item")
# In this order: what unlocking needs first. None of them has anything to do with Qt.
BEFOREHAND: Final = (
    "app.operations.unlocking",
    "app.operations.last_place",
    "app.operations.owner",
    "app.operations.recovery",
    "app.operations.closing",
    "app.operations.overview",
    "app.operations.sync.news",
    "app.operations.sync.courier",
    "app.operations.documents",
)
AFTER_PAINTING: Final = 30  # ms: until the picture has reached the screen


class Later(Sequence[Item]):
    """A sequence that is made when it is first looked into."""

    def __init__(self, make: Callable[[], Sequence[Item]]) -> None:
        """Remember how it is made."""
        self._make = make
        self._made: Sequence[Item] | None = None

    def _all(self) -> Sequence[Item]:
        if self._made is None:
            self._made = self._make()
        return self._made

    @overload
    def __getitem__(self, index: int) -> Item: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Item]: ...

    def __getitem__(self, index: int | slice) -> Item | Sequence[Item]:
        """Return one, or some."""
        return self._all()[index]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._all())


class Painted(QObject):
    """Waits for a window's first picture, then reads beforehand what unlocking will want."""

    def __init__(self, window: QWidget, runner: Runner) -> None:
        """Watch a window that is about to be shown."""
        super().__init__(window)
        self.is_closed = False
        self._window, self._runner = window, runner
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the first picture as the moment."""
        if event.type() == QEvent.Type.Paint and watched is self._window:
            self._window.removeEventFilter(self)
            QTimer.singleShot(AFTER_PAINTING, self._read)
        return False

    def _read(self) -> None:
        self._runner.run(self, read_beforehand)


def read_beforehand() -> None:
    """Import what unlocking and the first page will want."""
    for name in BEFOREHAND:
        importlib.import_module(name)

"""Files dropped on a page: the twin of a key that asks for one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDropEvent

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtWidgets import QWidget


class FileDrop(QObject):
    """Lets one file of some kinds be dropped on a widget; ``dropped`` carries its path."""

    dropped = Signal(Path)

    def __init__(self, widget: QWidget, endings: Collection[str]) -> None:
        """Take files by their endings, such as ".csv"."""
        super().__init__(widget)
        self._endings = frozenset(endings)
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a file that fits, and nothing else."""
        if event.type() in {QEvent.Type.DragEnter, QEvent.Type.Drop} and isinstance(
            event, QDropEvent
        ):
            path = self._fitting(event)
            if path is None:
                event.ignore()
            else:
                event.acceptProposedAction()
                if event.type() == QEvent.Type.Drop:
                    self.dropped.emit(path)
            return True
        return super().eventFilter(watched, event)

    def _fitting(self, event: QDropEvent) -> Path | None:
        urls = event.mimeData().urls()
        if len(urls) != 1 or not urls[0].isLocalFile():
            return None
        path = Path(urls[0].toLocalFile())
        return path if path.suffix.casefold() in self._endings else None

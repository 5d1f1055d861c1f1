"""Draws screens to pictures, in one scheme at one scale: what a page draws its states with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from app.operations.inspection import Inspection
    from app.ui.main_window import MainWindow


@dataclass(slots=True)
class Drawing:
    """Draws the window, or a dialog over it, and remembers what was drawn."""

    inspection: Inspection
    window: MainWindow
    folder: Path
    name: str
    drawn: list[Path] = field(default_factory=list)

    def grab(self, screen: str, widget: QWidget | None = None) -> None:
        """Draw the window, or another widget, as a screen of this name.

        Raises:
            ValueError: a screen of that name was drawn already, and would be written over.

        """
        # Twice: what is laid out late is laid out before the second.
        for _ in range(2):
            QCoreApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        path = self.folder / f"{screen}-{self.name}.png"
        if path in self.drawn:
            raise ValueError(path.name)
        (widget or self.window).grab().save(str(path))
        self.drawn.append(path)

"""One signal that says what changed. Pages listen to it and know nothing of each other."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class ChangeBus(QObject):
    """Carries ``Changes`` values from whoever ran a verb to every page that is open."""

    changed = Signal(object)

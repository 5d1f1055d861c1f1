"""What asks for a lock: a small object that watches one thing and says when it is time."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class LockSource(QObject):
    """Watches one thing from its making on. Asking once too often costs a passphrase only."""

    lock_requested = Signal()

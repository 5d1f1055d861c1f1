"""Everything that can ask for a lock on the system at hand."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from app.ui.locking.idle import Idle
from app.ui.locking.jumps import Jumps
from app.ui.locking.linux import LinuxSession
from app.ui.locking.mac_session import MacSession
from app.ui.locking.windows import WindowsSession

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication

    from app.clock import Clock
    from app.ui.locking.source import LockSource
    from app.ui.main_window import MainWindow


def watch(
    application: QApplication,
    window: MainWindow,
    clock: Clock,
    touched: Callable[[], None] = lambda: None,
) -> list[LockSource]:
    """Lock the window whenever one of its sources asks for it; return them.

    ``touched`` is told of every key and move.
    """
    idle = Idle(application, clock)
    idle.touched.connect(touched)
    window.minutes.changed.connect(idle.set_minutes)
    sources: list[LockSource] = [idle, Jumps(window, clock)]
    if sys.platform == "linux":
        sources.append(LinuxSession(window, lambda: window.is_locked))
    elif sys.platform == "win32":
        sources.append(WindowsSession(application, window))
    elif sys.platform == "darwin":
        sources.append(MacSession(window))
    for one in sources:
        one.lock_requested.connect(window.lock)
    return sources

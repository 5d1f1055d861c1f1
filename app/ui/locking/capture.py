"""Keeps the windows of the app out of screenshots and shared screens, where a system can.

Windows and macOS can; on Linux no program can refuse, and this says so. It is on from the start
and can be turned off until the next lock, since it also hides the window from remote support.
"""

from __future__ import annotations

import ctypes
import sys
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.locking import mac

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

_EVERYONE: Final = 0x00
_BLACK: Final = 0x01  # what Windows before 10.2004 knows: shown as a black window
_NOBODY: Final = 0x11
CAN_EXCLUDE: Final = sys.platform in {"win32", "darwin"}


class ScreenCapture(QObject):
    """Applies the choice to every window of the app as it appears."""

    def __init__(self, window: QMainWindow) -> None:
        """Keep captures out from the first window on."""
        super().__init__(window)
        self.is_allowed = False
        application = QApplication.instance()
        if CAN_EXCLUDE and application is not None:
            application.installEventFilter(self)

    def toggle(self) -> str:
        """Allow captures, or keep them out again; return what is so now, in a sentence."""
        if not CAN_EXCLUDE:
            return "This system lets any program take screenshots; Siteweek can’t prevent it here."
        self.is_allowed = not self.is_allowed
        kept = [
            exclude(one, is_excluded=not self.is_allowed)
            for one in QApplication.topLevelWidgets()
            if one.isVisible()
        ]
        if self.is_allowed:
            return "Screenshots and shared screens show Siteweek until it is locked."
        if all(kept):
            return "Screenshots and shared screens leave Siteweek out."
        return "This system did not agree to leave Siteweek out of screenshots."

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep a window out as it appears; hold nothing back."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            exclude(watched, is_excluded=not self.is_allowed)
        return False


def exclude(window: QWidget, *, is_excluded: bool) -> bool:
    """Leave a window out of captures, or let it in; whether the system agreed."""
    if sys.platform == "win32":
        user = ctypes.WinDLL("user32", use_last_error=True)
        user.SetWindowDisplayAffinity.argtypes = (ctypes.c_void_p, ctypes.c_uint32)
        wanted = (_NOBODY, _BLACK) if is_excluded else (_EVERYONE,)
        handle = int(window.winId())
        return any(bool(user.SetWindowDisplayAffinity(handle, one)) for one in wanted)
    if sys.platform == "darwin":
        return mac.share_window(int(window.winId()), is_shared=not is_excluded)
    return False

"""Windows: the messages every window is sent of sleep, locked screens and other sessions."""

from __future__ import annotations

import ctypes
import sys
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray

from app.ui.locking.source import LockSource

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

# From the Windows headers.
WM_POWERBROADCAST: Final = 0x0218
PBT_APMSUSPEND: Final = 0x0004
WM_WTSSESSION_CHANGE: Final = 0x02B1
WTS_LEAVES: Final = {
    0x2: "console disconnected",
    0x4: "remote disconnected",
    0x6: "logged off",
    0x7: "locked",
}
_THIS_SESSION: Final = 0


class _Message(ctypes.Structure):
    """The head of Windows's MSG; what follows is not read."""

    _fields_ = (
        ("window", ctypes.c_void_p),
        ("message", ctypes.c_uint32),
        ("wide", ctypes.c_size_t),
    )


def is_leaving(message: int, wide: int) -> bool:
    """Whether a message tells that nobody will be at this session."""
    if message == WM_POWERBROADCAST:
        return wide == PBT_APMSUSPEND
    return message == WM_WTSSESSION_CHANGE and wide in WTS_LEAVES


def read_message(address: int) -> tuple[int, int]:
    """Return the number of a message and its first value."""
    held = _Message.from_address(address)
    return int(held.message), int(held.wide)


class _Filter(QAbstractNativeEventFilter):
    def __init__(self, source: WindowsSession) -> None:
        super().__init__()
        self._source = source

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview[int], message: int
    ) -> tuple[bool, int]:
        """Look at a message and let it pass."""
        if QByteArray(kind) == b"windows_generic_MSG" and is_leaving(*read_message(int(message))):
            self._source.lock_requested.emit()
        return False, 0


class WindowsSession(LockSource):
    """Listens to what the window is sent."""

    def __init__(self, application: QApplication, window: QWidget) -> None:
        """Ask to be told of the session, and listen."""
        super().__init__(window)
        self._filter = _Filter(self)
        application.installNativeEventFilter(self._filter)
        if sys.platform == "win32":
            sessions = ctypes.WinDLL("wtsapi32", use_last_error=True)
            sessions.WTSRegisterSessionNotification.argtypes = (ctypes.c_void_p, ctypes.c_uint32)
            sessions.WTSRegisterSessionNotification(int(window.winId()), _THIS_SESSION)

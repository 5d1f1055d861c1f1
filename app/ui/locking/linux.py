"""Linux: what logind and the screen savers say over D-Bus of sleep, locks and other sessions.

Nothing is asked of anyone but one thing: that sleep waits a moment until we have locked. Whoever
may speak on these buses can make the app lock, and that is all they can.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import SLOT, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusUnixFileDescriptor, QDBusVariant

from app.ui.locking.source import LockSource

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject

LOGIND: Final = "org.freedesktop.login1"
MANAGER: Final = "org.freedesktop.login1.Manager"
SESSION: Final = "org.freedesktop.login1.Session"
PROPERTIES: Final = "org.freedesktop.DBus.Properties"
SAVERS: Final = (
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
    "org.xfce.ScreenSaver",
)
_ANSWERS_WITHIN: Final = 500  # ms; the start must not wait on a bus


def session_path(name: str) -> str:
    """Return the object of a login session: letters and digits stand for themselves.

    A digit in front is spelled out like everything else.
    """

    def spelled(found: re.Match[str]) -> str:
        return "".join(f"_{one:02x}" for one in found[0].encode())

    return "/org/freedesktop/login1/session/" + re.sub(r"^[0-9]|[^A-Za-z0-9]", spelled, name)


class LinuxSession(LockSource):
    """Listens on both buses; where one is missing there is nothing to hear."""

    def __init__(self, owner: QObject, is_locked: Callable[[], bool]) -> None:
        """Listen from now on, and hold sleep up until we have locked."""
        super().__init__(owner)
        self._is_locked = is_locked
        self._until_locked: QDBusUnixFileDescriptor | None = None
        self._system, session = QDBusConnection.systemBus(), QDBusConnection.sessionBus()
        name = os.environ.get("XDG_SESSION_ID", "")
        self._path = session_path(name) if name else ""
        if self._system.isConnected():
            self._listen(self._system, MANAGER, "PrepareForSleep", "_on_sleep")
            self._listen(self._system, SESSION, "Lock", "_on_lock", self._path)
            if self._path:
                self._listen(
                    self._system, PROPERTIES, "PropertiesChanged", "_on_session", self._path
                )
            self._hold_sleep_up()
        if session.isConnected():
            for one in SAVERS:
                self._listen(session, one, "ActiveChanged", "_on_active")

    def _listen(
        self, bus: QDBusConnection, interface: str, signal: str, slot: str, path: str = ""
    ) -> None:
        # From whichever service: savers differ in who speaks for them.
        bus.connect("", path, interface, signal, self, SLOT(f"{slot}(QDBusMessage)"))  # type: ignore[call-overload] # the types say bytes, which it refuses

    def _hold_sleep_up(self) -> None:
        """Ask for a moment before sleep. The descriptor is it; it ends with this process."""
        asked = QDBusMessage.createMethodCall(LOGIND, "/org/freedesktop/login1", MANAGER, "Inhibit")
        asked.setArguments(["sleep", "Siteweek", "Locking", "delay"])
        answer = self._system.call(asked, timeout=_ANSWERS_WITHIN)
        given = answer.arguments()
        if answer.type() == QDBusMessage.MessageType.ReplyMessage and given:
            self._until_locked = given[0]

    # As whole messages: Qt ends the process over arguments that are not of the types it was told.

    @Slot(QDBusMessage)
    def _on_sleep(self, message: QDBusMessage) -> None:
        if message.arguments()[:1] == [True]:
            self.lock_requested.emit()
            if self._is_locked():
                self._until_locked = None  # nothing was open, so there is nothing to wait for
        elif self._until_locked is None:
            self._hold_sleep_up()

    @Slot(QDBusMessage)
    def _on_active(self, message: QDBusMessage) -> None:
        if message.arguments()[:1] == [True]:
            self.lock_requested.emit()

    @Slot(QDBusMessage)
    def _on_lock(self, _message: QDBusMessage) -> None:
        self.lock_requested.emit()

    @Slot(QDBusMessage)
    def _on_session(self, message: QDBusMessage) -> None:
        # What changed can't be read from here (PySide6 6.12 knows no maps), so it is asked for.
        if message.arguments()[:1] != [SESSION]:
            return
        if self._says("Active") is False or self._says("LockedHint") is True:
            self.lock_requested.emit()

    def _says(self, name: str) -> object:
        asked = QDBusMessage.createMethodCall(LOGIND, self._path, PROPERTIES, "Get")
        asked.setArguments([SESSION, name])
        answer = self._system.call(asked, timeout=_ANSWERS_WITHIN)
        if answer.type() != QDBusMessage.MessageType.ReplyMessage:
            return None
        given = answer.arguments()[0]
        return given.variant() if isinstance(given, QDBusVariant) else given

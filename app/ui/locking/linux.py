"""Linux: what logind and the screen savers say over D-Bus of sleep, locks and other sessions.

Nothing is asked of anyone but one thing: that sleep waits a moment until we have locked. Whoever
may speak on these buses can make the app lock, and that is all they can.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import SLOT, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusUnixFileDescriptor

from app.ui.locking.source import LockSource

if TYPE_CHECKING:
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

    def __init__(self, owner: QObject) -> None:
        """Listen from now on, and hold sleep up until we have locked."""
        super().__init__(owner)
        self._until_locked: QDBusUnixFileDescriptor | None = None
        system, session = QDBusConnection.systemBus(), QDBusConnection.sessionBus()
        if system.isConnected():
            self._listen(system, MANAGER, "PrepareForSleep", "_on_active(bool)")
            name = os.environ.get("XDG_SESSION_ID", "")
            path = session_path(name) if name else ""
            self._listen(system, SESSION, "Lock", "_on_lock()", path)
            if path:
                slot = "_on_session(QString,QVariantMap,QStringList)"
                self._listen(system, PROPERTIES, "PropertiesChanged", slot, path)
            self._hold_sleep_up(system)
        if session.isConnected():
            for one in SAVERS:
                self._listen(session, one, "ActiveChanged", "_on_active(bool)")

    def _listen(
        self, bus: QDBusConnection, interface: str, signal: str, slot: str, path: str = ""
    ) -> None:
        # From whichever service: savers differ in who speaks for them.
        bus.connect("", path, interface, signal, self, SLOT(slot).encode())

    def _hold_sleep_up(self, bus: QDBusConnection) -> None:
        """Ask for a moment before sleep. The descriptor is it; it ends with this process."""
        asked = QDBusMessage.createMethodCall(LOGIND, "/org/freedesktop/login1", MANAGER, "Inhibit")
        asked.setArguments(["sleep", "Siteweek", "Locking", "delay"])
        answer = bus.call(asked, timeout=_ANSWERS_WITHIN)
        given = answer.arguments()
        if answer.type() == QDBusMessage.MessageType.ReplyMessage and given:
            self._until_locked = given[0]

    @Slot(bool)
    def _on_active(self, is_active: bool) -> None:  # noqa: FBT001 - a signal's argument
        if is_active:
            self.lock_requested.emit()

    @Slot()
    def _on_lock(self) -> None:
        self.lock_requested.emit()

    @Slot(str, dict, list)
    def _on_session(self, interface: str, changed: dict[str, object], _gone: list[str]) -> None:
        if interface == SESSION and changed.get("Active") is False:
            self.lock_requested.emit()

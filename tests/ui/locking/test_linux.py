"""Spoken to over a real bus of its own, by a stand-in for logind in another process."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("dbus-run-session") is None,
    reason="needs a bus of its own to speak on",
)

# Listens, and prints a line for each lock asked for.
LISTENER = """
import sys
from PySide6.QtCore import QCoreApplication, QTimer
from app.ui.locking.linux import LinuxSession
application = QCoreApplication([])
locked = []
source = LinuxSession(application, lambda: "locked" in sys.argv)
source.lock_requested.connect(lambda: print("LOCK", source._until_locked is not None, flush=True))
print("READY", source._until_locked is not None, flush=True)
QTimer.singleShot(30_000, application.quit)
application.exec()
"""
# Answers as logind would, says what it is told to on standard input, and leaves.
LOGIND = """
import os, sys
from PySide6.QtCore import ClassInfo, Property, QCoreApplication, QObject
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from app.ui.locking.linux import LOGIND, MANAGER, PROPERTIES, SESSION, session_path
import threading
application = QCoreApplication([])
bus = QDBusConnection.sessionBus()
says = {"Active": True, "LockedHint": False}

@ClassInfo({"D-Bus Interface": SESSION})
class Session(QObject):
    Active = Property(bool, lambda self: says["Active"])
    LockedHint = Property(bool, lambda self: says["LockedHint"])

session, all_of_it = Session(), QDBusConnection.RegisterOption.ExportAllContents
assert bus.registerObject(session_path("2"), session, all_of_it)
assert bus.registerService(LOGIND)
print("READY", flush=True)

def send(path, interface, name, *given):
    message = QDBusMessage.createSignal(path, interface, name)
    message.setArguments(list(given))
    assert bus.send(message)

def serve():
    for line in sys.stdin:
        exec(line)
threading.Thread(target=serve, daemon=True).start()
application.exec()
"""
SAID = {
    "sleep": 'send("/org/freedesktop/login1", MANAGER, "PrepareForSleep", True)',
    "lock of this session": 'send(session_path("2"), SESSION, "Lock")',
    "another session in front": (
        'says["Active"] = False; '
        'send(session_path("2"), PROPERTIES, "PropertiesChanged", SESSION, {}, [])'
    ),
    "a lock that is only noted": (
        'says["LockedHint"] = True; '
        'send(session_path("2"), PROPERTIES, "PropertiesChanged", SESSION, {}, [])'
    ),
    **{
        f"saver {one}": f'send("/a", "org.{one}.ScreenSaver", "ActiveChanged", True)'
        for one in ("freedesktop", "gnome", "cinnamon", "mate", "xfce")
    },
}
NOT_MEANT = (
    'send("/org/freedesktop/login1", MANAGER, "PrepareForSleep", False)',
    'send(session_path("3"), SESSION, "Lock")',
    'send(session_path("2"), PROPERTIES, "PropertiesChanged", SESSION, {}, [])',
    'send("/a", "org.gnome.ScreenSaver", "ActiveChanged", False)',
    'send("/a", "org.gnome.ScreenSaver", "ActiveChanged", "nonsense", 7)',
    'send("/a", "org.gnome.ScreenSaver", "ActiveChanged")',
    'send(session_path("2"), PROPERTIES, "PropertiesChanged", [1], 7)',
)


class Bus:
    """A bus, the listener on it, and the one that speaks."""

    def __init__(self, *arguments: str) -> None:
        root = Path(__file__).resolve().parents[3]
        held = {**os.environ, "PYTHONPATH": str(root), "XDG_SESSION_ID": "2"}
        self._bus = subprocess.Popen(
            ["dbus-daemon", "--session", "--nofork", "--print-address=1"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        address = self._bus.stdout.readline().strip()
        held |= {"DBUS_SESSION_BUS_ADDRESS": address, "DBUS_SYSTEM_BUS_ADDRESS": address}
        self._processes = [self._bus]
        self._speaker = self._start(LOGIND, held)
        assert self._speaker.stdout.readline() == "READY\n"
        self.listener = self._start(LISTENER, held, *arguments)
        assert self.listener.stdout.readline().startswith("READY")

    def _start(self, code: str, held: dict[str, str], *arguments: str) -> subprocess.Popen[str]:
        made = subprocess.Popen(
            [sys.executable, "-c", code, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=held,
        )
        self._processes.append(made)
        return made

    def say(self, line: str) -> None:
        self._speaker.stdin.write(line + "\n")
        self._speaker.stdin.flush()

    def close(self) -> None:
        for one in reversed(self._processes):
            one.kill()
            one.communicate()


@pytest.fixture
def bus():
    made = Bus()
    yield made
    made.close()


def test_l05_whatever_leaves_the_session_asks_for_a_lock_and_nothing_else_does(bus: Bus) -> None:
    for one in NOT_MEANT:
        bus.say(one)
    for one in SAID.values():
        bus.say(one)
        assert bus.listener.stdout.readline().startswith("LOCK")
        bus.say("says.update(Active=True, LockedHint=False)")
    for one in NOT_MEANT:
        bus.say(one)
    # A last one, before which nothing else may have come.
    bus.say(SAID["lock of this session"])
    bus.say('send("/a", "org.gnome.ScreenSaver", "ActiveChanged", True)')
    assert bus.listener.stdout.readline().startswith("LOCK")
    assert bus.listener.stdout.readline().startswith("LOCK")
    assert bus.listener.poll() is None

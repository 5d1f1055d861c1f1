"""Lets a test speak to the real app from inside its process: Python looks for this file at start.

A test puts this folder on the path and names a socket. Each line that comes is an expression to
be evaluated on the interface thread; its value goes back. A program that replaces the process
finds this again and listens anew, so a test can follow the app across a lock.
"""

from __future__ import annotations

import os
import queue
import socket
import sys
import threading

WHERE = "SITEWEEK_TEST_SOCKET"
CONNECTED: list[str] = []  # every address anything tried to reach


def _spy(event: str, given: tuple) -> None:
    if event in {"socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"}:
        CONNECTED.append(f"{event} {given[1:]}")


class _Line:
    """Hands one expression after the other to the interface thread. Made once and never ended."""

    def __init__(self) -> None:
        from PySide6.QtCore import (  # noqa: PLC0415 - the app is to start before this does
            QCoreApplication,
            QObject,
            Qt,
            Signal,
        )

        class Asked(QObject):
            came = Signal(str)

        self._answers: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._asked = Asked()
        self._asked.moveToThread(QCoreApplication.instance().thread())
        self._asked.came.connect(self._on_came, Qt.ConnectionType.QueuedConnection)

    def evaluate(self, code: str) -> str:
        self._asked.came.emit(code)
        try:
            return self._answers.get(timeout=60)
        except queue.Empty:
            return "!no answer"

    def _on_came(self, code: str) -> None:
        names = {"CONNECTED": CONNECTED}
        try:
            exec("from tests.inside.reach import *", names)  # noqa: S102 - a test's own words
            answer = repr(eval(code, names))  # noqa: S307 - a test's own words
        except Exception as problem:  # noqa: BLE001 - the test is told
            answer = f"!{problem!r}"
        self._answers.put(answer.replace("\n", "\\n"))


def _is_running() -> bool:
    # Asked on a thread of its own, so of no widget: one half made would end the process.
    core = sys.modules.get("PySide6.QtCore")
    return core is not None and not core.QCoreApplication.startingUp()


def _serve(path: str) -> None:
    listener = socket.socket(socket.AF_UNIX)
    if os.path.exists(path):  # noqa: PTH110 - this file must start nothing heavy
        os.unlink(path)  # noqa: PTH108 - as above
    listener.bind(path)
    listener.listen()
    line_in: _Line | None = None
    while True:
        connection, _ = listener.accept()
        with connection, connection.makefile("rw") as lines:
            for line in lines:
                if line_in is None and _is_running():
                    line_in = _Line()
                lines.write((line_in.evaluate(line) if line_in else "!not yet") + "\n")
                lines.flush()


if WHERE in os.environ:
    sys.addaudithook(_spy)
    threading.Thread(target=_serve, args=(os.environ[WHERE],), daemon=True).start()

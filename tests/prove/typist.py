"""Types into a note as the app runs, one key after the other, and tells of each: see typists."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from app.clock import SystemClock
from app.operations.inspection import Inspection
from app.operations.notes import list_notes
from app.ui.application import make_application
from app.ui.change_bus import ChangeBus
from app.ui.pages.notes.page import NotesPage
from app.ui.runner import ThreadRunner
from app.ui.session import Session
from tests.fakes.stores import open_store

_BETWEEN = 30  # milliseconds: a fast typist


def main(store: str, words: str) -> None:
    """Type the words, and go on running until killed."""
    application = make_application(["typist"])
    inspection = Inspection("0" * 32, open_store(Path(store)), SystemClock())
    page = NotesPage(Session(inspection, ThreadRunner(lambda _error: None), ChangeBus()))
    page.show()
    page.open_note(inspection.ask(list_notes)[0].id)
    while not page.writer.note:
        application.processEvents()
    editor = page.view.editor
    QTest.keyClick(editor, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    left = list(words)

    def key() -> None:
        if left:
            QTest.keyClick(editor, left.pop(0))
            os.write(1, f"{time.monotonic()}\n".encode())

    timer = QTimer()
    timer.timeout.connect(key)
    timer.start(_BETWEEN)
    application.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])

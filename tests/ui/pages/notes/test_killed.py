"""Words that were on screen for a second are on disk, even if the process is killed."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from app.clock import SystemClock
from app.operations.inspection import Inspection
from app.operations.notes import add_note, add_paragraph, list_notes, read_note
from app.operations.typed_notes import offered_drafts
from tests.fakes.stores import open_store

if TYPE_CHECKING:
    from pathlib import Path

WORDS = "Three of nine referrals were opened after the weekend"
# Types into a paragraph or a new one, and ends a second later with nothing tidied up.
TYPIST = """
import os, sys
from pathlib import Path
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from app.clock import SystemClock
from app.operations.inspection import Inspection
from app.operations.notes import list_notes
from tests.fakes.stores import open_store
from app.ui.application import make_application
from app.ui.change_bus import ChangeBus
from app.ui.pages.notes.page import NotesPage
from app.ui.runner import ThreadRunner
from app.ui.session import Session

application = make_application(["typist"])
inspection = Inspection("0" * 32, open_store(Path(sys.argv[1])), SystemClock())
page = NotesPage(Session(inspection, ThreadRunner(print), ChangeBus()))
page.show()
page.open_note(inspection.ask(list_notes)[0].id)
while not page.writer.note:
    application.processEvents()
editor = page.view.editor
QTest.keyClick(editor, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
if sys.argv[3] == "new":
    QTest.keyClick(editor, Qt.Key.Key_Return)
QTest.keyClicks(editor, sys.argv[2], Qt.KeyboardModifier.NoModifier, 10)
# In the application's own loop: waiting by QTest would keep the other threads waiting too.
QTimer.singleShot(1_000, lambda: os._exit(9))
application.exec()
"""


def typed_and_killed(store: Path, where: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", TYPIST, str(store), WORDS, where],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        check=False,
        timeout=60,
    )
    assert ended.returncode == 9


def begun(store: Path) -> None:
    inspection = Inspection("0" * 32, open_store(store), SystemClock())
    note = inspection.do(add_note, "jotting", {"ref": "OF-01"}).made
    inspection.do(add_paragraph, note, "Begun. ")
    inspection.close()


def held(store: Path) -> str:
    """Return all words of the note that the store holds, drafts among them."""
    inspection = Inspection("0" * 32, open_store(store), SystemClock())
    note = inspection.ask(list_notes)[0].id
    texts = [one.text for one in inspection.ask(read_note, note).paragraphs]
    texts += [one.text for one in inspection.ask(offered_drafts)]
    inspection.close()
    return "\n".join(texts)


def test_words_typed_a_second_before_the_process_ends_are_on_disk(tmp_path: Path) -> None:
    begun(tmp_path / "store")
    typed_and_killed(tmp_path / "store", "here")
    assert "Begun. " + WORDS in held(tmp_path / "store")


def test_so_are_those_of_a_paragraph_just_begun(tmp_path: Path) -> None:
    begun(tmp_path / "store")
    typed_and_killed(tmp_path / "store", "new")
    assert WORDS in held(tmp_path / "store").split("\n")

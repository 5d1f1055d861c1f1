"""What leaves holds what was typed a moment before, however long the disk takes."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

from app.ui.change_bus import ChangeBus
from app.ui.page import Page
from app.ui.runner import ThreadRunner
from app.ui.session import Session
from app.ui.widgets.write_dialog import WriteDialog
from app.ui.writing import ask_and_write

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from app.domain.changes import Changes
    from app.operations.inspection import Inspection
    from app.operations.work import Work


def test_on_the_real_threads_a_document_waits_for_the_last_words(
    inspection: Inspection, qtbot: QtBot, tmp_path: Path
) -> None:
    on_disk = Event()

    def save(work: Work) -> Changes:
        assert on_disk.wait(30)
        return work.changes()

    class Typing(Page):
        def save_now(self) -> None:
            self.session.do(self, save).start()

    def write(_inspection: Inspection, folder: Path, _formats: object) -> list[Path]:
        found.append(on_disk.is_set())
        return [folder / "written.docx"]

    found: list[bool] = []
    problems: list[BaseException] = []
    runner = ThreadRunner(problems.append)
    page = Typing(Session(inspection, runner, ChangeBus()))
    qtbot.addWidget(page)
    ask_and_write(page, "Write", write)
    (dialog,) = page.findChildren(WriteDialog)
    with qtbot.waitSignal(page.said) as told:
        dialog.wanted.emit(tmp_path, ("docx",))
        # Work is begun in the order it is asked for: a document that didn't wait has begun by then.
        met = Event()
        runner.run(page, met.set)
        assert met.wait(30)
        on_disk.set()
    assert found == [True]
    assert "written.docx" in told.args[0]
    dialog.close()
    page.close_page()
    runner.finish()
    assert problems == []

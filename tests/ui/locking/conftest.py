"""A window over a real store, on a disk that a test fills and frees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QMainWindow, QWidget

from app.clock import SystemClock
from app.errors import WrongPassphraseError
from app.operations import records
from app.operations.findings import add_finding, link_evidence, move_finding_on
from app.operations.notes import add_note, add_paragraph
from app.operations.typed_notes import offered_drafts
from app.ui.change_bus import ChangeBus
from app.ui.frame import Frame
from app.ui.locking.locking import Locking
from app.ui.rooms import ROOMS
from app.ui.runner import ImmediateRunner, ThreadRunner
from app.ui.session import Session
from tests.fakes.disks import OnADisk
from tests.fakes.stores import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from app.ui.pages.findings.page import FindingsPage
    from app.ui.pages.notes.page import NotesPage
    from app.ui.runner import Runner

RIGHT = "the right one"


def check(words: str) -> None:
    if words != RIGHT:
        raise WrongPassphraseError("The passphrase does not open this profile.")


class Open:
    """One inspection open in a window, its note open, and a lock at hand."""

    def __init__(self, folder: Path, runner: Runner) -> None:
        self.folder, self.runner = folder, runner
        self.disk = OnADisk("0" * 32, open_store(folder), SystemClock())
        do = self.disk.do
        do(records.add, "inspection", {"area": "Wexcombe"})
        self.note = do(add_note, "jotting", {"ref": "OF-01"}).made
        self.paragraph = do(add_paragraph, self.note, "Begun.").made
        self.finding = do(add_finding, "Said before.").made
        do(link_evidence, self.finding, self.paragraph, "for")
        do(records.change, self.finding, {"against_sought": True})
        for status in ("tested", "agreed"):
            do(move_finding_on, self.finding, status, "all said so")
        self.window = QMainWindow()
        self.frame = Frame(Session(self.disk, runner, ChangeBus()), ROOMS)
        self.window.setCentralWidget(self.frame)
        self.frame.show_room("Notes")
        self.window.show()
        self.locked: list[str] = []
        self.locking: Locking | None = None

    @property
    def notes(self) -> NotesPage:
        return next(one for one in self.frame.pages if one.title == "Notes")

    @property
    def findings(self) -> FindingsPage:
        return next(one for one in self.frame.pages if one.title == "Findings")

    def lock(self) -> Locking:
        if self.locking is None:
            self.locking = Locking(self.window, self.frame, self.runner, check)
            self.locking.locked.connect(lambda: self.locked.append("locked"))
            self.locking.uncovered.connect(self._on_uncovered)
            self.locking.start()
        return self.locking

    def _on_uncovered(self) -> None:
        self.locking = None

    def held(self) -> str:
        """All words on disk, from a store opened anew: revisions and drafts."""
        self.disk.close()
        again = OnADisk("0" * 32, open_store(self.folder), SystemClock())
        kept = again.ask(lambda view: [str(one.fields) for one in view.records.everything()])
        kept += [one.text for one in again.ask(offered_drafts)]
        kept += again.ask(lambda view: [str(one.fields) for one in view.records.drafts()])
        again.close()
        return "\n".join(kept)

    def seen(self) -> str:
        """Every text of every widget that is visible."""
        every = [self.window, *self.window.findChildren(QWidget)]
        names = ("text", "plainText", "windowTitle", "toolTip")
        return "\n".join(
            str(one.property(name) or "") for one in every if one.isVisible() for name in names
        )

    def close(self) -> None:
        self.disk.is_full = False
        self.disk.answer()
        self.frame.close_frame()
        self.disk.close()
        self.window.deleteLater()


@pytest.fixture
def at_once(tmp_path: Path, qapp) -> Iterator[Open]:
    assert qapp is not None
    made = Open(tmp_path / "store", ImmediateRunner())
    made.notes.open_note(made.note)
    yield made
    made.close()


@pytest.fixture
def threaded(tmp_path: Path, qtbot) -> Iterator[Open]:
    crashes: list[BaseException] = []
    runner = ThreadRunner(crashes.append)
    made = Open(tmp_path / "store", runner)
    made.notes.open_note(made.note)
    qtbot.waitUntil(lambda: made.notes.writer.note != "")
    yield made
    made.close()
    runner.finish()
    assert crashes == []

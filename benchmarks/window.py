"""The window while somebody types: from a key to what it paints, and how long the loop stood.

The window is the real one, drawn off screen, over an inspection of 100,000 paragraphs.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView

from app.clock import SystemClock
from app.interchange.inspection_json import Document, ImportedRecord
from app.operations.exchange import take_in
from app.operations.inspection import Inspection
from app.ui.application import make_application, put_interface_first
from app.ui.change_bus import ChangeBus
from app.ui.collecting import Collecting
from app.ui.frame import Frame
from app.ui.pages.notes.page import NotesPage
from app.ui.rooms import ROOMS
from app.ui.runner import ThreadRunner
from app.ui.session import Session
from app.ui.theme import Theme
from benchmarks.measure import document, percentiles, sentence_maker
from tests.fakes.stores import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

LARGE: Final = 100_000
LONG_NOTE: Final = 400
ARRIVING: Final = 1_000
KEYS: Final = 300
_NOTE: Final = "long-note"
_LOOKING: Final = 1.0  # s on each page
_PAUSE: Final = 40  # ms between keys: somebody who types fast


class Probe(QObject):
    """Watches what is painted, and how late a timer comes that should come every 5 ms."""

    def __init__(self) -> None:
        """Watch nothing yet."""
        super().__init__()
        self.painted = 0.0
        self.late: list[float] = []
        self._beat = QTimer(self, interval=5)
        self._beat.timeout.connect(self._on_beat)
        self._last = time.perf_counter()

    def start(self) -> None:
        """Begin to count how late the loop is."""
        self.late.clear()
        self._last = time.perf_counter()
        self._beat.start()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Remember when something was last painted."""
        if event.type() == QEvent.Type.Paint:
            self.painted = time.perf_counter()
        return False

    def _on_beat(self) -> None:
        now = time.perf_counter()
        self.late.append(now - self._last - 0.005)
        self._last = now


def main() -> None:
    """Print the figures of typing alone, and while changes of others arrive."""
    large = int(sys.argv[1]) if len(sys.argv) > 1 else LARGE
    put_interface_first()
    running = make_application(["siteweek"])
    Theme(running)
    collecting = Collecting(running)
    crashes: list[BaseException] = []
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        inspection = Inspection("0" * 32, open_store(Path(folder) / "store"), SystemClock())
        inspection.do(take_in, document(large, seed=2))
        inspection.do(take_in, _long_note())
        runner = ThreadRunner(crashes.append)
        frame = Frame(Session(inspection, runner, ChangeBus()), ROOMS)
        frame.resize(1366, 768)
        start = time.perf_counter()
        frame.show()
        _typing(frame, start, collecting.touch)
        frame.close_frame()
        runner.finish()
        inspection.close()
    collecting.stop()
    if crashes:
        raise crashes[0]


def _typing(frame: Frame, start: float, touch: Callable[[], None]) -> None:
    frame.show_room("Notes")
    page = next(one for one in frame.pages if isinstance(one, NotesPage))
    probe = Probe()
    frame.show_record(_NOTE)
    _until(lambda: page.shown_record.startswith("long-"))
    print(f"{'note of 400 paragraphs shown':44}{time.perf_counter() - start:8.2f} s")
    editor = page.view.editor
    editor.setFocus()
    editor.viewport().installEventFilter(probe)
    _settle(1.0)
    _report("a key to its paint", _keys(editor, probe, touch), probe)
    _walk(frame, probe, touch)
    session = frame.session
    done: list[object] = []
    session.do(frame, take_in, document(ARRIVING, seed=9, prefix="new")).start(done.append)
    _report(f"the same while {ARRIVING:,} changes arrive", _keys(editor, probe, touch), probe)
    _until(lambda: bool(done))


def _walk(frame: Frame, probe: Probe, touch: Callable[[], None]) -> None:
    """Go through every page, twice: the first time a page asks for all that it shows.

    ``touch`` tells that somebody is at it: the whole of the garbage waits for a pause.
    """
    for time_round in ("first", "again"):
        stood = {}
        for room in frame.rooms:
            touch()
            probe.start()
            frame.show_room(room.name)
            _settle(_LOOKING)
            _scroll(frame.page)
            stood[room.name] = max(probe.late, default=0.0) * 1000
        told = ", ".join(f"{name} {most:.0f}" for name, most in stood.items())
        print(f"{f'the loop stood, ms, each page {time_round}':44}{told}   aim: 50 ms")
    frame.show_room("Notes")


def _scroll(page: QWidget) -> None:
    """Walk down every list that is shown, as somebody does who looks for something."""
    for one in page.findChildren(QAbstractItemView):
        if one.isVisible():
            for key in (Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_End, Qt.Key.Key_Home):
                QTest.keyClick(one, key)
                _settle(0.1)


def _keys(editor: QObject, probe: Probe, touch: Callable[[], None]) -> list[float]:
    make = sentence_maker(5)
    text = " ".join(make() for _ in range(20))[:KEYS]
    seconds = []
    probe.start()
    for letter in text:
        touch()
        start = time.perf_counter()
        probe.painted = 0.0
        QTest.keyClicks(editor, letter)  # type: ignore[arg-type]
        _until(lambda: probe.painted > 0.0)
        seconds.append(probe.painted - start)
        _settle(_PAUSE / 1000)
    return seconds


def _report(name: str, seconds: Sequence[float], probe: Probe) -> None:
    worst = max(probe.late, default=0.0)
    often = sum(late > 0.05 for late in probe.late)
    print(f"{name:44}{percentiles(seconds)}   worst {max(seconds) * 1000:.1f} ms   aim: p95 16 ms")
    print(f"{'  the loop stood at most':44}{worst * 1000:8.1f} ms, {often} times over 50 ms")


def _long_note() -> Document:
    make = sentence_maker(4)
    note = ImportedRecord(_NOTE, "jotting", {"ref": "LONG", "date": "2026-10-16", "start": "09:00"})
    parts = [
        ImportedRecord(
            f"long-{number}",
            "paragraph",
            {"note": _NOTE, "type": "evidence", "position": f"a{number:05d}", "text": make()},
        )
        for number in range(LONG_NOTE)
    ]
    return Document((note, *parts), {})


def _until(is_so: object, most: float = 60.0) -> None:
    end = time.perf_counter() + most
    while not is_so():  # type: ignore[operator]
        QCoreApplication.processEvents()
        if time.perf_counter() > end:
            sys.exit("This did not happen within a minute.")


def _settle(seconds: float) -> None:
    end = time.perf_counter() + seconds
    while (left := end - time.perf_counter()) > 0:
        QCoreApplication.processEvents()
        time.sleep(min(0.001, left))


if __name__ == "__main__":
    main()

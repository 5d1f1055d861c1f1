from __future__ import annotations

import sys
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from app.domain.changes import Changes
from app.errors import StoreError
from app.operations.notes import add_note, add_paragraph, edit_paragraph, keep_draft, read_note
from app.ui.change_bus import ChangeBus
from app.ui.runner import ThreadRunner
from app.ui.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from app.operations.inspection import Inspection
    from app.operations.view import View
    from app.operations.work import Work


@dataclass
class Asker:
    is_closed: bool = False


@pytest.fixture
def crashes() -> list[BaseException]:
    return []


@pytest.fixture
def threaded(inspection: Inspection, crashes, qapp) -> Iterator[Session]:
    assert qapp is not None
    runner = ThreadRunner(crashes.append)
    yield Session(inspection, runner, ChangeBus())
    runner.finish()


@pytest.fixture
def impatient() -> Iterator[None]:
    """Let threads take turns as often as they can, so that what can overtake does."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


def test_work_leaves_the_interface_thread_and_answers_return_to_it(threaded, qtbot: QtBot) -> None:
    ran: list[threading.Thread] = []
    answered: list[threading.Thread] = []

    def verb(work: Work) -> Changes:
        ran.append(threading.current_thread())
        return work.changes()

    def question(_view: View) -> str:
        ran.append(threading.current_thread())
        return "answer"

    def note_thread(_answer: object) -> None:
        answered.append(threading.current_thread())

    threaded.do(Asker(), verb).start(note_thread)
    threaded.ask(Asker(), question).start(note_thread)
    qtbot.waitUntil(lambda: len(answered) == 2)
    assert threading.main_thread() not in ran
    assert set(answered) == {threading.main_thread()}


@pytest.mark.usefixtures("impatient")
def test_verbs_reach_the_disk_in_the_order_they_were_started(
    threaded, inspection, qtbot: QtBot
) -> None:
    note = inspection.do(add_note, "jotting").made
    paragraph = inspection.do(add_paragraph, note, "").made
    answered: list[Changes] = []
    for number in range(200):
        words = {"text": f"draft {number}"}
        threaded.do(Asker(), keep_draft, paragraph, "paragraph", words).start(answered.append)
        threaded.do(Asker(), edit_paragraph, paragraph, f"words {number}").start(answered.append)
    qtbot.waitUntil(lambda: len(answered) == 400, timeout=20_000)
    assert inspection.ask(read_note, note).paragraphs[0].text == "words 199"
    # A draft that overtook its own save would be offered at the next start as words unsaved.
    assert inspection.ask(lambda view: view.records.drafts()) == []


def test_the_bus_tells_what_changed_before_the_asker_is_answered(session) -> None:
    told: list[str] = []
    session.bus.changed.connect(lambda _changes: told.append("bus"))
    session.do(Asker(), add_note, "jotting").start(lambda _changes: told.append("asker"))
    assert told == ["bus", "asker"]


def test_a_verb_on_a_closed_inspection_is_refused_in_words(session, inspection) -> None:
    inspection.close()
    refused: list[str] = []
    session.do(Asker(), add_note, "jotting").start(
        failed=lambda problem: refused.append(problem.sentence)
    )
    assert refused == ["This inspection is closed. Unlock it to go on."]


def test_answers_after_closing_are_dropped(threaded, crashes, qtbot: QtBot) -> None:
    gone, waiting = Asker(), Asker()
    held = threading.Event()
    answered: list[str] = []

    def slow(_view: View) -> str:
        held.wait(5)
        return "late"

    threaded.ask(gone, slow).start(answered.append)
    gone.is_closed = True
    held.set()
    threaded.ask(waiting, lambda _view: "here").start(answered.append)
    qtbot.waitUntil(lambda: "here" in answered)
    qtbot.wait(0)
    assert answered == ["here"]
    assert crashes == []


def test_what_nobody_expected_goes_to_the_crash_dialog(threaded, crashes, qtbot: QtBot) -> None:
    def broken(_view: View) -> str:
        raise ZeroDivisionError

    threaded.ask(Asker(), broken).start(lambda _answer: None)
    qtbot.waitUntil(lambda: len(crashes) == 1)
    assert isinstance(crashes[0], ZeroDivisionError)


def test_an_expected_error_goes_to_whoever_asked(session) -> None:
    def refuse(_view: View) -> str:
        raise StoreError("The disk is full.")

    refused: list[str] = []
    failed: Callable = lambda problem: refused.append(problem.sentence)  # noqa: E731 - one line
    session.ask(Asker(), refuse).start(lambda _answer: None, failed)
    assert refused == ["The disk is full."]

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction

from app.operations.findings import add_finding, list_findings
from app.operations.notes import add_note, add_paragraph
from app.operations.team import code_child, describe_inspection, name_agency
from app.ui.change_bus import ChangeBus
from app.ui.keys_sheet import KeysSheet
from app.ui.runner import ThreadRunner
from app.ui.session import Session
from app.ui.workflows.go_to import GoDialog
from app.ui.workflows.search import SearchDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from app.operations.inspection import Inspection

    Opening = Callable[..., GoDialog]


@pytest.fixture
def note(inspection: Inspection) -> str:
    inspection.do(describe_inspection, {"framework": "front-door-2024"})
    inspection.do(code_child)
    inspection.do(name_agency, "Wexcombe NHS trust", "health", "Trust")
    inspection.do(add_finding, "Strategy meetings leave health out.")
    return inspection.do(add_note, "professional_interview", {"who": "Health visitor"}).made


@pytest.fixture
def opening(session: Session, qtbot: QtBot) -> Opening:
    def opened(prefix: str = "", actions: tuple[QAction, ...] = (), recent=()) -> GoDialog:
        dialog = GoDialog(None, session, actions, recent)
        qtbot.addWidget(dialog)
        dialog.begin(prefix)
        return dialog

    return opened


def titles(dialog: GoDialog) -> list[str]:
    return [one.title for one in dialog.list.shown.rows]


def test_a_few_letters_nearly_right_go_to_a_note(opening: Opening, note: str, qtbot: QtBot) -> None:
    dialog = opening()
    qtbot.keyClicks(dialog.field, "helth visiter")
    assert titles(dialog)[0] == "Health visitor"
    with qtbot.waitSignal(dialog.record_requested) as gone:
        qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert gone.args == [note]


def test_what_was_shown_last_comes_first(opening: Opening, note: str) -> None:
    last, *rest = titles(opening())
    assert last == "Health visitor"
    finding = next(one for one in opening().list.shown.rows if one.title == rest[0])
    assert titles(opening(recent=[finding.key, note]))[0] == rest[0]


@pytest.mark.parametrize(
    ("prefix", "first", "search"),
    [("@C1", "C1", "child:C1 "), ("@trust", "Wexcombe NHS trust", "agency:Trust ")],
)
def test_a_person_agency_or_child_is_searched_for(
    opening: Opening, note: str, qtbot: QtBot, prefix: str, first: str, search: str
) -> None:
    dialog = opening(prefix)
    assert titles(dialog)[0] == first
    with qtbot.waitSignal(dialog.search_requested) as asked:
        qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert asked.args == [search]
    assert note


def test_a_slash_looks_everywhere(opening: Opening, note: str, qtbot: QtBot) -> None:
    dialog = opening("/front door")
    assert titles(dialog) == []
    with qtbot.waitSignal(dialog.search_requested) as asked:
        qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert asked.args == ["front door"]
    assert note


def test_commands_that_can_be_done_now_are_done(opening: Opening, qtbot: QtBot) -> None:
    code, finish = QAction("&Code the selected words"), QAction("Finish note")
    finish.setEnabled(False)
    dialog = opening(">", (code, finish))
    assert titles(dialog) == ["Code the selected words"]
    qtbot.keyClicks(dialog.field, "sel")
    with qtbot.waitSignal(code.triggered):
        qtbot.keyClick(dialog.field, Qt.Key.Key_Return)


def test_nothing_like_it_is_said(opening: Opening, note: str, qtbot: QtBot) -> None:
    dialog = opening()
    qtbot.keyClicks(dialog.field, "zzzzqqqq")
    assert titles(dialog) == []
    assert dialog.said.text() == "Nothing is called that."
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert note


def test_a_search_begins_with_the_words_it_was_given(
    session: Session, note: str, qtbot: QtBot
) -> None:
    dialog = SearchDialog(None, session, "strategy")
    qtbot.addWidget(dialog)
    assert [one.title for one in dialog.list.shown.rows] == ["Strategy meetings leave health out."]
    assert note


def test_a_hit_is_asked_for_with_the_words_that_were_found_in_it(
    session: Session, note: str, qtbot: QtBot
) -> None:
    dialog = SearchDialog(None, session, "STRATEGY meet")
    qtbot.addWidget(dialog)
    with qtbot.waitSignal(dialog.record_requested) as gone:
        qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    record, words = gone.args
    assert record == dialog.list.shown.rows[0].key
    assert words == "Strategy"
    assert note


def test_the_sheet_of_a_page_begins_with_its_own_keys(qtbot: QtBot) -> None:
    sheet = KeysSheet(None, "Notes")
    qtbot.addWidget(sheet)
    assert sheet.list.shown.rows[0].title == "Notes"
    qtbot.keyClicks(sheet.field, "lock")
    found = [one.title for one in sheet.list.shown.rows if not one.is_heading]
    assert "Lock" in found
    assert all("lock" in one.casefold() for one in found)


@pytest.fixture
def at_once(inspection: Inspection) -> Iterator[Session]:
    """A session whose answers come when they come, as in the app."""
    crashes: list[BaseException] = []
    runner = ThreadRunner(crashes.append)
    yield Session(inspection, runner, ChangeBus())
    runner.finish()
    assert crashes == []


def test_enter_goes_to_what_was_typed_and_not_to_what_stood_there_before(
    at_once: Session, inspection: Inspection, note: str, qtbot: QtBot
) -> None:
    dialog = GoDialog(None, at_once, ())
    qtbot.addWidget(dialog)
    dialog.begin("")
    qtbot.waitUntil(lambda: dialog.list.current_key == note)
    (finding,) = inspection.ask(list_findings)
    with qtbot.waitSignal(dialog.record_requested) as gone:
        qtbot.keyClicks(dialog.field, "strategy meet")
        qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert gone.args == [finding.id]


def test_enter_opens_the_hit_of_what_was_typed_however_fast(
    at_once: Session, inspection: Inspection, note: str, qtbot: QtBot
) -> None:
    called = inspection.do(add_paragraph, note, "Nobody called back.").made
    inspection.do(add_paragraph, note, "The hub rang twice.")
    dialog = SearchDialog(None, at_once, "hub")
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: bool(dialog.list.current_key))
    with qtbot.waitSignal(dialog.record_requested) as gone:
        dialog.field.selectAll()
        qtbot.keyClicks(dialog.field, "nobody")
        qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert gone.args == [called, "Nobody"]

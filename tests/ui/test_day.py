"""A day of a site week, lived in the real window by somebody who only uses the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.clock import SystemClock
from app.operations.notes import list_notes, read_note
from app.ui.frame import Frame
from app.ui.main_window import MainWindow
from app.ui.pages.inspections.new_inspection import NewInspection
from app.ui.pages.inspections.page import InspectionsPage
from app.ui.pages.notes.code_picker import CodePicker
from app.ui.rooms import ROOMS
from app.ui.runner import ThreadRunner
from app.ui.theme import Theme
from app.ui.widgets.picker import Picker
from app.ui.workflows.first_run.view import FirstRun
from app.ui.workflows.go_to import GoDialog
from app.ui.workflows.search import SearchDialog
from app.ui.workflows.unlock import UnlockView
from tests.ui.hands import Hands

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication, QDialog
    from pytestqt.qtbot import QtBot

    from app.domain.records import Record

WORDS_THAT_OPEN = "harbour lantern seven quilt meadow"
SEEN = "Met the duty social worker at the front door."
HEARD = "I found out about the strategy meeting a week after it happened."
MEANT = "Health is left out."
FINDING = "Health practitioners are not involved in strategy meetings in most cases."
CHILD = "I do not want to go home tonight."


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    crashes: list[BaseException] = []
    runner = ThreadRunner(crashes.append)
    made = MainWindow(tmp_path / "profile", runner, SystemClock(), Theme(qapp), ROOMS)
    made.resize(1366, 768)
    with qtbot.waitActive(made):
        made.show()
    yield made
    qtbot.waitUntil(made.close, timeout=20_000)
    runner.finish()
    made.deleteLater()
    assert crashes == []


class Day:
    """The window, the hands, and what is on disk by now."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window = window
        self.hands = Hands(window, qtbot)

    def shows(self, kind: type) -> None:
        self.hands.wait(lambda: isinstance(self.window.centralWidget(), kind))

    def dialog(self, kind: type[QDialog]) -> QDialog:
        self.hands.wait(lambda: any(one.isVisible() for one in self.window.findChildren(kind)))
        found = next(one for one in self.window.findChildren(kind) if one.isVisible())
        self.hands.wait(lambda: found.isAncestorOf(self.hands.focus))
        return found

    def gone(self, dialog: QDialog) -> None:
        self.hands.wait(lambda: dialog not in self.window.findChildren(type(dialog)))

    @property
    def frame(self) -> Frame:
        frame = self.window.centralWidget()
        assert isinstance(frame, Frame)
        return frame

    def held(self, kind: str) -> list[Record]:
        return self.frame.session.inspection.ask(lambda view: view.records.of_kind(kind))

    def words_held(self) -> list[str]:
        ask = self.frame.session.inspection.ask
        notes = [ask(read_note, one.id) for one in ask(list_notes)]
        return [one.text for note in notes for one in note.paragraphs]

    # What an inspector does, each by keys alone.

    def begin_the_profile(self) -> None:
        hands = self.hands
        self.shows(FirstRun)
        hands.type("Ruth Okafor-Bell")
        hands.press("Tab")
        hands.type("Ofsted")
        hands.press("Return")
        hands.wait_at("New passphrase")
        hands.type(WORDS_THAT_OPEN)
        hands.press("Tab")
        hands.type(WORDS_THAT_OPEN)
        hands.press("Return")
        hands.wait_at("Print the sheet…")
        hands.tab_to("Make the sheet later")
        hands.press("Return")
        hands.wait_at("Try the invented inspection")
        hands.tab_to("Begin a new inspection…")
        hands.press("Return")

    def begin_the_inspection(self) -> None:
        hands = self.hands
        self.shows(InspectionsPage)
        self.dialog(NewInspection)
        hands.type("Wexcombe")
        hands.press("Return")
        self.shows(Frame)

    def write_a_note(self) -> None:
        hands = self.hands
        hands.go("Notes")
        hands.press("Ctrl+N")
        picker = self.dialog(Picker)
        hands.press("Return")
        self.gone(picker)
        hands.wait_at("Note")
        hands.type(SEEN)
        hands.press("Return", "Ctrl+'")
        hands.type(HEARD)
        hands.press("Return", "Ctrl+;")
        hands.type(MEANT)
        hands.wait(lambda: self.words_held() == [SEEN, HEARD, MEANT])

    def code_the_words_heard(self) -> None:
        hands = self.hands
        hands.press("Up", "Home", "Shift+End", "Ctrl+E")
        picker = self.dialog(CodePicker)
        hands.type("strategy")
        hands.press("Alt+2", "Return")
        self.gone(picker)
        hands.wait(lambda: self.held("code"))
        code = self.held("code")[0]
        assert (code.text("quote"), code.text("weight")) == (HEARD, "improvement")

    def state_a_finding(self) -> None:
        hands = self.hands
        hands.go("Findings")
        hands.press("Ctrl+N")
        hands.type(FINDING)
        hands.press("Ctrl+Shift+E")
        hands.wait_at("Add evidence")
        hands.type("strategy meeting")
        hands.wait(lambda: self.frame.page.view.sheet.search.found.current_key)
        hands.press("Return")
        hands.wait(lambda: self.held("evidence"))
        assert [one.text("statement") for one in self.held("finding")] == [FINDING]

    def tell_of_a_child_at_risk(self) -> None:
        hands = self.hands
        hands.press("Ctrl+Shift+K")
        hands.wait_at("In the child’s own words")
        hands.type(CHILD)
        hands.wait(lambda: [one.text("child_words") for one in self.held("escalation")] == [CHILD])
        hands.wait(lambda: "the lead is not told yet" in self.frame.escalations.line.text())

    def plan_a_task(self) -> None:
        hands = self.hands
        hands.go("Tasks")
        hands.press("Ctrl+N")
        hands.wait_at("What to find out")
        hands.type("Who is asked to strategy meetings")
        hands.wait(
            lambda: (
                [one.text("aspect") for one in self.held("subgroup_task")]
                == ["Who is asked to strategy meetings"]
            )
        )

    def give_feedback(self) -> None:
        hands = self.hands
        hands.go("Feedback")
        hands.press("Ctrl+N")
        picker = self.dialog(Picker)
        hands.press("Return")
        self.gone(picker)
        hands.wait(lambda: [one.text("text") for one in self.held("brief_point")] == [FINDING])
        hands.wait(lambda: self.frame.page.shown_record)
        hands.press("Shift+F5")
        hands.wait_at("Feedback")
        hands.press("S", "Escape")
        hands.wait(lambda: [one.text("said") for one in self.held("brief_point")] == ["said"])

    def write_the_letter(self) -> None:
        hands = self.hands
        hands.go("Letter")
        hands.press("Ctrl+B")
        hands.wait(lambda: self.held("letter_block"))
        hands.press("Ctrl+N")
        hands.wait_at("Words of the block")
        hands.type(FINDING)
        hands.press("Ctrl+R")
        picker = self.dialog(Picker)
        hands.press("Return")
        self.gone(picker)
        hands.wait(lambda: FINDING in [one.text("words") for one in self.held("basis")])

    def lock_and_come_back(self) -> None:
        hands = self.hands
        hands.press("Ctrl+Shift+P")
        self.dialog(GoDialog)
        hands.type("lock")
        hands.press("Return")
        self.shows(UnlockView)
        hands.type(WORDS_THAT_OPEN)
        hands.press("Return")
        self.shows(Frame)

    def find_it_again(self) -> None:
        hands = self.hands
        hands.press("Ctrl+Shift+F")
        search = self.dialog(SearchDialog)
        hands.type("a week after")
        hands.wait(lambda: search.list.current_key)
        hands.press("Return")
        hands.wait(lambda: HEARD in str(getattr(hands.focus, "toPlainText", str)()))
        hands.press("Ctrl+P")
        going = self.dialog(GoDialog)
        hands.type("health pract")
        hands.wait(lambda: going.list.current_key)
        hands.press("Return")
        hands.wait(lambda: self.frame.page.shown_record == self.held("finding")[0].id)


def test_a_day_is_lived_by_keys_alone_and_all_of_it_is_there_after_locking(
    window: MainWindow, qtbot: QtBot
) -> None:
    day = Day(window, qtbot)
    day.begin_the_profile()
    day.begin_the_inspection()
    day.write_a_note()
    day.code_the_words_heard()
    day.state_a_finding()
    day.tell_of_a_child_at_risk()
    day.plan_a_task()
    day.give_feedback()
    day.write_the_letter()
    day.lock_and_come_back()
    day.find_it_again()
    assert day.words_held() == [SEEN, HEARD, MEANT]

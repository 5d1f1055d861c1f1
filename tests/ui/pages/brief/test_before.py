"""Before the brief leaves: what is looked at, where it leads, and that it leaves all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from app.operations.brief_release import brief_release
from app.operations.briefs import add_point, change_point, set_brief
from app.operations.register import keep_entry
from app.ui.pages.brief.page import BriefPage
from app.ui.widgets.places import Places
from app.ui.widgets.write_dialog import WriteDialog

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.ui.pages.conftest import Case

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NAMED = "In 𝄞 Wexcombe a worker met Aurelia weekly."


@pytest.fixture
def named(case: Case, points: list[str]) -> str:
    """A fourth point, in which a name of the register stands."""
    assert points
    case.do(keep_entry, "C3", ["Aurelia"])
    return case.do(add_point, "strengths", NAMED)


@pytest.fixture
def before(named: str, page: BriefPage, qtbot: QtBot) -> BriefPage:
    """The page with what to look at on screen."""
    assert named
    qtbot.keyClick(page, Qt.Key.Key_4, ALT)
    return page


def answer(page: BriefPage, qtbot: QtBot, words: str) -> None:
    box = page.before.view.answer
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, words)
    qtbot.keyClick(box, Qt.Key.Key_Return, CTRL)


def write_dialog(page: BriefPage) -> WriteDialog:
    return next(one for one in page.findChildren(WriteDialog) if one.isVisible())


def test_what_is_to_be_looked_at_is_one_key_away_and_answered_by_keys(case, before, qtbot) -> None:
    view = before.before.view
    assert view.stands.text() == (
        "Nobody has looked at 1 thing in the brief yet. It can be written all the same."
    )
    assert view.words.text() == "“Aurelia”"
    answer(before, qtbot, "An invented name.")
    assert view.stands.text() == "Everything was looked at. The brief may leave."
    assert case.ask(brief_release).answered[0].answer == "An invented name."


def test_the_words_are_gone_to_and_selected_with_the_caret_before_them(
    named, before, qtbot
) -> None:
    qtbot.keyClick(before.before.view.list, Qt.Key.Key_G, CTRL)
    words = before.view.point.words
    assert before.body.shows("order")
    assert before.shown_record == named
    assert words.textCursor().selectedText() == "Aurelia"
    assert words.caret == NAMED.index("Aurelia")
    # Again, with the point on screen already.
    words.moveCursor(words.textCursor().MoveOperation.End)
    qtbot.keyClick(before, Qt.Key.Key_4, ALT)
    qtbot.keyClick(before.before.view.list, Qt.Key.Key_G, CTRL)
    assert words.textCursor().selectedText() == "Aurelia"


def test_what_comes_in_later_moves_no_caret(case, points, named, before, qtbot) -> None:
    qtbot.keyClick(before.before.view.list, Qt.Key.Key_G, CTRL)
    words = before.view.point.words
    words.moveCursor(words.textCursor().MoveOperation.End)
    case.do(change_point, points[0], {"text": "Leaders know."})
    case.do(change_point, named, {"seconds": 20})
    assert words.caret == len(NAMED)
    assert not words.textCursor().hasSelection()


def test_words_of_the_meeting_lead_to_the_meeting(case, points, page, qtbot) -> None:
    assert points
    case.do(keep_entry, "C3", ["Aurelia"])
    case.do(set_brief, {"questions": "Whether Aurelia was seen."})
    qtbot.keyClick(page, Qt.Key.Key_4, ALT)
    qtbot.keyClick(page.before.view.list, Qt.Key.Key_G, CTRL)
    assert page.body.shows("meeting")


def test_writing_the_brief_tells_what_is_open_and_leads_there(named, page, qtbot) -> None:
    assert named
    qtbot.keyClick(page, Qt.Key.Key_W, CTRL | SHIFT)
    asked = write_dialog(page)
    places = asked.findChild(Places)
    assert "Nobody has looked at 1 thing in it yet." in places.said.text()
    assert [one.title for one in places.list.shown.rows] == ["“Aurelia” is a name on the register."]
    qtbot.mouseClick(places.lead, Qt.MouseButton.LeftButton)
    assert not asked.isVisible()
    assert page.body.shows("before")


def test_the_brief_is_written_all_the_same_and_it_is_said_and_noted(
    case, before, qtbot, tmp_path: Path
) -> None:
    qtbot.mouseClick(before.before.view.release, Qt.MouseButton.LeftButton)
    asked = write_dialog(before)
    asked.folder.setText(str(tmp_path / "out"))
    with qtbot.waitSignal(before.said) as told:
        asked.write.click()
    assert told.args[0].endswith("1 thing was not looked at.")
    (left,) = case.ask(brief_release).released
    assert (left.looks, left.unanswered) == (0, 1)
    rows = before.before.view.list.shown.rows
    assert rows[-1].title.startswith("Written")
    assert "1 thing was not looked at." in rows[-1].meta


def test_nothing_is_asked_where_everything_was_answered(before, qtbot) -> None:
    answer(before, qtbot, "An invented name.")
    qtbot.keyClick(before, Qt.Key.Key_W, CTRL | SHIFT)
    assert write_dialog(before).findChild(Places) is None


def test_an_answer_being_typed_is_kept_and_stays_through_changes(
    case, points, before, qtbot
) -> None:
    box = before.before.view.answer
    box.setFocus()
    with qtbot.waitSignal(before.kept, timeout=3000):
        qtbot.keyClicks(box, "An inv")
    case.do(change_point, points[0], {"text": "Leaders know."})
    assert (box.words, box.caret) == ("An inv", len("An inv"))
    (held,) = case.ask(brief_release).answered
    assert (held.draft, held.answer) == ("An inv", "")

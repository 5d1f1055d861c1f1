"""Beside each block of the letter: what it is to what was said at feedback."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from app.operations.briefs import add_point, say
from app.operations.letters import add_block, rest_on
from app.operations.reconciling import judge
from app.ui.pages.brief.page import BriefPage
from app.ui.pages.letter.page import LetterPage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from tests.ui.pages.conftest import Case

SPOKEN = "Health is left out of most meetings."
WRITTEN = "Health is left out of some meetings."
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def block(case: Case) -> str:
    """A block that says less than was said; another thing that was said is nowhere in it."""
    for words, finding in ((SPOKEN, case.finding), ("Leaders know their area.", case.other)):
        case.do(say, case.do(add_point, "improve", words, finding), "said")
    made = case.do(add_block, {"section": "improve", "type": "bullet", "text": WRITTEN})
    case.do(rest_on, made, case.finding)
    return made


@pytest.fixture
def page(case: Case, block: str, qtbot: QtBot) -> Iterator[LetterPage]:
    made = LetterPage(case.session)
    qtbot.addWidget(made)
    made.resize(1200, 740)
    with qtbot.waitExposed(made):
        made.show()
    made.choose_block(block)
    yield made
    made.close_page()


def row(page: LetterPage, block: str):
    return next(one for one in page.view.blocks.shown.rows if one.key == block)


def test_a_block_says_in_words_what_it_is_to_what_was_said(case, block, page) -> None:
    assert row(page, block).meta == "differs from what was said, to decide"
    case.do(judge, case.finding, "softened", "Counted again.", SPOKEN, WRITTEN)
    assert row(page, block).meta == "softened since it was said"
    assert "softened since it was said" in row(page, block).aloud
    shown = page.view.editor.against
    assert shown.isVisible()
    assert shown.text() == "Softened since it was said…"
    for told in (shown.toolTip(), shown.accessibleDescription()):
        assert f"Said: “{SPOKEN}”" in told
        assert "Why: Counted again." in told


def test_the_words_follow_what_is_saved_in_the_block(block, page, qtbot) -> None:
    words = page.view.editor.words
    words.setFocus()
    words.selectAll()
    qtbot.keyClicks(words, SPOKEN)
    page.save_now()
    assert row(page, block).meta == "same as said"
    assert words.words == SPOKEN


def test_a_block_that_rests_on_nothing_said_says_nothing(case, page) -> None:
    other = case.do(add_block, {"type": "paragraph", "text": "This letter sets out findings."})
    assert row(page, other).meta == ""
    page.choose_block(other)
    assert not page.view.editor.against.isVisible()
    page.offered.against.trigger()  # says so, and leads nowhere


@pytest.mark.usefixtures("block")
def test_a_key_leads_to_where_the_reason_is_given(case, page, qtbot) -> None:
    with qtbot.waitSignal(page.place_requested) as asked:
        qtbot.keyClick(page.view.blocks, Qt.Key.Key_D, CTRL)
    room, key = asked.args
    assert room == "Feedback"
    feedback = BriefPage(case.session)
    qtbot.addWidget(feedback)
    with qtbot.waitExposed(feedback):
        feedback.show()
    feedback.show_record(key)
    assert feedback.body.shows("compare")
    assert feedback.compare.view.list.current_key == case.finding
    assert feedback.compare.view.pair.written.toPlainText() == WRITTEN
    feedback.close_page()


@pytest.mark.usefixtures("block")
def test_what_was_said_and_is_written_nowhere_is_counted_and_led_to(case, page, qtbot) -> None:
    dropped = page.view.dropped
    assert dropped.isVisible()
    assert dropped.text() == "1 point that was said is not in the letter, 1 without a reason"
    with qtbot.waitSignal(page.place_requested) as asked:
        qtbot.mouseClick(dropped, Qt.MouseButton.LeftButton)
    assert asked.args[1].endswith(case.other)

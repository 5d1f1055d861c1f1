from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from app.operations.briefs import add_point, change_point, say
from app.operations.letters import add_block, rest_on, reword_block
from app.operations.reconciling import comparison
from app.ui.commands import COMMANDS

if TYPE_CHECKING:
    from app.domain.reconciling import Pair
    from app.ui.pages.brief.page import BriefPage
    from tests.ui.pages.conftest import Case

SPOKEN = "Health is left out of most meetings."
WRITTEN = "Health is left out of some meetings."


@pytest.fixture
def block(case: Case) -> str:
    """Two findings spoken of, one of them in other words than the letter has, one in none."""
    for words, finding in ((SPOKEN, case.finding), ("Leaders know their area.", case.other)):
        case.do(say, case.do(add_point, "improve", words, finding), "said")
    made = case.do(add_block, {"section": "improve", "type": "bullet", "text": WRITTEN})
    case.do(rest_on, made, case.finding)
    return made


def pairs(case: Case) -> dict[str, Pair]:
    return {one.key: one for one in case.ask(comparison).pairs}


def choose(page: BriefPage, name: str) -> None:
    at = ["same", "softened", "strengthened", "dropped", "new"].index(name)
    page.compare.view.pair.verdicts.button(at).click()


@pytest.mark.usefixtures("block")
def test_the_next_to_decide_shows_both_texts_with_the_words_that_differ(case, page, qtbot) -> None:
    keys = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(page, Qt.Key.Key_Down, keys)
    view = page.compare.view
    assert view.isVisible()
    assert view.list.current_key == case.finding
    assert view.list.selectionModel().hasSelection()
    assert (view.pair.said.toPlainText(), view.pair.written.toPlainText()) == (SPOKEN, WRITTEN)
    assert "<u>" not in view.pair.said.toHtml().split("most")[0]
    assert "underline" in view.pair.said.toHtml()
    assert view.total.text() == "2 of 2 to decide"


@pytest.mark.usefixtures("block")
def test_a_difference_can_be_kept_once_there_is_a_reason(case, page, qtbot) -> None:
    page.offered.next.trigger()
    pair = page.compare.view.pair
    assert not pair.keep.isEnabled()
    choose(page, "softened")
    assert not pair.keep.isEnabled()
    qtbot.keyClicks(pair.reason, "Counted again.")
    assert pair.keep.isEnabled()
    qtbot.mouseClick(pair.keep, Qt.MouseButton.LeftButton)
    held = pairs(case)[case.finding]
    assert (held.verdict, held.judgements[0].reason) == ("softened", "Counted again.")
    assert page.compare.view.total.text() == "1 of 2 to decide"
    assert pair.before.text().endswith("softened – Counted again.")


@pytest.mark.usefixtures("block")
def test_only_judgements_that_fit_are_offered(case, page) -> None:
    page.body.go_to("compare")
    page.compare.view.list.make_current(case.other)
    buttons = page.compare.view.pair.verdicts.buttons()
    assert [one.text() for one in buttons if one.isVisible()] == ["Dropped"]
    assert page.compare.view.pair.verdict == "dropped"


def test_words_changed_elsewhere_keep_the_reason_being_typed(case, page, block, qtbot) -> None:
    page.offered.next.trigger()
    choose(page, "strengthened")
    pair = page.compare.view.pair
    qtbot.keyClicks(pair.reason, "Because")
    case.do(reword_block, block, "Health is left out of all meetings.")
    assert pair.written.toPlainText() == "Health is left out of all meetings."
    assert (pair.reason.words, pair.verdict) == ("Because", "strengthened")


@pytest.mark.usefixtures("block")
def test_a_reason_half_written_is_there_again(case, page, qtbot) -> None:
    page.offered.next.trigger()
    pair = page.compare.view.pair
    qtbot.keyClicks(pair.reason, "Beca")
    page.compare.view.list.make_current(case.other)
    assert pair.reason.words == ""
    page.compare.view.list.make_current(case.finding)
    assert pair.reason.words == "Beca"
    assert not pairs(case)[case.finding].judgements


def test_what_was_decided_is_asked_again_when_the_letter_changes(case, page, block, qtbot) -> None:
    page.offered.next.trigger()
    choose(page, "softened")
    qtbot.keyClicks(page.compare.view.pair.reason, "Counted again.")
    page.compare.view.pair.keep.click()
    case.do(reword_block, block, "Health is left out of a few meetings.")
    assert "Decide again" in page.compare.view.pair.standing.text()
    assert page.compare.view.total.text() == "2 of 2 to decide"


def test_before_there_is_a_letter_the_page_says_what_to_do(case, points, page) -> None:
    case.do(change_point, points[0], {"seconds": 10})
    assert page.compare.view.list.shown.rows == ()
    key = next(one.key for one in COMMANDS if one.words == "Letter")
    assert f"{key} goes to the letter" in page.compare.view.list.nothing


@pytest.mark.usefixtures("block")
def test_a_reason_half_written_when_the_page_closes_is_kept_and_no_more(case, page, qtbot) -> None:
    page.offered.next.trigger()
    reason = page.compare.view.pair.reason
    qtbot.keyClicks(reason, "Beca")
    page.close_page()
    assert case.ask(comparison).drafts == {case.finding: "Beca"}
    with qtbot.captureExceptions() as raised:
        reason.left.emit("Because of")
    assert raised == []
    assert case.ask(comparison).drafts == {case.finding: "Beca"}

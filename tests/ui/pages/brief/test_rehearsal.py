from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.operations.briefs import brief_content, change_point, set_brief
from app.operations.notes import list_drafts

if TYPE_CHECKING:
    from app.domain.letters import BriefPoint
    from app.ui.pages.brief.page import BriefPage
    from app.ui.pages.brief.rehearsal import Rehearsal
    from tests.ui.pages.conftest import Case


@pytest.fixture
def rehearsal(points: list[str], page: BriefPage) -> Rehearsal:
    page.show_record(points[0])
    page.offered.speak.trigger()
    return page.rehearsing.view


def spoken(case: Case) -> dict[str, BriefPoint]:
    sections = case.ask(brief_content).sections
    return {point.id: point for section in sections for point in section.points}


def test_a_rehearsal_fills_the_screen_and_escape_gives_it_back(page, rehearsal, qtbot) -> None:
    assert page.window().windowState() & Qt.WindowState.WindowFullScreen
    assert (rehearsal.isVisible(), page.body.isVisible()) == (True, False)
    assert rehearsal.words.words == "Leaders know their area."
    qtbot.keyClick(rehearsal, Qt.Key.Key_Escape)
    assert not page.window().windowState() & Qt.WindowState.WindowFullScreen
    assert (rehearsal.isVisible(), page.body.isVisible()) == (False, True)


def test_space_goes_on_and_backspace_back_without_a_mark(case, rehearsal, qtbot) -> None:
    qtbot.keyClick(rehearsal, Qt.Key.Key_Space)
    assert rehearsal.words.words == "Workers stay."
    qtbot.keyClick(rehearsal, Qt.Key.Key_Backspace)
    assert rehearsal.words.words == "Leaders know their area."
    assert {one.said for one in spoken(case).values()} == {"not yet"}


def test_said_and_skipped_are_kept_with_their_time_and_lead_on(
    case, rehearsal, points, qtbot
) -> None:
    qtbot.keyClick(rehearsal, Qt.Key.Key_S)
    qtbot.keyClick(rehearsal, Qt.Key.Key_K)
    assert rehearsal.words.words == "Help comes early."
    said, skipped, waiting = (spoken(case)[one] for one in points)
    assert (said.said, said.as_spoken) == ("said", "Leaders know their area.")
    assert said.said_at
    assert (skipped.said, skipped.as_spoken) == ("skipped", "")
    assert waiting.said == "not yet"
    qtbot.keyClick(rehearsal, Qt.Key.Key_Backspace)
    assert rehearsal.mark.text().startswith("✕ skipped ")
    qtbot.keyClick(rehearsal, Qt.Key.Key_N)
    assert (rehearsal.mark.text(), spoken(case)[points[1]].said) == ("", "not yet")


def test_reworded_keeps_exactly_what_was_said(case, rehearsal, points, qtbot) -> None:
    qtbot.keyClick(rehearsal, Qt.Key.Key_R)
    assert rehearsal.reworded.isVisible()
    qtbot.keyClicks(rehearsal.reworded, "Most leaders know it.")
    assert rehearsal.words.words == "Leaders know their area."
    qtbot.keyClick(rehearsal.reworded, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    said = spoken(case)[points[0]]
    assert (said.said, said.as_spoken) == ("reworded", "Most leaders know it.")
    assert said.said_at
    assert rehearsal.words.words == "Workers stay."
    assert not rehearsal.reworded.isVisible()


def test_half_typed_words_are_kept_as_a_draft_and_stand_there_again(
    case, page, rehearsal, points, qtbot
) -> None:
    qtbot.keyClick(rehearsal, Qt.Key.Key_R)
    qtbot.keyClicks(rehearsal.reworded, "Most lea")
    page.save_now()
    assert [one.fields for one in case.ask(list_drafts)] == [{"said_text": "Most lea"}]
    assert spoken(case)[points[0]].said == "not yet"
    qtbot.keyClick(rehearsal.reworded, Qt.Key.Key_Escape)
    qtbot.keyClick(rehearsal, Qt.Key.Key_Space)
    qtbot.keyClick(rehearsal, Qt.Key.Key_Backspace)
    qtbot.keyClick(rehearsal, Qt.Key.Key_R)
    assert rehearsal.reworded.words == "Most lea"


def test_a_colleagues_change_moves_neither_the_point_nor_words_being_typed(
    case, rehearsal, points, qtbot
) -> None:
    qtbot.keyClick(rehearsal, Qt.Key.Key_Space)
    qtbot.keyClick(rehearsal, Qt.Key.Key_R)
    qtbot.keyClicks(rehearsal.reworded, "Some workers")
    case.do(change_point, points[0], {"text": "Leaders know it."})
    assert rehearsal.words.words == "Workers stay."
    assert rehearsal.reworded.words == "Some workers"


def test_no_other_key_of_the_page_works_in_a_rehearsal(case, page, rehearsal, qtbot) -> None:
    qtbot.keyClick(rehearsal, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(rehearsal, Qt.Key.Key_Space)
    case.do(set_brief, {"place": "a room"})
    assert not any(one.isEnabled() for one in page.offered.parts)
    qtbot.keyClick(rehearsal, Qt.Key.Key_Escape)
    assert page.offered.rehearse.isEnabled()
    assert all(one.isEnabled() for one in (page.offered.new, *page.offered.parts))


def test_leaving_goes_to_the_point_spoken_last(page, rehearsal, points, qtbot) -> None:
    qtbot.keyClick(rehearsal, Qt.Key.Key_Space)
    qtbot.keyClick(rehearsal, Qt.Key.Key_Escape)
    assert page.shown_record == points[1]
    assert page.view.order.current_key == points[1]


def test_after_the_last_it_says_so_and_stays(rehearsal, qtbot) -> None:
    for _ in range(20):
        qtbot.keyClick(rehearsal, Qt.Key.Key_Space)
    assert "last point" in rehearsal.mark.text()


def test_the_minutes_run_over_the_time_of_the_words(case, rehearsal) -> None:
    assert rehearsal.clock.text() == "0:00 of 0:02"
    case.do(set_brief, {"words_a_minute": 60})
    QApplication.processEvents()
    assert "of 0:04" in rehearsal.clock.text()


@pytest.mark.usefixtures("rehearsal")
def test_a_page_closed_in_a_rehearsal_gives_the_screen_back(page) -> None:
    window = page.window()
    page.close_page()
    assert not window.windowState() & Qt.WindowState.WindowFullScreen


def test_a_rehearsal_marks_nothing_and_says_so(case, page, points, qtbot) -> None:
    page.show_record(points[0])
    page.offered.rehearse.trigger()
    view = page.rehearsing.view
    for key in (Qt.Key.Key_S, Qt.Key.Key_K, Qt.Key.Key_R, Qt.Key.Key_N):
        qtbot.keyClick(view, key)
        assert "marks nothing" in view.mark.text()
    assert not view.is_rewording
    assert {one.said for one in spoken(case).values()} == {"not yet"}

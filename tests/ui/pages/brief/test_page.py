from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from app.operations.briefs import brief_content
from app.operations.findings import add_finding
from app.operations.notes import list_drafts
from app.operations.thread import trace
from app.ui.pages.brief.page import BriefPage
from app.ui.widgets.picker import Picker
from app.ui.widgets.write_dialog import WriteDialog

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.pages.conftest import Case


def order(page: BriefPage) -> list[str]:
    return [
        row.key for row in page.view.order.shown.rows if not row.is_heading and "/" not in row.key
    ]


def spoken(case: Case) -> dict[str, object]:
    sections = case.ask(brief_content).sections
    return {point.id: point for section in sections for point in section.points}


def test_moving_a_point_keeps_the_order_after_reloading(points, page, qtbot) -> None:
    page.show_record(points[0])
    page.view.order.setFocus()
    qtbot.keyClick(page.view.order, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert order(page) == [points[1], points[0], points[2]]
    qtbot.keyClick(page.view.order, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(page.view.order, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    page.reload()
    assert order(page) == [points[1], points[0], points[2]]
    assert page.view.order.current_key == points[0]


def test_a_brief_begins_with_one_point_for_each_finding(page, qtbot) -> None:
    assert page.view.none.isVisible()
    qtbot.keyClick(page, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    titles = [row.title for row in page.view.order.shown.rows]
    assert "Health is left out of strategy meetings." in titles
    assert not page.view.none.isVisible()


def test_a_finding_stated_a_moment_ago_can_be_spoken_of(case, page) -> None:
    page.hide()
    case.do(add_finding, "Stated while another page was seen.")
    page.new_point()
    titles = [row.title for row in page.findChild(Picker).list.shown.rows]
    assert "Stated while another page was seen." in titles


def test_words_are_saved_on_leaving_them_and_kept_while_typing(case, points, page, qtbot) -> None:
    page.show_record(points[0])
    words = page.view.point.words
    words.setFocus()
    with qtbot.waitSignal(words.paused):
        qtbot.keyClicks(words, "Today: ")
    assert [one.fields for one in case.ask(list_drafts)] == [
        {"text": "Today: Leaders know their area."}
    ]
    page.view.order.setFocus()
    assert spoken(case)[points[0]].text == "Today: Leaders know their area."
    assert case.ask(list_drafts) == []


def test_reworded_is_recorded_with_the_words_that_were_used(case, points, page, qtbot) -> None:
    page.show_record(points[1])
    point = page.view.point
    qtbot.mouseClick(point.how.button(2), Qt.MouseButton.LeftButton)
    assert point.as_said.isVisible()
    assert spoken(case)[points[1]].said == "not yet"
    qtbot.keyClicks(point.as_said, "Most workers stay.")
    page.view.order.setFocus()
    said = spoken(case)[points[1]]
    assert (said.said, said.said_text) == ("reworded", "Most workers stay.")
    qtbot.mouseClick(point.how.button(3), Qt.MouseButton.LeftButton)
    assert spoken(case)[points[1]].said == "skipped"
    assert not point.as_said.isVisible()


def test_a_point_added_from_a_finding_rests_on_it(case, page, qtbot) -> None:
    page.new_point()
    picker = page.findChild(Picker)
    qtbot.keyClicks(picker.field, "health left")
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    made = page.view.order.current_key
    assert spoken(case)[made].findings == (case.finding,)
    assert spoken(case)[made].section == "improve"
    rows = page.view.point.under.shown.rows
    assert rows[0].title == "Health is left out of strategy meetings."
    assert rows[1].meta.startswith("for · OF-FD-01 · interview · police")


def test_a_point_can_be_rested_on_a_finding_later(case, points, page, qtbot) -> None:
    page.show_record(points[0])
    assert "Ctrl+R" in page.view.point.support.text()
    qtbot.keyClick(page, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    picker = page.findChild(Picker)
    qtbot.keyClicks(picker.field, "leaders")
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert case.ask(trace, points[0]).sentences[0].findings[0].id == case.other


def test_minutes_shown_are_not_changed_by_looking(points, page, qtbot) -> None:
    page.show_record(points[0])
    with qtbot.assertNotEmitted(page.view.point.seconds_changed):
        page.view.point.time.setFocus()
        page.view.order.setFocus()


@pytest.mark.usefixtures("case", "points")
def test_the_brief_is_written_where_asked_and_the_page_says_so(page, qtbot, tmp_path: Path) -> None:
    qtbot.mouseClick(page.body.write, Qt.MouseButton.LeftButton)
    dialog = page.findChild(WriteDialog)
    assert not dialog.write.isEnabled()
    dialog.formats["docx"].setChecked(False)
    dialog.formats["html"].setChecked(True)
    dialog.folder.setText(str(tmp_path / "out"))
    with qtbot.waitSignal(page.said) as told:
        qtbot.mouseClick(dialog.write, Qt.MouseButton.LeftButton)
    assert str(tmp_path / "out") in told.args[0]
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_a_page_opened_and_closed_twice_leaves_no_connection(case, points, qtbot) -> None:
    for _ in range(2):
        page = BriefPage(case.session)
        qtbot.addWidget(page)
        page.show_record(points[0])
        page.close_page()
        page.close_page()
    assert case.session.bus.receivers("2changed(PyObject)") == 0

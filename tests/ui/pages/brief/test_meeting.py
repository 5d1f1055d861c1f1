from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from app.operations.briefs import brief_content, set_brief

if TYPE_CHECKING:
    from app.ui.pages.brief.page import BriefPage
    from tests.ui.pages.conftest import Case


def test_who_came_and_what_was_asked_are_kept_from_the_first_words(
    case: Case, page: BriefPage, qtbot
) -> None:
    qtbot.keyClick(page, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    fields = page.meeting.form_view.fields
    who = fields["audience"].widget
    assert who.hasFocus()
    qtbot.keyClicks(who, "chief executive")
    qtbot.keyClick(who, Qt.Key.Key_Return)
    qtbot.keyClicks(who, "head of probation")
    fields["questions"].widget.setFocus()
    qtbot.keyClicks(fields["questions"].widget, "Whose figures are these?")
    page.save_now()
    meeting = case.ask(brief_content).meeting
    assert meeting.audience == ("chief executive", "head of probation")
    assert meeting.questions == "Whose figures are these?"
    assert len(case.ask(lambda view: view.records.of_kind("brief"))) == 1


def test_a_colleagues_line_comes_in_and_words_being_typed_stay(case, page, qtbot) -> None:
    page.body.go_to("meeting")
    fields = page.meeting.form_view.fields
    fields["offered"].widget.setFocus()
    qtbot.keyClicks(fields["offered"].widget, "The audit of Sep")
    case.do(set_brief, {"place": "committee room"})
    assert fields["place"].value == "committee room"
    assert fields["offered"].value == "The audit of Sep"


def test_a_pace_changes_every_minute_shown(case, points, page) -> None:
    page.show_record(points[0])
    assert "at 130 words a minute" in page.view.point.length.text()
    case.do(set_brief, {"words_a_minute": 60})
    assert "at 60 words a minute" in page.view.point.length.text()
    assert {one.badge for one in page.view.order.shown.rows if one.key in points} == {
        "4 s",
        "2 s",
        "3 s",
    }

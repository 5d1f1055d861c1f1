"""Agencies and children by code, added and changed by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from app.operations.parties import AGENCY, CHILD
from app.ui.pages.plan.page import PlanPage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from tests.ui.pages.conftest import Case

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
TAKE_AWAY = CONTROL | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(case: Case, qtbot: QtBot) -> Iterator[PlanPage]:
    made = PlanPage(case.session)
    qtbot.addWidget(made)
    made.resize(1200, 740)
    with qtbot.waitExposed(made):
        made.show()
    qtbot.keyClick(made, Qt.Key.Key_5, ALT)
    yield made
    made.close_page()


def texts(case: Case, kind: str, field: str) -> list[str]:
    return [one.text(field) for one in case.ask(lambda view: view.records.of_kind(kind))]


def test_an_agency_is_added_by_keys_and_listed(case, page, qtbot) -> None:
    qtbot.keyClick(page, Qt.Key.Key_N, CONTROL)
    fields = page.parties.view.fields[AGENCY]
    assert fields["name"].widget.hasFocus()
    qtbot.keyClicks(fields["name"].widget, "Eastmarsh Probation")
    qtbot.keyClick(fields["name"].widget, Qt.Key.Key_Return)
    assert texts(case, AGENCY, "name") == ["Police", "Eastmarsh Probation"]
    assert [row.title for row in page.parties.view.lists[AGENCY].shown.rows] == [
        "Police",
        "Eastmarsh Probation",
    ]


def test_a_child_is_added_by_a_code_and_a_name_is_refused_and_stays_on_screen(
    case, page, qtbot
) -> None:
    page.parties.view.lists[CHILD].setFocus()
    qtbot.keyClick(page.parties.view.lists[CHILD], Qt.Key.Key_N, CONTROL)
    code = page.parties.view.fields[CHILD]["code"].widget
    qtbot.keyClicks(code, "Jamie")
    with qtbot.waitSignal(page.failed) as refused:
        qtbot.keyClick(code, Qt.Key.Key_Return)
    assert "never by a name" in refused.args[0]
    assert (code.text(), texts(case, CHILD, "code")) == ("Jamie", [])
    code.selectAll()
    qtbot.keyClicks(code, "C1")
    qtbot.keyClick(code, Qt.Key.Key_Return)
    assert texts(case, CHILD, "code") == ["C1"]


def test_what_nothing_names_is_taken_away_and_put_back_by_the_same_key(case, page, qtbot) -> None:
    qtbot.keyClick(page, Qt.Key.Key_N, CONTROL)
    name = page.parties.view.fields[AGENCY]["name"].widget
    qtbot.keyClicks(name, "Housing")
    qtbot.keyClick(name, Qt.Key.Key_Return)
    qtbot.keyClick(page, Qt.Key.Key_Backspace, TAKE_AWAY)
    assert texts(case, AGENCY, "name") == ["Police"]
    qtbot.keyClick(page, Qt.Key.Key_Backspace, TAKE_AWAY)
    assert texts(case, AGENCY, "name") == ["Police", "Housing"]


def test_an_agency_that_a_note_names_stays_and_says_why(case, page, qtbot) -> None:
    qtbot.keyClick(page.parties.view.lists[AGENCY], Qt.Key.Key_Return)
    with qtbot.waitSignal(page.failed) as refused:
        qtbot.keyClick(page, Qt.Key.Key_Backspace, TAKE_AWAY)
    assert "so it stays" in refused.args[0]
    assert texts(case, AGENCY, "name") == ["Police"]

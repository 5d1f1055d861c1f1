from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from app.operations import records
from app.operations.actions import give_action
from app.operations.notes import add_note
from app.operations.team import be
from app.operations.timetable import add_slot
from app.ui.pages.today.model import ALONE, CAME, MINE, NEEDED, UNFINISHED
from app.ui.pages.today.page import TodayPage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from tests.ui.pages.conftest import Case

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def people(case: Case) -> tuple[str, str]:
    one = case.do(records.add, "person", {"initials": "OF2", "role": "HMI"})
    other = case.do(records.add, "person", {"initials": "CQ1", "role": "CQC lead"})
    case.do(be, one)
    return one, other


@pytest.fixture
def page(case: Case, people: tuple[str, str], qtbot: QtBot) -> Iterator[TodayPage]:
    assert people  # known before the page is first seen
    made = TodayPage(case.session)
    qtbot.addWidget(made)
    made.resize(1230, 720)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close_page()


def titles(page: TodayPage, column: str) -> list[str]:
    return [one.title for one in page.view.lists[column].shown.rows if not one.is_heading]


def slot(case: Case, who: str, what: str, *, hours: int = 0) -> str:
    now = case.session.inspection.clock.now().astimezone()
    start = now + timedelta(hours=hours)
    fields = {"who": who, "date": now.date().isoformat(), "what": what, "start": f"{start:%H:%M}"}
    return case.do(add_slot, {**fields, "end": "23:59"})


def test_the_columns_follow_what_is_written(case: Case, page: TodayPage, people) -> None:
    assert page.view.nothing[MINE].isVisible()
    slot(case, people[0], "Police")
    case.do(add_note, "jotting", {"title": "Half"})
    case.do(add_note, "jotting", {"title": "Hers", "author": people[1]})
    case.do(give_action, "Read plans", owner=people[0])
    assert titles(page, MINE) == ["Police"]
    assert titles(page, UNFINISHED) == ["Half"]
    assert titles(page, CAME) == ["Hers"]
    assert titles(page, NEEDED)[0] == "Read plans"
    assert page.view.who.text() == "For OF2"


def test_enter_opens_the_thing(case: Case, page: TodayPage, qtbot: QtBot) -> None:
    note = case.do(add_note, "jotting", {"title": "Half"})
    rows = page.view.lists[UNFINISHED]
    rows.setFocus()
    with qtbot.waitSignal(page.record_requested) as asked:
        qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert asked.args == [note]


def test_the_arrows_walk_the_columns(case: Case, page: TodayPage, people, qtbot: QtBot) -> None:
    slot(case, people[0], "Police")
    case.do(add_note, "jotting", {"title": "Half"})
    mine, unfinished = page.view.lists[MINE], page.view.lists[UNFINISHED]
    mine.setFocus()
    qtbot.keyClick(mine, Qt.Key.Key_Right)
    assert unfinished.hasFocus()
    qtbot.keyClick(unfinished, Qt.Key.Key_Left)
    assert mine.hasFocus()


def test_a_note_begins_from_the_slot_that_is_next(
    case: Case, page: TodayPage, people, qtbot: QtBot
) -> None:
    planned = slot(case, people[0], "Police")
    page.view.lists[MINE].setFocus()
    with qtbot.waitSignal(page.record_requested) as asked:
        qtbot.keyClick(page.view.lists[MINE], Qt.Key.Key_Return, CONTROL)
    assert case.ask(lambda view: view.records.get(planned)).text("note") == asked.args[0]


def test_what_a_colleague_writes_moves_no_cursor(case: Case, page: TodayPage, people) -> None:
    for title in ("One", "Two", "Three"):
        case.do(add_note, "jotting", {"title": title})
    rows = page.view.lists[UNFINISHED]
    rows.make_current(rows.shown.rows[1].key)
    chosen = rows.current_key
    case.do(add_note, "jotting", {"title": "Hers", "author": people[1]})
    case.do(add_note, "jotting", {"title": "Four"})
    assert rows.current_key == chosen


def test_an_unseen_page_waits_until_it_is_seen(case: Case, page: TodayPage) -> None:
    page.hide()
    case.do(add_note, "jotting", {"title": "Half"})
    assert titles(page, UNFINISHED) == []
    page.show()
    assert titles(page, UNFINISHED) == ["Half"]


@pytest.mark.parametrize("width", [1230, 420])
def test_everything_stands_in_the_window_beside_or_below(
    case: Case, page: TodayPage, people, width: int, qtbot: QtBot
) -> None:
    slot(case, people[0], "Police")
    case.do(add_note, "jotting", {"title": "Half"})
    page.resize(width, 720)
    lists = [page.view.lists[one] for one in (MINE, UNFINISHED)]

    def fits() -> bool:
        first, second = (one.mapTo(page, one.rect().topLeft()) for one in lists)
        is_across = width > 1000
        inside = all(one.mapTo(page, one.rect().topRight()).x() < width for one in lists)
        return inside and (first.x() < second.x(), first.y() < second.y()) == (
            is_across,
            not is_across,
        )

    qtbot.waitUntil(fits)


def test_the_page_opens_and_closes_twice(case: Case, qtbot: QtBot) -> None:
    for _ in range(2):
        made = TodayPage(case.session)
        qtbot.addWidget(made)
        made.show()
        made.close_page()
        made.close_page()
    case.do(add_note, "jotting")


def test_what_no_other_laptop_holds_leads_to_the_team(page: TodayPage, qtbot: QtBot) -> None:
    rows = page.view.lists[NEEDED]
    qtbot.waitUntil(lambda: rows.make_current(ALONE))
    with qtbot.waitSignal(page.room_requested) as asked:
        qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert asked.args == ["Team"]

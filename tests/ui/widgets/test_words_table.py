from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from app.ui.widgets.words_table import Heading, Line, WordsTable

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

HEADINGS = [Heading("a", "Mon\nday 1"), Heading("b", "Tue\nday 2")]
LINES = [Line(f"r{n}", (f"cell a{n}", f"cell b{n}"), head=f"Row {n}") for n in range(30)]


@pytest.fixture
def table(qtbot: QtBot) -> WordsTable:
    made = WordsTable("A table")
    qtbot.addWidget(made)
    made.resize(400, 200)
    made.show_table(HEADINGS, LINES)
    made.show()
    return made


def test_the_current_cell_stays_while_rows_come_and_go(table: WordsTable) -> None:
    table.make_current("r20", "b")
    told: list[tuple[str, str]] = []
    table.cell_changed.connect(lambda row, column: told.append((row, column)))
    table.show_table(HEADINGS, [Line("new", ("x", "y")), *LINES])
    table.show_table([Heading("c", "Sun"), *HEADINGS], LINES)
    assert table.current == ("r20", "b")
    assert told == []


def test_the_scroll_stays_where_it_is(table: WordsTable) -> None:
    table.verticalScrollBar().setValue(120)
    table.show_table(HEADINGS, [*LINES, Line("new", ("x", "y"))])
    assert table.verticalScrollBar().value() == 120


def test_the_current_cell_stays_in_sight_in_a_smaller_table(table: WordsTable) -> None:
    table.resize(400, 600)
    table.make_current("r14", "a")
    table.resize(400, 160)
    rect = table.visualRect(table.currentIndex())
    assert table.viewport().rect().contains(rect)


def test_enter_chooses_the_cell_and_tab_leaves_the_table(table: WordsTable, qtbot: QtBot) -> None:
    table.make_current("r1", "b")
    with qtbot.waitSignal(table.cell_chosen) as chosen:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert chosen.args == ["r1", "b"]
    assert not table.tabKeyNavigation()


def test_a_cell_is_read_aloud_with_where_it_stands(table: WordsTable) -> None:
    index = table.shown.index(2, 1)
    aloud = table.shown.data(index, Qt.ItemDataRole.AccessibleTextRole)
    assert aloud == "Row 2, Tue, day 2: cell b2"


def test_the_whole_words_of_a_cell_can_be_reached(table: WordsTable) -> None:
    words = "word " * 200
    table.show_table(HEADINGS, [Line("r", (words, ""))])
    index = table.shown.index(0, 0)
    assert table.shown.data(index, Qt.ItemDataRole.ToolTipRole) == words


def test_an_empty_table_says_what_to_do(table: WordsTable) -> None:
    table.nothing = "Ctrl+N begins."
    table.show_table([], [])
    table.show_table([], [])
    assert table.current == ("", "")
    assert not table.make_current("r1")
    assert not table.grab().isNull()

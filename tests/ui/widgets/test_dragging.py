"""What is dragged: rows to another place, and files onto a page. Each has its key as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.widgets.dropping import FileDrop
from app.ui.widgets.rows import Row, RowsView

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

ROWS = [Row("h", "Heading", is_heading=True), Row("a", "Words"), Row("b", "More"), Row("c", "Last")]
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def rows(qtbot: QtBot) -> RowsView:
    made = RowsView("Rows")
    qtbot.addWidget(made)
    made.resize(400, 400)
    made.let_rows_move()
    made.show_rows(ROWS)
    with qtbot.waitExposed(made):
        made.show()
    return made


def dragged(rows: RowsView, key: str) -> QMimeData:
    return rows.shown.mimeData([rows.shown.place_of(key)])


def drop(rows: RowsView, key: str, at: str, *, low: bool) -> list[tuple[str, str, bool]]:
    told: list[tuple[str, str, bool]] = []
    rows.row_dropped.connect(lambda *said: told.append(said))
    rect = rows.visualRect(rows.shown.place_of(at))
    place = QPointF(rect.center().x(), rect.bottom() - 2 if low else rect.top() + 2)
    carried = dragged(rows, key)
    rows.dropEvent(QDropEvent(place, Qt.DropAction.MoveAction, carried, LEFT, NONE))
    return told


def test_a_row_is_dropped_before_or_behind_another(rows: RowsView) -> None:
    assert drop(rows, "c", "a", low=False) == [("c", "a", False)]
    assert drop(rows, "a", "c", low=True)[-1] == ("a", "c", True)


def test_nothing_is_dropped_on_a_heading_or_on_itself(rows: RowsView) -> None:
    assert drop(rows, "c", "h", low=True) == []
    assert drop(rows, "c", "c", low=True) == []


def test_a_drag_carries_no_words(rows: RowsView) -> None:
    carried = dragged(rows, "a")
    assert not carried.hasText()
    assert [bytes(carried.data(one).data()) for one in carried.formats()] == [b"a"]


def test_a_row_of_another_list_is_not_taken(rows: RowsView, qtbot: QtBot) -> None:
    other = RowsView("Other")
    qtbot.addWidget(other)
    other.let_rows_move()
    other.show_rows([Row("x", "Elsewhere")])
    carried = dragged(other, "x")
    place = rows.visualRect(rows.shown.place_of("a")).center()
    event = QDropEvent(QPointF(place), Qt.DropAction.MoveAction, carried, LEFT, NONE)
    with qtbot.assertNotEmitted(rows.row_dropped):
        rows.dropEvent(event)
    assert not event.isAccepted()


def dropped_files(qtbot: QtBot, folder: Path, names: list[str]) -> list[Path]:
    """Drop files on a page that takes .csv; return what it took, and hold it to what it said."""
    page = QWidget()
    qtbot.addWidget(page)
    told: list[Path] = []
    FileDrop(page, {".csv"}).dropped.connect(told.append)
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(folder / one)) for one in names])
    how = (QPointF(5, 5), Qt.DropAction.CopyAction, carried, LEFT, NONE)
    for event in (QDragEnterEvent(*how), QDropEvent(*how)):
        QApplication.sendEvent(page, event)
        assert event.isAccepted() == (names == ["list.CSV"])
    return told


def test_one_file_that_fits_is_taken(qtbot: QtBot, tmp_path: Path) -> None:
    assert dropped_files(qtbot, tmp_path, ["list.CSV"]) == [tmp_path / "list.CSV"]


@pytest.mark.parametrize("names", [["list.exe"], ["a.csv", "b.csv"], []])
def test_no_other_file_is_taken_nor_several(qtbot: QtBot, tmp_path: Path, names) -> None:
    assert dropped_files(qtbot, tmp_path, names) == []

"""What has to grow with the letters, or to give way to them: looked at at 100 and at 200 %."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

import pytest
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QRadioButton,
    QSpinBox,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from app.ui.pages.findings.view import FindingsView
from app.ui.pages.notes.view import NotesView
from app.ui.theme import Theme
from app.ui.tokens import Scheme
from app.ui.widgets.figures import inset_figures
from app.ui.widgets.rows import Row, RowsView
from app.ui.widgets.words_box import WordsBox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

Shown = TypeVar("Shown", bound=QWidget)

CHECK = QStyle.PixelMetric.PM_IndicatorWidth
RING = QStyle.PixelMetric.PM_ExclusiveIndicatorWidth


@pytest.fixture(params=[1.0, 2.0], ids=["100", "200"])
def theme(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Theme]:
    font, palette, sheet = qapp.font(), qapp.palette(), qapp.styleSheet()
    made = Theme(qapp, Scheme.LIGHT)
    made.apply(Scheme.LIGHT, request.param)
    yield made
    qapp.setFont(font)
    qapp.setPalette(palette)
    qapp.setStyleSheet(sheet)
    made.deleteLater()


def shown(qtbot: QtBot, widget: Shown) -> Shown:
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


@pytest.mark.parametrize(("kind", "metric"), [(QCheckBox, CHECK), (QRadioButton, RING)])
@pytest.mark.usefixtures("theme")
def test_ticks_and_rings_are_as_high_as_the_letters(qtbot, kind, metric) -> None:
    button = shown(qtbot, kind("Escalate"))
    option = QStyleOptionButton()
    option.initFrom(button)
    side = button.style().pixelMetric(metric, option, button)
    assert QFontMetricsF(button.font()).capHeight() <= side <= button.fontMetrics().height()


@pytest.mark.usefixtures("theme")
def test_the_border_of_the_focus_is_painted_over_by_no_row(qtbot) -> None:
    rows = shown(qtbot, QListWidget())
    rows.addItem("One")
    assert rows.viewport().geometry().left() >= 2
    assert rows.viewport().geometry().top() >= 2


@pytest.mark.usefixtures("theme")
def test_figures_begin_where_the_words_of_other_fields_do(qtbot) -> None:
    figures, words = QSpinBox(), QLineEdit("1")
    inset_figures(figures)
    beside = QWidget()
    line = QHBoxLayout(beside)
    for one in (figures, words):
        line.addWidget(one)
    shown(qtbot, beside)
    assert figures.height() == words.height()
    inside = figures.lineEdit().textMargins().left()
    assert inside >= figures.fontMetrics().averageCharWidth() // 2


@pytest.mark.parametrize("lines", [(2, 0), (2, 5)], ids=["all its words", "or scrolled"])
@pytest.mark.usefixtures("theme")
def test_a_box_is_as_high_as_its_words_and_scrolls_nowhere(qtbot, lines) -> None:
    least, most = lines
    box = WordsBox("Words", least_lines=least, most_lines=most)
    box.resize(30 * box.fontMetrics().averageCharWidth(), 100)
    box.show_words("Nobody told the nursery that the plan had ended.")
    shown(qtbot, box)
    box.resize(box.width(), box.maximumHeight())
    held = round(box.document().size().height()) * box.fontMetrics().lineSpacing()
    assert held <= box.viewport().height() <= held + box.fontMetrics().lineSpacing()
    assert box.verticalScrollBar().maximum() == 0
    assert not box.horizontalScrollBar().isVisible()


@pytest.mark.usefixtures("theme")
def test_a_figure_goes_below_a_quiet_line_it_would_cut_short(qtbot) -> None:
    row = Row("a", "Health is left out", "Area for improvement", badge="14 for · 3 against")
    rows = shown(qtbot, RowsView("Findings"))
    rows.show_rows([row])
    letter = rows.fontMetrics().averageCharWidth()
    heights = []
    for letters in (80, 34):
        rows.resize(letters * letter, 400)
        QApplication.processEvents()
        heights.append(rows.sizeHintForRow(0))
    wide, narrow = heights
    assert narrow > wide


def views(qtbot: QtBot) -> Iterator[tuple[QWidget, QWidget]]:
    notes = NotesView(lambda: "14:02")
    yield shown(qtbot, notes), notes.left
    findings = FindingsView()
    yield shown(qtbot, findings), cast("QWidget", findings.widget(0))


@pytest.mark.usefixtures("theme")
def test_a_list_leaves_its_page_the_larger_part_and_takes_its_own_again(qtbot) -> None:
    for view, listed in views(qtbot):
        for width in (640, 1290):  # a page that was not shown yet is smaller than its window
            view.resize(width, 700)
            QApplication.processEvents()
        letters = listed.width() / listed.fontMetrics().averageCharWidth()
        assert listed.width() <= round(1290 * 0.4)
        assert letters >= 40 or listed.width() >= round(1290 * 0.35)

"""The page fits a small laptop at twice the size, in a window with its rail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from app.operations.briefs import change_point
from app.ui.frame import Frame, Room
from app.ui.pages.brief.actions import PARTS
from app.ui.pages.brief.page import BriefPage
from app.ui.theme import Theme
from app.ui.tokens import Scheme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from tests.ui.pages.conftest import Case

_WIDTH, _HEIGHT = 1366, 768
_MENU = 60  # of the window, above the frame
LONG = "The partnership’s arrangements for children who live with domestic abuse. " * 6


def put_away_others() -> None:
    """Delete windows of earlier tests for good: a size is given to all that there are."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def frame(case: Case, points: list[str], qtbot: QtBot) -> Iterator[Frame]:
    put_away_others()
    theme = Theme(QApplication.instance())
    theme.apply(Scheme.LIGHT, 2.0)
    case.do(change_point, points[0], {"text": LONG})
    made = Frame(case.session, (Room("Feedback", BriefPage, frozenset({"brief_point"})),))
    qtbot.addWidget(made)
    made.resize(_WIDTH, _HEIGHT - _MENU)
    made.show()
    yield made
    made.close_frame()
    put_away_others()
    theme.apply(Scheme.LIGHT, 1.0)


@pytest.mark.parametrize("part", PARTS)
def test_every_part_fits_a_small_laptop_at_twice_the_size(frame, points, part) -> None:
    frame.page.show_record(points[0])
    frame.page.body.show_part(part)
    QApplication.processEvents()
    asked = frame.minimumSizeHint()
    assert (asked.width() <= _WIDTH, asked.height() <= _HEIGHT - _MENU) == (True, True)
    assert frame.width() == _WIDTH


def test_nothing_of_a_point_is_cut_off_at_the_right(frame, points) -> None:
    frame.page.show_record(points[0])
    QApplication.processEvents()
    point = frame.page.view.point
    assert point.width() <= point.parentWidget().width()


def test_a_rehearsal_fits_too(frame, points) -> None:
    frame.page.show_record(points[0])
    frame.page.offered.rehearse.trigger()
    QApplication.processEvents()
    asked = frame.page.rehearsing.view.minimumSizeHint()
    assert (asked.width() <= _WIDTH, asked.height() <= _HEIGHT) == (True, True)

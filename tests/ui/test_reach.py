"""Everything can be reached by keys, and everything has a name that is said aloud."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QTabBar,
    QTextEdit,
    QToolButton,
    QWidget,
)

from app.ui.commands import COMMANDS
from app.ui.frame import Frame
from app.ui.rooms import ROOMS

_CONTROLS = (
    QAbstractItemView,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QTabBar,
    QTextEdit,
    QToolButton,
)
_MOST_TABS = 400


def shown_in(page: QWidget, frame: Frame) -> None:
    """Show the first record of the page's kinds, so that what it opens is there too."""
    room = frame.rooms[frame.pages.index(page)]
    kinds = sorted(room.kinds)
    found = frame.session.inspection.ask(lambda view: view.records.of_kind(*kinds)) if kinds else []
    for one in found[:1]:
        page.show_record(one.id)


def controls(page: QWidget) -> list[QWidget]:
    """What of a page can take the focus now; not the parts that a control is made of."""
    return [
        one
        for one in page.findChildren(QWidget)
        if isinstance(one, _CONTROLS)
        and one.isVisible()
        and one.isEnabled()
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(one.parent(), (QComboBox, QAbstractSpinBox, QLineEdit))
        and not (isinstance(one.parent(), QAbstractScrollArea) and one is one.parent().viewport())
    ]


def name_of(one: QWidget) -> str:
    found = QAccessible.queryAccessibleInterface(one)
    return found.text(QAccessible.Text.Name) if found else ""


def walk(key: Qt.Key, reached: set[QWidget]) -> None:
    """Press a key until it leads nowhere new."""
    seen: set[QWidget] = set()
    for _ in range(_MOST_TABS):
        focused = QApplication.focusWidget()
        if focused is None or focused in seen:
            return
        seen.add(focused)
        reached.add(focused)
        if isinstance(focused, QTextEdit) and not focused.tabChangesFocus():
            return  # a page of words keeps the key; F6 leads on
        QTest.keyClick(focused, key)


@pytest.mark.parametrize("room", [one.name for one in ROOMS])
def test_every_control_has_a_name_to_be_said_aloud(frame: Frame, room: str) -> None:
    frame.show_room(room)
    shown_in(frame.page, frame)
    QApplication.processEvents()
    nameless = [
        f"{type(one).__name__} in {type(one.parent()).__name__}"
        for one in controls(frame.page)
        if not name_of(one).strip()
    ]
    assert nameless == []


@pytest.mark.parametrize("room", [one.name for one in ROOMS])
def test_every_control_is_reached_by_keys(frame: Frame, room: str) -> None:
    frame.show_room(room)
    shown_in(frame.page, frame)
    QApplication.processEvents()
    wanted = set(controls(frame.page))
    reached: set[QWidget] = set()
    for pane in [*frame.page.panes(), frame.page]:
        if pane.isVisible():
            for key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                pane.setFocus(Qt.FocusReason.TabFocusReason)
                walk(key, reached)
    lost = [
        f"{type(one).__name__} “{name_of(one)}”"
        for one in wanted - reached
        if not isinstance(one, QRadioButton)  # the arrow keys lead from one to the next
    ]
    assert lost == []


def test_every_command_of_a_page_can_be_found_by_typing(frame: Frame) -> None:
    for page, room in zip(frame.pages, frame.rooms, strict=True):
        offered = {one.text().replace("&", "") for one in page.actions()}
        for one in COMMANDS:
            if one.place == room.name:
                assert any(one.words.split()[0] in text for text in offered), one.id

"""Makes the actions of a page: a text, a key and a tip, working while the page has the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence

from app.ui.commands import command

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def page_action(page: QWidget, text: str, key: str, tip: str) -> QAction:
    """Return an action, added to the page."""
    action = QAction(text, page)
    action.setShortcut(QKeySequence(key))
    action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    action.setStatusTip(tip)
    page.addAction(action)
    return action


def command_action(page: QWidget, name: str, tip: str = "") -> QAction:
    """Return the action of a command, with the words and the key of the one table of commands."""
    one = command(name)
    return page_action(page, one.words, one.key, tip or one.words)

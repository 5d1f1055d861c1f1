"""The menus of the window, made from the one table of commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence

from app.ui.commands import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QMainWindow, QMenu


def make_menus(
    window: QMainWindow, doing: Mapping[str, Callable[[], object]]
) -> tuple[dict[str, QAction], dict[str, QMenu]]:
    """Fill the menu bar; return its actions by the command's id, and the menus by their words.

    ``doing`` says what each command of the window does.
    """
    made: dict[str, QAction] = {}
    menus: dict[str, QMenu] = {}
    for one in COMMANDS:
        if one.place != "window":
            continue
        if one.menu not in menus:
            menus[one.menu] = window.menuBar().addMenu(f"&{one.menu}")
        action = QAction(one.words, window)
        action.setShortcut(QKeySequence(one.key))
        action.triggered.connect(lambda _checked=False, do=doing[one.id]: do())
        menus[one.menu].addAction(action)
        made[one.id] = action
    return made, menus

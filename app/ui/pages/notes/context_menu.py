"""The menu that a right click, or the menu key, opens over a note's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from app.ui.pages.notes.editor import NoteEditor

_CHANGING = frozenset({"edit-cut", "edit-paste", "edit-delete"})


def context_menu(editor: NoteEditor, *, is_mine: bool) -> QMenu:
    """Return what Qt offers, but no way to change words that stay as they are."""
    menu = editor.createStandardContextMenu()
    for action in menu.actions():
        if action.objectName() in {"edit-undo", "edit-redo"}:
            menu.removeAction(action)  # Qt's own, which is off here
        elif action.objectName() in _CHANGING:
            action.setEnabled(is_mine and action.isEnabled())
    undo, redo = editor.paper.history.names
    ours = []
    for words, name, do in (("Undo", undo, editor.undo), ("Do again", redo, editor.redo)):
        action = QAction(undo_words(words, name), menu)
        action.setEnabled(bool(name))
        action.triggered.connect(do)
        ours.append(action)
    left = menu.actions()
    if left:
        menu.insertActions(left[0], ours)
    else:
        menu.addActions(ours)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu


def undo_words(words: str, name: str) -> str:
    """Return what undoing, or doing again, is called: by the name of the step."""
    if not name:
        return words
    return f"{words} {name}" if words == "Undo" else f"{words}: {name}"

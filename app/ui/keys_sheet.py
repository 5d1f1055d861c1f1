"""The sheets of keys, made from the one table of commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout

from app.ui.commands import COMMANDS, Command
from app.ui.widgets.field_over_list import FieldOverList
from app.ui.widgets.fitting import fit
from app.ui.widgets.rows import Row, RowsView

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from PySide6.QtWidgets import QWidget

_WINDOW = "window"


class KeysSheet(QDialog):
    """Every command that has a key, by the place it works in; a field narrows them."""

    def __init__(self, parent: QWidget, place: str = "") -> None:
        """Show the keys of a page first, and those that work everywhere; or all there are."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Keyboard shortcuts")
        places = [place, _WINDOW] if place else [_WINDOW, *_pages()]
        self._listed = [
            one for where in places for one in COMMANDS if one.key and one.place == where
        ]
        self.field = QLineEdit(placeholderText="What you want to do", clearButtonEnabled=True)
        self.field.setAccessibleName("What you want to do")
        self.list = RowsView("Keys")
        self.list.nothing = "No key does that."
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.list)
        fit(self, 36, 36)
        FieldOverList(self.field, self.list, self.accept)
        self.field.textChanged.connect(self._show)
        self._show("")

    def _show(self, typed: str) -> None:
        wanted = typed.casefold().split()
        fitting = [
            one for one in self._listed if all(word in _said(one).casefold() for word in wanted)
        ]
        self.list.show_rows(list(_rows(fitting)))


def _pages() -> list[str]:
    return list(dict.fromkeys(one.place for one in COMMANDS if one.place != _WINDOW))


def _rows(commands: Iterable[Command]) -> Iterator[Row]:
    place = ""
    for one in commands:
        if one.place != place:
            place = one.place
            yield Row(place, "Everywhere" if place == _WINDOW else place, is_heading=True)
        yield Row(one.id, one.words, badge=_key(one), spoken=f"{one.words}: {_key(one)}")


def _said(one: Command) -> str:
    return f"{one.words} {one.menu} {_key(one)}"


def _key(one: Command) -> str:
    return QKeySequence(one.key).toString(QKeySequence.SequenceFormat.NativeText)

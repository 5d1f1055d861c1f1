"""Puts a masked picture of a page in the page’s place, until somebody switches it off.

The page itself is hidden, with all its fields and keys: what a person has not looked at can’t be
shown by a slip. Only what was masked off this thread is ever put on screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.projecting.shown import OF_ROOM, Shown, masked
from app.ui.widgets.labels import label
from app.ui.widgets.rows import RowsView

if TYPE_CHECKING:
    from app.domain.changes import Changes
    from app.ui.frame import Frame

_CANNOT_KNOW = (
    "Children are “a child”, people are their role. A name that somebody typed into a note and "
    "that is not in the team’s list can’t be known: read before you show."
)


class Projection(QWidget):
    """Rows in large letters; nothing in them can be opened or changed."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self.title = label("", "head")
        self.hint = label(_CANNOT_KNOW, "meta")
        self.rows = RowsView("Shown to the room", most_lines=0)
        self.rows.setProperty("role", "projected")
        self.rows.nothing = "Nothing to show here yet."
        unit = self.fontMetrics().height()
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * unit, unit, 2 * unit, unit)
        for one in (self.title, self.hint):
            column.addWidget(one)
        column.addWidget(self.rows, 1)
        self.setFocusProxy(self.rows)

    def show_shown(self, shown: Shown) -> None:
        """Show masked rows; the same rows stay where they are scrolled to."""
        self.title.setText(shown.title)
        self.rows.show_rows(shown.rows)


class Projector(QObject):
    """Serves one frame."""

    switched = Signal(bool)

    def __init__(self, frame: Frame) -> None:
        """Begin switched off."""
        super().__init__(frame)
        self.is_closed = False
        self.is_on = False
        self._frame = frame
        self._asked = 0
        self.view = Projection()
        self.view.hide()
        frame.session.bus.changed.connect(self._on_changed)

    def toggle(self) -> None:
        """Switch on, or off."""
        self.is_on = not self.is_on
        if self.is_on:
            self._frame.page.save_now()
            # Emptied before it is seen: what it showed last time was another page.
            self.view.show_shown(Shown("", ()))
            self.refresh()
        self._frame.stack.setVisible(not self.is_on)
        self.view.setVisible(self.is_on)
        (self.view if self.is_on else self._frame.page).setFocus()
        self.switched.emit(self.is_on)

    def refresh(self) -> None:
        """Show what the page in its place would show, masked."""
        if not self.is_on:
            return
        self._asked += 1
        ticket = self._asked
        frame = self._frame
        name = frame.rooms[frame.stack.currentIndex()].name
        shower = frame.page.to_project() or OF_ROOM.get(name)

        def show(shown: Shown) -> None:
            if ticket == self._asked and self.is_on:
                self.view.show_shown(shown)

        frame.session.ask(self, lambda view: masked(view, shower, name)).start(show)

    def close_projector(self) -> None:
        """Stop for good. Closing twice does nothing."""
        if not self.is_closed:
            self.is_closed = True
            self._frame.session.bus.changed.disconnect(self._on_changed)

    def _on_changed(self, _changes: Changes) -> None:
        self.refresh()

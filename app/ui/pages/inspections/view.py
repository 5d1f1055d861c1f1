"""The list of inspections and its buttons: widgets and their layout, nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from app.ui.widgets.labels import label, nothing_yet
from app.ui.widgets.notice_bar import NoticeBar
from app.ui.widgets.rows import RowsView
from app.ui.widgets.saying import Saying

if TYPE_CHECKING:
    from app.operations.profile import InspectionRow


class InspectionsView(QWidget):
    """What can be done to any profile stands below the list; beside it what fits the chosen row."""

    def __init__(self) -> None:
        """Lay everything out."""
        super().__init__()
        self.notices = NoticeBar()
        self.list = RowsView("Inspections")
        self.empty = nothing_yet(
            "No inspections yet. Begin one with Ctrl+N, take one in with Ctrl+O, or try the "
            "invented one."
        )
        self.reminder = QPushButton(
            "There is no recovery sheet yet: nobody gets in if the passphrase is forgotten. Make it"
        )
        self.reminder.setProperty("role", "line")
        self.reminder.hide()
        self.progress = QProgressBar()
        self.progress.setAccessibleName("Progress")
        self.stop = QPushButton("Stop")
        self.said = Saying()
        self.new = QPushButton("New inspection…")
        self.new.setProperty("role", "main")
        self.join = QPushButton("Join a team…")
        self.take_in = QPushButton("Take in a file…")
        self.demo = QPushButton("Try the invented inspection")
        self.open = QPushButton("Open")
        self.admission = QPushButton("Take in the admission…")
        self.ask_again = QPushButton("Show the words again…")
        self.restore = QPushButton("Restore a backup…")
        self.reopen = QPushButton("Reopen with a reason…")
        self.destroy_here = QPushButton("Destroy on this laptop…")
        self.remove_demo = QPushButton("Remove the invented inspection")
        self.for_row = (
            self.open,
            self.admission,
            self.ask_again,
            self.reopen,
            self.restore,
            self.destroy_here,
            self.remove_demo,
        )
        self._lay_out()
        self.show_busy(busy=False)
        self.show_choice(None)

    def show_choice(self, row: InspectionRow | None) -> None:
        """Offer what can be done with the chosen inspection."""
        waits = row is not None and row.waits_for == "admission"
        fits = {
            self.open: row is not None and not row.problem and not waits,
            self.admission: waits,
            self.ask_again: waits,
            self.reopen: row is not None and bool(row.closed_at),
            self.restore: row is not None and not row.waits_for,
            self.destroy_here: row is not None
            and not row.is_invented
            and bool(row.is_due or row.closed_at or row.problem or row.waits_for),
            self.remove_demo: row is not None and row.is_invented,
        }
        for button, is_fit in fits.items():
            button.setVisible(is_fit)

    def show_busy(self, *, busy: bool, can_stop: bool = False) -> None:
        """Show that something is under way."""
        self.progress.setVisible(busy)
        self.stop.setVisible(busy and can_stop)
        self.stop.setEnabled(busy)
        for one in (self.new, self.join, self.take_in, self.demo, *self.for_row):
            one.setEnabled(not busy)

    def _lay_out(self) -> None:
        unit = self.fontMetrics().height()
        side = QVBoxLayout()
        for one in self.for_row:
            side.addWidget(one)
        side.addStretch(1)
        middle = QHBoxLayout()
        middle.setSpacing(unit)
        middle.addWidget(self.list, 1)
        middle.addWidget(self.empty, 1)
        middle.addLayout(side)
        going = QHBoxLayout()
        going.addWidget(self.progress, 1)
        going.addWidget(self.stop)
        buttons = QHBoxLayout()
        for one in (self.new, self.join, self.take_in, self.demo):
            buttons.addWidget(one)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * unit, 2 * unit, 3 * unit, 2 * unit)
        column.setSpacing(unit)
        column.addWidget(self.notices)
        column.addWidget(label("Inspections", "head"))
        column.addWidget(self.reminder)
        column.addLayout(middle, 1)
        column.addLayout(going)
        column.addWidget(self.said)
        column.addLayout(buttons)

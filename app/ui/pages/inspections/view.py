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
        self.reminder = QWidget()
        self.make_sheet = QPushButton("Make the sheet…")
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
        self.remove_demo = QPushButton("Remove the invented inspection")
        self.more = QPushButton("More")
        self.more.setProperty("role", "menu")
        self.more.setAccessibleDescription("Backups, copies that were carried away, and the end")
        self.for_row = (self.open, self.admission, self.ask_again, self.remove_demo)
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
            self.remove_demo: row is not None and row.is_invented,
        }
        for button, is_fit in fits.items():
            button.setVisible(is_fit)

    def show_busy(self, *, busy: bool, can_stop: bool = False) -> None:
        """Show that something is under way."""
        self.progress.setVisible(busy)
        self.stop.setVisible(busy and can_stop)
        self.stop.setEnabled(busy)
        for one in (self.new, self.join, self.take_in, self.demo, self.more, *self.for_row):
            one.setEnabled(not busy)

    def _lay_out(self) -> None:
        unit = self.fontMetrics().height()
        reminding = QHBoxLayout(self.reminder)
        reminding.setContentsMargins(0, 0, 0, 0)
        reminding.addWidget(
            label(
                "There is no recovery sheet yet: if the passphrase is forgotten, nobody gets in."
            ),
            1,
        )
        reminding.addWidget(self.make_sheet)
        for_row, for_all = QHBoxLayout(), QHBoxLayout()
        for one in self.for_row:
            for_row.addWidget(one)
        for_row.addStretch(1)
        for_row.addWidget(self.more)
        for one in (self.new, self.join, self.take_in, self.demo):
            for_all.addWidget(one)
        for_all.addStretch(1)
        going = QHBoxLayout()
        going.addWidget(self.progress, 1)
        going.addWidget(self.stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * unit, unit, 2 * unit, unit)
        column.setSpacing(unit // 2)
        column.addWidget(self.notices)
        column.addWidget(label("Inspections", "head"))
        column.addWidget(self.reminder)
        column.addWidget(self.list, 1)
        column.addWidget(self.empty, 1)
        column.addLayout(for_row)
        column.addLayout(going)
        column.addWidget(self.said)
        column.addLayout(for_all)

"""The today page: asks what one inspector needs first, and opens what they choose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout

from app.domain.escalations import moment
from app.domain.kinds.registry import NOTE_KINDS
from app.operations.last_place import last_place
from app.operations.sync.people import HeldAlone, held_here_alone
from app.operations.timetable import note_from_slot
from app.operations.today import TodaySheet, today_sheet
from app.ui.page import Page
from app.ui.pages.today.actions import TodayActions
from app.ui.pages.today.model import ALONE, MINE, Column, columns
from app.ui.pages.today.view import TodayView

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent
    from PySide6.QtWidgets import QWidget

    from app.operations.inspection import Inspection
    from app.operations.view import View
    from app.ui.handing_over import HandingOver
    from app.ui.session import Session

_MOVES_ON: Final = 30_000  # ms between two looks at the clock


class TodayPage(Page):
    """Where a morning begins. It holds nothing of its own: every line opens its record."""

    title = "Today"
    kinds = NOTE_KINDS | {"slot", "action", "finding", "evidence", "stance", "paragraph", "person"}

    def __init__(self, session: Session) -> None:
        """Show the columns; they are asked for when the page is first seen."""
        super().__init__(session)
        self.view = TodayView()
        self.offered = TodayActions(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self._columns: dict[str, Column] = {}
        self._asked = 0
        self._is_stale = True
        self._ticker = QTimer(self)
        self._ticker.setInterval(_MOVES_ON)
        self._ticker.timeout.connect(self.reload)
        self.view.chosen.connect(self._on_chosen)
        self.offered.begin.triggered.connect(self._on_begin)
        self.setFocusProxy(self.view.lists[MINE])

    def watch(self, handing_over: HandingOver) -> None:
        """Look again when something was handed over: less may be on this laptop alone."""
        handing_over.moved.connect(self.look_again)

    def reload(self) -> None:
        """Ask for everything again."""
        self._asked += 1
        ticket, inspection = self._asked, self.session.inspection
        self.session.runner.run(
            self,
            lambda: _read(inspection),
            lambda found: self._show(ticket, *found),
            lambda problem: self.failed.emit(problem.sentence),
        )

    def panes(self) -> list[QWidget]:
        """Return the columns that have rows."""
        return self.view.panes

    def close_page(self) -> None:
        """Stop for good."""
        self._ticker.stop()
        super().close_page()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up, and let the columns move on with the clock."""
        super().showEvent(event)
        self._ticker.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let the clock go on unseen."""
        super().hideEvent(event)
        self._ticker.stop()
        self._is_stale = True

    def _show(self, ticket: int, sheet: TodaySheet, alone: HeldAlone) -> None:
        if ticket != self._asked:
            return
        self._columns = columns(sheet, alone)
        self.view.day.setText(sheet.day)
        self.view.who.setText(f"For {sheet.name}" if sheet.name else "")
        self.view.show_columns(self._columns)

    def _on_chosen(self, column: str, key: str) -> None:
        record = self._columns[column].opens.get(key, "") if column in self._columns else ""
        if record:
            self.record_requested.emit(record)
        elif key == ALONE:
            self.room_requested.emit("Team")

    def _on_begin(self) -> None:
        mine = self._columns.get(MINE, Column())
        record = mine.opens.get(self.view.lists[MINE].current_key, "")

        def begin(kind: str) -> None:
            if kind != "slot":
                self.said.emit("Choose a slot of your day: a note is begun from it.")
                return
            self.session.do(self, note_from_slot, record).start(
                lambda changes: self.record_requested.emit(changes.made),
                lambda problem: self.failed.emit(problem.sentence),
            )

        if not record:
            begin("")
            return
        self.session.ask(self, lambda view: view.records.get(record).kind).start(
            begin, lambda problem: self.failed.emit(problem.sentence)
        )


def _read(inspection: Inspection) -> tuple[TodaySheet, HeldAlone]:
    def question(view: View) -> TodaySheet:
        return today_sheet(view, moment(last_place(view).at))

    return inspection.ask(question), held_here_alone(inspection)

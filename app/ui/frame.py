"""The frame round an open inspection: rail, pages, and the status line that tells the truth.

What it asks is imported when it is asked: the window knows of frames before anything is unlocked,
and the lock screen waits for nothing that it doesn't need.
"""
# ruff: noqa: PLC0415 - as said above

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from app.ui.keeper import Keeper
from app.ui.widgets.notice_bar import NoticeBar
from app.ui.widgets.rows import Row, RowsView

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QResizeEvent

    from app.domain.changes import Changes
    from app.operations.closing import Closing
    from app.operations.last_place import LastPlace
    from app.operations.overview import Headline
    from app.ui.page import Page
    from app.ui.session import Session
    from app.ui.workflows.jotting import JottingDialog

_RAIL_WIDTH: Final = 11  # in letters of the interface font
_FOLDED_WIDTH: Final = 3
_BEFORE_A_ROOM: Final = "Shown to the room: codes and the team’s names are hidden. F11 ends it."
_MOST_HISTORY: Final = 50
_NO_LIMIT: Final = 16_777_215  # Qt's own: the height of a widget that may be as high as it likes
_NEEDS_RAIL: Final = 150  # letters of width below which the rail folds to its signs


@dataclass(frozen=True, slots=True)
class Room:
    """A page's name on the rail, how it is made, and the kinds of record it shows."""

    name: str
    make: Callable[[Session], Page]
    kinds: frozenset[str]


class Frame(QWidget):
    """Shows one open inspection."""

    title_changed = Signal(str)

    def __init__(self, session: Session, rooms: Sequence[Room]) -> None:
        """Open every page of an inspection; the first is shown."""
        from app.ui.handing_over import HandingOver
        from app.ui.projecting.projector import Projector
        from app.ui.workflows.escalation.watch import EscalationWatch

        super().__init__()
        self.session = session
        self.is_closed = False
        self._is_quiet = False
        self._jotting: JottingDialog | None = None
        self.status = QWidget()
        self.rooms = tuple(rooms)
        self.pages = [room.make(session) for room in self.rooms]
        self._past: list[tuple[int, str]] = []
        self._future: list[tuple[int, str]] = []
        self.rail = RowsView("Pages")
        self.rail.setObjectName("rail")
        self._show_rail(is_wide=True)
        self.stack = QStackedWidget()
        for page in self.pages:
            self.stack.addWidget(page)
            self._listen(page)
        self.saved, self.about = _quiet("Last save"), _quiet("Inspection")
        self.handed_over = _quiet("Handed over")
        self.message = _quiet("Message")
        self.notices = NoticeBar()
        self.escalations = EscalationWatch(self, session)
        self.escalations.record_requested.connect(self.show_record)
        self._began_from = ""
        self.projector = Projector(self)
        self.projector.switched.connect(self._on_projecting)
        self.keeper = Keeper(self, session)
        self.handing_over = HandingOver(self, session)
        self.handing_over.moved.connect(self._show_handed_over)
        for page in self.pages:
            page.watch(self.handing_over)
        self._standing: list[str] = []
        self._news: list[str] = []
        self.keeper.noticed.connect(
            lambda told: self.notices.tell([*self._standing, *told, *self._news])
        )
        self.notices.read.connect(self._on_read)
        self.keeper.failed.connect(self.say)
        self._lay_out()
        self.rail.row_changed.connect(self._on_rail)
        session.bus.changed.connect(self._on_changed)
        self._ask_headline()
        self._ask_standing()
        self.show_room(self.rooms[0].name)
        self.keeper.look()

    @property
    def page(self) -> Page:
        """The page on screen."""
        return self.pages[self.stack.currentIndex()]

    @property
    def recent(self) -> list[str]:
        """The records shown last, the latest first, each once."""
        return list(dict.fromkeys(record for _room, record in reversed(self._past)))

    def show_room(self, name: str) -> None:
        """Show a page by its name on the rail."""
        index = [room.name for room in self.rooms].index(name)
        if index != self.stack.currentIndex():
            self.page.save_now()
            self.stack.setCurrentIndex(index)
        self.rail.make_current(name, quietly=True)
        self.projector.refresh()
        (self.projector.view if self.projector.is_on else self.page).setFocus()

    def show_record(self, record: str, words: str = "") -> None:
        """Show a record on the page it belongs to, at its words, and remember where one was."""
        self.session.ask(self, lambda view: view.records.get(record)).start(
            lambda held: self._show_kind(held.kind, record, words),
            lambda problem: self.say(problem.sentence),
        )

    def begin(self, kind: str) -> None:
        """Begin a record of a kind on the page it belongs to; that page can lead back here."""
        found = next((one for one in self.rooms if kind in one.kinds), None)
        if found is not None:
            here = self.rooms[self.stack.currentIndex()].name
            self._began_from = here if here != found.name else self._began_from
            self.show_room(found.name)
            self.page.begin(kind)

    def jot(self) -> None:
        """Open the small window for words caught in passing, or go to the one that is open."""
        from app.ui.workflows.jotting import JottingDialog

        if self._jotting is None or self._jotting.is_closed:
            if self._jotting is not None:
                self._jotting.deleteLater()
            self._jotting = JottingDialog(self, self.session)
            self._jotting.said.connect(self.say)
            self._jotting.record_requested.connect(self.show_record)
        self._jotting.show()
        self._jotting.activateWindow()

    def export_list(self) -> None:
        """Write the list of the page on screen to a file."""
        from app.ui.exporting import export_list

        export_list(self.page)

    def go_back(self) -> None:
        """Show again what was shown before."""
        if len(self._past) > 1:
            self._future.append(self._past.pop())
            self._revisit(self._past[-1])

    def go_forward(self) -> None:
        """Show again what was left by going back."""
        if self._future:
            self._past.append(self._future.pop())
            self._revisit(self._past[-1])

    def return_to(self, place: LastPlace) -> None:
        """Show the room and record that were shown when the inspection was locked."""
        if place.room in {room.name for room in self.rooms}:
            self.show_room(place.room)
            if place.record:
                self.page.show_record(place.record)

    def next_pane(self) -> None:
        """Move the focus from rail to page and on through its panes."""
        walked = (self.rail, self.projector.view.rows, *self.page.panes())
        panes = [pane for pane in walked if pane.isVisible()]
        focused = self.focusWidget()
        here = next(
            (n for n, pane in enumerate(panes) if focused and pane.isAncestorOf(focused)),
            next((n for n, pane in enumerate(panes) if pane is focused), -1),
        )
        if panes:
            panes[(here + 1) % len(panes)].setFocus(Qt.FocusReason.TabFocusReason)

    def say(self, sentence: str) -> None:
        """Say a sentence in the status line, also to a screen reader."""
        if self.projector.is_on:
            return  # it may name somebody, and a room reads it
        self.message.setText(sentence)
        self.message.setToolTip(sentence)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.message, sentence))

    def close_frame(self) -> None:
        """Save what is on screen and close every page. Closing twice does nothing."""
        if self.is_closed:
            return
        if self._jotting is not None and not self._jotting.is_closed:
            self._jotting.accept()
        for page in self.pages:
            page.close_page()
        self.keeper.close_keeper()
        self.escalations.close_watch()
        self.projector.close_projector()
        self.handing_over.close_quietly()
        self.is_closed = True
        self.session.bus.changed.disconnect(self._on_changed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the rail to its signs where the words would get too little room."""
        super().resizeEvent(event)
        self._fold()

    def set_quiet(self, *, is_quiet: bool) -> None:
        """Leave only the page, for interview mode, or bring rail and status line back."""
        self._is_quiet = is_quiet
        self.status.setVisible(not is_quiet)
        self._fold()

    def _fold(self) -> None:
        letter = self.fontMetrics().horizontalAdvance("m")
        is_wide = self.width() > self.fontMetrics().averageCharWidth() * _NEEDS_RAIL
        self.rail.setFixedWidth(letter * (_RAIL_WIDTH if is_wide else _FOLDED_WIDTH))
        self._show_rail(is_wide=is_wide)
        self.rail.setVisible(not self._is_quiet)
        usual = 2.5 * self.fontMetrics().height() * len(self.rooms)
        self.rail.set_tight(is_tight=usual > self.height() - self.status.height())

    def _show_rail(self, *, is_wide: bool) -> None:
        """Show the rooms by sign and name, or folded by sign alone; both are said by name."""
        self.rail.show_rows(
            [
                Row(
                    one.name,
                    one.name if is_wide else "",
                    icon=f"rooms/{one.name.lower()}",
                    spoken=one.name,
                )
                for one in self.rooms
            ]
        )

    def _lay_out(self) -> None:
        self.status.setProperty("role", "status")
        line = QHBoxLayout(self.status)
        unit = self.fontMetrics().height() // 2
        line.setContentsMargins(2 * unit, unit // 2, 2 * unit, unit // 2)
        line.addWidget(self.escalations.line, 2)
        line.addWidget(self.saved)
        line.addWidget(self.handed_over)
        line.addWidget(self.message, 1)
        line.addWidget(self.about)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(self.stack, 1)
        middle.addWidget(self.projector.view, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notices)
        column.addLayout(middle, 1)
        column.addWidget(self.status)

    def _listen(self, page: Page) -> None:
        page.said.connect(self.say)
        page.kept.connect(self._on_kept)
        page.failed.connect(self.say)
        page.record_requested.connect(self.show_record)
        page.place_requested.connect(self._show_place)
        page.room_requested.connect(self.show_room)
        page.back_requested.connect(self._return)
        page.day_closed.connect(self._on_day_closed)

    def _on_rail(self, name: str) -> None:
        if name and name != self.rooms[self.stack.currentIndex()].name:
            self.show_room(name)
            self.rail.setFocus()

    def _show_place(self, room: str, record: str) -> None:
        self._go(next(at for at, one in enumerate(self.rooms) if one.name == room), record)

    def _show_kind(self, kind: str, record: str, words: str) -> None:
        index = next((n for n, room in enumerate(self.rooms) if kind in room.kinds), None)
        if index is None:
            self.say("There is no page for that yet.")
        else:
            self._go(index, record, words)

    def _go(self, index: int, record: str, words: str = "") -> None:
        self._past = [*self._past, (index, record)][-_MOST_HISTORY:]
        self._future.clear()
        self._revisit((index, record), words)

    def _revisit(self, place: tuple[int, str], words: str = "") -> None:
        index, record = place
        self.show_room(self.rooms[index].name)
        if words:
            self.page.show_found(record, words)
        else:
            self.page.show_record(record)

    def _on_projecting(self, is_on: bool) -> None:  # noqa: FBT001 - a signal's argument
        """Say that a room is shown the page; what may name somebody goes while it is."""
        self.message.clear()
        self.handed_over.setVisible(not is_on)
        self.notices.setMaximumHeight(0 if is_on else _NO_LIMIT)
        if is_on:
            self.about.setText(_BEFORE_A_ROOM)
        else:
            self._ask_headline()

    def _return(self) -> None:
        if self._began_from:
            self.show_room(self._began_from)

    def _on_day_closed(self) -> None:
        self.say(" ".join(part for part in ("Finished.", self.escalations.still_open) if part))

    def _on_changed(self, changes: Changes) -> None:
        if changes.records:
            self._on_kept()
            self.message.clear()
        if changes.touch("inspection"):
            self._ask_headline()
        if changes.touch("closure"):
            self._ask_standing()

    def _ask_headline(self) -> None:
        from app.operations.overview import headline

        self.session.ask(self, headline).start(self._show_headline)

    def _ask_standing(self) -> None:
        from app.operations.closing import closing

        self.session.ask(self, closing).start(self._show_standing)

    def _on_kept(self) -> None:
        # Said only after the answer came: by now it is on disk.
        self.saved.setText(f"saved {self.session.inspection.clock.now().astimezone():%H:%M:%S}")

    def _show_handed_over(self) -> None:
        from app.operations.sync.news import team_news
        from app.ui.handing_over import status_sentence

        self.handed_over.setText(status_sentence(self.handing_over.states))
        inspection = self.session.inspection
        self.session.runner.run(self, lambda: team_news(inspection), self._show_news)

    def _show_news(self, news: list[str]) -> None:
        # Read ones stay in the list: the bar counts what was read.
        self._news += [one for one in news if one not in self._news]
        self.keeper.look()

    def _on_read(self) -> None:
        from app.operations.sync.news import note_team_news

        if self._news:
            inspection = self.session.inspection
            self.session.runner.run(self, lambda: note_team_news(inspection))

    def _show_standing(self, closed: Closing | None) -> None:
        from app.domain.dates import long_date

        self._standing = []
        if closed is not None:
            can = (
                "It can be read, and documents written of it. To write in it again: Care, Reopen "
                "with a reason"
            )
            self._standing = [f"This inspection was closed on {long_date(closed.at)}. {can}"]
        self.keeper.look()

    def _show_headline(self, shown: Headline) -> None:
        if self.projector.is_on:
            return
        parts = (shown.area, shown.marking)
        self.about.setText(" · ".join(part for part in parts if part))
        self.title_changed.emit("Siteweek")


def _quiet(name: str) -> QLabel:
    made = QLabel()
    made.setProperty("role", "meta")
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setAccessibleName(name)
    return made

"""The plan page: one question for the whole plan, and a part of it at a time on screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout

from app.operations.plan import PlanSheet, plan_sheet
from app.ui.page import Page
from app.ui.pages.plan.actions import PARTS, PlanActions
from app.ui.pages.plan.calendar_dialog import ask_for_calendar
from app.ui.pages.plan.children_desk import ChildrenDesk
from app.ui.pages.plan.dates_part import DatesPart
from app.ui.pages.plan.days_desk import DaysDesk
from app.ui.pages.plan.parties_part import PartiesPart
from app.ui.pages.plan.requests_part import RequestsPart
from app.ui.pages.plan.team_part import TeamPart
from app.ui.widgets.dropping import FileDrop
from app.ui.widgets.labels import label

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from app.errors import SiteweekError
    from app.ui.exporting import Listed
    from app.ui.pages.plan.part import Part
    from app.ui.session import Session

_TITLES: Final = {
    "days": "Days",
    "children": "Children",
    "requests": "Requests",
    "team": "Team",
    "parties": "Agencies and codes",
    "dates": "Dates",
}
_LEAVE_TABS: Final = "Left and right change the part; Alt+1 to Alt+6 go to one."


class PlanPage(Page):
    """Where the weeks are planned, before the site week and through it."""

    title = "Plan"
    kinds = frozenset(
        {"slot", "candidate", "information_request", "person", "inspectorate", "inspection"}
        | {"child", "agency", "letter", "subgroup_task", "task_point", "tracked_child"}
    )

    def __init__(self, session: Session) -> None:
        """Show the days; the plan is asked for when the page is first seen."""
        super().__init__(session)
        self.offered = PlanActions(self)
        self.days = DaysDesk(self)
        self.children_desk = ChildrenDesk(self)
        self.requests = RequestsPart(self)
        self.team = TeamPart(self)
        self.parties = PartiesPart(self)
        self.dates = DatesPart(self)
        self.parts: dict[str, Part] = {
            "days": self.days,
            "children": self.children_desk,
            "requests": self.requests,
            "team": self.team,
            "parties": self.parties,
            "dates": self.dates,
        }
        self.today = label("", "meta")
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("Parts of the plan")
        self.tabs.setAccessibleDescription(_LEAVE_TABS)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.content = QStackedWidget()
        for name in PARTS:
            self.tabs.addTab(_TITLES[name])
            self.content.addWidget(self.parts[name].view)
        unit = self.fontMetrics().height()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, unit // 2, 0, 0)
        self.today.setContentsMargins(unit, 0, unit, 0)
        layout.addWidget(self.today)
        layout.addWidget(self.tabs)
        layout.addWidget(self.content, 1)
        self.sheet = PlanSheet()
        self._wanted = ""  # a record to show once the plan is there
        self._asked = 0
        self._is_stale = True
        self._connect()

    @property
    def part(self) -> Part:
        """The part on screen."""
        return self.parts[PARTS[self.tabs.currentIndex()]]

    def reload(self) -> None:
        """Ask for the plan again."""
        self._asked += 1
        ticket = self._asked
        self.session.ask(self, plan_sheet).start(
            lambda sheet: self._show(ticket, sheet), self.refuse
        )

    def show_record(self, record: str) -> None:
        """Show a slot, a child of the long list, a request or an inspector."""
        self._wanted = record
        self.reload()

    def show_part(self, name: str) -> None:
        """Show a part and go to it."""
        self.tabs.setCurrentIndex(PARTS.index(name))
        self.part.view.setFocus()

    def to_export(self) -> Sequence[Listed]:
        """Return the lists of the part on screen, then those of the others."""
        others = [one for one in self.parts.values() if one is not self.part]
        return [listed for part in (self.part, *others) for listed in part.listed()]

    def panes(self) -> list[QWidget]:
        """Return the parts' names and what F6 walks in the one on screen."""
        return [self.tabs, *self.part.panes()]

    def save_now(self) -> None:
        """Save what was typed in any part."""
        for one in self.parts.values():
            one.save_now()

    def keep_now(self) -> None:
        """Keep what was typed in any part as drafts."""
        for one in self.parts.values():
            one.keep_now()

    def refuse(self, problem: SiteweekError) -> None:
        """Say why something was not done."""
        self.failed.emit(problem.sentence)

    def _connect(self) -> None:
        offered = self.offered
        self.tabs.currentChanged.connect(self._on_tab)
        # Whichever part is on screen then, not now.
        offered.new.triggered.connect(lambda _on=False: self.part.begin_new())
        offered.act.triggered.connect(lambda _on=False: self.part.act())
        offered.set_aside.triggered.connect(lambda _on=False: self.part.set_aside())
        offered.chase.triggered.connect(self._on_chase)
        offered.take_in.triggered.connect(self._on_take_in)
        offered.calendar.triggered.connect(lambda _on=False: ask_for_calendar(self))
        offered.filter.triggered.connect(self._on_filter)
        for name, action in zip(PARTS, offered.parts, strict=True):
            action.triggered.connect(lambda _on=False, name=name: self.show_part(name))
        self.setFocusProxy(self.days.view)
        FileDrop(self, {".xlsx", ".ods", ".csv"}).dropped.connect(self._on_dropped)

    def _show(self, ticket: int, sheet: PlanSheet) -> None:
        if ticket != self._asked:
            return
        self.sheet = sheet
        self.today.setText(sheet.today)
        for one in self.parts.values():
            one.show_sheet(sheet)
        if self._wanted:
            wanted, self._wanted = self._wanted, ""
            shown = next((name for name in PARTS if self.parts[name].show_record(wanted)), "")
            if shown:
                self.show_part(shown)

    def _on_tab(self, at: int) -> None:
        for one in self.parts.values():
            one.save_now()
        self.content.setCurrentIndex(at)
        self.setFocusProxy(self.part.view)

    def _on_chase(self) -> None:
        self.show_part("requests")
        self.requests.chase()

    def _on_take_in(self) -> None:
        self.show_part("children")
        self.children_desk.pick()

    def _on_dropped(self, path: Path) -> None:
        self.show_part("children")
        self.children_desk.read(path)

    def _on_filter(self) -> None:
        self.show_part("children")
        self.children_desk.view.filter.setFocus()

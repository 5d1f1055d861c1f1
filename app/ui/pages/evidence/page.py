"""The evidence page: one part of it at a time, asked for off-thread and only while it is seen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout

from app.domain.kinds.registry import NOTE_KINDS
from app.operations.agenda import TaskIdea, make_task
from app.operations.evidence_links import state_on
from app.operations.findings import FindingRow, link_evidence, list_findings
from app.ui.page import Page
from app.ui.pages.evidence.actions import PARTS, TITLES, EvidenceActions
from app.ui.pages.evidence.coverage_part import CoveragePart
from app.ui.pages.evidence.finding_picker import FindingPicker
from app.ui.pages.evidence.projected import coverage_shown
from app.ui.pages.evidence.sides_part import SidesPart
from app.ui.pages.evidence.words_part import WordsPart
from app.ui.widgets.one_line import OneLine
from app.ui.widgets.rows import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from app.errors import SiteweekError
    from app.ui.exporting import Listed
    from app.ui.pages.evidence.part import Part
    from app.ui.projecting.shown import Shower
    from app.ui.session import Session


class EvidencePage(Page):
    """All evidence: its words, who it covers, and what stands on both sides."""

    title = "Evidence"
    kinds = NOTE_KINDS | {"code", "paragraph", "evidence", "finding", "agency", "child", "person"}

    def __init__(self, session: Session) -> None:
        """Show the words; they are asked for when the page is first seen."""
        super().__init__(session)
        self.offered = EvidenceActions(self)
        self.words = WordsPart(self)
        self.coverage = CoveragePart(self)
        self.sides = SidesPart(self)
        self.parts: dict[str, Part] = {
            "words": self.words,
            "coverage": self.coverage,
            "sides": self.sides,
        }
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("Parts of the evidence")
        self.tabs.setAccessibleDescription(
            "Left and right change the part; Alt+1 to Alt+3 go to one."
        )
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.content = QStackedWidget()
        for name in PARTS:
            self.tabs.addTab(TITLES[name])
            self.content.addWidget(self.parts[name].view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, self.fontMetrics().height() // 2, 0, 0)
        layout.addWidget(self.tabs)
        layout.addWidget(self.content, 1)
        self._is_asking = self._is_outdated = False
        self._is_stale = True
        self._connect()

    @property
    def name(self) -> str:
        """The name of the part on screen."""
        return PARTS[self.tabs.currentIndex()]

    @property
    def part(self) -> Part:
        """The part on screen."""
        return self.parts[self.name]

    @property
    def shown_record(self) -> str:
        """The words that are current."""
        return self.words.view.list.current_key

    def reload(self) -> None:
        """Ask for the part on screen again; while that is under way, once more after it."""
        if self._is_asking:
            self._is_outdated = True
            return
        self._is_asking, self._is_outdated = True, False
        part = self.part

        def show(answer: Any) -> None:  # noqa: ANN401 - the part knows its own
            self._is_asking = False
            part.show_answer(answer)
            self.allow()
            if self._is_outdated:
                self.reload()

        def refuse(problem: SiteweekError) -> None:
            self._is_asking = False
            self.refuse(problem)

        self.session.ask(self, part.question()).start(show, refuse)

    def show_record(self, record: str) -> None:
        """Make words current, by their code or their paragraph."""
        self.words.show_wanted(record)
        self.show_part("words")

    def show_part(self, name: str) -> None:
        """Show a part and go to it."""
        at = PARTS.index(name)
        if at == self.tabs.currentIndex():
            self.reload()
        else:
            self.tabs.setCurrentIndex(at)
        self.part.view.setFocus()

    def to_project(self) -> Shower | None:
        """Return what a whole room may see: how far the criteria are covered, and no words."""
        return coverage_shown if self.name == "coverage" else None

    def to_export(self) -> Sequence[Listed]:
        """Return what the part on screen shows."""
        return [self.part.listed()]

    def panes(self) -> list[QWidget]:
        """Return the parts' names and what F6 walks in the one on screen."""
        return [one for one in (self.tabs, *self.part.panes()) if one.isVisibleTo(self)]

    def refuse(self, problem: SiteweekError) -> None:
        """Say why something was not done."""
        self.failed.emit(problem.sentence)

    def allow(self) -> None:
        """Enable what can be done with what is on screen."""
        part = self.part
        self.offered.allow(self.name, has_quote=bool(part.quote[0]), has_gap=part.has_gap)

    def put_on_finding(self) -> None:
        """Ask on which finding the current words are to be put, and on which side."""
        paragraph, code = self.part.quote
        if not paragraph:
            return

        def offer(question: tuple[str, list[FindingRow]]) -> None:
            words, findings = question
            rows = [
                Row(
                    one.id,
                    one.statement,
                    one.status,
                    badge=f"{one.evidence_for} for · {one.evidence_against} against",
                )
                for one in findings
                if one.status != "dropped"
            ]
            picker = FindingPicker(self, words, rows)
            picker.chosen.connect(lambda finding, side: self._link(finding, paragraph, side, code))
            picker.stated.connect(lambda words, side: self._state(words, paragraph, side, code))
            picker.open()

        self.session.ask(
            self,
            lambda view: (
                view.records.get(code).text("quote")
                if code
                else view.records.get(paragraph).text("text"),
                list_findings(view),
            ),
        ).start(offer, self.refuse)

    def ask_for_task(self, idea: TaskIdea, why: str) -> None:
        """Offer the task that would fill a gap; its words can be changed before it is made."""
        asked = OneLine(self, "Make a task", why, idea.aspect, button="Make the task")

        def make(aspect: str) -> None:
            self.session.do(self, make_task, replace(idea, aspect=aspect)).start(
                lambda _changes: self.said.emit("The task is made, for today. Ctrl+4 shows it."),
                self.refuse,
            )

        asked.given.connect(make)
        asked.open()

    def _link(self, finding: str, paragraph: str, side: str, code: str) -> None:
        self.session.do(self, link_evidence, finding, paragraph, side, code).start(
            lambda _changes: self.said.emit(f"Put on the finding, {side}."), self.refuse
        )

    def _state(self, statement: str, paragraph: str, side: str, code: str) -> None:
        self.session.do(self, state_on, statement, paragraph, side, code).start(
            lambda _changes: self.said.emit(f"Finding stated, with these words {side} it."),
            self.refuse,
        )

    def _connect(self) -> None:
        offered, words = self.offered, self.words
        self.setFocusProxy(words.view)
        self.tabs.currentChanged.connect(self._on_tab)
        for name, action in zip(PARTS, offered.parts, strict=True):
            action.triggered.connect(lambda _on=False, name=name: self.show_part(name))
        offered.filter.triggered.connect(lambda _on=False: words.view.filter.setFocus())
        offered.narrow.triggered.connect(lambda _on=False: words.narrow())
        offered.all.triggered.connect(lambda _on=False: words.show_all())
        offered.uncoded.triggered.connect(lambda _on=False: words.toggle_uncoded())
        offered.order.triggered.connect(lambda _on=False: words.choose_order())
        offered.save.triggered.connect(lambda _on=False: words.save())
        offered.put.triggered.connect(lambda _on=False: self.put_on_finding())
        offered.fill.triggered.connect(lambda _on=False: self.part.fill())
        words.view.put.clicked.connect(lambda _on=False: self.put_on_finding())
        self.allow()

    def _on_tab(self, at: int) -> None:
        self.content.setCurrentIndex(at)
        self.setFocusProxy(self.part.view)
        self.allow()
        self.reload()

"""The feedback page: the running order, its words, and what was really said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from app.operations import records
from app.operations.briefs import add_point, begin_brief, brief_content, change_point
from app.operations.findings import left_out
from app.operations.letters import rest_on
from app.operations.notes import keep_draft
from app.operations.reconciling import comparison
from app.operations.sheets import brief_sheet, point_sheet
from app.operations.tables.feedback import compared_table, running_order_table
from app.operations.wording import keep_words, save_point, save_said
from app.ui.exporting import Listed
from app.ui.page import Page
from app.ui.pages.brief.actions import PARTS, BriefActions
from app.ui.pages.brief.before_desk import BeforeDesk
from app.ui.pages.brief.body import Body
from app.ui.pages.brief.compare_desk import CompareDesk
from app.ui.pages.brief.compare_model import COMPARED
from app.ui.pages.brief.meeting import MeetingDesk
from app.ui.pages.brief.model import is_to_read, neighbours, script_of, section_for
from app.ui.pages.brief.rehearsing import Rehearsing
from app.ui.pages.brief.view import BriefView
from app.ui.pages.findings.choosing import choose_finding

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QWidget

    from app.domain.changes import Changes
    from app.domain.packs import BriefLayout
    from app.domain.revisions import Json
    from app.errors import SiteweekError
    from app.operations.findings import FindingRow
    from app.operations.reconciling import Comparison
    from app.operations.sheets import BriefSheet, PointSheet
    from app.operations.view import View
    from app.ui.session import Session

Answer = tuple["BriefSheet", "PointSheet | None", "Comparison"]


class BriefPage(Page):
    """Verbal feedback: points in the order they are spoken."""

    title = "Feedback"
    kinds = frozenset(
        {"brief", "brief_point", "basis", "evidence", "finding", "paragraph", "person"}
        | {"inspection", "letter_block", "reconciliation"}
    )
    quiet_requested = Signal(bool)  # one point at a time: nothing else is on the screen

    def __init__(self, session: Session) -> None:
        """Show the running order; no point is chosen yet."""
        super().__init__(session)
        self.view = BriefView()
        self.offered = BriefActions(self)
        self.meeting = MeetingDesk(self)
        self.rehearsing = Rehearsing(self)
        self.compare = CompareDesk(self)
        self.before = BeforeDesk(self)
        self.body = Body(self.view, self.meeting.view, self.compare.view, self.before.view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.body)
        layout.addWidget(self.rehearsing.view)
        self._current = ""
        self._shown = ""
        self._sought = ("", "")  # words to go to once their point is shown
        self._asked = 0
        self._sheet: BriefSheet | None = None
        self._connect()
        self.reload()

    def reload(self) -> None:
        """Ask for the running order and the chosen point again."""
        self._asked += 1
        ticket, current = self._asked, self._current
        is_point = current and not is_to_read(current)

        def question(view: View) -> Answer:
            point = point_sheet(view, current) if is_point else None
            return brief_sheet(view), point, comparison(view)

        self.session.ask(self, question).start(
            lambda answer: self._show(ticket, answer), self.refuse
        )

    def show_record(self, record: str) -> None:
        """Show a point; or, where its key says so, what was said against what is written."""
        if record.startswith(COMPARED):
            self.compare.show_pair(record.removeprefix(COMPARED))
        else:
            self.body.show_part("order")
            self._choose(record)

    def show_words(self, record: str, words: str, _start: int = 0) -> None:
        """Show words where they are written: in a point, or in what is known of the meeting."""
        self.show_found(record, words)

    def show_found(self, record: str, words: str) -> None:
        """Show a point and go to words of it; or the meeting they were said of."""
        if self._sheet is not None and record == self._sheet.meeting.id:
            self.body.go_to("meeting")
            return
        self.body.show_part("order")
        self._sought = (record, words)
        if self._shown == record:
            self._seek()
        else:
            self._choose(record)

    def to_export(self) -> Sequence[Listed]:
        """Return the running order and the comparison, what is on screen first."""
        order = Listed("Running order", lambda view: running_order_table(brief_content(view)))
        compared = Listed("Said and written", lambda view: compared_table(comparison(view)))
        is_compared = self.compare.view.isVisibleTo(self)
        return [compared, order] if is_compared else [order, compared]

    def panes(self) -> list[QWidget]:
        """Return the panes that F6 walks."""
        if self.rehearsing.is_on:
            return [self.rehearsing.view]
        view = self.view
        panes: list[QWidget] = [self.body.tabs, view.order, view.point, view.script]
        panes += [*self.meeting.panes(), *self.compare.panes(), *self.before.panes()]
        return [one for one in panes if one.isVisibleTo(self)]

    def save_now(self) -> None:
        """Save words that were changed."""
        self.rehearsing.keep_now()
        self.compare.keep_now()
        self.before.keep_now()
        self.meeting.form.save()
        point = self.view.point
        if self._shown and point.words.is_changed:
            self._save(point.words.words)
        if self._shown and point.as_said.is_changed:
            self._say("reworded")

    def keep_now(self) -> None:
        """Keep words that were changed, both at once: a point has one draft."""
        self.rehearsing.keep_now()
        self.compare.keep_now()
        self.before.keep_now()
        self.meeting.form.keep()
        point = self.view.point
        boxes = {"text": point.words, "said_text": point.as_said}
        words = {field: box.words for field, box in boxes.items() if box.is_changed}
        if self._shown and words:
            self.session.do(self, keep_draft, self._shown, "brief_point", words).start()

    def close_page(self) -> None:
        """Give the screen back, then close as every page does."""
        self.rehearsing.end()
        super().close_page()

    def refuse(self, problem: SiteweekError) -> None:
        """Say why something was not done."""
        self.view.point.show_remark(problem.sentence)
        self.failed.emit(problem.sentence)

    @property
    def shown_record(self) -> str:
        """The point on screen."""
        return self._shown

    def new_point(self) -> None:
        """Choose the finding a new point is about, or write the point."""
        if self._sheet is None:
            return
        choose_finding(
            self,
            "New point",
            lambda one: self._add(one.statement, one.id, one.type),
            self.refuse,
            typed=lambda words: self._add(words, "", ""),
        )

    def rest(self) -> None:
        """Choose a finding that the point rests on."""
        if self._sheet is None or not self._shown:
            return
        point = self._shown

        def rest(finding: FindingRow) -> None:
            self.session.do(self, rest_on, point, finding.id).start(failed=self.refuse)

        choose_finding(self, "Rest this point on", rest, self.refuse)

    def _connect(self) -> None:
        view, point, offered = self.view, self.view.point, self.offered
        view.order.row_changed.connect(self._choose)
        view.order.let_rows_move()
        view.order.row_dropped.connect(self._drop)
        view.order.row_chosen.connect(lambda _key: point.words.setFocus())
        self.body.new.clicked.connect(self.new_point)
        self.body.write.clicked.connect(lambda _on=False: self.before.release())
        self.body.rehearse.clicked.connect(self._rehearse)
        view.begin.clicked.connect(self._begin)
        point.words.paused.connect(lambda words: self._keep("text", words))
        point.words.left.connect(self._save)
        point.as_said.paused.connect(lambda words: self._keep("said_text", words))
        point.as_said.left.connect(lambda _words: self._say("reworded"))
        point.speaker_chosen.connect(lambda one: self._change({"speaker": one or None}))
        point.section_chosen.connect(lambda one: self._change({"section": one}))
        point.seconds_changed.connect(lambda one: self._change({"seconds": one or None}))
        point.how_chosen.connect(self._say)
        point.under.record_requested.connect(self.record_requested)
        offered.new.triggered.connect(self.new_point)
        offered.begin.triggered.connect(self._begin)
        offered.rest.triggered.connect(self.rest)
        offered.write.triggered.connect(lambda _on=False: self.before.release())
        offered.write_compared.triggered.connect(self.compare.write)
        offered.looked_at.triggered.connect(lambda _on=False: self.before.answer_or_go())
        offered.show_words.triggered.connect(lambda _on=False: self.before.show_or_say())
        self.body.tabs.currentChanged.connect(lambda _at: self.before.catch_up())
        offered.next.triggered.connect(self.compare.next_open)
        offered.rehearse.triggered.connect(self._rehearse)
        offered.speak.triggered.connect(self._speak)
        self.meeting.form_view.speak.clicked.connect(self._speak)
        for name, one in zip(PARTS, offered.parts, strict=True):
            one.triggered.connect(lambda _on, name=name: self.body.go_to(name))
        offered.up.triggered.connect(lambda: self._move(-1))
        offered.down.triggered.connect(lambda: self._move(1))

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while another page was on screen."""
        super().showEvent(event)
        self.before.catch_up()

    def _on_changed(self, changes: Changes) -> None:
        super()._on_changed(changes)
        self.before.on_changed(changes)

    # What is shown.

    def _show(self, ticket: int, answer: Answer) -> None:
        if ticket != self._asked:
            return
        self._sheet, sheet, compared = answer
        content = self._sheet.content
        self.rehearsing.show_sheet(self._sheet)
        self.meeting.show_sheet(self._sheet)
        self.compare.show_found(compared)
        self.view.show_order(content)
        self.view.order.make_current(self._current, quietly=True)
        points = {one.id: one for section in content.sections for one in section.points}
        view = self.view
        if sheet is not None and self._current in points:
            is_same = self._shown == self._current
            if not is_same:
                self.save_now()  # words typed since the other point was chosen
            self._shown = self._current
            view.point.show_point(sheet, self._sheet, points[self._current], is_same=is_same)
            view.show_point_pane()
            self._seek()
        elif is_to_read(self._current):
            self._shown = ""
            view.show_script(script_of(content, self._current))
        else:
            self._shown = ""
            view.show_nothing()
        before, after = neighbours(content, self._current)
        self.body.allow(has_points=bool(points))
        if self.rehearsing.is_on:
            return  # no key of the page works before it is back
        self.offered.allow(
            has_points=bool(points),
            is_point=bool(self._shown),
            may_move=(bool(before), bool(after)),
        )

    def _seek(self) -> None:
        """Go to the words that were asked for, once: what comes later moves no caret."""
        point, words = self._sought
        if point and point == self._shown:
            self._sought = ("", "")
            self.view.point.select(words)

    def _choose(self, key: str) -> None:
        if key != self._current:
            self.save_now()
            self._current = key
            self.reload()

    # What changes it.

    def _keep(self, field: str, words: str) -> None:
        if self._shown and not self.is_closed:
            self.session.do(self, keep_words, self._shown, "brief_point", field, words).start()

    def _save(self, words: str) -> None:
        point = self._shown

        def saved(_changes: Changes) -> None:
            if point == self._shown:
                self.view.point.words.mark_saved(words)

        if point and not self.is_closed:
            self.session.do(self, save_point, point, words).start(saved, self.refuse)

    def _say(self, how: str) -> None:
        point, words = self._shown, self.view.point.as_said.words

        def saved(_changes: Changes) -> None:
            if point == self._shown:
                self.view.point.as_said.mark_saved(words)
                self.view.point.show_remark("")
                self.reload()

        if point and not self.is_closed:
            self.session.do(self, save_said, point, how, words).start(saved, self.refuse)

    def _change(self, fields: Mapping[str, Json]) -> None:
        if self._shown:
            self.session.do(self, change_point, self._shown, fields).start(failed=self.refuse)

    def _move(self, by: int) -> None:
        if self._sheet is None:
            return
        before, after = neighbours(self._sheet.content, self._current)
        # Up is the same as the point before going down: one verb, and nothing in between.
        moved, behind = (before, self._current) if by < 0 else (self._current, after)
        if moved and behind:
            self.session.do(self, records.move, moved, behind).start(failed=self.refuse)

    def _drop(self, point: str, other: str, behind: bool) -> None:  # noqa: FBT001 - a signal's
        sections = self._sheet.content.sections if self._sheet is not None else ()
        ids = ([one.id for one in section.points] for section in sections)
        if any(point in one and other in one for one in ids):
            self.session.do(self, records.move_beside, point, other, behind=behind).start(
                failed=self.refuse
            )
        else:
            self.said.emit("A point moves within its section. Its section is a field beside it.")

    def _begin(self) -> None:
        layout = self._sheet.layout if self._sheet is not None else None
        if layout is None:
            self.failed.emit("The inspection names no brief layout. Ctrl+N adds a point.")
        else:
            self.session.do(self, begin_brief, layout).start(
                lambda _changes: self._say_left_out(layout), self.refuse
            )

    def _say_left_out(self, layout: BriefLayout) -> None:
        self.session.ask(self, left_out, layout).start(self.said.emit, self.refuse)

    def _add(self, words: str, finding: str, finding_type: str) -> None:
        if self._sheet is None:
            return
        section = section_for(self._sheet, finding_type, self._current)
        self.session.do(self, add_point, section, words, finding).start(
            lambda changes: self._choose(changes.made), self.refuse
        )

    def _rehearse(self) -> None:
        self.rehearsing.begin(self._current, is_meeting=False)

    def _speak(self) -> None:
        self.rehearsing.begin(self._current, is_meeting=True)

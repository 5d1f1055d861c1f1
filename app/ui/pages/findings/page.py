"""The findings page: hands what a person wants to the verbs and shows what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from app.errors import InvalidInputError
from app.operations import records
from app.operations.findings import (
    REASON_FROM,
    add_finding,
    move_finding_on,
    take_stance,
)
from app.operations.last_place import Unfinished, keep_unfinished
from app.operations.notes import drop_draft
from app.operations.sheets import FindingSheet, FindingsSheet, finding_sheet, findings_sheet
from app.operations.tables.findings import findings_table
from app.operations.wording import change_type, keep_words, save_statement
from app.ui.exporting import Listed
from app.ui.page import Page
from app.ui.pages.findings.actions import FindingsActions
from app.ui.pages.findings.board import Board
from app.ui.pages.findings.evidence import FindingEvidence
from app.ui.pages.findings.model import STATUS, criteria_in, finding_rows
from app.ui.pages.findings.view import FindingsView

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from app.domain.changes import Changes
    from app.domain.revisions import Json
    from app.errors import SiteweekError
    from app.operations.view import View
    from app.ui.session import Session

Answer = tuple[FindingsSheet, FindingSheet | None]


class FindingsPage(Page):
    """Findings, one at a time, each with what is for and against it."""

    title = "Findings"
    kinds = frozenset(
        {"finding", "finding_step", "evidence", "stance", "paragraph", "inspectorate", "person"}
        | {"inspection"}
    )

    def __init__(self, session: Session) -> None:
        """Show the list; no finding is chosen yet."""
        super().__init__(session)
        self.view = FindingsView()
        self.offered = FindingsActions(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self._chosen = ""  # the finding chosen in the list; it is on screen a moment later
        self.current = ""  # the finding on screen: all that is changed is changed in this one
        self._is_new = False
        self._is_adding = False
        self._new_words = ""
        self._asked = 0
        self.sheets: Answer = (FindingsSheet((), ()), None)
        self._again: Callable[[str], None] | None = None  # what waits for a reason
        self._evidence = FindingEvidence(self)
        self.board = Board(self)
        self._connect()
        self.reload()

    def reload(self) -> None:
        """Ask for the list and the chosen finding again."""
        self._asked += 1
        ticket, current = self._asked, self._chosen

        def question(view: View) -> Answer:
            return findings_sheet(view), finding_sheet(view, current) if current else None

        self.session.ask(self, question).start(
            lambda answer: self._show(ticket, answer), self._forget
        )

    def show_record(self, record: str) -> None:
        """Show a finding."""
        self._choose(record)

    def panes(self) -> list[QWidget]:
        """Return the panes that F6 walks."""
        view = self.view
        panes: list[QWidget] = [view.list, view.sheet]
        return [one for one in panes if one.isVisibleTo(self)]

    def save_now(self) -> None:
        """Save the statement if it was changed."""
        if self.view.sheet.statement.is_changed:
            self._on_left(self.view.sheet.statement.words)

    def keep_now(self) -> None:
        """Keep the statement as a draft if it was changed; a new finding's words aside."""
        statement = self.view.sheet.statement
        comments = self.view.sheet.stances.waiting
        if comments:
            kept = [Unfinished(self.title, "Comment without a stance", one) for one in comments]
            self.session.do(self, keep_unfinished, kept).start()
        if statement.is_changed and self._is_new:
            aside = [Unfinished("New finding", "Statement", statement.words)]
            self.session.do(self, keep_unfinished, aside).start()
        elif statement.is_changed:
            self._on_paused(statement.words)

    @property
    def shown_record(self) -> str:
        """The finding on screen."""
        return self.current

    def new_finding(self) -> None:
        """Begin a finding; it exists from its first words on."""
        self.save_now()
        self._chosen, self.current, self._is_new = "", "", True
        self.view.list.clear_current()
        self.view.show_content(is_chosen=True)
        self.view.sheet.show_new(self.sheets[0].types)
        self.allow()

    def to_export(self) -> Sequence[Listed]:
        """Return the findings that the filter leaves."""
        shown = self.view.list.shown_keys()
        return [Listed("Findings", lambda view: findings_table(view, shown))]

    def allow(self) -> None:
        """Enable what can be done now."""
        self.offered.allow(
            has_finding=bool(self.current),
            is_new=self._is_new,
            is_merged=self.board.is_merged,
            has_taken_away=self._evidence.has_taken_away,
        )

    def refuse(self, problem: SiteweekError, again: Callable[[str], None] | None = None) -> None:
        """Ask for a reason if that is what was missing; else say why and show what stands."""
        if again is not None and isinstance(problem, InvalidInputError) and problem.place == "why":
            self._again = again
            self.view.sheet.reason.ask(problem.sentence)
        else:
            self.view.sheet.show_remark(problem.sentence)
            self.failed.emit(problem.sentence)
            self.reload()

    def _connect(self) -> None:
        view, sheet, offered = self.view, self.view.sheet, self.offered
        view.filter.textChanged.connect(lambda _text: self._show_list())
        view.new.clicked.connect(self.new_finding)
        view.list.row_changed.connect(self._choose)
        view.list.row_chosen.connect(lambda _key: sheet.statement.setFocus())
        sheet.statement.paused.connect(self._on_paused)
        sheet.statement.left.connect(self._on_left)
        sheet.reason.given.connect(self._on_reason)
        sheet.reason.declined.connect(self._on_declined)
        sheet.type_chosen.connect(self._change_type)
        sheet.status_chosen.connect(self.move_on)
        sheet.criteria_changed.connect(
            lambda typed: self._set_field({"criteria": [*criteria_in(typed)]})
        )
        sheet.sought_changed.connect(lambda sought: self._set_field({"against_sought": sought}))
        sheet.counts.counted.connect(self._set_field)
        sheet.stances.stance_taken.connect(self._take_stance)
        offered.new.triggered.connect(self.new_finding)
        offered.filter.triggered.connect(view.filter.setFocus)
        offered.add_evidence.triggered.connect(sheet.search.field.setFocus)

    # What is shown.

    def _show(self, ticket: int, answer: Answer) -> None:
        if ticket != self._asked:
            return
        self.sheets = answer
        self._show_list()
        sheet = answer[1]
        is_there = sheet is not None and not sheet.finding.record.is_deleted
        if sheet is not None and is_there:
            is_same = self.current == self._chosen
            if not is_same:
                self.save_now()  # words typed since the other finding was chosen
                self._again = None
            self.current = self._chosen
            self.view.sheet.show_sheet(sheet, is_same=is_same)
            if not is_same and sheet.draft and sheet.finding.record.text("status") in REASON_FROM:
                self._save_statement(sheet.draft)
            self.view.sheet.show_merged(self.board.remark())
            self._evidence.show_found()
        self.view.show_content(is_chosen=self._is_new or is_there)
        self.allow()

    def _show_list(self) -> None:
        rows, types = self.sheets[0].rows, self.sheets[0].types
        typed = self.view.filter.text().strip()
        self.view.show_findings(finding_rows(rows, types, typed), is_filtered=bool(rows))
        self.view.list.make_current(self._chosen, quietly=True)
        # A hidden list takes no focus, and keys of the page work only while the focus is in it.
        self.setFocusProxy(self.view.list if rows else self.view.filter)

    def _choose(self, finding: str) -> None:
        if finding == self._chosen or finding.startswith(STATUS):
            return
        self.save_now()
        self._is_new = False
        self._chosen = finding
        self._again = None
        self._evidence.forget()
        self.reload()

    def _forget(self, problem: SiteweekError) -> None:
        self._chosen = ""
        self.failed.emit(problem.sentence)

    # The statement.

    def _on_paused(self, words: str) -> None:
        if self._is_new:
            self._add(words)
        elif self.current:
            self.session.do(self, keep_words, self.current, "finding", "statement", words).start()

    def _on_left(self, words: str) -> None:
        if self._is_new:
            self._add(words)
        elif self.current:
            self._save_statement(words)

    def _add(self, words: str) -> None:
        if not words.strip():
            return
        self._new_words = words
        if self._is_adding:
            return
        self._is_adding = True
        self.session.do(self, add_finding, words).start(
            lambda changes: self._on_added(changes, words), self._on_add_failed
        )

    def _on_added(self, changes: Changes, words: str) -> None:
        self._is_adding = False
        if self._new_words != words:
            self.session.do(self, save_statement, changes.made, self._new_words).start(
                failed=self.refuse
            )
        if not self._is_new:
            return
        self._is_new = False
        self._chosen = self.current = changes.made
        statement = self.view.sheet.statement
        statement.mark_saved(words)
        if statement.is_changed and not statement.hasFocus():
            self._save_statement(statement.words)
        self.reload()

    def _on_add_failed(self, problem: SiteweekError) -> None:
        self._is_adding = False
        self.refuse(problem)

    def _save_statement(self, words: str, why: str = "") -> None:
        finding = self.current

        def saved(_changes: Changes) -> None:
            if finding == self.current:
                self.view.sheet.statement.mark_saved(words)
                self.stop_asking()

        def refused(problem: SiteweekError) -> None:
            # Refused words stay on screen, and on disk as a draft.
            self.session.do(self, keep_words, finding, "finding", "statement", words).start()
            if finding == self.current:
                self.refuse(
                    problem, lambda why: self._save_statement(self.view.sheet.statement.words, why)
                )

        self.session.do(self, save_statement, finding, words, why).start(saved, refused)

    # Everything else about a finding.

    def _change_type(self, kind: str, why: str = "") -> None:
        self._do_or_ask(
            lambda then, failed: self.session.do(self, change_type, self.current, kind, why).start(
                then, failed
            ),
            lambda reason: self._change_type(kind, reason),
        )

    def move_on(self, status: str, why: str = "") -> None:
        """Give the finding another status, asking for a reason where it needs one."""
        self._do_or_ask(
            lambda then, failed: self.session.do(
                self, move_finding_on, self.current, status, why
            ).start(then, failed),
            lambda reason: self.move_on(status, reason),
        )

    def _do_or_ask(
        self,
        start: Callable[[Callable[[Changes], None], Callable[[SiteweekError], None]], None],
        again: Callable[[str], None],
    ) -> None:
        """Start a verb; ask for a reason if that is what it lacks."""
        start(lambda _changes: self.stop_asking(), lambda problem: self.refuse(problem, again))

    def _set_field(self, fields: Mapping[str, Json]) -> None:
        if self.current:
            self.session.do(self, records.change, self.current, fields).start(failed=self.refuse)

    def _take_stance(self, inspectorate: str, stance: str, comment: str) -> None:
        self.session.do(self, take_stance, self.current, inspectorate, stance, comment).start(
            failed=self.refuse
        )

    def _on_reason(self, why: str) -> None:
        if self._again is not None:
            self._again(why)

    def _on_declined(self) -> None:
        self.stop_asking()
        self.view.sheet.statement.put_back()
        self.session.do(self, drop_draft, self.current).start(lambda _changes: self.reload())

    def stop_asking(self) -> None:
        """Ask for no reason any more."""
        self._again = None
        self.view.sheet.reason.clear()
        self.view.sheet.show_remark("")

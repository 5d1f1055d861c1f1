"""What a person does with the evidence of a finding: find it, link it, take it away, restore it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.operations import records
from app.operations.candidates import candidates
from app.operations.findings import link_evidence, unlink_evidence
from app.operations.other_side import keep_looked_for, other_side
from app.ui.pages.findings.model import candidate_rows, other_side_in_words

if TYPE_CHECKING:
    from app.domain.changes import Changes
    from app.operations.candidates import Candidate
    from app.operations.other_side import OtherSide
    from app.ui.pages.findings.page import FindingsPage
    from app.ui.widgets.rows import Row


class FindingEvidence:
    """Hands the wishes about evidence to the verbs."""

    def __init__(self, page: FindingsPage) -> None:
        """Serve one page."""
        self._page = page
        self._taken_away: list[str] = []
        self._found: list[Candidate] = []
        self._among = 0  # how many coded words the other side was looked for among
        sheet = page.view.sheet
        for side in sheet.sides.values():
            side.record_requested.connect(page.record_requested)
            side.unlink_requested.connect(self._unlink)
        sheet.restore.clicked.connect(self._restore)
        sheet.search.searched.connect(self._search)
        sheet.search.link_requested.connect(self._link)
        page.offered.restore.triggered.connect(self._restore)
        page.offered.other_side.triggered.connect(self._look_for_other_side)

    @property
    def has_taken_away(self) -> bool:
        """Whether there is a piece to restore."""
        return bool(self._taken_away)

    def forget(self) -> None:
        """Begin with another finding."""
        self._taken_away.clear()
        self._found = []

    def show_found(self) -> None:
        """Show what was found, saying what is linked by now."""
        search = self._page.view.sheet.search
        if self._page.sheets[1] is not None and search.field.text().strip():
            search.show_found(self._rows())

    def _rows(self) -> list[Row]:
        sheet = self._page.sheets[1]
        held = sheet.finding if sheet is not None else None
        pieces = (*held.evidence_for, *held.evidence_against) if held is not None else ()
        return candidate_rows(self._found, pieces)

    def _search(self, typed: str) -> None:
        search = self._page.view.sheet.search

        def show(found: list[Candidate]) -> None:
            if typed == search.field.text().strip():
                self._found = found
                search.show_looked_for(self._rows())

        self._page.session.ask(self._page, candidates, typed).start(show, self._page.refuse)

    def _look_for_other_side(self) -> None:
        page, finding = self._page, self._page.current

        def show(found: OtherSide) -> None:
            if finding != page.current:
                return
            words = " ".join(found.words)
            # Said when it is kept: keeping it clears what was said before.
            page.session.do(page, keep_looked_for, finding, words).start(
                lambda _changes: page.said.emit(other_side_in_words(found)), page.refuse
            )
            self._found, self._among = list(found.found), found.among
            sheet = page.sheets[1]
            linked = sheet.finding.evidence_against if sheet is not None else ()
            search = page.view.sheet.search
            search.show_other_side(candidate_rows(self._found, linked), found.among, "Nothing")
            page.view.sheet.ensureWidgetVisible(search)

        page.session.ask(page, other_side, finding).start(show, page.refuse)

    def _link(self, key: str, direction: str) -> None:
        page = self._page
        chosen = next((one for one in self._found if key == (one.code or one.paragraph)), None)
        if chosen is None or not page.current:
            return

        def linked(_changes: Changes) -> None:
            page.said.emit(f"Linked as evidence {direction}.")
            search = page.view.sheet.search
            # From the other side: what is linked leaves it. Enter may have been pressed twice, or
            # another finding be on screen by now; then it has left already.
            if not search.field.text().strip() and any(one is chosen for one in self._found):
                self._found.remove(chosen)
                search.show_other_side(candidate_rows(self._found, ()), self._among, "Nothing more")

        page.session.do(
            page, link_evidence, page.current, chosen.paragraph, direction, chosen.code
        ).start(linked, page.refuse)

    def _unlink(self, evidence: str) -> None:
        page = self._page

        def gone(_changes: Changes) -> None:
            self._taken_away.append(evidence)
            page.view.sheet.show_restore(
                "A piece of evidence was taken away. Ctrl+Shift+Z brings it back."
            )
            page.allow()

        page.session.do(page, unlink_evidence, evidence).start(gone, page.refuse)

    def _restore(self) -> None:
        page = self._page

        def back(_changes: Changes) -> None:
            page.said.emit("The piece of evidence is back.")
            if not self._taken_away:
                page.view.sheet.hide_restore()
            page.allow()

        if self._taken_away:
            page.session.do(page, records.restore, self._taken_away.pop()).start(back, page.refuse)

"""What is done with whole findings: moved from status to status, merged, parted, split."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.domain.kinds.thread import FINDING_STATUSES
from app.operations.finding_merging import merge_findings, part_findings, split_finding
from app.ui.pages.findings.model import finding_row
from app.ui.pages.findings.split_dialog import SplitDialog
from app.ui.widgets.picker import Picker

if TYPE_CHECKING:
    from app.domain.changes import Changes
    from app.operations.sheets import FindingSheet
    from app.ui.pages.findings.page import FindingsPage

_WAY: Final = tuple(one for one in FINDING_STATUSES if one != "dropped")


class Board:
    """Serves the findings page."""

    def __init__(self, page: FindingsPage) -> None:
        """Answer the page's keys."""
        self._page = page
        offered = page.offered
        offered.move_on.triggered.connect(lambda: self.move(1))
        offered.move_back.triggered.connect(lambda: self.move(-1))
        offered.merge.triggered.connect(self.merge)
        offered.part.triggered.connect(self.part)
        offered.split.triggered.connect(self.split)

    @property
    def is_merged(self) -> bool:
        """Whether the finding on screen was merged into another."""
        sheet = self._sheet
        return sheet is not None and bool(sheet.finding.record.text("merged_into"))

    def remark(self) -> str:
        """Return what is to be said of the finding on screen: that it was merged, or nothing.

        It may have been merged into one that was deleted since, or is not in the list yet.
        """
        sheet = self._sheet
        into = sheet.finding.record.text("merged_into") if sheet is not None else ""
        words = next((one.statement for one in self._page.sheets[0].rows if one.id == into), "")
        told = f"Merged into “{words}”" if words else "Merged into another finding."
        return f"{told} Ctrl+Shift+U parts them again." if into else ""

    def move(self, by: int) -> None:
        """Move the finding to the next status, or the one before."""
        sheet = self._sheet
        if sheet is None:
            return
        status = sheet.finding.record.text("status")
        at = _WAY.index(status) + by if status in _WAY else 0
        if 0 <= at < len(_WAY):
            self._page.move_on(_WAY[at])

    def merge(self) -> None:
        """Ask for the finding that is to stand for both."""
        page, sheet = self._page, self._sheet
        if sheet is None:
            return
        here, types = page.current, {one.key: one for one in sheet.types}
        rows = [
            finding_row(one, types)
            for one in page.sheets[0].rows
            if one.id != here and one.status != "dropped"
        ]
        if not rows:
            page.said.emit("There is no other finding to merge it with.")
            return
        picker = Picker(page, "Merge into", rows, "Type words of the finding that stays")
        picker.chosen.connect(lambda into: self._merge(here, into))
        picker.open()

    def part(self) -> None:
        """Take a merge back."""
        page = self._page
        page.session.do(page, part_findings, page.current).start(
            lambda _changes: page.said.emit("The two stand by themselves again."), page.refuse
        )

    def split(self) -> None:
        """Ask for the other statement and the evidence that goes with it."""
        page, sheet = self._page, self._sheet
        if sheet is None:
            return
        page.save_now()
        finding = sheet.finding
        pieces = (*finding.evidence_for, *finding.evidence_against)
        dialog = SplitDialog(page, finding.record.text("statement"), pieces)
        here = page.current

        def done(changes: Changes) -> None:
            dialog.accept()
            page.show_record(changes.made)

        def split(statement: str, evidence: list[str], why: str) -> None:
            page.session.do(page, split_finding, here, statement, evidence, why).start(
                done, lambda problem: dialog.refuse(problem.sentence)
            )

        dialog.wanted.connect(split)
        dialog.open()

    @property
    def _sheet(self) -> FindingSheet | None:
        return self._page.sheets[1] if self._page.current else None

    def _merge(self, finding: str, into: str, why: str = "") -> None:
        page = self._page

        def merged(_changes: Changes) -> None:
            page.stop_asking()
            page.show_record(into)
            page.said.emit("Merged. The other stands under Dropped; Ctrl+Shift+U there parts them.")

        page.session.do(page, merge_findings, finding, into, why).start(
            merged,
            lambda problem: page.refuse(problem, lambda why: self._merge(finding, into, why)),
        )

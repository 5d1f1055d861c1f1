"""Takes the feedback page through a rehearsal or the meeting itself, and brings it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from app.operations.wording import keep_words, save_said
from app.ui.pages.brief.model import steps_of
from app.ui.pages.brief.rehearsal import Rehearsal

if TYPE_CHECKING:
    from app.errors import SiteweekError
    from app.operations.sheets import BriefSheet
    from app.ui.pages.brief.page import BriefPage


class Rehearsing(QObject):
    """Serves one page."""

    def __init__(self, page: BriefPage) -> None:
        """Begin with nothing being spoken."""
        super().__init__(page)
        self._page = page
        self._sheet: BriefSheet | None = None
        self._was_full = False
        self.is_on = False
        self.view = Rehearsal()
        self.view.hide()
        self.view.marked.connect(self._mark)
        self.view.kept.connect(self._keep)
        self.view.ended.connect(self.end)

    def show_sheet(self, sheet: BriefSheet) -> None:
        """Learn what there is to speak; a rehearsal goes on where it was."""
        self._sheet = sheet
        if self.is_on:
            self.view.refresh(steps_of(sheet.content, sheet.said_drafts))
            self._page.offered.rest_all(is_resting=True)

    def begin(self, point: str, *, is_meeting: bool) -> None:
        """Fill the screen with a point, or with the first."""
        sheet, page = self._sheet, self._page
        steps = steps_of(sheet.content, sheet.said_drafts) if sheet is not None else []
        if not any(one.is_point for one in steps) or self.is_on:
            return
        page.save_now()
        self.is_on = True
        page.offered.rest_all(is_resting=True)
        page.body.hide()
        self.view.show()
        page.quiet_requested.emit(True)
        window = page.window()
        self._was_full = bool(window.windowState() & Qt.WindowState.WindowFullScreen)
        window.setWindowState(window.windowState() | Qt.WindowState.WindowFullScreen)
        page.setFocusProxy(self.view)
        self.view.begin(steps, point, is_meeting=is_meeting)

    def end(self) -> None:
        """Bring the page back, at the point that was spoken last."""
        if not self.is_on:
            return
        self.keep_now()
        page, step = self._page, self.view.step
        self.is_on = False
        self.view.hide()
        page.body.show()
        page.setFocusProxy(page.body)
        page.offered.rest_all(is_resting=False)
        page.quiet_requested.emit(False)
        window = page.window()
        if not self._was_full:
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowFullScreen)
        if step is not None and step.is_point:
            page.show_record(step.key)
        page.reload()
        page.view.order.setFocus()

    def keep_now(self) -> None:
        """Keep words being typed of how a point was said as a draft: they may be half of them."""
        point, words = self.view.give_up_words()
        if point:
            self._keep(point, words)

    def _mark(self, point: str, how: str, words: str) -> None:
        page = self._page
        page.session.do(page, save_said, point, how, words).start(failed=self._refuse)

    def _keep(self, point: str, words: str) -> None:
        page = self._page
        if not page.is_closed:
            page.session.do(page, keep_words, point, "brief_point", "said_text", words).start(
                lambda _changes: page.kept.emit(), self._refuse
            )

    def _refuse(self, problem: SiteweekError) -> None:
        self.view.say(problem.sentence)
        self._page.refuse(problem)

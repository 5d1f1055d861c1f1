"""Works the comparison of what was said with what is written: reads it, keeps what is decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.operations.documents import write_comparison
from app.operations.reconciling import Comparison, judge, keep_reason
from app.operations.working_papers import look_at_comparison
from app.ui.pages.brief.compare_model import next_open
from app.ui.pages.brief.compare_view import CompareView
from app.ui.writing import Looking, ask_and_write

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.domain.changes import Changes
    from app.domain.reconciling import Pair
    from app.ui.pages.brief.page import BriefPage


class CompareDesk(QObject):
    """Serves the page with what was said against what is written."""

    def __init__(self, page: BriefPage) -> None:
        """Begin with nothing chosen."""
        super().__init__(page)
        self._page = page
        self._found = Comparison()
        self._current = ""
        self._shown = ""
        self.view = CompareView()
        view, pair = self.view, self.view.pair
        view.list.row_changed.connect(self._choose)
        view.list.row_chosen.connect(lambda _key: pair.setFocus())
        view.write.clicked.connect(self.write)
        pair.decided.connect(self._decide)
        pair.reason.paused.connect(self._keep)
        pair.reason.left.connect(self._keep)

    def show_found(self, found: Comparison) -> None:
        """Show the comparison; what is chosen and what is being typed stay."""
        self._found = found
        self.view.show_comparison(found)
        self.view.list.make_current(self._current, quietly=True)
        self._show_pair()

    def next_open(self) -> None:
        """Go to the next pair that nobody has decided."""
        key = next_open(self._found.pairs, self._current)
        self._page.body.show_part("compare")
        if not key:
            self._page.said.emit("Nothing is left to decide.")
            return
        self.view.list.make_current(key)
        self.view.list.setFocus()

    def show_pair(self, key: str) -> None:
        """Show a pair and go to where it is decided."""
        self._page.body.go_to("compare")
        self._choose(key)
        self.view.list.make_current(key, quietly=True)
        if self._pair() is not None:
            self.view.pair.setFocus()

    def write(self) -> None:
        """Write it all as a document."""
        looking = Looking(look_at_comparison)
        ask_and_write(self._page, "Write said and written", write_comparison, looking=looking)

    def keep_now(self) -> None:
        """Keep a reason that is being written: nothing is decided before somebody says so."""
        reason = self.view.pair.reason
        if self._shown and reason.is_changed:
            self._keep(reason.words)

    def panes(self) -> list[QWidget]:
        """Return what F6 walks."""
        return [self.view.list, self.view.pair]

    def _choose(self, key: str) -> None:
        if key != self._current:
            self.keep_now()
            self._current = key
            self._show_pair()
            self._page.reload()  # reasons kept in the meantime

    def _pair(self) -> Pair | None:
        return next((one for one in self._found.pairs if one.key == self._current), None)

    def _show_pair(self) -> None:
        pair = self._pair()
        self.view.show_chosen(is_chosen=pair is not None)
        if pair is None:
            self._shown = ""
            return
        is_same = self._shown == pair.key
        self._shown = pair.key
        self.view.pair.show_pair(pair, self._found.drafts.get(pair.key, ""), is_same=is_same)

    def _decide(self, verdict: str) -> None:
        pair, page, reason = self._pair(), self._page, self.view.pair.reason
        if pair is None:
            return
        words = reason.words

        def decided(_changes: Changes) -> None:
            if self._shown == pair.key:
                reason.mark_saved(words.strip())
            page.reload()

        page.session.do(page, judge, pair.key, verdict, words, pair.said, pair.written).start(
            decided, page.refuse
        )

    def _keep(self, words: str) -> None:
        page = self._page
        if self._shown and not page.is_closed:
            page.session.do(page, keep_reason, self._shown, words).start(
                lambda _changes: page.kept.emit(), page.refuse
            )

"""Before a paper leaves: each thing to look at, its answer, and the leaving itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.domain.house_style import Slip
from app.operations.looking import NO_LENGTH, Answered, ReleaseSheet, keep_answer
from app.ui.leaving.model import (
    at_row,
    before_rows,
    length_said,
    look_key,
    next_open,
    stands_said,
)
from app.ui.leaving.view import LeavingView

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from app.domain.changes import Changes
    from app.domain.identifying import Look
    from app.errors import SiteweekError
    from app.operations.view import View
    from app.operations.work import Work
    from app.ui.page import Page


@dataclass(frozen=True, slots=True)
class Leaves:
    """How a page's paper leaves: its name, what is asked, how it is answered, where it is shown.

    ``button`` is what lets it leave, and its key; a paper that ``waits`` has nothing open first.
    """

    name: str
    button: tuple[str, str]
    question: Callable[[View], ReleaseSheet]
    answer: Callable[[Work, Look, str], Changes]
    show_words: Callable[[str, str, int], None]
    refuse: Callable[[SiteweekError], None]
    waits: bool = True


class LeavingDesk(QObject):
    """Walks what is to be looked at and keeps the answers; each page's own lets its paper leave."""

    def __init__(self, page: Page, leaves: Leaves) -> None:
        """Begin with nothing chosen."""
        super().__init__(page)
        self._page = page
        self._leaves = leaves
        self._shown = ""
        self._asked = 0
        self.sheet = ReleaseSheet()
        self.view = LeavingView(leaves.name, *leaves.button)
        view = self.view
        view.list.row_changed.connect(self._choose)
        view.list.row_chosen.connect(self._on_chosen)
        view.answer.paused.connect(lambda _words: self.keep_now())
        view.answer.left.connect(lambda _words: self.keep_now())
        view.looked.clicked.connect(lambda _on=False: self.answer())
        view.show_words.clicked.connect(lambda _on=False: self.show_words())
        view.release.clicked.connect(lambda _on=False: self.release())

    @property
    def chosen(self) -> object:
        """What is being looked at."""
        return at_row(self.sheet, self._shown) if self._shown else None

    def reload(self) -> None:
        """Look through the paper again."""
        self._asked += 1
        ticket = self._asked
        self._page.session.ask(self._page, self._leaves.question).start(
            lambda sheet: self._show(ticket, sheet), self._leaves.refuse
        )

    def answer(self) -> None:
        """Keep the answer to what is looked at, and go to the next without one."""
        one, page = self.chosen, self._page
        if not isinstance(one, Answered):
            page.said.emit("This needs no answer.")
            return
        words = self.view.answer.words
        if one.answer and words.strip() == one.answer:
            self._go_on(look_key(one))  # said already, and not said again
            return

        def answered(_changes: Changes) -> None:
            self.view.answer.mark_saved(words.strip())
            page.kept.emit()
            self._go_on(look_key(one))

        page.session.do(page, self._leaves.answer, one.look, words).start(
            answered, self._leaves.refuse
        )

    def show_words(self) -> None:
        """Show in the paper what is looked at, or what else it is about."""
        one = self.chosen
        if isinstance(one, Answered) and one.look.block:
            self._leaves.show_words(one.look.block, one.look.words, 0)
        elif isinstance(one, Slip):
            self._leaves.show_words(one.block, one.words, one.start)
        else:
            self.show_other(one)

    def show_other(self, one: object) -> None:
        """Show what is no place in the paper, where the page knows one."""

    def release(self) -> None:
        """Let the paper leave, in the page's own way."""

    def go_on(self) -> None:
        """Go to the first thing that nobody has answered."""
        self._go_on("")

    def panes(self) -> list[QWidget]:
        """Return the list and the answer."""
        return [one for one in (self.view.list, self.view.answer) if one.isVisibleTo(self.view)]

    def save_now(self) -> None:
        """Keep what was typed: only a person says that it is the answer."""
        self.keep_now()

    def keep_now(self) -> None:
        """Keep what was typed as a draft."""
        one = self.chosen
        if isinstance(one, Answered) and self.view.answer.is_changed:
            self._page.session.do(self._page, keep_answer, one.look, self.view.answer.words).start(
                lambda _changes: self._page.kept.emit(), self._leaves.refuse
            )

    def _show(self, ticket: int, sheet: ReleaseSheet) -> None:
        if ticket != self._asked:
            return
        self.sheet = sheet
        view = self.view
        view.stands.setText(stands_said(sheet, self._leaves.name, waits=self._leaves.waits))
        has_length = sheet.has_blocks and sheet.length != NO_LENGTH
        view.length.setText(length_said(sheet.length) if has_length else "")
        view.length.setVisible(has_length)
        view.release.setEnabled(sheet.has_blocks and not (self._leaves.waits and sheet.open))
        view.list.show_rows(before_rows(sheet))
        if self._shown and not view.list.make_current(self._shown, quietly=True):
            self._shown = ""
        if not self._shown and sheet.open:
            self._go_on("")
            return
        view.show_one(self.chosen, is_same=True)

    def _go_on(self, after: str) -> None:
        wanted = next_open(self.sheet, after)
        if wanted:
            self.view.list.make_current(wanted, quietly=True)
            self._choose(wanted)

    def _choose(self, key: str) -> None:
        if key != self._shown:
            self.keep_now()
            self._shown = key
            self.view.show_one(self.chosen, is_same=False)

    def _on_chosen(self, key: str) -> None:
        self._choose(key)
        if isinstance(self.chosen, Answered):
            self.view.answer.setFocus()
        else:
            self.show_words()

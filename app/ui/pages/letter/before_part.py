"""Before the letter leaves: each thing to look at, its answer, and the release itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.domain.checks import Problem
from app.domain.house_style import Slip
from app.operations.letter_release import (
    Answered,
    Released,
    ReleaseSheet,
    answer_look,
    keep_answer,
    release_sheet,
    write_final,
)
from app.ui.pages.letter.before_model import (
    RULES,
    at_row,
    before_rows,
    length_said,
    look_key,
    next_open,
    stands_said,
    when_said,
)
from app.ui.widgets.labels import label
from app.ui.widgets.rows import RowsView
from app.ui.widgets.two_panes import TwoPanes
from app.ui.widgets.words_box import WordsBox
from app.ui.writing import ask_and_write

if TYPE_CHECKING:
    from app.domain.changes import Changes
    from app.ui.pages.letter.page import LetterPage

_DATES: Final = frozenset(
    {"notified_on", "fieldwork_from", "fieldwork_to", "letter_date", "report_received_on"}
    | {"published_on", "deadline"}
)


class BeforeView(QWidget):
    """The list left; right what is to be looked at, and the answer."""

    def __init__(self) -> None:
        """Lay out an empty list."""
        super().__init__()
        self.stands = label("", "heading")
        self.length = label("", "meta")
        self.release = QPushButton("Release the letter…")
        self.release.setProperty("role", "main")
        self.release.setAccessibleDescription("Ctrl+Shift+R")
        self.list = RowsView("To look at before the letter leaves", 3)
        self.list.nothing = "Nothing to look at."
        self.title = label("", "heading")
        self.words = label("")
        self.why = label("")
        self.instead = label("", "meta")
        self.given = label("", "meta")
        self.answer_name = label("&Why it can leave so, or what was changed", "meta")
        self.answer = WordsBox("Why it can leave so", least_lines=3, most_lines=8)
        self.answer_name.setBuddy(self.answer)
        self.looked = QPushButton("Looked at")
        self.looked.setAccessibleDescription("Ctrl+Enter")
        self.show_words = QPushButton("Show it in the letter")
        self.show_words.setAccessibleDescription("Ctrl+G")
        self.detail = self._detail()
        self.detail.hide()
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.addWidget(self.stands, 1)
        head.addWidget(self.release)
        column.addLayout(head)
        column.addWidget(self.length)
        column.addWidget(self.list, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(TwoPanes(left, self.detail, 110, (3, 2)))
        self.setFocusProxy(self.list)

    def _detail(self) -> QWidget:
        detail = QWidget()
        column = QVBoxLayout(detail)
        column.setContentsMargins(0, 0, 0, 0)
        for one in (self.title, self.words, self.why, self.instead, self.given):
            column.addWidget(one)
        column.addWidget(self.answer_name)
        column.addWidget(self.answer)
        line = QHBoxLayout()
        line.addWidget(self.looked)
        line.addWidget(self.show_words)
        line.addStretch(1)
        column.addLayout(line)
        column.addStretch(1)
        return detail

    def show_one(self, one: object, *, is_same: bool) -> None:
        """Show what is to be looked at; the answer being typed stays."""
        self.detail.setVisible(one is not None)
        is_look = isinstance(one, Answered)
        for widget in (self.answer_name, self.answer, self.looked):
            widget.setVisible(is_look)
        title, words, why, instead, given = _told(one)
        for shown, text in (
            (self.title, title),
            (self.words, words),
            (self.why, why),
            (self.instead, instead),
            (self.given, given),
        ):
            shown.setText(text)
            shown.setVisible(bool(text))
        if isinstance(one, Answered):
            if is_same:
                self.answer.refresh(one.answer)
            else:
                self.answer.show_words(one.answer, one.draft)
        self.show_words.setVisible(not (isinstance(one, Answered) and not one.look.block))
        self.show_words.setText(
            {Problem: "Open what it is about", Released: "Compare with the letter now"}.get(
                type(one), "Show it in the letter"
            )
        )


class BeforePart(QObject):
    """Walks what is to be looked at, keeps the answers, releases the letter."""

    kinds = frozenset(
        {"letter", "letter_block", "footnote", "addressee", "signatory", "basis", "evidence"}
        | {"finding", "stance", "escalation", "child", "inspection", "release_look", "release"}
    )

    def __init__(self, page: LetterPage) -> None:
        """Begin with nothing chosen."""
        super().__init__(page)
        self._page = page
        self._shown = ""
        self._asked = 0
        self.sheet = ReleaseSheet()
        self.view = BeforeView()
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
        """Look through the letter again."""
        self._asked += 1
        ticket = self._asked
        self._page.session.ask(self._page, release_sheet).start(
            lambda sheet: self._show(ticket, sheet), self._page.refuse
        )

    def begin_new(self) -> None:
        """Nothing is begun here."""
        self._page.said.emit("Alt+1 goes to the letter, where blocks are added.")

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

        page.session.do(page, answer_look, one.look, words).start(answered, page.refuse)

    def show_words(self) -> None:
        """Show in the letter what is looked at, or what else it is about."""
        one, page = self.chosen, self._page
        if isinstance(one, Answered) and one.look.block:
            page.show_words(one.look.block, one.look.words)
        elif isinstance(one, Slip):
            page.show_words(one.block, one.words, one.start)
        elif isinstance(one, Released):
            page.show_version(one.version)
        elif isinstance(one, Problem) and one.place not in _DATES:
            page.record_requested.emit(one.place)
        elif isinstance(one, Problem):
            page.said.emit(
                "The dates stand under Plan, and the letter’s own under its particulars."
            )

    def release(self) -> None:
        """Ask where to, then write the letter that leaves and record its release."""
        page = self._page
        if self.sheet.open or not self.sheet.has_blocks:
            page.said.emit(stands_said(self.sheet))
            self._go_on("")
        else:
            ask_and_write(page, "Release the letter", write_final, self.reload)

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
                lambda _changes: self._page.kept.emit(), self._page.refuse
            )

    def _show(self, ticket: int, sheet: ReleaseSheet) -> None:
        if ticket != self._asked:
            return
        self.sheet = sheet
        view = self.view
        view.stands.setText(stands_said(sheet))
        view.length.setText(length_said(sheet.length) if sheet.has_blocks else "")
        view.release.setEnabled(sheet.has_blocks and not sheet.open)
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


def _told(one: object) -> tuple[str, str, str, str, str]:
    """Return title, words, why, what might help, and what was answered."""
    if isinstance(one, Answered):
        given = f"Answered {when_said(one.at, one.by)}" if one.answer else ""
        instead = f"It may help to {one.look.instead}." if one.look.instead else ""
        words = f"“{one.look.words}”" if one.look.words else ""
        return RULES[one.look.rule], words, one.look.why, instead, given
    if isinstance(one, Slip):
        instead = f"It may help to write: {one.instead}." if one.instead else ""
        return one.said, f"“{one.words}”", "", instead, ""
    if isinstance(one, Problem):
        return one.kind.value.capitalize(), "", one.sentence, "", ""
    if isinstance(one, Released):
        unresting = (
            f"{one.unresting} sentences rested on nothing recorded."
            if one.unresting != 1
            else "1 sentence rested on nothing recorded."
        )
        looked = f"{one.looks} things were looked at." if one.looks != 1 else "1 was looked at."
        files = "\n".join(one.files)
        return f"Released {when_said(one.at, one.by)}", files, looked, unresting, one.version_name
    return "", "", "", "", ""

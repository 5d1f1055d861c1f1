"""Before a paper leaves: the list of what to look at, and beside it the answer."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.domain.checks import Problem
from app.domain.house_style import Slip
from app.operations.looking import Answered, Released
from app.ui.leaving.model import RULES, left_said, still_open, when_said
from app.ui.widgets.labels import label
from app.ui.widgets.rows import RowsView
from app.ui.widgets.two_panes import TwoPanes
from app.ui.widgets.words_box import WordsBox


class LeavingView(QWidget):
    """The list left; right what is to be looked at, and the answer."""

    def __init__(self, name: str, release: str, key: str) -> None:
        """Lay out an empty list for a paper of a name; the button and its key let it leave."""
        super().__init__()
        self._show = f"Show it in the {name}"
        self.stands = label("", "heading")
        self.length = label("", "meta")
        self.release = QPushButton(release)
        self.release.setProperty("role", "main")
        self.release.setAccessibleDescription(key)
        self.list = RowsView(f"To look at before the {name} leaves", 3)
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
        self.show_words = QPushButton(self._show)
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
        leads_nowhere = (isinstance(one, Answered) and not one.look.block) or (
            isinstance(one, Released) and not one.version
        )
        self.show_words.setVisible(not leads_nowhere)
        self.show_words.setText(
            {Problem: "Open what it is about", Released: "Compare with the letter now"}.get(
                type(one), self._show
            )
        )


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
        looked = f"{one.looks} things were looked at." if one.looks != 1 else "1 was looked at."
        looked = " ".join(part for part in (looked, still_open(one.unanswered)) if part)
        files = "\n".join(one.files)
        return left_said(one), files, looked, _unresting(one), one.version_name
    return "", "", "", "", ""


def _unresting(one: Released) -> str:
    if not one.version:
        return ""
    return (
        f"{one.unresting} sentences rested on nothing recorded."
        if one.unresting != 1
        else "1 sentence rested on nothing recorded."
    )

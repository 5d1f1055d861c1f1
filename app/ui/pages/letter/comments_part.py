"""Comments on the letter's facts: a table of all, and one with its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.operations.letter_accuracy import (
    DECIDED,
    KIND,
    CommentSheet,
    comment_sheet,
    save_comment,
)
from app.operations.work import new_id
from app.ui.exporting import export_list
from app.ui.record_form import RecordForm
from app.ui.widgets.fields import ChoiceField, DateField, WordsField
from app.ui.widgets.labels import label
from app.ui.widgets.titled import in_tab_order, side_by_side, titled
from app.ui.widgets.two_panes import TwoPanes
from app.ui.widgets.words_table import Heading, Line, WordsTable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.revisions import Json
    from app.operations.letter_accuracy import Comment
    from app.ui.pages.letter.page import LetterPage
    from app.ui.widgets.fields import Field

_HEADINGS: Final = (
    Heading("number", "No", 3),
    Heading("from", "From", 9),
    Heading("comment", "Comment", 27),
    Heading("answer", "Answer", 22),
)
_BLOCK_LETTERS: Final = 60


class CommentsView(QWidget):
    """The table left, one comment right."""

    def __init__(self) -> None:
        """Lay out an empty table."""
        super().__init__()
        self.said = label("", "meta")
        self.new = QPushButton("New comment")
        self.new.setAccessibleDescription("Ctrl+N")
        self.write = QPushButton("Export…")
        self.write.setAccessibleDescription("Ctrl+Shift+X")
        self.table = WordsTable("Comments on the letter’s facts", by_row=True)
        self.table.nothing = (
            "No comments yet. Ctrl+N writes one down; Ctrl+Shift+A in the letter "
            "writes one down about the sentence chosen there."
        )
        self.fields: dict[str, Field] = {
            "agency": ChoiceField("From"),
            "received_on": DateField("Received", "Day"),
            "block": ChoiceField("About", nothing="The whole letter"),
            "words": WordsField("The sentence", "As the letter has it", 1),
            "comment": WordsField("Comment", "What is not right, in their words", 2),
            "evidence": WordsField("Evidence offered", "Document, record or figure", 1),
            "decision": ChoiceField("Decision", list(DECIDED.items()), "Not decided"),
            "reason": WordsField("Reason", "Why, as it will be told to them", 1),
            "change": WordsField("Change made", "What the letter says now", 1),
        }
        self.show_block = QPushButton("Show it in the letter")
        self.show_block.setAccessibleDescription("Ctrl+G")
        self.form = self._form()
        self.form.hide()
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.addWidget(self.said, 1)
        head.addWidget(self.write)
        head.addWidget(self.new)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(TwoPanes(left, self.form, 120, (1, 1)))
        self.setFocusProxy(self.table)

    def _form(self) -> QWidget:
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        get = self.fields
        column.addWidget(side_by_side([get["agency"], get["received_on"]]))
        column.addWidget(titled(get["block"]))
        for name in ("words", "comment", "evidence", "decision", "reason", "change"):
            column.addWidget(titled(get[name]))
        line = QHBoxLayout()
        line.addWidget(self.show_block)
        line.addStretch(1)
        column.addLayout(line)
        column.addStretch(1)
        in_tab_order([*(one.widget for one in get.values()), self.show_block])
        return form


class CommentsPart(QObject):
    """Serves the table and the form."""

    kinds = frozenset({KIND, "agency", "letter_block", "person"})

    def __init__(self, page: LetterPage) -> None:
        """Begin with no comment chosen."""
        super().__init__(page)
        self._page = page
        self._chosen = ""
        self._wanted: dict[str, Json] | None = None
        self.sheet = CommentSheet()
        self.view = CommentsView()
        self.form = RecordForm(page, KIND, self.view.fields, save_comment)
        self.form.kept.connect(page.kept)
        self.form.refused.connect(page.failed)
        view = self.view
        view.table.cell_changed.connect(lambda row, _column: self.choose(row))
        view.table.cell_chosen.connect(
            lambda _row, _column: view.fields["comment"].widget.setFocus()
        )
        view.new.clicked.connect(lambda _on=False: self.begin_new())
        view.write.clicked.connect(lambda _on=False: export_list(self._page))
        view.show_block.clicked.connect(lambda _on=False: self.show_words())

    def reload(self) -> None:
        """Ask for all comments again."""
        self._page.session.ask(self._page, comment_sheet).start(self._show, self._page.refuse)

    def begin_new(self, held: Mapping[str, Json] | None = None) -> None:
        """Begin a comment; it exists from its first words on, or from what it is about."""
        self.form.save()
        self._chosen = new_id()
        self.form.open_record(self._chosen, {}, {}, is_new=True)
        for name, value in (held or {}).items():
            self.view.fields[name].show_value(value)
        self.form.save()
        self.view.table.clearSelection()
        self.view.form.show()
        self.view.show_block.setEnabled(bool(held))
        self.view.fields["comment" if held else "agency"].widget.setFocus()

    def begin_about(self, block: str, words: str) -> None:
        """Begin a comment about a sentence of the letter."""
        offered = self.view.fields["block"]
        if isinstance(offered, ChoiceField):
            offered.offer(self._blocks())
        self.begin_new({"block": block, "words": words})

    def choose(self, comment: str) -> None:
        """Show a comment of the table."""
        if comment != self._chosen:
            self.form.save()
            self._chosen = comment
            self._show_chosen()

    def show_comment(self, comment: str) -> None:
        """Show a comment, now or as soon as it is in the table."""
        self.form.save()
        self._chosen = comment
        self.reload()

    def show_words(self) -> None:
        """Show the sentence of the letter that the comment is about."""
        block = self.view.fields["block"].value
        words = self.view.fields["words"].value
        if isinstance(block, str):
            self._page.show_words(block, words if isinstance(words, str) else "")
        else:
            self._page.said.emit("This comment is about the whole letter.")

    def panes(self) -> list[QWidget]:
        """Return table and form."""
        return [self.view.table, self.view.fields["comment"].widget]

    def save_now(self) -> None:
        """Save the fields."""
        self.form.save()

    def keep_now(self) -> None:
        """Keep the fields as a draft."""
        self.form.keep()

    def _show(self, sheet: CommentSheet) -> None:
        self.sheet = sheet
        view = self.view
        for name, offered in (("agency", sheet.agencies), ("block", self._blocks())):
            field = view.fields[name]
            if isinstance(field, ChoiceField):
                field.offer(list(offered))
        view.said.setText(_said(sheet))
        view.write.setEnabled(bool(sheet.comments))
        view.table.show_table(_HEADINGS, [_line(one) for one in sheet.comments])
        if self._chosen:
            view.table.make_current(self._chosen, quietly=True)
        self._show_chosen()

    def _show_chosen(self) -> None:
        one = next((each for each in self.sheet.comments if each.id == self._chosen), None)
        if one is None:
            self.view.form.setVisible(bool(self._chosen) and self.form.record == self._chosen)
            return
        if self.form.record == one.id:
            self.form.refresh(one.record.fields)
        else:
            draft = (self.sheet.drafts or {}).get(one.id, {})
            self.form.open_record(one.id, one.record.fields, draft)
        self.view.show_block.setEnabled(bool(one.record.text("block")))
        self.view.form.show()

    def _blocks(self) -> list[tuple[str, str]]:
        return [
            (one.id, " ".join(one.text.split())[:_BLOCK_LETTERS] or "Empty block")
            for one in self._page.preview.blocks
        ]


def _said(sheet: CommentSheet) -> str:
    count = len(sheet.comments)
    if not count:
        return ""
    all_of = "1 comment" if count == 1 else f"{count} comments"
    if not sheet.open:
        return f"{all_of}, all answered"
    return f"{all_of}, {sheet.open} to be answered"


def _line(one: Comment) -> Line:
    held = one.record
    told = held.text("change") if held.text("decision") == "accept" else held.text("reason")
    answer = ". ".join(part for part in (one.decision, one.missing, told.rstrip(".")) if part)
    comment = held.text("comment") or "Nothing written yet"
    return Line(one.id, (str(one.number), one.agency, comment, answer), str(one.number))

"""Brings a note's helpers what they need: short forms, whom @ finds, names, spelling."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QTextCursor

from app.operations.spelling import NO_DICTIONARY, Speller
from app.operations.typing_aids import AID_KINDS, keep_word, mention, typing_aids
from app.ui.pages.notes.positions import points, units
from app.ui.pages.notes.register_dialog import RegisterDialog
from app.ui.pages.notes.shorthand_dialog import ShorthandDialog
from app.ui.widgets.rows import Row

if TYPE_CHECKING:
    from PySide6.QtGui import QTextBlock

    from app.domain.changes import Changes
    from app.operations.typing_aids import Mention, TypingAids
    from app.ui.pages.notes.page import NotesPage

_ADD: Final = " add"  # no word begins with a space
_ALL_RIGHT: Final = "Nothing in this note is misspelt."


@cache
def _speller() -> Speller:
    """Return the one speller of the process: its dictionary is loaded once."""
    return Speller()


class Helping:
    """Answers the page's actions about typing."""

    def __init__(self, page: NotesPage) -> None:
        """Answer for a page; the dictionary is loaded off this thread."""
        self._page = page
        self._words: frozenset[str] = frozenset()
        self._has_dictionary: bool | None = None
        offered, editor = page.offered, page.view.editor
        offered.stamp.triggered.connect(self._on_stamp)
        offered.next_misspelt.triggered.connect(self.go_to_misspelt)
        offered.suggestions.triggered.connect(self.suggest)
        offered.register.triggered.connect(self._on_register)
        offered.shorthand.triggered.connect(self._on_shorthand)
        editor.aids.mentioned.connect(self._on_mentioned)
        editor.marks.asked.connect(self._on_asked)
        page.session.runner.run(page, _speller().is_there, self._on_dictionary)
        self.reload()

    def close(self) -> None:
        """Ask for nothing more."""
        self._page.view.editor.marks.stop()

    def reload(self) -> None:
        """Ask anew for what helps."""
        self._page.session.ask(self._page, typing_aids).start(self._take, self._page.refuse)

    def heard(self, changes: Changes) -> None:
        """Ask anew where something that helps has changed."""
        if changes.touch(*AID_KINDS):
            self.reload()

    def go_to_misspelt(self) -> None:
        """Select the next misspelt word, from the caret on and then from the beginning."""
        editor = self._page.view.editor
        if self._has_dictionary is False:
            self._page.said.emit(NO_DICTIONARY)
            return
        cursor = editor.textCursor()
        here, at = cursor.block(), points(cursor.block().text(), cursor.positionInBlock())
        found = self._after(here, at)
        block = here.next()
        while found is None and block.isValid():
            found, block = self._after(block, 0), block.next()
        block = editor.document().begin()
        while found is None and block.isValid() and block.blockNumber() <= here.blockNumber():
            found, block = self._after(block, 0), block.next()
        if found is None:
            self._page.said.emit(_ALL_RIGHT)
            return
        editor.setTextCursor(found)
        editor.ensureCursorVisible()

    def suggest(self) -> None:
        """Ask what may have been meant by the misspelt word at the caret, and offer it."""
        page, cursor = self._page, self._misspelt_here()
        if cursor is None:
            if self._has_dictionary is False:
                page.said.emit(NO_DICTIONARY)
            else:
                self.go_to_misspelt()
            return
        word = cursor.selectedText()
        page.session.runner.run(
            page, lambda: _speller().suggestions(word), lambda found: self._offer(cursor, found)
        )

    def _offer(self, cursor: QTextCursor, found: list[str]) -> None:
        editor, word = self._page.view.editor, cursor.selectedText()
        rows = [Row(one, one) for one in found]
        rows.append(Row(_ADD, f"Add “{word}” to the team’s words"))

        def chosen(key: str) -> None:
            if key == _ADD:
                self._add_word(word)
            else:
                editor.respell(cursor, key)

        editor.setTextCursor(cursor)
        editor.aids.list.offer(f"Instead of {word}", rows, chosen)

    def _misspelt_here(self) -> QTextCursor | None:
        """Return the misspelt word that the caret stands in or behind, selected."""
        cursor = self._page.view.editor.textCursor()
        block = cursor.block()
        at = points(block.text(), cursor.positionInBlock())
        for start, end in self._page.view.editor.marks.misspelt_in(block.text()):
            if start <= at <= end:
                return _selected(block, start, end)
        return None

    def _after(self, block: QTextBlock, at: int) -> QTextCursor | None:
        for start, end in self._page.view.editor.marks.misspelt_in(block.text()):
            if start >= at:
                return _selected(block, start, end)
        return None

    def _add_word(self, word: str) -> None:
        page = self._page
        page.session.do(page, keep_word, word).start(failed=page.refuse)

    def _take(self, aids: TypingAids) -> None:
        editor = self._page.view.editor
        editor.aids.known = aids
        codes = [one.written for one in aids.mentions if one.kind == "child"]
        editor.marks.know(aids.names, codes, aids.words)

    def _on_dictionary(self, is_there: bool) -> None:  # noqa: FBT001 - the runner's answer
        self._has_dictionary = is_there
        self._page.view.editor.marks.check(is_on=is_there)

    def _on_asked(self, words: frozenset[str]) -> None:
        page = self._page
        page.session.runner.run(
            page,
            lambda: _speller().misspelt(words),
            lambda wrong: page.view.editor.marks.told(words, wrong),
        )

    def _on_mentioned(self, one: Mention) -> None:
        page = self._page
        if page.note is not None:
            note = page.note.record.id
            page.session.do(page, mention, note, one.record, one.kind).start(failed=page.refuse)

    def _on_stamp(self) -> None:
        page = self._page
        if page.note is not None and page.view.editor.may_write():
            page.view.editor.aids.stamp(page.now())

    def _on_register(self) -> None:
        dialog = RegisterDialog(self._page, self._page.session)
        dialog.changed.connect(self.reload)
        dialog.open()

    def _on_shorthand(self) -> None:
        ShorthandDialog(self._page, self._page.session).open()


def _selected(block: QTextBlock, start: int, end: int) -> QTextCursor:
    made, text = QTextCursor(block), block.text()
    made.setPosition(block.position() + units(text, start))
    made.setPosition(block.position() + units(text, end), QTextCursor.MoveMode.KeepAnchor)
    return made

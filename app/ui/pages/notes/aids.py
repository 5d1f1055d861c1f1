"""What happens as a word ends: short forms are written out, names become codes, @ is looked up.

Each is a step of its own that one key takes back, and looks no further than its paragraph.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextCursor

from app.operations.register import Names
from app.operations.shorthand import written_out
from app.operations.typing_aids import TypingAids
from app.ui.pages.notes.caret_list import CaretList
from app.ui.pages.notes.positions import points, units
from app.ui.widgets.rows import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QTextBlock

    from app.operations.typing_aids import Mention
    from app.ui.pages.notes.editor import NoteEditor

EXPANDING: Final = "writing out"
TAKING_OUT: Final = "taking a name out"
STAMPING: Final = "time"
HELPED: Final = frozenset({EXPANDING, TAKING_OUT})
_MOST: Final = 6
_LAST_WORD: Final = re.compile(r"(?<![\w@/.-])\w[\w/-]*$")
_MENTION: Final = re.compile(r"(?:^|(?<=[\s(“‘\"']))@([\w’'-]{0,20})$")
NOTHING: Final = TypingAids({}, (), Names(), frozenset())


class Aids(QObject):
    """Helps one editor. ``mentioned`` carries a child or an agency that was named."""

    mentioned = Signal(object)

    def __init__(self, editor: NoteEditor) -> None:
        """Help with nothing yet."""
        super().__init__(editor)
        self._editor = editor
        self.known = NOTHING
        self._left: set[tuple[str, str]] = set()  # names that a writer wanted to stay, by paragraph
        self.list = CaretList(editor)

    def typed(self, letters: str) -> None:
        """Look at what was typed last: one letter, or the end of a word."""
        if not letters or not letters.isprintable():
            if self.list.isVisible():
                self._look_up()
            return
        if letters[-1].isalnum() or letters[-1] in "@-'’":
            self._look_up()
            return
        self.list.hide()
        cursor = self._editor.textCursor()
        block, at = cursor.block(), cursor.positionInBlock()
        text = block.text()
        before = text[: points(text, at) - len(letters)]
        if not self._write_out(block, before):
            self.take_names_out(block)

    def end_word(self) -> None:
        """Look at the word before the caret, as Enter ends it too."""
        cursor = self._editor.textCursor()
        text = cursor.block().text()
        before = text[: points(text, cursor.positionInBlock())]
        if not self._write_out(cursor.block(), before):
            self.take_names_out(cursor.block())

    def take_names_out(self, block: QTextBlock) -> None:
        """Put codes where names of the register stand in a paragraph, but for those left."""
        if not self.known.names or block.blockNumber() >= len(self._editor.paper.lines):
            return
        line = self._editor.line_at(block)
        for start, end, code in reversed(self.known.names.find(line.text)):
            name = line.text[start:end]
            if (line.id, name) not in self._left:
                # In somebody's own words it shows that the words are not theirs.
                written = f"[{code}]" if line.type == "verbatim" else code
                self._replace(block, start, end, written, TAKING_OUT)

    def undone(self, name: str, paragraph: str) -> None:
        """Leave the names that a writer brought back where they are."""
        if name != TAKING_OUT:
            return
        for line in self._editor.paper.lines:
            if line.id == paragraph:
                found = self.known.names.find(line.text)
                self._left.update((line.id, line.text[start:end]) for start, end, _code in found)

    def stamp(self, now: str) -> None:
        """Write the time at the caret."""
        cursor = self._editor.textCursor()
        text, at = cursor.block().text(), cursor.positionInBlock()
        before = text[: points(text, at)]
        space = " " if before and not before[-1].isspace() else ""
        with self._editor.paper.step(STAMPING):
            cursor.insertText(f"{space}{now} ")
        self._editor.setTextCursor(cursor)

    def _write_out(self, block: QTextBlock, before: str) -> bool:
        found = _LAST_WORD.search(before)
        if found is None or self._editor.line_at(block).type == "verbatim":
            return False  # nobody's own words are made better
        words = written_out(found.group(), self.known.expansions)
        if words:
            self._replace(block, found.start(), found.end(), words, EXPANDING)
        return bool(words)

    def _replace(self, block: QTextBlock, start: int, end: int, words: str, name: str) -> None:
        text = block.text()
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + units(text, start))
        cursor.setPosition(block.position() + units(text, end), QTextCursor.MoveMode.KeepAnchor)
        with self._editor.paper.step(name):
            cursor.insertText(words)
        self._editor.tell_names()

    def _look_up(self) -> None:
        if self.list.isHidden() and not self.known.mentions:
            return
        found = self._mention_here()
        if found is None:
            self.list.hide()
        else:
            rows = _fitting(found.group(1).casefold(), self.known.mentions)
            self.list.offer("Children and agencies", rows, self._mention)

    def _mention_here(self) -> re.Match[str] | None:
        cursor = self._editor.textCursor()
        text = cursor.block().text()
        return _MENTION.search(text[: points(text, cursor.positionInBlock())])

    def _mention(self, record: str) -> None:
        one = next(one for one in self.known.mentions if one.record == record)
        found = self._mention_here()
        if found is None:
            return
        block = self._editor.textCursor().block()
        self._replace(block, found.start(), found.end(), one.written, "mention")
        self.mentioned.emit(one)


def _fitting(letters: str, mentions: Sequence[Mention]) -> list[Row]:
    """Return whom letters can mean: any word of a name may begin with them, codes come first."""
    found = [
        one
        for one in mentions
        if any(word.startswith(letters) for word in f"{one.written} {one.name}".casefold().split())
    ]
    found.sort(key=lambda one: not one.written.casefold().startswith(letters))
    return [
        Row(one.record, one.written, one.name if one.name != one.written else "")
        for one in found[:_MOST]
    ]

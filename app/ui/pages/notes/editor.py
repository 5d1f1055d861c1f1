"""The paragraph editor: one block of the document is one paragraph record.

Each block carries its paragraph's id, kind, speaker and time as properties of its format, so
that undo brings them back with the words. Nothing here loads or saves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMimeData, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeySequence,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit

from app.operations.typed_notes import Typed
from app.operations.work import new_id
from app.ui import tokens
from app.ui.pages.notes.margins import Margins
from app.ui.pages.notes.positions import LINE_BREAK, clean, points, shown, stored, units
from app.ui.pages.notes.properties import AUTHOR, ID, SPEAKER, TIME, TYPE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from app.operations.notes import Code, Paragraph

_WIDEST: Final = 72  # letters in a line


@dataclass(frozen=True, slots=True)
class Selected:
    """Words selected within one paragraph, counted in code points."""

    paragraph: str
    start: int
    end: int
    words: str


class NoteEditor(QTextEdit):
    """Where a note is typed. ``left_paragraph`` tells that the caret went to another one."""

    left_paragraph = Signal()

    def __init__(self, now: Callable[[], str]) -> None:
        """Begin empty; ``now`` tells the time as 14:02 for new paragraphs."""
        super().__init__()
        self._now = now
        self.me = ""
        self.setProperty("role", "words")
        self.setAccessibleName("Note")
        self.setAccessibleDescription("Enter begins a paragraph. Control E codes selected words.")
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setPlaceholderText("Type what you see, read and hear. Times are added for you.")
        self.margins = Margins(self)
        self._block = 0
        self._codes: dict[str, tuple[Code, ...]] = {}
        self.cursorPositionChanged.connect(self._on_moved)
        self.document().contentsChange.connect(self._on_contents_change)

    def show_note(
        self, paragraphs: Sequence[Paragraph], codes: Mapping[str, tuple[Code, ...]]
    ) -> None:
        """Show a note's paragraphs; the undo history begins anew."""
        self.document().setUndoRedoEnabled(False)
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.setBlockFormat(self._format(new_id(), self._now(), self.me))
        for index, one in enumerate(paragraphs):
            made = self._format(one.id, one.typed_at[11:16], one.author, one.type, one.speaker)
            if index:
                cursor.insertBlock(made)
            else:
                cursor.setBlockFormat(made)
            cursor.insertText(shown(one.text))
        self.document().setUndoRedoEnabled(True)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._block = 0
        self.show_codes(codes)

    def refresh(self, paragraphs: Sequence[Paragraph], typing_in: frozenset[str]) -> None:
        """Bring in what changed elsewhere, but not in paragraphs that are being typed in.

        Caret and scroll stay where they are.
        """
        texts = {one.id: one.text for one in paragraphs}
        held = {one.id: one.text for one in self.typed()}
        if any(one.id not in held for one in paragraphs) and not typing_in:
            place, scroll = self.textCursor().position(), self.verticalScrollBar().value()
            self.show_note(paragraphs, self._codes)
            cursor = self.textCursor()
            cursor.setPosition(min(place, self.document().characterCount() - 1))
            self.setTextCursor(cursor)
            self.verticalScrollBar().setValue(scroll)
            return
        for block in self._blocks():
            record = _property(block, ID)
            if record in texts and record not in typing_in and texts[record] != held[record]:
                cursor = QTextCursor(block)
                cursor.movePosition(
                    QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor
                )
                cursor.insertText(shown(texts[record]))

    def show_codes(self, codes: Mapping[str, tuple[Code, ...]]) -> None:
        """Underline the words that carry codes."""
        self._codes = dict(codes)
        marked: list[QTextEdit.ExtraSelection] = []
        for block in self._blocks():
            text = block.text()
            for code in self._codes.get(_property(block, ID), ()):
                start = code.start
                if start is None or stored(text)[start : start + len(code.quote)] != code.quote:
                    continue
                one = QTextEdit.ExtraSelection()
                cursor = QTextCursor(block)
                cursor.setPosition(block.position() + units(text, start))
                end = block.position() + units(text, start + len(code.quote))
                cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
                one.cursor = cursor
                one.format = _underline(self)
                marked.append(one)
        self.setExtraSelections(marked)
        self.margins.update()

    def typed(self) -> list[Typed]:
        """Return every paragraph as it stands on screen, in order."""
        return [
            Typed(
                _property(block, ID),
                _property(block, TYPE) or "evidence",
                stored(block.text()),
                _property(block, SPEAKER),
            )
            for block in self._blocks()
        ]

    def current_paragraph(self) -> str:
        """Return the id of the paragraph the caret is in."""
        return _property(self.textCursor().block(), ID)

    def selected(self) -> Selected | None:
        """Return the selected words, or None where none or more than one paragraph is."""
        cursor = self.textCursor()
        document = self.document()
        start = document.findBlock(cursor.selectionStart())
        if not cursor.hasSelection() or start != document.findBlock(cursor.selectionEnd()):
            return None
        text = start.text()
        first = points(text, cursor.selectionStart() - start.position())
        last = points(text, cursor.selectionEnd() - start.position())
        return Selected(_property(start, ID), first, last, stored(text)[first:last])

    def make(self, kind: str, speaker: str = "") -> None:
        """Make the caret's paragraph of a kind, or evidence again if it is of it already."""
        cursor = self.textCursor()
        block = cursor.block()
        wanted = "evidence" if _property(block, TYPE) == kind else kind
        cursor.setBlockFormat(
            self._format(
                _property(block, ID),
                _property(block, TIME),
                _property(block, AUTHOR),
                wanted,
                speaker if wanted == "verbatim" else "",
            )
        )
        self.margins.update()

    def show_paragraph(self, record: str) -> bool:
        """Put the caret at the beginning of a paragraph; whether it is here."""
        for block in self._blocks():
            if _property(block, ID) == record:
                self.setTextCursor(QTextCursor(block))
                self.ensureCursorVisible()
                return True
        return False

    def codes_of(self, block: QTextBlock) -> tuple[Code, ...]:
        """Return the codes on a block's words, for the margin."""
        return self._codes.get(_property(block, ID), ())

    def _blocks(self) -> list[QTextBlock]:
        blocks = []
        block = self.document().begin()
        while block.isValid():
            blocks.append(block)
            block = block.next()
        return blocks

    def _format(
        self, record: str, time: str, author: str, kind: str = "evidence", speaker: str = ""
    ) -> QTextBlockFormat:
        made = QTextBlockFormat()
        for key, value in ((ID, record), (TYPE, kind), (TIME, time), (AUTHOR, author)):
            made.setProperty(key, value)
        made.setProperty(SPEAKER, speaker)
        made.setLineHeight(
            tokens.READING_LINE_HEIGHT,
            QTextBlockFormat.LineHeightTypes.ProportionalHeight.value,
        )
        made.setBottomMargin(self.fontMetrics().height() * 0.5)
        return made

    def _begin_paragraph(self) -> None:
        cursor = self.textCursor()
        cursor.insertBlock(self._format(new_id(), self._now(), self.me))
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _on_moved(self) -> None:
        block = self.textCursor().blockNumber()
        if block != self._block:
            self._block = block
            self.left_paragraph.emit()

    def _on_contents_change(self, _at: int, _removed: int, _added: int) -> None:
        self.margins.update()

    def _joins_two_people(self) -> bool:
        cursor = self.textCursor()
        if cursor.hasSelection() or not cursor.atBlockStart() or cursor.atStart():
            return False
        block = cursor.block()
        return _property(block, AUTHOR) != _property(block.previous(), AUTHOR)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Begin a paragraph on Enter; keep two people's paragraphs apart."""
        if self.isReadOnly():
            super().keyPressEvent(event)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        ):
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.textCursor().insertText(LINE_BREAK)
            else:
                self._begin_paragraph()
        elif event.matches(QKeySequence.StandardKey.Backspace) and self._joins_two_people():
            event.accept()
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste words alone; each line becomes a paragraph."""
        if not source.hasText():
            return
        cursor = self.textCursor()
        cursor.beginEditBlock()
        for index, line in enumerate(clean(source.text())):
            if index:
                cursor.insertBlock(self._format(new_id(), self._now(), self.me))
            cursor.insertText(line)
        cursor.endEditBlock()
        self.setTextCursor(cursor)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the lines readable: no wider than a page, the rest is margin."""
        letter = self.fontMetrics().averageCharWidth()
        left = self.margins.left_width()
        bar = self.verticalScrollBar().sizeHint().width()
        room = self.width() - left - _WIDEST * letter - bar
        # Margins first: the words are laid out by the width that is left.
        self.setViewportMargins(left, letter, max(letter, room), 0)
        super().resizeEvent(event)
        self.margins.setGeometry(QRect(0, 0, self.width(), self.height()))

    def sizeHint(self) -> QSize:
        """Ask for a page's width."""
        return QSize(self.fontMetrics().averageCharWidth() * (_WIDEST + 20), 400)


def _property(block: QTextBlock, name: int) -> str:
    value = block.blockFormat().property(name)
    return value if isinstance(value, str) else ""


def _underline(editor: QTextEdit) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
    made.setUnderlineColor(editor.palette().accent().color())
    return made

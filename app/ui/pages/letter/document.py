"""The letter as a text document for the screen, block by block, so that one can be replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextOption,
)

from app.ui.pages.letter.model import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.operations.previews import LetterPreview, PreviewBlock

_SIZES: Final = {"heading": 1.4, "subheading": 1.15, "box": 1.1}
_BOLD: Final = frozenset({"heading", "subheading", "box"})
_LINE_HEIGHT: Final = 125  # per cent


class LetterDocument(QTextDocument):
    """Builds the pages from a preview and knows where each sentence stands in them."""

    def __init__(self, font: QFont, line: QColor, orphan: QColor) -> None:
        """Set the letter in a font; ``line`` borders boxes, ``orphan`` underlines sentences."""
        super().__init__()
        self.setDefaultFont(font)
        self.setUndoRedoEnabled(False)
        wrapped = QTextOption()
        wrapped.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setDefaultTextOption(wrapped)
        self._line = line
        self._orphan = orphan
        self._bullet = "•"
        self.blocks: list[PreviewBlock] = []

    def set_colours(self, line: QColor, orphan: QColor) -> None:
        """Border boxes and underline sentences in these colours from the next writing on."""
        self._line = line
        self._orphan = orphan

    def build(self, preview: LetterPreview) -> None:
        """Lay out the whole letter anew."""
        self.clear()
        self._bullet = preview.bullet
        self.blocks = list(preview.blocks)
        cursor = QTextCursor(self)
        cursor.beginEditBlock()
        self._head(cursor, preview)
        at = 0
        while at < len(self.blocks):
            if self.blocks[at].type == "box":
                at = self._box(cursor, at)
                continue
            self._begin(cursor)
            self._write(cursor, at)
            at += 1
        self._foot(cursor, preview)
        cursor.endEditBlock()

    def replace(self, block: PreviewBlock) -> bool:
        """Set one block anew; return whether it was there to be replaced."""
        at = next((n for n, one in enumerate(self.blocks) if one.id == block.id), None)
        found = self._text_block(at) if at is not None else None
        if at is None or found is None:
            return False
        self.blocks[at] = block
        cursor = QTextCursor(found)
        cursor.beginEditBlock()
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        self._write(cursor, at)
        cursor.endEditBlock()
        return True

    def block(self, block: str) -> PreviewBlock | None:
        """Return a block as it stands here."""
        return next((one for one in self.blocks if one.id == block), None)

    def range_of(self, place: Place) -> tuple[int, int] | None:
        """Return where a sentence begins and ends in the document."""
        at = next((n for n, one in enumerate(self.blocks) if one.id == place.block), None)
        found = self._text_block(at) if at is not None else None
        if at is None or found is None or place.number >= len(self.blocks[at].sentences):
            return None
        block = self.blocks[at]
        sentence = block.sentences[place.number]
        begin = found.position() + _length(self._prefix(block))
        return (
            begin + _position(block, sentence.start),
            begin + _position(block, sentence.end),
        )

    def place_at(self, position: int) -> Place | None:
        """Return the sentence at a position of the document."""
        found = self.findBlock(position)
        at = found.userState()
        if not 0 <= at < len(self.blocks):
            return None
        block = self.blocks[at]
        inside = position - found.position() - _length(self._prefix(block))
        for number, one in enumerate(block.sentences):
            if inside <= _position(block, one.end) or number == len(block.sentences) - 1:
                return Place(block.id, number)
        return None

    def _text_block(self, at: int) -> QTextBlock | None:
        one = self.begin()
        while one.isValid():
            if one.userState() == at:
                return one
            one = one.next()
        return None

    def _begin(self, cursor: QTextCursor) -> None:
        """Go to the end of the letter, on a line of its own."""
        cursor.movePosition(QTextCursor.MoveOperation.End)
        if not self.isEmpty():
            cursor.insertBlock()

    def _box(self, cursor: QTextCursor, at: int) -> int:
        """Write a box and what is in it; return the number of the block after it."""
        self._begin(cursor)
        unit = _unit(self)
        framed = QTextFrameFormat()
        framed.setBorder(1)
        framed.setBorderBrush(QBrush(self._line))
        framed.setPadding(2 * unit)
        framed.setTopMargin(unit)
        framed.setBottomMargin(2 * unit)
        cursor.insertFrame(framed)
        box = self.blocks[at].id
        self._write(cursor, at)
        at += 1
        while at < len(self.blocks) and self.blocks[at].box == box:
            cursor.insertBlock()
            self._write(cursor, at)
            at += 1
        return at

    def _write(self, cursor: QTextCursor, at: int) -> None:
        """Write a block's words into the empty text block the cursor is in."""
        block = self.blocks[at]
        cursor.setBlockFormat(self._block_format(block))
        cursor.block().setUserState(at)
        usual = self._char_format(block)
        cursor.setBlockCharFormat(usual)
        cursor.insertText(self._prefix(block), usual)
        orphans = set(block.orphans)
        reached = 0
        for sentence in block.sentences:
            self._insert(cursor, block, (reached, sentence.start), usual)
            marked = QTextCharFormat(usual)
            if sentence in orphans:
                marked.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
                marked.setUnderlineColor(self._orphan)
                marked.setToolTip("Rests on nothing recorded")
            self._insert(cursor, block, (sentence.start, sentence.end), marked)
            reached = sentence.end
        self._insert(cursor, block, (reached, len(block.text)), usual)

    def _insert(
        self,
        cursor: QTextCursor,
        block: PreviewBlock,
        stretch: tuple[int, int],
        chars: QTextCharFormat,
    ) -> None:
        """Insert a stretch of a block's words, with the footnote marks that stand in it."""
        start, end = stretch
        for note in block.footnotes:
            if note.offset is not None and start < note.offset <= end:
                cursor.insertText(_shown(block.text[start : note.offset]), chars)
                raised = QTextCharFormat(chars)
                raised.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
                cursor.insertText(note.mark, raised)
                start = note.offset
        cursor.insertText(_shown(block.text[start:end]), chars)

    def _prefix(self, block: PreviewBlock) -> str:
        if block.number:
            return f"{block.number}\t"
        return f"{self._bullet}\t" if block.type == "bullet" else ""

    def _block_format(self, block: PreviewBlock) -> QTextBlockFormat:
        unit = _unit(self)
        made = QTextBlockFormat()
        made.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        made.setTopMargin(4 * unit if block.type == "heading" else 0)
        made.setBottomMargin(2 * unit)
        if block.type in _BOLD:
            made.setHeadingLevel(min(6, 1 + block.level + (block.type == "subheading")))
        elif self._prefix(block):
            indent = 5 * unit * max(1, block.level)
            made.setLeftMargin(indent)
            made.setTextIndent(-5 * unit)
            made.setTabPositions([QTextOption.Tab(5 * unit, QTextOption.TabType.LeftTab)])
        return made

    def _char_format(self, block: PreviewBlock) -> QTextCharFormat:
        made = QTextCharFormat()
        font = QFont(self.defaultFont())
        font.setPointSizeF(font.pointSizeF() * _SIZES.get(block.type, 1.0))
        font.setBold(block.type in _BOLD)
        made.setFont(font)
        return made

    def _head(self, cursor: QTextCursor, preview: LetterPreview) -> None:
        self._lines(cursor, [preview.marking], bold=True)
        self._lines(cursor, [preview.date])
        self._lines(cursor, preview.addressees)
        self._lines(cursor, [preview.salutation])
        self._lines(cursor, [preview.subject], bold=True)

    def _foot(self, cursor: QTextCursor, preview: LetterPreview) -> None:
        self._lines(cursor, [preview.closing])
        for signatory in preview.signatories:
            self._lines(cursor, signatory)
        self._lines(
            cursor,
            [f"{one.mark} {one.text}" for block in preview.blocks for one in block.footnotes],
        )

    def _lines(self, cursor: QTextCursor, lines: Sequence[str], *, bold: bool = False) -> None:
        """Write lines that belong together, such as the addressees, if there are any."""
        words = "\u2028".join(one for one in lines if one)
        if not words:
            return
        self._begin(cursor)
        shape = QTextBlockFormat()
        shape.setBottomMargin(4 * _unit(self))
        cursor.setBlockFormat(shape)
        chars = QTextCharFormat()
        font = QFont(self.defaultFont())
        font.setBold(bold)
        chars.setFont(font)
        cursor.insertText(words, chars)


def _shown(words: str) -> str:
    """A block's own line breaks stay within its text block."""
    return words.replace("\n", "\u2028")


def _length(words: str) -> int:
    """Count as the document does: in UTF-16 units."""
    return len(words.encode("utf-16-le")) // 2


def _position(block: PreviewBlock, offset: int) -> int:
    """Return where a place in a block's words stands in what is shown of them."""
    marks = sum(
        _length(one.mark)
        for one in block.footnotes
        if one.offset is not None and 0 < one.offset <= offset
    )
    return _length(block.text[:offset]) + marks


def _unit(document: QTextDocument) -> float:
    return document.defaultFont().pointSizeF() / 3 * 1.33

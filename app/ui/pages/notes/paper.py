"""A document of paragraphs: one block is one record, and both change together.

The document's own undo is off: steps are kept as values, so that words which arrive from
elsewhere are never taken back as if they had been typed here.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCursor, QTextDocument

from app.ui import tokens
from app.ui.pages.notes.history import TYPING, Deed, Edit, History
from app.ui.pages.notes.lines import Line, followed, renewed, stretch
from app.ui.pages.notes.positions import shown, stored, units

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from app.ui.pages.notes.history import Taken

_END: Final = QTextCursor.MoveOperation.EndOfBlock
_KEEP: Final = QTextCursor.MoveMode.KeepAnchor


@dataclass(frozen=True, slots=True)
class Place:
    """Where a step's words were: the paragraph, the unit in it, and what the step is called."""

    at: int
    unit: int
    name: str


class Paper:
    """Keeps a list of lines in step with a document, whoever changes either."""

    def __init__(
        self,
        document: QTextDocument,
        begin: Callable[[], Line],
        may_change: Callable[[Line], bool],
    ) -> None:
        """Watch a document; ``begin`` makes the line of a new paragraph.

        ``may_change`` says of which paragraphs a step may be taken back.
        """
        self.document = document
        self.lines: list[Line] = [begin()]
        self.history = History()
        self._begin, self._may_change = begin, may_change
        self._name = TYPING
        self._is_writing = False
        self._gap, self._room = 0.0, 0.0
        self._edited: range | None = None  # paragraphs edited in the document, to be spaced
        document.setUndoRedoEnabled(False)
        document.contentsChange.connect(self._on_contents_change)
        document.contentsChanged.connect(self._on_contents_changed)

    def show(self, lines: Sequence[Line], history: History | None = None) -> None:
        """Show other paragraphs, with what can be undone in them."""
        self.history = history or History()
        self.history.break_off()
        self._is_writing = True
        self.document.clear()
        cursor = QTextCursor(self.document)
        self.lines = list(lines) or [self._begin()]
        near, far = _spaced(self._gap), _spaced(self._gap + self._room)
        cursor.beginEditBlock()
        # With their spaces from the beginning: a long note is laid out once.
        for index, line in enumerate(self.lines):
            if index:
                cursor.insertBlock(far if line.beneath else near)
            else:
                cursor.setBlockFormat(far if line.beneath else near)
            cursor.insertText(shown(line.text))
        cursor.endEditBlock()
        self._is_writing = False

    def space(self, gap: float, room: float) -> None:
        """Set paragraphs ``gap`` apart, with ``room`` for a name under attributed words."""
        self._gap, self._room = gap, room
        self._space_out(range(len(self.lines)))

    def bring_in(self, lines: Sequence[Line]) -> None:
        """Make these the paragraphs, touching only what differs. It can't be undone here."""
        wanted = list(lines) or [self._begin()]
        ids = {line.id for line in wanted}
        if ids.isdisjoint(line.id for line in self.lines):
            self.write(0, len(self.lines), wanted)
            return
        for at in range(len(self.lines) - 1, -1, -1):
            if self.lines[at].id not in ids:
                self.write(at, 1, [])
        for at, line in enumerate(wanted):
            if at < len(self.lines) and self.lines[at] == line:
                continue
            known = next((n for n, one in enumerate(self.lines) if one.id == line.id), None)
            if known is not None and known != at:
                self.write(known, 1, [])
                known = None
            self.write(at, 0 if known is None else 1, [line])

    def change(self, at: int, line: Line, name: str = TYPING) -> None:
        """Change a paragraph as one step that can be undone."""
        before = self.lines[at]
        if line != before:
            self.write(at, 1, [line])
            self.history.break_off()
            self.history.add(Edit((before,), (line,), name))
            self.history.break_off()

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Let what is edited in the document meanwhile be undone by itself, under a name."""
        self.history.break_off()
        self._name = name
        try:
            yield
        finally:
            self._name = TYPING
            self.history.break_off()

    def undo(self) -> Place | None:
        """Take the last step back; return where its words were."""
        return self._take(self.history.step_back(self.lines, self._may_change))

    def redo(self) -> Place | None:
        """Do again what was taken back last; return where its words are."""
        return self._take(self.history.step_forward(self.lines, self._may_change))

    def index_of(self, record: str) -> int | None:
        """Return which paragraph a record is."""
        return next((n for n, line in enumerate(self.lines) if line.id == record), None)

    def block(self, at: int) -> QTextBlock:
        """Return a paragraph's block."""
        return self.document.findBlockByNumber(at)

    def write(self, at: int, count: int, lines: Sequence[Line]) -> None:
        """Put lines in place of ``count`` paragraphs, letter by letter where they stay."""
        was, self._is_writing = self._is_writing, True
        both = min(count, len(lines))
        for index in range(both):
            self._retext(at + index, lines[index].text)
        if count > both:
            self._remove(at + both, count - both)
        for index in range(both, len(lines)):
            self._insert(at + index, lines[index].text)
        self.lines[at : at + count] = lines
        self._is_writing = was
        self._space_out(range(at, at + len(lines)))

    def _take(self, step: Taken | None) -> Place | None:
        if step is None:
            return None
        if isinstance(step, Deed):
            step.again()
            return None
        at, edit = step
        count = len(edit.before)
        was = self.lines[at].text if count else ""
        self.write(at, count, renewed(edit.after, self.lines[at : at + count]))
        if not edit.after:
            return Place(max(0, at - 1), 0, edit.name)
        now = self.lines[at].text
        start, _gone, came = stretch(was, now)
        whole = start + len(came) if len(edit.before) == len(edit.after) == 1 else len(now)
        return Place(at, units(now, whole), edit.name)

    def _retext(self, at: int, text: str) -> None:
        block = self.block(at)
        held = block.text()
        start, gone, came = stretch(held, shown(text))
        if gone or came:
            cursor = QTextCursor(block)
            cursor.setPosition(block.position() + units(held, start))
            cursor.setPosition(block.position() + units(held, start + gone), _KEEP)
            cursor.insertText(came)

    def _insert(self, at: int, text: str) -> None:
        if at:
            cursor = QTextCursor(self.block(at - 1))
            cursor.movePosition(_END)
            cursor.insertBlock()
            cursor.insertText(shown(text))
        else:
            cursor = QTextCursor(self.document)
            cursor.insertBlock()
            cursor.movePosition(QTextCursor.MoveOperation.Start)
            cursor.insertText(shown(text))

    def _remove(self, at: int, count: int) -> None:
        if at:
            cursor = QTextCursor(self.block(at - 1))
            cursor.movePosition(_END)
            last = self.block(at + count - 1)
            cursor.setPosition(last.position() + last.length() - 1, _KEEP)
        else:
            cursor = QTextCursor(self.document)
            behind = self.block(count)
            if behind.isValid():
                cursor.setPosition(behind.position(), _KEEP)
            else:
                cursor.movePosition(QTextCursor.MoveOperation.End, _KEEP)
        cursor.removeSelectedText()

    def _on_contents_change(self, at: int, _removed: int, added: int) -> None:
        """Follow an edit that was made in the document itself."""
        if self._is_writing:
            return
        first = self.document.findBlock(at).blockNumber()
        end = min(at + added, self.document.characterCount() - 1)
        last = self.document.findBlock(end).blockNumber()
        grown = self.document.blockCount() - len(self.lines)
        before = tuple(self.lines[first : last + 1 - grown])
        texts = [stored(self.block(number).text()) for number in range(first, last + 1)]
        after = followed(before, texts, self._begin)
        self.lines[first : last + 1 - grown] = after
        self._edited = range(first, last + 1)
        if before != after:
            self.history.add(Edit(before, after, self._name))

    def _on_contents_changed(self) -> None:
        """Space what was edited, now that Qt has finished with the edit."""
        edited, self._edited = self._edited, None
        if edited is not None:
            self._space_out(edited)

    def _space_out(self, numbers: range) -> None:
        was, self._is_writing = self._is_writing, True
        for number in numbers:
            wanted = self._gap + (self._room if self.lines[number].beneath else 0)
            block = self.block(number)
            if block.blockFormat().bottomMargin() != wanted:
                QTextCursor(block).setBlockFormat(_spaced(wanted))
        self._is_writing = was


def _spaced(gap: float) -> QTextBlockFormat:
    made = QTextBlockFormat()
    made.setLineHeight(
        tokens.READING_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
    )
    made.setBottomMargin(gap)
    return made

"""The paragraph editor: keys, caret and margins over a paper of paragraph records.

Another person's words, and those of a locked note, can be read and copied here, never changed.
Nothing here loads or saves.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QMimeData, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QTextBlock, QTextCursor
from PySide6.QtWidgets import QTextEdit

from app.operations.work import new_id
from app.ui.pages.notes.aids import HELPED, Aids
from app.ui.pages.notes.caret_place import caret_place, put_back
from app.ui.pages.notes.context_menu import context_menu
from app.ui.pages.notes.lines import EVIDENCE, Line, Selected, line_of, renewed, with_unsaved
from app.ui.pages.notes.margins import Margins
from app.ui.pages.notes.marks import Marks
from app.ui.pages.notes.paper import Paper
from app.ui.pages.notes.positions import LINE_BREAK, clean, points
from app.ui.pages.notes.touching import touched, way_of
from app.ui.pages.notes.underlines import underlined

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtGui import QContextMenuEvent, QInputMethodEvent, QKeyEvent, QResizeEvent

    from app.operations.notes import Code, Paragraph
    from app.operations.typed_notes import Typed
    from app.ui.pages.notes.history import Deed, History
    from app.ui.pages.notes.paper import Place

_WIDEST: Final = 72  # letters in a line
_GAP: Final = 0.5  # of a line, between paragraphs
_MANY: Final = 60  # paragraphs that no screen is high enough for
_NAME: Final = 1.2  # lines, for a name under a quotation
MARKING: Final = "marking"
NOT_YOURS: Final = "These are another person’s words. Enter begins a paragraph of yours."
LOCKED: Final = "This note is locked. Enter begins a paragraph that carries today’s date."
CODED: Final = "The words below carry codes, so the two paragraphs stay apart."


class NoteEditor(QTextEdit):
    """Where a note is typed. ``left_paragraph`` tells that the caret went to another one."""

    left_paragraph = Signal()
    refused = Signal(str)  # why a key did nothing
    undo_changed = Signal(str, str)  # what would be undone, and what done again, in a word

    def __init__(self, now: Callable[[], str]) -> None:
        """Begin empty; ``now`` tells the time as 14:02 for new paragraphs."""
        super().__init__()
        self._now = now
        self.me = ""
        self.locked_at = ""  # when the note that is shown next was locked
        self._locked: frozenset[str] = frozenset()
        self._codes: Mapping[str, tuple[Code, ...]] = {}
        self._marks: dict[str, list[QTextEdit.ExtraSelection]] = {}
        self.setProperty("role", "words")
        self.setAccessibleName("Note")
        self.setAccessibleDescription("Enter begins a paragraph. Control E codes selected words.")
        self.setAcceptRichText(False)
        self.setAcceptDrops(False)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setPlaceholderText("Type what you see, read and hear. Times are added for you.")
        self.paper = Paper(self.document(), self._new_line, self.is_mine)
        self.margins = Margins(self)
        self.marks = Marks(self.document())
        self.aids = Aids(self)
        self._at = ""
        self._names = ("", "")
        self._is_centred = False
        self._space()
        self.cursorPositionChanged.connect(self._on_moved)
        self.document().documentLayout().documentSizeChanged.connect(self.margins.refresh)
        self.textChanged.connect(self.margins.refresh)
        self.textChanged.connect(self.tell_names)

    def show_note(
        self,
        paragraphs: Sequence[Paragraph],
        codes: Mapping[str, tuple[Code, ...]],
        history: History | None = None,
    ) -> None:
        """Show a note's paragraphs, with what can be undone in it if it was open before."""
        self._locked = frozenset()
        if len(paragraphs) > _MANY:
            # A bar that came once the words stand would have all of them laid out a second time.
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        with self.marks.looking_later():
            self.paper.show([line_of(one, self.locked_at) for one in paragraphs], history)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._at = self.current_paragraph()
        self.show_codes(codes)
        self.tell_names()

    def lock(self, paragraphs: Sequence[Paragraph]) -> None:
        """Hold these paragraphs fast: the note is only added to."""
        self._locked = frozenset(one.id for one in paragraphs)

    def refresh(self, paragraphs: Sequence[Paragraph], typing_in: frozenset[str]) -> None:
        """Bring in what changed elsewhere, but not in paragraphs that are being typed in.

        Caret and scroll stay with the words they were at.
        """
        here = {line.id: line for line in self.paper.lines}
        wanted = [line_of(one, self.locked_at) for one in paragraphs]
        for at, line in enumerate(wanted):
            known = here.get(line.id)
            if known is not None and line.id in typing_in:
                wanted[at] = renewed([known], [line])[0]
        wanted = with_unsaved(wanted, self.paper.lines, typing_in)
        if wanted == self.paper.lines:
            return
        top = self.cursorRect().top()
        place = caret_place(self)
        self.paper.bring_in(wanted)
        put_back(self, place)
        self._at = self.current_paragraph()
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.cursorRect().top() - top)

    def show_codes(self, codes: Mapping[str, tuple[Code, ...]]) -> None:
        """Underline the words that carry codes; the lines follow the words as they move."""
        self._codes = codes
        marked = []
        for at, line in enumerate(self.paper.lines):
            if line.id in codes:
                marked += underlined(self.paper.block(at), line, codes[line.id])
        self.mark("codes", marked)
        self.margins.refresh()

    def mark(self, layer: str, marks: Sequence[QTextEdit.ExtraSelection]) -> None:
        """Mark words in a layer of their own; what other layers mark stays marked."""
        if marks or self._marks.get(layer):
            self._marks[layer] = list(marks)
            self.setExtraSelections([one for each in self._marks.values() for one in each])

    def typed(self) -> list[Typed]:
        """Return every paragraph as it stands on screen, in order."""
        return [line.typed for line in self.paper.lines]

    def line_at(self, block: QTextBlock) -> Line:
        """Return what a block is a paragraph of."""
        return self.paper.lines[block.blockNumber()]

    def codes_at(self, block: QTextBlock) -> tuple[Code, ...]:
        """Return the codes on a block's words."""
        return self._codes.get(self.line_at(block).id, ())

    def current_paragraph(self) -> str:
        """Return the id of the paragraph the caret is in."""
        return self.line_at(self.textCursor().block()).id

    def selected(self) -> Selected | None:
        """Return the selected words, or None where none or more than one paragraph is."""
        cursor = self.textCursor()
        start = self.document().findBlock(cursor.selectionStart())
        if not cursor.hasSelection() or start != self.document().findBlock(cursor.selectionEnd()):
            return None
        text = start.text()
        first = points(text, cursor.selectionStart() - start.position())
        last = points(text, cursor.selectionEnd() - start.position())
        line = self.line_at(start)
        return Selected(line.id, first, last, line.text[first:last])

    def make(self, kind: str, speaker: str = "") -> None:
        """Make the caret's paragraph of a kind, or evidence again if it is of it already."""
        if not self.may_write():
            return
        at = self.textCursor().blockNumber()
        line = self.paper.lines[at]
        wanted = EVIDENCE if line.type == kind else kind
        whose = speaker if wanted == "verbatim" else ""
        self.paper.change(at, replace(line, type=wanted, speaker=whose), MARKING)
        self.textChanged.emit()

    def centre(self, *, is_centred: bool) -> None:
        """Set the words in the middle of the page, or at its left with room for labels."""
        self._is_centred = is_centred
        self._fit()

    @property
    def is_centred(self) -> bool:
        """Whether the words stand alone in the middle of the page."""
        return self._is_centred

    def words_from(self) -> int:
        """Return how far from the left the words begin when they are not centred."""
        return self.margins.left_width() + round(self.document().documentMargin())

    def show_paragraph(self, record: str) -> bool:
        """Put the caret at the beginning of a paragraph; whether it is here."""
        at = self.paper.index_of(record)
        if at is not None:
            self.setTextCursor(QTextCursor(self.paper.block(at)))
            self.ensureCursorVisible()
        return at is not None

    def undo(self) -> None:
        """Undo the writer's last step, whatever arrived from elsewhere since."""
        place = self.paper.undo()
        if place is not None:
            self.aids.undone(place.name, self.paper.lines[place.at].id)
        self._go_to(place)

    def redo(self) -> None:
        """Do again what was undone last."""
        self._go_to(self.paper.redo())

    def add_deed(self, deed: Deed) -> None:
        """Take note of something done to the note beside its words, so that it can be undone."""
        self.paper.history.add(deed)
        self.tell_names()

    def tell_names(self) -> None:
        """Tell what can be undone now, if that is another thing than before."""
        names = self.paper.history.names
        if names != self._names:
            self._names = names
            self.undo_changed.emit(*names)

    def _go_to(self, place: Place | None) -> None:
        if place is not None:
            block = self.paper.block(place.at)
            # A helper's step stood before the caret, which Qt has kept where it was.
            if place.name not in HELPED or block != self.textCursor().block():
                cursor = QTextCursor(block)
                cursor.setPosition(block.position() + place.unit)
                self.setTextCursor(cursor)
            self.textChanged.emit()
        self.tell_names()

    def respell(self, cursor: QTextCursor, word: str) -> None:
        """Put another spelling in place of a word, where one may write."""
        self.setTextCursor(cursor)
        if self.may_write():
            with self.paper.step("spelling"):
                cursor.insertText(word)
            self.setTextCursor(cursor)
            self.tell_names()

    def settle(self, typed_in: frozenset[str]) -> None:
        """Finish paragraphs before they are saved: no name of the register stays in them."""
        for at, line in enumerate(self.paper.lines if self.aids.known.names else ()):
            if line.id in typed_in and self.is_mine(line):
                self.aids.take_names_out(self.paper.block(at))

    def _new_line(self) -> Line:
        return Line(new_id(), author=self.me, time=self._now())

    def _space(self) -> None:
        line = self.fontMetrics().height()
        self.paper.space(_GAP * line, _NAME * line)

    def is_mine(self, line: Line) -> bool:
        """Whether a paragraph may be written in here."""
        return line.id not in self._locked and (
            not self.me or not line.author or line.author == self.me
        )

    def may_write(self, *, back: bool = False, on: bool = False) -> bool:
        """Whether an edit at the caret leaves other people's words alone; say so if not.

        ``back`` and ``on``: it also takes away what stands straight before or after the caret.
        """
        cursor = self.textCursor()
        lines = [self.paper.lines[n] for n in touched(cursor, back=back, on=on)]
        if all(self.is_mine(line) for line in lines):
            if cursor.hasSelection() or len(lines) == 1 or not self._joins_codes(lines):
                return True
            self.refused.emit(CODED)
        else:
            self.refused.emit(LOCKED if any(one.id in self._locked for one in lines) else NOT_YOURS)
        return False

    def _joins_codes(self, lines: Sequence[Line]) -> bool:
        upper, lower = lines[0], lines[-1]
        return bool(upper.text and lower.text and self._codes.get(lower.id))

    def _begin_paragraph(self) -> None:
        cursor = self.textCursor()
        whole = [self.paper.lines[n] for n in touched(cursor)]
        if not all(self.is_mine(line) for line in whole):
            # Below the words that stay as they are.
            cursor.setPosition(cursor.selectionEnd())
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        self.paper.history.break_off()
        cursor.insertBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _on_moved(self) -> None:
        if self.textCursor().blockNumber() >= len(self.paper.lines):
            return  # the paper is about to follow
        at = self.current_paragraph()
        if at != self._at:
            self._at = at
            self.paper.history.break_off()
            self.left_paragraph.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Begin a paragraph on Enter; undo our own way; keep other people's words as they are."""
        if self.aids.list.take(event):
            event.accept()
            return
        held = event.modifiers()
        command = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.redo()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not held & command:
            if not held & Qt.KeyboardModifier.ShiftModifier:
                if self.is_mine(self.line_at(self.textCursor().block())):
                    self.aids.end_word()
                self._begin_paragraph()
            elif self.may_write():
                self.textCursor().insertText(LINE_BREAK)
        elif (way := way_of(event)) and not self.may_write(back=way == "back", on=way == "on"):
            event.accept()
        else:
            super().keyPressEvent(event)
            self.aids.typed(event.text() if way == "here" else "")

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's own names
        """Let Tab choose from the list at the caret while there is one."""
        if self.aids.list.isVisible():
            self.aids.list.choose()
            return True
        return super().focusNextPrevChild(next)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Compose letters only where one may write."""
        if (event.preeditString() or event.commitString()) and not self.may_write():
            return
        super().inputMethodEvent(event)
        if event.commitString():
            self.aids.typed(event.commitString())

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste words alone; each line becomes a paragraph."""
        if not source.hasText() or not self.may_write():
            return
        cursor = self.textCursor()
        first = cursor.document().findBlock(cursor.selectionStart()).blockNumber()
        with self.paper.step("pasting"):
            cursor.beginEditBlock()
            for index, line in enumerate(clean(source.text())):
                if index:
                    cursor.insertBlock()
                cursor.insertText(line)
            cursor.endEditBlock()
        self.setTextCursor(cursor)
        for number in range(first, cursor.blockNumber() + 1):
            self.aids.take_names_out(self.paper.block(number))
        self.tell_names()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done at the caret."""
        mine = all(self.is_mine(self.paper.lines[n]) for n in touched(self.textCursor()))
        context_menu(self, is_mine=mine).popup(event.globalPos())

    def changeEvent(self, event: QEvent) -> None:
        """Set paragraphs and margins anew for letters or colours of another theme."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange} and hasattr(
            self, "margins"
        ):
            self._space()
            self.show_codes(self._codes)
            self.marks.set_anew()
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the lines readable: no wider than a page, the rest is margin."""
        self._fit()  # margins first: the words are laid out by the width that is left
        super().resizeEvent(event)

    def sizeHint(self) -> QSize:
        """Ask for a page's width."""
        return QSize(self.fontMetrics().averageCharWidth() * (_WIDEST + 20), 400)

    def _fit(self) -> None:
        letter = self.fontMetrics().averageCharWidth()
        left = self.margins.left_width()
        bar = self.verticalScrollBar().sizeHint().width()
        room = self.width() - left - _WIDEST * letter - bar
        if self._is_centred and room > 0:
            left += room // 2
            room -= room // 2
        self.setViewportMargins(left, letter, max(letter, room), 0)
        self.margins.setGeometry(QRect(0, 0, self.width(), self.height()))

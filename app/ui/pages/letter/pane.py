"""Shows the pages of the letter; a click or the caret chooses a sentence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QTextCursor, QTextOption
from PySide6.QtWidgets import QTextEdit

from app.ui.pages.letter.document import LetterDocument
from app.ui.widgets.colouring import colour_of

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QResizeEvent

    from app.operations.previews import LetterPreview, PreviewBlock
    from app.ui.pages.letter.model import Place


class LetterPane(QTextEdit):
    """The letter as it will read. Nothing is written here; the caret only chooses."""

    sentence_chosen = Signal(object)  # a Place

    def __init__(self) -> None:
        """Begin with an empty page."""
        super().__init__()
        self.setAccessibleName("The letter as it will read")
        self.setAccessibleDescription(
            "Alt with the arrow keys goes from sentence to sentence; "
            "its evidence is shown beside the page."
        )
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setMinimumHeight(6 * self.fontMetrics().height())
        self.setProperty("role", "words")
        self._quiet = False
        self._preview: LetterPreview | None = None
        self._in_view: tuple[Place, int] | None = None  # brought into view, and scrolled to where
        self.letter = self._new_document()
        self.setDocument(self.letter)
        self.cursorPositionChanged.connect(self._on_caret)

    def show_letter(self, preview: LetterPreview) -> None:
        """Show the whole letter; the page stays where it was scrolled to."""
        scrolled = self.verticalScrollBar().value()
        self._preview = preview
        self._quiet = True
        self.letter.build(preview)
        self._quiet = False
        self.verticalScrollBar().setValue(scrolled)

    def show_block(self, block: PreviewBlock) -> bool:
        """Show one block anew and leave the rest; return whether it is on the page."""
        scrolled = self.verticalScrollBar().value()
        self._quiet = True
        replaced = self.letter.replace(block)
        self._quiet = False
        self.verticalScrollBar().setValue(scrolled)
        return replaced

    def mark(self, place: Place | None, *, bring_into_view: bool = True) -> None:
        """Mark a sentence as the chosen one, and the caret with it."""
        found = self.letter.range_of(place) if place is not None else None
        if found is None or place is None:
            self._in_view = None
            self.setExtraSelections([])
            return
        cursor = QTextCursor(self.letter)
        cursor.setPosition(found[0])
        cursor.setPosition(found[1], QTextCursor.MoveMode.KeepAnchor)
        chosen = QTextEdit.ExtraSelection()
        chosen.cursor = cursor
        ground = colour_of("accent")
        ground.setAlphaF(0.22)
        chosen.format.setBackground(ground)
        self.setExtraSelections([chosen])
        if bring_into_view:
            self._go_to(found)
            self._in_view = (place, self.verticalScrollBar().value())

    def _go_to(self, sentence: tuple[int, int]) -> None:
        """Bring a whole sentence into view and leave the caret at its beginning."""
        caret = self.textCursor()
        self._quiet = True
        for position in (sentence[1], sentence[0]):
            caret.setPosition(position)
            self.setTextCursor(caret)
            self.ensureCursorVisible()
        self._quiet = False

    def _on_caret(self) -> None:
        if self._quiet or self.textCursor().hasSelection():
            return
        place = self.letter.place_at(self.textCursor().position())
        if place is not None:
            self.sentence_chosen.emit(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the sentence in view that was brought there, unless one has scrolled on since."""
        scrolled = self.verticalScrollBar().value()
        super().resizeEvent(event)
        if self._in_view is not None and self._in_view[1] == scrolled:
            place = self._in_view[0]
            found = self.letter.range_of(place)
            if found is not None:
                self._go_to(found)
                self._in_view = (place, self.verticalScrollBar().value())

    def changeEvent(self, event: QEvent) -> None:
        """Write the pages again in the colours of another theme, or in letters of another size."""
        super().changeEvent(event)
        restyled = {QEvent.Type.PaletteChange, QEvent.Type.FontChange}
        if event.type() in restyled and self._preview is not None:
            self.letter.setDefaultFont(self.font())
            self.letter.set_colours(*self._colours())
            self.show_letter(replace(self._preview, blocks=tuple(self.letter.blocks)))

    def _colours(self) -> tuple[QColor, QColor]:
        """Return the colour of a box's border and of the underline."""
        return colour_of("muted"), colour_of("ink")

    def _new_document(self) -> LetterDocument:
        made = LetterDocument(self.font(), *self._colours())
        made.setParent(self)
        made.setDocumentMargin(1.5 * self.fontMetrics().height())
        return made

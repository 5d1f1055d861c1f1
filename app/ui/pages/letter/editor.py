"""One block of the letter being written: its words, its type, its place in a box."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.ui.pages.letter.model import BLOCK_WORDS, UNTRACED, against_said, what_was_said
from app.ui.widgets.choice import Choice
from app.ui.widgets.figures import inset_figures
from app.ui.widgets.labels import label
from app.ui.widgets.wheel import pass_wheel_on
from app.ui.widgets.words_box import WordsBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from app.operations.previews import PreviewBlock
    from app.operations.reconciling import Against


class OneNote(QPushButton):
    """A footnote on one line, shortened to the width there is; the whole is said and shown."""

    def __init__(self, words: str) -> None:
        """Show a footnote."""
        super().__init__()
        self._words = words
        self.setAccessibleName(f"Footnote {words}")
        self.setToolTip(words)
        self.setMinimumWidth(8 * self.fontMetrics().height())
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setText(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the words to the new width."""
        super().resizeEvent(event)
        room = event.size().width() - 2 * self.fontMetrics().height()
        shown = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room)
        self.setText(shown.replace("&", "&&"))


class BlockEditor(QWidget):
    """Shows a block and says what a person wants changed about it."""

    field_changed = Signal(str, object)  # the field's name and its new value
    footnote_wanted = Signal(str)  # the footnote to be opened, or nothing for a new one

    def __init__(self) -> None:
        """Lay out an empty block."""
        super().__init__()
        self.words = WordsBox("Words of the block", least_lines=4, most_lines=12)
        self.against = QPushButton()
        self.against.setProperty("role", "quiet")
        self.against.hide()
        self.type = Choice()
        for key, words in BLOCK_WORDS.items():
            self.type.addItem(words, key)
        self.level = QSpinBox(minimum=1, maximum=3)
        self.number = QLineEdit(placeholderText="none")
        self.box = Choice()
        self.exempt = QCheckBox("States no finding")
        self.exempt.setToolTip("Such a block needs no evidence, for example how the visit went.")
        self.exempt.setAccessibleDescription(self.exempt.toolTip())
        for one, name in (
            (self.type, "Type of block"),
            (self.level, "Level"),
            (self.number, "Printed number"),
            (self.box, "Inside box"),
        ):
            one.setAccessibleName(name)
        inset_figures(self.level)
        pass_wheel_on(self.type, self.level, self.box)
        self._held_notes: list[tuple[str, str]] = []
        self.footnote = QPushButton("Footnote…")
        self.footnote.setAccessibleDescription("Ctrl+Alt+F")
        self.footnote.setToolTip("Writes a footnote where the caret stands in the words.")
        self.notes = QVBoxLayout()
        self.setFocusProxy(self.words)
        self._lay_out()
        self.type.activated.connect(lambda _at: self._tell("type", self.type.currentData()))
        self.level.valueChanged.connect(self._on_level)
        self.number.editingFinished.connect(self._on_number)
        self.box.activated.connect(lambda _at: self._tell("box", self.box.currentData() or None))
        self.footnote.clicked.connect(lambda _on=False: self.footnote_wanted.emit(""))
        self.exempt.clicked.connect(lambda on: self._tell("no_evidence_needed", on))

    def show_block(
        self, block: PreviewBlock, boxes: Sequence[PreviewBlock], draft: str, *, is_same: bool
    ) -> None:
        """Show a block; for the one shown already, keep what is being typed."""
        if is_same:
            self.words.refresh(block.text)
        else:
            self.words.show_words(block.text, draft)
            self.number.setModified(False)
        self.type.setCurrentIndex(max(0, self.type.findData(block.type)))
        self.level.blockSignals(True)
        self.level.setValue(block.level)
        self.level.blockSignals(False)
        if not self.number.isModified():
            self.number.setText(block.number)
        self.box.clear()
        self.box.addItem("Not in a box", "")
        for one in boxes:
            if one.id != block.id:
                self.box.addItem(one.text[:40] or "Box", one.id)
        self.box.setCurrentIndex(max(0, self.box.findData(block.box)))
        self.box.setEnabled(block.type != "box" and self.box.count() > 1)
        self.exempt.setEnabled(block.type not in UNTRACED)
        self.exempt.setChecked(block.no_evidence_needed)

        self._show_footnotes(block)

    def show_against(self, found: Sequence[Against]) -> None:
        """Say under the words what they are to what was said, and lead to where it is decided."""
        told, said = against_said(found), what_was_said(found)
        self.against.setText(f"{told[:1].upper()}{told[1:]}…")
        self.against.setToolTip(f"{said}\nCtrl+D")
        self.against.setAccessibleName(f"Against what was said: {told}")
        self.against.setAccessibleDescription(f"{said} Ctrl+D goes to where it is decided.")
        self.against.setVisible(bool(told))

    def _show_footnotes(self, block: PreviewBlock) -> None:
        """Show each footnote of the block as a line that opens it."""
        held = [(one.id, f"{one.mark} {one.text}") for one in block.footnotes]
        if held == self._held_notes:
            return
        self._held_notes = held
        for old in self.findChildren(OneNote):
            old.hide()
            old.deleteLater()
        for key, words in held:
            made = OneNote(words)
            made.clicked.connect(lambda _on=False, key=key: self.footnote_wanted.emit(key))
            self.notes.addWidget(made)

    def _tell(self, field: str, value: object) -> None:
        self.field_changed.emit(field, value)

    def _on_level(self, level: int) -> None:
        self._tell("level", level)

    def _on_number(self) -> None:
        if self.number.isModified():
            self.number.setModified(False)
            self._tell("number", self.number.text().strip() or None)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.addWidget(label("T&ype", "meta", buddy=self.type), 0, 0)
        grid.addWidget(self.type, 0, 1)
        grid.addWidget(label("Le&vel", "meta", buddy=self.level), 0, 2)
        grid.addWidget(self.level, 0, 3)
        grid.addWidget(label("Num&ber", "meta", buddy=self.number), 1, 2)
        grid.addWidget(self.number, 1, 3)
        grid.addWidget(label("Inside b&ox", "meta", buddy=self.box), 1, 0)
        grid.addWidget(self.box, 1, 1)
        grid.setColumnStretch(1, 1)
        self.box.setMinimumContentsLength(8)
        self.box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.number.setMaximumWidth(6 * self.fontMetrics().height())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.words)
        layout.addWidget(self.against, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(self.notes)
        layout.addLayout(grid)
        last = QHBoxLayout()
        last.addWidget(self.exempt, 1)
        last.addWidget(self.footnote)
        layout.addLayout(last)

"""The letter page: three panes for its words, and under other tabs what happens to the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.ui.pages.letter.beneath import BeneathPanel
from app.ui.pages.letter.editor import BlockEditor
from app.ui.pages.letter.model import block_rows, dropped_said, orphans_said, what_was_said
from app.ui.pages.letter.pane import LetterPane
from app.ui.pages.letter.particulars import ParticularsForm
from app.ui.widgets.labels import label, nothing_yet
from app.ui.widgets.rows import RowsView

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from app.operations.previews import LetterPreview
    from app.operations.reconciling import LetterAgainst

_WIDE = 54  # in line heights: room for blocks, pages and evidence side by side


class LetterView(QWidget):
    """Blocks left, pages in the middle, evidence at the side."""

    def __init__(self) -> None:
        """Lay out all panes, empty."""
        super().__init__()
        self.orphans = label("", "meta")
        self.orphans.setWordWrap(False)
        self.dropped = QPushButton()
        self.dropped.setProperty("role", "quiet")
        self.dropped.setAccessibleDescription("Goes to what was said and is not written")
        self.dropped.hide()
        self.write = QPushButton("Write a draft…")
        self.write.setAccessibleDescription("Ctrl+Shift+W")
        self.new = QPushButton("New block")
        self.new.setAccessibleDescription("Ctrl+N")
        self.begin = QPushButton("Begin from the findings")
        self.begin.setAccessibleDescription("Ctrl+B")
        self.none = nothing_yet(
            "No blocks yet. Ctrl+B lays out a first letter from the findings, Ctrl+N adds a block."
        )
        self.remark = label("", "meta")
        self.remark.hide()
        self.blocks = RowsView("Blocks of the letter")
        self.editor = BlockEditor()
        self.restore = QPushButton("Restore the deleted block")
        self.particulars = ParticularsForm()
        self.pane = LetterPane()
        self.beneath = BeneathPanel()
        self.reading = QSplitter()
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("Parts of the letter’s work")
        self.tabs.setAccessibleDescription(
            "Left and right change the part; Alt+1 to Alt+4 go to one."
        )
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.content = QStackedWidget()
        self._lay_out()

    def add_part(self, title: str, view: QWidget) -> None:
        """Put a part under a tab of its own."""
        self.content.addWidget(view)
        self.tabs.addTab(title)

    def show_part(self, at: int) -> None:
        """Show a part; blocks are added in the letter alone."""
        self.content.setCurrentIndex(at)
        self.new.setVisible(at == 0)

    def show_blocks(self, preview: LetterPreview, against: LetterAgainst) -> None:
        """Show every block in the list, and what was said and stands in none."""
        self.blocks.show_rows(block_rows(preview, against))
        told = dropped_said(against.dropped)
        self.dropped.setText(told)
        self.dropped.setVisible(bool(told))
        self.dropped.setToolTip(what_was_said(against.dropped))

    def show_letter(self, preview: LetterPreview, against: LetterAgainst) -> None:
        """Show every block and page, or how to begin a letter."""
        self.show_blocks(preview, against)
        self.pane.show_letter(preview)
        self.show_count(preview)
        has_blocks = bool(preview.blocks)
        self.none.setVisible(not has_blocks)
        self.begin.setVisible(not has_blocks)
        self.blocks.setVisible(has_blocks)

    def show_count(self, preview: LetterPreview) -> None:
        """Say how many sentences rest on nothing."""
        self.orphans.setText(orphans_said(preview))

    def show_remark(self, sentence: str) -> None:
        """Say why something was not done, or nothing more."""
        self.remark.setText(sentence)
        self.remark.setVisible(bool(sentence))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label("Letter", "title"))
        head.addWidget(self.orphans)
        head.addWidget(self.dropped)
        head.addStretch(1)
        head.addWidget(self.new)
        head.addWidget(self.write)
        panes = QSplitter()
        self.reading.addWidget(self.pane)
        self.reading.addWidget(self.beneath)
        self.reading.setCollapsible(0, False)
        self.reading.setStretchFactor(0, 1)
        self.beneath.setMinimumHeight(5 * self.fontMetrics().height())
        self.beneath.setMinimumWidth(self.fontMetrics().averageCharWidth() * 34)
        tabs = QTabWidget()
        tabs.setDocumentMode(True)
        tabs.tabBar().setDrawBase(False)
        tabs.addTab(self._blocks_pane(), "Blocks")
        tabs.addTab(self.particulars, "Particulars")
        panes.addWidget(tabs)
        panes.addWidget(self.reading)
        panes.setChildrenCollapsible(False)
        panes.setStretchFactor(1, 1)
        line = self.fontMetrics().height()
        panes.setSizes([20 * line, 53 * line])
        self.reading.setSizes([33 * line, 20 * line])
        layout = QVBoxLayout(self)
        layout.addLayout(head)
        layout.addWidget(self.tabs)
        layout.addWidget(self.remark)
        layout.addWidget(self.content, 1)
        self.add_part("The letter", panes)

    def _blocks_pane(self) -> QWidget:
        pane = QWidget()
        self.blocks.setMinimumHeight(5 * self.fontMetrics().height())
        layout = QVBoxLayout(pane)
        layout.addWidget(self.none)
        layout.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(self.blocks, 1)
        layout.addWidget(self.restore)
        layout.addWidget(self.editor)
        layout.addStretch(0)
        self.restore.hide()
        self.editor.hide()
        # In a small window, or with large letters, all of it is still there to be scrolled to.
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(pane)
        scroll.setMinimumWidth(pane.minimumSizeHint().width())
        return scroll

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the evidence beside the pages, or under them where there is little width."""
        super().resizeEvent(event)
        is_wide = self.width() >= _WIDE * self.fontMetrics().height()
        wanted = Qt.Orientation.Horizontal if is_wide else Qt.Orientation.Vertical
        if self.reading.orientation() != wanted:
            self.reading.setOrientation(wanted)
            self.reading.setSizes([3, 2])

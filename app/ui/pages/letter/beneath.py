"""The side panel: what the chosen sentence of the letter rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.ui.pages.letter.model import groups_under, rests_said
from app.ui.widgets.evidence_list import EvidenceList
from app.ui.widgets.labels import label

if TYPE_CHECKING:
    from app.operations.previews import PreviewBlock
    from app.operations.thread import TracedSentence


class BeneathPanel(QScrollArea):
    """The sentence, what it rests on in words, and the evidence on either side."""

    def __init__(self) -> None:
        """Begin with no sentence chosen."""
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        inner.setProperty("role", "panel")
        self.sentence = label("")
        self.said = label("", "meta")
        self.rest = QPushButton("Rest on a finding…")
        self.rest.setAccessibleDescription("Ctrl+R")
        self.take_back = QPushButton("Take back")
        self.take_back.setAccessibleDescription("The sentence rests on that finding no more")
        self.setFocusProxy(self.rest)
        self.list = EvidenceList("What the sentence rests on")
        self.list.setMinimumHeight(8 * self.fontMetrics().height())
        layout = QVBoxLayout(inner)
        layout.addWidget(label("What it rests on", "heading"))
        layout.addWidget(self.sentence)
        layout.addWidget(self.said)
        layout.addWidget(self.rest)
        layout.addWidget(self.take_back)
        layout.addWidget(self.list, 1)
        layout.addStretch(0)
        self.setWidget(inner)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Say how a sentence is chosen."""
        self.sentence.setText("")
        self.said.setText("Choose a sentence of the letter, or press Alt+Down for the next one.")
        self.rest.setEnabled(False)
        self.take_back.hide()
        self.list.show_groups([])
        self.list.hide()

    def show_sentence(self, block: PreviewBlock, sentence: TracedSentence) -> None:
        """Show what is under a sentence."""
        self.sentence.setText(f"“{sentence.text}”")
        self.said.setText(rests_said(block, sentence))
        self.rest.setEnabled(True)
        groups = groups_under(sentence)
        self.list.show_groups(groups)
        self.list.setVisible(bool(groups))
        told = f"{sentence.text} {self.said.text()}"
        if told != self.accessibleDescription():
            self.setAccessibleDescription(told)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, told))

"""Splitting a finding: the new statement, the evidence that goes with it, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
)

from app.ui.widgets.answers import answers
from app.ui.widgets.fitting import fit
from app.ui.widgets.labels import label
from app.ui.widgets.words_box import WordsBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from app.operations.support import Piece


class SplitDialog(QDialog):
    """``wanted`` carries the statement, the ids of the evidence that moves, and the reason.

    It stays open until it was done, so that a refusal takes no words away.
    """

    wanted = Signal(str, list, str)

    def __init__(self, parent: QWidget, statement: str, pieces: Sequence[Piece]) -> None:
        """Offer the finding's own statement to be changed, and its evidence, none of it ticked."""
        super().__init__(parent)
        self.setWindowTitle("Split a finding")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.statement = WordsBox("The other finding", least_lines=2, most_lines=5)
        self.statement.show_words(statement)
        self.statement.selectAll()
        self.list = QListWidget()
        self.list.setAccessibleName("Evidence that goes with it")
        self.list.setWordWrap(True)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        for one in pieces:
            item = QListWidgetItem(f"{one.direction.capitalize()}: {one.words or one.text}")
            item.setData(Qt.ItemDataRole.UserRole, one.evidence)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.list.addItem(item)
        if pieces:
            self.list.setCurrentRow(0)
        self.why = QLineEdit(placeholderText="In a few words")
        self.why.setAccessibleName("Why it is two")
        self.remark = label("", "meta")
        self.remark.hide()
        buttons, self.split = answers("Split")
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for words, field in (
            ("The &other finding", self.statement),
            ("&Evidence that goes with it. Space ticks", self.list),
            ("&Why it is two", self.why),
        ):
            column.addWidget(label(words, "meta", buddy=field))
            column.addWidget(field)
        column.addWidget(self.remark)
        column.addWidget(label("What rests on this finding rests on both from then on.", "meta"))
        column.addWidget(buttons)
        fit(self, 44, 28)
        self.statement.textChanged.connect(self._allow)
        self.why.textChanged.connect(self._allow)
        self._first = statement
        self._allow()

    def refuse(self, sentence: str) -> None:
        """Say why it was not done; all that was typed stays."""
        self.remark.setText(sentence)
        self.remark.show()
        self._allow()

    def _allow(self) -> None:
        words = self._words
        self.split.setEnabled(
            bool(words) and words != " ".join(self._first.split()) and bool(self.why.text().strip())
        )

    @property
    def _words(self) -> str:
        return " ".join(self.statement.words.split())

    def _on_accepted(self) -> None:
        self.split.setEnabled(False)  # until it was done or refused: once is enough
        self.remark.hide()
        items = [self.list.item(at) for at in range(self.list.count())]
        ticked = [
            one.data(Qt.ItemDataRole.UserRole)
            for one in items
            if one.checkState() == Qt.CheckState.Checked
        ]
        self.wanted.emit(self._words, ticked, self.why.text().strip())

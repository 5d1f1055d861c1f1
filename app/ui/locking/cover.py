"""What stands on the screen from the moment of locking: nothing of any inspection.

While words can't be saved it says so, without a word of them, and gives two ways on: try again,
or show the window again to whoever knows the passphrase.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.ui.widgets.labels import label

_WIDTH: Final = 56  # of the form, in letters of the interface font
SAVING: Final = "Saving the last words …"
STILL: Final = (
    "The disk has not answered yet. Every word is kept here until it does, and then Siteweek locks."
)
HELD: Final = (
    "Not locked yet, only covered: the last words could not be saved. They are kept here, and "
    "saving is tried again every few seconds."
)


class Cover(QWidget):
    """Hides the window's content; asks for nothing unless words could not be saved."""

    again_requested = Signal()
    uncover_requested = Signal(str)

    def __init__(self, window: QWidget) -> None:
        """Cover a window, saying that the last words are being saved."""
        super().__init__(window)
        self.setAutoFillBackground(True)
        self.heading = label("Siteweek", "head")
        self.said = label(SAVING, "meta")
        self.said.setAccessibleName("Message")
        self.still_open = label("", "meta")
        self.still_open.setAccessibleName("Still open")
        self.refusal = label("", "meta")
        self.refusal.setProperty("role", "problem")
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setAccessibleName("Passphrase")
        self.again = QPushButton("Try again")
        self.again.setProperty("role", "main")
        self.uncover = QPushButton("Show the window again")
        self.asking = QWidget()
        self._lay_out()
        self.again.clicked.connect(self.again_requested)
        self.uncover.clicked.connect(self._on_uncover)
        self.passphrase.returnPressed.connect(self._on_uncover)
        self.show_saving()

    def show_saving(self) -> None:
        """Say that the last words are being saved; ask for nothing."""
        self._say(SAVING)
        self.asking.hide()

    def show_held(self, sentence: str = "") -> None:
        """Say that words could not be saved, and why; without a reason, that the disk is slow."""
        self._say(HELD if sentence else STILL, sentence)
        self.asking.show()
        self.set_busy(is_busy=False)

    def show_refusal(self, sentence: str) -> None:
        """Say why the window was not shown again."""
        self.refusal.setText(sentence)
        self.set_busy(is_busy=False)
        self.passphrase.selectAll()
        self.passphrase.setFocus()

    def show_still_open(self, sentence: str) -> None:
        """Say how much is still open: a count, nothing of what it is."""
        self.still_open.setText(sentence)
        self.still_open.setVisible(bool(sentence))

    def set_busy(self, *, is_busy: bool) -> None:
        """Take no other passphrase while one is tried."""
        for one in (self.passphrase, self.uncover):
            one.setEnabled(not is_busy)

    def _say(self, sentence: str, refusal: str = "") -> None:
        self.said.setText(sentence)
        self.said.setAccessibleDescription(sentence)
        self.refusal.setText(refusal)

    def _on_uncover(self) -> None:
        words = self.passphrase.text()
        if words:
            self.set_busy(is_busy=True)
            self.uncover_requested.emit(words)

    def _lay_out(self) -> None:
        form = QVBoxLayout(self.asking)
        form.setContentsMargins(0, 0, 0, 0)
        form.addWidget(self.again, alignment=Qt.AlignmentFlag.AlignLeft)
        form.addSpacing(self.fontMetrics().height())
        form.addWidget(label("&Passphrase", buddy=self.passphrase))
        form.addWidget(self.passphrase)
        form.addWidget(self.uncover, alignment=Qt.AlignmentFlag.AlignLeft)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setSpacing(self.fontMetrics().height() // 2)
        for one in (self.heading, self.said, self.still_open, self.refusal, self.asking):
            column.addWidget(one)
        inner.setFixedWidth(self.fontMetrics().averageCharWidth() * _WIDTH)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(inner)
        across.addStretch(1)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addLayout(across)
        outer.addStretch(3)

"""A folder: typed, or chosen from the system's own dialog."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.ui.widgets.labels import label
from app.ui.widgets.picking import pick_folder


class FolderField(QWidget):
    """One line and a button."""

    changed = Signal()

    def __init__(self, words: str) -> None:
        """Label it."""
        super().__init__()
        self.line = QLineEdit(placeholderText="A folder on this laptop or a stick")
        self.line.setAccessibleName("Folder")
        self.browse = QPushButton("Choose…")
        self.browse.setAutoDefault(False)
        self.browse.setAccessibleName("Choose a folder")
        across = QHBoxLayout()
        across.addWidget(self.line, 1)
        across.addWidget(self.browse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label(words, buddy=self.line))
        column.addLayout(across)
        self.browse.clicked.connect(
            lambda: pick_folder(self, "Choose a folder", lambda path: self.line.setText(str(path)))
        )
        self.line.textChanged.connect(lambda _text: self.changed.emit())
        self.setFocusProxy(self.line)

    @property
    def folder(self) -> Path | None:
        """The folder, if one is named."""
        text = self.line.text().strip()
        return Path(text) if text else None

"""Choosing a folder and the formats a document is written in. Knows no inspections."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.ui.widgets.answers import answers
from app.ui.widgets.fitting import fit

if TYPE_CHECKING:
    from collections.abc import Sequence

FORMATS: Final = (("docx", "Word document"), ("pdf", "PDF"), ("html", "Web page"))


class WriteDialog(QDialog):
    """Asks where and as what; ``wanted`` carries the folder and the formats."""

    wanted = Signal(Path, tuple)

    def __init__(
        self,
        parent: QWidget,
        title: str,
        formats: Sequence[tuple[str, str]] = FORMATS,
        above: QWidget | None = None,
    ) -> None:
        """Offer formats as (key, words), the first chosen to begin with, under what to read."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.folder = QLineEdit(placeholderText="A folder on this laptop or a stick")
        self.folder.setAccessibleName("Folder")
        browse = QPushButton("Choose…")
        browse.setAccessibleName("Choose a folder")
        browse.setAutoDefault(False)
        browse.clicked.connect(self._on_browse)
        self.formats = {key: QCheckBox(words) for key, words in formats}
        next(iter(self.formats.values())).setChecked(True)
        self.buttons, self.write = answers("Write")
        self.buttons.accepted.connect(self._on_accepted)
        self.buttons.rejected.connect(self.reject)
        self.above = above
        self._lay_out(browse)
        self.folder.textChanged.connect(self._allow)
        for box in self.formats.values():
            box.toggled.connect(self._allow)
        self._allow()

    def _lay_out(self, browse: QPushButton) -> None:
        where = QHBoxLayout()
        where.addWidget(self.folder, 1)
        where.addWidget(browse)
        kinds = QVBoxLayout()
        for box in self.formats.values():
            kinds.addWidget(box)
        form = QFormLayout()
        label = QLabel("&Folder")
        label.setBuddy(self.folder)
        form.addRow(label, where)
        form.addRow("Write as", kinds)
        layout = QVBoxLayout(self)
        if self.above is not None:
            layout.addWidget(self.above, 1)
        layout.addLayout(form)
        if self.above is None:
            layout.addStretch(1)
        layout.addWidget(self.buttons)
        fit(self, *((32, 12) if self.above is None else (40, 24)))
        self.folder.setFocus()

    def _allow(self) -> None:
        chosen = any(box.isChecked() for box in self.formats.values())
        self.write.setEnabled(chosen and bool(self.folder.text().strip()))

    def _on_browse(self) -> None:
        picker = QFileDialog(self, "Choose a folder")
        picker.setFileMode(QFileDialog.FileMode.Directory)
        picker.setOption(QFileDialog.Option.ShowDirsOnly)
        picker.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        picker.fileSelected.connect(self.folder.setText)
        picker.open()

    def _on_accepted(self) -> None:
        formats = tuple(key for key, box in self.formats.items() if box.isChecked())
        self.wanted.emit(Path(self.folder.text().strip()), formats)
        self.accept()

"""Two versions of the same words side by side, with who wrote which; choosing loses neither."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.domain.dates import short_date
from app.domain.revisions import DELETED
from app.ui.widgets.fitting import fit
from app.ui.widgets.labels import label
from app.ui.widgets.two_texts import ComparedText

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.revisions import Json
    from app.operations.forks import Fork, Side
    from app.operations.versions import Writers


class VersionsDialog(QDialog):
    """Shows every fork of a note; ``chosen`` carries record, field and the side's number."""

    chosen = Signal(str, str, int)

    def __init__(self, parent: QWidget, forks: Sequence[Fork], writers: Writers) -> None:
        """Show forks, each with all its sides."""
        super().__init__(parent)
        self.setWindowTitle("Two versions")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._writers = writers
        self.keeps: list[QPushButton] = []
        column = QVBoxLayout(self)
        if forks:
            said = "Two people changed the same words. Keep one; the other stays in the history."
        else:
            said = "There is one version of everything in this note."
        column.addWidget(label(said, "meta"))
        inner = QWidget()
        grid = QVBoxLayout(inner)
        for fork in forks:
            grid.addWidget(label(fork.label[:1].upper() + fork.label[1:], "heading"))
            grid.addLayout(self._sides(fork))
        grid.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        column.addWidget(scroll, 1)
        close = QPushButton("Close")
        close.setAutoDefault(False)
        close.clicked.connect(self.accept)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        fit(self, 52, 30)
        (self.keeps[0] if self.keeps else close).setFocus()

    def _sides(self, fork: Fork) -> QGridLayout:
        grid = QGridLayout()
        for number, side in enumerate(fork.sides):
            other = fork.sides[0 if number else 1]
            words = _words(fork.field, side.value)
            shown = ComparedText(self._who(side), words, _words(fork.field, other.value))
            shown.setMinimumHeight(self.fontMetrics().lineSpacing() * 6)
            keep = QPushButton("Keep this one")
            keep.setAccessibleDescription(f"{self._who(side)}: {words}")
            keep.setAutoDefault(False)
            keep.clicked.connect(
                lambda _on=False, at=number, of=fork: self._choose(of.record, of.field, at)
            )
            self.keeps.append(keep)
            grid.addWidget(label(self._who(side), "meta"), 0, number)
            grid.addWidget(shown, 1, number)
            grid.addWidget(keep, 2, number, Qt.AlignmentFlag.AlignLeft)
        return grid

    def _who(self, side: Side) -> str:
        at = side.at.astimezone()
        return f"{self._writers.name(side.device)} · {short_date(at.isoformat())} {at:%H:%M}"

    def _choose(self, record: str, field: str, number: int) -> None:
        self.chosen.emit(record, field, number)
        self.accept()


def _words(field: str, value: Json) -> str:
    if field == DELETED:
        return "Deleted" if value is True else "Kept"
    if isinstance(value, list):
        return "; ".join(str(one) for one in value)
    return "" if value is None else str(value)

"""Two versions of the same words, beside each other, and choosing one. Nothing is deleted by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.dates import short_date
from app.domain.kinds.registry import label_of
from app.ui.widgets.fitting import fit
from app.ui.widgets.labels import label
from app.ui.widgets.rows import Row
from app.ui.widgets.two_texts import ComparedText

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.domain.revisions import Json
    from app.operations.forks import Fork, Side

_BETWEEN = "|"


class VersionsDialog(QDialog):
    """Shows every version of one field; ``chosen`` carries the number of the one to go on with."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget, fork: Fork, people: Mapping[str, str]) -> None:
        """Show who wrote each, and when; ``people`` are names by laptop."""
        super().__init__(parent)
        self.setWindowTitle("Two versions")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        column.addWidget(label(heading(fork), "title"))
        column.addWidget(
            label(
                "Written apart from each other. Choose the one to go on with; the other stays in "
                "the history. Nothing has to be chosen now.",
                "meta",
            )
        )
        self.keep: list[QPushButton] = []
        sides = QHBoxLayout()
        for number, side in enumerate(fork.sides):
            other = fork.sides[0 if number else 1]
            sides.addWidget(self._side(number, side, other, people), 1)
        column.addLayout(sides, 1)
        buttons = QDialogButtonBox()
        buttons.addButton("Leave both for now", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        fit(self, 56, 26)

    def _side(self, number: int, side: Side, other: Side, people: Mapping[str, str]) -> QWidget:
        pane = QWidget()
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        who = people.get(side.device, "Somebody no longer on the team")
        at = side.at.astimezone()
        column.addWidget(label(f"{who}, {short_date(at.date().isoformat())} {at:%H:%M}", "heading"))
        words = ComparedText(f"Version of {who}", said(side.value), said(other.value))
        column.addWidget(words, 1)
        keep = QPushButton(f"Go on with {number + 1}: {who}’s")
        keep.setAutoDefault(False)  # neither is the likelier one
        keep.clicked.connect(lambda: self._choose(number))
        self.keep.append(keep)
        column.addWidget(keep)
        return pane

    def _choose(self, number: int) -> None:
        self.chosen.emit(number)
        self.accept()


def fork_rows(forks: Iterable[Fork]) -> list[Row]:
    """Return the forks as a list shows them."""
    return [
        Row(
            f"{one.record}{_BETWEEN}{one.field}",
            said(one.sides[0].value),
            heading(one),
            sign="⇄",
            tone="against",
        )
        for one in forks
    ]


def fork_of(forks: Iterable[Fork], key: str) -> Fork | None:
    """Return the fork whose row has a key."""
    return next((one for one in forks if f"{one.record}{_BETWEEN}{one.field}" == key), None)


def heading(fork: Fork) -> str:
    """What has two versions, in words."""
    kind = label_of(fork.kind)
    return f"{kind} · {fork.label}"


def said(value: Json) -> str:
    """A version as it is read."""
    if value is True:
        return "yes"
    if value is None or value is False:
        return "no" if value is False else "nothing"
    if isinstance(value, list):
        return ", ".join(said(one) for one in value)
    return str(value)

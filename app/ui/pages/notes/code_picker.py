"""Coding selected words: type letters of a criterion, choose a weight, Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QComboBox, QFormLayout, QHBoxLayout, QRadioButton

from app.domain.kinds.thread import WEIGHTS
from app.operations.codes import Meaning
from app.ui.widgets.choice import Choice
from app.ui.widgets.labels import label
from app.ui.widgets.picker import Picker
from app.ui.widgets.rows import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QVBoxLayout, QWidget

    from app.operations.coding import CodingChoices

_SIGNS: Final = {"strength": "▲", "improvement": "▼", "priority": "!", "contradicts": "⇄"}


class CodePicker(Picker):
    """Offers the framework's criteria, the last used first; ``meant`` carries the code."""

    meant = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        words: str,
        choices: CodingChoices,
        recent: Sequence[str],
        agency: str = "",
    ) -> None:
        """Ask what some words are about; ``agency`` is the one that most likely is meant."""
        rank = {code: place for place, code in enumerate(recent)}
        ordered = sorted(choices.criteria, key=lambda one: rank.get(one.code, len(rank)))
        rows = [Row(one.code, f"{one.code}  {one.label}", one.group) for one in ordered]
        super().__init__(parent, "Code the words", rows, "Type a code or its words")
        self.weight = QButtonGroup(self)
        self.agency = _choice("No agency", choices.agencies, agency)
        self.child = _choice("No child", choices.children)
        self.hint.setText(f"“{words if len(words) < 80 else words[:79] + '…'}”")  # noqa: PLR2004 - one line
        column = cast("QVBoxLayout", self.layout())
        column.insertWidget(0, self.hint)
        column.addLayout(self._weights())
        column.addWidget(label("Alt+1 to Alt+5 say how it weighs · Enter codes the words", "meta"))
        form = QFormLayout()
        form.addRow("&Agency", self.agency)
        form.addRow("C&hild", self.child)
        column.addLayout(form)
        self.chosen.connect(self._on_chosen)
        self.setTabOrder(self.field, self.list)

    def _weights(self) -> QHBoxLayout:
        line = QHBoxLayout()
        for number, weight in enumerate(WEIGHTS, 1):
            button = QRadioButton(f"{_SIGNS.get(weight, '')} {weight}".strip())
            button.setAccessibleDescription(f"Alt+{number}")
            button.setToolTip(f"Alt+{number}")
            QShortcut(QKeySequence(f"Alt+{number}"), self, button.click)
            self.weight.addButton(button, number)
            line.addWidget(button)
        line.addStretch(1)
        return line

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter choose the criterion wherever in the window the focus is."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._enter()
            return
        super().keyPressEvent(event)

    def _on_chosen(self, criterion: str) -> None:
        number = self.weight.checkedId()
        self.meant.emit(
            Meaning(
                criterion,
                WEIGHTS[number - 1] if number > 0 else "",
                self.agency.currentData() or "",
                self.child.currentData() or "",
            )
        )


def _choice(nothing: str, offered: Sequence[tuple[str, str]], chosen: str = "") -> QComboBox:
    box = Choice()
    box.addItem(nothing, "")
    for record, name in offered:
        box.addItem(name, record)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return box

"""What the framework asks inspectors to think of, beside the note. It never asks for an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QScrollArea, QVBoxLayout, QWidget

from app.ui.widgets.choice import Choice
from app.ui.widgets.labels import label
from app.ui.widgets.wheel import pass_wheel_on

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.packs import Criterion


class PromptsPanel(QWidget):
    """The prompts of one criterion at a time; hidden until it is wanted."""

    def __init__(self) -> None:
        """Begin hidden and with nothing to show."""
        super().__init__()
        self.setProperty("role", "panel")
        self._criteria: dict[str, Criterion] = {}
        self.criterion = Choice()
        self.criterion.setAccessibleName("Criterion")
        self.criterion.setMinimumContentsLength(12)
        self.criterion.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        pass_wheel_on(self.criterion)
        self.words = label("")
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words.setAccessibleName("Prompts")
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        scroll = QScrollArea()
        scroll.setWidget(self.words)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAccessibleName("Prompts")
        column = QVBoxLayout(self)
        column.addWidget(label("Prompts", "heading"))
        column.addWidget(self.criterion)
        column.addWidget(scroll, 1)
        self.criterion.currentIndexChanged.connect(lambda _at: self._show_prompts())
        self.hide()

    def show_criteria(self, criteria: Sequence[Criterion]) -> None:
        """Offer criteria, keeping the one that is shown."""
        shown = self.criterion.currentData()
        self._criteria = {one.code: one for one in criteria}
        self.criterion.blockSignals(True)
        self.criterion.clear()
        for one in criteria:
            self.criterion.addItem(f"{one.code}  {one.label}", one.code)
        self.criterion.setCurrentIndex(max(0, self.criterion.findData(shown)))
        self.criterion.blockSignals(False)
        self._show_prompts()

    def show_criterion(self, code: str) -> None:
        """Show the prompts of a criterion, such as the one just coded with."""
        at = self.criterion.findData(code)
        if at >= 0:
            self.criterion.setCurrentIndex(at)

    def _show_prompts(self) -> None:
        chosen = self._criteria.get(self.criterion.currentData() or "")
        if chosen is None:
            self.words.setText("This inspection names no framework, so there are no prompts.")
            return
        self.words.setText("\n\n".join((chosen.label, *(f"– {one}" for one in chosen.prompts))))

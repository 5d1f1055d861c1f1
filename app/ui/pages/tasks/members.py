"""Choosing several people by keyboard: Space ticks, Enter is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QVBoxLayout

from app.ui.widgets.answers import answers
from app.ui.widgets.fitting import fit
from app.ui.widgets.labels import label

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtWidgets import QWidget

    from app.operations.sheets import Named


class MembersPicker(QDialog):
    """Shows everybody on the team; ``wanted`` carries the ids that are ticked."""

    wanted = Signal(list)

    def __init__(self, parent: QWidget, people: Sequence[Named], chosen: Collection[str]) -> None:
        """Tick those who are members by now."""
        super().__init__(parent)
        self.setWindowTitle("Members of the task")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.list = QListWidget()
        self.list.setAccessibleName("Members of the task")
        for one in people:
            item = QListWidgetItem(one.name)
            item.setData(Qt.ItemDataRole.UserRole, one.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            ticked = one.id in chosen
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        buttons, self.save = answers("Save members")
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(label("Space ticks, Enter saves.", "meta"))
        column.addWidget(self.list)
        column.addWidget(buttons)
        fit(self, 30, 24)

    def _on_accepted(self) -> None:
        items = [self.list.item(at) for at in range(self.list.count())]
        ticked = [one for one in items if one.checkState() == Qt.CheckState.Checked]
        self.wanted.emit([one.data(Qt.ItemDataRole.UserRole) for one in ticked])
        self.accept()

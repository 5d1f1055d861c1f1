"""What has to be known to begin an inspection: little, and all of it can be changed later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QDialog,
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
)

from app.operations.packs import pack_choices
from app.ui.widgets.answers import answers
from app.ui.widgets.choice import Choice
from app.ui.widgets.labels import label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.operations.owner import Owner

_DAYS_ON_SITE = 4  # from the first to the last


class NewInspection(QDialog):
    """Asks for area, theme, packs, dates and marking; ``wanted`` carries them as fields."""

    wanted = Signal(dict)

    def __init__(self, parent: QWidget, owner: Owner | None = None) -> None:
        """Offer the packs there are, and next Monday to Friday; say who begins it."""
        super().__init__(parent)
        self.setWindowTitle("New inspection")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        choices = pack_choices()
        self.area = QLineEdit()
        self.theme = QLineEdit()
        self.framework = _choice(choices.frameworks)
        self.layout_pack = _choice(choices.letter_layouts)
        self.brief = choices.brief_layouts[0][0] if choices.brief_layouts else ""
        monday = QDate.currentDate().addDays(8 - QDate.currentDate().dayOfWeek())
        self.first, self.last = _day(monday), _day(monday.addDays(_DAYS_ON_SITE))
        self.marking = QLineEdit("OFFICIAL-SENSITIVE")
        form = QFormLayout()
        form.addRow("&Area", self.area)
        form.addRow("&Theme", self.theme)
        form.addRow("&Framework", self.framework)
        form.addRow("&Letter layout", self.layout_pack)
        form.addRow("First day &on site", self.first)
        form.addRow("L&ast day on site", self.last)
        form.addRow("&Marking", self.marking)
        self.buttons, self.create_button = answers("Create inspection")
        self.buttons.accepted.connect(self._on_accepted)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        if owner is not None:
            who = f"{owner.name}, {owner.inspectorate}" if owner.inspectorate else owner.name
            column.addWidget(label(f"You write in it as {who}.", "meta"))
        column.addLayout(form)
        column.addWidget(self.buttons)
        self.resize(self.fontMetrics().horizontalAdvance("m") * 40, self.sizeHint().height())

    def _on_accepted(self) -> None:
        texts = {
            "area": self.area.text().strip(),
            "theme": self.theme.text().strip(),
            "framework": self.framework.currentData(),
            "layout": self.layout_pack.currentData(),
            "brief_layout": self.brief,
            "fieldwork_from": self.first.date().toString(Qt.DateFormat.ISODate),
            "fieldwork_to": self.last.date().toString(Qt.DateFormat.ISODate),
            "day_convention": "day 1",
            "marking": self.marking.text().strip(),
        }
        self.wanted.emit({name: value for name, value in texts.items() if value})
        self.accept()


def _choice(offered: tuple[tuple[str, str], ...]) -> QComboBox:
    box = Choice()
    for pack, title in offered:
        box.addItem(title, pack)
    return box


def _day(day: QDate) -> QDateEdit:
    field = QDateEdit(day)
    field.setCalendarPopup(True)
    field.setDisplayFormat("ddd d MMM yyyy")
    return field

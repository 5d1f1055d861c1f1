"""The parts of the feedback page under their names, and what is done with the whole of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from app.ui.pages.brief.actions import PARTS

if TYPE_CHECKING:
    from collections.abc import Mapping

_TITLES: Final[Mapping[str, str]] = {
    "order": "Running order",
    "meeting": "At the meeting",
    "compare": "Said and written",
    "before": "Before it leaves",
}


class Body(QWidget):
    """Tabs and buttons above, the part that is chosen under them."""

    def __init__(self, *parts: QWidget) -> None:
        """Lay out the parts, given in the order of their names."""
        super().__init__()
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("Parts of the feedback")
        self.tabs.setAccessibleDescription(
            f"Left and right change the part; Alt+1 to Alt+{len(PARTS)} go to one."
        )
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.new, self.rehearse, self.write = (
            QPushButton(words) for words in ("New…", "Rehearse", "Write…")
        )
        for button, name, key in (
            (self.new, "New point", "Ctrl+N"),
            (self.rehearse, "Rehearse, full screen", "F5"),
            (self.write, "Write brief", "Ctrl+Shift+W"),
        ):
            button.setAccessibleName(name)
            button.setAccessibleDescription(key)
            button.setToolTip(f"{name} · {key}")
        self.parts = parts
        self.content = QStackedWidget()
        for name, part in zip(PARTS, parts, strict=True):
            self.tabs.addTab(_TITLES[name])
            self.content.addWidget(part)
        self.tabs.currentChanged.connect(self.content.setCurrentIndex)
        self._lay_out()

    def show_part(self, name: str) -> None:
        """Show a part."""
        self.tabs.setCurrentIndex(PARTS.index(name))

    def shows(self, name: str) -> bool:
        """Whether a part is on screen."""
        return self.tabs.currentIndex() == PARTS.index(name) and self.isVisible()

    def go_to(self, name: str) -> None:
        """Show a part and go to it."""
        self.show_part(name)
        self.parts[PARTS.index(name)].setFocus()

    def allow(self, *, has_points: bool) -> None:
        """Enable what can be done with the whole."""
        self.rehearse.setEnabled(has_points)
        self.write.setEnabled(has_points)

    def _lay_out(self) -> None:
        unit = self.fontMetrics().height() // 2
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, unit, 0)
        head.setSpacing(unit)
        head.addWidget(self.tabs, 1)
        for one in (self.new, self.rehearse, self.write):
            head.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, unit, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.content, 1)

"""The two buttons of a window that asks for something: what it does, and Cancel."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialogButtonBox, QPushButton


def answers(doing: str) -> tuple[QDialogButtonBox, QPushButton]:
    """Return the buttons and the one that does it, which Enter means."""
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    button = buttons.addButton(doing, QDialogButtonBox.ButtonRole.AcceptRole)
    let_enter_mean(button, buttons.button(QDialogButtonBox.StandardButton.Cancel))
    return buttons, button


def let_enter_mean(button: QPushButton, leave: QPushButton) -> None:
    """Let Enter mean a button from any field of its window, and ``leave`` on that one alone.

    While the button is disabled Enter does nothing.
    """
    # Qt makes it the one for Enter while the other is disabled, were it offered for that.
    leave.setAutoDefault(False)
    enter = _Enter(button)
    for one in (leave, button):
        one.installEventFilter(enter)


class _Enter(QObject):
    """Sees to it that Enter on Cancel leaves, and that the other button is the one for Enter.

    It is told so when it is shown: before it stands in its window, Qt would forget it.
    """

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave on Enter; make the button the one for Enter again once it can be pressed."""
        if not isinstance(watched, QPushButton):
            return False
        if watched.autoDefault() and not watched.isHidden():
            if event.type() == QEvent.Type.Show:
                watched.setDefault(True)
            elif event.type() == QEvent.Type.EnabledChange:
                watched.setDefault(watched.isEnabled())
        is_enter = isinstance(event, QKeyEvent) and event.key() in {
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
        }
        if is_enter and event.type() == QEvent.Type.KeyPress and not watched.autoDefault():
            watched.click()
            return True
        return False

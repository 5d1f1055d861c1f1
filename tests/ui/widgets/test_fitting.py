from __future__ import annotations

from PySide6.QtWidgets import QDialog

from app.ui.widgets.fitting import fit


def test_a_dialog_is_never_larger_than_its_screen(qtbot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    fit(dialog, 10, 8)
    small = dialog.size()
    assert small.width() == 10 * dialog.fontMetrics().height()
    larger = dialog.font()
    larger.setPointSizeF(200)
    dialog.setFont(larger)
    fit(dialog, 10, 8)
    screen = dialog.screen().availableSize()
    assert dialog.width() < screen.width()
    assert dialog.height() < screen.height()

"""Fields under their names, side by side or one above another."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.widgets.labels import label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.ui.widgets.fields import Field


def titled(field: Field) -> QVBoxLayout:
    """Return a field under its name."""
    column = QVBoxLayout()
    column.setSpacing(2)
    column.addWidget(label(field.widget.accessibleName(), "meta"))
    column.addWidget(field.widget)
    column.addStretch(1)
    return column


def side_by_side(fields: Sequence[Field], stretch: Sequence[int] = ()) -> QHBoxLayout:
    """Return fields in a row, each under its name."""
    row = QHBoxLayout()
    for at, one in enumerate(fields):
        if at == 0:
            row.setSpacing(one.widget.fontMetrics().height())
        row.addLayout(titled(one), stretch[at] if stretch else 1)
    return row


def in_tab_order(widgets: Sequence[QWidget]) -> None:
    """Let Tab walk these widgets in this order."""
    for before, after in pairwise(widgets):
        QWidget.setTabOrder(before, after)

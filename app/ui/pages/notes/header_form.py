"""A note's header and its kind's own fields as a form, made from the table of kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.domain.dates import long_date
from app.domain.kinds.notes import HEADER
from app.domain.kinds.registry import KINDS
from app.domain.kinds.spec import Field, Type
from app.ui.widgets.answers import answers
from app.ui.widgets.choice import Choice
from app.ui.widgets.dates_typed import date_typed, time_typed
from app.ui.widgets.fitting import fit
from app.ui.widgets.labels import label
from app.ui.widgets.several import Several
from app.ui.widgets.wheel import pass_wheel_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from PySide6.QtGui import QResizeEvent

    from app.domain.records import Record
    from app.domain.revisions import Json

# Set elsewhere on the page, each by its own key.
_NOT_HERE: Final = frozenset(
    {"status", "finished_at", "locked_at", "criteria", "late_entry", "late_reason", "event"}
)
_LINES_TALL: Final = 3
_NEEDS: Final = 76  # letters for names beside their fields


class HeaderForm(QDialog):
    """Shows every field of a note's kind; ``wanted`` carries those that were changed."""

    wanted = Signal(dict)

    def __init__(
        self, parent: QWidget, note: Record, names: Mapping[str, Mapping[str, str]]
    ) -> None:
        """Show a note's fields; ``names`` maps a kind to its records' names by id."""
        super().__init__(parent)
        self.setWindowTitle("Who, where and when")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._note, self._names = note, names
        self.fields: dict[str, QWidget] = {}
        form = self._form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        kind = KINDS[note.kind]
        shared = set(HEADER)
        own = [one for one in kind.fields if one not in shared]
        # What only this kind of note has comes first: the rest is mostly filled already.
        if own:
            self._add(form, kind.label, own)
        self._add(form, "Who, where and when", HEADER)
        inner = QWidget()
        inner.setLayout(form)
        scroll = QScrollArea()
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # else it takes the first key
        buttons, self.save = answers("Save")
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(scroll, 1)
        column.addWidget(buttons)
        fit(self, 40, 36)
        next(iter(self.fields.values())).setFocus()

    def _add(self, form: QFormLayout, heading: str, fields: Iterable[Field]) -> None:
        form.addRow(label(heading, "heading"))
        for field in fields:
            widget = None if field.name in _NOT_HERE else self._widget(field)
            if widget is not None:
                widget.setAccessibleName(field.label)
                self.fields[field.name] = widget
                form.addRow(field.label[:1].upper() + field.label[1:], widget)

    def _widget(self, field: Field) -> QWidget | None:
        value = self._note.fields.get(field.name)
        text = value if isinstance(value, str) else ""
        match field.type:
            case Type.FLAG:
                made: QWidget | None = _tick(is_on=value is True)
            case Type.CHOICE:
                made = _choice({one: one for one in field.choices}, value)
            case Type.REF:
                names = {k: v for kind in field.of for k, v in self._names.get(kind, {}).items()}
                made = _choice(names, value)
            case Type.REFS:
                names = {k: v for kind in field.of for k, v in self._names.get(kind, {}).items()}
                made = Several(names, self._note.texts(field.name)) if names else None
            case Type.TEXT:
                made = self._words(text)
            case Type.DATE:
                made = QLineEdit(long_date(text), placeholderText="24 November 2026")
            case Type.LINE | Type.TIME | Type.INSTANT:
                made = QLineEdit(text)
            case Type.COUNT:
                made = QLineEdit(str(value) if isinstance(value, int) else "")
            case Type.LINES:
                made = QLineEdit("; ".join(self._note.texts(field.name)))
            case _:
                made = None
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put names above their fields where there is no room beside them."""
        super().resizeEvent(event)
        is_narrow = self.width() < self.fontMetrics().averageCharWidth() * _NEEDS
        wrap = QFormLayout.RowWrapPolicy
        self._form.setRowWrapPolicy(wrap.WrapAllRows if is_narrow else wrap.WrapLongRows)

    def _words(self, text: str) -> QPlainTextEdit:
        words = QPlainTextEdit(text)
        words.setTabChangesFocus(True)
        words.setFixedHeight(self.fontMetrics().height() * (_LINES_TALL + 1))
        return words

    def _on_accepted(self) -> None:
        changed = {}
        for name, widget in self.fields.items():
            value = _value(KINDS[self._note.kind].by_name[name], widget)
            before = self._note.fields.get(name)
            if value != before and not (value is None and before in (None, "", False, [])):
                changed[name] = value
        if changed:
            self.wanted.emit(changed)
        self.accept()


def _tick(*, is_on: bool) -> QCheckBox:
    box = QCheckBox()
    box.setChecked(is_on)
    return box


def _choice(offered: Mapping[str, str], value: object) -> QComboBox:
    box = Choice()
    box.setMinimumContentsLength(12)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    pass_wheel_on(box)
    box.addItem("", None)
    for key, name in offered.items():
        box.addItem(name, key)
    box.setCurrentIndex(max(0, box.findData(value)))
    return box


def _value(field: Field, widget: QWidget) -> Json:
    if isinstance(widget, Several):
        return list(widget.chosen) or None
    if isinstance(widget, QCheckBox):
        return True if widget.isChecked() else None
    if isinstance(widget, QComboBox):
        chosen = widget.currentData()
        return chosen if isinstance(chosen, str) else None
    text = widget.toPlainText() if isinstance(widget, QPlainTextEdit) else ""
    text = widget.text() if isinstance(widget, QLineEdit) else text
    text = text.strip()
    if field.type is Type.DATE:
        text = date_typed(text)
    if field.type is Type.TIME:
        text = time_typed(text)
    if field.type is Type.LINES:
        return [one.strip() for one in text.split(";") if one.strip()] or None
    if field.type is Type.COUNT and text.isdecimal():
        return int(text)
    return text or None

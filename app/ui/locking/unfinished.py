"""Words in a form that was open when the app locked: kept in the store, and shown afterwards.

A page saves its words by itself; a form gives them only when its button is pressed. Nobody may
press it for the writer, and nobody may throw the words away: so they are kept aside as they stood.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.ui.widgets.answers import let_enter_mean
from app.ui.widgets.labels import label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.operations.last_place import Unfinished
    from app.ui.frame import Frame


def typed_in(windows: Iterable[QWidget]) -> tuple[Unfinished, ...]:
    """Return what somebody typed into the fields of dialogs, with the fields' names."""
    # Imported when wanted, here and below: the lock screen needs nothing of a store.
    from app.operations.last_place import Unfinished  # noqa: PLC0415

    return tuple(
        Unfinished(one.windowTitle(), field.accessibleName(), words)
        for one in windows
        if isinstance(one, QDialog)
        for field in one.findChildren(QWidget)
        if (words := _typed(field).strip())
    )


def offer(frame: Frame) -> None:
    """Show what was kept aside, if anything was."""
    from app.operations.last_place import unfinished  # noqa: PLC0415 - as above

    def show(found: tuple[Unfinished, ...]) -> None:
        if found:
            _Offer(frame, found).open()

    frame.session.ask(frame, unfinished).start(show)


class _Offer(QDialog):
    """Shows the words, to be copied where they belong, until they are put aside."""

    def __init__(self, frame: Frame, found: tuple[Unfinished, ...]) -> None:
        super().__init__(frame)
        self.setWindowTitle("Words from an open form")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._frame = frame
        self.words = QPlainTextEdit("\n\n".join(_told(one) for one in found))
        self.words.setReadOnly(True)
        self.words.setAccessibleName("Words from an open form")
        buttons = QDialogButtonBox()
        aside = buttons.addButton("Put aside for good", QDialogButtonBox.ButtonRole.DestructiveRole)
        later = buttons.addButton("Keep for later", QDialogButtonBox.ButtonRole.RejectRole)
        let_enter_mean(later, aside)
        aside.clicked.connect(self._on_aside)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(
            label(
                "Siteweek locked while these words stood in a form. They were not saved anywhere "
                "else. Copy them to where they belong."
            )
        )
        column.addWidget(self.words)
        column.addWidget(buttons)

    def _on_aside(self) -> None:
        from app.operations.last_place import put_unfinished_aside  # noqa: PLC0415 - as above

        frame = self._frame
        frame.session.do(frame, put_unfinished_aside).start(
            lambda _changes: None, lambda problem: frame.say(problem.sentence)
        )
        self.accept()


def _typed(field: QWidget) -> str:
    if isinstance(field, QLineEdit):
        is_secret = field.echoMode() != QLineEdit.EchoMode.Normal
        return field.text() if field.isModified() and not is_secret else ""
    if isinstance(field, QPlainTextEdit | QTextEdit):
        return field.toPlainText() if field.document().isModified() else ""
    return ""


def _told(one: Unfinished) -> str:
    where = " › ".join(part for part in (one.form, one.field) if part)
    return f"{where}\n{one.words}" if where else one.words

"""Quick capture from anywhere: one field, on disk within a second, filed whenever there is time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout

from app.operations.jottings import jot
from app.operations.work import new_id
from app.ui.widgets.fitting import fit
from app.ui.widgets.labels import label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.domain.changes import Changes
    from app.errors import SiteweekError
    from app.ui.session import Session

_SOON: Final = 450  # ms after the first key that is not on disk


class JottingDialog(QDialog):
    """A small window over whatever is done. ``record_requested`` asks to show what was kept."""

    said = Signal(str)
    record_requested = Signal(str)

    def __init__(self, parent: QWidget, session: Session) -> None:
        """Begin empty; nothing is kept before the first key."""
        super().__init__(parent)
        self.setWindowTitle("Jot down")
        self.is_closed = False
        self._session = session
        self.note, self._paragraph = new_id(), new_id()
        self._kept = ""
        self.field = QPlainTextEdit()
        self.field.setPlaceholderText("Type it down. It is filed later.")
        self.field.setAccessibleName("Jot down")
        self.field.setTabChangesFocus(True)
        self.field.installEventFilter(self)
        self.told = label("", "meta")
        self.told.setAccessibleName("Kept")
        self.open_it, self.close_it = QPushButton("Open it"), QPushButton("Done")
        self.open_it.setToolTip("Ctrl+Enter")
        self.close_it.setProperty("role", "main")
        line = QHBoxLayout()
        line.addWidget(label("Enter keeps it and goes back · Shift+Enter, a new line", "meta"), 1)
        for one in (self.open_it, self.close_it):
            one.setAutoDefault(False)
            line.addWidget(one)
        column = QVBoxLayout(self)
        column.addWidget(self.field, 1)
        column.addWidget(self.told)
        column.addLayout(line)
        fit(self, 30, 12)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON)
        self._soon.timeout.connect(self.keep)
        self.field.textChanged.connect(self._on_typed)
        self.open_it.clicked.connect(self._on_open)
        self.close_it.clicked.connect(self.accept)
        self.finished.connect(self._on_finished)
        self._allow()

    def keep(self) -> None:
        """Hand over what was typed, off this thread."""
        self._soon.stop()
        words = self.field.toPlainText()
        if words == self._kept or (not words.strip() and not self._kept):
            return
        before, self._kept = self._kept, words

        def kept(_changes: Changes) -> None:
            now = self._session.inspection.clock.now().astimezone()
            self.told.setText(f"Kept {now:%H:%M:%S} as a jotting.")

        def refused(problem: SiteweekError) -> None:
            self._kept = before  # tried again with the next key, and when it is closed
            self.told.setText(problem.sentence)

        self._session.do(self, jot, self.note, self._paragraph, words).start(kept, refused)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter keep the words and go back; with Ctrl, open them; with Shift, go on below."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            held = event.modifiers()
            if is_enter and held & Qt.KeyboardModifier.ControlModifier:
                self._on_open()
                return True
            if is_enter and not held & Qt.KeyboardModifier.ShiftModifier:
                self.accept()
                return True
        return super().eventFilter(watched, event)

    def _on_typed(self) -> None:
        self._allow()
        if not self._soon.isActive():
            self._soon.start()

    def _allow(self) -> None:
        self.open_it.setEnabled(bool(self.field.toPlainText().strip()))

    def _on_open(self) -> None:
        if self.field.toPlainText().strip():
            self.keep()
            self.accept()
            self.record_requested.emit(self.note)

    def _on_finished(self, _result: int) -> None:
        # However it was closed: closing never takes words away.
        self.keep()
        if self._kept.strip():
            self.said.emit("Kept as a jotting. File it from the notes with Ctrl+Shift+J.")
        self.is_closed = True

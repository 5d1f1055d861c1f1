"""A small dialog for one act of care: what will happen, how far it is, and how it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.errors import StoppedError
from app.ui.going import Going
from app.ui.widgets.answers import let_enter_mean
from app.ui.widgets.fitting import fit
from app.ui.widgets.labels import label
from app.ui.widgets.saying import Saying

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent, QShowEvent

    from app.errors import SiteweekError
    from app.ui.runner import Runner

Answer = TypeVar("Answer")
_ROOM: Final = 48  # for a title bar and a taskbar


class StepDialog(QDialog):
    """Runs one piece of work away from the interface thread and ends in a sentence.

    Escape and the button at its side stop the work where it can be stopped; where it can't, the
    dialog says so and stays until the work has ended. ``over`` tells that something was changed.
    """

    over = Signal()

    def __init__(self, parent: QWidget, runner: Runner, sentence: str, doing: str) -> None:
        """Say what will happen, and what the button does."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.runner = runner
        self.is_closed = self._is_running = self.is_over = False
        self._can_stop = False
        self._going: Going | None = None
        self.what = label(sentence)
        self.body = QVBoxLayout()
        self.progress = QProgressBar()
        self.progress.setAccessibleName("Progress")
        self.part = QLabel()
        self.part.setProperty("role", "meta")
        self.said = Saying()
        self.buttons = QDialogButtonBox()
        self.go = QPushButton(doing)
        self.buttons.addButton(self.go, QDialogButtonBox.ButtonRole.ActionRole)
        self.leave = self.buttons.addButton("Cancel", QDialogButtonBox.ButtonRole.RejectRole)
        let_enter_mean(self.go, self.leave)
        self.go.clicked.connect(self.act)
        self.buttons.rejected.connect(self.reject)
        going = QHBoxLayout()
        going.addWidget(self.progress, 1)
        going.addWidget(self.part)
        self._inner = QWidget()
        self._inner.setProperty("role", "panel")
        inside = QVBoxLayout(self._inner)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(self.fontMetrics().height() // 2)
        inside.addWidget(self.what)
        inside.addLayout(self.body, 1)
        # In large letters on a small screen the words scroll, and the buttons stay.
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._inner)
        column = QVBoxLayout(self)
        column.setSpacing(self.fontMetrics().height() // 2)
        column.addWidget(self._scroll, 1)
        column.addLayout(going)
        column.addWidget(self.said)
        column.addWidget(self.buttons)
        self.progress.hide()
        self.part.hide()
        fit(self, 34, 12)

    def act(self) -> None:
        """Do what the button says; each dialog has its own."""
        raise NotImplementedError

    def start(
        self,
        work: Callable[[Going], Answer],
        then: Callable[[Answer], None],
        *,
        can_stop: bool = False,
    ) -> None:
        """Run work; ``then`` is called with its answer and ends the dialog, or goes on."""
        self._going = going = Going(self)
        going.moved.connect(self._on_moved)
        self._is_running, self._can_stop = True, can_stop
        self.progress.setRange(0, 0)
        self.progress.show()
        self.said.say("")
        self.go.setEnabled(False)
        self._allow_body(allowed=False)
        self.leave.setEnabled(can_stop)
        self.leave.setText("Stop" if can_stop else "Cancel")

        def answered(answer: Answer) -> None:
            self._end()
            then(answer)

        self.runner.run(self, lambda: work(going), answered, self.fail)

    def finish(self, sentence: str) -> None:
        """End well with a sentence; what is left is to read it."""
        self.is_over = True
        self.said.say(sentence)
        self.go.hide()
        self.leave.setText("Close")
        self.leave.setDefault(True)
        self.leave.setFocus()
        self._allow_body(allowed=False)
        self.over.emit()

    def fail(self, problem: SiteweekError) -> None:
        """Say what went wrong and let it be tried again."""
        self._end()
        self.said.say(problem.sentence, is_problem=not isinstance(problem, StoppedError))

    def refuse(self, sentence: str) -> None:
        """Say what is missing before anything can be done."""
        self.said.say(sentence, is_problem=True)

    def reject(self) -> None:
        """Stop what runs, or leave."""
        if not self._is_running:
            super().reject()
        elif self._can_stop and self._going is not None:
            self._going.stop()
            self.leave.setEnabled(False)
            self.said.say("Stopping …")
        else:
            self.said.say("This can’t be stopped half way. It ends by itself.")

    def done(self, result: int) -> None:
        """Want no more answers."""
        self.is_closed = True
        super().done(result)

    def showEvent(self, event: QShowEvent) -> None:
        """Take the height that the words need, as far as the screen has it."""
        super().showEvent(event)
        self.grow()

    def grow(self) -> None:
        """Grow to what is shown by now; never shrink under somebody's eyes."""
        layout = self.layout()
        if layout is None:
            return
        inner = self._inner.heightForWidth(self._scroll.viewport().width())
        inner = max(inner, self._inner.minimumSizeHint().height())
        missing = inner - self._scroll.viewport().height()
        if missing > 0:
            most = self.screen().availableSize().height() - _ROOM
            self.resize(self.width(), min(most, self.height() + missing))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stay while something runs, as with Escape."""
        if self._is_running:
            self.reject()
            event.ignore()
        else:
            super().closeEvent(event)

    def _end(self) -> None:
        self._is_running = False
        self._going = None
        self.progress.hide()
        self.part.hide()
        self.go.setEnabled(True)
        self.leave.setEnabled(True)
        self.leave.setText("Cancel")
        self._allow_body(allowed=True)

    def _allow_body(self, *, allowed: bool) -> None:
        for place in range(self.body.count()):
            item = self.body.itemAt(place)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.setEnabled(allowed)

    def _on_moved(self, part: str, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        self.part.setText(part)
        self.part.setVisible(bool(part))

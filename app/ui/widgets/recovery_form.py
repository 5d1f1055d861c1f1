"""A recovery sheet: printed or saved, put away, and its key typed back from the paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.ui.widgets.labels import label
from app.ui.widgets.picking import pick_new_file
from app.ui.widgets.printing import print_sheet
from app.ui.widgets.saying import Saying

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QKeyEvent

    from app.clock import Clock
    from app.errors import SiteweekError
    from app.operations.recovery import PrintedSheet
    from app.ui.runner import Runner


@dataclass(frozen=True, slots=True)
class Drawn:
    """A recovery key that was drawn: its text, and the id of the profile it is for."""

    text: str
    vault_id: bytes


class KeyField(QLineEdit):
    """Where a recovery key is typed from paper. It is shown, since nobody types 28 letters blind.

    What is typed counts as not modified: words in fields are kept aside at a lock, a key never.
    """

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__(placeholderText="Seven groups of four")
        self.setAccessibleName("Recovery key")
        self.textEdited.connect(lambda _text: self.setModified(False))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep Enter to the form around it."""
        super().keyPressEvent(event)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.accept()  # else a dialog's button would be pressed as well


class RecoveryForm(QWidget):
    """The steps in their order. ``changed`` tells that it may be ready, or ready no more."""

    changed = Signal()
    submitted = Signal()

    def __init__(self, runner: Runner, clock: Clock) -> None:
        """Begin without a key."""
        super().__init__()
        self._runner, self._clock = runner, clock
        self._drawn: Drawn | None = None
        self.is_closed = self._was_written = False
        self.print = QPushButton("Print the sheet…")
        self.save = QPushButton("Save it as PDF…")
        self.said = Saying()
        self.key = KeyField()
        self.away = QCheckBox("I have put it away")
        self.steps = QWidget()
        for one in (self.print, self.save):
            one.setAutoDefault(False)
        self._lay_out()
        self.print.clicked.connect(self._on_print)
        self.save.clicked.connect(self._on_save)
        self.key.textChanged.connect(lambda _text: self.changed.emit())
        self.key.returnPressed.connect(self.submitted)
        self.away.toggled.connect(lambda _is_on: self.changed.emit())
        self.setFocusProxy(self.print)
        self.offer(None)

    @property
    def is_ready(self) -> bool:
        """Whether the sheet is on paper, its key typed back and the paper put away."""
        return bool(self._was_written and self.key.text().strip() and self.away.isChecked())

    @property
    def typed(self) -> str:
        """The key as it was typed back."""
        return self.key.text()

    def offer(self, drawn: Drawn | None) -> None:
        """Take the key that goes on the sheet, or none yet."""
        if drawn != self._drawn:
            self._was_written = False
            self.key.clear()
            self.away.setChecked(False)
        self._drawn = drawn
        for one in (self.print, self.save):
            one.setEnabled(drawn is not None)
        self._allow()

    def clear(self) -> None:
        """Keep nothing of it, and want no more answers."""
        self.is_closed = True
        self._drawn = None
        self.key.clear()

    def write_to(self, path: Path) -> None:
        """Write the sheet as PDF."""
        drawn = self._drawn
        if drawn is None:
            return

        def write() -> None:
            from app.operations.recovery import write_recovery_sheet  # noqa: PLC0415 - as below

            write_recovery_sheet(path, drawn.text, drawn.vault_id, self._clock)

        self._runner.run(
            self,
            write,
            lambda _none: self._on_written(
                f"{path} was written. Print it, and delete the file once the key is typed back."
            ),
            self._fail,
        )

    def _lay_out(self) -> None:
        across = QHBoxLayout()
        across.addWidget(self.print)
        across.addWidget(self.save)
        across.addStretch(1)
        below = QVBoxLayout(self.steps)
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(label("&Type the key back from the paper", buddy=self.key))
        below.addWidget(self.key)
        below.addWidget(self.away)
        below.addWidget(label("Sealed, in a place that is not with this laptop.", "meta"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(across)
        column.addWidget(self.said)
        column.addWidget(self.steps)

    def _allow(self) -> None:
        self.steps.setEnabled(self._was_written)
        self.changed.emit()

    def _on_print(self) -> None:
        drawn = self._drawn
        if drawn is None:
            return

        def made() -> PrintedSheet:
            # Imported when wanted: it brings all that writes documents with it.
            from app.operations.recovery import printed_sheet  # noqa: PLC0415

            return printed_sheet(drawn.text, drawn.vault_id, self._clock)

        def show(sheet: PrintedSheet) -> None:
            print_sheet(
                self, sheet, lambda: self._on_written("The sheet was handed to the printer.")
            )

        self._runner.run(self, made, show, self._fail)

    def _on_save(self) -> None:
        pick_new_file(
            self, "Save the recovery sheet", "siteweek-recovery.pdf", self.write_to
        ).setDefaultSuffix("pdf")

    def _on_written(self, sentence: str) -> None:
        self._was_written = True
        self.said.say(sentence)
        self._allow()
        self.key.setFocus()

    def _fail(self, problem: SiteweekError) -> None:
        self.said.say(problem.sentence, is_problem=True)

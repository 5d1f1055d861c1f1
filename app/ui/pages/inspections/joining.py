"""The twelve words of a request to join, large, with what to do; and the request as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout

from app.operations.files import write_bytes
from app.ui.pages.team.dialogs import words_shown
from app.ui.widgets.answers import let_enter_mean
from app.ui.widgets.fitting import fit
from app.ui.widgets.labels import label
from app.ui.widgets.picking import pick_new_file
from app.ui.widgets.saying import Saying

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from app.errors import SiteweekError
    from app.operations.sync.joining import Requested
    from app.ui.runner import Runner


class RequestDialog(QDialog):
    """Shows what was asked. Asking again with the same invitation shows the same words."""

    def __init__(self, parent: QWidget, runner: Runner, made: Requested) -> None:
        """Show the words of a request."""
        super().__init__(parent)
        self.setWindowTitle("Ask to join")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._runner, self._made = runner, made
        self.is_closed = False
        self.words = label(words_shown(made.words), "head")
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.words.setAccessibleName("The twelve words")
        self.said = Saying()
        buttons = QDialogButtonBox()
        self.save = buttons.addButton("Save the request…", QDialogButtonBox.ButtonRole.ActionRole)
        self.done_button = buttons.addButton("Done", QDialogButtonBox.ButtonRole.RejectRole)
        let_enter_mean(self.save, self.done_button)
        self.save.clicked.connect(
            lambda: pick_new_file(
                self, "Save the request", "request.siteweek", self.write_to
            ).setDefaultSuffix("siteweek")
        )
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(self.fontMetrics().height())
        column.addWidget(
            label(f"1. Save the request, and give the file to {made.lead}, who leads the team.")
        )
        column.addWidget(
            label(
                "2. Read these words to each other, in person or where you know the voice. They "
                "have to be the same on both laptops."
            )
        )
        column.addWidget(self.words)
        column.addWidget(
            label(
                "3. You get an admission back. Take it in from the list of inspections, where this "
                "one says that it is waiting."
            )
        )
        column.addWidget(self.said)
        column.addStretch(1)
        column.addWidget(buttons)
        fit(self, 36, 24)
        self.finished.connect(self._on_finished)

    def write_to(self, path: Path) -> None:
        """Write the request into a file."""
        content, lead = self._made.content, self._made.lead

        def fail(problem: SiteweekError) -> None:
            self.said.say(problem.sentence, is_problem=True)

        self._runner.run(
            self,
            lambda: write_bytes(path, [content]),
            lambda _none: self.said.say(f"The request is saved. Give it to {lead}."),
            fail,
        )

    def _on_finished(self) -> None:
        self.is_closed = True

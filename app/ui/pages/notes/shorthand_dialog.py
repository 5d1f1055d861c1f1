"""The team's shorthand: what is typed short, and what it is written out as."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout

from app.operations.shorthand import Short, keep_shorthand, shorthand
from app.ui.widgets.fitting import fit
from app.ui.widgets.labels import label
from app.ui.widgets.rows import Row, RowsView
from app.ui.widgets.saying import Saying

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.domain.changes import Changes
    from app.errors import SiteweekError
    from app.ui.session import Session

_ABOUT: Final = (
    "Typed in small letters, a short form is written out at the next space or full stop; "
    "Ctrl+Z takes it back. Somebody’s own words are never changed. The whole team shares these."
)


class ShorthandDialog(QDialog):
    """Shows every short form; the two fields add one, change one, or turn one off."""

    def __init__(self, parent: QWidget, session: Session) -> None:
        """Ask for the list."""
        super().__init__(parent)
        self.setWindowTitle("Shorthand")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.is_closed = False
        self._session = session
        self._held: dict[str, Short] = {}
        self.list = RowsView("Short forms")
        self.short = QLineEdit(placeholderText="sw")
        self.words = QLineEdit(placeholderText="social worker")
        self.keep, self.off = QPushButton("Keep"), QPushButton("Turn off")
        self.close_it = QPushButton("Close")
        self.said = Saying("Shorthand")
        self._lay_out()
        self.finished.connect(self._on_finished)
        self.list.row_changed.connect(self._on_row)
        self.words.returnPressed.connect(self._on_keep)
        self.keep.clicked.connect(self._on_keep)
        self.off.clicked.connect(self._on_off)
        self.close_it.clicked.connect(self.accept)
        self._ask()

    def _lay_out(self) -> None:
        fields = QHBoxLayout()
        for field, name in ((self.short, "&Typed"), (self.words, "&Written out")):
            field.setAccessibleName(name.replace("&", ""))
            fields.addWidget(label(name, "meta", field))
            fields.addWidget(field, 1 if field is self.short else 3)
        buttons = QHBoxLayout()
        buttons.addWidget(self.off)
        buttons.addStretch(1)
        self.keep.setProperty("role", "main")
        for one in (self.close_it, self.keep):
            buttons.addWidget(one)
        for one in (self.off, self.close_it, self.keep):
            one.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.addWidget(label(_ABOUT, "meta"))
        column.addWidget(self.list, 1)
        column.addLayout(fields)
        column.addWidget(self.said)
        column.addLayout(buttons)
        fit(self, 38, 32)
        self.short.setFocus()

    def _ask(self) -> None:
        self._session.ask(self, shorthand).start(self._show, self._refuse)

    def _show(self, held: list[Short]) -> None:
        self._held = {one.short: one for one in held}
        self.list.show_rows([_row(one) for one in held])

    def _on_row(self, short: str) -> None:
        self.short.setText(short)
        self.words.setText(self._held[short].words)

    def _on_keep(self) -> None:
        self._keep(self.short.text(), self.words.text())

    def _on_off(self) -> None:
        self._keep(self.short.text(), self.short.text())

    def _keep(self, short: str, words: str) -> None:
        def kept(_changes: Changes) -> None:
            self.said.say("")
            self.short.clear()
            self.words.clear()
            self.short.setFocus()
            self._ask()

        self._session.do(self, keep_shorthand, short, words).start(kept, self._refuse)

    def _refuse(self, problem: SiteweekError) -> None:
        self.said.say(problem.sentence, is_problem=True)

    def _on_finished(self, _result: int) -> None:
        self.is_closed = True


def _row(one: Short) -> Row:
    is_off = one.words.casefold() == one.short
    badge = "the team’s" if one.record else ""
    return Row(one.short, one.short, "stays as it is typed" if is_off else one.words, badge=badge)

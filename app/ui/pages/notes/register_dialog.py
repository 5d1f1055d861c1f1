"""The register of names: which code stands for whom. It never leaves this laptop.

Names are hidden until somebody asks to see one; that it was shown is noted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout

from app.domain.dates import short_date
from app.operations.register import Register, drop_entry, keep_entry, note_shown, register
from app.ui.widgets.fitting import fit
from app.ui.widgets.labels import label
from app.ui.widgets.rows import Row, RowsView
from app.ui.widgets.saying import Saying

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.domain.changes import Changes
    from app.errors import SiteweekError
    from app.ui.session import Session

_HIDDEN: Final = "name hidden"
_ABOUT: Final = (
    "Names stay on this laptop, encrypted. They are never handed over, exported or printed. "
    "A name you type in a note becomes its code; Ctrl+Z brings it back."
)


class RegisterDialog(QDialog):
    """Keeps names; ``changed`` tells that the register is another one now."""

    changed = Signal()

    def __init__(self, parent: QWidget, session: Session) -> None:
        """Ask for the register."""
        super().__init__(parent)
        self.setWindowTitle("Register of names")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.is_closed = False
        self._session = session
        self._held = Register()
        self._seen: set[str] = set()
        self.list = RowsView("Codes")
        self.list.nothing = "Nobody is in the register. Type a code and a name below, then Enter."
        self.code = QLineEdit(placeholderText="C3")
        self.names = QLineEdit(placeholderText="Full name; first name; nickname")
        self.names.setAccessibleDescription("Every way the name is written, apart by semicolons")
        self.keep = _button("Keep", "main")
        self.show_name = _button("Show the name")
        self.forget = _button("Forget the name")
        self.close_it = _button("Close")
        self.said = Saying("Register")
        self._lay_out()
        self.finished.connect(self._on_finished)
        self.keep.clicked.connect(self._on_keep)
        self.names.returnPressed.connect(self._on_keep)
        self.show_name.clicked.connect(self._on_show)
        self.list.row_chosen.connect(lambda _key: self._on_show())
        self.list.row_changed.connect(lambda _key: self._allow())
        self.forget.clicked.connect(self._on_forget)
        self.close_it.clicked.connect(self.accept)
        self._ask()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow("&Code", self.code)
        form.addRow("&Name", self.names)
        for field, name in ((self.code, "Code"), (self.names, "Name")):
            field.setAccessibleName(name)
        buttons = QHBoxLayout()
        for one in (self.show_name, self.forget):
            buttons.addWidget(one)
        buttons.addStretch(1)
        for one in (self.close_it, self.keep):
            buttons.addWidget(one)
        column = QVBoxLayout(self)
        column.addWidget(label(_ABOUT, "meta"))
        column.addWidget(self.list, 1)
        column.addLayout(form)
        column.addWidget(self.said)
        column.addLayout(buttons)
        fit(self, 38, 30)

    def _ask(self) -> None:
        self._session.ask(self, register).start(self._show, self._refuse)

    def _show(self, held: Register) -> None:
        self._held = held
        self.list.show_rows(
            [
                Row(
                    one.code,
                    one.code,
                    "; ".join(one.spellings) if one.code in self._seen else _HIDDEN,
                    badge=self._shown_last(one.code),
                )
                for one in held.entries
            ]
        )
        self._allow()

    def _shown_last(self, code: str) -> str:
        times = [one.at for one in self._held.shown if one.code == code]
        return f"shown {short_date(times[-1])} {times[-1][11:16]}" if times else ""

    def _allow(self) -> None:
        has_one = bool(self.list.current_key)
        for one in (self.show_name, self.forget):
            one.setEnabled(has_one)

    def _on_keep(self) -> None:
        if not self.names.text().strip() and self.names.hasFocus() and not self.code.text():
            return
        spellings = self.names.text().split(";")
        self._session.do(self, keep_entry, self.code.text(), spellings).start(
            self._on_kept, self._refuse
        )

    def _on_kept(self, _changes: Changes) -> None:
        self.code.clear()
        self.names.clear()
        self.code.setFocus()
        self.said.say("")
        self._ask()
        self.changed.emit()

    def _on_show(self) -> None:
        code = self.list.current_key

        def shown(_changes: Changes) -> None:
            self._seen.add(code)
            self._ask()

        if code and code not in self._seen:
            self._session.do(self, note_shown, code).start(shown, self._refuse)

    def _on_forget(self) -> None:
        code = self.list.current_key

        def forgotten(_changes: Changes) -> None:
            self.said.say(f"The name behind {code} was forgotten. Notes keep the code.")
            self._ask()
            self.changed.emit()

        if code:
            self._session.do(self, drop_entry, code).start(forgotten, self._refuse)

    def _refuse(self, problem: SiteweekError) -> None:
        self.said.say(problem.sentence, is_problem=True)

    def _on_finished(self, _result: int) -> None:
        self.is_closed = True


def _button(words: str, role: str = "") -> QPushButton:
    made = QPushButton(words)
    made.setAutoDefault(False)
    if role:
        made.setProperty("role", role)
    return made

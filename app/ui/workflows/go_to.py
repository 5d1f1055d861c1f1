"""Going anywhere by typing a few letters: records, people, criteria, words and commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from app.domain.kinds.registry import KINDS
from app.operations.going import CRITERION, PEOPLE, Destination, destinations, nearest
from app.ui.widgets.field_over_list import FieldOverList
from app.ui.widgets.fitting import fit
from app.ui.widgets.labels import label
from app.ui.widgets.once_found import OnceFound
from app.ui.widgets.rows import Row, RowsView

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.ui.session import Session

COMMANDS: Final = ">"
PERSON: Final = "@"
CRITERIA: Final = "#"
WORDS: Final = "/"
_MOST: Final = 50
_HINT: Final = (
    "> does something · @ a person, agency or child · # a criterion · / any words · Enter goes"
)


class GoDialog(QDialog):
    """A field and a list; what is typed first says what the list holds."""

    record_requested = Signal(str)
    search_requested = Signal(str)

    def __init__(
        self,
        parent: QWidget,
        session: Session | None,
        actions: Sequence[QAction],
        recent: Sequence[str] = (),
    ) -> None:
        """Offer actions, and what an open inspection holds; ``recent`` records come first."""
        super().__init__(parent)
        self.setWindowTitle("Go to")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.is_closed = False
        self._session = session
        self._actions = {_words(one): one for one in actions if one.isEnabled() and _words(one)}
        self._recent = tuple(recent)
        self._held: list[Destination] = []
        self._shown: dict[str, Destination] = {}
        self._asked = 0
        self._once_found = OnceFound()
        self._is_taken = session is None  # what there is to go to was read
        self.field = QLineEdit(placeholderText="Where to", clearButtonEnabled=True)
        self.field.setAccessibleName("Where to")
        self.field.setAccessibleDescription(_HINT)
        self.list = RowsView("Places to go")
        self.said = label(_HINT, "meta")
        self.said.setWordWrap(True)
        column = QVBoxLayout(self)
        for one in (self.field, self.list, self.said):
            column.addWidget(one)
        fit(self, 40, 28)
        self.field.textChanged.connect(lambda _text: self.ask())
        FieldOverList(self.field, self.list, lambda: self._once_found.do(self._enter))
        self.list.row_chosen.connect(self._choose)
        self.finished.connect(self._on_finished)
        if session is not None:
            session.ask(self, destinations).start(self._take)

    def begin(self, prefix: str) -> None:
        """Open with a prefix typed already."""
        self.field.setText(prefix)
        self.open()
        self.field.setFocus()
        self.ask()

    def ask(self, *, is_anew: bool = True) -> None:
        """Show what is nearest to what is typed, ``is_anew`` or before what there is was read."""
        typed = self.field.text()
        if is_anew:
            self._once_found.looking()
        if typed.startswith(COMMANDS) or self._session is None:
            self._show_commands(typed.removeprefix(COMMANDS))
        elif typed.startswith(WORDS):
            self._show([], f"Enter looks everywhere for “{typed[1:].strip()}”")
        else:
            self._rank(typed)

    def _take(self, held: list[Destination]) -> None:
        """Put what was shown lately before what changed lately."""
        place = {record: number for number, record in enumerate(self._recent)}
        self._held = sorted(held, key=lambda one: place.get(one.record, len(place)))
        self._is_taken = True
        self.ask(is_anew=False)

    def _rank(self, typed: str) -> None:
        session = self._session
        if session is None:
            return
        wanted: Callable[[Destination], bool] = _WANTED.get(typed[:1], _is_plain)
        letters = typed[1:] if typed[:1] in _WANTED else typed
        self._asked += 1
        ticket, among = self._asked, self._held

        def show(found: list[Destination]) -> None:
            if ticket == self._asked and not self.field.text().startswith((COMMANDS, WORDS)):
                self._show(found, _HINT if found else "Nothing is called that.")

        session.runner.run(self, lambda: nearest(letters, among, _MOST, is_wanted=wanted), show)

    def _show(self, found: Sequence[Destination], said: str) -> None:
        self._asked += 1
        self._shown = {one.record: one for one in found}
        self.list.show_rows([_row(one) for one in found])
        if found:
            self.list.make_current(found[0].record)
        self.said.setText(said)
        if self._is_taken or self.field.text().startswith(WORDS):
            self._once_found.found()

    def _show_commands(self, typed: str) -> None:
        self._asked += 1
        self._shown = {}
        offered = [Destination(words, "", words, _key(one)) for words, one in self._actions.items()]
        found = nearest(typed, offered, len(offered))
        self.list.show_rows([Row(one.record, one.words, badge=one.about) for one in found])
        if found:
            self.list.make_current(found[0].record)
        self.said.setText(_HINT if found else "Nothing that can be done now is called that.")
        self._once_found.found()

    def _enter(self) -> None:
        typed = self.field.text()
        if typed.startswith(WORDS):
            self.accept()
            self.search_requested.emit(typed[1:].strip())
        elif self.list.current_key:
            self._choose(self.list.current_key)

    def _choose(self, key: str) -> None:
        self.accept()
        going = self._shown.get(key)
        if going is None:
            # Once this has gone: what is done may look at what has the focus.
            self._actions[key].trigger()
        elif going.search:
            self.search_requested.emit(f"{going.search} ")
        else:
            self.record_requested.emit(going.record)

    def _on_finished(self, _result: int) -> None:
        self.is_closed = True


def _is_plain(one: Destination) -> bool:
    return one.kind != CRITERION


_WANTED: Final[dict[str, Callable[[Destination], bool]]] = {
    PERSON: lambda one: one.kind in PEOPLE,
    CRITERIA: lambda one: one.kind == CRITERION,
}


def _row(one: Destination) -> Row:
    kind = KINDS[one.kind].label if one.kind in KINDS and one.kind in PEOPLE else ""
    return Row(one.record, one.words, " · ".join(part for part in (kind, one.about) if part))


def _words(action: QAction) -> str:
    return action.text().replace("&", "")


def _key(action: QAction) -> str:
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)

"""Both sides: what speaks for and against, laid side by side, and what was heard only once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.operations.agenda import TaskIdea, short
from app.operations.sides import OnCriterion, Sides, Weighed, read_sides
from app.ui.exporting import Listed
from app.ui.pages.evidence.exported import sides_table
from app.ui.pages.evidence.model import quote_rows
from app.ui.widgets.evidence_list import source_line, words_of
from app.ui.widgets.labels import label
from app.ui.widgets.rows import Row, RowsView
from app.ui.widgets.two_panes import TwoPanes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from app.domain.quotes import Quote
    from app.operations.support import Piece
    from app.operations.view import View
    from app.ui.pages.evidence.page import EvidencePage

_NONE: Final = (
    "Nothing speaks both ways and nothing was heard only once. What is coded as a strength and "
    "also as needing improvement stands here."
)


@dataclass(frozen=True, slots=True)
class Laid:
    """One thing as it is laid out: its words, its two sides as rows, and the task it needs."""

    key: str
    words: str
    why: str
    heads: tuple[str, str]
    sides: tuple[tuple[Row, ...], tuple[Row, ...]]
    idea: TaskIdea
    finding: str = ""


class SidesView(QWidget):
    """List left; right the two sides, equal in size."""

    def __init__(self) -> None:
        """Lay out an empty list."""
        super().__init__()
        self.list = RowsView("What speaks both ways, and what was heard once", most_lines=3)
        self.list.nothing = _NONE
        self.title = label("", "title")
        self.why = label("", "meta")
        self.heads = (label("", "heading"), label("", "heading"))
        self.sides = (RowsView("One side", most_lines=0), RowsView("Other side", most_lines=0))
        self.open = QPushButton("Open the finding")
        self.task = QPushButton("Make the task that tests it…")
        self.task.setAccessibleDescription("Ctrl+T")
        self.setFocusProxy(self.list)
        both = QHBoxLayout()
        for head, side in zip(self.heads, self.sides, strict=True):
            column = QVBoxLayout()
            column.addWidget(head)
            column.addWidget(side, 1)
            side.setAccessibleDescription("Enter opens the note, E puts the words on a finding")
            side.setMinimumHeight(12 * self.fontMetrics().height())
            both.addLayout(column, 1)
        line = QHBoxLayout()
        line.addWidget(self.open)
        line.addWidget(self.task)
        line.addStretch(1)
        self._right = QWidget()
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.addWidget(self.title)
        right.addWidget(self.why)
        right.addLayout(both, 1)
        right.addLayout(line)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(TwoPanes(self.list, self._right, 110, (2, 5)))

    def show_laid(self, laid: Laid | None) -> None:
        """Show one thing, or that none is chosen."""
        for one in (*self.heads, *self.sides, self.task, self.why):
            one.setVisible(laid is not None)
        self.open.setVisible(laid is not None and bool(laid.finding))
        self.title.setText(laid.words if laid is not None else "")
        if laid is None:
            return
        self.why.setText(laid.why)
        for head, view, words, rows in zip(
            self.heads, self.sides, laid.heads, laid.sides, strict=True
        ):
            head.setText(words)
            view.setAccessibleName(words)
            view.show_rows(rows)


class SidesPart:
    """Works the list and the two sides."""

    def __init__(self, page: EvidencePage) -> None:
        """Serve one page."""
        self._page = page
        self.view = SidesView()
        self._laid: dict[str, Laid] = {}
        self._groups: list[tuple[str, list[Laid]]] = []
        self._words: dict[str, tuple[str, str]] = {}
        view = self.view
        view.list.row_changed.connect(lambda _key: self._show())
        view.list.row_chosen.connect(lambda _key: view.sides[0].setFocus())
        for side in view.sides:
            side.row_chosen.connect(self._on_words)
            side.row_changed.connect(lambda _key: self._page.allow())
        view.open.clicked.connect(self._open)
        view.task.clicked.connect(self.fill)
        view.show_laid(None)

    def question(self) -> Callable[[View], Sides]:
        """Return the question for everything that is laid side by side."""
        return read_sides

    def show_answer(self, answer: Sides) -> None:
        """Show the list, keeping what is chosen."""
        self._words = {
            one.evidence: (one.paragraph, "") for held in answer.findings for one in held.pieces
        }
        for held in answer.criteria:
            for one in (*held.good, *held.otherwise, *held.rest):
                self._words[one.key] = (one.paragraph, one.code)
        groups = self._groups = laid_out(answer)
        self._laid = {one.key: one for _head, listed in groups for one in listed}
        rows: list[Row] = []
        for head, listed in groups:
            rows.append(Row(head, head, is_heading=True))
            rows += [Row(one.key, one.words, one.why) for one in listed]
        view = self.view
        view.list.show_rows(rows)
        if not view.list.current_key and self._laid:
            view.list.make_current(next(iter(self._laid)), quietly=True)
        self._show()

    def panes(self) -> list[QWidget]:
        """Return the list and both sides."""
        return [self.view.list, *self.view.sides]

    def listed(self) -> Listed:
        """Return everything that is laid side by side."""
        groups = self._groups
        return Listed("Both sides", lambda _view: sides_table(groups))

    @property
    def quote(self) -> tuple[str, str]:
        """The words that are current on the side that has the focus."""
        side = next((one for one in self.view.sides if one.hasFocus()), self.view.sides[0])
        return self._words.get(side.current_key, ("", ""))

    @property
    def has_gap(self) -> bool:
        """Whether anything is chosen that a task could test."""
        return self._current is not None

    @property
    def _current(self) -> Laid | None:
        return self._laid.get(self.view.list.current_key)

    def fill(self) -> None:
        """Offer the task that would test what is chosen."""
        laid = self._current
        if laid is not None:
            self._page.ask_for_task(laid.idea, f"{laid.why} The task is planned for today.")

    def _show(self) -> None:
        self.view.show_laid(self._current)
        self._page.allow()

    def _on_words(self, key: str) -> None:
        paragraph, code = self._words.get(key, ("", ""))
        if paragraph:
            self._page.record_requested.emit(code or paragraph)

    def _open(self) -> None:
        laid = self._current
        if laid is not None and laid.finding:
            self._page.record_requested.emit(laid.finding)


def laid_out(sides: Sides) -> list[tuple[str, list[Laid]]]:
    """Return what is laid out under its headings; headings with nothing under them are left out."""
    both = [_criterion(sides, one) for one in sides.criteria if one.is_both_ways]
    once = [_criterion(sides, one, is_once=True) for one in sides.criteria if one.is_heard_once]
    groups = [
        (
            "Findings with evidence both ways",
            [_finding(one) for one in sides.findings if one.is_both_ways],
        ),
        ("Criteria that speak both ways", both),
        (
            "Findings heard once",
            [_finding(one, is_once=True) for one in sides.findings if one.is_heard_once],
        ),
        ("Criteria heard once", once),
    ]
    return [(head, listed) for head, listed in groups if listed]


def _finding(one: Weighed, *, is_once: bool = False) -> Laid:
    statement = one.record.text("statement")
    counts = f"{len(one.favouring)} for and {len(one.contrary)} against"
    return Laid(
        f"{'once' if is_once else 'both'} {one.record.id}",
        statement,
        "It rests on a single conversation or record." if is_once else f"{counts}.",
        ("For", "Against"),
        (_pieces(one.favouring), _pieces(one.contrary)),
        TaskIdea(f"Test: {short(statement)}", one.record.texts("criteria")),
        one.record.id,
    )


def _criterion(sides: Sides, one: OnCriterion, *, is_once: bool = False) -> Laid:
    counts = f"{len(one.good)} say strength, {len(one.otherwise)} say otherwise."
    rest: tuple[Quote, ...] = one.rest
    good = (*one.good, *rest) if is_once or not one.good else one.good
    return Laid(
        f"{'once' if is_once else 'both'} {one.code}",
        one.label,
        "All of it comes from a single conversation or record." if is_once else counts,
        ("▲ Strength" if one.good else "Said of it", "▼ Otherwise"),
        (
            tuple(quote_rows(sides.evidence, good)),
            tuple(quote_rows(sides.evidence, one.otherwise)),
        ),
        TaskIdea(f"{'Hear more on' if is_once else 'Test'} {short(one.label)}", (one.code,)),
    )


def _pieces(pieces: Iterable[Piece]) -> tuple[Row, ...]:
    return tuple(Row(one.evidence, words_of(one), source_line(one)) for one in pieces)

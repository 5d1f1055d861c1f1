"""All the words through lenses: fetched and put in order off-thread, narrowed here at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer

from app.domain.quotes import Lens, ordered, seen
from app.operations.evidence import (
    Evidence,
    forget_lens,
    read_evidence,
    save_lens,
    saved_lenses,
)
from app.operations.evidence_export import export_name, write_quotes
from app.operations.evidence_links import Around, around
from app.operations.working_papers import look_at_quotes
from app.ui.leaving.model import left_open
from app.ui.pages.evidence.model import (
    ORDER_WORDS,
    counted,
    forget_rows,
    heading,
    lens_rows,
    quote_rows,
    saved_rows,
    source_parts,
)
from app.ui.pages.evidence.words_view import WordsView
from app.ui.widgets.one_line import OneLine
from app.ui.widgets.picker import Picker
from app.ui.widgets.picking import pick_new_file
from app.ui.widgets.rows import Row
from app.ui.writing import look_over

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from app.domain.identifying import Look
    from app.domain.quotes import Quote
    from app.operations.view import View
    from app.ui.pages.evidence.page import EvidencePage

_PAUSE: Final = 100  # ms after the last letter before the list is narrowed


@dataclass(frozen=True, slots=True)
class Words:
    """The evidence in its order, each quote's row, and the lenses that were saved."""

    evidence: Evidence
    quotes: tuple[Quote, ...]
    rows: Mapping[str, Row]
    saved: Mapping[str, Lens]


def read_words(view: View, order: str, *, is_uncoded: bool) -> Words:
    """Return everything the list shows, with its rows made."""
    evidence = read_evidence(view, is_uncoded=is_uncoded)
    quotes = ordered(evidence.quotes, order, evidence.names)
    rows = {row.key: row for row in quote_rows(evidence, quotes)}
    return Words(evidence, tuple(quotes), rows, saved_lenses(view))


class WordsPart:
    """Works the list."""

    def __init__(self, page: EvidencePage) -> None:
        """Serve one page."""
        self._page = page
        self.view = WordsView()
        self.lens = Lens()
        self.order = "oldest"
        self.words = Words(Evidence(), (), {}, {})
        self.shown: list[Quote] = []
        self._wanted = ""
        self._begins_anew = False  # another lens: its first words are to be in sight
        self._by_key: dict[str, Quote] = {}
        self._pause = QTimer(self.view)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._connect()
        self.view.show_quote(None, "", "")
        self.view.show_lens(self.words.evidence, self.lens, self.order)

    # What the page asks of its parts.

    def question(self) -> Callable[[View], Words]:
        """Return the question for the words in the order and of the sort that is wanted."""
        order, is_uncoded = self.order, self.lens.is_uncoded
        return lambda view: read_words(view, order, is_uncoded=is_uncoded)

    def show_answer(self, answer: Words) -> None:
        """Show the words, through the lenses in use."""
        self.words = answer
        self._by_key = {one.key: one for one in answer.quotes}
        self._show()
        if self._wanted:
            wanted, self._wanted = self._wanted, ""
            self.view.list.make_current(wanted)

    def panes(self) -> list[QWidget]:
        """Return filter, list and the side."""
        return [self.view.filter, self.view.list, self.view.open]

    @property
    def quote(self) -> tuple[str, str]:
        """The paragraph and code of the current words."""
        one = self.current
        return (one.paragraph, one.code) if one is not None else ("", "")

    @property
    def has_gap(self) -> bool:
        """No words are a gap."""
        return False

    def fill(self) -> None:
        """Do nothing: no words are a gap."""

    @property
    def current(self) -> Quote | None:
        """The quote that is current and seen."""
        return self._by_key.get(self.view.list.current_key)

    # Lenses.

    def look(self, lens: Lens) -> None:
        """Look through a lens from now on."""
        asks = lens.is_uncoded != self.lens.is_uncoded
        self._begins_anew = True
        self.lens = lens
        if self.view.filter.text() != lens.typed:
            self.view.filter.setText(lens.typed)
            self._pause.stop()
        if asks:
            self.view.show_lens(self.words.evidence, lens, self.order)
            self._page.reload()
        else:
            self._show()

    def show_wanted(self, record: str) -> None:
        """Make a code or an uncoded paragraph current once it is there."""
        self._wanted = record
        if not self.lens.is_open:
            self.look(Lens(is_uncoded=self.lens.is_uncoded))

    def narrow(self, only: str = "") -> None:
        """Ask by what to narrow: one lens, or all of them with the saved ones first."""
        held = self.words
        rows = lens_rows(held.evidence, held.quotes, self.lens, only)
        if not only:
            rows = [*saved_rows(held.evidence, held.saved), *rows, *forget_rows(held.saved)]
        picker = Picker(self._page, "Narrow by", rows, "police, C3, Tue, A6…")
        picker.chosen.connect(self._on_chosen)
        picker.open()

    def choose_order(self) -> None:
        """Ask in which order the words are to stand."""
        rows = [Row(key, words) for key, words in ORDER_WORDS.items()]
        picker = Picker(self._page, "Order by", rows, "Order")
        picker.chosen.connect(self._on_order)
        picker.open()

    def toggle_uncoded(self) -> None:
        """Change between coded words and those not coded yet."""
        self.look(Lens(self.lens.chosen, self.lens.typed, not self.lens.is_uncoded))

    def save(self) -> None:
        """Ask for a name and keep the lens under it, on this laptop."""
        asked = OneLine(
            self._page,
            "Save what is narrowed",
            "It is kept on this laptop, first in the list of Ctrl+Shift+L.",
            button="Save",
        )
        asked.given.connect(self._on_named)
        asked.open()

    def export(self) -> None:
        """Say what to look at in what is shown, ask for a file and write to it."""
        quotes = tuple(self.shown)

        def question(view: View) -> tuple[str, list[Look]]:
            return export_name(view), look_at_quotes(view, quotes)

        def pick(found: tuple[str, list[Look]]) -> None:
            name, looks = found

            def on() -> None:
                pick_new_file(
                    self._page,
                    "Write what is shown",
                    name,
                    lambda path: self.write(path, looks),
                )

            look_over(self._page, looks, on)

        self._page.session.ask(self._page, question).start(pick, self._page.refuse)

    def write(self, path: Path, unseen: Sequence[Look] = ()) -> None:
        """Write what is shown, in its order, as a table; say how much nobody has looked at."""

        def written(count: int) -> None:
            told = f"{count:,} rows written to {path.name}."
            self._page.said.emit(" ".join(one for one in (told, left_open(unseen)) if one))

        evidence, quotes = self.words.evidence, tuple(self.shown)
        self._page.session.runner.run(
            self._page,
            lambda: write_quotes(evidence, quotes, path),
            written,
            self._page.refuse,
        )

    def _connect(self) -> None:
        view = self.view
        view.lens_wanted.connect(self.narrow)
        view.narrow.clicked.connect(lambda _on=False: self.narrow())
        view.all.clicked.connect(self.show_all)
        view.uncoded.clicked.connect(self.toggle_uncoded)
        view.order.clicked.connect(self.choose_order)
        view.export.clicked.connect(self.export)
        view.open.clicked.connect(self.open_note)
        view.list.row_chosen.connect(lambda _key: self.open_note())
        view.list.row_changed.connect(lambda _key: self._show_quote())
        view.filter.textChanged.connect(lambda _text: self._pause.start())
        self._pause.timeout.connect(self._on_typed)

    def show_all(self) -> None:
        """Take every lens away."""
        self.look(Lens(is_uncoded=self.lens.is_uncoded))

    def open_note(self) -> None:
        """Show the note at the current words."""
        one = self.current
        if one is not None:
            self._page.record_requested.emit(one.code or one.paragraph)

    def _on_typed(self) -> None:
        self.look(Lens(self.lens.chosen, self.view.filter.text(), self.lens.is_uncoded))

    def _on_chosen(self, key: str) -> None:
        what, _space, value = key.partition(" ")
        if what == "saved":
            self.look(self.words.saved[value])
        elif what == "forget":
            self._page.session.do(self._page, forget_lens, value).start(
                lambda _changes: self._page.reload(), self._page.refuse
            )
        else:
            self.look(self.lens.with_value(what, value))
        self.view.list.setFocus()

    def _on_order(self, order: str) -> None:
        self.order = order
        self._page.reload()

    def _on_named(self, name: str) -> None:
        def kept(_changes: object) -> None:
            self._page.said.emit(f"Saved as “{name}”.")
            self._page.reload()

        self._page.session.do(self._page, save_lens, name, self.lens).start(kept, self._page.refuse)

    def _show(self) -> None:
        held = self.words
        self.shown = seen(held.quotes, self.lens)
        told = counted(len(self.shown), len(held.quotes), is_uncoded=held.evidence.is_uncoded)
        self.view.show_lens(held.evidence, self.lens, self.order)
        self.view.show_list(
            [held.rows[one.key] for one in self.shown],
            told,
            is_uncoded=held.evidence.is_uncoded,
            is_open=self.lens.is_open,
        )
        if self._begins_anew and held.evidence.is_uncoded == self.lens.is_uncoded:
            self._begins_anew = False
            if self.current is None:
                self.view.list.scrollToTop()
        self._show_quote()

    def _show_quote(self) -> None:
        one = self.current
        self._page.allow()
        if one is None:
            self.view.show_quote(None, "", "")
            return
        evidence = self.words.evidence
        row = self.words.rows[one.key]
        source = "\n".join(filter(None, source_parts(evidence, one)))
        self.view.show_quote(row, heading(evidence, one), source)

        def show(found: Around) -> None:
            if self.current == one:
                has_more = found.paragraph.strip() != one.words.strip()
                self.view.show_around(found.paragraph if has_more else "", found.findings)

        self._page.session.ask(self._page, around, one.paragraph, one.code).start(show)

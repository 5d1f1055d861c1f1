"""Versions of the letter: kept by name, and any two of them side by side, word for word."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from app.domain.dates import short_date
from app.domain.differences import Change, differences
from app.operations.letter_versions import (
    AS_IT_STANDS,
    compare_versions,
    keep_version,
    list_versions,
)
from app.ui.widgets.fields import ChoiceField, TickField
from app.ui.widgets.labels import label
from app.ui.widgets.one_line import OneLine
from app.ui.widgets.rows import Row, RowsView
from app.ui.widgets.titled import side_by_side
from app.ui.widgets.two_panes import TwoPanes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.changes import Changes
    from app.operations.letter_versions import Compared, Kept, Version
    from app.ui.pages.letter.page import LetterPage

_NOW: Final = "now"  # a choice needs a key; the letter as it stands has none of its own
_NOW_SAID: Final = "The letter as it stands"
_HOW: Final = (
    "Words that went are struck through, words that came are bold and underlined. "
    "Comparing puts nothing back."
)


class VersionsView(QWidget):
    """The versions left, two of them compared right."""

    def __init__(self) -> None:
        """Lay out an empty list."""
        super().__init__()
        self.list = RowsView("Versions of the letter", 2)
        self.list.nothing = "No versions yet. Ctrl+Shift+V keeps the letter as it stands by a name."
        self.keep = QPushButton("Keep this version…")
        self.keep.setAccessibleDescription("Ctrl+Shift+V")
        self.before = ChoiceField("Compare", nothing="Choose a version")
        self.after = ChoiceField("With", nothing="Choose a version")
        self.only = TickField("Only blocks that differ")
        self.only.show_value(value=True)
        self.said = label("", "meta")
        self.text = QTextBrowser()
        self.text.setAccessibleName("The two versions side by side")
        self.text.setOpenLinks(False)
        self.text.setTabChangesFocus(True)
        self.text.setProperty("role", "words")
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.addWidget(label("Kept versions", "heading"), 1)
        head.addWidget(self.keep)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(side_by_side([self.before, self.after]))
        column.addWidget(self.only.widget)
        column.addWidget(self.said)
        column.addWidget(self.text, 1)
        self.text.setMinimumHeight(14 * self.fontMetrics().height())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(TwoPanes(left, right, 110, (1, 3)))
        self.setFocusProxy(self.list)


class VersionsPart(QObject):
    """Keeps versions and compares them."""

    kinds = frozenset({"letter_version", "version_block", "letter_block", "person"})

    def __init__(self, page: LetterPage) -> None:
        """Begin with nothing compared."""
        super().__init__(page)
        self._page = page
        self._asked = 0
        self.versions: tuple[Version, ...] = ()
        self.pairs: tuple[Compared, ...] = ()
        self.view = VersionsView()
        self.view.keep.clicked.connect(lambda _on=False: self.keep())
        self.view.list.row_changed.connect(self._on_row)
        for one in (self.view.before, self.view.after):
            one.left.connect(self._compare)
        self.view.only.left.connect(self._show_pairs)

    def reload(self) -> None:
        """Ask for the versions again, and compare again what is compared."""
        self._page.session.ask(self._page, list_versions).start(self._show, self._page.refuse)

    def begin_new(self) -> None:
        """Keep the letter as it stands."""
        self.keep()

    def keep(self) -> None:
        """Ask for a name and keep the letter as it stands under it."""
        page = self._page
        page.save_now()
        dialog = OneLine(
            page,
            "Keep this version",
            "What is this version called? It stays as it is now, whatever is written later.",
            button="Keep",
        )

        def kept(changes: Changes) -> None:
            page.said.emit("The letter was kept as it stands.")
            self.show_version(changes.made)

        dialog.given.connect(
            lambda name: page.session.do(page, keep_version, name).start(kept, page.refuse)
        )
        dialog.open()

    def show_version(self, version: str) -> None:
        """Compare a version with the letter as it stands."""
        self._wanted(version, _NOW)
        self.reload()

    def panes(self) -> list[QWidget]:
        """Return the list, the choice and the words."""
        return [self.view.list, self.view.before.widget, self.view.text]

    def save_now(self) -> None:
        """Nothing is typed here."""

    def keep_now(self) -> None:
        """Nothing is typed here."""

    def _wanted(self, before: str, after: str) -> None:
        self.view.before.show_value(before)
        self.view.after.show_value(after)

    def _on_row(self, version: str) -> None:
        self._wanted(version, _NOW)
        self._compare()

    def _show(self, versions: Sequence[Version]) -> None:
        self.versions = tuple(versions)
        view = self.view
        offered = [(one.id, one.name) for one in versions]
        view.before.offer([*offered, (_NOW, _NOW_SAID)])
        view.after.offer([(_NOW, _NOW_SAID), *offered])
        view.list.show_rows([_row(one) for one in versions])
        view.keep.setEnabled(bool(self._page.preview.blocks))
        if versions and view.before.value is None:
            self._wanted(versions[0].id, _NOW)
        self._compare()

    def _compare(self) -> None:
        before, after = self.view.before.value, self.view.after.value
        if not isinstance(before, str) or not isinstance(after, str):
            self.pairs = ()
            self._show_pairs()
            return
        self._asked += 1
        ticket = self._asked

        def answered(pairs: Sequence[Compared]) -> None:
            if ticket == self._asked:
                self.pairs = tuple(pairs)
                self._show_pairs()

        self._page.session.ask(self._page, compare_versions, _id(before), _id(after)).start(
            answered, self._page.refuse
        )

    def _show_pairs(self) -> None:
        view = self.view
        is_chosen = view.before.value is not None and view.after.value is not None
        view.said.setText(f"{compared_said(self.pairs)} {_HOW}" if is_chosen else "")
        only = view.only.value is True
        shown = [one for one in self.pairs if not (only and one.is_same)]
        scrolled = view.text.verticalScrollBar().value()
        view.text.setHtml(pairs_html(shown))
        view.text.verticalScrollBar().setValue(scrolled)


def compared_said(pairs: Sequence[Compared]) -> str:
    """Return in a sentence what differs between two versions."""
    came = sum(one.before is None for one in pairs)
    went = sum(one.after is None for one in pairs)
    moved = sum(one.is_moved for one in pairs)
    reworded = sum(
        one.before is not None and one.after is not None and one.before != one.after
        for one in pairs
    )
    counted = ((reworded, "changed"), (came, "new"), (went, "gone"), (moved, "moved"))
    parts = [f"{count} {word}" for count, word in counted if count]
    if not parts:
        return "Nothing differs."
    return f"Blocks: {', '.join(parts)}."


def pairs_html(pairs: Sequence[Compared]) -> str:
    """Return blocks side by side; every word stands there as text, and what differs is marked."""
    rows = []
    for one in pairs:
        old, new = _marked(one)
        note = _note(one)
        if note:
            rows.append(f'<tr><td colspan="2"><i>{note}</i></td></tr>')
        rows.append(f'<tr><td width="50%">{old}</td><td width="50%">{new}</td></tr>')
    return f'<table width="100%" cellspacing="0" cellpadding="6">{"".join(rows)}</table>'


def _marked(one: Compared) -> tuple[str, str]:
    before, after = _words(one.before), _words(one.after)
    pieces = differences(before, after)
    old = "".join(
        f"<s>{_shown(piece.text)}</s>" if piece.change is Change.GONE else _shown(piece.text)
        for piece in pieces
        if piece.change is not Change.CAME
    )
    new = "".join(
        f"<b><u>{_shown(piece.text)}</u></b>" if piece.change is Change.CAME else _shown(piece.text)
        for piece in pieces
        if piece.change is not Change.GONE
    )
    return old, new


def _note(one: Compared) -> str:
    if one.before is None:
        return "New block"
    if one.after is None:
        return "Block gone"
    said = ["Moved"] if one.is_moved else []
    if one.before.type != one.after.type:
        said.append(f"{one.before.type.capitalize()} became {one.after.type}")
    return ". ".join(said)


def _words(kept: Kept | None) -> str:
    return " ".join(part for part in (kept.number, kept.text) if part) if kept is not None else ""


def _shown(words: str) -> str:
    return escape(words).replace("\n", "<br>")


def _id(chosen: str) -> str:
    return AS_IT_STANDS if chosen == _NOW else chosen


def _row(one: Version) -> Row:
    when = f"{short_date(one.at)} {one.at[11:16]}"
    words = "1 word" if one.words == 1 else f"{one.words:,} words"
    return Row(one.id, one.name, " · ".join(part for part in (when, one.by, words) if part))

"""What was said and what is written beside each other, and what the letter is to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain.reconciling import near, needs_reason, possible
from app.ui.pages.brief.compare_model import (
    NONE,
    about_said,
    about_written,
    earlier,
    in_all,
    pair_rows,
    standing_of,
)
from app.ui.widgets.labels import label, nothing_yet
from app.ui.widgets.rows import RowsView
from app.ui.widgets.scrolled import Scrolled
from app.ui.widgets.titled import SideBySide
from app.ui.widgets.two_texts import ComparedText
from app.ui.widgets.words_box import WordsBox

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from app.domain.reconciling import Pair
    from app.operations.reconciling import Comparison

_SHARES: Final = (4, 7)  # of the width: the pairs, the one chosen
_APART: Final = "Most of the words differ, so none of them are marked."
_TEXT_LINES: Final = 9  # of each text, at least
_TEXT_LETTERS: Final = 34  # of each text, where they stand beside each other
_VERDICTS: Final = (
    ("same", "Same"),
    ("softened", "Softened"),
    ("strengthened", "Strengthened"),
    ("dropped", "Dropped"),
    ("new", "New"),
)


class PairView(QWidget):
    """One pair. ``decided`` carries what the letter is to what was said."""

    decided = Signal(str)

    def __init__(self) -> None:
        """Lay out an empty pair."""
        super().__init__()
        self.title = label("", "title")
        self.said = ComparedText("What was said", "", "")
        self.written = ComparedText("What the letter says", "", "")
        self.about_said, self.about_written = label("", "meta"), label("", "meta")
        self.standing = label("", "meta")
        self.apart = label(_APART, "meta")
        self.asked = label("Beside what was said, the letter is", "meta")
        self.verdicts = QButtonGroup(self)
        self.reason = WordsBox("Why the letter differs", least_lines=2)
        self.reason.setPlaceholderText("Why the letter differs from what was said")
        self.keep = QPushButton("Keep")
        self.keep.setAccessibleName("Keep what was decided")
        self.before_title = label("What was decided", "heading")
        self.before = label("")
        self._pair: Pair | None = None
        self._lay_out()
        self.reason.textChanged.connect(self._allow)
        self.verdicts.idClicked.connect(lambda _at: self._allow())
        self.keep.clicked.connect(self._on_keep)
        self.setFocusProxy(self.reason)

    @property
    def verdict(self) -> str:
        """What is chosen, or nothing."""
        at = self.verdicts.checkedId()
        return _VERDICTS[at][0] if at >= 0 else ""

    def show_pair(self, pair: Pair, draft: str, *, is_same: bool) -> None:
        """Show a pair; for the one shown already, keep what is chosen and being typed."""
        held = pair.judgement
        reason = held.reason if held is not None else ""
        before = self._pair
        has_changed = before is None or (before.said, before.written) != (pair.said, pair.written)
        self._pair = pair
        if not is_same or has_changed:
            is_near = near(pair.said, pair.written)
            self.said.show_words(pair.said, pair.written if is_near else pair.said)
            self.written.show_words(pair.written, pair.said if is_near else pair.written)
            apart = pair.said and pair.written and not is_near
            self.apart.setVisible(bool(apart))
        if is_same:
            self.reason.refresh(reason)
        else:
            self.reason.show_words(reason, draft)
        self.title.setText(pair.title)
        self.about_said.setText(about_said(pair))
        self.about_written.setText(about_written(pair))
        self.standing.setText(standing_of(pair))
        fitting = () if pair.waits else possible(pair.said, pair.written)
        chosen = pair.verdict if not is_same or self.verdict not in fitting else self.verdict
        self._offer(fitting, chosen)
        for one in (self.asked, self.reason, self.keep):
            one.setVisible(bool(fitting))
        lines = earlier(pair)
        self.before.setText(lines)
        for one in (self.before_title, self.before):
            one.setVisible(bool(lines))
        self._allow()

    def _offer(self, fitting: tuple[str, ...], chosen: str) -> None:
        self.verdicts.setExclusive(False)
        for at, (name, _words) in enumerate(_VERDICTS):
            button = self.verdicts.button(at)
            button.setVisible(name in fitting)
            button.setChecked(name == chosen)
        self.verdicts.setExclusive(True)

    def _allow(self) -> None:
        pair = self._pair
        if pair is None:
            return
        needed = bool(self.verdict) and needs_reason(self.verdict, pair.said, pair.written)
        has_reason = bool(self.reason.words.strip())
        self.keep.setEnabled(bool(self.verdict) and not pair.waits and (has_reason or not needed))
        self.keep.setText("Keep with this reason" if needed else "Keep")

    def _on_keep(self) -> None:
        if self.verdict:
            self.decided.emit(self.verdict)

    def _lay_out(self) -> None:
        line = self.fontMetrics().height()
        texts = SideBySide(
            [
                _under("What was said", self.about_said, self.said, line),
                _under("What the letter says", self.about_written, self.written, line),
            ],
            least_letters=_TEXT_LETTERS,
        )
        choices = QHBoxLayout()
        for at, (_name, words) in enumerate(_VERDICTS):
            button = QRadioButton(words)
            button.setAccessibleName(f"The letter is: {words.lower()}")
            self.verdicts.addButton(button, at)
            choices.addWidget(button)
        choices.addStretch(1)
        keep = QHBoxLayout()
        keep.addWidget(self.standing, 1)
        keep.addWidget(self.keep)
        column = QVBoxLayout(self)
        column.addWidget(self.title)
        column.addWidget(texts, 1)
        column.addWidget(self.apart)
        column.addWidget(self.asked)
        column.addLayout(choices)
        column.addWidget(self.reason)
        column.addLayout(keep)
        column.addWidget(self.before_title)
        column.addWidget(self.before)


class CompareView(QSplitter):
    """Pairs left, the chosen one right."""

    def __init__(self) -> None:
        """Lay out both panes, empty."""
        super().__init__()
        self.setChildrenCollapsible(False)
        self.total = label("", "meta")
        self.list = RowsView("Said and written", most_lines=3)
        self.list.nothing = NONE
        self.write = QPushButton("Write as a document…")
        self.pair = PairView()
        self.choose = nothing_yet(
            "Choose a finding to compare. Alt+Shift+Down goes to the next to decide."
        )
        self._pane = Scrolled(self.pair)
        self._content = QStackedWidget()
        self._content.addWidget(self.choose)
        self._content.addWidget(self._pane)
        left = QWidget()
        left.setProperty("role", "panel")
        column = QVBoxLayout(left)
        column.addWidget(self.total)
        column.addWidget(self.list, 1)
        column.addWidget(self.write, 0, Qt.AlignmentFlag.AlignLeft)
        self.addWidget(left)
        self.addWidget(self._content)
        for at, share in enumerate(_SHARES):
            self.setStretchFactor(at, share)
        self._is_shared = False
        self.setFocusProxy(self.list)

    def show_comparison(self, found: Comparison) -> None:
        """Show every pair."""
        self.total.setText(in_all(found.pairs))
        self.list.show_rows(pair_rows(found))
        self.write.setEnabled(bool(found.pairs))

    def show_chosen(self, *, is_chosen: bool) -> None:
        """Show the pair at the right, or that none is chosen."""
        self._content.setCurrentWidget(self._pane if is_chosen else self.choose)

    def showEvent(self, event: QShowEvent) -> None:
        """Share the width when it is known for the first time."""
        super().showEvent(event)
        if not self._is_shared:
            self._is_shared = True
            self.setSizes([one * self.width() // sum(_SHARES) for one in _SHARES])


def _under(title: str, about: QWidget, text: ComparedText, line: int) -> QWidget:
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    text.setMinimumHeight(_TEXT_LINES * line)
    text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    column.addWidget(label(title, "heading"))
    column.addWidget(about)
    column.addWidget(text, 1)
    return whole

"""Quiet marks under a note's words: misspelt ones, names of the register, codes of children.

Only the paragraph that was touched is looked at again. Which words are misspelt is asked off
this thread, in a pause, and told here afterwards.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from time import perf_counter
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat

from app.operations.register import Names
from app.operations.spelling import WORD
from app.ui.pages.notes.positions import units
from app.ui.widgets.colouring import colour_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from PySide6.QtGui import QTextDocument

_PAUSE: Final = 500  # ms after a word was seen first before it is asked about
_SLICE: Final = 0.004  # s at a time, so that no key waits
_UNDERLINE: Final = QTextCharFormat.UnderlineStyle


class Marks(QSyntaxHighlighter):
    """Marks one document. ``asked`` carries words of which nobody has said how they are spelt."""

    asked = Signal(object)

    def __init__(self, document: QTextDocument) -> None:
        """Mark nothing yet."""
        super().__init__(document)
        self._names = Names()
        self._codes: re.Pattern[str] | None = None
        self._known: frozenset[str] = frozenset()
        self._right: set[str] = set()
        self._wrong: set[str] = set()
        self._unasked: set[str] = set()
        self.is_checking = False
        self._formats: dict[str, QTextCharFormat] = {}
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_PAUSE)
        self._later.timeout.connect(self._ask)
        self._at = 0  # the paragraph to be looked at again next
        self._words: frozenset[str] | None = frozenset()  # only where these stand; None: everywhere
        self._slices = QTimer(self)
        self._slices.setInterval(0)
        self._slices.timeout.connect(self._look_on)
        self._is_waiting = False

    @contextmanager
    def looking_later(self) -> Iterator[None]:
        """Let a document be filled; its paragraphs are looked at afterwards, a few at a time."""
        self._is_waiting = True
        try:
            yield
        finally:
            self._is_waiting = False
            self._look_again()

    def know(self, names: Names, codes: Iterable[str], words: frozenset[str]) -> None:
        """Mark these names and codes; call none of these words misspelt."""
        pattern = "|".join(re.escape(one) for one in codes if one)
        self._names = names
        self._codes = re.compile(rf"(?<!\w)(?:{pattern})(?!\w)") if pattern else None
        self._known = words
        self._look_again()

    def check(self, *, is_on: bool) -> None:
        """Mark misspelt words, or no longer."""
        if is_on != self.is_checking:
            self.is_checking = is_on
            self._look_again()

    def told(self, asked: frozenset[str], wrong: frozenset[str]) -> None:
        """Take note which of the words that were asked about are misspelt."""
        self._right |= asked - wrong
        self._wrong |= wrong
        if not wrong:
            return
        self._look_again(wrong)

    def misspelt_in(self, text: str) -> list[tuple[int, int]]:
        """Return where misspelt words stand in a text, from and to."""
        return [
            (found.start(), found.end())
            for found in WORD.finditer(text)
            if found.group() in self._wrong and found.group() not in self._known
        ]

    def set_anew(self) -> None:
        """Take the colours of another scheme."""
        self._formats.clear()
        self._look_again()

    def stop(self) -> None:
        """Ask and look at nothing more: the page has gone."""
        self._later.stop()
        self._slices.stop()
        self.is_checking = False

    def _look_again(self, words: frozenset[str] | None = None) -> None:
        """Look at every paragraph again, or where some words stand, a few at a time."""
        is_under_way = self._slices.isActive()
        if words is None or (is_under_way and self._words is None):
            self._words = None
        else:
            self._words = words | (self._words or frozenset() if is_under_way else frozenset())
        self._at = 0
        self._slices.start()

    def _look_on(self) -> None:
        end = perf_counter() + _SLICE
        block = self.document().findBlockByNumber(self._at)
        while block.isValid() and perf_counter() < end:
            words = self._words
            if words is None or any(one.group() in words for one in WORD.finditer(block.text())):
                self.rehighlightBlock(block)
            self._at += 1
            block = block.next()
        if not block.isValid():
            self._slices.stop()
            self._words = frozenset()

    def highlightBlock(self, text: str) -> None:
        """Mark one paragraph."""
        if self._is_waiting:
            return
        if self._codes is not None:
            for found in self._codes.finditer(text):
                self._mark(text, found.start(), found.end(), "code")
        if self.is_checking:
            self._check(text)
        if self._names:
            for start, end, _code in self._names.find(text):
                self._mark(text, start, end, "name")

    def _check(self, text: str) -> None:
        # As sets: nearly every word is known to be right, and a long note has tens of thousands.
        doubtful = {one for one in set(WORD.findall(text)) - self._right if one not in self._known}
        wrong = doubtful & self._wrong
        unasked = {one for one in doubtful - wrong if len(one) > 1}
        if not unasked <= self._unasked:
            self._unasked |= unasked
            if not self._later.isActive():
                self._later.start()
        for found in WORD.finditer(text) if wrong else ():
            if found.group() in wrong:
                self._mark(text, found.start(), found.end(), "misspelt")

    def _ask(self) -> None:
        asked, self._unasked = frozenset(self._unasked), set()
        self.asked.emit(asked)

    def _mark(self, text: str, start: int, end: int, what: str) -> None:
        if text.isascii():
            self.setFormat(start, end - start, self._format(what))
        else:
            first, last = units(text, start), units(text, end)
            self.setFormat(first, last - first, self._format(what))

    def _format(self, what: str) -> QTextCharFormat:
        if what not in self._formats:
            made = QTextCharFormat()
            if what == "code":
                made.setBackground(colour_of("raised"))
            else:
                style = {"misspelt": _UNDERLINE.WaveUnderline, "name": _UNDERLINE.DashUnderline}
                made.setUnderlineStyle(style[what])
                made.setUnderlineColor(colour_of("muted" if what == "misspelt" else "priority"))
                if what == "name":
                    made.setToolTip("A name of the register")
            self._formats[what] = made
        return self._formats[what]

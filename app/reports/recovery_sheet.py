"""The page that holds a recovery key: one side of A4, to be printed and locked away.

No QR code: a camera that reads one keeps a picture of it. The page looks like every other
document and names neither a person nor an inspection; those lines are filled in by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from app.reports.blocks import Document, Run, plain
from app.reports.pdf_box import Box
from app.reports.pdf_sheet import sheet_of
from app.reports.pdf_styles import BOLD, INK, QUIET, REGULAR, load_typeface, styles
from app.reports.pdf_words import heading, paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

_SHORT_ID: Final = 8
_TITLE: Final = "Recovery key"
_USE: Final = (
    (
        "Start Siteweek on the laptop and choose to open with the recovery key, or run: siteweek "
        "--recovery-key-file - passwd"
    ),
    (
        "Type the seven groups in order. Capitals, spaces and dashes make no difference; O counts "
        "as 0, and I and L count as 1. A typing mistake is noticed."
    ),
    "Choose a new passphrase. The notes are as they were, and this sheet stays valid.",
)
_KEEP: Final = (
    (
        "In a sealed envelope, signed across the flap, held by the inspector’s own organisation "
        "and not by the lead of the inspection. Never with the laptop, photographed or sent."
    ),
    "Once it is printed and typed back, delete the file it was printed from.",
)
_CANNOT: Final = (
    "It opens nothing without the laptop’s own files or a backup of them.",
    (
        "It does not shut out anyone who knows the passphrase. New keys for the profile do, and "
        "make this sheet worthless: siteweek passwd --rotate"
    ),
    "Nobody can make it again. Whoever holds it and the laptop can read everything on it.",
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on the page: the key in groups, the profile's id in hex, the day it was made."""

    key_text: str
    profile_id: str
    made_on: date


@dataclass(frozen=True, slots=True)
class Words:
    """What stands on the page beside the key; the first section is numbered."""

    title: str
    opens: tuple[Run, ...]
    lines_to_fill: tuple[str, ...]
    sections: tuple[tuple[str, tuple[str, ...]], ...]


def sheet_words(sheet: Sheet) -> Words:
    """Return the words of the page, for whoever lays it out."""
    short = sheet.profile_id[:_SHORT_ID]
    day = f"{sheet.made_on.day} {sheet.made_on:%B %Y}"
    opens = (
        Run("It opens the Siteweek profile "),
        Run(f"{short[:4]} {short[4:]}", bold=True),
        Run(", and every inspection in it, when the passphrase is lost. Made on "),
        Run(day, bold=True),
        Run("."),
    )
    sections = (("How to use it", _USE), ("Where to keep it", _KEEP), ("What it can’t do", _CANNOT))
    return Words(_TITLE, opens, ("Person", "Organisation", "Laptop", "Sealed by, on"), sections)


def recovery_sheet(sheet: Sheet) -> bytes:
    """Return the page as the bytes of a PDF file.

    Raises:
        OutputError: a font file of the app is missing or damaged.

    """
    load_typeface()
    document = Document(
        _TITLE, (), marking="_KEEP SEALED", header="Siteweek", footer=_TITLE, date=sheet.made_on
    )
    return sheet_of(document, _story(sheet))


class _KeyGroups(Flowable):
    """The key, large: a numbered group of four above another, each letter in a cell of its own.

    Cells make a monospaced line of the app's own typeface, and one letter hard to take for two.
    """

    _PER_ROW: Final = 4
    _CELL: Final = 8.4 * mm
    _HIGH: Final = 11 * mm
    _LABEL: Final = 6 * mm
    _GAP: Final = 7 * mm
    _LETTER: Final = 22.0

    def __init__(self, key_text: str) -> None:
        super().__init__()
        self._groups = key_text.split("-")

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Return the whole width and the height of the rows."""
        del available_height
        self.width = available_width
        rows = -(-len(self._groups) // self._PER_ROW)
        self.height = rows * (self._LABEL + self._HIGH) + (rows - 1) * self._GAP / 2
        return self.width, self.height

    def draw(self) -> None:
        """Draw the groups from the left, four in a row."""
        wide = 4 * self._CELL
        gap = (self.width - self._PER_ROW * wide) / (self._PER_ROW - 1)
        for place, group in enumerate(self._groups):
            row, column = divmod(place, self._PER_ROW)
            left = column * (wide + gap)
            bottom = self.height - (row + 1) * (self._LABEL + self._HIGH) - row * self._GAP / 2
            self._draw_group(place + 1, group, left, bottom)

    def _draw_group(self, number: int, group: str, left: float, bottom: float) -> None:
        canvas = self.canv
        canvas.setFillColor(QUIET)
        canvas.setFont(REGULAR, 9)
        canvas.drawString(left, bottom + self._HIGH + 1.5 * mm, str(number))
        canvas.setStrokeColor(QUIET)
        canvas.setLineWidth(0.5)
        canvas.rect(left, bottom, 4 * self._CELL, self._HIGH)
        canvas.setFillColor(INK)
        canvas.setFont(BOLD, self._LETTER)
        for place, letter in enumerate(group):
            middle = left + (place + 0.5) * self._CELL
            canvas.drawCentredString(middle, bottom + 3.1 * mm, letter)


class _LineToFill(Flowable):
    """A quiet label and a rule to write on by hand."""

    _HIGH: Final = 9 * mm
    _LABEL: Final = 42 * mm

    def __init__(self, label: str) -> None:
        super().__init__()
        self._label = label

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Return the whole width and one line's height."""
        del available_height
        self.width, self.height = available_width, self._HIGH
        return self.width, self.height

    def draw(self) -> None:
        """Draw the label, and the rule beside it."""
        self.canv.setFillColor(QUIET)
        self.canv.setFont(REGULAR, 10)
        self.canv.drawString(0, 2 * mm, self._label)
        self.canv.setStrokeColor(QUIET)
        self.canv.setLineWidth(0.5)
        self.canv.line(self._LABEL, 1.5 * mm, self.width, 1.5 * mm)


def _story(sheet: Sheet) -> Iterator[Flowable]:
    own = styles(large=False)
    small = own.support.clone("sheet", leftIndent=0, spaceAfter=4)
    numbered = small.clone("sheet numbered", leftIndent=7 * mm)
    bulleted = small.clone("sheet bullet", leftIndent=5 * mm)
    head = own.headings[2].clone("sheet heading", spaceBefore=9, spaceAfter=3)
    words = sheet_words(sheet)
    yield heading(plain(words.title), own.title)
    yield paragraph(words.opens, own.body)
    for label in words.lines_to_fill:
        yield _LineToFill(label)
    yield Spacer(0, 12)
    yield Box([_KeyGroups(sheet.key_text)])
    for place, (title, sentences) in enumerate(words.sections):
        yield heading(plain(title), head)
        for number, one in enumerate(sentences, 1):
            if place:
                yield paragraph(plain(one), bulleted, square=True)
            else:
                yield paragraph(plain(one), numbered, label=f"{number}.")

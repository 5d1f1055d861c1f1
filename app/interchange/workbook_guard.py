"""Stands before the library that reads workbooks: takes a zip apart, weighs it, packs it anew.

What the library is given was unpacked here, within bounds, so no header that lies, no second entry
of a name and no bomb reaches it. A workbook whose cells would not fit in memory is refused before
anything makes room for them. Nothing in it is computed and nothing outside it is looked up.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING, Final

# Any declaration of a document type or an entity is refused, so there is nothing to expand.
from xml.parsers import expat

from app.errors import InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_UNPACKED: Final = 100 << 20
MOST_CELLS: Final = 500_000  # room for them is made for the whole rectangle, full or empty
MOST_CHARACTERS: Final = 20_000_000
_MOST_ENTRIES: Final = 2_000
_PART: Final = 1 << 16
_PLACE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_READ: Final = re.compile(r"(?:.*\.(?:xml|rels))|mimetype|\[Content_Types\]\.xml", re.IGNORECASE)
_ODS: Final = "content.xml"
_XLSX: Final = "xl/workbook.xml"
_TABLES: Final = "xl/worksheets/"
_STRINGS: Final = "xl/sharedStrings.xml"
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_LETTERS: Final = 26


def guarded(untrusted: bytes) -> bytes:
    """Return a workbook packed anew, with what is needed to read its cells and no more.

    Raises:
        InvalidInputError: not a workbook, protected by a password, or larger than is safe to open.

    """
    entries = _unpacked(untrusted)
    if _ODS in entries and _XLSX in entries:
        raise refused("is packed in a way that no spreadsheet program packs")
    if _ODS in entries:
        _weigh_ods(entries[_ODS])
    elif _XLSX in entries:
        _weigh_xlsx(entries)
    else:
        raise refused("is no workbook that Siteweek reads: .xlsx, .ods and .csv are")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return packed.getvalue()


def refused(what: str) -> InvalidInputError:
    """Return the error for a spreadsheet that was not opened."""
    return InvalidInputError(f"This spreadsheet {what}. Nothing was taken in.", "file")


def _unpacked(untrusted: bytes) -> dict[str, bytes]:
    entries: dict[str, bytes] = {}
    left = MOST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(untrusted)) as archive:
            listed = archive.infolist()
            if len(listed) > _MOST_ENTRIES:
                raise refused(f"holds more than {_MOST_ENTRIES:,} parts")
            for one in listed:
                if one.is_dir() or not _READ.fullmatch(one.filename):
                    continue
                if one.flag_bits & 1:
                    raise refused("is protected by a password. Save it without one")
                if one.filename in entries or one.compress_type not in _METHODS:
                    raise refused("is packed in a way that no spreadsheet program packs")
                with archive.open(one) as part:
                    content = _bounded(part, left)
                left -= len(content)
                entries[one.filename] = content
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError):
        raise refused("is damaged. Open it in a spreadsheet program and save it again") from None
    return entries


def _bounded(part: object, left: int) -> bytes:
    content = bytearray()
    while piece := part.read(_PART):  # type: ignore[attr-defined]
        content += piece
        if len(content) > left:
            raise refused(f"unpacks to more than {MOST_UNPACKED >> 20} MiB")
    return bytes(content)


class _Walk:
    """Walks over XML and refuses what spreadsheets do not hold."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._words
        self.parser.StartDoctypeDeclHandler = _refuse_declaration
        self.parser.EntityDeclHandler = _refuse_declaration

    def walk(self, content: bytes) -> None:
        """Walk over a whole document."""
        try:
            self.parser.Parse(content, True)
        except (expat.ExpatError, ValueError):
            raise refused("is damaged. Open it in a spreadsheet program and save it again") from (
                None
            )

    def _begin(self, name: str, attributes: Mapping[str, str]) -> None:
        self.begin(
            name.rpartition(":")[2], {k.rpartition(":")[2]: v for k, v in attributes.items()}
        )

    def _end(self, name: str) -> None:
        self.end(name.rpartition(":")[2])

    def _words(self, text: str) -> None:
        self.words(len(text))

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        """Meet the beginning of an element, without its prefix."""

    def end(self, name: str) -> None:
        """Meet the end of an element."""

    def words(self, count: int) -> None:
        """Meet characters."""


class _Strings(_Walk):
    """Measures the strings that cells share."""

    def __init__(self) -> None:
        super().__init__()
        self.lengths: list[int] = []

    def begin(self, name: str, _attributes: Mapping[str, str]) -> None:
        if name == "si":
            self.lengths.append(0)

    def words(self, count: int) -> None:
        if self.lengths:
            self.lengths[-1] += count


class _XlsxTable(_Walk):
    """Measures one table: the rectangle round its cells, and the characters in them."""

    def __init__(self, strings: list[int]) -> None:
        super().__init__()
        self._strings = strings
        self._row, self._column = 0, 0
        self._box: tuple[int, int, int, int] | None = None
        self._is_shared, self._number = False, ""
        self._in_value = False
        self.characters = 0

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "row":
            given = attributes.get("r", "")
            self._row = int(given) if given.isdecimal() else self._row + 1
            self._column = 0
        elif name == "c":
            self._column += 1
            placed = _PLACE.fullmatch(attributes.get("r", ""))
            if placed is not None:
                self._column, self._row = _column(placed.group(1)), int(placed.group(2))
            self._grow()
            self._is_shared, self._number = attributes.get("t") == "s", ""
        self._in_value = name == "v"

    def end(self, name: str) -> None:
        self._in_value = False
        if name == "c" and self._is_shared and self._number.isdecimal():
            at = int(self._number)
            self.characters += self._strings[at] if at < len(self._strings) else 0
            self._is_shared = False
            _require(0, self.characters)

    def words(self, count: int) -> None:
        self.characters += count

    def _words(self, text: str) -> None:
        if self._in_value and self._is_shared:
            self._number += text[:10]
        super()._words(text)

    def _grow(self) -> None:
        top, left, bottom, right = self._box or (self._row, self._column, self._row, self._column)
        self._box = (
            min(top, self._row),
            min(left, self._column),
            max(bottom, self._row),
            max(right, self._column),
        )
        _require((self._box[2] - self._box[0] + 1) * (self._box[3] - self._box[1] + 1), 0)


class _OdsTables(_Walk):
    """Measures the tables of a document, in which rows and cells can be said once for many."""

    def __init__(self) -> None:
        super().__init__()
        self._rows, self._widest, self._pending = 0, 0, 0
        self._times, self._width, self._last = 1, 0, 0
        self._repeat, self._is_full = 1, False
        self._characters = 0
        self._before, self._in_row = 0, 0
        self._in_cell = 0

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "table":
            self._rows, self._widest, self._pending = 0, 0, 0
        elif name == "table-row":
            self._times = _times(attributes.get("number-rows-repeated", ""))
            self._width, self._last, self._in_row = 0, 0, 0
        elif name in {"table-cell", "covered-table-cell"}:
            self._repeat = _times(attributes.get("number-columns-repeated", ""))
            self._is_full = "value-type" in attributes or "formula" in attributes
            self._in_cell = sum(len(one) for one in attributes.values())

    def end(self, name: str) -> None:
        if name in {"table-cell", "covered-table-cell"}:
            self._width += self._repeat
            if self._is_full:
                self._last = self._width
                self._in_row += self._in_cell * self._repeat
                _require(self._last, self._in_row)
        elif name == "table-row":
            self._pending += self._times
            if self._last:
                self._rows += self._pending
                self._pending = 0
                self._widest = max(self._widest, self._last)
                self._characters += self._in_row * self._times
            _require(self._rows * self._widest, self._characters)

    def words(self, count: int) -> None:
        self._in_cell += count
        self._is_full = True


def _weigh_xlsx(entries: Mapping[str, bytes]) -> None:
    strings = _Strings()
    if _STRINGS in entries:
        strings.walk(entries[_STRINGS])
    for name, content in entries.items():
        if name == _STRINGS:
            continue
        # Whatever is called a table may be pointed to as one, wherever it lies.
        walk = _XlsxTable(strings.lengths) if name.lower().endswith(".xml") else _Walk()
        walk.walk(content)


def _weigh_ods(content: bytes) -> None:
    _OdsTables().walk(content)


def _refuse_declaration(*_given: object) -> None:
    raise refused("declares entities of its own, which no spreadsheet program writes")


def _require(cells: int, characters: int) -> None:
    if cells > MOST_CELLS:
        raise refused(
            f"has a table of more than {MOST_CELLS:,} cells. Copy the list into a new one"
        )
    if characters > MOST_CHARACTERS:
        raise refused(f"holds more than {MOST_CHARACTERS:,} characters")


def _times(given: str) -> int:
    return max(1, int(given)) if given.isdecimal() and len(given) < len("99999999") else 1


def _column(letters: str) -> int:
    number = 0
    for one in letters:
        number = number * _LETTERS + ord(one) - ord("A") + 1
    return number

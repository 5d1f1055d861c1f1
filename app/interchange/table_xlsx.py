"""Tables as workbooks: one sheet, words only ever as text, and nothing in it that is evaluated.

Written by hand because a table needs so little of the format, and so that it can be seen here that
no formula, link, macro, name of a person or time of writing is in it. The same table gives the same
bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from app.errors import InvalidInputError
from app.interchange.table_csv import begins_formula

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.domain.tables import Cell, Table

MOST_IN_CELL: Final = 32_767
MOST_ROWS: Final = 1_048_576
_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_BEGINNING: Final = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip can hold stands for none
# How cells are shown, by their place in the styles below.
_HEAD, _TEXT, _NUMBER, _DAY, _QUOTED = 1, 2, 3, 4, 5
_DAY_NONE: Final = date(1899, 12, 30)
_FIRST_DAY: Final = date(1900, 3, 1)  # before it workbooks count a day that never was
_NARROWEST, _WIDEST = 8, 60
_MOST_IN_NAME: Final = 31
_NOT_IN_NAME: Final = re.compile(r"[\[\]:*?/\\]")
_QUOTE: Final = {'"': "&quot;"}
_LOOKS_ESCAPED: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_MOST_IN_MARGIN: Final = 80  # of each part; Excel opens no workbook with more than 255 in a line


def xlsx_bytes(table: Table, about: str = "", marking: str = "") -> bytes:
    """Return a table as a workbook; what it is about and its marking stand on every printed page.

    The words have to be such as XML can hold.

    Raises:
        InvalidInputError: there is more than a workbook can hold.

    """
    entries = {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _links((("officeDocument", "xl/workbook.xml"),)),
        "xl/workbook.xml": _workbook(table),
        "xl/_rels/workbook.xml.rels": _links(
            (("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"))
        ),
        "xl/styles.xml": _styles(),
        "xl/worksheets/sheet1.xml": "".join(_sheet(table, about, marking)),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            entry = zipfile.ZipInfo(name, _BEGINNING)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, _XML + content)
    return made.getvalue()


def _types() -> str:
    parts = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="{_KIND}.{kind}+xml"/>'
        for name, kind in (
            ("workbook", "sheet.main"),
            ("worksheets/sheet1", "worksheet"),
            ("styles", "styles"),
        )
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{parts}</Types>'
    )


def _links(links: Sequence[tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(links, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _workbook(table: Table) -> str:
    name = _NOT_IN_NAME.sub(" ", table.title)[:_MOST_IN_NAME].strip(" '") or "List"
    head = "'" + name.replace("'", "''") + "'!$1:$1"
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        f'<sheets><sheet name="{escape(name, _QUOTE)}" sheetId="1" r:id="rId1"/></sheets>'
        '<definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">'
        f"{escape(head)}</definedName></definedNames></workbook>"
    )


def _styles() -> str:
    top = '<alignment vertical="top" wrapText="1"/>'
    fonts = '<font><sz val="11"/><name val="Calibri"/></font>'
    bold = '<font><b/><sz val="11"/><name val="Calibri"/></font>'
    # In the order of the numbers above. 49 is “text”, 1 whole numbers, 164 the days named here.
    cells = "".join(
        f'<xf numFmtId="{form}" fontId="{font}" fillId="0" borderId="0" xfId="0" '
        f'applyNumberFormat="1" applyFont="1" applyAlignment="1"{more}>{top}</xf>'
        for form, font, more in (
            (0, 0, ""),
            (49, 1, ""),
            (49, 0, ""),
            (1, 0, ""),
            (164, 0, ""),
            (49, 0, ' quotePrefix="1"'),
        )
    )
    return (
        f'<styleSheet xmlns="{_MAIN}">'
        '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
        f'<fonts count="2">{fonts}{bold}</fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        f'</cellStyleXfs><cellXfs count="6">{cells}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    )


def _sheet(table: Table, about: str, marking: str) -> Iterator[str]:
    if len(table.rows) >= MOST_ROWS:
        raise InvalidInputError(
            f"A workbook holds {MOST_ROWS:,} rows and this list has more. Nothing was written. "
            "Give the file a name that ends in .csv."
        )
    yield (
        f'<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
        'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>'
    )
    for at, width in enumerate(_widths(table), 1):
        yield f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>'
    yield "</cols><sheetData>"
    yield _row(1, table.headings, _HEAD)
    for at, row in enumerate(table.rows, 2):
        yield _row(at, row)
    yield (
        '</sheetData><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
        f"<headerFooter><oddHeader>{_margin(about)}&amp;R{_marked(marking)}</oddHeader>"
        f"<oddFooter>{_margin(table.title)}&amp;C{_marked(marking)}"
        "&amp;R&amp;P / &amp;N</oddFooter></headerFooter></worksheet>"
    )


def _widths(table: Table) -> list[int]:
    """Return how wide each column is: as its longest line, and no wider than is read with ease."""
    longest = [len(one) + 2 for one in table.headings]
    for row in table.rows:
        for at, cell in enumerate(row):
            lines = cell.split("\n") if isinstance(cell, str) else (str(cell),)
            longest[at] = max(longest[at], *(len(line) + 2 for line in lines))
    return [min(_WIDEST, max(_NARROWEST, one)) for one in longest]


def _row(at: int, cells: Sequence[Cell], style: int = _TEXT) -> str:
    written = "".join(
        _cell(f"{_letters(column)}{at}", one, style) for column, one in enumerate(cells)
    )
    return f'<row r="{at}">{written}</row>'


def _cell(place: str, cell: Cell, style: int) -> str:
    if isinstance(cell, int):
        return f'<c r="{place}" s="{_NUMBER}"><v>{int(cell)}</v></c>'
    if isinstance(cell, date):
        if cell >= _FIRST_DAY:
            return f'<c r="{place}" s="{_DAY}"><v>{(cell - _DAY_NONE).days}</v></c>'
        cell = cell.isoformat()
    if not cell:
        return f'<c r="{place}" s="{style}"/>'
    if len(cell.encode("utf-16-le")) > 2 * MOST_IN_CELL:  # as the format counts letters
        raise InvalidInputError(
            f"A cell of a workbook holds {MOST_IN_CELL:,} letters and something in this list is "
            "longer. Nothing was written. Give the file a name that ends in .csv."
        )
    # As text it is never evaluated; the style keeps it text when somebody edits the cell.
    shown = _QUOTED if style == _TEXT and begins_formula(cell) else style
    # “_x000D_” in the words themselves would be read as the letter of that number.
    words = escape(_LOOKS_ESCAPED.sub("_x005F_", cell))
    return (
        f'<c r="{place}" s="{shown}" t="inlineStr"><is><t xml:space="preserve">{words}</t></is></c>'
    )


def _letters(column: int) -> str:
    """Return “A” for the first column, “AA” for the one after “Z”."""
    found, rest = "", column + 1
    while rest:
        rest, at = divmod(rest - 1, 26)
        found = chr(ord("A") + at) + found
    return found


def _margin(words: str) -> str:
    return f"&amp;L{_plain(words)}" if words else ""


def _marked(words: str) -> str:
    return f"&amp;B{_plain(words)}" if words else ""


def _plain(words: str) -> str:
    """Return words of which a header takes no letter for one of its own orders."""
    # A number right after an order would be read as a size.
    return " " + escape(" ".join(words.split())[:_MOST_IN_MARGIN].replace("&", "&&"))

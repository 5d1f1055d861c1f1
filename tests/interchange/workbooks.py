"""Small workbooks, written by hand: as spreadsheet programs write them, and as nobody should."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ODS = "urn:oasis:names:tc:opendocument:xmlns"


def packed(entries: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of entries."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return made.getvalue()


def xlsx(sheets: Mapping[str, Sequence[Sequence[object]]], **extra: str | bytes) -> bytes:
    """A workbook with shared strings, as Excel writes them; dates are serial numbers in style 1."""
    strings: list[str] = []
    bodies = {name: _sheet(rows, strings) for name, rows in sheets.items()}
    return packed({**xlsx_parts(list(bodies), strings), **_named(bodies), **extra})


def xlsx_parts(names: Sequence[str], strings: Sequence[str]) -> dict[str, str | bytes]:
    """Everything of a workbook but its tables."""
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>'
        for n, name in enumerate(names, 1)
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(names) + 1)
    )
    shared = "".join(f"<si><t>{escape(one)}</t></si>" for one in strings)
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    return {
        "[Content_Types].xml": f'<?xml version="1.0"?><Types xmlns="{types}"/>',
        "_rels/.rels": f'<Relationships xmlns="{_RELS}"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELS}">{links}'
        f'<Relationship Id="rIdS" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="rIdT" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><cellXfs count="2"><xf numFmtId="0"/>'
        '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{shared}</sst>',
    }


def sheet_xml(cells: str) -> str:
    """A table of a workbook, of the cells given as XML."""
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{cells}</sheetData></worksheet>'


def ods(sheets: Mapping[str, str | Sequence[Sequence[object]]], doctype: str = "") -> bytes:
    """A document as LibreOffice writes them, with empty cells said once for the rest of a row."""
    tables = "".join(
        f'<table:table table:name="{escape(name)}">'
        f"{rows if isinstance(rows, str) else _ods_rows(rows)}</table:table>"
        for name, rows in sheets.items()
    )
    content = (
        f'<?xml version="1.0"?>{doctype}<office:document-content '
        f'xmlns:office="{_ODS}:office:1.0" xmlns:table="{_ODS}:table:1.0" '
        f'xmlns:text="{_ODS}:text:1.0"><office:body><office:spreadsheet>{tables}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = f'<manifest:manifest xmlns:manifest="{_ODS}:manifest:1.0"/>'
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content,
            "META-INF/manifest.xml": manifest,
        }
    )


def ods_cell(text: object, more: str = "") -> str:
    """One cell with words."""
    return (
        f'<table:table-cell office:value-type="string" {more}>'
        f"<text:p>{escape(str(text))}</text:p></table:table-cell>"
    )


def _named(bodies: Mapping[str, str]) -> dict[str, str | bytes]:
    return {f"xl/worksheets/sheet{n}.xml": one for n, one in enumerate(bodies.values(), 1)}


def _sheet(rows: Sequence[Sequence[object]], strings: list[str]) -> str:
    made = ""
    for n, row in enumerate(rows, 1):
        cells = ""
        for at, value in enumerate(row):
            place = f"{chr(ord('A') + at)}{n}"
            if isinstance(value, tuple):  # a date as its serial number
                cells += f'<c r="{place}" s="1"><v>{value[0]}</v></c>'
            elif isinstance(value, int):
                cells += f'<c r="{place}"><v>{value}</v></c>'
            elif value:
                strings.append(str(value))
                cells += f'<c r="{place}" t="s"><v>{len(strings) - 1}</v></c>'
        made += f'<row r="{n}">{cells}</row>'
    return sheet_xml(made)


def _ods_rows(rows: Sequence[Sequence[object]]) -> str:
    made = "".join(
        "<table:table-row>"
        + "".join(ods_cell(one) if one else "<table:table-cell/>" for one in row)
        + '<table:table-cell table:number-columns-repeated="16370"/></table:table-row>'
        for row in rows
    )
    return (
        f'{made}<table:table-row table:number-rows-repeated="1048550">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )

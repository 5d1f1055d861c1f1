from __future__ import annotations

import io
import warnings
import zipfile

import pytest

from app.errors import InvalidInputError
from app.interchange import workbook_guard
from app.interchange.spreadsheet import MOST_BYTES, Table, read_tables
from tests.interchange.workbooks import ods, ods_cell, packed, sheet_xml, xlsx, xlsx_parts

ROWS = [["Title", "", ""], ["Child ID", "Gender", "Age"], ["A1", "F", "3"], ["A2", "M", "7"]]
TEXTS = tuple(tuple(row) for row in ROWS)

FAR_DOWN = (
    '<table:table-row table:number-rows-repeated="1000000"><table:table-cell/>'
    f"</table:table-row><table:table-row>{ods_cell('a')}</table:table-row>"
)


def refusal(content: bytes) -> str:
    with pytest.raises(InvalidInputError) as problem:
        read_tables(content)
    assert problem.value.sentence.endswith("Nothing was taken in.")
    return problem.value.sentence


@pytest.mark.parametrize("written", [xlsx, ods], ids=["xlsx", "ods"])
def test_a_workbook_is_read_by_what_it_is(written) -> None:
    first, second = read_tables(written({"List_1": ROWS, "List_2": ROWS[1:]}))
    assert (first.name, second.name) == ("List_1", "List_2")
    assert first.rows[1:] == TEXTS[1:]
    assert second.rows == TEXTS[1:]


def test_dates_and_numbers_read_as_people_write_them() -> None:
    (table,) = read_tables(xlsx({"L": [["Born", "Age"], [(43831,), 6]]}))
    assert table.rows[1] == ("2020-01-01", "6")


def test_a_formula_reads_as_the_value_that_was_saved() -> None:
    cells = '<row r="1"><c r="A1"><f>WEBSERVICE("http://a.b")</f><v>7</v></c></row>'
    parts = {**xlsx_parts(["L"], []), "xl/worksheets/sheet1.xml": sheet_xml(cells)}
    assert read_tables(packed(parts))[0].rows == (("7",),)


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbfName;Caf\xc3\xa9\r\nA;B\r\n",
        "Name;Café\r\nA;B\r\n".encode("cp1252"),
        "Name\tCafé\nA\tB\n".encode("utf-16"),
        "Name,Café\nA,B\n".encode(),
    ],
    ids=["utf-8-sig", "cp1252", "utf-16", "utf-8"],
)
def test_a_csv_reads_in_every_encoding_offices_write(content) -> None:
    assert read_tables(content) == (Table("", (("Name", "Café"), ("A", "B"))),)


# Hostile files.


def test_a_zip_bomb_is_refused_in_a_plain_sentence() -> None:
    bomb = packed({**xlsx_parts(["L"], []), "xl/worksheets/sheet1.xml": b" " * (101 << 20)})
    assert len(bomb) < 1 << 20
    assert "unpacks to more than 100 MiB" in refusal(bomb)


def test_a_bomb_that_lies_about_its_size_reaches_nothing() -> None:
    bomb = bytearray(packed({"content.xml": b" " * (50 << 20)}))
    at = bomb.rindex(b"PK\x01\x02")
    for place in (at + 24, 22):  # the sizes in the directory and before the entry
        bomb[place : place + 4] = (100).to_bytes(4, "little")
    assert "damaged" in refusal(bytes(bomb))


def test_a_cell_far_out_makes_no_room_for_all_between() -> None:
    cells = (
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )
    parts = {**xlsx_parts(["L"], []), "xl/worksheets/sheet1.xml": sheet_xml(cells)}
    assert "more than 500,000 cells" in refusal(packed(parts))


def test_a_table_that_lies_elsewhere_is_weighed_too() -> None:
    cells = '<row r="1"><c r="A1"/></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    parts = {**xlsx_parts(["L"], []), "xl/worksheets/sheet1.xml": sheet_xml("")}
    parts["xl/_rels/workbook.xml.rels"] = str(parts["xl/_rels/workbook.xml.rels"]).replace(
        "worksheets/sheet1.xml", "other.xml"
    )
    assert "cells" in refusal(packed({**parts, "xl/other.xml": sheet_xml(cells)}))


@pytest.mark.parametrize(
    "rows",
    [
        "<table:table-row>"
        + ods_cell("a", 'table:number-columns-repeated="900000"')
        + "</table:table-row>",
        f'<table:table-row table:number-rows-repeated="900000">{ods_cell("a")}</table:table-row>',
        FAR_DOWN,
        '<table:table-row table:number-rows-repeated="400">'
        + ods_cell("a" * 60_000)
        + "</table:table-row>",
    ],
    ids=["columns", "rows", "far-down", "words"],
)
def test_cells_said_once_for_many_are_counted_as_many(rows) -> None:
    assert "more than" in refusal(ods({"L": rows}))


def test_one_long_string_shared_by_many_cells_is_counted_as_often() -> None:
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 1_001))
    parts = {**xlsx_parts(["L"], ["a" * 30_000]), "xl/worksheets/sheet1.xml": sheet_xml(cells)}
    assert "characters" in refusal(packed(parts))


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE x [<!ENTITY a "b">]>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">',
    ],
)
def test_an_entity_is_never_looked_up(doctype) -> None:
    assert "entities" in refusal(ods({"L": [["a"]]}, doctype=doctype))
    told = f"{doctype}<worksheet/>"
    parts = {**xlsx_parts(["L"], []), "xl/worksheets/sheet1.xml": told}
    assert "entities" in refusal(packed(parts))


def test_two_entries_of_a_name_are_refused() -> None:
    parts = list(xlsx_parts(["L"], []).items())
    made = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(made, "w") as archive:
        warnings.simplefilter("ignore")
        for name, content in [*parts, *parts]:
            archive.writestr(name, content)
    assert "no spreadsheet program" in refusal(made.getvalue())


def test_a_file_that_is_both_kinds_is_refused() -> None:
    both = {**xlsx_parts(["L"], []), "content.xml": "<a/>"}
    assert "no spreadsheet program" in refusal(packed(both))


def test_other_ways_of_packing_are_refused() -> None:
    assert "no spreadsheet program" in refusal(packed({"content.xml": "<a/>"}, zipfile.ZIP_LZMA))


def test_more_parts_than_any_program_writes_are_refused() -> None:
    assert "parts" in refusal(packed({f"{n}.xml": "" for n in range(2_001)}))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0" + bytes(100), "password"),
        (packed({"word/document.xml": "<a/>"}), "no workbook"),
        (xlsx({"L": ROWS})[:-40], "damaged"),
        (b"%PDF-1.7 nothing here", "none that Siteweek reads"),
        (b"a,b\0,c\n", "none that Siteweek reads"),
        (b'"a,b\n' + b"x" * 200_000, "damaged"),
        (b"a" * (MOST_BYTES + 1), "larger than 20 MiB"),
    ],
    ids=["empty", "locked", "letter", "cut", "pdf", "binary", "endless", "large"],
)
def test_what_is_no_list_is_refused_in_a_plain_sentence(content, told) -> None:
    assert told in refusal(content)


def test_every_cut_of_a_workbook_is_refused_or_read() -> None:
    for whole in (xlsx({"L": ROWS}), ods({"L": ROWS})):
        for size in range(0, len(whole), 97):
            try:
                read_tables(whole[:size])
            except InvalidInputError:
                continue


def test_what_the_library_reads_is_what_was_unpacked_here(monkeypatch) -> None:
    monkeypatch.setattr(workbook_guard, "MOST_UNPACKED", 100)
    assert "unpacks" in refusal(xlsx({"L": ROWS}))

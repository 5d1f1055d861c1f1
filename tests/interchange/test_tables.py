"""Tables as files: whatever stands in a cell comes back as the same words, and none is run."""

from __future__ import annotations

import csv
import io
import re
import tempfile
import zipfile
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from app.domain.tables import Table
from app.errors import InvalidInputError
from app.interchange.spreadsheet import read_tables
from app.interchange.table_csv import csv_lines
from app.interchange.table_xlsx import MOST_IN_CELL, xlsx_bytes
from app.reports.characters import fit

if TYPE_CHECKING:
    from pathlib import Path

SIGNS = ["=", "+", "-", "@", "\t", "\r", "\n", " =", "\u00a0=", "＝", "＋", "－", "＠"]
# Words as they reach the writers: fit for every file, hostile at their beginning more than not.
words = st.builds(lambda sign, rest: fit(sign + rest), st.sampled_from(["", *SIGNS]), st.text())
days = st.dates(date(1990, 1, 1), date(2100, 1, 1))
cells = st.one_of(words, words, st.integers(-1_000_000, 1_000_000), days)
tables = st.integers(1, 5).flatmap(
    lambda width: st.builds(
        Table,
        st.text(max_size=40).map(fit),
        st.tuples(*[words] * width),
        st.lists(st.tuples(*[cells] * width), max_size=5).map(tuple),
    )
)


def parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {one: archive.read(one).decode() for one in archive.namelist()}


def read_back(content: bytes) -> list[list[object]]:
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    return [[one.date() if isinstance(one, datetime) else one for one in row] for row in rows]


@given(tables)
def test_no_cell_of_a_plain_table_begins_as_a_formula_and_all_words_come_back(
    table: Table,
) -> None:
    text = "".join(csv_lines(table))
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text[1:], newline="")))
    for row, held in zip(rows, (table.headings, *table.rows), strict=True):
        for cell, was in zip(row, held, strict=True):
            if isinstance(was, str):
                assert not cell.strip().startswith(tuple("=+-@＝＋－＠")), cell
                assert not cell.startswith(("\t", "\r", "\n")), cell
                assert was in {cell, cell.removeprefix("'")}
            else:
                assert cell == str(was)


@given(tables)
def test_a_workbook_gives_back_the_same_words_numbers_and_days_and_holds_no_formula(
    table: Table,
) -> None:
    content = xlsx_bytes(table, "Wexcombe & Son", "OFFICIAL-SENSITIVE")
    sheet = parts(content)["xl/worksheets/sheet1.xml"]
    assert "<f>" not in sheet
    assert "<f " not in sheet
    assert set(re.findall(r' t="(\w+)"', sheet)) <= {"s"}
    width = len(table.headings)
    found = [row + [""] * (width - len(row)) for row in read_back(content)]
    found += [[""] * width] * (1 + len(table.rows) - len(found))
    wanted = [list(row) for row in (table.headings, *table.rows)]
    assert found == wanted


@pytest.mark.parametrize("sign", SIGNS)
def test_a_cell_that_would_begin_a_formula_stays_text_when_somebody_edits_it(sign: str) -> None:
    sheet = parts(xlsx_bytes(Table("T", ("H",), ((f"{sign}1+1",),))))
    (style,) = re.findall(r'<c r="A2" s="(\d)"', sheet["xl/worksheets/sheet1.xml"])
    styles = re.findall(r"<xf [^>]*>", sheet["xl/styles.xml"].partition("<cellXfs")[2])
    assert 'quotePrefix="1"' in styles[int(style)]
    assert 'numFmtId="49"' in styles[int(style)]


def test_the_same_table_gives_the_same_bytes() -> None:
    table = Table("T", ("Words", "Day"), (("a", date(2026, 11, 24)),))
    assert xlsx_bytes(table, "Area", "Marking") == xlsx_bytes(table, "Area", "Marking")


def test_a_workbook_has_its_header_frozen_and_its_marking_on_every_page() -> None:
    found = parts(xlsx_bytes(Table("T", ("Words",), (("a",),)), "A & B", "OFFICIAL-SENSITIVE"))
    sheet = found["xl/worksheets/sheet1.xml"]
    assert '<pane ySplit="1" topLeftCell="A2"' in sheet
    assert "&amp;L A &amp;&amp; B" in sheet
    assert sheet.count("OFFICIAL-SENSITIVE") == 2
    assert "T!$1:$1" in found["xl/workbook.xml"]


def test_words_that_look_like_the_formats_own_signs_come_back_as_they_are() -> None:
    said = "_x000D_ & <b> \"q\" 'a' _x0041_"
    (table,) = read_tables(xlsx_bytes(Table("A/B: [C]'s", ("Words",), ((said,), ("two\nlines",)))))
    assert table.name == "A B C 's"
    assert [row[0] for row in table.rows] == ["Words", said, "two lines"]


def test_what_a_workbook_cannot_hold_is_refused_and_not_cut() -> None:
    whole = Table("T", ("Words",), (("a" * MOST_IN_CELL,),))
    assert read_back(xlsx_bytes(whole))[1] == ["a" * MOST_IN_CELL]
    with pytest.raises(InvalidInputError, match=r"ends in \.csv"):
        xlsx_bytes(Table("T", ("Words",), (("a" * (MOST_IN_CELL + 1),),)))


def test_nothing_is_written_beside_a_workbook_on_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    assert xlsx_bytes(Table("T", ("Words",), (("a",),)))

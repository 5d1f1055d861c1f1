"""A list written to a file: named by what it is and its marking, whole or not at all."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.tables import Table
from app.errors import InvalidInputError, OutputError
from app.interchange.spreadsheet import read_tables
from app.operations import records
from app.operations.list_export import export_name, write_list

if TYPE_CHECKING:
    from pathlib import Path

    from app.operations.inspection import Inspection

TABLE = Table("Notes", ("Words", "Count"), (("=1+1", 3), ("Second.", 4)))


@pytest.fixture
def marked(inspection: Inspection) -> Inspection:
    fields = {"area": "A/B: C", "marking": "OFFICIAL-SENSITIVE"}
    inspection.do(records.add, "inspection", fields)
    return inspection


def test_the_name_of_a_list_says_where_from_what_and_how_it_is_marked(marked: Inspection) -> None:
    named = marked.ask(lambda view: export_name(view, "Children at risk"))
    assert named == "A B  C children at risk OFFICIAL-SENSITIVE.xlsx"


@pytest.mark.parametrize(("name", "first"), [("a.xlsx", "=1+1"), ("a.CSV", "'=1+1")])
def test_the_ending_of_its_name_decides_what_a_list_is_written_as(
    marked: Inspection, tmp_path: Path, name: str, first: str
) -> None:
    path = tmp_path / name
    assert write_list(marked, TABLE, path) == 2
    (found,) = read_tables(path.read_bytes())
    assert found.rows == (("Words", "Count"), (first, "3"), ("Second.", "4"))


@pytest.mark.parametrize("name", ["a", "a.pdf", "a.xlsx.exe", "a.xlsm"])
def test_a_name_of_no_known_kind_is_refused_and_nothing_is_written(
    marked: Inspection, tmp_path: Path, name: str
) -> None:
    with pytest.raises(InvalidInputError, match="Nothing was written"):
        write_list(marked, TABLE, tmp_path / name)
    assert list(tmp_path.glob("a*")) == []


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_refused_write_leaves_what_stood_there_and_says_so(
    marked: Inspection, tmp_path: Path, ending: str
) -> None:
    folder = tmp_path / f"there.{ending}"
    folder.mkdir()
    (folder / "kept").write_text("before")
    with pytest.raises(OutputError, match="Nothing was changed there"):
        write_list(marked, TABLE, folder)
    assert (folder / "kept").read_text() == "before"
    assert [one.name for one in tmp_path.glob("*siteweek*")] == []


def test_what_no_file_can_hold_is_replaced_where_a_reader_sees_it(
    marked: Inspection, tmp_path: Path
) -> None:
    table = Table("T\x00", ("Words\x1b", "No"), (("a\x00b\ufffec\ud800d", 1),))
    for ending in ("xlsx", "csv"):
        write_list(marked, table, tmp_path / f"x.{ending}")
        (found,) = read_tables((tmp_path / f"x.{ending}").read_bytes())
        assert found.rows[-1] == ("a\ufffdb\ufffdc\ufffdd", "1")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(st.lists(st.text(), min_size=1, max_size=4))
def test_no_words_whatever_stop_a_list_or_begin_a_formula(
    marked: Inspection, tmp_path: Path, words: list[str]
) -> None:
    table = Table("T", ("Words",), tuple((one,) for one in words))
    for ending in ("xlsx", "csv"):
        write_list(marked, table, tmp_path / f"x.{ending}")
    (found,) = read_tables((tmp_path / "x.xlsx").read_bytes())
    assert found.rows[0] == ("Words",)
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == 1 + len(words)
    assert not any(row[0].strip().startswith(tuple("=+-@")) for row in rows)

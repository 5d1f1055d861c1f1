from __future__ import annotations

from datetime import date

import pytest

from app.domain.long_list import age_band, balance, long_list
from app.domain.long_list_columns import column_of

ON = date(2026, 9, 29)
HEADER = [
    "Child Unique ID",
    "Forename",
    "Surname",
    "Gender",
    "Ethnicity",
    "Date of Birth",
    "Postcode",
    "Legal status",
    "Social worker name",
    "Agencies involved",
    "Locality",
    "Police",
    "Comments",
    "Shoe size",
]
ANN = [
    "100234", "Annabel", "Quickley", "F", "White British", "12/03/2023", "WX1 2AB", "CPP",
    "Jo Harper", "Health; Education", "North", "Y", "Lives with Quickley family", "9",
]  # fmt: skip
SAM = [
    "100235", "Samson", "Ade", "M", "Black African", "2019-11-02", "WX1 2AC", "CIN",
    "Jo Harper", "Health", "Annabel Samson Road", "N", "", "11",
]  # fmt: skip
TITLED = [["Annex A", ""], ["List 8: children", ""], [], HEADER, ANN, SAM, ["Total", "2"]]


@pytest.fixture
def found():
    made = long_list("List_8", TITLED, ON)
    assert made is not None
    return made


def test_the_header_is_found_under_title_rows(found) -> None:
    assert (found.name, found.header_row) == ("List_8", 4)
    assert len(found.children) == 2


def test_what_is_kept_says_who_the_child_is_without_saying_who(found) -> None:
    ann, sam = found.children
    assert (ann.age_band, ann.gender, ann.ethnicity) == ("2–3", "female", "White British")
    assert (ann.status, ann.area) == ("child protection plan", "North")
    assert ann.agencies == ("Health", "Education", "police")
    assert (sam.age_band, sam.status, sam.agencies) == ("6–7", "child in need", ("Health",))


def test_no_identifier_is_in_what_would_be_kept(found) -> None:
    kept = repr(found.children).casefold()
    for one in ("annabel", "quickley", "samson", "harper", "100234", "wx1", "12/03", "2019"):
        assert one not in kept


def test_every_column_is_told_with_what_becomes_of_it(found) -> None:
    told = {one.header: one.words for one in (*found.kept, *found.dropped)}
    assert set(told) == set(HEADER)
    dropped = {one.header for one in found.dropped}
    assert {"Child Unique ID", "Forename", "Surname", "Postcode", "Social worker name"} <= dropped
    assert "takes its place" in told["Child Unique ID"]
    assert "age band" in told["Date of Birth"]
    assert told["Shoe size"] == "is not needed for choosing"


def test_a_name_that_stands_in_another_cell_goes_too_and_is_counted(found) -> None:
    assert found.children[1].area == ""
    assert "1 value held a name and would be left out." in found.remarks


@pytest.mark.parametrize(
    "area", ["WX1 2AB", "12/03/2023", "call 0123456789", "a@b.uk", "x" * 61, "2023-03-12"]
)
def test_a_value_that_looks_like_an_identifier_is_left_out(area) -> None:
    made = long_list("L", [["Gender", "Locality", "Age"], ["F", area, "3"]], ON)
    assert made is not None
    assert made.children[0].area == ""
    assert made.remarks == (
        "1 value looked like a date, a number or an address and would be left out.",
    )


@pytest.mark.parametrize(
    ("header", "becomes"),
    [
        ("DOB", "born"),
        ("D.O.B.", "born"),
        ("Age (years)", "age"),
        ("Sex", "gender"),
        ("Ethnic origin", "ethnicity"),
        ("Status", "status"),
        ("Status start date", ""),
        ("Child’s name", ""),
        ("Name of agency worker", ""),
        ("Mother’s date of birth", ""),
        ("Known to", "agencies"),
        ("Health involved", "agency"),
        ("UPN", ""),
        ("NHS number", ""),
        ("School", ""),
        ("Allocated team", ""),
        ("Case notes", ""),
        ("Anything else", ""),
    ],
)
def test_a_header_says_what_its_column_becomes(header, becomes) -> None:
    column = column_of(header)
    assert column is not None
    assert column.becomes == becomes
    assert column.words


@pytest.mark.parametrize(
    ("years", "band"),
    [(0, "0–1"), (1, "0–1"), (2, "2–3"), (7, "6–7"), (17, "16–17"), (18, "18 and over")],
)
def test_ages_fall_in_bands(years, band) -> None:
    assert age_band(years) == band


@pytest.mark.parametrize(
    ("cell", "band"),
    [
        ("12/03/2027", "unborn"),
        ("unborn", "unborn"),
        ("29/09/2024", "2–3"),
        ("30/09/2024", "0–1"),
        ("1/1/19", "6–7"),
        ("31/02/2020", ""),
        ("soon", ""),
        ("01/01/1950", ""),
    ],
)
def test_a_date_of_birth_becomes_a_band_or_nothing(cell, band) -> None:
    made = long_list("L", [["DOB", "Gender"], [cell, "F"]], ON)
    assert made is not None
    assert made.children[0].age_band == band


@pytest.mark.parametrize(
    ("cell", "band"),
    [
        ("3", "2–3"),
        ("3 years", "2–3"),
        ("7 months", "0–1"),
        ("14 months", "0–1"),
        ("Unborn", "unborn"),
    ],
)
def test_an_age_becomes_a_band(cell, band) -> None:
    made = long_list("L", [["Age", "Gender"], [cell, "F"]], ON)
    assert made is not None
    assert made.children[0].age_band == band


def test_an_agency_column_that_holds_words_is_left_out() -> None:
    made = long_list("L", [["Police", "Gender", "Age"], ["PC Harper", "F", "3"]], ON)
    assert made is not None
    assert made.children[0].agencies == ()
    assert "could hold a name" in made.dropped[0].words


def test_a_column_without_a_header_is_left_out_and_said() -> None:
    made = long_list("L", [["Gender", "", "Age"], ["F", "Annabel", "3"]], ON)
    assert made is not None
    assert "no header" in made.dropped[0].words
    assert "Annabel" not in repr(made.children)


@pytest.mark.parametrize(
    "rows", [[], [["a", "b"]], [["Forename", "Surname"], ["A", "B"]], [["x"]] * 60 + [HEADER, ANN]]
)
def test_a_table_that_is_no_list_of_children_is_none(rows) -> None:
    assert long_list("L", rows, ON) is None


def test_the_balance_is_said_in_words() -> None:
    children = [
        {"age_band": "2–3", "gender": "female", "status": "child in need", "agencies": ["health"]},
        {"age_band": "2–3", "gender": "male", "agencies": ["health", "police"]},
    ]
    assert balance(children) == (
        "Age: 2 aged 2–3.",
        "Status: 1 child in need, 1 not said.",
        "Gender: 1 female, 1 male.",
        "Agencies: 2 of 2 health, 1 of 2 police.",
    )
    assert balance([]) == ()

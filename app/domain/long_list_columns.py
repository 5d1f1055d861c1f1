"""What a column of a long list holds, told by its header, and why most are left out.

Only what is known to be needed for choosing is kept. A column nobody thought of is left out: that
costs a moment, and a name that slipped in can't be called back from every laptop of a team.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the field it becomes, or nothing and the reason; ``label`` for agencies."""

    at: int
    becomes: str
    words: str
    label: str = ""
    is_name: bool = False
    is_known: bool = False


_CODES_INSTEAD: Final = "identifies the child in another system; a code such as L01 takes its place"
_BORN: Final = re.compile(
    r"\b(dob|d o b|date of birth|birth ?date|born|edd|expected date of delivery|due date)\b"
)
_PERSON: Final = re.compile(
    r"\b(worker|practitioner|manager|contact|allocated|officer|parent|mother|father|carer|sibling"
    r"|siblings|guardian|professional|visitor|consultant|iro|chair)\b"
)
_KEPT: Final = (
    (re.compile(r"\bethnic"), "ethnicity", "ethnicity"),
    (re.compile(r"\b(gender|sex)\b"), "gender", "gender"),
    (re.compile(r"\b(agency|agencies|services) (involved|working|known)|\bagencies\b|\bknown to\b"),
     "agencies", "agencies"),
    (re.compile(r"\b(status|plan type|type of plan|level of need|current plan)\b"),
     "status", "status"),
    (re.compile(r"\b(area|locality|district|quadrant|ward)\b"), "area", "area"),
    (re.compile(r"\bage\b"), "age", "age band"),
)  # fmt: skip
_LEFT_OUT: Final = (
    (
        re.compile(r"\b(name|names|forename|forenames|surname|firstname|lastname|initials|alias"
                   r"|aka|known as)\b"),
        "names the child", True,
    ),
    (
        re.compile(r"\b(address|postcode|post code|phone|telephone|mobile|email|e mail|house)\b"),
        "says where the child lives or how to reach somebody", False,
    ),
    (
        re.compile(r"\b(id|ids|identifier|unique|reference|ref|upn|uln|nhs|pnc|crn|number|no"
                   r"|urn|uprn|case)\b"),
        _CODES_INSTEAD, False,
    ),
    (re.compile(r"\bdate\b|\bdates\b"), "a full date can identify a child", False),
    (
        re.compile(r"\b(school|nursery|setting|college|gp|surgery|hospital|placement)\b"),
        "can identify a child in a small area", False,
    ),
    (
        re.compile(r"\b(comment|comments|note|notes|narrative|summary|reason|reasons|description"
                   r"|detail|details|concern|concerns|history|information)\b"),
        "free words can hold a name", False,
    ),
)  # fmt: skip
_AGENCIES: Final = {
    "social care": "social care",
    "csc": "social care",
    "children s social care": "social care",
    "early help": "early help",
    "police": "police",
    "health": "health",
    "health visiting": "health visiting",
    "school nursing": "school nursing",
    "camhs": "CAMHS",
    "education": "education",
    "probation": "probation",
    "youth justice": "youth justice",
    "yjs": "youth justice",
    "yot": "youth justice",
    "yos": "youth justice",
    "housing": "housing",
    "adult social care": "adult social care",
    "substance misuse": "substance misuse",
    "voluntary sector": "voluntary sector",
    "midwifery": "midwifery",
    "marac": "MARAC",
}


def column_of(header: str, at: int = 0) -> Column | None:
    """Return what a column becomes, or why it is left out; None for a header that says nothing."""
    words = plain(header)
    if not words:
        return None
    is_of_person = _PERSON.search(words) is not None
    agency = _AGENCIES.get(re.sub(r" (involved|involvement|known|open)$", "", words))
    if agency is not None:
        return Column(at, "agency", f"agency: {agency}", label=agency, is_known=True)
    if _BORN.search(words) and not is_of_person:
        return Column(at, "born", "age band; the date itself is left out", is_known=True)
    if is_of_person:
        return Column(at, "", "is about another person", is_name=True, is_known=True)
    return _kept(words, at) or _left_out(words, at)


def _kept(words: str, at: int) -> Column | None:
    if re.search(r"\bdate", words) or _LEFT_OUT[0][0].search(words):
        return None
    found = ((field, told) for shape, field, told in _KEPT if shape.search(words))
    field, told = next(found, ("", ""))
    return Column(at, field, told, is_known=True) if field else None


def _left_out(words: str, at: int) -> Column:
    for shape, why, is_name in _LEFT_OUT:
        if shape.search(words):
            return Column(at, "", why, is_name=is_name, is_known=True)
    return Column(at, "", "is not needed for choosing")


def plain(text: str) -> str:
    """Return words in small letters, with single spaces and without signs."""
    return " ".join(re.sub(r"[\W_]+", " ", text).casefold().split())

"""Inspections as hypothesis draws them: every kind, every field, forks, and what nobody expects."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

from app.domain.kinds.registry import KINDS
from app.domain.kinds.spec import Type
from app.domain.revisions import canonical

if TYPE_CHECKING:
    from app.domain.kinds.spec import Field

# Words that some program somewhere would take for a command, a formula or markup.
ODD_WORDS: Final = (
    "=1+1",
    "+44 1632 960000",
    "-2",
    "@SUM(A1)",
    "<b>bold</b> & <img src='/etc/passwd'>",
    "'; DROP TABLE record; --",
    "%s {0.__class__} ${x} %_",
    "ŵ ŷ ß ı İ é e\u0301",
    "\u202eevil\u202c \u200b zero",
    "👩‍👧‍👦",
    '"quoted" \\ back',
)
CHARACTERS: Final = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
BREAKS: Final = "\0\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029"
TEXT: Final = st.sampled_from(ODD_WORDS) | st.text(CHARACTERS, max_size=20)
LINE: Final = st.sampled_from(ODD_WORDS) | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters=BREAKS), max_size=20
)
NUMBERS: Final = st.integers(-(2**53), 2**53) | st.floats(-1e15, 1e15)
JSON: Final = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)
UNKNOWN: Final = st.from_regex(r"x_[A-Za-z0-9_]{0,10}", fullmatch=True)
_ZONES: Final = st.integers(-14 * 60, 14 * 60).map(lambda n: timezone(timedelta(minutes=n)))
_YEAR_2: Final = datetime(2, 1, 1)  # noqa: DTZ001 - the zone is drawn too
_YEAR_9998: Final = datetime(9998, 12, 31)  # noqa: DTZ001 - as above
_PLAIN: Final = {
    Type.TEXT: TEXT,
    Type.LINE: LINE,
    Type.LINES: st.lists(LINE, max_size=3),
    Type.FLAG: st.booleans(),
    Type.COUNT: st.integers(0, 2**53),
    Type.DATE: st.dates(date(1, 1, 1)).map(date.isoformat),
    Type.TIME: st.times().map(lambda one: one.isoformat("minutes")),
    Type.INSTANT: st.sampled_from(("2026-11-24T14:02Z", "2026-03-29T01:30:00.5+01:00"))
    | st.datetimes(_YEAR_2, _YEAR_9998, timezones=_ZONES).map(datetime.isoformat),
    Type.ORDER: st.from_regex(r"[0-9A-Za-z]{1,6}", fullmatch=True),
}


def id_of(kind: str) -> str:
    """The id of the one record of a kind that every drawn inspection has."""
    return f"{kind}-1"


def value(field: Field) -> st.SearchStrategy[Any]:
    """A value that fits a field; references lead to a record that is there."""
    if field.type is Type.CHOICE:
        return st.sampled_from(field.choices)
    if field.type is Type.REF:
        return st.sampled_from(field.of).map(id_of)
    if field.type is Type.REFS:
        return st.lists(st.sampled_from(field.of).map(id_of), max_size=3)
    return _PLAIN[field.type]


@st.composite
def record(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    """A record of a kind, with any of its fields, unknown ones, forks, perhaps deleted."""
    known = [one for one in KINDS[kind].fields if not one.stays_here]
    chosen = draw(st.sets(st.sampled_from([one.name for one in known]), max_size=6))
    fields: dict[str, Any] = {}
    others: dict[str, list[Any]] = {}
    for one in known:
        if one.required:
            fields[one.name] = draw(value(one))
        elif one.name in chosen:
            fields[one.name] = draw(value(one) | st.none())
        if one.name in fields and draw(st.booleans()):
            versions = value(one) if one.required else value(one) | st.none()
            others[one.name] = draw(st.lists(versions, min_size=1, max_size=2))
    fields.update(draw(st.dictionaries(UNKNOWN, JSON, max_size=2)))
    if draw(st.booleans()):
        states = [False, None] if kind == "inspection" else [True, False, None]
        fields["deleted"] = draw(st.sampled_from(states))
        if draw(st.booleans()):
            others["deleted"] = [draw(st.sampled_from([True, False, None]))]
    others.update({n: draw(st.lists(JSON, min_size=1)) for n in fields if n.startswith("x_")})
    if fields.get("type") == "box":
        fields.pop("box", None)
        others.pop("box", None)
    forks = _different(fields, others)
    return {
        "id": id_of(kind),
        "kind": kind,
        **fields,
        **({"other_versions": forks} if forks else {}),
    }


@st.composite
def inspections(draw: st.DrawFn) -> dict[str, Any]:
    """A whole inspection: one record of every kind, a few of them full, in any order."""
    full = draw(st.sets(st.sampled_from(sorted(KINDS)), min_size=1, max_size=4))
    records = [draw(record(kind)) if kind in full else least(kind) for kind in KINDS]
    members = draw(st.dictionaries(UNKNOWN, JSON, max_size=2))
    return whole(draw(st.permutations(records)), members)


def least(kind: str) -> dict[str, Any]:
    """The smallest record of a kind."""
    needed = {
        one.name: id_of(one.of[0]) if one.of else (*one.choices, "words")[0]
        for one in KINDS[kind].fields
        if one.required
    }
    return {"id": id_of(kind), "kind": kind, **needed}


def whole(records: list[dict[str, Any]], members: dict[str, Any] | None = None) -> dict[str, Any]:
    """An envelope round some records."""
    return {
        "format": "siteweek-inspection",
        "version": 1,
        **(members or {}),
        "records": records,
    }


def with_all_kinds(one: dict[str, Any]) -> dict[str, Any]:
    """An inspection in which one record stands in place of the smallest of its kind."""
    others = [least(kind) for kind in KINDS if kind != one.get("kind")]
    return whole([*others, one])


def as_bytes(inspection: object) -> bytes:
    """A value as the bytes of a file."""
    return json.dumps(inspection, ensure_ascii=False).encode()


def _different(fields: dict[str, Any], others: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Only versions that differ from the first and from each other: equal ones are no fork."""
    forks: dict[str, list[Any]] = {}
    for name, versions in others.items():
        different = {canonical(one): one for one in (fields[name], *versions)}
        if len(different) > 1:
            forks[name] = list(different.values())[1:]
    return forks

"""Whether a record's fields are what its kind says they are, before anything of it is kept.

Whatever enters from outside comes through here: imports, other devices, salvage. Fields this
version does not know are allowed as clean JSON, because a newer version wrote them. Nothing is
mended and nothing half accepted. Sentences never hold what was written in the field.
"""

from __future__ import annotations

import re
from datetime import MAXYEAR, MINYEAR, date, datetime
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

from app.domain.kinds.registry import DELETED_FIELD, KINDS
from app.domain.kinds.spec import Type

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.domain.kinds.spec import Field, Kind

LARGEST_NUMBER: Final = 2**53  # the largest up to which every JSON reader counts exactly
DEEPEST_NESTING: Final = 32
LONGEST_NAME: Final = 64

# A check answers "" where the value fits, or else what the field has to hold.
Check: TypeAlias = "Callable[[object], str]"

_NO_TEXT: Final = re.compile("[\0\ud800-\udfff]")
_NO_LINE: Final = re.compile("[\0\n\v\f\r\x1c-\x1e\x85\u2028\u2029\ud800-\udfff]")
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_ORDER: Final = re.compile(r"[0-9A-Za-z]{1,4096}")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME: Final = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_INSTANT: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?"
    r"(?:Z|[+-][0-9]{2}:[0-9]{2})"
)


def problem(kind: str, fields: Mapping[str, object]) -> tuple[str, str] | None:
    """Return the first field that does not fit and a sentence about it, or None.

    None as a value clears a field and always fits. A kind this version does not know is held to
    clean JSON alone. Whether a required field is there is not asked: a change to a record
    carries only the fields it sets.
    """
    checks = _CHECKS.get(kind, _NO_CHECKS)
    for name, value in fields.items():
        if value is None:
            continue
        check = checks.get(name)
        wrong = _unknown_field(name, value) if check is None else check(value)
        if wrong:
            return str(name), f"This field {wrong}."
    return None


def _unknown_field(name: object, value: object) -> str:
    if type(name) is not str or not 0 < len(name) <= LONGEST_NAME or not _is_clean(name):
        return "needs a name of at most 64 clean characters"
    return _json(value)


def _is_clean(text: str) -> bool:
    """Whether text can be stored and sent: no NUL and no half of a surrogate pair."""
    if text.isascii():
        return "\0" not in text
    return _NO_TEXT.search(text) is None


def _text(value: object) -> str:
    if type(value) is not str:
        return "needs text"
    return "" if _is_clean(value) else "holds characters that are no text"


def _line(value: object) -> str:
    if type(value) is not str:
        return "needs text"
    if value.isprintable() or _NO_LINE.search(value) is None:
        return ""
    return "needs text on one line"


def _lines(value: object) -> str:
    if type(value) is not list:
        return "needs a list of lines"
    return next((wrong for item in value if (wrong := _line(item))), "")


def _choice(allowed: frozenset[str], value: object) -> str:
    if type(value) is str and value in allowed:
        return ""
    return "needs one of its named choices"


def _flag(value: object) -> str:
    return "" if value is True or value is False else "needs yes or no"


def _count(value: object) -> str:
    if type(value) is int and 0 <= value <= LARGEST_NUMBER:
        return ""
    return "needs a whole number from 0"


def _date(value: object) -> str:
    if type(value) is str and _DATE.fullmatch(value):
        try:
            date.fromisoformat(value)
        except ValueError:
            pass
        else:
            return ""
    return "needs a real date such as 2026-11-24"


def _time(value: object) -> str:
    if type(value) is str and _TIME.fullmatch(value):
        return ""
    return "needs a time such as 14:02"


def _instant(value: object) -> str:
    if type(value) is str and _INSTANT.fullmatch(value):
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            pass
        else:
            # At either end of the calendar a change of time zone would leave it.
            if MINYEAR < moment.year < MAXYEAR:
                return ""
    return "needs a moment with its offset, such as 2026-11-24T14:02:07+00:00"


def _ref(value: object) -> str:
    if type(value) is str and _ID.fullmatch(value):
        return ""
    return "needs the id of a record"


def _refs(value: object) -> str:
    if type(value) is list and not any(map(_ref, value)):
        return ""
    return "needs a list of ids of records"


def _order(value: object) -> str:
    if type(value) is str and _ORDER.fullmatch(value):
        return ""
    return "needs a place in base-62 digits"


def _json(value: object) -> str:
    """Check any JSON value, without recursion, so that no depth can exhaust the stack."""
    level: list[object] = [value]
    for _ in range(DEEPEST_NESTING + 1):
        containers: list[dict[object, object] | list[object]] = []
        for item in level:
            if type(item) is dict or type(item) is list:
                containers.append(item)
            elif wrong := _scalar(item):
                return wrong
        if not containers:
            return ""
        level = []
        for container in containers:
            if type(container) is dict:
                if not all(type(key) is str and _is_clean(key) for key in container):
                    return "holds names that are no text"
                level.extend(container.values())
            else:
                level.extend(container)
    return f"is nested more than {DEEPEST_NESTING} deep"


def _scalar(value: object) -> str:
    if type(value) is str:
        return _text(value)
    if type(value) is int or type(value) is float:  # no comparison with NaN is true
        return "" if abs(value) <= LARGEST_NUMBER else "holds a number out of range"
    return "" if value is None or type(value) is bool else "holds something that is not JSON"


_OF_TYPE: Final[Mapping[Type, Check]] = MappingProxyType(
    {
        Type.TEXT: _text,
        Type.LINE: _line,
        Type.LINES: _lines,
        Type.FLAG: _flag,
        Type.COUNT: _count,
        Type.DATE: _date,
        Type.TIME: _time,
        Type.INSTANT: _instant,
        Type.REF: _ref,
        Type.REFS: _refs,
        Type.ORDER: _order,
    }
)


def _check_of(field: Field) -> Check:
    if field.type is Type.CHOICE:
        return partial(_choice, frozenset(field.choices))
    return _OF_TYPE[field.type]


def _checks_of(kind: Kind) -> Mapping[str, Check]:
    return {one.name: _check_of(one) for one in (*kind.fields, DELETED_FIELD)}


_NO_CHECKS: Final[Mapping[str, Check]] = {DELETED_FIELD.name: _flag}
_CHECKS: Final[Mapping[str, Mapping[str, Check]]] = {
    name: _checks_of(kind) for name, kind in KINDS.items()
}

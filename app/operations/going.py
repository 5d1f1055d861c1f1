"""Where one can go in an inspection: everything that has a name, and what is nearest to a word."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz, utils

from app.domain.dates import short_date
from app.domain.kinds.registry import KINDS, NOTE_KINDS
from app.operations.naming import note_names

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.domain.records import Record
    from app.operations.view import View

PEOPLE: Final = frozenset({"person", "agency", "child"})
CRITERION: Final = "criterion"
_STATED: Final = {"finding": "statement", "line_of_enquiry": "title"}
_LEAST_LIKE: Final = 60.0  # of 100
_BEGINS: Final = 95.0


@dataclass(frozen=True, slots=True)
class Destination:
    """One thing to go to: its words, and a quiet line about it.

    ``search`` is the search that shows all there is of it; where it is empty, the record itself
    is shown.
    """

    record: str
    kind: str
    words: str
    about: str
    search: str = ""


def destinations(view: View) -> list[Destination]:
    """Return everything that has a name, what changed last first; criteria come at the end."""
    found = [
        *view.records.of_kind(*NOTE_KINDS, *_STATED),
        *view.records.of_kind(*PEOPLE),
    ]
    found.sort(key=lambda one: one.changed_at, reverse=True)
    names = note_names(view, (one for one in found if one.kind in NOTE_KINDS))
    named = [to for one in found if (to := _destination(one, names.get(one.id, ""))).words]
    framework = view.framework
    if framework is None:
        return named
    return named + [
        Destination(one.code, CRITERION, f"{one.code} {one.label}", one.group, f"code:{one.code}")
        for one in framework.criteria
    ]


def nearest(
    typed: str,
    among: Sequence[Destination],
    most: int = 50,
    *,
    is_wanted: Callable[[Destination], bool] = lambda _one: True,
) -> list[Destination]:
    """Return what is most like the letters typed, the likeliest first; all for no letters."""
    wanted = [one for one in among if is_wanted(one)]
    if not typed.strip():
        return wanted[:most]
    letters = utils.default_process(typed)
    scored = (
        (_likeness(letters, utils.default_process(f"{one.words} {one.about}")), -place)
        for place, one in enumerate(wanted)
    )
    best = heapq.nlargest(most, (one for one in scored if one[0] >= _LEAST_LIKE))
    return [wanted[-place] for _score, place in best]


def _likeness(typed: str, words: str) -> float:
    """Of 100: whole words count most, then beginnings of words, then letters nearly right."""
    held, parts = words.split(), typed.split()
    if parts and all(any(word.startswith(part) for word in held) for part in parts):
        return _BEGINS + (100.0 - _BEGINS) * sum(part in held for part in parts) / len(parts)
    return min(_BEGINS - 1.0, fuzz.WRatio(typed, words, score_cutoff=_LEAST_LIKE))


def _destination(one: Record, name: str) -> Destination:
    label = KINDS[one.kind].label
    if one.kind in NOTE_KINDS:
        parts = (one.text("ref"), label, short_date(one.text("date")), one.text("start"))
        return Destination(one.id, one.kind, name, " · ".join(part for part in parts if part))
    if one.kind in _STATED:
        about = " · ".join(part for part in (label, one.text("status")) if part)
        return Destination(one.id, one.kind, one.text(_STATED[one.kind]), about)
    if one.kind == "person":
        short = one.text("initials") or one.text("role")
        words = one.text("name") or one.text("role") or short
        return Destination(one.id, one.kind, words, short, _filter("by", short))
    if one.kind == "child":
        code = one.text("code")
        return Destination(one.id, one.kind, code, one.text("age_band"), _filter("child", code))
    short = one.text("short_name") or one.text("name")
    about = " · ".join(part for part in (one.text("short_name"), one.text("sector")) if part)
    return Destination(one.id, one.kind, one.text("name"), about, _filter("agency", short))


def _filter(name: str, value: str) -> str:
    return f'{name}:"{value}"' if " " in value else f"{name}:{value}"

"""What is meant by one line typed while people talk: whose headline, whose action, by when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from app.ui.widgets.dates_typed import date_typed

if TYPE_CHECKING:
    from collections.abc import Mapping

_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEK: Final = 7
_BY: Final = re.compile(r"^(?P<what>.+?)[\s,]+by (?P<when>[^,.;:]{3,20})[.]?$", re.IGNORECASE)
_WHOSE: Final = re.compile(r"^(?P<who>[^:]{2,40}):\s+(?P<rest>\S.*)$")


@dataclass(frozen=True, slots=True)
class ActionTyped:
    """An action as it was meant; ``owner`` is an id, ``due`` an ISO date, or empty."""

    what: str
    owner: str = ""
    due: str = ""


def action_typed(text: str, people: Mapping[str, str], today: date) -> ActionTyped:
    """Return what “OF2: draw 12 plans by Thu” means; ``people`` maps initials to ids.

    Nothing is guessed: a name nobody has, or words that are no day, stay part of the action.
    """
    whose, rest = _whose(text, people)
    found = _BY.match(rest)
    due = _day(found.group("when"), today) if found is not None else ""
    what = found.group("what") if found is not None and due else rest
    return ActionTyped(what.strip(), whose, due)


def headline_typed(text: str, bodies: Mapping[str, str]) -> tuple[str, str]:
    """Return (whose, words) of “CQC: plans rest on mothers”; ``bodies`` maps names."""
    return _whose(text, bodies)


def _whose(text: str, known: Mapping[str, str]) -> tuple[str, str]:
    found = _WHOSE.match(text.strip())
    if found is not None:
        names = {name.casefold(): value for name, value in known.items() if name}
        whose = names.get(found.group("who").strip().casefold())
        if whose is not None:
            return whose, found.group("rest").strip()
    return "", text.strip()


def _day(words: str, today: date) -> str:
    said = words.strip().casefold()
    near = {"today": 0, "tonight": 0, "tomorrow": 1}
    if said in near:
        return (today + timedelta(days=near[said])).isoformat()
    if said[:3] in _DAYS and said.isalpha():
        ahead = (_DAYS.index(said[:3]) - today.weekday()) % _WEEK
        return (today + timedelta(days=ahead or _WEEK)).isoformat()
    for typed in (words, f"{words} {today.year}"):
        try:
            return date.fromisoformat(date_typed(typed)).isoformat()
        except ValueError:
            continue
    return ""

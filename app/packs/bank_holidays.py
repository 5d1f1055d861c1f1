"""Bank holidays of the United Kingdom, for counting working days.

Days proclaimed after the library was published are not known to it; whoever counts must let a
lead add such a day.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from holidays import country_holidays

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

_SATURDAY: Final = 5


class Nation(StrEnum):
    """A part of the United Kingdom with bank holidays of its own."""

    ENGLAND = "ENG"
    WALES = "WLS"
    SCOTLAND = "SCT"
    NORTHERN_IRELAND = "NIR"


def bank_holidays(years: Iterable[int], nation: Nation = Nation.ENGLAND) -> frozenset[date]:
    """Return the weekdays that are bank holidays there in these years.

    A holiday that falls on a weekend stands as its substitute weekday only.
    England and Wales share theirs.
    """
    days = country_holidays("GB", subdiv=nation.value, years=list(years))
    return frozenset(day for day in days if day.weekday() < _SATURDAY)

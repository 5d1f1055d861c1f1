"""What a relay's answers say, read without trust, and what its refusals mean to people."""

from __future__ import annotations

import json
import re
from typing import Any, Final, NamedTuple

from app.errors import (
    FullTargetError,
    RefusedByTargetError,
    StrangeTargetError,
    TargetError,
    UnreachableTargetError,
)
from app.sync.items import MOST_BYTES, Item, kind_of

MOST_IN_PAGE: Final = 1_000
_LARGEST: Final = 2**63
_LONGEST_DAY: Final = 24 * 60 * 60
_ERA: Final = re.compile(r"[\x21-\x7e]{1,64}")
_CHALLENGE: Final = re.compile(r"[A-Za-z0-9._~=-]{1,200}")
_KEPT: Final = "Everything on this laptop is kept."
_AGAIN: Final = "It is tried again by itself."

_REFUSALS: Final = {
    400: "The relay does not understand what was handed over. It may be older than this Siteweek: "
    "ask whoever runs it to bring it up to date.",
    401: "The relay did not accept this laptop’s signature.",
    403: "The relay does not know this laptop, or has nothing for this inspection. The lead tells "
    "it who belongs to the team: siteweek sync --relay",
    404: "The relay’s mailbox for this inspection was closed. Ask the lead where the team "
    "exchanges now.",
    409: "The relay holds another list of the team’s laptops, which was not made before this one "
    "or is led by somebody else.",
    413: "The relay takes less at once than this Siteweek hands over. Ask whoever runs it to bring "
    "it up to date.",
}
_QUOTAS: Final = {
    "quota-day": "has taken as much from this laptop as it does in one day",
    "quota-inspection": "has no room left for this inspection",
}


class Page(NamedTuple):
    """One page of a list."""

    era: str
    next: int
    has_more: bool
    is_from_start: bool
    items: tuple[Item, ...]


def page(untrusted: bytes) -> Page:
    """Return a page of a list; names that are no item's, and sizes none can have, are left out.

    Raises:
        StrangeTargetError: it is none.

    """
    read = members(untrusted)
    asked = ("era", "next", "more", "whole", "items")
    parts: list[Any] = [read.get(name) for name in asked]
    era, place, has_more, is_from_start, listed = parts
    fits = (
        isinstance(era, str)
        and _ERA.fullmatch(era)
        and _is_number(place, _LARGEST)
        and isinstance(has_more, bool)
        and isinstance(is_from_start, bool)
        and isinstance(listed, list)
        and len(listed) <= MOST_IN_PAGE
    )
    if not fits:
        raise strange("its list can’t be read")
    items = tuple(_item(one) for one in listed)
    return Page(era, place, has_more, is_from_start, tuple(one for one in items if one))


def challenge(untrusted: bytes) -> tuple[str, int]:
    """Return what is to be signed over, and for how many seconds.

    Raises:
        StrangeTargetError: it says neither.

    """
    read = members(untrusted)
    parts: list[Any] = [read.get(name) for name in ("challenge", "seconds")]
    given, lasts = parts
    if not isinstance(given, str) or not _CHALLENGE.fullmatch(given):
        raise strange("it gives nothing to sign over")
    if not _is_number(lasts, _LONGEST_DAY):
        raise strange("it gives nothing to sign over")
    return given, lasts


def check_stored(untrusted: bytes, count: int) -> None:
    """Do nothing when an answer says that so many items lie there now.

    Raises:
        StrangeTargetError: it says something else.

    """
    read = members(untrusted)
    parts: list[Any] = [read.get(name) for name in ("stored", "held")]
    stored, held = parts
    fits = _is_number(stored, count + 1) and _is_number(held, count + 1)
    if not fits or stored + held != count:
        raise strange("it does not say that it holds what was handed over")


def members(untrusted: bytes) -> dict[str, Any]:
    """Return the members of a JSON object.

    Raises:
        StrangeTargetError: it is none.

    """
    try:
        read = json.loads(untrusted)
    except (ValueError, RecursionError):
        read = None
    if not isinstance(read, dict):
        raise strange("its answer can’t be read")
    return read


def code(untrusted: bytes) -> str:
    """Return the word for programs in a refusal, or nothing."""
    try:
        said = members(untrusted).get("error")
    except StrangeTargetError:
        return ""
    return said if isinstance(said, str) else ""


def refusal(status: int, said: str, retry_after: float) -> TargetError:
    """Return what a refusal means. Nothing that a relay wrote for people is ever shown."""
    if status == 507:  # noqa: PLR2004 - HTTP's
        why = _QUOTAS.get(said, "has no room left")
        return FullTargetError(
            f"The relay {why}. What was handed over before is there; the rest stays here, and goes "
            "when there is room."
        )
    if status in {408, 429} or status >= 500:  # noqa: PLR2004 - HTTP's
        return UnreachableTargetError(
            f"The relay is busy or not well ({status}). {_KEPT} {_AGAIN}", retry_after
        )
    if status in _REFUSALS:
        return RefusedByTargetError(f"{_REFUSALS[status]} {_KEPT}")
    return strange(f"it answers in a way that no relay does ({status})")


def strange(what: str) -> StrangeTargetError:
    """Return what is said of an answer that no relay gives."""
    return StrangeTargetError(f"The relay can’t be used now: {what}. {_KEPT} {_AGAIN}")


def _item(untrusted: object) -> Item | None:
    name = untrusted.get("name") if isinstance(untrusted, dict) else None
    size = untrusted.get("size") if isinstance(untrusted, dict) else None
    if not isinstance(name, str) or type(size) is not int:
        raise strange("its list can’t be read")
    kind = kind_of(name)
    if kind is None or not 0 < size <= MOST_BYTES[kind]:
        return None
    return Item(name, size)


def _is_number(untrusted: object, below: int) -> bool:
    # True and False are whole numbers to Python.
    return type(untrusted) is int and 0 <= untrusted < below

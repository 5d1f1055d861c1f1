"""Where in an inspection somebody was when it was locked, kept inside its own encrypted store.

It is this laptop's alone and never handed over. What the place is called or holds is not kept:
only the room, the id of a record, and the time.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from app.errors import SiteweekError
from app.operations.inspection import Inspection
from app.operations.keys import open_keys
from app.operations.lock_minutes import within_range
from app.store.onlooker import Onlooker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.clock import Clock
    from app.domain.changes import Changes
    from app.operations.profile import Profile
    from app.operations.view import View
    from app.operations.work import Work
    from app.store.reader import Reader

_PLACE: Final = "last_place"
_UNFINISHED: Final = "unfinished_forms"
_LOCK_AFTER: Final = "lock_after"


@dataclass(frozen=True, slots=True)
class LastPlace:
    """A room and the record shown in it; ``at`` is empty where an inspection was not open."""

    room: str = ""
    record: str = ""
    at: str = ""


def keep_place(work: Work, room: str, record: str) -> Changes:
    """Remember what was open when the inspection was locked."""
    at = work.now()
    work.records.keep_local(_PLACE, json.dumps(asdict(LastPlace(room, record, at))))
    return work.changes()


def forget_place(work: Work) -> Changes:
    """Remember that the inspection was closed on purpose, so that it is not opened by itself."""
    work.records.keep_local(_PLACE, "")
    return work.changes()


def last_place(view: View) -> LastPlace:
    """Return what was open when the inspection was locked."""
    try:
        held = json.loads(view.records.recall(_PLACE) or "{}")
        return LastPlace(**{name: str(held.get(name, "")) for name in ("room", "record", "at")})
    except (ValueError, AttributeError):
        return LastPlace()


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Words that stood in a field of a form when the inspection was locked."""

    form: str
    field: str
    words: str


def keep_unfinished(work: Work, found: Sequence[Unfinished]) -> Changes:
    """Keep words of forms aside, behind those that are there from an earlier lock."""
    held = [*_unfinished(work.records), *found]
    kept = [asdict(one) for one in dict.fromkeys(held)]
    work.records.keep_local(_UNFINISHED, json.dumps(kept))
    return work.changes()


def put_unfinished_aside(work: Work) -> Changes:
    """Put the words of forms aside for good, once a person has said so."""
    work.records.keep_local(_UNFINISHED, "")
    return work.changes()


def unfinished(view: View) -> tuple[Unfinished, ...]:
    """Return the words of forms that were kept aside, oldest first."""
    return _unfinished(view.records)


def _unfinished(reader: Reader) -> tuple[Unfinished, ...]:
    return tuple(Unfinished(**one) for one in json.loads(reader.recall(_UNFINISHED) or "[]"))


def keep_lock_after(work: Work, minutes: int) -> Changes:
    """Remember after how many minutes without a key or a move this inspection locks."""
    work.records.keep_local(_LOCK_AFTER, str(within_range(minutes)))
    return work.changes()


def lock_after(view: View) -> int:
    """Return after how many minutes this inspection locks; 0 where nobody has said."""
    said = view.records.recall(_LOCK_AFTER)
    return within_range(int(said)) if said.isdecimal() else 0


def last_opened(profile: Profile, clock: Clock) -> str:
    """Return the id of the inspection that was open when the profile was last locked, if any.

    One that can't be read is passed over: the list of inspections says why.
    """
    newest = (datetime.min.replace(tzinfo=UTC), "")
    for row in profile.inspections():
        if row.problem:
            continue
        try:
            folder = profile.folder_of(row.id)
            keys = open_keys(folder, bytes.fromhex(row.id), profile.master)
            looking = Inspection(row.id, Onlooker(folder, keys), clock)
        except SiteweekError:
            continue
        try:
            at = looking.ask(last_place).at
            if at:
                newest = max(newest, (datetime.fromisoformat(at), row.id))
        except (SiteweekError, ValueError):
            continue
        finally:
            looking.close()
    return newest[1]

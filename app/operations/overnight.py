"""What colleagues wrote or handed over since an evening, by who wrote it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.domain.escalations import moment
from app.domain.hybrid import instant, stamp
from app.domain.kinds.registry import NOTE_KINDS, label_of
from app.operations.timetable import name_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from app.domain.records import Record
    from app.operations.view import View

# By which field each kind of part says who wrote it, and of what it is part.
_AUTHORS: Final = ("author", "by", "noticed_by", "task_lead", "owner")
_OF_NOTE: Final = {"paragraph": "note", "task_point": "task", "shared_point": "meeting"}
_OF_FINDING: Final = {"stance": "finding", "finding_step": "finding", "evidence": "supports"}
_MOMENTS: Final = ("typed_at", "at", "noticed_at")
_ALONE: Final = frozenset({"finding", "action", "slot", "line_of_enquiry"})
_WATCHED: Final = (*sorted(NOTE_KINDS), *_OF_NOTE, *_OF_FINDING, *sorted(_ALONE))


@dataclass(frozen=True, slots=True)
class Came:
    """Something that came: who wrote it, its words, what is new of it, and when it was written."""

    record: str
    author: str
    words: str
    about: str
    at: str


def came_overnight(view: View, me: str, since: datetime) -> Iterator[Came]:
    """Yield what others wrote, or what of theirs arrived, since a moment: by author, newest first.

    Words count from when they were written, or from when they arrived here if that was later. What
    a file brought in was written when it says: taking it in does not make it new.
    """
    bound = stamp(since)
    arrived = view.records.arrived_since(bound)
    people = {one.id: name_of(one) for one in view.records.of_kind("person")}
    news: dict[tuple[str, str], _News] = {}
    changed = view.records.changed_since(bound, *_WATCHED)
    fresh = {one.id: one for one in changed if _was_written(one, since)}
    fresh |= {
        one.id: one
        for one in view.records.get_many(arrived).values()
        if one.kind in _WATCHED and not one.is_deleted
    }
    for one in fresh.values():
        author = next((found for name in _AUTHORS if (found := one.text(name))), "")
        if (me and author == me) or author not in people:
            continue
        target = one.text(_OF_NOTE.get(one.kind, "") or _OF_FINDING.get(one.kind, "")) or one.id
        held = news.setdefault((author, target), _News())
        held.parts[one.kind] += 1
        held.newest = max(held.newest, one.changed_at)
    targets = view.records.get_many({target for _author, target in news})
    ordered = sorted(news.items(), key=lambda one: (people[one[0][0]], -one[1].newest, one[0][1]))
    for (author, target), held in ordered:
        record = targets.get(target)
        if record is None or record.is_deleted:
            continue
        at = instant(held.newest).astimezone().isoformat(timespec="seconds")
        yield Came(target, people[author], _words(record), _about(record, held), at)


def _was_written(record: Record, since: datetime) -> bool:
    """Whether a record says of itself that it is of this moment or later."""
    at = next((found for name in _MOMENTS if (found := moment(record.text(name)))), None)
    if at is None and record.text("date"):
        at = moment(f"{record.text('date')}T{record.text('start') or '00:00'}")
    return at is not None and at >= since


class _News:
    """What is new of one thing by one author."""

    def __init__(self) -> None:
        self.parts: Counter[str] = Counter()
        self.newest = 0


def _words(record: Record) -> str:
    named = (record.text(name) for name in ("statement", "title", "what", "aspect", "who"))
    label = label_of(record.kind)
    return next((one for one in named if one), label)


def _about(record: Record, news: _News) -> str:
    label = label_of(record.kind)
    parts = [label.lower() if record.kind != "finding" else "finding"]
    for kind, one, several in (
        ("paragraph", "1 paragraph", "paragraphs"),
        ("task_point", "1 point", "points"),
        ("shared_point", "1 point", "points"),
        ("evidence", "1 piece of evidence", "pieces of evidence"),
    ):
        count = news.parts[kind]
        if count:
            parts.append(one if count == 1 else f"{count} {several}")
    if news.parts["stance"]:
        parts.append("where they stand")
    if record.text("ref"):
        parts.insert(0, record.text("ref"))
    return " · ".join(parts)

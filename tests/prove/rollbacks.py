"""Files that went back in time, or belong to something else: logs cut, databases put back.

What is gone has to be counted and said, from the head that is kept outside the database; and the
store may not go on under an identity whose numbers others may have seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.store.places import LOG, STORE
from tests.prove.flips import PAGE, flipped
from tests.prove.rounds import Tally
from tests.prove.scenes.base import FALSE_ALARM, HALF, LOST, UNREADABLE, UNTRUE, Wrong

if TYPE_CHECKING:
    from tests.prove.subject import Subject

_LOG_HEADER: Final = 32
_FRAME_HEADER: Final = 24
_FRAME: Final = _FRAME_HEADER + PAGE


def log_bytes(subject: Subject, most: int) -> Tally:
    """B07: the log cut in its last frame, a bit changed in each header: what is gone is told."""
    tally = Tally("B07 log cut and flipped")
    whole = subject.file(subject.open, LOG)
    frames = (len(whole) - _LOG_HEADER) // _FRAME
    last = _LOG_HEADER + (frames - 1) * _FRAME
    cases = [(f"cut at {at}", whole[:at]) for at in range(last, _LOG_HEADER + frames * _FRAME)]
    cases += [
        (f"header {at}", flipped(whole, at, whole[at] ^ 1 << at % 8)) for at in range(_LOG_HEADER)
    ]
    for frame in range(frames):
        begin = _LOG_HEADER + frame * _FRAME
        for at in (*range(begin, begin + _FRAME_HEADER), begin + subject.random.randrange(_FRAME)):
            bit = 1 << subject.random.randrange(8)
            cases.append(
                (f"frame {frame + 1} at {at - begin}", flipped(whole, at, whole[at] ^ bit))
            )
    if len(cases) > most:
        cases = subject.random.sample(cases, most)
    for what, content in cases:
        subject.put(subject.open, {LOG: content})
        tally.add(what, _told(subject))
    return tally


def old_files(subject: Subject) -> Tally:
    """B06, B08: the database without its log, or an earlier day's: said at opening."""
    tally = Tally("B06 B08 old files put back")
    for what, store in (
        ("no log", subject.file(subject.open, STORE)),
        ("the database of before", subject.file(subject.middle, STORE)),
        ("the first database", subject.file(subject.early, STORE)),
    ):
        subject.put(subject.open, {STORE: store, LOG: None})
        tally.add(what, _told(subject, is_whole_moment=False))
    return tally


def strange_files(subject: Subject, other: Subject) -> Tally:
    """B09: a log, an index of it, or a journal that isn't this store's: ignored or refused."""
    tally = Tally("B09 files of another store")
    noise = subject.random.randbytes(32_768)
    for what, tree, name, content in (
        ("another store's log", subject.closed, LOG, other.file(other.open, LOG)),
        ("noise for an index", subject.open, f"{STORE}-shm", noise),
        ("noise for an index, closed", subject.closed, f"{STORE}-shm", noise),
        ("noise for a journal", subject.closed, f"{STORE}-journal", noise),
        ("noise for a log", subject.closed, LOG, noise),
    ):
        subject.put(tree, {name: content})
        opened = subject.opened()
        if isinstance(opened, str):
            tally.note("refused")
            # Refused, so nothing was changed: without the stranger all is as it was.
            (subject.root / subject.path(name)).unlink(missing_ok=True)
            opened = subject.opened()
        wrong = [Wrong(UNREADABLE, one) for one in subject.faults()]
        if isinstance(opened, str):
            wrong.append(Wrong(UNREADABLE, opened))
        elif opened[0].revisions != subject.held[-1].revisions:
            wrong.append(Wrong(LOST, "words are missing afterwards"))
        tally.add(what, wrong)
    return tally


def _told(subject: Subject, *, is_whole_moment: bool = True) -> list[Wrong]:
    """Open a store that may lack its newest changes: it holds the first so many, and says so."""
    opened = subject.opened()
    if isinstance(opened, str):
        return [Wrong(UNREADABLE, opened)]
    there, notices, device = opened
    full = subject.held[-1].revisions
    missing = len(full) - len(there.revisions)
    wrong = [Wrong(UNREADABLE, one) for one in subject.faults()]
    if there.revisions != full[: len(there.revisions)]:
        wrong.append(Wrong(HALF, "other words than the first so many"))
    if is_whole_moment and there.revisions not in [one.revisions for one in subject.held]:
        wrong.append(Wrong(HALF, "part of a change is there"))
    if missing and not any(f" {missing} saved" in one for one in notices):
        wrong.append(Wrong(UNTRUE, f"{missing} changes are gone and nothing says so"))
    if not missing and notices:
        wrong.append(Wrong(FALSE_ALARM, notices[0]))
    if missing and device == subject.device:
        wrong.append(Wrong(UNTRUE, "it goes on under the identity of what is gone"))
    return wrong

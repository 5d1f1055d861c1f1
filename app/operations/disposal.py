"""Destroying an inspection on this laptop: its keys first, then its files, then proof of absence.

One renaming decides. Before it, everything is as it was and the inspection opens; after it, the
inspection is never listed or opened again, and whatever interrupts the rest, the next unlocking
goes on with it. No clock ever orders anything here: a person does.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from app.domain.disposal import Disposal, Order, Stage
from app.errors import DamagedFileError, NotFoundError, SiteweekError
from app.operations.disposal_order import (
    Seen,
    Wish,
    bring_in_order,
    gather,
    own_folder,
    require_due,
)
from app.operations.disposal_records import DisposalRecords
from app.operations.disposal_steps import Course, carry_out, complete, put_out_of_use
from app.operations.keyring_file import locked, require_current
from app.operations.outside import sweep_outside
from app.paths import refuges
from app.store import lock, reserve
from app.store.places import DESTROYING
from app.store.refuge import Refuge

if TYPE_CHECKING:
    from pathlib import Path

    from app.clock import Clock
    from app.operations.profile import Profile
    from app.store.erasing import Step

_WAITING: Final = re.compile(rf"([0-9a-f]{{32}}){re.escape(DESTROYING)}")
_NOT_FINISHED: Final = (
    "The destruction of an inspection was interrupted and could not be finished now. It can’t be "
    "opened any more, and it is tried again at the next unlocking."
)
_FINISHED: Final = (
    "The destruction of an inspection had been interrupted and is complete now. Its certificate: "
    "siteweek destroy --certificate {} --certificate-folder FOLDER"
)


def _no_step(_what: str) -> None:
    """Do nothing. A test stops here instead."""


def look(profile: Profile, inspection_id: str, clock: Clock) -> Order:
    """Return what an order to destroy an inspection would say now, with its area and theme.

    Raises:
        NotFoundError: the profile has no inspection with that id.
        AlreadyOpenError: it is open.

    """
    folder = own_folder(profile, inspection_id)
    unreadable = bring_in_order(profile, inspection_id)
    return gather(profile, folder, Wish(names_area=True), clock, unreadable).order


def destroy(
    profile: Profile, inspection_id: str, wish: Wish, clock: Clock, step: Step = _no_step
) -> Disposal:
    """Destroy this laptop's copy of an inspection for good; return what is known of it.

    Raises:
        NotFoundError: the profile has no inspection with that id.
        AlreadyOpenError: it is open.
        InvalidInputError: it is to be kept until a day that is not over.
        StoreError: the disk refused, and the sentence says whether it has begun; or another
            window is destroying one or changing keys.

    """
    folder = own_folder(profile, inspection_id)
    unreadable = bring_in_order(profile, inspection_id)
    course = _course(profile, clock, step)
    # Of all disposals and changes of keys one at a time: else two would write down what is true.
    with locked(profile.folder):
        require_current(profile.folder, profile.master)
        course.records.prepare()
        _finish_all(course)
        ordered = _order(course, profile, folder, wish, unreadable)
        return carry_out(course, ordered, is_resumed=False)


def certified(profile: Profile, inspection_id: str = "") -> list[Disposal]:
    """Return what certificates can be written of again: one inspection, or all, oldest first.

    Raises:
        NotFoundError: no such inspection was destroyed in this profile.
        DamagedFileError: what was kept of it can't be read.

    """
    records = DisposalRecords(profile.folder, profile.master)
    if not inspection_id:
        return records.complete()
    held = records.read(inspection_id)
    if held.stage is not Stage.COMPLETE:
        raise NotFoundError(
            "The destruction of that inspection is not complete. Unlock the profile again to go "
            "on with it.",
            inspection_id,
        )
    return [held]


def finish_destroying(profile: Profile, clock: Clock) -> list[str]:
    """Go on with what was interrupted; return what the user has to be told, in sentences.

    Called at every unlocking, under the keyring's lock. An inspection whose destruction was
    ordered and never begun is as it was, and the order is forgotten.
    """
    course = _course(profile, clock, _no_step)
    try:
        if not _waiting(course.inspections) and not course.records.ids():
            return []
        course.records.prepare()
        return [_FINISHED.format(one) for one in _finish_all(course)]
    except (SiteweekError, OSError):
        return [_NOT_FINISHED]


def _order(course: Course, profile: Profile, folder: Path, wish: Wish, unreadable: str) -> Disposal:
    """Write the order down, and put the inspection out of use."""
    held = lock.acquire(folder)
    try:
        seen = gather(profile, folder, wish, course.clock, unreadable)
        require_due(seen.order, wish, course.clock)
        ordered = seen.signed
        # If the disk is full, the room that was kept for words is wanted for the order.
        reserve.give_up(folder)
        course.step("write the order down")
        course.records.write(ordered)
        if os.name == "nt":
            held.release()  # Windows renames no folder in which a file is open
        put_out_of_use(course, folder)
    finally:
        held.release()
    _clear_outside(profile.folder, seen)
    return ordered


def _clear_outside(profile: Path, seen: Seen) -> None:
    """Remove what lies outside the inspection’s folder and is of no use without it."""
    sweep_outside()  # attachments that a run which has ended left in the open
    if seen.keys is not None:
        # Words that waited outside the store can't be read without its key, and go with it.
        with suppress(OSError):
            Refuge((profile, *refuges()), seen.keys).discard()


def _finish_all(course: Course) -> list[str]:
    """Finish every disposal that was begun, forget orders that never were; return their ids."""
    finished: list[str] = []
    waiting = _waiting(course.inspections)
    for one in waiting:
        carry_out(course, _kept(course.records, one), is_resumed=True)
        finished.append(one)
    for one in course.records.ids():
        if one in waiting:
            continue
        try:
            kept = course.records.read(one)
        except DamagedFileError:
            continue
        if kept.stage is Stage.KEYS_DESTROYED:
            outcome = replace(kept.outcome, was_interrupted=True)
            complete(course, replace(kept, outcome=outcome))
            finished.append(one)
        elif kept.stage is Stage.ORDERED:
            course.records.forget(one)
    return finished


def _kept(records: DisposalRecords, inspection_id: str) -> Disposal:
    """Return what was ordered, or that nobody can tell any more what it was."""
    try:
        return records.read(inspection_id)
    except (NotFoundError, DamagedFileError):
        return Disposal(Order(inspection_id, unreadable="What was ordered could not be read."))


def _waiting(inspections: Path) -> list[str]:
    if not inspections.is_dir():
        return []
    found = (_WAITING.fullmatch(one.name) for one in inspections.iterdir())
    return sorted(one[1] for one in found if one is not None)


def _course(profile: Profile, clock: Clock, step: Step) -> Course:
    return Course(profile.folder, DisposalRecords(profile.folder, profile.master), clock, step)

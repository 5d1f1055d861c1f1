"""The steps of a disposal that was ordered: keys, files, proof. Each may be done again.

After each is done, and no sooner, it is written down; so whatever is interrupted goes on where it
was, and nothing says that keys are gone while one is left.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.crypto.files import flush_folder
from app.domain.disposal import Disposal, Stage
from app.errors import StoreError
from app.operations.disposal_order import local, utc
from app.operations.profile import INSPECTIONS
from app.store import erasing
from app.store.places import DESTROYING, DISPOSED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.clock import Clock
    from app.operations.disposal_records import DisposalRecords
    from app.store.erasing import Step


@dataclass(frozen=True, slots=True)
class Course:
    """Where a disposal goes on: the profile's folder, what is kept of it, and by which clock."""

    profile: Path
    records: DisposalRecords
    clock: Clock
    step: Step

    @property
    def inspections(self) -> Path:
        """The folder of all inspections."""
        return self.profile / INSPECTIONS


def put_out_of_use(course: Course, folder: Path) -> None:
    """Give the folder the name from which nothing comes back. This is the one step that decides.

    Raises:
        StoreError: it was refused, and nothing was destroyed.

    """
    course.step("rename the folder")
    try:
        folder.replace(folder.with_name(folder.name + DESTROYING))
    except OSError as problem:
        raise StoreError(
            f"The inspection could not be put out of use ({os.strerror(problem.errno or 0)}): it "
            "may be open in another program. Nothing was destroyed."
        ) from None


def carry_out(course: Course, one: Disposal, *, is_resumed: bool) -> Disposal:
    """Do all that is left of a disposal whose folder was put out of use; return it complete.

    Raises:
        StoreError: the disk refused; it goes on at the next unlocking.

    """
    folder = course.inspections / (one.order.inspection + DESTROYING)
    outcome = replace(one.outcome, was_interrupted=one.outcome.was_interrupted or is_resumed)
    one = replace(one, outcome=outcome)
    try:
        course.step("flush the new name")
        flush_folder(course.inspections)
        erasing.open_up(folder)
        if one.stage is Stage.ORDERED:
            one = _destroy_keys(course, folder, one)
        erasing.remove_tree(folder, course.step)
        course.step("flush the inspections")
        flush_folder(course.inspections)
    except OSError as problem:
        what = "its keys are gone" if one.stage is Stage.KEYS_DESTROYED else "its keys remain"
        raise StoreError(
            f"The inspection is put out of use, but not all of it could be removed yet "
            f"({os.strerror(problem.errno or 0)}); {what}. It goes on at the next unlocking."
        ) from None
    return complete(course, one)


def complete(course: Course, one: Disposal) -> Disposal:
    """Look for what is left, and write down that the disposal is complete.

    Raises:
        StoreError: it could not be written down; that is done at the next unlocking.

    """
    now = course.clock.now()
    outcome = replace(
        one.outcome,
        finished_at=utc(now),
        finished_local=local(now),
        left=tuple(traces(course.profile, one.order.inspection)),
    )
    done = replace(one, outcome=outcome)
    course.step("write down that it is complete")
    course.records.write(done)
    return done


def traces(profile: Path, inspection_id: str) -> list[str]:
    """Return what still bears the inspection's id in the profile and the temporary folder.

    Names are looked at, and in the profile whether a file says it is this inspection's key file.
    """
    found: list[str] = []
    closed: list[Path] = []
    for path, about in _outside(profile, inspection_id, closed.append):
        if inspection_id in path.name or erasing.is_key_of(
            path, about, bytes.fromhex(inspection_id)
        ):
            found.append(path.relative_to(profile).as_posix())
    found += [f"not looked into: {one.relative_to(profile).as_posix()}" for one in closed]
    found += [
        f"{INSPECTIONS}/{name}"
        for name in (inspection_id, inspection_id + DESTROYING)
        if os.path.lexists(profile / INSPECTIONS / name)
    ]
    with suppress(OSError):
        places = sorted(Path(tempfile.gettempdir()).iterdir())
        found += [f"temporary folder: {one.name}" for one in places if inspection_id in one.name]
    return found


def _destroy_keys(course: Course, folder: Path, one: Disposal) -> Disposal:
    """Destroy every key file of the inspection that lies in the profile, and look again."""
    keys = erasing.key_files(folder) if os.path.lexists(folder) else []
    keys += _strays(course.profile, one.order.inspection)
    not_overwritten = sum(not erasing.erase_key(key, course.step) for key in keys)
    if os.path.lexists(folder) and erasing.key_files(folder):
        raise OSError
    outcome = replace(
        one.outcome,
        keys_destroyed_at=utc(course.clock.now()),
        not_overwritten=one.outcome.not_overwritten + not_overwritten,
    )
    done = replace(one, outcome=outcome)
    course.step("write down that the keys are gone")
    course.records.write(done)
    return done


def _strays(profile: Path, inspection_id: str) -> list[Path]:
    """Return copies of the key file that somebody put elsewhere in the profile."""
    wanted = bytes.fromhex(inspection_id)
    return [
        path
        for path, about in _outside(profile, inspection_id, lambda _closed: None)
        if erasing.is_key_of(path, about, wanted)
    ]


def _outside(
    profile: Path, inspection_id: str, refused: Callable[[Path], None]
) -> Iterator[tuple[Path, os.stat_result]]:
    """Yield the profile's files but for the inspection's own folder and what is kept of it.

    A folder of that id can be there again: put back by somebody, from a copy. It is whole, and
    nobody has ordered that it be destroyed.
    """
    own = (
        profile / DISPOSED,
        *(profile / INSPECTIONS / f"{inspection_id}{end}" for end in ("", DESTROYING)),
    )
    for path, about in erasing.every_file(profile, refused):
        if not any(path.is_relative_to(one) for one in own):
            yield path, about

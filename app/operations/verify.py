"""Whether an inspection is whole, and making anew what can be made from its changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.errors import StoreError
from app.operations.keys import open_keys
from app.store.integrity import Integrity, Part, State, check
from app.store.rebuild import rebuild

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain.changes import Changes
    from app.operations.profile import Profile
    from app.operations.work import Work

__all__ = ["Integrity", "Part", "State", "rebuild_derived", "verify"]


def verify(
    profile: Profile,
    inspection_id: str,
    progress: Callable[[str, int, int], None] = lambda _part, _done, _total: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Integrity:
    """Ask every part of an inspection whether it is whole; nothing is changed.

    ``progress`` is told which part comes next, and how many of how many are done.

    Raises:
        NotFoundError: the profile has no inspection with that id.
        DamagedFileError: its key file doesn't open.
        StoreError: it is being written just now, or there is no room to check it.

    """
    folder = profile.folder_of(inspection_id)
    keys = open_keys(folder, bytes.fromhex(inspection_id), profile.master)
    return check(folder, keys, progress, is_cancelled)


def rebuild_derived(
    profile: Profile,
    inspection_id: str,
    progress: Callable[[str, int, int], None] = lambda _part, _done, _total: None,
) -> Integrity:
    """Make records and search anew from the changes, where they alone are wrong; check again.

    Raises:
        StoreError: more is wrong, so nothing was made anew; or as ``verify``.
        AlreadyOpenError: the inspection is open elsewhere.

    """
    found = verify(profile, inspection_id, progress)
    if found.is_whole:
        return found
    if not found.only_derived_differs:
        wrong = ", ".join(one.name for one in found.parts if one.state is not State.FINE)
        raise StoreError(
            f"More is damaged than can be made anew ({wrong}), so nothing was changed. Restore a "
            "backup, or get everything readable out with: siteweek salvage"
        )
    inspection = profile.open_inspection(inspection_id)
    try:
        inspection.do(_rebuilt)
    finally:
        inspection.close()
    return verify(profile, inspection_id, progress)


def _rebuilt(work: Work) -> Changes:
    rebuild(work.records)
    return work.changes()

"""Destroying a whole profile on this laptop: every inspection, then what opens the profile."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from app.crypto.files import flush_folder
from app.errors import StoreError
from app.operations.certificates import write_certificate
from app.operations.disposal import certified, destroy, look
from app.operations.disposal_order import require_due
from app.operations.profile import INSPECTIONS
from app.operations.unlocking import KEYRING
from app.store import erasing
from app.store.places import DISPOSED

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.clock import Clock
    from app.operations.disposal_order import Wish
    from app.operations.profile import Profile
    from app.store.erasing import Step

# What Siteweek puts into a profile's folder. Nothing else goes: it may be a folder of the user's.
_BESIDE: Final = ("", ".new", ".next", ".next.new", ".lock")
_KEYRINGS: Final = frozenset(KEYRING + ending for ending in _BESIDE)
_ATTEMPTS: Final = frozenset("attempts" + ending for ending in _BESIDE)
_OURS: Final = _KEYRINGS | _ATTEMPTS | {INSPECTIONS, DISPOSED}


def destroy_profile(
    profile: Profile,
    wish: Wish,
    clock: Clock,
    certificates: Path,
    forget_pepper: Callable[[], None] = lambda: None,
    step: Step = lambda _what: None,
) -> list[Path]:
    """Destroy every inspection, write the certificates, then destroy what opens the profile.

    ``forget_pepper`` removes what the computer's key store keeps for the profile, once nothing
    is left that it would open. Returns the certificates; the profile is locked then.

    Raises:
        SiteweekError: an inspection could not be destroyed, or its certificate not be written.
            The profile still opens, with the inspections that are left.

    """
    rows = profile.inspections()
    for row in rows:
        # Asked of all before the first goes: one that is open or to be kept stops everything.
        require_due(look(profile, row.id, clock), wish, clock)
    for row in rows:
        destroy(profile, row.id, wish, clock, step)
    # Of those that went earlier too: what the profile keeps of them goes with it.
    written = [file for one in certified(profile) for file in write_certificate(one, certificates)]
    _destroy_keyring(profile.folder, step)
    profile.close()
    forget_pepper()
    _remove_rest(profile.folder, step)
    return written


def left_in(folder: Path) -> list[str]:
    """Return the names of what is left in a profile's folder: nothing of it is Siteweek's."""
    try:
        return sorted(one.name for one in folder.iterdir())
    except FileNotFoundError:
        return []


def _destroy_keyring(folder: Path, step: Step) -> None:
    try:
        for path in sorted(folder.iterdir()):
            if path.name in _KEYRINGS and stat.S_ISREG(path.lstat().st_mode):
                erasing.erase_key(path, step)
    except OSError as problem:
        raise StoreError(
            f"All inspections are destroyed, but the profile’s own key could not be removed "
            f"({os.strerror(problem.errno or 0)}). Try again."
        ) from None


def _remove_rest(folder: Path, step: Step) -> None:
    try:
        for path in sorted(folder.iterdir()):
            if path.name in _OURS:
                about = path.lstat()
                if erasing.is_folder(about):
                    erasing.open_up(path)
                    erasing.remove_tree(path, step)
                else:
                    erasing.remove_file(path, about)
        flush_folder(folder)
    except OSError as problem:
        raise StoreError(
            f"The profile’s keys are gone, but not every file could be removed "
            f"({os.strerror(problem.errno or 0)}). Nothing in them can be read: remove the folder."
        ) from None
    with suppress(OSError):
        folder.rmdir()  # unless something of the user's own lies there

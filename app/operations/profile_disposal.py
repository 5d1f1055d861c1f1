"""Destroying a whole profile on this laptop: every inspection, then what opens the profile."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.crypto import keyring
from app.crypto.files import flush_folder
from app.errors import KeyStoreError, StoreError
from app.operations.certificates import write_certificate
from app.operations.disposal import certified, destroy, look
from app.operations.disposal_order import require_due
from app.operations.key_store import KeyStore, SystemKeyStore, name_of
from app.operations.keyring_file import KEYRING, locked, read_keyring
from app.operations.profile import INSPECTIONS
from app.operations.throttle import ATTEMPTS
from app.store import erasing
from app.store.places import DISPOSED, OWNER

if TYPE_CHECKING:
    from pathlib import Path

    from app.clock import Clock
    from app.crypto.keyring import KeyringSummary
    from app.operations.disposal_order import Wish
    from app.operations.profile import Profile
    from app.store.erasing import Step

# What Siteweek puts into a profile's folder. Nothing else goes: it may be a folder of the user's.
_BESIDE: Final = ("", ".new", ".next", ".next.new", ".lock")
_KEYRINGS: Final = frozenset(KEYRING + ending for ending in _BESIDE)
_ATTEMPTS: Final = frozenset(ATTEMPTS + ending for ending in _BESIDE)
_OWNER: Final = frozenset({OWNER, f"{OWNER}.new"})
_OURS: Final = _KEYRINGS | _ATTEMPTS | _OWNER | {INSPECTIONS, DISPOSED}


@dataclass(frozen=True, slots=True)
class Destroyed:
    """The certificates of a profile that was destroyed, and what else has to be told."""

    certificates: tuple[Path, ...]
    problem: str = ""


def destroy_profile(
    profile: Profile,
    wish: Wish,
    clock: Clock,
    certificates: Path,
    key_store: KeyStore | None = None,
    step: Step = lambda _what: None,
) -> Destroyed:
    """Destroy every inspection, write the certificates, then destroy what opens the profile.

    The profile is locked afterwards.

    Raises:
        SiteweekError: an inspection is open or to be kept, could not be destroyed, or its
            certificate not be written. The profile still opens, with the inspections that are left.

    """
    rows = profile.inspections()
    for row in rows:
        # Asked of all before the first goes: one that is open or to be kept stops everything.
        require_due(look(profile, row.id, clock), wish, clock)
    summary = keyring.summarise(read_keyring(profile.folder))
    for row in rows:
        destroy(profile, row.id, wish, clock, step)
    # Of those that went earlier too: what the profile keeps of them goes with it.
    written = [file for one in certified(profile) for file in write_certificate(one, certificates)]
    with locked(profile.folder):
        _destroy_keyring(profile.folder, step)
    profile.close()
    _remove_rest(profile.folder, step)
    problem = _forget_secret(summary, key_store) if summary.uses_pepper else ""
    return Destroyed(tuple(written), problem)


def _forget_secret(summary: KeyringSummary, key_store: KeyStore | None) -> str:
    try:
        (key_store or SystemKeyStore()).remove(name_of(summary.vault_id))
    except KeyStoreError:
        return (
            "The secret that this computer’s key store kept for the profile could not be removed "
            "from it. It opens nothing any more."
        )
    return ""


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

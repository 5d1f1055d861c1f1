"""The keys that salvage reads with, out of whatever key files are left and open.

The folder may be a copy on a stick. Copies of key files from elsewhere can be named; nothing of
any of them is written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from app.crypto import store_key
from app.crypto.files import read_key_file
from app.crypto.inspection_keys import InspectionKeys
from app.crypto.keyring import MOST_BYTES, summarise
from app.crypto.keyring_rescue import rescue_with_passphrase, rescue_with_recovery
from app.crypto.passphrase import RELEASE_STRETCHER
from app.crypto.recovery_text import from_text
from app.errors import DamagedFileError, InvalidInputError, NewerVersionError, SiteweekError
from app.operations.profile import INSPECTIONS
from app.operations.unlocking import pepper_for
from app.store.places import STORE
from app.store.salvage.inventory import key_files

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from app.crypto.keys import MasterKey, Pepper
    from app.crypto.passphrase import Stretcher
    from app.crypto.store_key import Head

_ID: Final = re.compile(r"[0-9a-f]{32}")
_ID_AT: Final = len(store_key.MAGIC) + 1
# Where the sealed key ends: what follows only says which change was the newest.
_SEALED_END: Final = 85
_WHOLE: Final = 157


@dataclass(frozen=True, slots=True)
class Secret:
    """What opens a profile: its passphrase, or its recovery key as it is written on paper."""

    passphrase: str = ""
    recovery: str = ""
    stretcher: Stretcher = RELEASE_STRETCHER


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one inspection, likeliest first, and what the key files say.

    ``head`` is the newest change that a sound key file remembers, if there is one.
    """

    found: tuple[InspectionKeys, ...]
    head: Head | None
    remarks: tuple[str, ...] = ()


@dataclass(slots=True)
class _Found:
    keys: list[InspectionKeys] = field(default_factory=list)
    heads: list[Head] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def open_master(keyring: Path, secret: Secret) -> tuple[MasterKey, list[str]]:
    """Return the profile's master key, and remarks on the state of its keyring.

    Raises:
        SiteweekError: nothing given opens it.

    """
    content = read_key_file(keyring, MOST_BYTES)
    if secret.recovery:
        master, is_sound = rescue_with_recovery(content, from_text(secret.recovery))
    else:
        master, is_sound = rescue_with_passphrase(
            content, secret.passphrase, pepper=_pepper(content), stretcher=secret.stretcher
        )
    if is_sound:
        return master, []
    return master, ["The profile’s keyring is damaged, but the part that was used opened."]


def _pepper(content: bytes) -> Pepper | None:
    try:
        return pepper_for(summarise(content), None)
    except DamagedFileError:
        return None  # a damaged keyring says too little; its recovery key needs none


def open_keys(
    folder: Path, inspection_id: bytes, master: MasterKey, outside: Sequence[Path] = ()
) -> Keys:
    """Return all the keys that the inspection's key files, or copies of them, give.

    Raises:
        DamagedFileError: none of them opens, so nothing can be read.

    """
    found = _Found()
    for path in (*outside, *key_files(folder)):
        try:
            _take(found, path, inspection_id, master)
        except NewerVersionError:
            raise
        except SiteweekError as problem:
            found.remarks.append(problem.sentence)
    if not found.keys:
        raise DamagedFileError(
            "None of this inspection’s key files opens, and without one nothing can be read. "
            "Nothing was changed. If there is a copy of store.key elsewhere, name it with "
            "--store-key-file."
        )
    newest = max(found.heads, key=lambda one: one.count, default=None)
    return Keys(tuple(found.keys), newest, tuple(found.remarks))


def _take(found: _Found, path: Path, inspection_id: bytes, master: MasterKey) -> None:
    content = read_key_file(path, store_key.MOST_BYTES)
    try:
        opened = store_key.unlock(content, inspection_id, master)
        key = opened.key
        found.heads.append(opened.head)
    except DamagedFileError:
        key = store_key.rescue(_mended(content, inspection_id), inspection_id, master)
        found.remarks.append(
            f"The key file {path.name} is damaged, but the key in it opened. What it remembered "
            "of the newest change can’t be believed."
        )
    keys = InspectionKeys(inspection_id, key)
    if keys not in found.keys:
        found.keys.append(keys)


def _mended(content: bytes, inspection_id: bytes) -> bytes:
    """Return a key file whose beginning and length are what they have to be."""
    header = store_key.MAGIC + bytes([store_key.VERSION]) + inspection_id
    return header + content[len(header) : _SEALED_END].ljust(_WHOLE - len(header), b"\0")


def inspections_in(folder: Path, wanted: str = "") -> dict[str, Path]:
    """Return the folders of the inspections in a profile, or the one that this folder is, by id.

    Raises:
        InvalidInputError: there is none, none of that id, or nobody can tell which it is.

    """
    inside = folder / INSPECTIONS
    if inside.is_dir():
        found = {one.name: one for one in sorted(inside.iterdir()) if _ID.fullmatch(one.name)}
        if wanted:
            found = {name: one for name, one in found.items() if name == wanted}
    else:
        found = _the_one(folder, wanted)
    if not found:
        raise InvalidInputError(
            f"There is no inspection {wanted or 'to salvage'} in {folder}. Name a profile’s "
            "folder, or the folder of one inspection with --keyring-file and --inspection.",
            "folder",
        )
    return found


def _the_one(folder: Path, wanted: str) -> dict[str, Path]:
    if wanted:
        return {wanted: folder} if _ID.fullmatch(wanted) else {}
    if _ID.fullmatch(folder.resolve().name):
        return {folder.resolve().name: folder}
    for path in key_files(folder):
        try:
            written = read_key_file(path, store_key.MOST_BYTES)[_ID_AT : _ID_AT + 16]
        except SiteweekError:
            continue
        if len(written) == store_key.INSPECTION_ID_SIZE and (folder / STORE).parent.is_dir():
            return {written.hex(): folder}
    return {}

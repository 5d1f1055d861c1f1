"""What a profile keeps of the inspections that were destroyed in it: one sealed file each.

Written when a disposal is ordered, once its keys are gone, and once it is complete; so after any
interruption it says no more than what is true. From it a certificate can be issued again.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from app.crypto import disposal as sealing
from app.crypto.files import flush_folder, read_key_file, write_key_file
from app.domain.disposal import Disposal, Stage, from_plain
from app.domain.revisions import canonical
from app.errors import DamagedFileError, NotFoundError, StoreError
from app.store.places import DISPOSED, OWNER_ONLY_FOLDER

if TYPE_CHECKING:
    from pathlib import Path

    from app.crypto.keys import MasterKey

_NAME: Final = re.compile(r"([0-9a-f]{32})\.([0-9a-f]{8})")


class DisposalRecords:
    """The records of one profile that its master key opens."""

    def __init__(self, profile_folder: Path, master: MasterKey) -> None:
        """Look at nothing yet."""
        self.folder = profile_folder / DISPOSED
        self._master = master
        self._tag = sealing.name_of(master)

    def prepare(self) -> None:
        """Make the folder.

        Raises:
            StoreError: it can't be made.

        """
        try:
            self.folder.mkdir(mode=OWNER_ONLY_FOLDER, exist_ok=True)
            # Else a power cut could take all that is kept here, and leave what was destroyed gone.
            flush_folder(self.folder.parent)
        except OSError as problem:
            raise StoreError(
                f"The profile’s folder could not be written ({problem.strerror}). Nothing was "
                "destroyed."
            ) from None

    def write(self, one: Disposal) -> None:
        """Keep a disposal as it now stands, durably, in place of what was kept of it before.

        Raises:
            StoreError: it could not be written; what was kept before is as it was.

        """
        inspection = one.order.inspection
        plain = canonical(one.plain()).encode()
        sealed = sealing.seal(plain, bytes.fromhex(inspection), self._master)
        write_key_file(self._path(inspection), sealed)

    def read(self, inspection_id: str) -> Disposal:
        """Return what is kept of a disposal.

        Raises:
            NotFoundError: nothing is.
            DamagedFileError: it can't be opened.

        """
        path = self._path(inspection_id)
        if _NAME.fullmatch(path.name) is None or not path.exists():
            raise NotFoundError(
                f"No inspection with the id {inspection_id!r} was destroyed in this profile.",
                inspection_id,
            )
        sealed = read_key_file(path, sealing.MOST_BYTES)
        plain = sealing.unseal(sealed, bytes.fromhex(inspection_id), self._master)
        try:
            return from_plain(json.loads(plain))
        except (KeyError, TypeError, ValueError):
            raise DamagedFileError(
                "What was kept of a destroyed inspection was written by another version of "
                "Siteweek. Nothing was changed. Use the certificate that was written then."
            ) from None

    def ids(self) -> list[str]:
        """Return the ids of the inspections of which something is kept, oldest first."""
        if not self.folder.is_dir():
            return []
        found = (_NAME.fullmatch(one.name) for one in self.folder.iterdir())
        return sorted(one[1] for one in found if one is not None and one[2] == self._tag)

    def complete(self) -> list[Disposal]:
        """Return every disposal that was completed and can be read, oldest first."""
        held: list[Disposal] = []
        for one in self.ids():
            try:
                kept = self.read(one)
            except DamagedFileError:
                continue
            if kept.stage is Stage.COMPLETE:
                held.append(kept)
        return held

    def forget(self, inspection_id: str) -> None:
        """Take an order back that never began."""
        self._path(inspection_id).unlink(missing_ok=True)

    def seal_again(self, new: MasterKey) -> None:
        """Seal every record under another master key too, before that one takes effect.

        Raises:
            StoreError: one could not be written.

        """
        again = DisposalRecords(self.folder.parent, new)
        for one in self.ids():
            try:
                again.write(self.read(one))
            except DamagedFileError:
                continue

    def drop_others(self) -> None:
        """Remove what is sealed under other master keys, once this one has taken effect.

        What can't be removed does no harm: nobody asks for it any more.
        """
        if self.folder.is_dir():
            for one in self.folder.iterdir():
                name = _NAME.fullmatch(one.name)
                if name is not None and name[2] != self._tag:
                    with suppress(OSError):
                        one.unlink()

    def _path(self, inspection_id: str) -> Path:
        return self.folder / f"{inspection_id}.{self._tag}"

"""The keys of an inspection: made with its folder, and opened from the key file in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.crypto import store_key
from app.crypto.files import read_key_file, write_key_file
from app.crypto.inspection_keys import InspectionKeys
from app.store.places import KEY_FILE

if TYPE_CHECKING:
    from pathlib import Path

    from app.crypto.keys import MasterKey


def make_keys(folder: Path, inspection_id: bytes, master: MasterKey) -> InspectionKeys:
    """Draw new keys for an inspection and put their file into its folder.

    Raises:
        StoreError: the file could not be written.

    """
    sealed, key = store_key.create(inspection_id, master)
    write_key_file(folder / KEY_FILE, sealed)
    return InspectionKeys(inspection_id, key)


def open_keys(folder: Path, inspection_id: bytes, master: MasterKey) -> InspectionKeys:
    """Open the key file of an inspection. Whether its head is sound is for the store to say.

    Raises:
        DamagedFileError: missing, cut, of another inspection or profile, or its seal is altered.
        NewerVersionError: a newer Siteweek made it.

    """
    sealed = read_key_file(folder / KEY_FILE, store_key.MOST_BYTES)
    return InspectionKeys(inspection_id, store_key.rescue(sealed, inspection_id, master))

"""An inspection's key file as the open store uses it: the newest head, outside the database.

A database put back from yesterday, or a log that lost its end, passes every check of its own.
Only something that lies apart from it can tell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.crypto import store_key
from app.crypto.files import read_key_file, write_key_file
from app.errors import DamagedFileError

if TYPE_CHECKING:
    from pathlib import Path

    from app.crypto.inspection_keys import InspectionKeys
    from app.crypto.store_key import Head


class KeyFile:
    """The head in ``store.key``. Written by the one thread that writes the store."""

    def __init__(self, path: Path, keys: InspectionKeys) -> None:
        """Read the file.

        Raises:
            DamagedFileError: it can't be read or isn't a key file at all.

        """
        self._path, self._keys = path, keys
        self._content = read_key_file(path, store_key.MOST_BYTES)
        self.head: Head | None = None  # None: nobody can vouch for what stands there
        try:
            self.head = store_key.read_head(self._content, keys.inspection_id, keys.store)
        except DamagedFileError:
            # The seal opened, or nobody would hold the keys: the head alone is in doubt.
            store_key.set_head(self._content, keys.inspection_id, keys.store, store_key.EMPTY_HEAD)

    def advance(self, head: Head) -> None:
        """Put a newer head in place, durably; the same one does nothing.

        Raises:
            StoreError: it isn't newer, or could not be written; the file is as it was.

        """
        if head == self.head:
            return
        replaced = store_key.replace_head(
            self._content, self._keys.inspection_id, self._keys.store, head
        )
        self._write(replaced, head)

    def put_back(self, head: Head) -> None:
        """Put a head in place that may be older, once the user is told so.

        Raises:
            StoreError: it could not be written; the file is as it was.

        """
        replaced = store_key.set_head(
            self._content, self._keys.inspection_id, self._keys.store, head
        )
        self._write(replaced, head)

    def _write(self, content: bytes, head: Head) -> None:
        write_key_file(self._path, content)
        self._content, self.head = content, head

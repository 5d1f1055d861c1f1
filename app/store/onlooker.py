"""A store that somebody else is writing, opened to be read alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn, TypeVar

from app.errors import AlreadyOpenError, StoreError
from app.store import engine
from app.store.blobs import Blobs
from app.store.migrate import is_current
from app.store.places import BLOBS
from app.store.readers import Readers

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from datetime import timedelta
    from pathlib import Path

    from app.crypto.inspection_keys import InspectionKeys
    from app.store.backups import Counted
    from app.store.reader import Reader
    from app.store.transaction import Transaction

Result = TypeVar("Result")


class Onlooker:
    """Reads what another window or command has saved. It never writes and needs no lock."""

    def __init__(self, folder: Path, keys: InspectionKeys) -> None:
        """Open the store for reading.

        Raises:
            DamagedFileError: these keys don't open it.
            NewerVersionError: a newer Siteweek has used it.
            StoreError: it has not been brought up to date yet.

        """
        engine.engine_versions()
        self._readers = Readers(folder, keys)
        if not self._readers.read(lambda reader: is_current(reader.connection)):
            self._readers.close()
            raise StoreError(
                "This inspection has not been brought up to date yet. Nothing was changed. Close "
                "it where it is open, then try again."
            )
        self.keys = keys
        self.blobs = Blobs(folder / BLOBS, keys.inspection_id)
        self.notices: list[str] = []

    def read(self, run: Callable[[Reader], Result]) -> Result:
        """Run a function over one snapshot."""
        return self._readers.read(run)

    def write(self, _run: Callable[[Transaction], Result]) -> Future[Result]:
        """Refuse.

        Raises:
            AlreadyOpenError: always.

        """
        return _refuse()

    def back_up(self) -> Counted:
        """Refuse, as ``write`` does."""
        return _refuse()

    def back_up_if_due(self, _after: timedelta) -> bool:
        """Do nothing: whoever writes makes the backups."""
        return False

    def close(self) -> None:
        """Close the reading connections."""
        self._readers.close()


def _refuse() -> NoReturn:
    raise AlreadyOpenError(
        "This inspection is open in another window or command of Siteweek, so it can only be read "
        "here. Nothing was changed."
    )

"""An unlocked profile: the inspections under it, listed, created, taken in and opened.

Everything here is slow (key derivation, disk): it runs away from the interface thread.
"""

from __future__ import annotations

import contextlib
import re
import shutil
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from uuid6 import uuid7

from app.crypto.files import flush_folder
from app.domain.closures import standing
from app.errors import (
    AlreadyOpenError,
    DamagedFileError,
    NotFoundError,
    SiteweekError,
    StoreError,
)
from app.operations.closing import due_for_disposal
from app.operations.exchange import take_in
from app.operations.inspection import Inspection
from app.operations.keyring_file import KEYRING, locked, require_current
from app.operations.keys import make_keys, open_keys
from app.operations.settling import is_settled, settle
from app.store.glance import glance
from app.store.onlooker import Onlooker
from app.store.places import INVITATION, OWNER_ONLY_FILE, OWNER_ONLY_FOLDER, STORE
from app.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from app.clock import Clock
    from app.crypto.keys import MasterKey
    from app.domain.changes import Changes
    from app.domain.revisions import Json
    from app.interchange.inspection_json import Document
    from app.operations.work import Work

INSPECTIONS: Final = "inspections"
_ID: Final = re.compile(r"[0-9a-f]{32}")
_UNFINISHED: Final = ".unfinished"
INVENTED: Final = "invented"  # remembered in an inspection that comes with the app


@dataclass(frozen=True, slots=True)
class InspectionRow:
    """An inspection as a list shows it; ``problem`` says why it can't be opened, if it can't."""

    id: str
    area: str = ""
    theme: str = ""
    fieldwork_from: str = ""
    fieldwork_to: str = ""
    marking: str = ""
    problem: str = ""
    closed_at: str = ""
    keep_until: str = ""
    is_due: bool = False  # the day until which it is to be kept is over, by this laptop's clock
    is_invented: bool = False  # the one that comes with the app
    waits_for: str = ""  # "admission" to its team, then "notes" of the team; nothing if it is there

    def plain(self) -> dict[str, str | bool]:
        """Return it as plain values, for JSON."""
        return asdict(self)


class Profile:
    """An unlocked profile. Close it to forget its key."""

    def __init__(self, folder: Path, master: MasterKey, clock: Clock) -> None:
        """Serve the inspections under a folder with the key that opens them."""
        self.folder = folder
        self._master: MasterKey | None = master
        self._clock = clock
        self.notices: list[str] = []  # sentences the user has to be told, oldest first

    def inspections(self) -> list[InspectionRow]:
        """Return every inspection, newest first; one that can't be opened says why."""
        found = sorted(self._ids(), reverse=True)
        return [self._row(one) for one in found]

    def look_at(self, inspection_id: str) -> InspectionRow:
        """Return one inspection as the list shows it.

        Raises:
            NotFoundError: the profile has no inspection with that id.

        """
        self.folder_of(inspection_id)
        return self._row(inspection_id)

    def create_inspection(
        self,
        fields: Mapping[str, Json],
        also: Callable[[Work], object] = lambda _work: None,
    ) -> str:
        """Create an inspection with its own key and its particulars; return its id.

        ``also`` is done in the same transaction.

        Raises:
            InvalidInputError: a particular doesn't fit; nothing was created.
            StoreError: it could not be written; nothing was kept.

        """

        def begin(work: Work) -> Changes:
            made = work.add("inspection", fields)
            also(work)
            return work.changes(made)

        return self._create(lambda inspection: inspection.do(begin))

    def take_in(
        self,
        document: Document,
        progress: Callable[[int, int], None] = lambda _n, _m: None,
        also: Callable[[Work], object] = lambda _work: None,
    ) -> str:
        """Make a new inspection of a checked document; return its id. All of it or nothing.

        ``also`` is done in the same transaction.
        """

        def take(work: Work) -> Changes:
            taken = take_in(work, document, progress)
            also(work)
            return taken

        return self._create(lambda inspection: inspection.do(take))

    def make_empty(self, inspection_id: bytes) -> None:
        """Make an inspection that holds nothing, under an id that a team has given it.

        Raises:
            StoreError: there is one with that id, or it could not be written; nothing was kept.

        """
        if inspection_id.hex() in self._ids():
            raise StoreError("This inspection is in the profile already. Nothing was changed.")
        self._create(lambda _inspection: None, inspection_id)

    def open_inspection(self, inspection_id: str, *, for_reading: bool = False) -> Inspection:
        """Open an inspection for work; ``for_reading`` also while somebody else works in it.

        Raises:
            AlreadyOpenError: another window or command has it open.
            NotFoundError: the profile has no inspection with that id.
            DamagedFileError: its key or its store can't be opened.
            NewerVersionError: a newer Siteweek has used it; nothing was touched.

        """
        folder = self.folder_of(inspection_id)
        keys = open_keys(folder, bytes.fromhex(inspection_id), self.master)
        if not (folder / STORE).is_file():
            raise DamagedFileError(
                "The store of this inspection is missing. Nothing was changed. If you have a "
                "backup, restore it."
            )
        store: Store | Onlooker
        try:
            store = Store(folder, keys, self._clock)
        except AlreadyOpenError:
            if not for_reading:
                raise
            store = Onlooker(folder, keys)
        return Inspection(inspection_id, store, self._clock)

    def folder_of(self, inspection_id: str) -> Path:
        """Return the folder of an inspection.

        Raises:
            NotFoundError: the profile has no inspection with that id.
            StoreError: a rotation of keys is under way, or can't be finished here.

        """
        if inspection_id not in self._ids():
            raise NotFoundError(
                f"There is no inspection with the id {inspection_id!r} in this profile.",
                inspection_id,
            )
        self._settle(inspection_id)
        return self._inspections / inspection_id

    def folders(self) -> dict[str, Path]:
        """Return the folder of every inspection by its id, oldest first."""
        return {one: self._inspections / one for one in sorted(self._ids())}

    def settle(self) -> None:
        """Finish or undo an interrupted rotation throughout; call it under the keyring's lock.

        An inspection that can't be put in order now is left for when it is opened.
        """
        for one, folder in self.folders().items():
            with contextlib.suppress(SiteweekError):
                settle(folder, bytes.fromhex(one), self.master, self.folder / KEYRING)

    def adopt(self, master: MasterKey) -> None:
        """Go on with the master key that a rotation has put in place of the present one."""
        self._master = master

    def close(self) -> None:
        """Forget the key. Inspections opened before stay open until they are closed."""
        self._master = None

    @property
    def _inspections(self) -> Path:
        return self.folder / INSPECTIONS

    @property
    def master(self) -> MasterKey:
        """The key of the profile.

        Raises:
            StoreError: the profile was locked.

        """
        if self._master is None:
            raise StoreError("The profile is locked. Unlock it to go on.")
        return self._master

    def _ids(self) -> set[str]:
        try:
            names = [one.name for one in self._inspections.iterdir() if one.is_dir()]
        except FileNotFoundError:
            return set()
        except OSError as problem:
            raise StoreError(
                f"The profile’s folder could not be read ({problem.strerror}). Nothing was changed."
            ) from None
        return {name for name in names if _ID.fullmatch(name)}

    def _settle(self, inspection_id: str, seconds: float | None = None) -> None:
        folder = self._inspections / inspection_id
        if is_settled(folder):
            return
        with locked(self.folder, seconds):
            # With a key that is no longer the profile's, the right files would be removed.
            require_current(self.folder, self.master)
            settle(folder, bytes.fromhex(inspection_id), self.master, self.folder / KEYRING)

    def _row(self, inspection_id: str) -> InspectionRow:
        folder = self._inspections / inspection_id
        with contextlib.suppress(SiteweekError):
            self._settle(inspection_id, seconds=0)
        try:
            keys = open_keys(folder, bytes.fromhex(inspection_id), self.master)
            held = glance(folder / STORE, keys.database.raw, (INVENTED, INVITATION))
        except SiteweekError as problem:
            return InspectionRow(inspection_id, problem=problem.sentence)
        if held.inspection is None:
            asked = "admission" if held.remembered.get(INVITATION) else ""
            waits = "notes" if held.is_on_team else asked
            return InspectionRow(inspection_id, waits_for=waits)
        names = ("area", "theme", "fieldwork_from", "fieldwork_to", "marking", "keep_until")
        closed = standing(held.closures)
        return InspectionRow(
            inspection_id,
            **{name: held.inspection.text(name) for name in names},
            closed_at=closed[0].text("at") if closed else "",
            is_due=due_for_disposal(held.inspection, self._clock.now().astimezone().date()),
            is_invented=bool(held.remembered.get(INVENTED)),
        )

    def _create(self, fill: Callable[[Inspection], object], given: bytes = b"") -> str:
        made = given or uuid7().bytes
        final = self._inspections / made.hex()
        # Under another name until it is whole: an interrupted import leaves no half inspection.
        unfinished = final.with_name(final.name + _UNFINISHED)
        with folder_errors():
            unfinished.mkdir(mode=OWNER_ONLY_FOLDER, parents=True)
        try:
            keys = make_keys(unfinished, made, self.master)
            with folder_errors():
                (unfinished / STORE).touch(mode=OWNER_ONLY_FILE)
            inspection = Inspection(made.hex(), Store(unfinished, keys, self._clock), self._clock)
            try:
                fill(inspection)
            finally:
                inspection.close()
            # A rotation that began meanwhile would not know of it, and leave it without a key.
            with locked(self.folder), folder_errors():
                require_current(self.folder, self.master)
                unfinished.replace(final)
                flush_folder(final.parent)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
        return made.hex()


@contextlib.contextmanager
def folder_errors() -> Iterator[None]:
    """Turn a refusal of the profile’s folder into a sentence."""
    try:
        yield
    except OSError as problem:
        raise StoreError(
            f"The profile’s folder could not be written ({problem.strerror}). Nothing of this was "
            "kept; what was there before is unchanged."
        ) from None

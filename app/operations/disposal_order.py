"""What an order to destroy says: gathered and signed while the inspection can still be read."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import UTC
from typing import TYPE_CHECKING, Final

from app import VERSION
from app.crypto import disposal as signing
from app.domain.closures import is_past, standing
from app.domain.dates import long_date
from app.domain.disposal import Disposal, Order
from app.domain.kinds.people import CLOSURE
from app.domain.records import Record
from app.errors import (
    AlreadyOpenError,
    DamagedFileError,
    InvalidInputError,
    StoreError,
    UnsafeEngineError,
)
from app.operations.closing import name_of
from app.operations.keys import open_keys
from app.operations.work import INSPECTION, ME
from app.store import attesting, backups, device, erasing
from app.store.onlooker import Onlooker

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from app.clock import Clock
    from app.crypto.identity import Identity
    from app.crypto.inspection_keys import InspectionKeys
    from app.operations.profile import Profile
    from app.store.reader import Reader

_ATTACHMENT: Final = "attachment"


_LONGEST: Final = 1_000


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person says who orders it. ``is_early``: also before its keep-until day is over.

    Raises:
        InvalidInputError: a reason or name that is too long, or is no text.

    """

    reason: str = ""
    by: str = ""
    names_area: bool = False
    is_early: bool = False

    def __post_init__(self) -> None:
        """Refuse what a certificate can't hold."""
        for said in (self.reason, self.by):
            if len(said) > _LONGEST or any("\ud800" <= one <= "\udfff" for one in said):
                raise InvalidInputError(
                    f"A reason or a name is text of at most {_LONGEST:,} characters. Nothing was "
                    "destroyed."
                )


@dataclass(frozen=True, slots=True)
class Seen:
    """An order, and the keys that were opened for it; none for what can't be opened any more."""

    order: Order
    keys: InspectionKeys | None = None
    own: Identity | None = None

    @property
    def signed(self) -> Disposal:
        """The order as it is written down: signed if this laptop has the keys to."""
        if self.own is None:
            return Disposal(self.order)
        signature = signing.sign_order(self.own, self.order.text().encode())
        return Disposal(self.order, signature.hex())


def own_folder(profile: Profile, inspection_id: str) -> Path:
    """Return the folder of an inspection, which has to be one and no link.

    Raises:
        NotFoundError: the profile has no inspection with that id.
        StoreError: it is a link.

    """
    folder = profile.folder_of(inspection_id)
    if not erasing.is_folder(folder.lstat()):
        raise StoreError(
            "The inspection’s folder is only a link to another place. Nothing was destroyed. Put "
            "the folder itself into the profile, then try again."
        )
    return folder


def bring_in_order(profile: Profile, inspection_id: str) -> str:
    """Open and close it, so that its newest change is signed; return why that can't be.

    Raises:
        AlreadyOpenError: it is open.
        NewerVersionError: only a newer Siteweek knows what belongs to it.

    """
    try:
        profile.open_inspection(inspection_id).close()
    except (AlreadyOpenError, UnsafeEngineError):
        raise
    except (DamagedFileError, StoreError) as problem:
        return problem.sentence
    return ""


def gather(profile: Profile, folder: Path, wish: Wish, clock: Clock, unreadable: str) -> Seen:
    """Return the order, with the keys to sign it, for an inspection that was brought in order.

    Raises:
        StoreError: its folder can't be read.

    """
    now = clock.now()
    files, key_files = _listed(folder)
    order = Order(
        inspection=folder.name,
        ordered_at=utc(now),
        ordered_local=local(now),
        by=wish.by.strip(),
        reason=wish.reason.strip(),
        backups=len(backups.every(folder)),
        key_files=len(key_files),
        files=len(files),
        bytes=sum(about.st_size for _path, about in files),
        unreadable=unreadable,
        software=VERSION,
    )
    if unreadable:
        return Seen(order)
    try:
        keys = open_keys(folder, bytes.fromhex(folder.name), profile.master)
        onlooker = Onlooker(folder, keys)
    except (DamagedFileError, StoreError) as problem:
        return Seen(replace(order, unreadable=problem.sentence))
    try:
        return onlooker.read(lambda reader: _read(reader, keys, wish, order))
    finally:
        onlooker.close()


def require_due(order: Order, wish: Wish, clock: Clock) -> None:
    """Do nothing unless it is to be kept until a day that is not over by this laptop's clock.

    Raises:
        InvalidInputError: it is, and nobody said that it is to go all the same.

    """
    today = clock.now().astimezone().date()
    if order.keep_until and not wish.is_early and not is_past(order.keep_until, today):
        raise InvalidInputError(
            f"This inspection is to be kept until {long_date(order.keep_until)}. Nothing was "
            "destroyed. Change the day with siteweek keep, or say that it is to go early.",
            "keep_until",
        )


def utc(now: datetime) -> str:
    """Return an instant in UTC, to the second."""
    return now.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def local(now: datetime) -> str:
    """Return an instant by the laptop's own time, with its offset."""
    return now.astimezone().isoformat(timespec="seconds")


def _listed(folder: Path) -> tuple[list[tuple[Path, os.stat_result]], list[Path]]:
    try:
        erasing.open_up(folder)
        return list(erasing.every_file(folder)), erasing.key_files(folder)
    except OSError as problem:
        raise StoreError(
            f"The inspection’s folder could not be read ({os.strerror(problem.errno or 0)}). "
            "Nothing was destroyed."
        ) from None


def _read(reader: Reader, keys: InspectionKeys, wish: Wish, order: Order) -> Seen:
    own = device.own_identity(reader.connection, keys.identity_wrap)
    held = next(iter(reader.of_kind(INSPECTION)), Record("", INSPECTION, {}))
    me = reader.recall(ME)
    newest = attesting.newest(reader)
    counts = reader.counts()
    closed = standing(reader.of_kind(CLOSURE))
    full = replace(
        order,
        by=order.by or name_of(reader.find(me) if me else None),
        area=held.text("area") if wish.names_area else "",
        theme=held.text("theme") if wish.names_area else "",
        fieldwork_from=held.text("fieldwork_from"),
        fieldwork_to=held.text("fieldwork_to"),
        keep_until=held.text("keep_until"),
        closed_at=closed[0].text("at") if closed else "",
        records=sum(counts.values()),
        attachments=counts.get(_ATTACHMENT, 0),
        changes=newest.count,
        newest_hash=newest.hash.hex(),
        device=own.device_id,
        device_public=own.public.hex(),
        other_devices=tuple(attesting.other_devices(reader)),
    )
    return Seen(full, keys, own)

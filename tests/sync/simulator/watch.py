"""What must hold at every moment of a run, and not only at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.sync.seals import Seals
from tests.sync.simulator.oracle import DifferenceError

if TYPE_CHECKING:
    from app.crypto.envelope import Header
    from app.crypto.keys import EpochSecret
    from app.domain.revisions import Revision
    from tests.sync.simulator.disk import Disk


class Spy:
    """Passes a workshop's checks on, and says when something is opened that nobody vouched for."""

    def __init__(self, seals: Seals) -> None:
        self._seals = seals
        self._checked: set[bytes] = set()
        self.seals = Seals(self._check, self._open, seals.is_signed, seals.take_in)

    def _check(self, untrusted: bytes, public: bytes) -> None:
        self._seals.check_signature(untrusted, public)
        self._checked.add(untrusted)

    def _open(self, signed: bytes, header: Header, secret: EpochSecret) -> bytes:
        # What waits was checked when it came, perhaps before a crash.
        if signed not in self._checked:
            raise DifferenceError("something was opened before its signature was checked")
        return self._seals.open_body(signed, header, secret)


def comes_after_what_it_knows_of(disk: Disk, fresh: list[Revision]) -> None:
    """Whatever a revision was written in knowledge of is here, or never can be."""
    for revision in fresh:
        for device, number in revision.context.items():
            number = min(number, disk.limits.get(device, number))  # noqa: PLW2901 - what counts
            held = (device, number) in disk.hashes or number == 0
            if not held and not _is_withheld(disk, device):
                raise DifferenceError("a change was taken in before one that it was written after")


def deletes_little(disk: Disk, before: int, after: int) -> None:
    """Nobody deletes much at once unless a person agrees."""
    gone = before - after
    if not disk.is_new and gone > max(4, before // 20) and gone > 4:
        raise DifferenceError("much was deleted, and nobody was asked")


def _is_withheld(disk: Disk, device: str) -> bool:
    return any(header.device == device for header in disk.unreadable.values())

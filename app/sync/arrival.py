"""An envelope of revisions whose signature is its device's own: where it stands, and what to do.

It is opened here. Then the device's own chain decides, then what the team and the proofs say of the
device, then what its writer had seen; the first that speaks against it is the answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.crypto.roster import READER
from app.domain.chains import FIRST
from app.errors import NewerVersionError, RefusedEnvelopeError
from app.sync.codec import Batch, unpack
from app.sync.counting import counts_up_to, is_here, reads_from, unreadable
from app.sync.effects import (
    Accuse,
    Apply,
    Effect,
    Quarantine,
    Reason,
    Renew,
    Skip,
    Unreadable,
    Wait,
)
from app.sync.guard import deleted_in, is_much
from app.sync.waiting import park

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from app.crypto.keys import EpochSecret
    from app.crypto.roster import Member
    from app.sync.replica import Newest, Replica
    from app.sync.seals import Arrived, Seals

_NO_EPOCH: Final = 0


def opened(replica: Replica, seals: Seals, item: Arrived, secret: EpochSecret) -> Batch | Effect:
    """Return what an envelope holds, or what to do with one that can't be read.

    A fault inside is its own device's doing, since the signature is right: so it is kept.
    """
    try:
        body = seals.open_body(item.raw, item.header, secret)
        return unpack(body, item.header.device, item.header.first)
    except RefusedEnvelopeError as problem:
        return Quarantine(item.name, item.raw, item.header, problem.fault)
    except NewerVersionError:
        return park(replica, item, Wait(Reason.NEWER))


class Arrival:
    """Decides about one envelope. ``coming`` gives what else of a device waits to be deleted."""

    def __init__(
        self,
        replica: Replica,
        seals: Seals,
        item: Arrived,
        member: Member,
        *,
        coming: Callable[[str], Collection[str]],
        agreed: bool,
    ) -> None:
        """Ask how things stand at this moment."""
        self._replica, self._seals, self._item, self._member = replica, seals, item, member
        self._device = item.header.device
        self._coming, self._agreed = coming, agreed
        self._roster = replica.roster()
        self._forks = replica.forks()
        self._limits = counts_up_to(self._roster, self._forks)

    def decide(self) -> Iterator[Effect]:
        """Yield what to do."""
        item, replica, epoch = self._item, self._replica, self._item.header.epoch
        if epoch == _NO_EPOCH:
            yield self._quarantine("epoch")
            return
        secret = replica.secret(epoch)
        if secret is None:
            # A secret that should be here and isn't may still come with a change to the team.
            is_before = epoch < reads_from(replica, self._roster)
            yield Unreadable(item.name, item.header) if is_before else self._park(Reason.TEAM)
            return
        found = opened(replica, self._seals, item, secret)
        if isinstance(found, Batch):
            yield from self._place(found)
        else:
            yield found

    def _place(self, batch: Batch) -> Iterator[Effect]:
        newest = self._replica.newest(self._device)
        different = self._first_difference(batch, newest)
        is_proof = different is not None and different < self._forks.get(
            self._device, different + 1
        )
        if self._device == self._replica.present and (is_proof or batch.last > newest.number):
            yield Renew(self._device, max(batch.last, newest.number))
            # What it had not handed on was put aside with its old identity, to be written again.
            newest = self._replica.newest(self._device)
            different = self._first_difference(batch, newest)
        yield self._answer(batch, newest, different)

    def _answer(self, batch: Batch, newest: Newest, different: int | None) -> Effect:
        item = self._item
        if different is not None:
            if different >= self._forks.get(self._device, different + 1):
                return self._quarantine("fork")
            held = self._replica.envelope_with(self._device, different)
            return Accuse(self._device, different, held, item.name, item.raw, item.header)
        if batch.last <= newest.number:
            return Skip(item.name)
        return self._fault(batch) or self._take_in(batch, newest)

    def _first_difference(self, batch: Batch, newest: Newest) -> int | None:
        """Return the first number under which something else is held, or None."""
        hash_at, device = self._replica.hash_at, self._device
        before = hash_at(device, batch.first - 1) if batch.first > 1 else FIRST
        if before is not None and before != batch.previous:
            return batch.first - 1
        for number, digest in zip(
            range(batch.first, newest.number + 1), batch.hashes, strict=False
        ):
            # What lies in a gap isn't held, and can't be compared.
            if hash_at(device, number) not in {digest, None}:
                return number
        return None

    def _fault(self, batch: Batch) -> Quarantine | None:
        """Return why it can't count, whatever else arrives."""
        if self._member.role == READER:
            return self._quarantine("reader")
        limit = self._limits.get(self._device)
        # Before it is asked what is missing: what lies between may be in quarantine for the same
        # reason, and would be waited for in vain.
        if limit is not None and batch.first > limit:
            return self._quarantine("fork" if self._device in self._forks else "cut")
        if any(one.context.get(self._device, 0) >= one.dot.number for one in batch.revisions):
            return self._quarantine("context")
        return None

    def _take_in(self, batch: Batch, newest: Newest) -> Effect:
        gap = batch.first > newest.number + 1
        if gap and not self._is_bridged(newest.number):
            return self._park(Reason.EARLIER, self._device, batch.first - 1)
        unseen = self._unseen(batch)
        if unseen is not None:
            return self._park(Reason.SEEN, *unseen)
        new_from = batch.first if gap else newest.number + 1
        if not self._agreed and self._deletes_much(batch, new_from):
            return self._park(Reason.PERSON, self._device, batch.first)
        item = self._item
        return Apply(item.name, item.raw, item.header, batch, new_from, gap, self._agreed)

    def _is_bridged(self, held: int) -> bool:
        """Whether all that lies between can never be read here, and connects."""
        listed = unreadable(self._replica, self._device)
        before = {name.partition(".")[0]: header for name, header in listed}
        later = self._item.header
        while later.first > held + 1:
            earlier = before.get(later.previous.hex())
            if earlier is None or earlier.first >= later.first:
                return False
            later = earlier
        return True

    def _unseen(self, batch: Batch) -> tuple[str, int] | None:
        """Return a revision that its writer had seen and that must come before it, or None."""
        needed: dict[str, int] = {}
        for revision in batch.revisions:
            for device, number in revision.context.items():
                needed[device] = max(number, needed.get(device, 0))
        needed.pop(self._device, None)
        for device, number in sorted(needed.items()):
            if not is_here(self._replica, self._limits, device, number):
                return device, min(number, self._limits.get(device, number))
        return None

    def _deletes_much(self, batch: Batch, new_from: int) -> bool:
        replica = self._replica
        if replica.is_new or self._device in replica.own:
            return False
        gone = deleted_in(one for one in batch.revisions if one.dot.number >= new_from)
        if not gone or not replica.standing(gone):
            return False
        here = replica.standing({*gone, *self._coming(self._device)})
        lately = replica.deleted_lately(self._device)
        return is_much(here + lately, replica.size() + lately)

    def _park(self, reason: Reason, device: str = "", number: int = 0) -> Effect:
        return park(self._replica, self._item, Wait(reason, device, number))

    def _quarantine(self, fault: str) -> Quarantine:
        return Quarantine(self._item.name, self._item.raw, self._item.header, fault)

"""Taking in what arrived: the inbox decides, and each decision is one transaction of the store."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from app.domain.changes import Changes
from app.errors import SiteweekError
from app.operations.sync.carrying import carry_out
from app.operations.sync.replica import StoreReplica
from app.store import arrivals
from app.sync import effects, inbox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from app.operations.inspection import Inspection
    from app.store.transaction import Transaction
    from app.sync.effects import Effect

# Small items share a transaction: each of its own would cost a flush, and there are thousands.
_SHARED: Final = 64 * 1024
_MOST_SHARED: Final = 64


@dataclass(slots=True)
class Taken:
    """What came of items that arrived."""

    changes: Changes = field(default_factory=Changes)
    applied: int = 0
    revisions: int = 0
    waiting: int = 0
    quarantined: int = 0
    refused: int = 0
    grew: int = 0
    must_renew: bool = False

    def count(self, effect: Effect) -> None:
        """Add an effect that was carried out."""
        match effect:
            case effects.Apply():
                self.applied += 1
                self.revisions += effect.batch.last - effect.new_from + 1
            case effects.Park():
                self.waiting += 1
            case effects.Quarantine() | effects.Accuse():
                self.quarantined += 1
            case effects.Refuse():
                self.refused += 1
            case effects.Grow():
                self.grew += 1
            case effects.Renew():
                self.must_renew = True
            case _:
                pass


class Taking:
    """Takes items in, one after the other, for one inspection."""

    def __init__(self, inspection: Inspection, source: str) -> None:
        """Begin with nothing. ``source`` names, for people, where the items come from."""
        self._inspection, self._source = inspection, source
        self.taken = Taken()

    def take(self, items: Iterable[tuple[str, bytes]], is_halted: Callable[[], bool]) -> None:
        """Take items in until there are no more, or it is halted between two of them.

        Raises:
            StoreError: the store refused; what was taken in before is kept.

        """
        for group in _groups(items):
            if is_halted():
                return
            try:
                self._run(lambda tx, group=group: self._take_group(tx, group))  # type: ignore[misc]
            except SiteweekError:
                raise
            except Exception:  # noqa: BLE001 - one bad item must not keep the others out
                for one in group:
                    self._take_alone(one)

    def go_on(self) -> None:
        """Take in what waited for something that has come meanwhile."""
        self._run(lambda tx: self._carry(tx, inbox.reconsider(self._replica(tx))))

    def let_in(self, name: str) -> None:
        """Take in what waited for a person to say so, and what waited for that."""
        self._run(lambda tx: self._carry(tx, inbox.let_in(self._replica(tx), name)))

    def _take_alone(self, item: tuple[str, bytes]) -> None:
        name, raw = item
        try:
            self._run(lambda tx: self._take_group(tx, [item]))
        except SiteweekError:
            raise
        except Exception as fault:  # noqa: BLE001 - as above; it is put aside with its reason
            reason = type(fault).__name__
            self._run(lambda tx: self._set_aside(tx, name, raw, reason))
            self.taken.quarantined += 1

    def _set_aside(self, tx: Transaction, name: str, raw: bytes, reason: str) -> None:
        at = tx.clock.now()
        arrivals.keep(
            tx.connection,
            name,
            arrivals.QUARANTINED,
            reason,
            raw=raw,
            source=self._source,
            at=at,
        )

    def _take_group(self, tx: Transaction, group: Iterable[tuple[str, bytes]]) -> None:
        replica = self._replica(tx)
        for name, raw in group:
            self._carry(tx, inbox.take(replica, name, raw))

    def _carry(self, tx: Transaction, decided: Iterator[Effect]) -> None:
        for effect in decided:
            carry_out(tx, effect, self._source, self._inspection)
            self._done.append(effect)

    def _replica(self, tx: Transaction) -> StoreReplica:
        today = tx.clock.now().date()
        return StoreReplica(tx, lambda: self._inspection.seats.seat(tx), today)

    def _run(self, work: Callable[[Transaction], None]) -> None:
        self._done: list[Effect] = []

        def whole(tx: Transaction) -> Changes:
            self._done.clear()  # run a second time when the disk was full
            work(tx)
            return tx.changes

        changes = self._inspection.store.write(whole).result()
        self.taken.changes |= changes
        for effect in self._done:
            self.taken.count(effect)


def _groups(items: Iterable[tuple[str, bytes]]) -> Iterator[list[tuple[str, bytes]]]:
    group: list[tuple[str, bytes]] = []
    size = 0
    for item in items:
        if group and (size + len(item[1]) > _SHARED or len(group) == _MOST_SHARED):
            yield group
            group, size = [], 0
        group.append(item)
        size += len(item[1])
    if group:
        yield group

"""One exchange with one place: hand over what it lacks, take in what is new there.

Everything can be interrupted at any point and simply happens again: what is handed over is worked
out anew from what is held and what lies there, never from a list of things to do.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from app.operations.sync import pieces
from app.operations.sync.publishing import publish_if_due
from app.operations.sync.replica import IS_NEW
from app.operations.sync.sealing import seal_own
from app.operations.sync.taking import Taken, Taking
from app.store import envelopes, receipts, targets
from app.sync.items import Kind, kind_of
from app.sync.ordering import in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from app.operations.inspection import Inspection
    from app.operations.sync.places import Place
    from app.sync.targets.target import Target

# Changes to the team first, since they say who may write; receipts last, since they vouch for it.
_WANTED: Final = (Kind.ROSTER, Kind.ENVELOPE, Kind.RECEIPT)
_AT_ONCE: Final = 2_000  # names asked for together: what has arrived is taken in meanwhile


@dataclass(slots=True)
class Exchange:
    """What an exchange did. ``is_behind`` tells that the place had lost what it held before."""

    cursor: str = ""
    put: int = 0
    taken: Taken = field(default_factory=Taken)
    is_behind: bool = False


def exchange(
    inspection: Inspection,
    place: Place,
    target: Target,
    is_halted: Callable[[], bool] = lambda: False,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Exchange:
    """Exchange with a place until both hold the same, or it is halted.

    Raises:
        TargetError: the place failed; what was exchanged before is kept, here and there.
        StoreError: the store refused; as above.

    """
    store = inspection.store
    seal_own(inspection)
    cursor, placed = store.read(
        lambda reader: (
            targets.cursor(reader.connection, place.key),
            targets.placed(reader.connection, place.key),
        )
    )
    publish_if_due(inspection, place, target)
    listing = target.list(cursor)
    listed = {item.name for item in listing.items}
    done = Exchange(listing.cursor)
    there = listed if listing.is_whole else placed | listed
    done.is_behind = bool(listing.is_whole and _lasting(placed) - listed)
    taking = Taking(inspection, place.name)
    done.taken = taking.taken
    _fetch(inspection, target, [item.name for item in listing.items], taking, is_halted, progress)
    if taking.taken.applied or taking.taken.grew:
        taking.go_on()
    seal_own(inspection, receipt=True)
    done.put = _hand_over(inspection, target, there, is_halted)
    if not is_halted():
        done.put += pieces.exchange_pieces(inspection, target, there, is_halted)
        _caught_up(inspection)
        # Only now: an exchange that was cut short looks at all of it again.
        store.write(
            lambda tx: targets.keep_place(
                tx.connection, place.key, listing.cursor, there, tx.clock.now()
            )
        ).result()
    return done


def _caught_up(inspection: Inspection) -> None:
    """Note that this laptop has caught up once: from now on there is something to protect."""
    if inspection.store.read(lambda reader: reader.recall(IS_NEW)):
        inspection.store.write(lambda tx: tx.keep_local(IS_NEW, "")).result()


def _fetch(
    inspection: Inspection,
    target: Target,
    names: Iterable[str],
    taking: Taking,
    is_halted: Callable[[], bool],
    progress: Callable[[int, int], None],
) -> None:
    by_kind: dict[Kind | None, list[str]] = {}
    for name in names:
        by_kind.setdefault(kind_of(name), []).append(name)
    wanted = [_unknown(inspection, by_kind.get(kind, [])) for kind in _WANTED]
    total, count = sum(map(len, wanted)), 0

    def counted(items: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
        nonlocal count
        for item in items:
            yield item
            count += 1
            progress(count, total)

    for unknown in wanted:
        for start in range(0, len(unknown), _AT_ONCE):
            if is_halted():
                return
            taking.take(in_order(counted(target.get(unknown[start : start + _AT_ONCE]))), is_halted)


def _hand_over(
    inspection: Inspection, target: Target, there: set[str], is_halted: Callable[[], bool]
) -> int:
    store = inspection.store
    lacking = [
        name
        for name in store.read(lambda reader: envelopes.offered(reader.connection))
        if name not in there
    ]

    def contents() -> Iterator[tuple[str, bytes]]:
        for name in lacking:
            if is_halted():
                return
            content = _content(inspection, name)
            if content is not None:  # a receipt that a newer one has replaced meanwhile
                yield name, content

    if lacking:
        target.put(contents())
        there.update(lacking)
    own = inspection.seat().own.device_id
    old = store.read(lambda reader: receipts.replaced(reader.connection, own, there))
    if old:
        target.withdraw(old)
        there.difference_update(old)
    return len(lacking)


def _unknown(inspection: Inspection, names: list[str]) -> list[str]:
    return inspection.store.read(lambda reader: envelopes.unknown(reader.connection, names))


def _content(inspection: Inspection, name: str) -> bytes | None:
    return inspection.store.read(lambda reader: envelopes.content(reader.connection, name))


def _lasting(names: Iterable[str]) -> set[str]:
    """Return the names of what nobody takes away again."""
    return {name for name in names if kind_of(name) not in {Kind.RECEIPT, None}}

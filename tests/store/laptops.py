"""Laptops of one team, each a real store: what one wrote is sealed, and taken in by the others.

The lead's signatures over the roster are left out here: every laptop simply knows the others' keys.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from app.crypto.envelope import Header, check_signature, open_body, parse, seal
from app.crypto.keys import EpochSecret
from app.crypto.receipts import Receipt
from app.store import device, envelopes, receipts
from app.store.applying import Arrived, apply
from app.store.records import everything
from app.sync.codec import Batch, pack, unpack
from app.sync.items import Kind, name_of
from tests.fakes.clock import StillClock
from tests.fakes.stores import keys_of, open_store

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from app.domain.changes import Changes
    from app.domain.revisions import Json
    from app.store.transaction import Transaction

INSPECTION = b"i" * 32
SECRET = EpochSecret(b"e" * 32)
_DERIVED = (
    "SELECT id, kind, owner, position, is_deleted, changed_at, fields, text FROM record ORDER BY 1",
    "SELECT id, forks FROM record ORDER BY id",
    "SELECT target, field, record.id FROM link JOIN record ON key = source ORDER BY 1, 2, 3",
    "SELECT id, cut FROM device WHERE cut IS NOT NULL ORDER BY id",
)


class Laptop:
    """One laptop's store, with the clock on its wall."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = StillClock()
        self.store = open_store(folder, self.clock)

    @property
    def id(self) -> str:
        return self.store.read(lambda reader: device.own(reader.connection)[1])

    def identity(self) -> Any:
        wrap = keys_of(self.folder).identity_wrap
        return self.store.read(lambda reader: device.own_identity(reader.connection, wrap))

    def reopen(self) -> None:
        self.store.close()
        self.store = open_store(self.folder, self.clock)

    def renew(self) -> str:
        """Go on under a new identity; return the earlier one's id."""
        wrap, earlier = keys_of(self.folder).identity_wrap, self.id
        self.store.write(lambda tx: device.renew(tx.connection, wrap)).result()
        return earlier

    def write(
        self, record: str, kind: str = "paragraph", seen: dict[str, int] | None = None, **f: Json
    ) -> None:
        self.store.write(lambda tx: tx.append([(record, kind, f, seen)])).result()

    def seal(self, app: str = "0.1.0") -> list[Arrived]:
        """Seal all that lies in no envelope yet, as it arrives at the others."""
        own, sealed = self.identity(), []
        while unsealed := self.store.read(lambda reader: envelopes.unsealed(reader.connection)):
            batch = Batch(own.device_id, unsealed.first, unsealed.previous, unsealed.bodies, app)
            header = Header(
                INSPECTION, 1, own.device_id, unsealed.first, unsealed.previous_envelope
            )
            raw = seal(header, pack(batch), SECRET, own)
            name = name_of(raw, Kind.ENVELOPE)
            self.store.write(
                lambda tx, name=name, raw=raw, batch=batch: envelopes.keep_own(
                    tx.connection, name, raw, batch.first, batch.last, 1
                )
            ).result()
            sealed.append(arrived(raw, own.public))
        return sealed

    def take(self, one: Arrived, new_from: int = 0, *, gap: bool = False) -> Changes:
        return self.store.write(lambda tx: apply(tx, one, new_from or one.first, gap=gap)).result()

    def take_all(self, many: Iterable[Arrived]) -> None:
        for one in many:
            self.take(one)

    def receipt(self) -> Receipt:
        held = self.store.read(lambda reader: envelopes.heads(reader.connection))
        return Receipt(self.id, {one: (n, h) for one, (n, h, _) in held.items()}, (1, b"r" * 32))

    def hear(self, receipt: Receipt) -> None:
        raw = receipt.body()
        name = name_of(raw, Kind.RECEIPT)
        self.store.write(
            lambda tx: receipts.keep(tx.connection, name, raw, receipt, self.clock.now())
        ).result()

    def words(self) -> dict[str, str]:
        return self.store.read(
            lambda reader: {
                one.id: one.text("text")
                for one in everything(reader.connection)
                if not one.is_deleted
            }
        )

    def forks(self, record: str) -> dict[str, Any]:
        return dict(self.store.read(lambda reader: reader.get(record)).forks)

    def derived(self) -> list[list[tuple[object, ...]]]:
        return self.store.read(
            lambda reader: [reader.connection.execute(one).fetchall() for one in _DERIVED]
        )

    def found(self, *words: str) -> list[set[str]]:
        return self.store.read(
            lambda reader: [
                {hit.record for hit in reader.search(one, most=10_000)} for one in words
            ]
        )

    def ask(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        return self.store.read(
            lambda reader: [tuple(row) for row in reader.connection.execute(sql, values)]
        )

    def do(self, sql: str, *values: object) -> None:
        self.store.write(lambda tx: tx.connection.execute(sql, values)).result()

    def harm(self, sql: str, trigger: str) -> None:
        """Change what a trigger keeps from being changed, as only damage can."""
        find = "SELECT sql FROM sqlite_master WHERE name = ?"

        def run(tx: Transaction) -> None:
            ((made,),) = tx.connection.execute(find, (trigger,))
            for statement in (f"DROP TRIGGER {trigger}", sql, made):
                tx.connection.execute(statement)

        self.store.write(run).result()

    def close(self) -> None:
        self.store.close()


def arrived(raw: bytes, public: bytes) -> Arrived:
    """An envelope as the inbox hands it on: checked, opened, taken apart."""
    check_signature(raw, public)
    header = parse(raw)
    batch = unpack(open_body(raw, header, SECRET), header.device, header.first)
    return Arrived(
        header.device,
        public,
        name_of(raw, Kind.ENVELOPE),
        raw,
        batch.first,
        1,
        batch.previous,
        batch.bodies,
        batch.revisions,
        batch.hashes,
        batch.written,
    )


def orders(*queues: list[Arrived]) -> list[list[Arrived]]:
    """Every order in which envelopes can be taken in that keeps each device's own."""
    marks = [place for place, queue in enumerate(queues) for _ in queue]
    found = []
    for order in sorted(set(itertools.permutations(marks))):
        left = [iter(queue) for queue in queues]
        found.append([next(left[place]) for place in order])
    return found

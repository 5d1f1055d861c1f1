"""Writing again, as this laptop is now, what it wrote under an earlier identity for nobody else.

After a restore, others may hold different changes under the same numbers, so those can't be sent.
Each is written once more with the same words, time and knowledge, so that nothing looks different
here and the others get all of it, forks too. The first writing is kept aside.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from app.domain.chains import FIRST, body_of, hash_of, parse
from app.domain.revisions import Dot, Revision
from app.store import counting, device, envelopes, revisions
from app.store.revisions import Head

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from app.store.engine import Connection
    from app.store.transaction import Transaction


class _Tail(NamedTuple):
    """A revision that is written again: its place of arrival, its device's key, and itself."""

    seq: int
    key: int
    revision: Revision


def adopt(tx: Transaction, earlier: Collection[str], limits: Mapping[str, int]) -> int:
    """Write again what earlier identities wrote past their limits; return how many changes.

    What the present one wrote in knowledge of that, and didn't hand on, is written again too: it
    would make others wait for what they will never get. Doing so again changes nothing.
    """
    connection = tx.connection
    own_key, own = device.own(connection)
    sealed = envelopes.sealed_up_to(connection, {*earlier, own})
    tail = _tail(connection, earlier, limits)
    if not tail:
        return 0
    names = {(one.revision.dot.device, one.revision.record) for one in tail}
    tail += _in_knowledge(connection, own, sealed[own], limits, names)
    tail.sort()
    kept = {name: limits[name] for name in earlier}
    mine = [one.revision.dot.number for one in tail if one.revision.dot.device == own]
    if mine:
        kept[own] = min(mine) - 1
    _put_aside(connection, [one for one in tail if _is_unsealed(one, sealed)])
    for name in sealed:
        _set_back(connection, name)
    rewriting = _Rewriting(own, kept)
    head = revisions.head_of(connection, own_key)
    again = [rewriting.again(one.revision, head.number + n) for n, one in enumerate(tail, 1)]
    _append(connection, own_key, head, again)
    counting.derive_again(tx, {one.record for one in again})
    return len(again)


def _tail(
    connection: Connection, earlier: Collection[str], limits: Mapping[str, int]
) -> list[_Tail]:
    done = revisions.cuts(connection)
    found: list[_Tail] = []
    for name in sorted(earlier):
        # What stopped counting before was written again when it did.
        found += _of(connection, name, limits[name], done.get(name, revisions.MOST))
    return found


def _in_knowledge(
    connection: Connection,
    own: str,
    sealed: int,
    limits: Mapping[str, int],
    names: Collection[tuple[str, str]],
) -> list[_Tail]:
    unsealed = _of(connection, own, sealed, revisions.MOST)
    for place, one in enumerate(unsealed):
        seen = one.revision.context
        if any(
            number > limits.get(name, number) and (name, one.revision.record) in names
            for name, number in seen.items()
        ):
            return unsealed[place:]
    return []


def _of(connection: Connection, name: str, after: int, up_to: int) -> list[_Tail]:
    rows = connection.execute(
        "SELECT r.seq, r.device, r.body FROM revision r JOIN device d ON d.key = r.device "
        "WHERE d.id = ? AND r.number > ? AND r.number <= ? ORDER BY r.number",
        (name, after, up_to),
    )
    return [_Tail(int(seq), int(key), parse(body)) for seq, key, body in rows]


def _is_unsealed(one: _Tail, sealed: Mapping[str, int]) -> bool:
    return one.revision.dot.number > sealed[one.revision.dot.device]


def _put_aside(connection: Connection, tail: Collection[_Tail]) -> None:
    rows = [(one.seq,) for one in tail]
    connection.executemany(
        "INSERT INTO aside (seq, device, number, record, body, hash) "
        "SELECT seq, device, number, record, body, hash FROM revision WHERE seq = ?",
        rows,
    )
    connection.executemany("DELETE FROM revision WHERE seq = ?", rows)


def _set_back(connection: Connection, name: str) -> None:
    """Make the newest revision held of a device its newest again, after some were put aside."""
    row = connection.execute(
        "SELECT r.device, r.number, r.hash, r.body FROM revision r JOIN device d "
        "ON d.key = r.device WHERE d.id = ? ORDER BY r.number DESC LIMIT 1",
        (name,),
    ).fetchone()
    newest = 0 if row is None else int(row[1])
    for table in ("head", "signature"):
        connection.execute(
            f"DELETE FROM {table} WHERE number > ? "
            "AND device = (SELECT key FROM device WHERE id = ?)",
            (newest, name),
        )
    if row is not None:
        head = Head(newest, bytes(row[2]), parse(row[3]).at)
        revisions.set_head(connection, int(row[0]), head)


@dataclass(frozen=True, slots=True)
class _Rewriting:
    """Follows what became of which revision, to say what each was written in knowledge of.

    ``kept`` says up to where the revisions of a device stay what they are.
    """

    own: str
    kept: Mapping[str, int]
    became: dict[str, list[tuple[Dot, int]]] = field(default_factory=dict)

    def again(self, one: Revision, number: int) -> Revision:
        """Return a revision as it is written again, under the given number."""
        capped = {name: min(n, self.kept.get(name, n)) for name, n in one.context.items()}
        context = {name: n for name, n in capped.items() if n}
        for dot, became in self.became.get(one.record, ()):
            if dot.number > one.context.get(dot.device, 0):
                break  # never claim to have seen what was not: at worst two versions stand
            context[self.own] = became
        self.became.setdefault(one.record, []).append((one.dot, number))
        return Revision(Dot(self.own, number), one.record, one.kind, one.at, one.fields, context)


def _append(connection: Connection, key: int, head: Head, again: Collection[Revision]) -> None:
    row = connection.execute(
        "SELECT max(seq) FROM (SELECT max(seq) AS seq FROM revision "
        "UNION ALL SELECT max(seq) FROM aside)"
    ).fetchone()
    seq, newest, at = int(row[0]), head.hash if head.number else FIRST, head.at
    rows: list[tuple[object, ...]] = []
    for place, one in enumerate(again, seq + 1):
        body = body_of(one, newest)
        newest, at = hash_of(body), one.at
        # A place of its own in the order of arrival: that of one put aside is remembered outside.
        rows.append((place, key, one.dot.number, one.record, body, newest))
    connection.executemany(
        "INSERT INTO revision (seq, device, number, record, body, hash) VALUES (?, ?, ?, ?, ?, ?)",
        rows,
    )
    revisions.set_head(connection, key, Head(head.number + len(rows), newest, at))

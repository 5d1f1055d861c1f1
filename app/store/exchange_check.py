"""Whether what is kept of the exchange with others is whole: envelopes, the team, what was aside.

An envelope is the proof of who wrote what, so each is checked as when it came.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.crypto.envelope import check_signature, entry_hash, parse
from app.crypto.roster import Roster
from app.crypto.roster_rules import take_in
from app.domain.chains import hash_of
from app.errors import SiteweekError
from app.store import team

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.store.engine import Connection

_SHORT_ID = 8
_ENVELOPES = (
    "SELECT d.id, d.public, e.first, e.last, e.epoch, e.name, e.raw FROM envelope e "
    "JOIN device d ON d.key = e.device ORDER BY e.key"
)
# Of laptops other than this one, every change came in an envelope. One without a key is this one,
# as it was before laptops had keys.
_UNPROVEN = (
    "SELECT d.id, min(r.number), count(*) FROM revision r JOIN device d ON d.key = r.device "
    "WHERE d.sealed IS NULL AND d.public IS NOT NULL AND NOT EXISTS (SELECT 1 FROM envelope e "
    "WHERE e.device = r.device AND r.number BETWEEN e.first AND e.last) GROUP BY d.id"
)
_HOLLOW = (
    "SELECT d.id, e.first FROM envelope e JOIN device d ON d.key = e.device WHERE NOT EXISTS "
    "(SELECT 1 FROM revision r WHERE r.device = e.device AND r.number = e.last)"
)


def envelope_faults(connection: Connection, is_cancelled: Callable[[], bool]) -> Iterator[str]:
    """Yield a sentence for every envelope that is not as it was signed, or proves nothing."""
    for device, public, first, _last, epoch, name, raw in connection.execute(_ENVELOPES):
        if is_cancelled():
            return
        try:
            header = parse(bytes(raw))
            check_signature(bytes(raw), bytes(public or b""))
        except (SiteweekError, ValueError):
            is_true = False
        else:
            said = (header.device, header.first, header.epoch)
            named = f"{entry_hash(bytes(raw)).hex()}.env"
            is_true = said == (device, first, epoch) and name == named
        if not is_true:
            yield f"The envelope with change {first:,} of {_short(device)} is not as it was signed."
    for device, number, count in connection.execute(_UNPROVEN):
        yield (
            f"{count:,} changes of {_short(device)}, from {number:,} on, lie in no envelope, so "
            "nobody can say who wrote them."
        )
    for device, first in connection.execute(_HOLLOW):
        yield f"Changes in the envelope from {first:,} on of {_short(device)} are not there."
    for device, number, body, stored in connection.execute(
        "SELECT d.id, a.number, a.body, a.hash FROM aside a JOIN device d ON d.key = a.device"
    ):
        if hash_of(str(body)) != bytes(stored):
            yield f"Change {number:,} of {_short(device)}, which was kept aside, was altered."


def team_faults(connection: Connection) -> Iterator[str]:
    """Yield a sentence if the roster doesn't follow, or others' keys are not those in it."""
    roster = Roster()
    for place, entry in enumerate(team.entries(connection)):
        try:
            roster = take_in(roster, entry)
        except SiteweekError:
            yield f"Change {place + 1:,} to the team is not as it was signed."
            return
    held = dict(
        connection.execute("SELECT id, public FROM device WHERE public IS NOT NULL").fetchall()
    )
    for member in roster.members.values():
        if bytes(held.get(member.device, member.public)) != member.public:
            yield f"The key held of {_short(member.device)} is not the one that the team knows."


def _short(device: str) -> str:
    return f"laptop {device[:_SHORT_ID]}"

"""What changed in the team, in sentences that everybody has to have read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.crypto import roster as rosters
from app.crypto.roster import Roster
from app.crypto.roster_rules import take_in
from app.operations.sync.people import ROLE_NAMES
from app.store import team

if TYPE_CHECKING:
    from app.crypto.roster import Entry, Member
    from app.operations.inspection import Inspection

_TOLD: Final = "told of the team up to"


def team_news(inspection: Inspection) -> list[str]:
    """Return what has happened to the team since somebody here last noted it, oldest first."""
    seat = inspection.seat()
    if not seat.is_shared:
        return []
    entries, told = inspection.store.read(
        lambda reader: (list(team.entries(reader.connection)), reader.recall(_TOLD))
    )
    known = int(told) if told else _joined_at(entries, seat.devices)
    found: list[str] = []
    before = Roster()
    for raw in entries:
        after = take_in(before, raw)
        if after.length > known:
            found.append(_sentence(rosters.parse(raw), before, after))
        before = after
    return [one for one in found if one]


def note_team_news(inspection: Inspection) -> None:
    """Remember that what there is to be told of the team was read."""
    length = str(inspection.seat().roster.length)
    inspection.store.write(lambda tx: tx.keep_local(_TOLD, length)).result()


def _joined_at(entries: list[bytes], own: frozenset[str]) -> int:
    """Return how many entries there were once this laptop was on the team: no news to it."""
    roster = Roster()
    for raw in entries:
        roster = take_in(roster, raw)
        if own & roster.members.keys():
            break
    return roster.length


def _sentence(entry: Entry, before: Roster, after: Roster) -> str:
    match entry.kind:
        case "add":
            (added,) = after.members.keys() - before.members.keys()
            member = after.members[added]
            return f"{_who(member)} joined with {member.name}, checked: {member.checked}."
        case "remove":
            gone = after.members[str(entry.body["device"])]
            return f"{_who(gone)} is off the team with {gone.name}: {entry.body['reason']}"
        case "role":
            changed = after.members[str(entry.body["device"])]
            return f"{_who(changed)} is {ROLE_NAMES[changed.role]} now."
        case "succeed":
            lead, gone = after.members[after.lead], before.members[before.lead]
            return f"{_who(lead)} leads the inspection now, in place of {_who(gone)}."
        case "close":
            return f"The lead has ended exchanging for good: {entry.body['reason']}"
        case _:
            return ""


def _who(member: Member) -> str:
    return f"{member.person} ({member.inspectorate})" if member.inspectorate else member.person

"""This laptop's place in the team: the roster it holds, its own keys, and the secrets it was given.

Derived from the store and kept until the roster or the identity changes: taking a roster in checks
every signature in it.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.crypto.lead import secrets_of
from app.crypto.roster import LEAD, READER, Roster
from app.crypto.roster_rules import take_in
from app.errors import InvalidInputError
from app.store import device, team

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.crypto.identity import Identity
    from app.crypto.inspection_keys import InspectionKeys
    from app.crypto.keys import EpochSecret
    from app.crypto.roster import Member
    from app.store.reader import Reader


@dataclass(frozen=True, slots=True)
class Seat:
    """The team as this laptop knows it. ``identities`` are its own, the present one first.

    ``refused`` are the epochs whose secret is not the one that the others were given.
    """

    roster: Roster
    identities: tuple[Identity, ...]
    secrets: Mapping[int, EpochSecret]
    refused: tuple[int, ...] = ()

    @property
    def own(self) -> Identity:
        """The identity that writes here now."""
        return self.identities[0]

    @property
    def devices(self) -> frozenset[str]:
        """The ids of this laptop's identities."""
        return frozenset(one.device_id for one in self.identities)

    @property
    def is_shared(self) -> bool:
        """Whether there is a team at all."""
        return self.roster.length > 0

    @property
    def member(self) -> Member | None:
        """What the roster says of this laptop; None where it is not on it, or no longer."""
        member = self.roster.members.get(self.own.device_id)
        return None if member is None or member.removed else member

    @property
    def leads(self) -> bool:
        """Whether this laptop is the lead's."""
        return self.member is not None and self.member.role == LEAD

    @property
    def may_write(self) -> bool:
        """Whether what is written here will count for the others."""
        return not self.is_shared or (self.member is not None and self.member.role != READER)

    @property
    def known_as(self) -> Identity | None:
        """The identity that others still deal with: the present one, or one before a restore."""
        for one in self.identities:
            member = self.roster.members.get(one.device_id)
            if member is not None and not member.removed:
                return one
        return None

    @property
    def removed(self) -> Member | None:
        """What the roster says of this laptop when it was removed and has not joined again."""
        if self.known_as is not None:
            return None
        found = (self.roster.members.get(one.device_id) for one in self.identities)
        return next((one for one in found if one is not None), None)

    def require_lead(self) -> None:
        """Do nothing when this laptop is the lead's.

        Raises:
            InvalidInputError: somebody else leads, or there is no team yet.

        """
        if not self.is_shared:
            raise InvalidInputError(
                "This inspection has no team yet. Invite somebody first: siteweek invite"
            )
        if not self.leads:
            lead = self.roster.members[self.roster.lead]
            raise InvalidInputError(
                f"Only the lead changes the team, and that is {lead.person}. Nothing was changed."
            )


class Seats:
    """Keeps the seat of one open inspection up to date with its store."""

    def __init__(self, keys: InspectionKeys) -> None:
        """Know nothing yet."""
        self._keys = keys
        self._guard = threading.Lock()
        self._seat: Seat | None = None

    def seat(self, reader: Reader) -> Seat:
        """Return the seat as the reader's snapshot has it.

        Raises:
            RefusedRosterError: the stored roster is not one: the store was altered.

        """
        connection = reader.connection
        with self._guard:
            held = self._seat
            present = device.own(connection)[1]
            length = team.length(connection)
            if held is not None and held.own.device_id == present and held.roster.length == length:
                return held
            roster = Roster() if held is None or held.roster.length > length else held.roster
            for entry in team.entries(connection, roster.length):
                roster = take_in(roster, entry)
            identities = device.identities(connection, self._keys.identity_wrap)
            given = secrets_of(roster, identities)
            self._seat = Seat(roster, identities, given.secrets, given.refused)
            return self._seat

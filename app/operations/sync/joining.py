"""Joining a team: invited by the lead, asked for by the newcomer, admitted once the words agree.

No server takes part. What the three documents hold is in ``app/crypto/joining.py``; they may travel
by stick, mail or on a screen. What protects them is that two people read twelve words to each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.crypto import joining, lead
from app.crypto.certificates import Certificate
from app.crypto.roster import INSPECTOR
from app.errors import InvalidInputError
from app.operations.sync.settling import settle_identity
from app.operations.sync.words import joining_words
from app.store import arrivals, envelopes, team
from app.sync.items import Kind, name_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.crypto.joining import Invitation, Request
    from app.crypto.roster import Roster
    from app.operations.inspection import Inspection
    from app.operations.profile import Profile
    from app.operations.sync.seat import Seat
    from app.store.transaction import Transaction

INVITATION: Final = "invitation"


@dataclass(frozen=True, slots=True)
class Person:
    """Whose laptop it is, as the others will see it."""

    name: str
    inspectorate: str
    laptop: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who asks to join, and the words that both must see."""

    person: Person
    device: str
    words: tuple[str, ...]
    request: Request
    is_again: bool  # the same person has a laptop on the team already


@dataclass(frozen=True, slots=True)
class Requested:
    """A request that was made: the inspection it is for, the document, and the words to read out."""

    inspection: str
    content: bytes
    words: tuple[str, ...]
    lead: str


def invite(inspection: Inspection, person: Person, relay: str = "") -> bytes:
    """Return an invitation to this inspection's team, which is begun where there is none.

    ``person`` is the lead, needed only to begin. The same invitation serves for everybody.

    Raises:
        InvalidInputError: somebody else leads, or a name is missing or too long.

    """
    seat = inspection.seat()
    if not seat.is_shared:
        _begin(inspection, person)
        seat = inspection.seat()
    seat.require_lead()
    return joining.write_invitation(
        seat.roster, bytes.fromhex(inspection.id), _certificate_of(inspection), relay, seat.own
    )


def request(profile: Profile, document: bytes, person: Person) -> Requested:
    """Make this laptop's request to join, and an empty inspection that waits for the answer.

    Asking again with the same invitation gives the same request.

    Raises:
        InvalidInputError: it is no invitation, or a name is missing or too long.
        StoreError: the inspection could not be made; nothing was kept.

    """
    invitation = joining.read_invitation(document)
    local = invitation.local.hex()
    if local not in profile.folders():
        profile.make_empty(invitation.local)
    inspection = profile.open_inspection(local)
    try:
        return request_again(inspection, document, person)
    finally:
        inspection.close()


def request_again(inspection: Inspection, document: bytes, person: Person) -> Requested:
    """Make the request of a laptop that has the inspection already, after a restore for example.

    Raises:
        InvalidInputError: it is an invitation to another inspection, or this laptop is on the team.

    """
    invitation = joining.read_invitation(document)
    seat = inspection.seat()
    if invitation.local.hex() != inspection.id or (
        seat.is_shared and seat.roster.inspection != invitation.inspection
    ):
        raise InvalidInputError("This is an invitation to another inspection. Nothing was changed.")
    if seat.member is not None:
        raise InvalidInputError("This laptop is on the team already. Nothing was changed.")
    own = seat.own
    certificate = _certificate(own.public, person, inspection)
    inspection.store.write(lambda tx: tx.keep_local(INVITATION, document.hex())).result()
    return Requested(
        inspection.id,
        joining.write_request(invitation, certificate, own),
        joining_words(invitation.inspection, invitation.head, invitation.lead.public, own.public),
        invitation.lead.person,
    )


def read_candidate(inspection: Inspection, document: bytes) -> Candidate:
    """Return who asks to join, with the words to compare, before anything is decided.

    Raises:
        InvalidInputError: it is no request to join this inspection.
        UntrustedKeyError: somebody else could sign under its key.

    """
    seat = inspection.seat()
    seat.require_lead()
    asked = joining.read_request(document, seat.roster.inspection)
    heads = [
        entry_hash
        for _place, entry_hash in inspection.store.read(lambda it: team.hashes(it.connection))
    ]
    if asked.head not in heads:
        raise InvalidInputError(
            "This request was made for an invitation that this laptop did not write. Nothing was "
            "changed. Write a new invitation."
        )
    certificate = asked.certificate
    same = [
        one
        for one in seat.roster.active
        if (one.person, one.inspectorate) == (certificate.person, certificate.inspectorate)
    ]
    return Candidate(
        Person(certificate.person, certificate.inspectorate, certificate.name),
        certificate.device,
        joining_words(seat.roster.inspection, asked.head, seat.own.public, certificate.public),
        asked,
        bool(same),
    )


def admit(
    inspection: Inspection,
    candidate: Candidate,
    checked: str,
    *,
    role: str = INSPECTOR,
    from_now: bool = False,
) -> bytes:
    """Add a laptop to the team, once both people have read the words; return its admission.

    ``checked`` says how they were compared. With ``from_now`` it is given nothing that was written
    before; otherwise all of it.

    Raises:
        InvalidInputError: somebody else leads, or it is on the team already.
        RefusedRosterError: the team can't grow so.

    """
    made: list[bytes] = []

    def work(tx: Transaction) -> None:
        made.clear()
        seat = inspection.seats.seat(tx)
        seat.require_lead()
        if candidate.device in seat.roster.members:
            raise InvalidInputError("That laptop is, or was, on the team. Nothing was changed.")
        if from_now:
            grow(tx, inspection, lead.rotate(seat.roster, seat.own, "somebody joins from now on"))
            seat = inspection.seats.seat(tx)
        reads_from = seat.roster.epoch if from_now else 1
        entry = lead.add(
            seat.roster, seat.own, seat.secrets, candidate.request.proof, role, checked, reads_from
        )
        grow(tx, inspection, entry)
        admission = joining.write_admission(
            team.entries(tx.connection, 0), candidate.request.certificate.public, seat.own
        )
        envelopes.keep_admission(tx.connection, name_of(admission, Kind.ADMISSION), admission)
        made.append(admission)

    inspection.store.write(work).result()
    return made[0]


def join(inspection: Inspection, admission: bytes) -> Roster:
    """Take in the lead's answer to this laptop's request; from now on it exchanges.

    Raises:
        InvalidInputError: this laptop has asked for nothing, or is on the team already.
        RefusedRosterError: it isn't the answer to this laptop's request, or was altered.

    """

    def work(tx: Transaction) -> Roster:
        document = bytes.fromhex(tx.recall(INVITATION))
        if not document:
            raise InvalidInputError(
                "This laptop has not asked to join. Make a request first: siteweek request"
            )
        seat = inspection.seats.seat(tx)
        roster, entries = joining.read_admission(
            admission, seat.own, joining.read_invitation(document)
        )
        for place, entry in enumerate(entries[seat.roster.length :], seat.roster.length):
            team.append(tx.connection, place, entry)
        if not seat.is_shared:
            tx.keep_local(IS_NEW, "1")
        settle_identity(tx, inspection.seats.seat(tx))
        return roster

    return inspection.store.write(work).result()

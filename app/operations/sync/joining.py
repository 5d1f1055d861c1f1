"""Joining a team: invited by the lead, asked for by the newcomer, admitted once the words agree.

No server takes part. What the three documents hold is in ``app/crypto/joining.py``; they may
travel by stick, mail or on a screen. What protects them is that two people read twelve words to
each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.crypto import certificates, joining, lead
from app.crypto.certificates import Certificate
from app.crypto.roster import INSPECTOR
from app.errors import InvalidInputError
from app.operations.sync.growing import grow
from app.operations.sync.replica import IS_NEW
from app.operations.sync.settling import settle_identity
from app.operations.sync.words import joining_words
from app.store import envelopes, team
from app.store.places import INVITATION
from app.sync.items import Kind, name_of

if TYPE_CHECKING:
    from app.crypto.identity import Identity
    from app.crypto.joining import Request
    from app.crypto.roster import Roster
    from app.operations.inspection import Inspection
    from app.operations.profile import Profile
    from app.operations.sync.seat import Seat
    from app.store.reader import Reader
    from app.store.transaction import Transaction

LONGEST_NAME: Final = 120  # bytes; three of them leave room in a QR code


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
    """A request: the inspection it is for, the document, the words to read out, and to whom."""

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
        seat.roster,
        bytes.fromhex(inspection.id),
        seat.own,
        _certificate_on_roster(seat),
        relay,
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


def request_as_before(profile: Profile, inspection_id: str, person: Person) -> Requested:
    """Make the request again of an inspection that waits for its admission: the same words.

    Raises:
        InvalidInputError: this laptop has not asked to join it, or is on the team.

    """
    inspection = profile.open_inspection(inspection_id)
    try:
        asked = bytes.fromhex(inspection.store.read(lambda reader: reader.recall(INVITATION)))
        if not asked:
            raise InvalidInputError("This laptop has not asked to join. Nothing was changed.")
        return request_again(inspection, asked, person)
    finally:
        inspection.close()


def read_candidate(inspection: Inspection, document: bytes) -> Candidate:
    """Return who asks to join, with the words to compare, before anything is decided.

    Raises:
        InvalidInputError: it is no request to join this inspection.
        UntrustedKeyError: somebody else could sign under its key.

    """
    seat = inspection.seat()
    seat.require_lead()
    asked = joining.read_request(document, seat.roster.inspection)
    known: list[bytes] = inspection.store.read(_hashes)
    if asked.head not in known:
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
            seat.roster,
            seat.own,
            seat.secrets,
            candidate.request.proof,
            (role, checked),
            reads_from,
        )
        grow(tx, inspection, entry)
        admission = joining.write_admission(
            seat.roster.inspection,
            team.entries(tx.connection),
            candidate.request.certificate.public,
            seat.own,
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


def _hashes(reader: Reader) -> list[bytes]:
    return team.hashes(reader.connection)


def _begin(inspection: Inspection, person: Person) -> None:
    """Begin a team of one, who leads it, and vouch for what this laptop wrote before a restore."""

    def work(tx: Transaction) -> None:
        seat = inspection.seats.seat(tx)
        if seat.is_shared:
            return
        certificate = _certificate(seat.own.public, person, inspection)
        grow(tx, inspection, lead.begin(seat.own, certificate))
        for earlier in seat.identities[1:]:
            # Others will meet its numbers in what was written in knowledge of them; nothing of
            # its own ever reaches anybody, since it is written again under the present identity.
            _name_and_remove(tx, inspection, earlier, person)

    inspection.store.write(work).result()


def _name_and_remove(
    tx: Transaction, inspection: Inspection, earlier: Identity, person: Person
) -> None:
    seat = inspection.seats.seat(tx)
    certificate = _certificate(earlier.public, person, inspection)
    proof = certificates.certify(certificate, earlier, seat.roster.inspection)
    checked = "this laptop itself, before a restore"
    entry = lead.add(
        seat.roster, seat.own, seat.secrets, proof, (INSPECTOR, checked), seat.roster.epoch
    )
    grow(tx, inspection, entry)
    seat = inspection.seats.seat(tx)
    reason = "written again after a restore"
    grow(tx, inspection, lead.remove(seat.roster, seat.own, earlier.device_id, None, reason))


def _certificate(public: bytes, person: Person, inspection: Inspection) -> Certificate:
    if not person.name.strip() or not person.laptop.strip():
        raise InvalidInputError("Your name, and what you call this laptop, are needed.")
    texts = tuple(one.strip() for one in (person.name, person.inspectorate, person.laptop))
    if any(len(one.encode()) > LONGEST_NAME or not one.isprintable() for one in texts):
        raise InvalidInputError(f"A name has at most {LONGEST_NAME} plain characters here.")
    created = inspection.clock.now().isoformat(timespec="seconds")
    name, inspectorate, laptop = texts
    return Certificate(public, name, inspectorate, laptop, created)


def _certificate_on_roster(seat: Seat) -> Certificate:
    member = seat.roster.members[seat.own.device_id]
    return Certificate(member.public, member.person, member.inspectorate, member.name, "")

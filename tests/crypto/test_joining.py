from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import segno

from app.crypto import identity, joining, lead, roster_rules
from app.crypto.certificates import Certificate
from app.crypto.roster import Roster
from app.errors import (
    NewerVersionError,
    RefusedDocumentError,
    RefusedRosterError,
    UntrustedKeyError,
)

if TYPE_CHECKING:
    from app.crypto.identity import Identity

LOCAL = bytes(range(16))
REFUSED = (RefusedDocumentError, RefusedRosterError, UntrustedKeyError, NewerVersionError)


def named(own: Identity, name: str = "Asha Patel") -> Certificate:
    return Certificate(own.public, name, "Ofsted", "laptop", "2026-11-23T09:00:00+00:00")


class Meeting:
    """A lead with a team of one, and somebody who wants to join it."""

    def __init__(self) -> None:
        self.lead, self.newcomer = identity.create(), identity.create()
        self.entries = [lead.begin(self.lead, named(self.lead))]
        self.roster = roster_rules.take_in(Roster(), self.entries[0])
        self.invitation = joining.write_invitation(
            self.roster, LOCAL, self.lead, named(self.lead), "https://relay.example.org"
        )
        self.invited = joining.read_invitation(self.invitation)
        self.request = joining.write_request(
            self.invited, named(self.newcomer, "Ben Ŵyn"), self.newcomer
        )

    def admit(self) -> bytes:
        asked = joining.read_request(self.request, self.roster.inspection)
        secrets = lead.secrets_of(self.roster, [self.lead]).secrets
        entry = lead.add(self.roster, self.lead, secrets, asked.proof, ("inspector", "in person"))
        self.roster = roster_rules.take_in(self.roster, entry)
        self.entries.append(entry)
        return joining.write_admission(
            self.roster.inspection, self.entries, asked.certificate.public, self.lead
        )


@pytest.fixture(scope="module")
def meeting() -> Meeting:
    return Meeting()


@pytest.fixture(scope="module")
def admission(meeting: Meeting) -> bytes:
    return meeting.admit()


def flips(document: bytes, step: int) -> list[bytes]:
    """The document with one byte changed, at every so many places and at both ends."""
    places = sorted({*range(0, len(document), step), *range(8), len(document) - 1})
    return [document[:n] + bytes([document[n] ^ 1]) + document[n + 1 :] for n in places]


def test_an_invitation_a_request_and_an_admission_lead_to_the_same_team(
    meeting: Meeting, admission: bytes
) -> None:
    assert meeting.invited.local == LOCAL
    assert meeting.invited.lead == named(meeting.lead)
    assert meeting.invited.relay == "https://relay.example.org"
    roster, entries = joining.read_admission(admission, meeting.newcomer, meeting.invited)
    assert roster == meeting.roster
    assert entries == meeting.entries
    given = lead.secrets_of(roster, [meeting.newcomer])
    assert given.refused == ()
    assert given.secrets[1].raw == lead.secrets_of(roster, [meeting.lead]).secrets[1].raw


def test_an_invitation_altered_anywhere_is_refused(meeting: Meeting) -> None:
    for altered in flips(meeting.invitation, 7):
        with pytest.raises(REFUSED):
            joining.read_invitation(altered)


def test_a_request_altered_anywhere_is_refused(meeting: Meeting) -> None:
    inspection = meeting.roster.inspection
    for altered in flips(meeting.request, 7):
        with pytest.raises(REFUSED):
            joining.read_request(altered, inspection)
    with pytest.raises(RefusedDocumentError):
        joining.read_request(meeting.request, bytes(32))


def test_an_admission_altered_or_cut_anywhere_is_refused(
    meeting: Meeting, admission: bytes
) -> None:
    for altered in flips(admission, 401):
        with pytest.raises(REFUSED):
            joining.read_admission(altered, meeting.newcomer, meeting.invited)
    for end in range(0, len(admission), 997):
        with pytest.raises(REFUSED):
            joining.read_admission(admission[:end], meeting.newcomer, meeting.invited)


@pytest.mark.parametrize("size", [0, 1, 63, 64, 65, 2_900, 2_901, 100_000])
def test_anything_else_is_none_of_them(size: int, meeting: Meeting) -> None:
    for rubbish in (bytes(size), b"[" * size, b"{" * size):
        with pytest.raises(RefusedDocumentError):
            joining.read_invitation(rubbish)
        with pytest.raises(RefusedDocumentError):
            joining.read_request(rubbish, meeting.roster.inspection)
        with pytest.raises(RefusedDocumentError):
            joining.read_admission(rubbish, meeting.newcomer, meeting.invited)


def test_g06_an_admission_opens_for_its_newcomer_alone(meeting: Meeting, admission: bytes) -> None:
    with pytest.raises(RefusedDocumentError):
        joining.read_admission(admission, identity.create(), meeting.invited)
    with pytest.raises(RefusedDocumentError):
        joining.read_admission(admission, meeting.lead, meeting.invited)


def test_f05_an_admission_to_another_team_than_the_invitation_s_is_refused(
    meeting: Meeting,
) -> None:
    stranger = Meeting()
    stranger.newcomer = meeting.newcomer
    stranger.request = joining.write_request(
        stranger.invited, named(meeting.newcomer), meeting.newcomer
    )
    with pytest.raises(RefusedDocumentError):
        joining.read_admission(stranger.admit(), meeting.newcomer, meeting.invited)


def test_an_admission_that_does_not_grow_from_the_invitation_is_refused(
    meeting: Meeting, admission: bytes
) -> None:
    for other in (
        replace(meeting.invited, head=bytes(32)),
        replace(meeting.invited, length=meeting.invited.length + 1),
        replace(meeting.invited, length=99),
        replace(meeting.invited, inspection=bytes(32)),
    ):
        with pytest.raises(RefusedDocumentError):
            joining.read_admission(admission, meeting.newcomer, other)


def test_an_admission_signed_by_somebody_else_is_refused(meeting: Meeting) -> None:
    forged = joining.write_admission(
        meeting.roster.inspection, meeting.entries, meeting.newcomer.public, meeting.newcomer
    )
    with pytest.raises(RefusedDocumentError):
        joining.read_admission(forged, meeting.newcomer, meeting.invited)


def test_a_qr_code_holds_invitation_and_request_with_long_names(meeting: Meeting) -> None:
    long = Certificate(
        meeting.lead.public, "Ŵ" * 60, "ŷ" * 60, "ô" * 60, "2026-11-23T09:00:00+00:00"
    )
    document = joining.write_invitation(meeting.roster, LOCAL, meeting.lead, long, "h" * 120)
    assert segno.make_qr(document, error="l").version <= 40
    whose = Certificate(meeting.newcomer.public, *("Ŵ" * 60,) * 3, "2026-11-23T09:00:00+00:00")
    asked = joining.write_request(meeting.invited, whose, meeting.newcomer)
    assert segno.make_qr(asked, error="l").version <= 40
    with pytest.raises(RefusedDocumentError):
        joining.write_invitation(meeting.roster, LOCAL, meeting.lead, long, "h" * 2_000)

"""The three documents by which a laptop joins a team: invitation, request, admission.

::

    invitation = text ‖ signature (64)   text: canonical JSON, the lead signs
        form "siteweek invitation 1", inspection, local, head, length, lead, relay
    request    = text ‖ signature (64)   text: canonical JSON, the newcomer signs
        form "siteweek request 1", inspection, head, certificate
    admission  = magic "SWAD" ‖ HPKE-sealed key (1,168) ‖ Cobblestone-256 ‖ signature (64)
        sealed: canonical JSON [1, [entry, …]], padded; context = magic ‖ inspection ‖ device
        signature of the lead over "siteweek/admission/v1" ‖ all before it

An invitation and a request hold nothing secret. Neither is believed: two people read words to each
other that follow from both identities and the team's newest entry, and only then is anyone added.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.crypto import certificates
from app.crypto.identity import device_id
from app.crypto.keys import AdmissionKey
from app.crypto.padding import pad, unpad
from app.crypto.primitives import (
    SIGNATURE_SIZE,
    BrokenSealError,
    cobblestone256_open,
    cobblestone256_seal,
    ed25519_sign,
    ed25519_verify,
    hpke_open,
    hpke_seal,
    random_bytes,
    sha256,
)
from app.crypto.roster import Roster, bytes_in, hash_in
from app.crypto.roster_rules import take_in
from app.domain.revisions import canonical
from app.errors import RefusedDocumentError, RefusedRosterError, UntrustedKeyError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.crypto.certificates import Certificate
    from app.crypto.identity import Identity
    from app.domain.revisions import Json

MOST_TEXT: Final = 2_900  # what a QR code of the largest size holds, and a little less
MOST_ADMISSION: Final = 4 * 1024 * 1024
LONGEST_RELAY: Final = 200
LABEL_INVITATION: Final = b"siteweek/invitation/v1"
LABEL_REQUEST: Final = b"siteweek/join-request/v1"
LABEL_ADMISSION: Final = b"siteweek/admission/v1"
_INVITATION: Final = "siteweek invitation 1"
_REQUEST: Final = "siteweek request 1"
_MAGIC: Final = b"SWAD"
_SEALED_KEY: Final = 1168
_LOCAL_SIZE: Final = 16
_VERSION: Final = 1
_KEYS: Final = ("public", "proof")


@dataclass(frozen=True, slots=True)
class Invitation:
    """What the lead says of the team: which inspection, its newest entry then, and who leads.

    ``local`` is the id under which every laptop of the team keeps the inspection, since what is
    attached is bound to it.
    """

    inspection: bytes
    local: bytes
    head: bytes
    length: int
    lead: Certificate
    relay: str


@dataclass(frozen=True, slots=True)
class Request:
    """What a newcomer says of itself. ``proof`` is the certificate as the roster will hold it."""

    head: bytes
    certificate: Certificate
    proof: Mapping[str, Json]


def write_invitation(
    roster: Roster, local: bytes, own: Identity, certificate: Certificate, relay: str
) -> bytes:
    """Return an invitation by the lead, whose certificate is given.

    Raises:
        RefusedDocumentError: names and address are too long for it.

    """
    text = canonical(
        {
            "form": _INVITATION,
            "inspection": roster.inspection.hex(),
            "local": local.hex(),
            "head": roster.head.hex(),
            "length": roster.length,
            "lead": _short(certificates.certify(certificate, own, roster.inspection)),
            "relay": relay,
        }
    ).encode()
    return _fitting(text + ed25519_sign(own.signing.raw, LABEL_INVITATION + text))


def read_invitation(untrusted: bytes) -> Invitation:
    """Return an invitation whose lead has signed it.

    Raises:
        RefusedDocumentError: it is none, or was altered.
        UntrustedKeyError: somebody else could sign under the lead's key.

    """
    text, signature, parts = _parts(
        untrusted, _INVITATION, {"inspection", "local", "head", "length", "lead", "relay"}
    )
    try:
        inspection = hash_in(parts["inspection"])
        lead = certificates.read(_long(parts["lead"]), inspection)
        ed25519_verify(lead.public[:32], signature, LABEL_INVITATION + text)
        length, relay = parts["length"], parts["relay"]
        if type(length) is not int or not 0 < length < 2**31:
            raise RefusedDocumentError("length")
        if not isinstance(relay, str) or len(relay) > LONGEST_RELAY:
            raise RefusedDocumentError("relay")
        local, head = bytes_in(parts["local"], _LOCAL_SIZE), hash_in(parts["head"])
    except RefusedRosterError as problem:
        raise RefusedDocumentError(problem.fault) from None
    except BrokenSealError:
        raise RefusedDocumentError("signature") from None
    return Invitation(inspection, local, head, length, lead, relay)


def write_request(invitation: Invitation, certificate: Certificate, own: Identity) -> bytes:
    """Return a newcomer's request.

    Raises:
        RefusedDocumentError: the names in it are too long.

    """
    text = canonical(
        {
            "form": _REQUEST,
            "inspection": invitation.inspection.hex(),
            "head": invitation.head.hex(),
            "certificate": _short(certificates.certify(certificate, own, invitation.inspection)),
        }
    ).encode()
    return _fitting(text + ed25519_sign(own.signing.raw, LABEL_REQUEST + text))


def read_request(untrusted: bytes, inspection: bytes) -> Request:
    """Return a request to join an inspection, signed by whoever holds the keys in it.

    Raises:
        RefusedDocumentError: it is none, is for another inspection, or was altered.
        UntrustedKeyError: somebody else could sign under its key.

    """
    text, signature, parts = _parts(untrusted, _REQUEST, {"inspection", "head", "certificate"})
    try:
        if hash_in(parts["inspection"]) != inspection:
            raise RefusedDocumentError("inspection")
        proof = _long(parts["certificate"])
        certificate = certificates.read(proof, inspection)
        ed25519_verify(certificate.public[:32], signature, LABEL_REQUEST + text)
        return Request(hash_in(parts["head"]), certificate, proof)
    except RefusedRosterError as problem:
        raise RefusedDocumentError(problem.fault) from None
    except BrokenSealError:
        raise RefusedDocumentError("signature") from None


def write_admission(
    inspection: bytes, entries: Iterable[bytes], newcomer: bytes, own: Identity
) -> bytes:
    """Return the roster's entries, sealed to a newcomer's public identity, signed by the lead."""
    context = _MAGIC + inspection + bytes.fromhex(device_id(newcomer))
    key = AdmissionKey(random_bytes(AdmissionKey.SIZE))
    body = canonical([_VERSION, [one.hex() for one in entries]]).encode()
    sealed = b"".join(cobblestone256_seal(key.raw, context, [pad(body)]))
    made = _MAGIC + hpke_seal(key.raw, newcomer[32:], context) + sealed
    return made + ed25519_sign(own.signing.raw, LABEL_ADMISSION + made)


def read_admission(
    untrusted: bytes, own: Identity, invitation: Invitation
) -> tuple[Roster, list[bytes]]:
    """Return the roster that an admission for this laptop holds, and its entries.

    It has to be the roster of the invitation, grown from where that stood, with this laptop on it
    and signed by whoever leads it now.

    Raises:
        RefusedDocumentError: it is for another laptop, of another team, or was altered.
        NewerVersionError: an entry is of a later version.

    """
    least = len(_MAGIC) + _SEALED_KEY + SIGNATURE_SIZE
    if untrusted[:4] != _MAGIC or not least < len(untrusted) <= MOST_ADMISSION:
        raise RefusedDocumentError("form")
    signed, signature = untrusted[:-SIGNATURE_SIZE], untrusted[-SIGNATURE_SIZE:]
    context = _MAGIC + invitation.inspection + bytes.fromhex(own.device_id)
    sealed_key, sealed = signed[4 : 4 + _SEALED_KEY], signed[4 + _SEALED_KEY :]
    try:
        key = AdmissionKey(hpke_open(sealed_key, own.sealing.raw, context))
        body = unpad(b"".join(cobblestone256_open(key.raw, context, [sealed])))
    except (BrokenSealError, ValueError):
        raise RefusedDocumentError("seal") from None
    entries = _entries(body)
    roster, seen = _grown(entries, invitation)
    member = roster.members.get(own.device_id)
    if seen != invitation.head or roster.inspection != invitation.inspection:
        raise RefusedDocumentError("team")
    if member is None or member.removed or member.public != own.public:
        raise RefusedDocumentError("member")
    try:
        lead = roster.members[roster.lead].public
        ed25519_verify(lead[:32], signature, LABEL_ADMISSION + signed)
    except BrokenSealError:
        raise RefusedDocumentError("signature") from None
    return roster, entries


def _grown(entries: Iterable[bytes], invitation: Invitation) -> tuple[Roster, bytes]:
    roster, seen = Roster(), b""
    try:
        for entry in entries:
            roster = take_in(roster, entry)
            if roster.length == invitation.length:
                seen = sha256(entry)
    except (RefusedRosterError, UntrustedKeyError):
        raise RefusedDocumentError("team") from None
    return roster, seen


def _entries(body: bytes | None) -> list[bytes]:
    if body is None:
        raise RefusedDocumentError("padding")
    try:
        version, listed = json.loads(body)
        entries = [bytes.fromhex(one) for one in listed]
        is_ours = canonical([version, [one.hex() for one in entries]]).encode() == body
    except (ValueError, TypeError, RecursionError):
        raise RefusedDocumentError("form") from None
    if version != _VERSION or not is_ours:
        raise RefusedDocumentError("form")
    return entries


def _parts(untrusted: bytes, form: str, names: set[str]) -> tuple[bytes, bytes, dict[str, Json]]:
    if not SIGNATURE_SIZE < len(untrusted) <= MOST_TEXT:
        raise RefusedDocumentError("length")
    text, signature = untrusted[:-SIGNATURE_SIZE], untrusted[-SIGNATURE_SIZE:]
    try:
        read = json.loads(text)
        is_ours = isinstance(read, dict) and canonical(read).encode() == text
    except (ValueError, RecursionError):
        raise RefusedDocumentError("form") from None
    if not is_ours or read.keys() != {"form", *names} or read["form"] != form:
        raise RefusedDocumentError("form")
    return text, signature, read


def _short(certificate: Mapping[str, Json]) -> Json:
    """Return a certificate with its keys in base 64, or no QR code could hold it."""
    short = dict(certificate)
    for name in _KEYS:
        short[name] = base64.b64encode(bytes_in(short[name])).decode()
    return short


def _long(untrusted: Json) -> dict[str, Json]:
    """Return a certificate as the roster holds it, its keys in hex."""
    if not isinstance(untrusted, dict):
        raise RefusedDocumentError("certificate")
    long = dict(untrusted)
    for name in _KEYS:
        value = long.get(name)
        try:
            found = base64.b64decode(value, validate=True) if isinstance(value, str) else b""
        except (binascii.Error, ValueError):
            raise RefusedDocumentError("certificate") from None
        if not found or base64.b64encode(found).decode() != value:
            raise RefusedDocumentError("certificate")
        long[name] = found.hex()
    return long


def _fitting(document: bytes) -> bytes:
    if len(document) > MOST_TEXT:
        raise RefusedDocumentError("length")
    return document

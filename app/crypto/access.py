"""How a device shows a relay that it may come in: signed requests, and the lead's access list.

A relay knows devices by their ids and signing keys alone. Nothing here is secret, and nothing here
lets anybody read: a list that a relay believes decides who may fetch sealed bytes, no more.

::

    request, signed                         access list
    label                                   0    4   magic: SWAC
    method, target, SHA-256 of the body,    4    1   version = 1
    challenge, count in decimals: each      5    1   signatures: 1 or 2
    after its length in 4 bytes             6    4   length n of the text
                                            10   n   canonical JSON: inspection, number,
                                                     devices, lead, deputy
                                            then for each signature
                                                 16  the device that signed
                                                 64  Ed25519 over label ‖ text
"""

from __future__ import annotations

import json
import re
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.crypto.primitives import (
    SIGNATURE_SIZE,
    BrokenSealError,
    ed25519_sign,
    ed25519_verify,
)
from app.crypto.public_keys import is_strong_signing_key
from app.domain.revisions import canonical
from app.errors import RefusedAccessError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.crypto.identity import Identity
    from app.domain.revisions import Json

VERSION: Final = 1
MAGIC: Final = b"SWAC"
LABEL_REQUEST: Final = b"siteweek/request/v1"
LABEL_LIST: Final = b"siteweek/access/v1"
MOST_DEVICES: Final = 1_000
MOST_BYTES: Final = 256 * 1024

_HEAD: Final = struct.Struct(">4sBBI")
_SIGNED: Final = struct.Struct(f">16s{SIGNATURE_SIZE}s")
_MEMBERS: Final = {"inspection", "number", "devices", "lead", "deputy"}
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_DEVICE: Final = re.compile(r"[0-9a-f]{32}")
_LARGEST: Final = 2**63
_WITH_WITNESS: Final = 2


@dataclass(frozen=True, slots=True)
class Request:
    """What a device signs of a request: ``target`` is path and query exactly as sent."""

    method: str
    target: str
    body_hash: bytes
    challenge: str
    count: int


@dataclass(frozen=True, slots=True)
class AccessList:
    """Who may use an inspection's mailbox: device ids with their 32-byte Ed25519 keys.

    Of two lists the one with the higher number is newer. ``deputy`` may be nobody.
    """

    inspection: bytes
    number: int
    devices: Mapping[str, bytes]
    lead: str
    deputy: str

    def text(self) -> bytes:
        """Return what is signed."""
        return canonical(
            {
                "inspection": self.inspection.hex(),
                "number": self.number,
                "devices": {device: key.hex() for device, key in self.devices.items()},
                "lead": self.lead,
                "deputy": self.deputy,
            }
        ).encode()


@dataclass(frozen=True, slots=True)
class SignedList:
    """A well-formed list as it arrived. Its signatures were not checked yet."""

    list: AccessList
    signatures: Mapping[str, bytes]


def sign_request(own: Identity, request: Request) -> bytes:
    """Return the device's signature over a request."""
    return ed25519_sign(own.signing.raw, _message(request))


def check_request(signing_public: bytes, signature: bytes, request: Request) -> None:
    """Do nothing when the device of this key signed this request.

    Raises:
        RefusedAccessError: it did not, or a byte was altered.

    """
    try:
        ed25519_verify(signing_public, signature, _message(request))
    except BrokenSealError:
        raise RefusedAccessError("signature") from None


def write(access: AccessList, signer: Identity, witness: Identity | None = None) -> bytes:
    """Return a list signed by the lead, or by the deputy together with another member.

    Raises:
        ValueError: the list is one that nobody would take.

    """
    text = access.text()
    signers = [one for one in (signer, witness) if one is not None]
    written = _HEAD.pack(MAGIC, VERSION, len(signers), len(text)) + text
    for one in signers:
        signature = ed25519_sign(one.signing.raw, LABEL_LIST + text)
        written += _SIGNED.pack(bytes.fromhex(one.device_id), signature)
    try:
        read(written)
    except RefusedAccessError as refused:
        raise ValueError(f"an access list breaks its own rules: {refused.fault}") from None
    return written


def read(untrusted: bytes) -> SignedList:
    """Return a list that has the right form.

    Raises:
        RefusedAccessError: it has not, is too long, or holds a key anybody could sign under.

    """
    if not _HEAD.size < len(untrusted) <= MOST_BYTES:
        raise RefusedAccessError("length")
    magic, version, count, length = _HEAD.unpack_from(untrusted)
    if magic != MAGIC or version != VERSION:
        raise RefusedAccessError("version")
    end = _HEAD.size + length
    if count not in {1, _WITH_WITNESS} or len(untrusted) != end + count * _SIGNED.size:
        raise RefusedAccessError("length")
    signatures = {
        device.hex(): signature for device, signature in _SIGNED.iter_unpack(untrusted[end:])
    }
    if len(signatures) != count:
        raise RefusedAccessError("signers")
    return SignedList(_read_text(untrusted[_HEAD.size : end]), signatures)


def follows(held: AccessList | None, signed: SignedList) -> AccessList:
    """Return a list that may take the place of the one held.

    The first is signed by the lead it names; a later one has a higher number and is signed by the
    held list's lead, or by its deputy together with another device on it.

    Raises:
        RefusedAccessError: it may not.

    """
    new = signed.list
    judges = held or new
    if held is not None and new.inspection != held.inspection:
        raise RefusedAccessError("inspection")
    if held is not None and new.number <= held.number:
        raise RefusedAccessError("number")
    signers = {
        device
        for device, signature in signed.signatures.items()
        if _is_signed(judges, device, signature, new.text())
    }
    # Every signature counts or the list is refused: a stranger's adds nothing and may mean harm.
    if signers != signed.signatures.keys():
        raise RefusedAccessError("signature")
    by_deputy = held is not None and held.deputy in signers and len(signers) == _WITH_WITNESS
    if judges.lead not in signers and not by_deputy:
        raise RefusedAccessError("signers")
    return new


def _read_text(untrusted: bytes) -> AccessList:
    try:
        parts = json.loads(untrusted)
        is_ours = isinstance(parts, dict) and canonical(parts).encode() == untrusted
    except (ValueError, RecursionError):
        raise RefusedAccessError("text") from None
    if not is_ours or parts.keys() != _MEMBERS:
        raise RefusedAccessError("text")
    number, devices = parts["number"], parts["devices"]
    if type(number) is not int or not 0 < number < _LARGEST:
        raise RefusedAccessError("number")
    if not isinstance(devices, dict) or not 0 < len(devices) <= MOST_DEVICES:
        raise RefusedAccessError("devices")
    known = {_matching(_DEVICE, one): _signing_key(key) for one, key in devices.items()}
    lead, deputy = parts["lead"], parts["deputy"]
    is_named = isinstance(lead, str) and isinstance(deputy, str)
    if not is_named or lead not in known or (deputy and deputy not in known):
        raise RefusedAccessError("lead")
    inspection = bytes.fromhex(_matching(_HASH, parts["inspection"]))
    return AccessList(inspection, number, known, lead, deputy)


def _signing_key(untrusted: Json) -> bytes:
    key = bytes.fromhex(_matching(_HASH, untrusted))
    if not is_strong_signing_key(key):
        raise RefusedAccessError("key")
    return key


def _matching(form: re.Pattern[str], untrusted: Json) -> str:
    if not isinstance(untrusted, str) or form.fullmatch(untrusted) is None:
        raise RefusedAccessError("text")
    return untrusted


def _is_signed(by: AccessList, device: str, signature: bytes, text: bytes) -> bool:
    try:
        ed25519_verify(by.devices.get(device, b""), signature, LABEL_LIST + text)
    except BrokenSealError:
        return False
    return True


def _message(request: Request) -> bytes:
    parts = (
        request.method.encode(),
        request.target.encode(),
        request.body_hash,
        request.challenge.encode(),
        str(request.count).encode(),
    )
    return LABEL_REQUEST + b"".join(len(one).to_bytes(4) + one for one in parts)

"""How a device shows a relay that it may come in: signed requests, and the lead's access list."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.crypto.primitives import (
    SIGNATURE_SIZE,
    BrokenSealError,
    ed25519_sign,
    ed25519_verify,
    sha256,
)
from app.domain.revisions import canonical
from app.errors import RefusedAccessError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.crypto.identity import Identity

LABEL_REQUEST: Final = b"siteweek/request/v1"
LABEL_LIST: Final = b"siteweek/access/v1"


@dataclass(frozen=True, slots=True)
class Request:
    """What a device signs of a request."""

    method: str
    target: str
    body_hash: bytes
    challenge: str
    count: int


@dataclass(frozen=True, slots=True)
class AccessList:
    """Who may use the mailbox of an inspection."""

    inspection: bytes
    number: int
    devices: Mapping[str, bytes]
    lead: str
    deputy: str


@dataclass(frozen=True, slots=True)
class SignedList:
    """A list as it arrived."""

    list: AccessList
    text: bytes
    signatures: tuple[bytes, ...]
    witness: str


def sign_request(own: Identity, request: Request) -> bytes:
    """Return the signature."""
    return ed25519_sign(own.signing.raw, _message(request))


def check_request(signing_public: bytes, signature: bytes, request: Request) -> None:
    """Do nothing when it was signed by that key."""
    try:
        ed25519_verify(signing_public, signature, _message(request))
    except BrokenSealError:
        raise RefusedAccessError("signature") from None


def write(access: AccessList, signer: Identity, witness: Identity | None = None) -> bytes:
    """Return a signed list."""
    text = canonical(
        {
            "inspection": access.inspection.hex(),
            "number": access.number,
            "devices": {one: key.hex() for one, key in access.devices.items()},
            "lead": access.lead,
            "deputy": access.deputy,
            "witness": witness.device_id if witness else "",
        }
    ).encode()
    signed = [ed25519_sign(one.signing.raw, LABEL_LIST + text) for one in (signer, witness) if one]
    return bytes([len(signed)]) + b"".join(signed) + text


def read(untrusted: bytes) -> SignedList:
    """Return the list."""
    try:
        end = 1 + untrusted[0] * SIGNATURE_SIZE
        text = untrusted[end:]
        parts = json.loads(text)
        devices = {one: bytes.fromhex(key) for one, key in parts["devices"].items()}
        access = AccessList(
            bytes.fromhex(parts["inspection"]),
            parts["number"],
            devices,
            parts["lead"],
            parts["deputy"],
        )
        signatures = tuple(
            untrusted[start : start + SIGNATURE_SIZE] for start in range(1, end, SIGNATURE_SIZE)
        )
        return SignedList(access, text, signatures, parts["witness"])
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        raise RefusedAccessError("form") from None


def follows(held: AccessList | None, signed: SignedList) -> AccessList:
    """Return the list when it may take the place of the held one."""
    new = signed.list
    before = held or new
    if held is not None and (new.inspection != held.inspection or new.number <= held.number):
        raise RefusedAccessError("number")
    if not signed.signatures:
        raise RefusedAccessError("signature")
    if _is_signed(before, before.lead, signed, 0):
        return new
    if (
        held is not None
        and len(signed.signatures) > 1
        and signed.witness != before.deputy
        and _is_signed(before, before.deputy, signed, 0)
        and _is_signed(before, signed.witness, signed, 1)
    ):
        return new
    raise RefusedAccessError("signature")


def _is_signed(by: AccessList, device: str, signed: SignedList, place: int) -> bool:
    try:
        ed25519_verify(
            by.devices.get(device, b""), signed.signatures[place], LABEL_LIST + signed.text
        )
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


__all__ = ["AccessList", "Request", "SignedList", "sha256"]

"""What a device says of itself when it joins, signed with its own key.

The signature proves that whoever offers the keys holds them, and binds the name to them and to
the one inspection. That the name is true is for two people to check, who read words to each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.crypto.identity import PUBLIC_SIZE, device_id
from app.crypto.primitives import (
    SIGNATURE_SIZE,
    BrokenSealError,
    ed25519_sign,
    ed25519_verify,
)
from app.crypto.public_keys import check_public
from app.crypto.roster import bytes_in
from app.domain.revisions import canonical
from app.errors import RefusedRosterError

if TYPE_CHECKING:
    from app.crypto.identity import Identity
    from app.domain.revisions import Json

LABEL: Final = b"siteweek/device-certificate/v1"
LONGEST_NAME: Final = 200
_TEXTS: Final = ("person", "inspectorate", "name", "created")


@dataclass(frozen=True, slots=True)
class Certificate:
    """A device's public identity and whose it says it is. ``created`` is an ISO instant."""

    public: bytes
    person: str
    inspectorate: str
    name: str
    created: str

    @property
    def device(self) -> str:
        """The device's id."""
        return device_id(self.public)

    def plain(self) -> dict[str, Json]:
        """Return it as plain values."""
        return {
            "public": self.public.hex(),
            "person": self.person,
            "inspectorate": self.inspectorate,
            "name": self.name,
            "created": self.created,
        }


def certify(certificate: Certificate, own: Identity, inspection: bytes) -> dict[str, Json]:
    """Return a certificate with the proof that its keys are held, for one inspection."""
    proof = ed25519_sign(own.signing.raw, _message(certificate, inspection))
    return {**certificate.plain(), "proof": proof.hex()}


def read(untrusted: Json, inspection: bytes) -> Certificate:
    """Return a certificate whose keys may join and whose proof holds.

    Raises:
        RefusedRosterError: it is malformed, or not proven for this inspection.
        UntrustedKeyError: somebody else could sign under its key.

    """
    if not isinstance(untrusted, dict) or untrusted.keys() != {*_TEXTS, "public", "proof"}:
        raise RefusedRosterError("certificate")
    texts = [untrusted[name] for name in _TEXTS]
    if not all(isinstance(one, str) and len(one) <= LONGEST_NAME for one in texts):
        raise RefusedRosterError("certificate")
    public = bytes_in(untrusted["public"], PUBLIC_SIZE)
    check_public(public)
    certificate = Certificate(public, *map(str, texts))
    proof = bytes_in(untrusted["proof"], SIGNATURE_SIZE)
    try:
        ed25519_verify(public[:32], proof, _message(certificate, inspection))
    except BrokenSealError:
        raise RefusedRosterError("certificate") from None
    return certificate


def _message(certificate: Certificate, inspection: bytes) -> bytes:
    return LABEL + inspection + canonical(certificate.plain()).encode()

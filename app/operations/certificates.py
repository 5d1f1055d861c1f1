"""Certificates that an inspection was destroyed: written as JSON and PDF, and checked again."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.crypto import disposal as signing
from app.domain.disposal import BASIS, not_reached
from app.domain.revisions import canonical
from app.errors import InvalidInputError, OutputError
from app.json_reading import BadJsonError, decode, parse
from app.reports.disposal_certificate import disposal_certificate
from app.reports.write import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from app.domain.disposal import Disposal

FORMAT: Final = "siteweek-disposal-certificate"
VERSION: Final = 1
_LONGEST_NUMBER: Final = 32


@dataclass(frozen=True, slots=True)
class Checked:
    """What a certificate says whose signature is good; ``device`` is the laptop that signed."""

    inspection: str
    device: str
    ordered_at: str
    finished_at: str


def prepare_folder(folder: Path, profile: Path) -> None:
    """Make sure that a certificate can be written into a folder, before anything is destroyed.

    Raises:
        InvalidInputError: it lies in the profile.
        OutputError: it can't be made, or not written into.

    """
    if folder.resolve().is_relative_to(profile.resolve()):
        raise InvalidInputError(
            "The certificate has to lie outside the profile. Choose another folder; nothing was "
            "destroyed."
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as trial:
            trial.write(bytes(signing.MOST_BYTES))
    except OSError as problem:
        raise OutputError(
            f"No certificate could be written into {folder} "
            f"({os.strerror(problem.errno or 0)}). Choose another folder; nothing was destroyed."
        ) from None


def write_certificate(one: Disposal, folder: Path) -> list[Path]:
    """Write the certificate of a completed disposal as JSON and PDF; return the two files.

    What is there already under the same name is left as it is.

    Raises:
        OutputError: they could not be written; what is kept in the profile is enough to try again.

    """
    name = _free_name(folder, f"siteweek-destroyed-{one.order.inspection}")
    files = [folder / f"{name}.json", folder / f"{name}.pdf"]
    write_whole(certificate_json(one), files[0])
    write_whole(disposal_certificate(one), files[1])
    return files


def certificate_json(one: Disposal) -> bytes:
    """Return the certificate as JSON. Its member ``signature`` says which part is signed."""
    signature = {
        "of": "order",
        "algorithm": "Ed25519",
        "label": signing.LABEL_ORDER.decode(),
        "value": one.signature,
    }
    plain = {
        "format": FORMAT,
        "version": VERSION,
        "order": one.order.plain(),
        "signature": signature if one.signature else None,
        "outcome": one.outcome.plain(),
        "basis": BASIS,
        "not_reached": list(not_reached(one.order)),
    }
    return (json.dumps(plain, ensure_ascii=False, indent=1) + "\n").encode()


def check_certificate(untrusted: bytes) -> Checked:
    """Return what a certificate says, once its signature was found to be good.

    Whether the laptop that signed belonged to the team is for another laptop of the team to say.

    Raises:
        InvalidInputError: it is no certificate, was never signed, or its order was altered.

    """
    certificate = _members(_parsed(untrusted))
    order, outcome = _members(certificate.get("order")), _members(certificate.get("outcome"))
    if certificate.get("format") != FORMAT or certificate.get("version") != VERSION:
        raise InvalidInputError("This file is not a certificate of destruction of this version.")
    if certificate.get("signature") is None:
        raise InvalidInputError(
            "This certificate was never signed: the inspection’s keys could not be used any more."
        )
    if not _is_signed(order, _members(certificate["signature"])):
        raise InvalidInputError(
            "The signature does not fit: the order in this certificate was altered, or another "
            "laptop signed it."
        )
    return Checked(
        inspection=str(order.get("inspection")),
        device=str(order.get("device")),
        ordered_at=str(order.get("ordered_at")),
        finished_at=str(outcome.get("finished_at")),
    )


def _is_signed(order: dict[str, object], signature: dict[str, object]) -> bool:
    try:
        text = canonical(order).encode()
        public = bytes.fromhex(str(order.get("device_public")))
        value = bytes.fromhex(str(signature.get("value")))
    except ValueError:
        return False
    if signature.get("of") != "order" or signature.get("label") != signing.LABEL_ORDER.decode():
        return False
    return signing.order_is_signed(public, value, text, str(order.get("device")))


def _parsed(untrusted: bytes) -> object:
    if len(untrusted) > signing.MOST_BYTES:
        raise InvalidInputError("This file is far larger than a certificate can be.")
    try:
        return parse(decode(untrusted), _LONGEST_NUMBER)
    except BadJsonError as problem:
        raise InvalidInputError(f"Line {problem.line} of the file: {problem.reason}.") from None


def _members(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise InvalidInputError("This file is not a certificate of destruction.")
    return value


def _free_name(folder: Path, name: str) -> str:
    number, free = 1, name
    while any((folder / f"{free}{ending}").exists() for ending in (".json", ".pdf")):
        number += 1
        free = f"{name}-{number}"
    return free

"""Laptops that speak to a relay, byte by byte as the interface says, and may misbehave."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import urllib3

from app.crypto import access, envelope, identity
from app.crypto.access import AccessList, Request
from app.crypto.envelope import Form, Header
from app.crypto.keys import EpochSecret
from app.crypto.primitives import sha256
from app.sync.items import Kind, name_of
from app.sync.relay.framing import frame, unframe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.crypto.identity import Identity

SECRET = EpochSecret(bytes(range(32)))


@dataclass
class Answer:
    status: int
    headers: Any
    body: bytes

    @property
    def json(self) -> Any:
        assert self.headers["Content-Type"] == "application/json"
        return json.loads(self.body)

    @property
    def error(self) -> tuple[int, str]:
        assert set(self.json) == {"error", "message"}
        assert self.json["message"].endswith(".")
        return self.status, self.json["error"]


@dataclass
class Laptop:
    """One device of one inspection, at one relay."""

    address: str
    inspection: bytes
    own: Identity = field(default_factory=identity.create)
    challenge: str = ""
    count: int = 0
    pool: urllib3.PoolManager = field(
        default_factory=lambda: urllib3.PoolManager(retries=False, timeout=30)
    )

    @property
    def id(self) -> str:
        return self.own.device_id

    @property
    def box(self) -> str:
        return f"/v1/inspections/{self.inspection.hex()}"

    def signed(self, method: str, target: str, body: bytes = b"") -> dict[str, str]:
        """The four headers of a request, each time with a new count."""
        if not self.challenge:
            self.challenge = self.plain("GET", "/v1/challenge").json["challenge"]
        self.count += 1
        of = Request(method, target, sha256(body), self.challenge, self.count)
        return {
            "Siteweek-Device": self.id,
            "Siteweek-Challenge": self.challenge,
            "Siteweek-Count": str(self.count),
            "Siteweek-Signature": access.sign_request(self.own, of).hex(),
        }

    def plain(self, method: str, target: str, body: Any = None, headers: Any = None) -> Answer:
        """A request exactly as given. Every answer is a relay's."""
        answer = self.pool.urlopen(
            method, self.address + target, body=body, headers=headers or {}, redirect=False
        )
        assert answer.headers["Siteweek-Relay"] == "1"
        return Answer(answer.status, answer.headers, answer.data)

    def ask(self, method: str, target: str, body: bytes = b"", **more: str) -> Answer:
        headers = {**self.signed(method, target, body), **more}
        return self.plain(method, target, body if method != "GET" else None, headers)

    def publish(self, access_list: bytes, code: str = "") -> Answer:
        more = {"Siteweek-Code": code} if code else {}
        return self.ask("PUT", f"{self.box}/devices", access_list, **more)

    def put(self, *items: tuple[str, bytes]) -> Answer:
        return self.ask("POST", f"{self.box}/items", b"".join(frame(*one) for one in items))

    def list(self, era: str = "", after: int = 0, wait: int = 0) -> Answer:
        return self.ask("GET", f"{self.box}/items?era={era}&after={after}&wait={wait}")

    def fetch(self, *names: str) -> Answer:
        return self.ask("POST", f"{self.box}/fetch", json.dumps({"names": names}).encode())

    def names(self) -> Sequence[str]:
        """Every item's name, page by page."""
        found: list[str] = []
        era, after, more = "", 0, True
        while more:
            page = self.list(era, after).json
            era, after, more = page["era"], page["next"], page["more"]
            found += [one["name"] for one in page["items"]]
        return found

    def contents(self, *names: str) -> dict[str, bytes]:
        answer = self.fetch(*names)
        assert answer.status == 200
        assert answer.headers["Content-Type"] == "application/octet-stream"
        return dict(unframe(answer.body))

    def envelope(self, number: int = 1, body: bytes = b"", inspection: bytes = b"") -> Item:
        return self.sealed(Form.REVISIONS, Kind.ENVELOPE, number, body, inspection)

    def receipt(self, progress: int, inspection: bytes = b"") -> Item:
        return self.sealed(Form.RECEIPT, Kind.RECEIPT, progress, b"", inspection)

    def sealed(
        self, form: Form, kind: Kind, first: int = 1, body: bytes = b"", inspection: bytes = b""
    ) -> Item:
        header = Header(inspection or self.inspection, 1, self.id, first, bytes(32), form)
        content = envelope.seal(header, body, SECRET, self.own)
        return name_of(content, kind), content


Item = tuple[str, bytes]


def piece(size: int = 1_000) -> Item:
    """A piece of an attachment: random bytes, as all sealed bytes look."""
    content = os.urandom(size)
    return name_of(content, Kind.PIECE), content


def listed(
    lead: Laptop, *others: Laptop, number: int = 1, deputy: str = "", signer: Laptop | None = None
) -> bytes:
    """The lead's list of laptops."""
    return access.write(
        access_of(lead, *others, number=number, deputy=deputy), (signer or lead).own
    )


def access_of(lead: Laptop, *others: Laptop, number: int = 1, deputy: str = "") -> AccessList:
    devices = {one.id: one.own.public[:32] for one in (lead, *others)}
    return AccessList(lead.inspection, number, devices, lead.id, deputy or lead.id)

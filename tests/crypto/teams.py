"""A team as its lead's laptop holds it: identities, secrets and a roster that grows."""

from __future__ import annotations

from typing import Any

from app.crypto import certificates, epochs, identity, roster_rules
from app.crypto.certificates import Certificate, certify
from app.crypto.identity import Identity
from app.crypto.keys import EpochSecret
from app.crypto.roster import INSPECTOR, NOTHING, Roster, write


class Team:
    """Writes entries as the lead would, and takes each in."""

    def __init__(self) -> None:
        self.people: dict[str, Identity] = {}
        self.secrets: dict[int, EpochSecret] = {}
        self.entries: list[bytes] = []
        self.roster = Roster()
        self.lead = self.draw("Asha")
        self.grow("genesis", certificate=self.certificate(self.lead), epoch=self.epoch())

    def draw(self, name: str) -> Identity:
        made = identity.create()
        self.people[name] = made
        return made

    def certificate(self, own: Identity, inspection: bytes | None = None) -> dict[str, Any]:
        of = Certificate(own.public, "Person", "Ofsted", "laptop", "2026-10-12T09:00:00+00:00")
        return certify(of, own, self.roster.inspection if inspection is None else inspection)

    def epoch(self, devices: list[str] | None = None) -> dict[str, Any]:
        """The next epoch's secret, sealed to these devices or to all that are active."""
        number = self.roster.epoch + 1
        secret = self.secrets[number] = epochs.draw()
        if devices is None:
            devices = [one.device for one in self.roster.active] or [self.lead.device_id]
        sealed = {one: self.sealed(number, one).hex() for one in devices}
        return {
            "number": number,
            "commitment": epochs.commitment(secret).hex(),
            "secrets": sealed,
        }

    def sealed(self, number: int, device: str, public: bytes | None = None) -> bytes:
        known = {one.device_id: one.public for one in self.people.values()}
        return epochs.wrap(
            self.secrets[number],
            public or known[device],
            self.roster.inspection,
            number,
            device,
            self.roster.head,
        )

    def grow(self, kind: str, signer: Identity | None = None, **body: Any) -> None:
        """Write the next entry and take it in."""
        entry = write(self.roster, kind, body, signer or self.lead)
        self.roster = roster_rules.take_in(self.roster, entry)
        self.entries.append(entry)

    def add(self, name: str, role: str = INSPECTOR, reads_from: int = 1) -> Identity:
        own = self.draw(name)
        secrets = {
            str(number): self.sealed(number, own.device_id).hex()
            for number in range(reads_from, self.roster.epoch + 1)
        }
        certificate = self.certificate(own)
        self.grow("add", certificate=certificate, role=role, checked="by voice", secrets=secrets)
        return own

    def others(self, *gone: Identity) -> list[str]:
        without = {one.device_id for one in gone}
        return [one.device for one in self.roster.active if one.device not in without]

    def remove(self, own: Identity, cut: list[Any] | None = None) -> None:
        epoch = self.epoch(self.others(own))
        self.grow("remove", device=own.device_id, cut=cut, reason="lost", epoch=epoch)

    def opened(self, own: Identity, number: int) -> EpochSecret:
        """An epoch's secret, as a member gets it out of the roster."""
        return epochs.unwrap(
            self.roster.wrapped[number][own.device_id],
            own,
            # The first epoch is sealed before the inspection has its name.
            NOTHING
            if (number, own.device_id) == (1, self.lead.device_id)
            else (self.roster.inspection),
            number,
            self.roster.wrapped_after[number, own.device_id],
            self.roster.commitments[number],
        )


__all__ = ["Team", "certificates"]

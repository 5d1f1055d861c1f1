"""What is known of an inspection that was destroyed: what was ordered, and what came of it.

The order is fixed while the inspection can still be read, and is what this laptop signs. It names
no child and holds no word of a note, since it leaves the encrypted store.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from app.domain.revisions import canonical

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


class Stage(Enum):
    """How far a disposal has come. Each is written down once it is true and no sooner."""

    ORDERED = "ordered"
    KEYS_DESTROYED = "keys destroyed"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class Order:
    """What was to be destroyed, when, by whom and why.

    ``unreadable`` says why an inspection could not be opened; its numbers are 0 then and nobody
    signed. Area and theme are there only where the person who ordered it wished so.
    """

    inspection: str
    ordered_at: str = ""  # UTC
    ordered_local: str = ""  # the same instant with the laptop's own offset
    by: str = ""
    reason: str = ""
    area: str = ""
    theme: str = ""
    fieldwork_from: str = ""
    fieldwork_to: str = ""
    closed_at: str = ""
    keep_until: str = ""
    records: int = 0
    attachments: int = 0
    changes: int = 0
    newest_hash: str = ""
    backups: int = 0
    key_files: int = 0
    files: int = 0
    bytes: int = 0
    device: str = ""
    device_public: str = ""
    other_devices: tuple[str, ...] = ()
    unreadable: str = ""
    software: str = ""

    def text(self) -> str:
        """Return the one text of the order: its canonical JSON, which is what is signed."""
        return canonical(self.plain())

    def plain(self) -> dict[str, Any]:
        """Return it as plain values, for JSON."""
        return {**asdict(self), "other_devices": list(self.other_devices)}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the order. ``left`` names what still bears the inspection's id, and where.

    ``not_overwritten`` counts key files that could only be removed.
    """

    keys_destroyed_at: str = ""
    finished_at: str = ""
    finished_local: str = ""
    not_overwritten: int = 0
    was_interrupted: bool = False
    left: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        """Return it as plain values, for JSON."""
        return {**asdict(self), "left": list(self.left)}


@dataclass(frozen=True, slots=True)
class Disposal:
    """An order, this laptop's signature of it in hex, and what has come of it so far."""

    order: Order
    signature: str = ""
    outcome: Outcome = Outcome()

    @property
    def stage(self) -> Stage:
        """How far it has come."""
        if self.outcome.finished_at:
            return Stage.COMPLETE
        return Stage.KEYS_DESTROYED if self.outcome.keys_destroyed_at else Stage.ORDERED

    def plain(self) -> dict[str, Any]:
        """Return it as plain values, for JSON."""
        return {
            "order": self.order.plain(),
            "signature": self.signature,
            "outcome": self.outcome.plain(),
        }


def from_plain(plain: Mapping[str, Any]) -> Disposal:
    """Return what ``plain`` gave.

    Raises:
        KeyError, TypeError: it gave something else.

    """
    order = dict(plain["order"])
    outcome = dict(plain["outcome"])
    order["other_devices"] = tuple(order["other_devices"])
    outcome["left"] = tuple(outcome["left"])
    return Disposal(Order(**order), plain["signature"], Outcome(**outcome))


BASIS: Final = (
    "Cryptographic erase, as NIST SP 800-88 Rev. 2 describes it: every key to the encrypted data "
    "was random, 256 bits long and kept in key files alone; these were overwritten, flushed to "
    "disk and removed before anything else. What may remain of the data can’t be read without them."
)


_NEVER_REACHED: Final = (
    (
        "Sealed copies on sticks, in shared folders and on relays. They open only with keys that "
        "other laptops of the team hold."
    ),
    (
        "Backups that were carried elsewhere. Each brings its own key file, which the passphrase "
        "or the recovery key of this profile opens."
    ),
    (
        "Documents that were written out (letters, briefs, sheets, inspection JSON), and "
        "attachments that were saved or opened elsewhere."
    ),
    "Copies that the operating system or a backup program made of the profile’s folder.",
    (
        "What flash storage may keep of a key file that was overwritten. Whoever recovers it needs "
        "the passphrase or the recovery key as well."
    ),
    "Memory that the operating system put on disk while the inspection was open.",
)


def not_reached(order: Order) -> tuple[str, ...]:
    """Return what a disposal on one laptop can’t reach, in sentences."""
    count = len(order.other_devices)
    if order.unreadable:
        others = "Which other laptops hold a copy could not be read."
    elif count == 0:
        others = "This laptop knew of no other laptop with a copy."
    else:
        noun = "laptop that this one knew of" if count == 1 else "laptops that this one knew of"
        others = f"Copies on the {count} other {noun}: each destroys its own."
    return (others, *_NEVER_REACHED)

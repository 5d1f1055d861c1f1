"""What a relay is told when it starts: where its database is, and how much it takes from whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

_KIBIBYTE: Final = 1024
_MEBIBYTE: Final = 1024 * _KIBIBYTE
MOST_BODY: Final = 16 * _MEBIBYTE  # of items in one request or answer, names and lengths apart


class Rate(NamedTuple):
    """So many requests a second in the long run, and so many at once after a rest."""

    a_second: float
    at_once: float


PER_ADDRESS: Final = Rate(100, 1_000)
PER_DEVICE: Final = Rate(20, 100)


@dataclass(frozen=True, slots=True)
class Settings:
    """All that can be set. Without a database, a temporary one that goes with the process.

    ``bytes_a_day`` is what one device may store in a day, ``bytes_per_inspection`` what a mailbox
    holds. An address stands for everybody behind it: a whole office may share one.
    """

    database: str = ""
    bytes_a_day: int = 64 * _MEBIBYTE
    bytes_per_inspection: int = 2048 * _MEBIBYTE
    per_address: Rate = PER_ADDRESS
    per_device: Rate = PER_DEVICE
    waiting_per_device: int = 4
    large_per_device: int = 2
    large_at_once: int = 16
    requests_at_once: int = 8_000
    # A body may take this long, and longer only as long as it comes at least at this speed.
    body_seconds: float = 60
    least_speed: int = 32 * _KIBIBYTE
    head_seconds: float = 20
    threads: int = 8

"""What the tests of the key files share: a cheap policy, and a derivation that counts its calls.

The cheap policy can only be had by passing it; no file, setting or variable selects it.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Final

from app.crypto.passphrase import Argon2Parameters, Stretcher, WorkPolicy
from app.crypto.primitives import argon2id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

CHEAP: Final = Argon2Parameters(memory_kib=8, passes=1, lanes=1)
CHEAP_POLICY: Final = WorkPolicy(
    floor=CHEAP, ceiling=Argon2Parameters(memory_kib=64, passes=4, lanes=4)
)
CHEAP_STRETCHER: Final = Stretcher(CHEAP_POLICY)
PASSPHRASE: Final = "clover anvil parade mustard fjord"  # noqa: S105 - a sample that guards nothing


class CountingKdf:
    """Argon2id, and how often it was asked."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(
        self, secret: bytes, salt: bytes, *, memory_kib: int, passes: int, lanes: int
    ) -> bytes:
        self.calls += 1
        return argon2id(secret, salt, memory_kib=memory_kib, passes=passes, lanes=lanes)


def names_in(folder: Path) -> list[str]:
    """What a folder holds, sorted."""
    return sorted(entry.name for entry in folder.iterdir())


def single_byte_flips(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Each byte changed once, by a different amount each time, and where."""
    amounts = random.Random(1)
    for place in range(len(data)):
        changed = bytearray(data)
        changed[place] ^= amounts.randrange(1, 256)
        yield place, bytes(changed)


def raised_by(call: Callable[[], object]) -> Exception | None:
    """The error that ``call`` raises, or none."""
    try:
        call()
    except Exception as problem:  # noqa: BLE001 - it is the answer
        return problem
    return None

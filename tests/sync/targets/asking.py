"""Every way to ask a relay, so that what holds for one is held for all."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from app.crypto import identity
from app.sync.targets.bounded import Limits
from app.sync.targets.relay import RelayTarget
from tests.sync.relay.laptops import piece

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

INSPECTION = os.urandom(32)
OWN = identity.create()
WAYS: dict[str, Callable[[RelayTarget], object]] = {
    "list": lambda target: target.list(),
    "list on": lambda target: target.list("e 5"),
    "get": lambda target: list(target.get([piece()[0]])),
    "put": lambda target: target.put([piece()]),
    "wait": lambda target: target.wait("e 5", 1),
    "publish": lambda target: target.publish_devices(b"a list", "code"),
}


@contextmanager
def opened(address: str, **limits: float) -> Iterator[RelayTarget]:
    """A target that is in a hurry where a test wants it to be."""
    target = RelayTarget(address, INSPECTION, OWN, Limits(**limits))
    try:
        yield target
    finally:
        target.close()

"""Finds how much work this laptop can put into a passphrase in half a second to a second.

Run once, when a profile is made or its passphrase changed. It only ever raises the work: a slow
laptop waits longer, it does not get a weaker file.
"""

from __future__ import annotations

import math
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from app.crypto.passphrase import (
    DEFAULT_PARAMETERS,
    RELEASE_STRETCHER,
    SALT_SIZE,
    Argon2Parameters,
    Stretcher,
)
from app.errors import WeakParametersError

if TYPE_CHECKING:
    from collections.abc import Callable

SHORTEST_SECONDS: Final = 0.5
# More memory than this could keep a profile from opening on the smaller laptop it is moved to.
MOST_MEMORY_KIB: Final = 1024 * 1024
_NO_TIME_AT_ALL: Final = 1e-6


def calibrate(
    stretcher: Stretcher = RELEASE_STRETCHER,
    start: Argon2Parameters = DEFAULT_PARAMETERS,
    now: Callable[[], float] = time.perf_counter,
) -> Argon2Parameters:
    """Return parameters no weaker than ``start`` that take at least half a second here.

    Memory is doubled first, since it costs an attacker most, then passes are added. As each
    step starts below half a second, the result stays under about one, unless ``start`` alone
    takes longer. ``now`` counts seconds.

    Raises:
        WeakParametersError: the policy forbids ``start``, or there is no memory for it.

    """
    most_memory = min(MOST_MEMORY_KIB, stretcher.policy.ceiling.memory_kib)
    chosen, seconds = start, _seconds(stretcher, start, now)
    while seconds < SHORTEST_SECONDS:
        harder = _harder(chosen, seconds, most_memory, stretcher.policy.ceiling.passes)
        if harder == chosen:
            break
        try:
            seconds = _seconds(stretcher, harder, now)
        except WeakParametersError:  # that much memory is not to be had: raise passes instead
            most_memory = chosen.memory_kib
        else:
            chosen = harder
    return chosen


def _seconds(stretcher: Stretcher, parameters: Argon2Parameters, now: Callable[[], float]) -> float:
    began = now()
    stretcher.derive("calibration", bytes(SALT_SIZE), parameters)
    return max(now() - began, _NO_TIME_AT_ALL)


def _harder(
    chosen: Argon2Parameters, seconds: float, most_memory: int, most_passes: int
) -> Argon2Parameters:
    if chosen.memory_kib * 2 <= most_memory:
        return replace(chosen, memory_kib=chosen.memory_kib * 2)
    wanted = math.ceil(chosen.passes * SHORTEST_SECONDS / seconds)
    return replace(chosen, passes=max(chosen.passes, min(wanted, most_passes)))

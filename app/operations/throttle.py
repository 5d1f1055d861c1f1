"""Makes whoever guesses at the desk wait: from the fifth wrong passphrase on 2, 4, 8 … 300 seconds.

The count lies beside the keyring, never inside it, so that the one precious file is not written
at each mistake. It slows a person down; a thief with a copy of the folder deletes it, and is
stopped by the passphrase alone. Nothing here can lock anyone out for more than five minutes.
"""

from __future__ import annotations

import math
import os
import struct
import time
import zlib
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from filelock import FileLock, Timeout

from app.crypto.files import read_key_file, write_key_file
from app.errors import (
    DamagedFileError,
    StoreError,
    TooManyAttemptsError,
    WrongPassphraseError,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from app.clock import Clock

ATTEMPTS: Final = "attempts"
FREE_FAILURES: Final = 5  # the fifth is the first that makes the next one wait
FIRST_WAIT: Final = 2
LONGEST_WAIT: Final = 300
# What every attempt costs where attempts can't be counted, as in a folder nobody may write.
UNCOUNTED_WAIT: Final = 5

_MAGIC: Final = b"SWATTMPT\1"
_BODY: Final = struct.Struct(">9sId")
_CHECK: Final = struct.Struct(">I")
_SIZE: Final = _BODY.size + _CHECK.size
_MOST_COUNT: Final = 1_000
_LOCK_SECONDS: Final = 10.0
_OWNER_ONLY: Final = 0o600
_UNCOUNTABLE: Final = (OSError, NotImplementedError, Timeout, StoreError)


@dataclass(frozen=True, slots=True)
class Attempts:
    """How many attempts failed in a row, and when the last began, by the clock nobody can set."""

    failures: int = 0
    since: float = 0.0

    def waits_until(self, now: float) -> float:
        """Return for how many more seconds the next attempt has to wait.

        A clock that stands below what was written began anew at a restart; what it shows is
        then the time since that restart, which is all that has passed for certain.
        """
        if self.failures < FREE_FAILURES:
            return 0.0
        doublings = min(self.failures - FREE_FAILURES, LONGEST_WAIT)
        step: int = min(FIRST_WAIT << doublings, LONGEST_WAIT)
        passed = now - self.since if now >= self.since else max(now, 0.0)
        return max(0.0, step - passed)


class Throttle:
    """Counts the attempts at one profile, also those of other processes."""

    def __init__(
        self, folder: Path, clock: Clock, pause: Callable[[float], None] = time.sleep
    ) -> None:
        """Count beside the keyring in a folder; ``pause`` is how it waits where it can't count."""
        self._path = folder / ATTEMPTS
        self._clock = clock
        self._pause = pause

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Run one attempt; a wrong passphrase counts, success sets the count to nothing.

        The attempt is written down as failed before it begins: neither ending the process nor
        trying in two at once makes one go uncounted.

        Raises:
            TooManyAttemptsError: it has to wait; nothing was tried.

        """
        self._begin()
        try:
            yield
        except WrongPassphraseError:
            # Counted already; the wait is from now on, not from before the slow derivation.
            self._amend(lambda held: replace(held, since=self._clock.monotonic()))
            raise
        except BaseException:
            # Nothing was guessed: a damaged keyring or too little memory is nobody's mistake.
            self._amend(lambda held: replace(held, failures=max(0, held.failures - 1)))
            raise
        self.forget()

    def forget(self) -> None:
        """Set the count to nothing, as whoever opened the profile by any way may."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)

    def _begin(self) -> None:
        try:
            with self._locked():
                held = self._held()
                self._refuse_if_early(held)
                self._put(Attempts(held.failures + 1, self._clock.monotonic()))
        except _UNCOUNTABLE:
            # Failing towards the throttle, and yet nobody is locked out of a read-only folder.
            self._refuse_if_early(self._held())
            self._pause(UNCOUNTED_WAIT)

    def _amend(self, change: Callable[[Attempts], Attempts]) -> None:
        with suppress(*_UNCOUNTABLE), self._locked():
            # If it is gone another process has opened the profile meanwhile: that settles it.
            if os.path.lexists(self._path):
                self._put(change(self._held()))

    def _refuse_if_early(self, before: Attempts) -> None:
        left = math.ceil(before.waits_until(self._clock.monotonic()))
        if left > 0:
            raise TooManyAttemptsError(
                f"The passphrase was wrong {before.failures} times, so the next try has to wait "
                f"{left} second{'s' if left > 1 else ''}. Nothing was changed. The recovery key "
                "opens the profile without waiting.",
                left,
            )

    def _held(self) -> Attempts:
        """Return what is written; a file that makes no sense counts as just enough to wait."""
        if not os.path.lexists(self._path):
            return Attempts()
        try:
            raw = read_key_file(self._path, _SIZE)
            magic, failures, since = _BODY.unpack_from(raw)
            (check,) = _CHECK.unpack_from(raw, _BODY.size)
            if magic == _MAGIC and check == zlib.crc32(raw[: _BODY.size]) and math.isfinite(since):
                return Attempts(failures, since)
        except (DamagedFileError, struct.error):
            pass
        return self._replace_damaged()

    def _replace_damaged(self) -> Attempts:
        # The wait begins now and once: what replaces the file is whole, so it can't begin again.
        begun = Attempts(FREE_FAILURES + 4, self._clock.monotonic())
        with suppress(StoreError):
            self._put(begun)
            return begun
        # It can't be replaced either. It must not make anyone wait for ever; the pause does.
        return Attempts()

    def _put(self, attempts: Attempts) -> None:
        body = _BODY.pack(_MAGIC, min(attempts.failures, _MOST_COUNT), attempts.since)
        write_key_file(self._path, body + _CHECK.pack(zlib.crc32(body)))

    def _locked(self) -> FileLock:
        # Without the soft kind, which outlives a process that was killed.
        return FileLock(
            self._path.with_name(f"{ATTEMPTS}.lock"),
            timeout=_LOCK_SECONDS,
            mode=_OWNER_ONLY,
            fallback_to_soft=False,
        )

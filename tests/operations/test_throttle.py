"""Whoever guesses at the desk waits ever longer, and nobody is ever locked out."""

from __future__ import annotations

import os
import struct
import zlib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import TYPE_CHECKING

import pytest

from app.errors import (
    DamagedFileError,
    SiteweekError,
    TooManyAttemptsError,
    WrongPassphraseError,
)
from app.operations.throttle import (
    ATTEMPTS,
    FREE_FAILURES,
    LONGEST_WAIT,
    UNCOUNTED_WAIT,
    Throttle,
)
from app.operations.unlocking import unlock_profile, unlock_with_recovery
from tests.crypto.samples import CountingKdf
from tests.fakes.clock import StillClock
from tests.operations import quick
from tests.operations.quick import PASSPHRASE, QUICK

if TYPE_CHECKING:
    from pathlib import Path

STEPS = [2, 4, 8, 16, 32, 64, 128, 256, 300, 300]


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def throttle(tmp_path: Path, clock: StillClock) -> Throttle:
    return Throttle(tmp_path, clock, pause=no_pause)


def no_pause(_seconds: float) -> None:
    pytest.fail("it could have been counted")


def fail(throttle: Throttle) -> None:
    with pytest.raises(WrongPassphraseError), throttle.attempt():
        raise WrongPassphraseError("wrong")


def fail_until_it_waits(throttle: Throttle) -> None:
    for _ in range(FREE_FAILURES):
        fail(throttle)


def seconds_to_wait(throttle: Throttle) -> int:
    """What a try now is told; nothing is tried."""
    with pytest.raises(TooManyAttemptsError) as refused, throttle.attempt():
        pytest.fail("it was tried")
    assert str(refused.value.seconds) in refused.value.sentence
    return refused.value.seconds


def succeed(throttle: Throttle) -> None:
    with throttle.attempt():
        pass


def test_each_failure_from_the_fifth_on_doubles_the_wait_up_to_five_minutes(
    throttle: Throttle, clock: StillClock
) -> None:
    fail_until_it_waits(throttle)
    for step in STEPS:
        assert seconds_to_wait(throttle) == step
        clock.move(timedelta(seconds=step - 0.5))
        assert seconds_to_wait(throttle) == 1
        clock.move(timedelta(seconds=0.5))
        fail(throttle)


def test_a_refused_try_counts_for_nothing(throttle: Throttle) -> None:
    fail_until_it_waits(throttle)
    assert [seconds_to_wait(throttle) for _ in range(5)] == [2] * 5


def test_success_sets_the_count_to_nothing(
    tmp_path: Path, throttle: Throttle, clock: StillClock
) -> None:
    fail_until_it_waits(throttle)
    clock.move(timedelta(seconds=2))
    succeed(throttle)
    assert not (tmp_path / ATTEMPTS).exists()
    fail_until_it_waits(throttle)
    assert seconds_to_wait(throttle) == 2


def test_what_is_nobodys_mistake_is_not_counted(throttle: Throttle) -> None:
    for _ in range(FREE_FAILURES - 1):
        fail(throttle)
    for _ in range(9):
        with pytest.raises(DamagedFileError), throttle.attempt():
            raise DamagedFileError("damaged")
        with pytest.raises(KeyboardInterrupt), throttle.attempt():
            raise KeyboardInterrupt
    fail(throttle)
    assert seconds_to_wait(throttle) == 2


def test_a09_a_restart_of_the_app_forgets_nothing(tmp_path: Path) -> None:
    quick.create(tmp_path / "profile").close()
    clock = StillClock()
    for _ in range(FREE_FAILURES):
        with pytest.raises(WrongPassphraseError):
            unlock_profile(tmp_path / "profile", "wrong", clock, QUICK)
    for passphrase in ("wrong", PASSPHRASE):
        kdf = CountingKdf()
        stretcher = type(QUICK)(kdf=kdf)
        with pytest.raises(TooManyAttemptsError) as refused:
            unlock_profile(tmp_path / "profile", passphrase, clock, stretcher)
        assert refused.value.seconds == 2
        assert kdf.calls == 0
    clock.move(timedelta(seconds=2))
    unlock_profile(tmp_path / "profile", PASSPHRASE, clock, QUICK).close()


def test_a_process_that_is_ended_in_mid_try_has_used_its_try(
    tmp_path: Path, clock: StillClock
) -> None:
    for _ in range(FREE_FAILURES):
        # Begun and never ended, as by kill.
        Throttle(tmp_path, clock, pause=no_pause)._begin()
    assert seconds_to_wait(Throttle(tmp_path, clock, pause=no_pause)) == 2


@pytest.mark.parametrize("years", [-60, -1, 1, 60])
def test_l05_setting_the_clock_neither_skips_nor_lengthens_the_wait(
    throttle: Throttle, clock: StillClock, years: int
) -> None:
    fail_until_it_waits(throttle)
    fail_after(throttle, clock, 2)
    clock.set(clock.now() + timedelta(days=365 * years))
    assert seconds_to_wait(throttle) == 4
    clock.move(timedelta(seconds=4))
    succeed(throttle)


def fail_after(throttle: Throttle, clock: StillClock, seconds: float) -> None:
    clock.move(timedelta(seconds=seconds))
    fail(throttle)


def test_l05_a_restart_of_the_laptop_neither_skips_nor_freezes_the_wait(
    throttle: Throttle, clock: StillClock
) -> None:
    fail_until_it_waits(throttle)
    for step in STEPS[:5]:
        fail_after(throttle, clock, step)
    assert seconds_to_wait(throttle) == 64
    clock.restart(took=timedelta(seconds=30))
    clock.set(clock.now() + timedelta(days=700))
    # Half of the restart has passed for certain: what the laptop has been up for.
    assert seconds_to_wait(throttle) == 64 - 15
    clock.move(timedelta(seconds=49))
    succeed(throttle)


def test_l05_a_laptop_up_for_longer_than_before_waits_no_longer_than_its_step(
    throttle: Throttle, clock: StillClock
) -> None:
    clock.restart(took=timedelta(seconds=2))
    fail_until_it_waits(throttle)
    clock.restart(took=timedelta(seconds=20))
    succeed(throttle)


@pytest.mark.parametrize("harm", ["empty", "cut", "longer", "noise", "each byte", "not a number"])
def test_a_damaged_count_makes_wait_once_and_not_for_long(
    tmp_path: Path, throttle: Throttle, clock: StillClock, harm: str
) -> None:
    fail(throttle)
    path = tmp_path / ATTEMPTS
    whole = path.read_bytes()
    harmed = {
        "empty": [b""],
        "cut": [whole[:length] for length in range(1, len(whole))],
        "longer": [whole + b"\0", whole * 1_000],
        "noise": [os.urandom(len(whole)) for _ in range(5)],
        "each byte": [
            whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
            for place in range(len(whole))
        ],
        "not a number": [written(7, float("nan")), written(7, float("inf"))],
    }
    for content in harmed[harm]:
        path.write_bytes(content)
        told = seconds_to_wait(throttle)
        assert 2 <= told <= LONGEST_WAIT
        clock.move(timedelta(seconds=told))
        succeed(throttle)


@pytest.mark.parametrize("since", [-1e300, -1.0, 1e300, 4_999.0])
@pytest.mark.parametrize("failures", [5, 40, 2**32 - 1])
def test_no_count_that_anyone_writes_locks_out_for_more_than_five_minutes(
    tmp_path: Path, throttle: Throttle, clock: StillClock, since: float, failures: int
) -> None:
    (tmp_path / ATTEMPTS).write_bytes(written(failures, since))
    clock.restart()
    clock.move(timedelta(seconds=LONGEST_WAIT))
    succeed(throttle)


def written(failures: int, since: float) -> bytes:
    """A count as FORMAT.md has it."""
    body = b"SWATTMPT\1" + struct.pack(">Id", failures, since)
    return body + zlib.crc32(body).to_bytes(4, "big")


def test_the_count_is_written_as_the_format_says(tmp_path: Path, throttle: Throttle) -> None:
    fail(throttle)
    assert (tmp_path / ATTEMPTS).read_bytes() == written(1, 5_000.0)


@pytest.mark.parametrize("blocked", [ATTEMPTS, f"{ATTEMPTS}.lock"])
def test_where_nothing_can_be_counted_each_try_costs_a_pause_and_none_is_refused(
    tmp_path: Path, clock: StillClock, blocked: str
) -> None:
    (tmp_path / blocked).mkdir()
    paused: list[float] = []
    throttle = Throttle(tmp_path, clock, pause=paused.append)
    for _ in range(20):
        fail(throttle)
    succeed(throttle)
    assert paused == [UNCOUNTED_WAIT] * 21


def test_a_count_that_is_a_link_is_not_followed(tmp_path: Path, throttle: Throttle) -> None:
    (tmp_path / "elsewhere").write_bytes(written(0, 0.0))
    (tmp_path / ATTEMPTS).symlink_to(tmp_path / "elsewhere")
    seconds_to_wait(throttle)
    assert (tmp_path / "elsewhere").read_bytes() == written(0, 0.0)


def test_two_at_once_get_no_more_tries_than_one(tmp_path: Path, clock: StillClock) -> None:
    together, tries = 8, 5
    barrier = Barrier(together)

    def guess() -> int:
        tried = 0
        throttle = Throttle(tmp_path, clock, pause=no_pause)
        barrier.wait()
        for _ in range(tries):
            try:
                with throttle.attempt():
                    tried += 1
                    raise WrongPassphraseError("wrong")
            except SiteweekError:
                pass
        return tried

    with ThreadPoolExecutor(together) as pool:
        tried = [one.result() for one in [pool.submit(guess) for _ in range(together)]]
    assert sum(tried) == FREE_FAILURES


def test_the_recovery_key_never_waits_and_sets_the_count_to_nothing(tmp_path: Path) -> None:
    clock = StillClock()
    profile, text = quick.with_recovery(tmp_path / "profile")
    profile.close()
    for _ in range(FREE_FAILURES):
        with pytest.raises(WrongPassphraseError):
            unlock_profile(tmp_path / "profile", "wrong", clock, QUICK)
    unlock_with_recovery(tmp_path / "profile", text, clock).close()
    unlock_profile(tmp_path / "profile", PASSPHRASE, clock, QUICK).close()

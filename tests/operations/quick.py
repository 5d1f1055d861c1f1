"""Profiles whose passphrase costs no time. Only a test can have them: the derivation is passed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.clock import SystemClock
from app.crypto.passphrase import Stretcher
from app.crypto.primitives import argon2id
from app.operations.profile import Profile
from app.operations.recovery import confirm_recovery, make_recovery
from app.operations.unlocking import create_profile, unlock_profile

if TYPE_CHECKING:
    from pathlib import Path

PASSPHRASE: Final = "clover anvil parade mustard fjord"  # noqa: S105 - a sample that guards nothing


# What a wrong passphrase may leave behind.
UNCOUNTED: Final = frozenset({"attempts", "attempts.lock", "keyring.lock"})


def _little_work(secret: bytes, salt: bytes, **_asked: int) -> bytes:
    return argon2id(secret, salt, memory_kib=8, passes=1, lanes=1)


QUICK: Final = Stretcher(kdf=_little_work)


def create(folder: Path, passphrase: str = PASSPHRASE) -> Profile:
    """A new profile, unlocked."""
    return create_profile(folder, passphrase, SystemClock(), QUICK)


def unlock(folder: Path, passphrase: str = PASSPHRASE) -> Profile:
    """The profile that is there, unlocked."""
    return unlock_profile(folder, passphrase, SystemClock(), QUICK)


def contents(folder: Path) -> dict[str, bytes | None]:
    """Everything under a folder: bytes of files, None for folders. Not locks and the counter."""
    return {
        one.relative_to(folder).as_posix(): one.read_bytes() if one.is_file() else None
        for one in sorted(folder.rglob("*"))
        if one.name not in UNCOUNTED
    }


def with_recovery(folder: Path) -> tuple[Profile, str]:
    """A new profile, unlocked, and the recovery key that opens it."""
    profile = create(folder)
    pending = make_recovery(profile)
    confirm_recovery(pending, pending.text)
    return profile, pending.text

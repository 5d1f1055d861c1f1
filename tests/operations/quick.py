"""Profiles whose passphrase costs no time. Only a test can have them: the derivation is passed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.clock import SystemClock
from app.crypto.passphrase import Stretcher
from app.crypto.primitives import argon2id
from app.operations.profile import Profile
from app.operations.unlocking import create_profile, unlock_profile

if TYPE_CHECKING:
    from pathlib import Path

PASSPHRASE: Final = "clover anvil parade mustard fjord"  # noqa: S105 - a sample that guards nothing


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
    """Everything under a folder: bytes of files, None for folders."""
    return {
        one.relative_to(folder).as_posix(): one.read_bytes() if one.is_file() else None
        for one in sorted(folder.rglob("*"))
    }

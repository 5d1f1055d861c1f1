"""From the words a person types to a key: one spelling of the passphrase, then Argon2id.

What a file asks for is checked against a policy before any work is done. The policy comes from
the code, never from a file, so a swapped file can neither make guessing cheap nor freeze the
laptop.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final, NewType, Protocol

from app.crypto.keys import PassphraseKey
from app.crypto.primitives import argon2id
from app.errors import InvalidInputError, WeakParametersError

PassphraseBytes = NewType("PassphraseBytes", bytes)

LONGEST_PASSPHRASE: Final = 1024
SALT_SIZE: Final = 16
_KIB_PER_MIB: Final = 1024
_MEMORY_PER_LANE: Final = 8  # KiB; Argon2 itself asks for it, RFC 9106 section 3.1


@dataclass(frozen=True, slots=True)
class Argon2Parameters:
    """How much work one guess costs: memory in KiB, passes over it, and lanes in parallel."""

    memory_kib: int
    passes: int
    lanes: int


@dataclass(frozen=True, slots=True)
class WorkPolicy:
    """The least and the most work that is accepted, each factor on its own, ends included."""

    floor: Argon2Parameters
    ceiling: Argon2Parameters

    def allows(self, asked: Argon2Parameters) -> bool:
        """Whether every factor lies between floor and ceiling."""
        return (
            self.floor.memory_kib <= asked.memory_kib <= self.ceiling.memory_kib
            and self.floor.passes <= asked.passes <= self.ceiling.passes
            and self.floor.lanes <= asked.lanes <= self.ceiling.lanes
            and asked.memory_kib >= _MEMORY_PER_LANE * asked.lanes
        )


# The floor is RFC 9106's second recommended choice; the ceiling its first choice's memory.
RELEASE_POLICY: Final = WorkPolicy(
    floor=Argon2Parameters(memory_kib=64 * _KIB_PER_MIB, passes=3, lanes=1),
    ceiling=Argon2Parameters(memory_kib=2048 * _KIB_PER_MIB, passes=20, lanes=16),
)
DEFAULT_PARAMETERS: Final = Argon2Parameters(memory_kib=256 * _KIB_PER_MIB, passes=3, lanes=4)


class Kdf(Protocol):
    """The slow derivation, as ``primitives.argon2id`` has it."""

    def __call__(
        self, secret: bytes, salt: bytes, *, memory_kib: int, passes: int, lanes: int
    ) -> bytes:
        """Return 32 bytes; raise MemoryError when the memory is not to be had."""
        ...


@dataclass(frozen=True, slots=True)
class Stretcher:
    """Turns passphrases into keys, within a policy. Only tests make one with another policy."""

    policy: WorkPolicy = RELEASE_POLICY
    kdf: Kdf = argon2id

    def check(self, asked: Argon2Parameters) -> None:
        """Do nothing when the policy allows these parameters.

        Raises:
            WeakParametersError: they ask for less or more work than is safe.

        """
        if not self.policy.allows(asked):
            raise WeakParametersError(
                "The key file asks for less or more work than is safe, so it was not tried. "
                "Nothing was changed. Put back a copy of the key file from a backup."
            )

    def derive(self, passphrase: str, salt: bytes, asked: Argon2Parameters) -> PassphraseKey:
        """Return the passphrase's key. The parameters are checked before any work is done.

        Raises:
            WeakParametersError: the policy forbids them, or the laptop lacks the memory.
            InvalidInputError: this can't be a passphrase, see ``normalise``.

        """
        self.check(asked)
        secret = normalise(passphrase)
        try:
            derived = self.kdf(
                secret,
                salt,
                memory_kib=asked.memory_kib,
                passes=asked.passes,
                lanes=asked.lanes,
            )
        except MemoryError:
            raise WeakParametersError(
                f"Opening needs {asked.memory_kib // _KIB_PER_MIB} MB of free memory, which this "
                "computer does not have now. Nothing was changed. Close other programs and try "
                "again."
            ) from None
        return PassphraseKey(derived)


RELEASE_STRETCHER: Final = Stretcher()


def normalise(passphrase: str) -> PassphraseBytes:
    """Return the one spelling of a passphrase: NFKC, then UTF-8; nothing trimmed, no case changed.

    Keyboards of different makers send the same letter composed or in parts; NFKC makes both one.

    Raises:
        InvalidInputError: empty, longer than 1,024 bytes in this spelling, or not text.

    """
    try:
        secret = unicodedata.normalize("NFKC", passphrase).encode("utf-8")
    except UnicodeEncodeError:  # half of a surrogate pair; the error itself would quote it
        raise InvalidInputError(
            "The passphrase holds a broken character. Nothing was changed. Type it again.",
            "passphrase",
        ) from None
    if not secret:
        raise InvalidInputError(
            "The passphrase is empty. Nothing was changed. Type at least one character.",
            "passphrase",
        )
    if len(secret) > LONGEST_PASSPHRASE:
        raise InvalidInputError(
            "The passphrase is too long: at most 1,024 bytes. Nothing was changed.", "passphrase"
        )
    return PassphraseBytes(secret)

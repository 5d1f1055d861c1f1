"""The recovery key: made, printed, typed back from paper, and only then put into the keyring.

A key that nobody has read from paper is a hope. Until it was typed back the keyring is as it
was, and an earlier sheet still opens the profile.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.crypto import keyring
from app.crypto.recovery_text import from_text, to_text
from app.errors import InvalidInputError, StoreError
from app.operations.keyring_file import change_keyring, read_keyring, require_current
from app.reports.recovery_sheet import Sheet, recovery_sheet, sheet_words
from app.reports.write import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from app.clock import Clock
    from app.crypto.keys import RecoveryKey
    from app.operations.profile import Profile


@dataclass(frozen=True, slots=True)
class PendingRecovery:
    """A recovery key that opens nothing yet, and the keyring it is to go into."""

    profile: Profile
    before: bytes
    after: bytes
    key: RecoveryKey

    @property
    def text(self) -> str:
        """The key as people write it: seven groups of four."""
        return to_text(self.key)


def has_recovery(profile: Profile) -> bool:
    """Whether a recovery key opens the profile."""
    return keyring.summarise(read_keyring(profile.folder)).has_recovery


def make_recovery(profile: Profile) -> PendingRecovery:
    """Draw a recovery key. Nothing is written before ``confirm_recovery``.

    Raises:
        StoreError: another window has given the profile a new key.

    """
    require_current(profile.folder, profile.master)
    before = read_keyring(profile.folder)
    after, key = keyring.add_recovery(before, profile.master)
    return PendingRecovery(profile, before, after, key)


def confirm_recovery(pending: PendingRecovery, typed: str) -> None:
    """Put the key into the keyring, once it was typed back. An earlier one opens no more.

    Raises:
        InvalidInputError: there is a typing mistake in it, or it is another key; nothing was
            changed and it can be typed again.
        StoreError: the keyring was changed meanwhile, or can't be written.

    """
    same_key(pending.key, typed)

    def swap(present: bytes) -> bytes:
        if present != pending.before:
            raise StoreError(
                "The profile's key file was changed since this recovery key was made, so the key "
                "was not taken in. Make another sheet."
            )
        return pending.after

    change_keyring(pending.profile.folder, pending.profile.master, swap)


def same_key(made: RecoveryKey, typed: str) -> None:
    """Do nothing when the key was typed back as it was made.

    Raises:
        InvalidInputError: there is a typing mistake in it, or it is another key.

    """
    if from_text(typed) != made:
        raise InvalidInputError(
            "That is a recovery key, but not the one just made. Nothing was changed. Type the one "
            "on the newest sheet.",
            "recovery key",
        )


def write_recovery_sheet(path: Path, key_text: str, vault_id: bytes, clock: Clock) -> None:
    """Write the page to print: the key, what it opens, and where to keep it.

    Raises:
        OutputError: it could not be written; what stood there before is as it was.

    """
    made_on = clock.now().astimezone().date()
    write_whole(recovery_sheet(Sheet(key_text, vault_id.hex(), made_on)), path)


def vault_of(profile: Profile) -> bytes:
    """Return the id of the profile, part of which is printed on its recovery sheet."""
    return keyring.summarise(read_keyring(profile.folder)).vault_id


@dataclass(frozen=True, slots=True)
class PrintedSheet:
    """What stands on the sheet, for a printer: the same words as in the PDF."""

    title: str
    opens: str
    lines_to_fill: tuple[str, ...]
    groups: tuple[str, ...]
    sections: tuple[tuple[str, tuple[str, ...]], ...]


def printed_sheet(key_text: str, vault_id: bytes, clock: Clock) -> PrintedSheet:
    """Return the page to print as words."""
    words = sheet_words(Sheet(key_text, vault_id.hex(), clock.now().astimezone().date()))
    return PrintedSheet(
        words.title,
        "".join(one.text for one in words.opens),
        words.lines_to_fill,
        tuple(key_text.split("-")),
        words.sections,
    )

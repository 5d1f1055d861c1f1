"""What the first run does to the disk. All of it is slow: it runs away from the window's thread.

Everything is imported when it is wanted: the first screen is painted before any of it is read.
"""
# ruff: noqa: PLC0415 - as said above

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.ui.widgets.recovery_form import Drawn

if TYPE_CHECKING:
    from pathlib import Path

    from app.clock import Clock
    from app.operations.profile import Profile
    from app.operations.recovery import PendingRecovery


@dataclass(slots=True)
class Begun:
    """A profile that was created, with the words that open it until it is handed on."""

    profile: Profile
    words: str = field(repr=False)
    pending: PendingRecovery | None = None
    has_recovery: bool = False
    drawn: Drawn | None = None  # the recovery key that is to go onto a sheet

    def draw(self) -> None:
        """Draw a recovery key. It opens nothing before it was typed back."""
        from app.operations.recovery import make_recovery, vault_of

        self.pending = make_recovery(self.profile)
        self.drawn = Drawn(self.pending.text, vault_of(self.profile))


def bodies() -> tuple[str, ...]:
    """Return the inspectorates to choose from."""
    from app.operations.owner import inspectorates

    return inspectorates()


def begin(folder: Path, words: str, who: tuple[str, str], clock: Clock) -> Begun:
    """Create the profile, remember who uses it, and draw a recovery key.

    Raises:
        SiteweekError: as for ``create_profile``.

    """
    from app.operations.unlocking import create_profile

    profile = create_profile(folder, words, clock, about=who)
    begun = Begun(profile, words)
    remember_again(begun, who)
    begun.draw()
    return begun


def remember_again(begun: Begun, who: tuple[str, str]) -> None:
    """Remember who uses it, as it was said last."""
    from app.operations.owner import Owner, remember

    remember(begun.profile, Owner(*who))


def go_on(begun: Begun, words: str, who: tuple[str, str]) -> Begun:
    """Take over what was typed anew after going back: another passphrase, another name.

    Raises:
        SiteweekError: as for ``change_passphrase``; the earlier passphrase still opens it.

    """
    from app.operations.key_changes import change_passphrase

    remember_again(begun, who)
    if words != begun.words:
        change_passphrase(begun.profile, words, who)
        begun.words = words
        if not begun.has_recovery:
            # The key drawn before belongs to the keyring as it was then.
            begun.draw()
    return begun


def confirm(begun: Begun, typed: str) -> None:
    """Let the recovery key open the profile, now that it was typed back.

    Raises:
        InvalidInputError: there is a typing mistake in it, or it is another key.
        StoreError: it could not be written.

    """
    from app.operations.recovery import confirm_recovery

    if begun.pending is not None:
        confirm_recovery(begun.pending, typed)
        begun.pending, begun.drawn, begun.has_recovery = None, None, True

"""Ends the process that held keys: the program is replaced by a fresh one at its lock screen.

Python can't wipe strings, so keys, passphrases and words stay in memory until the process goes.
What the fresh one is told is how the window looked, in numbers: never what was open in it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.paths import default_profile
from app.ui.tokens import Scheme

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import NoReturn

    from app.ui.main_window import MainWindow
    from app.ui.theme import Theme

LOOK: Final = "SITEWEEK_WINDOW"
_FIELDS: Final = 7
_MOST_FILES: Final = 4_096  # numbers are given out from the lowest on
_LARGEST: Final = 100_000  # pixels
_DETACHED: Final = 0x00000008 | 0x00000200  # no console of ours, no signals of ours (Windows)


@dataclass(frozen=True, slots=True)
class Look:
    """Where the window stood and how it looked."""

    x: int = -1
    y: int = -1
    width: int = 1366
    height: int = 768
    is_maximised: bool = False
    scheme: Scheme = Scheme.SYSTEM
    percent: int = 100

    def text(self) -> str:
        """Return it as numbers: the scheme is its place in the list of schemes."""
        scheme = list(Scheme).index(self.scheme)
        place = (self.x, self.y, self.width, self.height)
        return " ".join(str(int(one)) for one in (*place, self.is_maximised, scheme, self.percent))


def look_in(text: str) -> Look:
    """Return a look that was told in numbers; the usual one for anything else."""
    try:
        numbers = [int(one) for one in text.split()]
    except ValueError:
        return Look()
    if len(numbers) != _FIELDS or any(abs(one) > _LARGEST for one in numbers):
        return Look()
    x, y, width, height, is_maximised, scheme, percent = numbers
    if min(width, height, percent) < 1 or scheme not in range(len(Scheme)):
        return Look()
    return Look(x, y, width, height, bool(is_maximised), list(Scheme)[scheme], percent)


def take_look() -> Look:
    """Return how the window looked before a lock, once; nobody started by us is told."""
    return look_in(os.environ.pop(LOOK, ""))


def look_of(window: MainWindow, theme: Theme) -> Look:
    """Return how a window looks now."""
    normal = window.normalGeometry() if window.isMaximized() else window.geometry()
    return Look(
        normal.x(),
        normal.y(),
        normal.width(),
        normal.height(),
        window.isMaximized(),
        theme.scheme,
        round(theme.scale * 100),
    )


def show_as(window: MainWindow, theme: Theme, look: Look) -> None:
    """Show a window as it looked before; a first one fills a screen that has no room to spare."""
    theme.apply(look.scheme, look.percent / 100)
    window.resize(look.width, look.height)
    is_first = (look.x, look.y) == (-1, -1)
    if not is_first:
        window.setGeometry(look.x, look.y, look.width, look.height)
    screen = window.screen().availableGeometry()
    is_tight = look.width >= screen.width() or look.height >= screen.height()
    if look.is_maximised or (is_first and is_tight):
        window.showMaximized()
    else:
        window.show()


def command_for(profile: Path, began: Sequence[str], given: int) -> list[str]:
    """Return the command that opens the window on a profile, from the one this process began with.

    ``given`` is how many of its words came from the user: those are dropped, since they may have
    asked for other work, and the profile is named again unless it is this user's own.
    """
    head = [sys.executable]
    if not getattr(sys, "frozen", False):
        head += list(began[1 : len(began) - given])
    own = profile.resolve() == default_profile().resolve()
    return head if own else [*head, "--profile", str(profile.resolve())]


def begin_again(profile: Path, look: Look) -> NoReturn:
    """Replace this process, or where a system can't, start a fresh one and end this."""
    command = command_for(profile, sys.orig_argv, len(sys.argv) - 1)
    told = {**os.environ, LOOK: look.text()}
    if getattr(sys, "frozen", False):
        told["PYINSTALLER_RESET_ENVIRONMENT"] = "1"  # else it takes itself for a child of this
    try:
        if sys.platform == "win32":
            subprocess.Popen(command, env=told, close_fds=True, creationflags=_DETACHED)  # noqa: S603 - our own program, and no words of anyone's
        else:
            _leave_no_files_open()
            os.execve(command[0], command, told)  # noqa: S606 - as above; a shell has no part in it
    finally:
        # Also where no fresh one could be started: the keys go all the same.
        os._exit(0)


def _leave_no_files_open() -> None:
    """Let nothing that this process had open reach the fresh one.

    Marked, not closed: a thread that finds its display closed would end the process before.
    """
    for one in range(3, _MOST_FILES):
        with suppress(OSError):
            os.set_inheritable(one, False)

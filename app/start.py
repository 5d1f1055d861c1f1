"""The composition root: the only module that knows every layer. It joins them and starts.

The window is imported only when it is wanted, so that commands run where Qt can't.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Final

from app.cli.group import siteweek
from app.clock import SystemClock
from app.hardening import harden, say_no_values
from app.operations.outside import sweep_outside

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

    from app.operations.inspection import Inspection

# Importing a module of commands adds its commands to the group. The window needs none of them.
COMMANDS: Final = (
    "attachments",
    "backups",
    "demo",
    "diagnostics",
    "documents",
    "ending",
    "inspections",
    "keys",
    "questions",
    "relay",
    "rescue",
    "sync",
    "team",
)


def read_commands() -> None:
    """Add every command to the group; again does nothing."""
    for one in COMMANDS:
        importlib.import_module(f"app.cli.{one}")


siteweek.commands_wanted = read_commands


def main() -> None:
    """Run the command line; without a command, the window."""
    harden()
    say_no_values()
    sweep_outside()
    siteweek(obj=(open_window, draw_screens), prog_name="siteweek")


def open_window(profile: Path) -> int:
    """Open the window on a profile's folder; return the exit status when it is closed."""
    status: int = _window("app.ui.application").run_window(profile, SystemClock())
    return status


def draw_screens(inspection: Inspection, folder: Path) -> list[Path]:
    """Draw every screen of an open inspection into a folder as PNG."""
    drawn: list[Path] = _window("app.ui.screens").draw_screens(inspection, folder)
    return drawn


def _window(name: str) -> ModuleType:
    return importlib.import_module(name)

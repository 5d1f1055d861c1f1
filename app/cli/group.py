"""The command group: where the profile is, how it is unlocked, and how errors are said."""

from __future__ import annotations

import sys
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from app import VERSION
from app.cli.secret_input import ask_secret
from app.clock import SystemClock
from app.errors import InvalidInputError, SiteweekError
from app.hardening import fault
from app.paths import default_profile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.clock import Clock
    from app.operations.inspection import Inspection
    from app.operations.profile import Profile

FAILED: Final = 1
BAD_INPUT: Final = 2


@dataclass(frozen=True, slots=True)
class Session:
    """What every command is given: the profile's folder, its passphrase's source, a clock.

    ``open_window`` and ``draw_screens`` come from the one module that knows the window.
    """

    folder: Path
    passphrase_file: str
    open_window: Callable[[Path], int]
    draw_screens: Callable[[Inspection, Path], list[Path]]
    recovery_key_file: str = ""
    clock: Clock = field(default_factory=SystemClock)

    def passphrase(self, *, twice: bool = False) -> str:
        """Return the passphrase from its file, standard input or a prompt that shows nothing.

        Raises:
            InvalidInputError: the file can't be read or is not a passphrase.

        """
        return ask_secret(self.passphrase_file, "Passphrase", "--passphrase-file", twice=twice)

    @contextmanager
    def profile(self) -> Iterator[Profile]:
        """Unlock the profile for as long as the command runs."""
        # Imported when wanted, here and below: the window opens without what a command needs.
        from app.operations.unlocking import unlock_with_recovery  # noqa: PLC0415

        if self.recovery_key_file:
            typed = ask_secret(self.recovery_key_file, "Recovery key", "--recovery-key-file")
            with closing(unlock_with_recovery(self.folder, typed, self.clock)) as profile:
                _tell(profile)
                yield profile
        else:
            with self.unlocked(self.passphrase()) as profile:
                yield profile

    def unlocked(self, passphrase: str) -> closing[Profile]:
        """Unlock the profile with a passphrase that was asked for already."""
        from app.operations.unlocking import unlock_profile  # noqa: PLC0415 - as above

        profile = unlock_profile(self.folder, passphrase, self.clock)
        _tell(profile)
        return closing(profile)

    @contextmanager
    def inspection(self, inspection_id: str, *, for_reading: bool = False) -> Iterator[Inspection]:
        """Open one inspection of the profile for as long as the command runs.

        A command that only reads says so, and runs beside an open window.
        """
        with self.profile() as profile:
            inspection = profile.open_inspection(inspection_id, for_reading=for_reading)
            for notice in inspection.notices:
                click.echo(f"siteweek: {notice}", err=True)
            try:
                yield inspection
            finally:
                inspection.close()


def _tell(profile: Profile) -> None:
    for notice in profile.notices:
        click.echo(f"siteweek: {notice}", err=True)


class PlainErrors(click.Group):
    """Says an expected error in one sentence and leaves with its status; never a traceback.

    ``commands_wanted`` adds the commands, once one is asked for: the window opens without them.
    """

    commands_wanted: Callable[[], None] = staticmethod(lambda: None)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        self.commands_wanted()
        return super().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name."""
        self.commands_wanted()
        return super().get_command(ctx, cmd_name)

    def main(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as click declares it
        """Run the command; turn expected errors into a sentence and an exit status."""
        _write_any_word()
        try:
            return super().main(*args, **kwargs)
        except SiteweekError as problem:
            click.echo(f"siteweek: {problem.sentence}", err=True)
            sys.exit(BAD_INPUT if isinstance(problem, InvalidInputError) else FAILED)
        except Exception as problem:  # noqa: BLE001 - a traceback could show words and keys
            click.echo(
                f"siteweek: This is a fault in Siteweek: {fault(problem)}. What was saved before "
                "is kept. Tell whoever looks after Siteweek this line; it holds nothing of yours.",
                err=True,
            )
            sys.exit(FAILED)


@click.group(cls=PlainErrors, invoke_without_command=True)
@click.option(
    "--profile",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="The profile's folder. [default: this user's own]",
)
@click.option(
    "--passphrase-file",
    default="",
    metavar="FILE|-",
    help="Read the passphrase from a file's first line, or from standard input with -.",
)
@click.option(
    "--recovery-key-file",
    default="",
    metavar="FILE|-",
    help="Unlock with the printed recovery key instead: a file's first line, or - to type it.",
)
@click.option(
    "--self-check",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=lambda ctx, _option, wanted: _self_check(ctx) if wanted else None,
    help="Check that this installation is whole, and leave.",
)
@click.version_option(VERSION, prog_name="siteweek")
@click.pass_context
def siteweek(
    ctx: click.Context, folder: Path | None, passphrase_file: str, recovery_key_file: str
) -> None:
    """Open the notebook of a joint inspection team.

    Without a command the window opens. Every command works without a screen and a network.
    """
    open_window, draw_screens = ctx.obj
    session = Session(
        folder or default_profile(), passphrase_file, open_window, draw_screens, recovery_key_file
    )
    ctx.obj = session
    if ctx.invoked_subcommand is None:
        ctx.exit(open_window(session.folder))


def _write_any_word() -> None:
    """Write UTF-8 to files and pipes, whatever the code page: notes hold more than it has."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            encoding = None if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="replace")


def _self_check(ctx: click.Context) -> None:
    from app.operations.self_check import self_check  # noqa: PLC0415 - as above

    for part, found in self_check(SystemClock()):
        click.echo(f"{part:>18}  {found}")
    click.echo("This installation is whole.")
    ctx.exit()

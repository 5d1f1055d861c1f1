"""The command group: where the profile is, how it is unlocked, and how errors are said."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from app import VERSION
from app.clock import SystemClock
from app.errors import InvalidInputError, SiteweekError
from app.operations.self_check import self_check
from app.operations.unlocking import unlock_profile
from app.paths import default_profile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.clock import Clock
    from app.operations.inspection import Inspection
    from app.operations.profile import Profile

FAILED: Final = 1
BAD_INPUT: Final = 2
LARGEST_PASSPHRASE_FILE: Final = 4_096


@dataclass(frozen=True, slots=True)
class Session:
    """What every command is given: the profile's folder, its passphrase's source, a clock.

    ``open_window`` and ``draw_screens`` come from the one module that knows the window.
    """

    folder: Path
    passphrase_file: str
    open_window: Callable[[Path], int]
    draw_screens: Callable[[Inspection, Path], list[Path]]
    clock: Clock = field(default_factory=SystemClock)

    def passphrase(self, *, twice: bool = False) -> str:
        """Return the passphrase from its file, standard input or a prompt that shows nothing.

        Raises:
            InvalidInputError: the file can't be read or is not a passphrase.

        """
        if not self.passphrase_file:
            if not sys.stdin.isatty():
                raise InvalidInputError(
                    "A passphrase is needed: name a file with --passphrase-file, or - to read "
                    "it from standard input."
                )
            asked: str = click.prompt("Passphrase", hide_input=True, confirmation_prompt=twice)
            return asked
        return _passphrase_in(self.passphrase_file)

    @contextmanager
    def profile(self) -> Iterator[Profile]:
        """Unlock the profile for as long as the command runs."""
        profile = unlock_profile(self.folder, self.passphrase(), self.clock)
        try:
            yield profile
        finally:
            profile.close()

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


class PlainErrors(click.Group):
    """Says an expected error in one sentence and leaves with its status; never a traceback."""

    def main(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as click declares it
        """Run the command; turn expected errors into a sentence and an exit status."""
        _write_any_word()
        try:
            return super().main(*args, **kwargs)
        except SiteweekError as problem:
            click.echo(f"siteweek: {problem.sentence}", err=True)
            sys.exit(BAD_INPUT if isinstance(problem, InvalidInputError) else FAILED)


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
    "--self-check",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=lambda ctx, _option, wanted: _self_check(ctx) if wanted else None,
    help="Check that this installation is whole, and leave.",
)
@click.version_option(VERSION, prog_name="siteweek")
@click.pass_context
def siteweek(ctx: click.Context, folder: Path | None, passphrase_file: str) -> None:
    """Open the notebook of a joint inspection team.

    Without a command the window opens. Every command works without a screen and a network.
    """
    open_window, draw_screens = ctx.obj
    session = Session(folder or default_profile(), passphrase_file, open_window, draw_screens)
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
    for part, found in self_check(SystemClock()):
        click.echo(f"{part:>18}  {found}")
    click.echo("This installation is whole.")
    ctx.exit()


def _passphrase_in(source: str) -> str:
    try:
        if source == "-":
            raw = sys.stdin.buffer.read(LARGEST_PASSPHRASE_FILE + 1)
        else:
            with Path(source).open("rb") as file:
                raw = file.read(LARGEST_PASSPHRASE_FILE + 1)
    except OSError as problem:
        raise InvalidInputError(
            f"The passphrase file could not be read ({problem.strerror})."
        ) from None
    line = raw.split(b"\n", 1)[0].removesuffix(b"\r")
    try:
        # Only the line's end is taken off: spaces are part of a passphrase.
        return line.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInputError("The passphrase file is not UTF-8 text.") from None

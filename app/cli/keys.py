"""Commands for what opens a profile: passphrase, recovery key, the computer's key store."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from app.cli.group import Session, siteweek
from app.cli.progress import counted
from app.cli.secret_input import ask_secret
from app.errors import InvalidInputError
from app.operations.files import write_text
from app.operations.key_changes import (
    OLDER_COPIES,
    change_passphrase,
    is_protected,
    protect_with_system,
    unprotect,
)
from app.operations.passphrases import suggest
from app.operations.recovery import (
    confirm_recovery,
    has_recovery,
    make_recovery,
    vault_of,
    write_recovery_sheet,
)
from app.operations.rotation import Course, prepare_rotation, renew_backups, rotate
from app.operations.unlocking import create_profile, has_profile

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.operations.profile import Profile
    from app.operations.rotation import Rotation

_TRIES: Final = 3

_generate = click.option(
    "--generate", is_flag=True, help="Draw five words at random, and show them once."
)
_words_file = click.option(
    "--words-file",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="Write the drawn words into this new file instead of showing them.",
)
_new_file = click.option(
    "--new-passphrase-file",
    default="",
    metavar="FILE|-",
    help="Read the new passphrase from a file's first line, or the next line of standard input.",
)
_typed_back = click.option(
    "--typed-back-file",
    default="",
    metavar="FILE|-",
    help="Read the recovery key, typed back from the sheet, from a file or standard input.",
)


@siteweek.command()
@_generate
@_words_file
@click.pass_obj
def init(session: Session, *, generate: bool, words_file: Path | None) -> None:
    """Create a profile: the encrypted folder that holds inspections."""
    if has_profile(session.folder):
        passphrase = ""  # it is refused before anybody notes down words that open nothing
    elif generate or words_file is not None:
        passphrase = _drawn(words_file)
    else:
        passphrase = session.passphrase(twice=True)
    create_profile(session.folder, passphrase, session.clock).close()
    click.echo(f"The profile was created in {session.folder}.")
    click.echo("Make a recovery key for it now: siteweek recovery FILE.pdf")


@siteweek.command()
@_new_file
@_generate
@_words_file
@click.option(
    "--rotate",
    "rotates",
    is_flag=True,
    help="Give the profile and every inspection new keys, so that older copies open no more.",
)
@click.option(
    "--sheet",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="With --rotate: write the sheet of the new recovery key here.",
)
@click.option("--drop-recovery", is_flag=True, help="With --rotate: go on without a recovery key.")
@_typed_back
@click.pass_obj
def passwd(  # noqa: PLR0913 - one for each option
    session: Session,
    *,
    new_passphrase_file: str,
    generate: bool,
    words_file: Path | None,
    rotates: bool,
    sheet: Path | None,
    drop_recovery: bool,
    typed_back_file: str,
) -> None:
    """Change the passphrase, or with --rotate all the keys.

    Older copies of the profile go on opening with the older passphrase, unless keys are rotated.
    """
    if not rotates and (sheet is not None or drop_recovery):
        raise InvalidInputError("--sheet and --drop-recovery go with --rotate.")
    with session.profile() as profile:
        if rotates:
            _require_decision(profile, sheet, drops=drop_recovery)
        about = [word for row in profile.inspections() for word in (row.area, row.theme)]
        if generate or words_file is not None:
            new = _drawn(words_file)
        else:
            new = ask_secret(
                new_passphrase_file, "New passphrase", "--new-passphrase-file", twice=True
            )
        if rotates:
            rotation = prepare_rotation(profile, new, with_recovery=sheet is not None, about=about)
            _rotate(session, profile, rotation, sheet, typed_back_file)
            return
        was_protected = is_protected(profile)
        still = change_passphrase(profile, new, about)
    click.echo(f"The passphrase was changed. {OLDER_COPIES}")
    if was_protected and not still:
        click.echo("The computer’s key store has lost its secret, so it protects no more.")


@siteweek.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.pdf")
@_typed_back
@click.option("--replace", is_flag=True, help="Replace FILE.pdf if it is there.")
@click.pass_obj
def recovery(session: Session, file: Path, typed_back_file: str, *, replace: bool) -> None:
    """Make a recovery key: write its sheet to FILE.pdf, and ask for it to be typed back.

    Only then does the key open the profile. An earlier recovery key opens it no more.
    """
    _refuse_present(file, replace=replace)
    with session.profile() as profile:
        pending = make_recovery(profile)
        _typed(
            lambda: write_recovery_sheet(file, pending.text, vault_of(profile), session.clock),
            lambda typed: confirm_recovery(pending, typed),
            file,
            typed_back_file,
        )
    click.echo("The recovery key opens the profile from now on. Earlier ones open it no more.")


@siteweek.command()
@click.option(
    "--on/--off",
    "wanted",
    default=None,
    help="Need a secret in this computer's key store beside the passphrase, or no longer.",
)
@click.pass_obj
def protect(session: Session, *, wanted: bool | None) -> None:
    """Let this computer's own key store protect the profile too, or no longer.

    A stolen disk alone can then not be guessed at. The recovery key goes without it.
    """
    if wanted is None:
        raise InvalidInputError("Say --on or --off. Nothing was changed.")
    passphrase = session.passphrase()
    with session.unlocked(passphrase) as profile:
        if wanted:
            protect_with_system(profile, passphrase)
            click.echo("From now on the profile also needs this computer’s key store.")
        elif is_protected(profile):
            unprotect(profile, passphrase)
            click.echo("The passphrase alone opens the profile again.")
        else:
            click.echo("The passphrase alone opened the profile already.")


def _rotate(
    session: Session, profile: Profile, rotation: Rotation, sheet: Path | None, typed_back: str
) -> None:
    if sheet is not None:
        _typed(
            lambda: write_recovery_sheet(
                sheet, rotation.recovery_text, rotation.vault_id, session.clock
            ),
            rotation.confirm,
            sheet,
            typed_back,
        )
    with counted("Writing stores anew") as progress:
        course = Course(lambda one: renew_backups(profile, one, session.clock), progress)
        problems = rotate(profile, rotation, course)
    click.echo(
        "The profile and every inspection have new keys. What is written from now on opens with no "
        "older key or passphrase."
    )
    if sheet is None:
        click.echo("There is no recovery key now. Make one: siteweek recovery FILE.pdf")
    for one in problems:
        click.echo(f"siteweek: {one}", err=True)


def _require_decision(profile: Profile, sheet: Path | None, *, drops: bool) -> None:
    if sheet is not None and drops:
        raise InvalidInputError("--sheet and --drop-recovery contradict each other.")
    if sheet is not None:
        _refuse_present(sheet)
    elif not drops and has_recovery(profile):
        raise InvalidInputError(
            "New keys make the present recovery sheet worthless. Have a new one made with --sheet "
            "FILE.pdf, or go on without by --drop-recovery. Nothing was changed."
        )


def _drawn(words_file: Path | None) -> str:
    """Return five words at random, once they were shown or written down."""
    words = suggest()
    if words_file is not None:
        _refuse_present(words_file)
        write_text(words_file, [words + "\n"])
        click.echo(f"The words were written to {words_file}. Keep it away from the laptop.")
        return words
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise InvalidInputError(
            "There is no terminal to show the words on. Have them written with --words-file FILE."
        )
    click.echo(f"\n    {words}\n\nThey are shown this once. Write them down.", err=True)
    _thrice("The words", lambda typed: _same_words(words, typed))
    return words


def _same_words(words: str, typed: str) -> None:
    if typed != words:
        raise InvalidInputError("Those are not the words. Type them with one space between them.")


def _typed(
    write: Callable[[], None], confirm: Callable[[str], None], file: Path, source: str
) -> None:
    """Write a sheet and have its key typed back; a key that nobody typed leaves no sheet."""
    write()
    click.echo(f"{file} was written. Print it, delete it, and type the key back from the paper.")
    sys.stdout.flush()
    try:
        if source and not (source == "-" and sys.stdin.isatty()):
            confirm(ask_secret(source, "Recovery key", "--typed-back-file"))
        else:
            _thrice("Recovery key", confirm)
    except BaseException:
        file.unlink(missing_ok=True)
        raise


def _thrice(label: str, accept: Callable[[str], None]) -> None:
    for left in reversed(range(_TRIES)):
        try:
            accept(ask_secret("", label, "--typed-back-file"))
        except InvalidInputError as problem:
            if not left or not sys.stdin.isatty():
                raise
            click.echo(f"siteweek: {problem.sentence}", err=True)
        else:
            return


def _refuse_present(file: Path, *, replace: bool = False) -> None:
    if file.exists() and not replace:
        raise InvalidInputError(f"{file} is there already. Name another file.")

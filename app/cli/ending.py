"""Commands for the end of an inspection: close, reopen, keep, destroy."""

from __future__ import annotations

from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.cli.group import Session, siteweek
from app.domain.dates import long_date
from app.errors import InvalidInputError
from app.operations.certificates import check_certificate, prepare_folder, write_certificate
from app.operations.closing import close_inspection, keep_until, reopen_inspection
from app.operations.disposal import certified, destroy, look
from app.operations.disposal_order import Wish, require_due
from app.operations.files import read_input
from app.operations.profile_disposal import destroy_profile, left_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from app.domain.disposal import Order
    from app.operations.profile import Profile

_ID = "inspection_id"


def _reason(command: Callable[..., None]) -> Callable[..., None]:
    return click.option("--reason", required=True, help="Why; it is kept.")(command)


def _wish(command: Callable[..., None]) -> Callable[..., None]:
    """Take what the person says who orders a destruction, as one value."""

    @wraps(command)
    def run(
        *args: object, reason: str, by: str, with_area: bool, early: bool, **more: object
    ) -> None:
        command(*args, wish=Wish(reason, by, names_area=with_area, is_early=early), **more)

    taken: Callable[..., None] = run
    for option in (
        click.option("--early", is_flag=True, help="Also before its keep-until date is over."),
        click.option("--with-area", is_flag=True, help="Name area and theme in the certificate."),
        click.option("--by", default="", help="Who orders it. [default: who uses this laptop]"),
        click.option("--reason", default="", help="Why. The certificate says so: name no child."),
    ):
        taken = option(taken)
    return taken


@siteweek.command(name="close")
@click.argument(_ID, metavar="ID")
@_reason
@click.pass_obj
def close_(session: Session, inspection_id: str, reason: str) -> None:
    """Close inspection ID: it can be read and written out, and nothing in it changed."""
    with session.inspection(inspection_id) as inspection:
        inspection.do(close_inspection, reason)
    click.echo("The inspection is closed. Reopen it with: siteweek reopen")


@siteweek.command(name="reopen")
@click.argument(_ID, metavar="ID")
@_reason
@click.pass_obj
def reopen_(session: Session, inspection_id: str, reason: str) -> None:
    """Open inspection ID again after it was closed."""
    with session.inspection(inspection_id) as inspection:
        inspection.do(reopen_inspection, reason)
    click.echo("The inspection is open again.")


@siteweek.command(name="keep")
@click.argument(_ID, metavar="ID")
@click.argument("date")
@_reason
@click.pass_obj
def keep_(session: Session, inspection_id: str, date: str, reason: str) -> None:
    """Say that inspection ID is to be kept until DATE (2033-03-01). Nothing happens on that day."""
    with session.inspection(inspection_id) as inspection:
        inspection.do(keep_until, date, reason)
    click.echo(f"The inspection is to be kept until {long_date(date)}. The list says so.")


@siteweek.command(name="destroy")
@click.argument(_ID, metavar="[ID]", default="")
@click.option(
    "--certificate-folder",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Where the certificate goes, as PDF and JSON. Outside the profile.",
)
@_wish
@click.option(
    "--yes-destroy",
    "word",
    default="",
    metavar="ID",
    help="Do not ask. Must be the ID, or with --whole-profile the number of inspections.",
)
@click.option("--whole-profile", is_flag=True, help="Destroy every inspection, then the profile.")
@click.option("--certificate", "again", is_flag=True, help="Destroy nothing: write certificates.")
@click.pass_obj
def destroy_(
    session: Session,
    inspection_id: str,
    folder: Path,
    wish: Wish,
    word: str,
    *,
    whole_profile: bool,
    again: bool,
) -> None:
    """Destroy this laptop's copy of inspection ID for good, and write a certificate.

    Its keys go first, then its files. Copies elsewhere are not reached; the certificate names
    them. With --certificate the certificate of an inspection that was destroyed here earlier is
    written again: of ID, or of all.
    """
    named = again or bool(inspection_id) != whole_profile
    if not named or (whole_profile and again):
        raise InvalidInputError(
            "Name one inspection by its ID, or say --whole-profile. Nothing was destroyed."
        )
    with session.profile() as profile:
        prepare_folder(folder, profile.folder)
        if again:
            for one in certified(profile, inspection_id):
                _told(write_certificate(one, folder))
        elif whole_profile:
            _destroy_all(session, profile, wish, folder, word)
        else:
            _destroy_one(session, profile, inspection_id, wish, folder, word)


@siteweek.command(name="check-certificate")
@click.argument("file", type=click.Path(path_type=Path))
def check_certificate_(file: Path) -> None:
    """Check the signature in a certificate of destruction: its JSON FILE."""
    found = check_certificate(read_input(file))
    click.echo(
        f"The order to destroy inspection {found.inspection}, of {found.ordered_at}, was signed by "
        f"laptop {found.device} and is unaltered. It was complete on {found.finished_at}.\n"
        "Whether that laptop was of the team, another laptop of the team can say."
    )


def _destroy_one(
    session: Session, profile: Profile, inspection_id: str, wish: Wish, folder: Path, word: str
) -> None:
    seen = look(profile, inspection_id, session.clock)
    require_due(seen, wish, session.clock)
    words = {inspection_id, seen.area.strip()} - {""}
    if word and word != inspection_id:
        raise InvalidInputError("--yes-destroy names another inspection. Nothing was destroyed.")
    if not word:
        _say_what_goes(seen)
        what = "Type the area’s name, or the id" if seen.area.strip() else "Type the id"
        _ask(f"{what}, to destroy it", words)
    done = destroy(profile, inspection_id, wish, session.clock)
    click.echo(f"Inspection {inspection_id} was destroyed on this laptop.")
    for left in done.outcome.left:
        click.echo(f"This still bears its id: {left}")
    _told(write_certificate(done, folder))


def _destroy_all(session: Session, profile: Profile, wish: Wish, folder: Path, word: str) -> None:
    count = str(len(profile.inspections()))
    if word and word != count:
        raise InvalidInputError(
            f"--yes-destroy has to say how many inspections go: {count}. Nothing was destroyed."
        )
    if not word:
        click.echo(
            f"All {count} inspections in {profile.folder} will be destroyed, and the profile with "
            "them. This can’t be taken back.",
            err=True,
        )
        _ask("Type the number of inspections, to destroy them", {count})
    done = destroy_profile(profile, wish, session.clock, folder)
    _told(done.certificates)
    click.echo(f"The profile in {profile.folder} was destroyed on this laptop.")
    if done.problem:
        click.echo(f"siteweek: {done.problem}", err=True)
    left = left_in(profile.folder)
    if left:
        click.echo(f"What is not Siteweek’s was left in that folder: {len(left)} by name.")


def _say_what_goes(seen: Order) -> None:
    if seen.unreadable:
        click.echo(f"This inspection can’t be opened: {seen.unreadable}", err=True)
    else:
        closed = f"closed on {long_date(seen.closed_at)}" if seen.closed_at else "not closed"
        kept = f"keep until {long_date(seen.keep_until)}" if seen.keep_until else "no keep-until"
        others = len(seen.other_devices)
        click.echo(
            f"{seen.area or 'no area'} · {seen.theme or 'no theme'} · {closed} · {kept}\n"
            f"{seen.records:,} records, {seen.attachments:,} attachments, {seen.backups:,} "
            f"backups; {others:,} other laptops are known to have a copy.",
            err=True,
        )
    click.echo(
        "This laptop’s copy will be destroyed, and what exists only here with it. This can’t be "
        "taken back. Put it out first if it is to be kept: siteweek export",
        err=True,
    )


def _ask(question: str, words: set[str]) -> None:
    typed: str = click.prompt(question, err=True, default="", show_default=False)
    if typed.strip() not in words:
        raise InvalidInputError("That is not it. Nothing was destroyed.")


def _told(files: Iterable[Path]) -> None:
    for file in files:
        click.echo(file)

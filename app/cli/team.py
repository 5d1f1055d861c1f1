"""Commands for the team: invite, request, admit, join, people, remove, and a new lead."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from app.cli.group import Session, siteweek
from app.crypto.roster import DEPUTY, INSPECTOR, READER
from app.domain.dates import long_date
from app.errors import InvalidInputError
from app.operations.files import read_input, write_bytes
from app.operations.sync import joining, people, qr, team_changes
from app.operations.sync.joining import Person

if TYPE_CHECKING:
    from app.operations.sync.people import Laptop, TeamView

_ID: Final = "inspection_id"
_file = click.Path(path_type=Path, dir_okay=False)
_out = click.option("--out", type=_file, required=True, help="Write it to this new file.")
_qr = click.option("--qr", type=_file, default=None, help="Draw it as a QR code too: .svg or .png.")


def _person_options(command: click.decorators.FC) -> click.decorators.FC:
    """Add the options that say whose laptop this is."""
    for option in (
        click.option("--laptop", default="laptop", help="What you call this laptop."),
        click.option("--inspectorate", default="", help="Your inspectorate."),
        click.option("--name", default="", help="Your name, as the team will see it."),
    ):
        command = option(command)
    return command


@siteweek.command()
@click.argument(_ID, metavar="ID")
@_person_options
@click.option("--relay", default="", help="The address of a relay to exchange through.")
@_out
@_qr
@click.pass_obj
def invite(  # noqa: PLR0913, PLR0917 - click hands each option over
    session: Session,
    inspection_id: str,
    name: str,
    inspectorate: str,
    laptop: str,
    relay: str,
    out: Path,
    qr: Path | None,
) -> None:
    """Write an invitation to the team of inspection ID. It holds nothing secret.

    The first one begins the team, and you are its lead: say your name then.
    """
    _require_new(out)
    with session.inspection(inspection_id) as inspection:
        document = joining.invite(inspection, Person(name, inspectorate, laptop), relay)
    _write(document, out, qr)
    click.echo(f"The invitation is in {out}. It serves for everybody you want on the team.")


@siteweek.command()
@click.argument("invitation", type=_file)
@_person_options
@_out
@_qr
@click.pass_obj
def request(
    session: Session,
    invitation: Path,
    name: str,
    inspectorate: str,
    laptop: str,
    out: Path,
    qr: Path | None,
) -> None:
    """Ask to join the team that INVITATION is from, and show the words to read to the lead."""
    _require_new(out)
    document = read_input(invitation)
    with session.profile() as profile:
        made = joining.request(profile, document, Person(name, inspectorate, laptop))
    _write(made.content, out, qr)
    click.echo(f"The request is in {out}: give it to {made.lead}, who leads the team.")
    click.echo("Read these words to each other, in person or where you know the voice:")
    click.echo(f"\n  {' '.join(made.words)}\n")
    click.echo(f"When you have been admitted:  siteweek join {made.inspection} ADMISSION")
    click.echo(made.inspection)


@siteweek.command()
@click.argument(_ID, metavar="ID")
@click.argument("request", type=_file)
@click.option(
    "--role",
    type=click.Choice([INSPECTOR, DEPUTY, READER]),
    default=INSPECTOR,
    show_default=True,
    help="What they are on the team.",
)
@click.option("--from-now", is_flag=True, help="Give nothing that was written before.")
@click.option("--checked", default="", help="How the words were compared, for example: in person.")
@click.option("--heard", default="", help="What was read to you, word by word, instead of asking.")
@_out
@click.pass_obj
def admit(  # noqa: PLR0913 - click hands each option over
    session: Session,
    inspection_id: str,
    request: Path,
    role: str,
    checked: str,
    heard: str,
    out: Path,
    *,
    from_now: bool,
) -> None:
    """Add the laptop that made REQUEST to the team of inspection ID, once its words agree."""
    _require_new(out)
    document = read_input(request)
    with session.inspection(inspection_id) as inspection:
        candidate = joining.read_candidate(inspection, document)
        person = candidate.person
        click.echo(f"{person.name} ({person.inspectorate}) asks to join with {person.laptop}.")
        if candidate.is_again:
            click.echo(f"{person.name} has a laptop on the team already.")
        _compare(candidate.words, heard)
        how = checked or click.prompt("How were they compared", default="in person", err=True)
        admission = joining.admit(inspection, candidate, how, role=role, from_now=from_now)
    write_bytes(out, [admission])
    click.echo(f"{person.name} is on the team. Give them the admission: {out}")
    click.echo("It goes along to every place where this laptop hands over, too.")


@siteweek.command()
@click.argument(_ID, metavar="ID")
@click.argument("admission", type=_file)
@click.pass_obj
def join(session: Session, inspection_id: str, admission: Path) -> None:
    """Take in the ADMISSION that answers this laptop's request for inspection ID."""
    document = read_input(admission)
    with session.inspection(inspection_id) as inspection:
        roster = joining.join(inspection, document)
    click.echo(f"This laptop is on the team, with {len(roster.active) - 1} others.")
    click.echo(f"To fetch what they wrote:  siteweek sync {inspection_id}")


@siteweek.command(name="people")
@click.argument(_ID, metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def people_(session: Session, inspection_id: str, *, as_json: bool) -> None:
    """Show who is on the team of inspection ID, what their laptops hold, and today's six words."""
    with session.inspection(inspection_id, for_reading=True) as inspection:
        found = people.team(inspection)
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=1, default=str))
    else:
        _show(found)


@siteweek.command()
@click.argument(_ID, metavar="ID")
@click.argument("laptop")
@click.option("--reason", required=True, help="Why, for everybody to read.")
@click.option("--yes", is_flag=True, help="Do it without asking.")
@click.pass_obj
def remove(session: Session, inspection_id: str, laptop: str, reason: str, *, yes: bool) -> None:
    """Take LAPTOP off the team of inspection ID; everybody gets new keys.

    What it wrote until now stays. What it has read already it keeps.
    """
    with session.inspection(inspection_id) as inspection:
        one = people.laptop_at(inspection, laptop)
        if not yes:
            click.confirm(f"Remove {one.who}, {one.name}", abort=True, err=True)
        team_changes.remove(inspection, one.device, reason)
    click.echo(f"{one.who} is off the team. Nothing new can be read with {one.name}.")
    click.echo("The others learn of it at their next exchange, and hand over to it until then.")


@siteweek.command()
@click.argument(_ID, metavar="ID")
@click.argument("laptop")
@click.argument("role", type=click.Choice([INSPECTOR, DEPUTY, READER]))
@click.pass_obj
def role(session: Session, inspection_id: str, laptop: str, role: str) -> None:
    """Give LAPTOP of inspection ID another ROLE. The deputy takes over when the lead can't."""
    with session.inspection(inspection_id) as inspection:
        one = people.laptop_at(inspection, laptop)
        team_changes.change_role(inspection, one.device, role)
    click.echo(f"{one.who} is {people.ROLE_NAMES[role]} now.")


@siteweek.command(name="new-keys")
@click.argument(_ID, metavar="ID")
@click.option("--reason", default="the week begins", show_default=True, help="Why.")
@click.pass_obj
def new_keys(session: Session, inspection_id: str, reason: str) -> None:
    """Give the team of inspection ID new keys for all that is written from now on."""
    with session.inspection(inspection_id) as inspection:
        team_changes.rotate(inspection, reason)
    click.echo("From the next exchange on, everybody writes under the new keys.")


@siteweek.command()
@click.argument(_ID, metavar="ID")
@_out
@click.pass_obj
def agree(session: Session, inspection_id: str, out: Path) -> None:
    """Agree that the deputy takes over inspection ID, for a lead whose laptop is lost."""
    _require_new(out)
    with session.inspection(inspection_id) as inspection:
        deputy, agreement = team_changes.agree(inspection)
    write_bytes(out, [agreement])
    click.echo(f"You agree that {deputy} leads from now on. Give them {out}.")


@siteweek.command()
@click.argument(_ID, metavar="ID")
@click.argument("agreement", type=_file)
@click.pass_obj
def succeed(session: Session, inspection_id: str, agreement: Path) -> None:
    """Take over the lead of inspection ID as its deputy, with another member's AGREEMENT."""
    document = read_input(agreement)
    with session.inspection(inspection_id) as inspection:
        team_changes.succeed(inspection, document)
    click.echo("You lead this inspection now. The laptop that led it is off the team.")


def _compare(words: tuple[str, ...], read_out: str) -> None:
    if read_out:
        if read_out.casefold().split() != list(words):
            raise InvalidInputError(
                "The words are not the same. Somebody may have come in between: nobody was added. "
                "Begin again with a new invitation, handed over in person."
            )
        return
    click.echo("Do they read you these words?")
    click.echo(f"\n  {' '.join(words)}\n")
    if not click.confirm("They read me the same words", err=True):
        raise InvalidInputError("Nobody was added.")


def _show(found: TeamView) -> None:
    if not found.laptops:
        click.echo("This inspection has no team yet: everything is on this laptop alone.")
        return
    for number, one in enumerate(found.laptops, 1):
        click.echo(f"{number:>3}  {one.who}, {one.name}: {_standing(one)}")
    if found.words:
        click.echo(f"\nToday’s words:  {' '.join(found.words)}")
        click.echo("Whoever holds the same as this laptop sees the same words.")


def _standing(one: Laptop) -> str:
    role_name = people.ROLE_NAMES.get(one.role, one.role)
    if one.is_removed:
        return f"{role_name}, removed"
    if one.is_own:
        return f"{role_name}, this laptop"
    if one.last_heard is None:
        return f"{role_name}, not heard from yet"
    lacks = "holds all of this" if not one.lacks else f"lacked {one.lacks:,} changes"
    return f"{role_name}, {lacks} when last heard on {long_date(one.last_heard.isoformat())}"


def _write(document: bytes, out: Path, drawn: Path | None) -> None:
    write_bytes(out, [document])
    if drawn is not None:
        qr.draw(document, drawn)


def _require_new(out: Path) -> None:
    if out.exists():
        raise InvalidInputError(f"{out} is there already. Name a new file.")

"""Commands that back an inspection up, list its backups, and restore one."""

from __future__ import annotations

from pathlib import Path

import click

from app.cli.group import Session, siteweek
from app.cli.progress import counted
from app.errors import InvalidInputError
from app.operations.backups import back_up, carry_away, list_backups, restore

_ID = "inspection_id"
_MEGABYTE = 1_000_000


@siteweek.command()
@click.argument(_ID, metavar="ID")
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=None,
    help="Write an encrypted copy into this folder, to be kept elsewhere.",
)
@click.pass_obj
def backup(session: Session, inspection_id: str, target: Path | None) -> None:
    """Back inspection ID up. The backup is opened and counted after it was written."""
    if target is not None:
        with session.profile() as profile, counted("Copying attachments") as progress:
            made = carry_away(profile, inspection_id, target, session.clock, progress)
        click.echo(
            f"{made} was written and found whole. It is encrypted: the passphrase of this "
            "profile opens it."
        )
        return
    with session.inspection(inspection_id) as inspection:
        found = back_up(inspection)
    click.echo(f"{found.stamp} was written and found whole: {found.changes:,} changes.")


@siteweek.command()
@click.argument(_ID, metavar="ID")
@click.pass_obj
def backups(session: Session, inspection_id: str) -> None:
    """List the backups of inspection ID, newest first."""
    with session.profile() as profile:
        held = list_backups(profile, inspection_id)
    if not held:
        click.echo("There are no backups yet. One is made at every lock, and with: siteweek backup")
    for one in held:
        size = max(0.1, one.size / _MEGABYTE)
        click.echo(f"{one.stamp}  {one.made.astimezone():%a %d %b %Y %H:%M}  {size:,.1f} MB")


@siteweek.command(name="restore")
@click.argument(_ID, metavar="ID")
@click.argument("stamp")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def restore_(session: Session, inspection_id: str, stamp: str, *, yes: bool) -> None:
    """Put backup STAMP of inspection ID in the place of its present notes.

    The present notes are kept as a backup of their own.
    """
    if not yes and not click.confirm(
        f"Go back to {stamp}? What was written since is kept as a backup.", err=True
    ):
        raise InvalidInputError("Nothing was restored and nothing was changed.")
    with session.profile() as profile:
        changes = restore(profile, inspection_id, stamp, session.clock)
    click.echo(
        f"{stamp} was restored: {changes:,} changes. What stood there before is among the backups. "
        "This laptop goes on under a new identity."
    )

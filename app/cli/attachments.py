"""Commands for files that belong to a record: attach, list, take off, save."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from app.cli.group import Session, siteweek
from app.cli.progress import counted
from app.domain.file_names import visible
from app.operations.attaching import attach_file
from app.operations.attachments import list_attachments, remove, save_as

if TYPE_CHECKING:
    from app.operations.attachments import AttachmentRow

_ID: Final = "inspection_id"


@siteweek.command()
@click.argument(_ID, metavar="ID")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--to", required=True, metavar="RECORD", help="The record it belongs to.")
@click.option(
    "--keep-position",
    is_flag=True,
    help="Keep what a photo says of where it was taken. Without this it is taken out of a JPEG.",
)
@click.pass_obj
def attach(
    session: Session, inspection_id: str, file: Path, to: str, *, keep_position: bool
) -> None:
    """Attach FILE to a record of inspection ID and print the attachment's id."""
    with session.inspection(inspection_id) as inspection, counted("Attaching bytes") as progress:
        changes = attach_file(
            inspection, file, _plain(to), keep_position=keep_position, progress=progress
        )
        if changes is None:
            return
        made = next(row for row in list_attachments(inspection, to) if row.id == changes.made)
    click.echo(made.id)
    if made.photo_position == "removed":
        click.echo("Position and thumbnail were taken out of the photo.", err=True)
    elif made.photo_position == "not looked for" and made.media_type.startswith("image/"):
        click.echo("Whether this photo says where it was taken was not looked for.", err=True)


@siteweek.command()
@click.argument(_ID, metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def attachments(session: Session, inspection_id: str, *, as_json: bool) -> None:
    """List the attachments of inspection ID."""
    with session.inspection(inspection_id, for_reading=True) as inspection:
        rows = list_attachments(inspection)
    if as_json:
        # In ASCII: a name may hold what turns the words of a terminal round.
        click.echo(json.dumps([row.plain() for row in rows], indent=1))
        return
    for row in rows:
        click.echo(_line(row))
    if not rows:
        click.echo("There are no attachments.")


@siteweek.command()
@click.argument(_ID, metavar="ID")
@click.argument("attachment")
@click.pass_obj
def detach(session: Session, inspection_id: str, attachment: str) -> None:
    """Take an ATTACHMENT off its record. It is kept and can be restored."""
    with session.inspection(inspection_id) as inspection:
        inspection.do(remove, _plain(attachment))
    click.echo("It was taken off. Its content is kept until the inspection is destroyed.")


@siteweek.command(name="save-attachment")
@click.argument(_ID, metavar="ID")
@click.argument("attachment")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Replace FILE if it is there.")
@click.pass_obj
def save_attachment(
    session: Session, inspection_id: str, attachment: str, file: Path, *, replace: bool
) -> None:
    """Write an ATTACHMENT to FILE, or into a folder under a safe name. It is not encrypted."""
    with session.inspection(inspection_id, for_reading=True) as inspection:
        path = save_as(inspection, _plain(attachment), file, replace=replace)
    click.echo(f"{path} was written. It is not encrypted: keep it where only you can read it.")


def _plain(given: str) -> str:
    # What a terminal sent that is no text would be no question to the store; it is no id either.
    return given.encode(errors="replace").decode()


def _line(row: AttachmentRow) -> str:
    state = f" · {row.state}" if row.state else ""
    by = f" by {visible(row.added_by)}" if row.added_by else ""
    size = f"{row.size:,} bytes"
    return f"{row.id}  {row.shown} · {size} · to {row.attached_to} · {row.added_at}{by}{state}"

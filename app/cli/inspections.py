"""Commands that list, show, take in and put out inspections."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.cli.group import Session, siteweek
from app.cli.progress import counted
from app.domain.dates import long_date
from app.domain.kinds.registry import label_of
from app.errors import InvalidInputError
from app.operations.exchange import put_out, read_document
from app.operations.files import read_input, write_text
from app.operations.overview import overview

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.operations.overview import Overview
    from app.operations.profile import InspectionRow

_ID = "inspection_id"


@siteweek.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def import_(session: Session, file: Path) -> None:
    """Take in an inspection JSON FILE and print the new inspection's id."""
    document = read_document(read_input(file))
    with session.profile() as profile, counted("Taking in records") as progress:
        made = profile.take_in(document, progress)
    click.echo(made)


@siteweek.command()
@click.argument(_ID, metavar="ID")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Replace FILE if it is there.")
@click.pass_obj
def export(session: Session, inspection_id: str, file: Path, *, replace: bool) -> None:
    """Write inspection ID to FILE as inspection JSON. The file is not encrypted."""
    if file.exists() and not replace:
        raise InvalidInputError(f"{file} is there already. Use --replace to replace it.")
    with session.inspection(inspection_id, for_reading=True) as inspection:
        inspection.ask(lambda view: write_text(file, put_out(view)))
    click.echo(f"{file} was written. It is not encrypted: keep it where only you can read it.")


@siteweek.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def list_(session: Session, *, as_json: bool) -> None:
    """List the inspections of the profile."""
    with session.profile() as profile:
        rows = profile.inspections()
    if as_json:
        click.echo(json.dumps([row.plain() for row in rows], ensure_ascii=False, indent=1))
        return
    if not rows:
        click.echo("There are no inspections yet. Take one in with: siteweek import FILE.json")
    for row in rows:
        if row.problem:
            click.echo(f"{row.id}  can’t be opened: {row.problem}")
            continue
        when = f"{row.fieldwork_from} to {row.fieldwork_to}" if row.fieldwork_from else "no dates"
        standing = "".join(f" · {one}" for one in _standing(row))
        click.echo(
            f"{row.id}  {row.area or 'no area'} · {row.theme or 'no theme'} · {when}{standing}"
        )


@siteweek.command()
@click.argument(_ID, metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def show(session: Session, inspection_id: str, *, as_json: bool) -> None:
    """Show what inspection ID is and what it holds."""
    with session.inspection(inspection_id, for_reading=True) as inspection:
        seen = inspection.ask(overview)
    if as_json:
        click.echo(json.dumps(seen.plain(), ensure_ascii=False, indent=1))
    else:
        _print(seen)


def _standing(row: InspectionRow) -> Iterator[str]:
    if row.closed_at:
        yield f"closed on {long_date(row.closed_at)}"
    if row.is_due:
        yield f"past its keep-until date, {long_date(row.keep_until)}"
    elif row.keep_until:
        yield f"keep until {long_date(row.keep_until)}"


def _print(seen: Overview) -> None:
    for label, value in seen.particulars:
        click.echo(f"{label:>22}  {value}")
    click.echo("")
    for kind, count in seen.counts:
        label = label_of(kind)
        click.echo(f"{count:>22,}  {label}")
    for sentence in seen.remarks:
        click.echo(f"\n{sentence}")

"""Commands that write the brief and the letter."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.cli.group import Session, siteweek
from app.operations.brief_release import brief_release
from app.operations.documents import formats_named, write_brief
from app.operations.letter_release import (
    is_as_released,
    release_sheet,
    write_as_it_stands,
    write_final,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_ID = "inspection_id"


def _options(command: Callable[..., None]) -> Callable[..., None]:
    out = click.option(
        "--out",
        type=click.Path(path_type=Path, file_okay=False),
        required=True,
        help="The folder to write into; it is made if it is not there.",
    )
    formats = click.option(
        "--format",
        "formats",
        default="docx,pdf,html",
        show_default=True,
        help="One or more of docx, pdf, html, with commas.",
    )
    return out(formats(command))


@siteweek.command()
@click.argument(_ID, metavar="ID")
@_options
@click.pass_obj
def brief(session: Session, inspection_id: str, out: Path, formats: str) -> None:
    """Write the verbal-feedback brief of inspection ID: to be spoken, and with its notes."""
    chosen = formats_named(formats)
    with session.inspection(inspection_id, for_reading=True) as inspection:
        for path in write_brief(inspection, out, chosen):
            click.echo(path)
        left = inspection.ask(brief_release).open
        if left:
            click.echo(f"{_not_looked_at(left)} The window lists them under Feedback.", err=True)


@siteweek.command()
@click.argument(_ID, metavar="ID")
@_options
@click.option("--release", is_flag=True, help="Write the letter that leaves, and record that.")
@click.pass_obj
def letter(session: Session, inspection_id: str, out: Path, formats: str, *, release: bool) -> None:
    """Write the letter of inspection ID; as a draft until it says what was released."""
    chosen = formats_named(formats)
    with session.inspection(inspection_id, for_reading=not release) as inspection:
        for path in (write_final if release else write_as_it_stands)(inspection, out, chosen):
            click.echo(path)
        left = inspection.ask(release_sheet).open
        if left:
            click.echo(f"{_not_looked_at(left)} The window lists them under Letter.", err=True)
        if not inspection.ask(is_as_released):
            click.echo("The letter is marked as a draft until it is released.", err=True)


def _not_looked_at(count: int) -> str:
    """Say how many things nobody has looked at yet."""
    things = "1 thing was" if count == 1 else f"{count} things were"
    return f"{things} not looked at before it leaves."

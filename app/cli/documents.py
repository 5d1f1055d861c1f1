"""Commands that write the brief and the letter."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.cli.group import Session, siteweek
from app.operations.brief_release import brief_release
from app.operations.documents import formats_named, write_brief, write_draft, write_letter
from app.operations.letter_release import release_sheet

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
@click.pass_obj
def letter(session: Session, inspection_id: str, out: Path, formats: str) -> None:
    """Write the letter of inspection ID; as a draft while something in it was not looked at."""
    chosen = formats_named(formats)
    with session.inspection(inspection_id, for_reading=True) as inspection:
        left = inspection.ask(release_sheet).open
        for path in (write_draft if left else write_letter)(inspection, out, chosen):
            click.echo(path)
        if left:
            click.echo(
                f"{_not_looked_at(left)} The letter was marked as a draft. "
                "The window lists them under Letter.",
                err=True,
            )


def _not_looked_at(count: int) -> str:
    """Say how many things nobody has looked at yet."""
    things = "1 thing was" if count == 1 else f"{count} things were"
    return f"{things} not looked at before it leaves."

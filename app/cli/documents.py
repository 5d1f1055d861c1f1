"""Commands that write the brief and the letter."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.cli.group import Session, siteweek
from app.operations.documents import formats_named, write_brief, write_letter
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


@siteweek.command()
@click.argument(_ID, metavar="ID")
@_options
@click.pass_obj
def letter(session: Session, inspection_id: str, out: Path, formats: str) -> None:
    """Write the letter of inspection ID."""
    chosen = formats_named(formats)
    with session.inspection(inspection_id, for_reading=True) as inspection:
        for path in write_letter(inspection, out, chosen):
            click.echo(path)
        left = inspection.ask(release_sheet).open
        if left:
            click.echo(
                f"Not looked at before it leaves: {left}. The window lists them under Letter.",
                err=True,
            )

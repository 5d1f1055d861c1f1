"""The command that gathers what may be sent to whoever looks after Siteweek."""

from __future__ import annotations

from pathlib import Path

import click

from app.cli.group import Session, siteweek
from app.errors import InvalidInputError, OutputError
from app.hardening import in_force
from app.operations.diagnostics import diagnostics


@siteweek.command(name="diagnostics")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="Save it in this file, after it was shown.",
)
@click.option("--yes", is_flag=True, help="Do not ask before saving.")
@click.pass_obj
def diagnostics_(session: Session, out: Path | None, *, yes: bool) -> None:
    """Show versions, counts and codes, to be sent with a report of a fault.

    No name, word or path is in it, and no passphrase is needed.
    """
    lines = [f"{what:>26}  {found}" for what, found in diagnostics(session.folder, in_force())]
    text = "\n".join(lines) + "\n"
    click.echo(text, nl=False)
    if out is None:
        return
    if not yes and not click.confirm("Save these lines, and nothing else?", err=True):
        raise InvalidInputError("Nothing was saved.")
    try:
        with out.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise OutputError(
            f"{out} is there already. It was left as it is; name another file."
        ) from None
    except OSError as problem:
        raise OutputError(f"{out} could not be written ({problem.strerror}).") from None
    click.echo(f"Saved in {out}.", err=True)

"""Commands for a damaged store: get the notes out of it, and say what is wrong with it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.cli.group import FAILED, Session, siteweek
from app.cli.progress import counted
from app.cli.secret_input import ask_secret
from app.operations.salvage import Outcome, Wanted
from app.operations.salvage import salvage as salvage_all
from app.operations.salvage_keys import Secret
from app.operations.salvage_report import NOT_ENCRYPTED
from app.operations.verify import rebuild_derived
from app.operations.verify import verify as check_store

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.operations.verify import Integrity

_FILE = click.Path(path_type=Path, dir_okay=False)
_FOLDER = click.Path(path_type=Path, file_okay=False)


@siteweek.command()
@click.argument("folder", type=_FOLDER)
@click.argument("out", type=_FOLDER)
@click.option("--inspection", default="", metavar="ID", help="Salvage this inspection alone.")
@click.option(
    "--keyring-file", "keyring", type=_FILE, default=None, help="A copy of the profile’s keyring."
)
@click.option(
    "--store-key-file",
    "store_keys",
    type=_FILE,
    multiple=True,
    help="A copy of the inspection’s store.key. Can be given more than once.",
)
@click.pass_obj
def salvage(
    session: Session,
    folder: Path,
    out: Path,
    *,
    inspection: str,
    keyring: Path | None,
    store_keys: tuple[Path, ...],
) -> None:
    """Get everything readable out of the damaged FOLDER, a profile or one inspection, into OUT.

    Nothing is written into FOLDER. OUT must be new or empty; what is written there is not
    encrypted: inspection JSON to import again, the notes as Word and text, and a report of what
    could not be read.
    """
    if session.recovery_key_file:
        recovery = ask_secret(session.recovery_key_file, "Recovery key", "--recovery-key-file")
        secret = Secret(recovery=recovery)
    else:
        secret = Secret(passphrase=session.passphrase())
    wanted = Wanted(folder, inspection, keyring, store_keys)
    outcomes = salvage_all(wanted, out, secret, _by_file())
    for one in outcomes:
        _tell(one)
    click.echo(f"\n{NOT_ENCRYPTED}")
    if any(one.problem or (one.report and not one.report.is_whole) for one in outcomes):
        sys.exit(FAILED)


@siteweek.command()
@click.argument("inspection_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "--rebuild",
    is_flag=True,
    help="If all that is wrong is made from the changes (records, search), make it anew.",
)
@click.pass_obj
def verify(session: Session, inspection_id: str, *, as_json: bool, rebuild: bool) -> None:
    """Check that inspection ID is whole: every page, change, signature and backup.

    Nothing is changed or repaired, unless --rebuild is given. The status is 0 if it is whole.
    """
    with session.profile() as profile, counted("Checking parts") as progress:
        asked = rebuild_derived if rebuild else check_store
        found = asked(profile, inspection_id, lambda _part, done, total: progress(done, total))
    if as_json:
        click.echo(json.dumps(found.plain(), ensure_ascii=False, indent=1))
    else:
        _print(found)
    if not found.is_whole:
        sys.exit(FAILED)


def _print(found: Integrity) -> None:
    for part in found.parts:
        click.echo(f"{part.name:>14}  {part.state}")
        for sentence in part.found:
            click.echo(f"{'':>14}  - {sentence}")
        if part.advice:
            click.echo(f"{'':>14}  {part.advice}")
    if found.is_whole:
        click.echo("The inspection is whole.")
    else:
        click.echo("The inspection is not whole. Nothing was changed.")


def _tell(one: Outcome) -> None:
    if one.report is None:
        click.echo(f"Inspection {one.inspection}: {one.problem}")
        return
    records = sum(one.report.counts.values())
    click.echo(
        f"Inspection {one.inspection}: {one.report.revisions:,} changes were read, which make "
        f"{records:,} records. They are in {one.folder}."
    )
    for sentence in (*one.report.lost, *one.report.damage):
        click.echo(f"  {sentence}")


def _by_file() -> Callable[[str, int, int], None]:
    def tell(name: str, done: int, total: int) -> None:
        with counted(f"Reading {name}, pages") as progress:
            progress(done, total)

    return tell

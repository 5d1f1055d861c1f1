"""The main job on an invented inspection: taken in, checked, written, and shown."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from app.cli.group import Session, siteweek
from app.cli.progress import counted
from app.errors import InvalidInputError, OutputError
from app.operations.checking import check_inspection
from app.operations.demo import DEMO_LEAD, demo_document
from app.operations.documents import ALL_FORMATS, write_brief
from app.operations.letter_release import release_sheet, write_as_it_stands
from app.operations.overview import overview
from app.operations.passphrases import suggest
from app.operations.team import be
from app.operations.thread import trace_letter
from app.operations.unlocking import create_profile

if TYPE_CHECKING:
    from app.operations.inspection import Inspection

SECRET_FILE: Final = "passphrase.txt"  # noqa: S105 - a name, of an invented one


@siteweek.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("siteweek-demo"),
    show_default=True,
    help="The folder to make the demo in. An earlier demo there is replaced.",
)
@click.option("--window/--no-window", default=None, help="Open the window afterwards, or draw it.")
@click.pass_obj
def demo(session: Session, out: Path, *, window: bool | None) -> None:
    """Take in an invented inspection, write its brief and letter, and open it."""
    profile_folder = _fresh(out)
    passphrase = suggest()
    click.echo("Creating an encrypted profile …")
    profile = create_profile(profile_folder, passphrase, session.clock)
    (out / SECRET_FILE).write_text(passphrase + "\n", encoding="utf-8")
    try:
        with counted("Taking in records") as progress:
            made = profile.take_in(demo_document(), progress)
        inspection = profile.open_inspection(made)
        try:
            inspection.do(be, DEMO_LEAD)
            _documents(inspection, out)
            _summary(inspection, made)
            has_window = _has_display() if window is None else window
            if not has_window:
                click.echo("There is no display here: drawing the screens instead …")
                _list(session.draw_screens(inspection, out / "screens"), "screens")
        finally:
            inspection.close()
    finally:
        profile.close()
    click.echo(f"\nEverything lies in {out.resolve()}.")
    click.echo(f"The profile’s passphrase is in {SECRET_FILE}, since this inspection is invented.")
    if has_window:
        click.echo(f"Opening the window. Its passphrase: {passphrase}")
        sys.exit(session.open_window(profile_folder))


def _fresh(out: Path) -> Path:
    """Make room for a demo; only a folder that an earlier demo made is ever emptied."""
    folder = out / "profile"
    if folder.exists():
        if not (out / SECRET_FILE).is_file():
            raise InvalidInputError(
                f"{folder} is there already and no demo made it. Name another folder with --out."
            )
        shutil.rmtree(folder)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise OutputError(f"{out} could not be made ({problem.strerror}).") from None
    return folder


def _documents(inspection: Inspection, out: Path) -> None:
    click.echo("Writing the brief and the letter …")
    _list(write_brief(inspection, out / "brief", ALL_FORMATS), "brief")
    _list(write_as_it_stands(inspection, out / "letter", ALL_FORMATS), "letter")


def _summary(inspection: Inspection, made: str) -> None:
    seen = inspection.ask(overview)
    counts = dict(seen.counts)
    traces = inspection.ask(trace_letter)
    sentences = sum(len(one.sentences) for one in traces if not one.exempt)
    orphans = sum(len(one.orphans) for one in traces)
    problems = inspection.ask(check_inspection)
    click.echo(
        f"Inspection {made} holds {counts.get('paragraph', 0):,} paragraphs and "
        f"{counts.get('finding', 0)} findings."
    )
    click.echo(
        f"Of {sentences} sentences in the letter that state a finding, {sentences - orphans} lead "
        "to words in notes."
    )
    left = inspection.ask(release_sheet).open
    click.echo(f"The letter is a draft: {left} things in it are to be looked at before it leaves.")
    click.echo(f"The check finds {len(problems)} things to look at (siteweek check).")


def _list(paths: list[Path], what: str) -> None:
    click.echo(f"  {what}: {len(paths)} files in {paths[0].parent if paths else '-'}")


def _has_display() -> bool:
    if sys.platform in {"win32", "darwin"}:
        return True
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    if chosen in {"offscreen", "minimal"}:
        return False
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))

"""Commands that hand over and take in: sync, places, what waits, forks, rooms."""

from __future__ import annotations

import json
import signal
import threading
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from app.cli.group import FAILED, Session, siteweek
from app.cli.progress import counted
from app.cli.secret_input import secret_line
from app.domain.dates import long_date
from app.errors import InvalidInputError, TargetError
from app.operations.forks import forks as forks_of
from app.operations.records import choose as choose_version
from app.operations.sync import aside, rooms
from app.operations.sync.courier import Courier
from app.operations.sync.exchange import exchange
from app.operations.sync.places import (
    Place,
    PlaceKind,
    add_place,
    forget_place,
    open_target,
    place_at,
    places,
)
from app.operations.sync.publishing import publish_team

if TYPE_CHECKING:
    from app.operations.forks import Fork
    from app.operations.inspection import Inspection
    from app.operations.sync.exchange import Exchange

_ID: Final = "inspection_id"
_LONGEST_SHOWN: Final = 60


@siteweek.command()
@click.argument(_ID, metavar="ID")
@click.option("--folder", type=click.Path(path_type=Path), default=None, help="A folder or stick.")
@click.option("--relay", default="", help="The address of a relay, https://…")
@click.option(
    "--code-file",
    default="",
    metavar="FILE|-",
    help="The lead opens a mailbox on --relay with the code in this file.",
)
@click.option("--once", is_flag=True, help="Exchange with --folder or --relay; don't remember it.")
@click.option("--keep-on", is_flag=True, help="Go on exchanging until it is stopped.")
@click.pass_obj
def sync(
    session: Session,
    inspection_id: str,
    folder: Path | None,
    relay: str,
    code_file: str,
    *,
    once: bool,
    keep_on: bool,
) -> None:
    """Hand over what was written in inspection ID, and take in what others wrote.

    A place that is named is remembered; without one, every place that is remembered is visited.
    """
    with session.inspection(inspection_id) as inspection:
        named = _named(inspection, folder, relay, once=once)
        if code_file:
            publish_team(inspection, relay, secret_line(code_file, "code").strip())
        if keep_on:
            _keep_on(inspection)
            return
        visited = named or [one for one in inspection.ask(places) if one.is_on]
        if not visited:
            raise InvalidInputError(
                "There is no place to exchange at. Name one with --folder or --relay."
            )
        # Each place is visited whatever happens at the others; a second time where news came.
        problems = [_visit(inspection, place) for place in visited]
        if len(visited) > 1 and not any(problems):
            problems = [_visit(inspection, place, quietly=True) for place in visited]
    if any(problems):
        raise SystemExit(FAILED)


@siteweek.command(name="places")
@click.argument(_ID, metavar="ID")
@click.option("--forget", default="", metavar="PLACE", help="Visit this one no more.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def places_(session: Session, inspection_id: str, forget: str, *, as_json: bool) -> None:
    """List where inspection ID is handed over."""
    with session.inspection(inspection_id, for_reading=not forget) as inspection:
        if forget:
            gone = inspection.ask(place_at, forget)
            forget_place(inspection, gone.key)
            click.echo(f"{gone.name} is visited no more. What lies there stays there.")
            return
        listed = inspection.ask(places)
    if as_json:
        click.echo(json.dumps([asdict(one) for one in listed], ensure_ascii=False, indent=1))
        return
    for number, one in enumerate(listed, 1):
        click.echo(f"{number:>3}  {one.name}  {one.address}{'' if one.is_on else '  (off)'}")
    if not listed:
        click.echo("Nothing is handed over anywhere: everything is on this laptop alone.")


@siteweek.command(name="aside")
@click.argument(_ID, metavar="ID")
@click.option("--let-in", default="", metavar="NAME", help="Take in what waits for a person.")
@click.option("--save", "name", default="", metavar="NAME", help="Write what was put aside …")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="… to this new file.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def aside_(
    session: Session, inspection_id: str, let_in: str, name: str, out: Path | None, *, as_json: bool
) -> None:
    """Show what arrived in inspection ID and was not taken in: what it waits for, or why not."""
    if bool(name) != (out is not None):
        raise InvalidInputError("--save names what to write, and --out the file to write it to.")
    with session.inspection(inspection_id, for_reading=not let_in) as inspection:
        if let_in:
            count = aside.let_in(inspection, let_in)
            click.echo(f"{count:,} changes were taken in.")
            return
        if out is not None:
            aside.save(inspection, name, out)
            click.echo(f"{out} was written. It is sealed as it arrived.")
            return
        found = aside.put_aside(inspection)
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found], indent=1, default=str))
        return
    for one in found:
        click.echo(f"{one.name[:12]}  {one.who}: {one.why}")
    if not found:
        click.echo("Nothing waits and nothing was put aside.")


@siteweek.command()
@click.argument(_ID, metavar="ID")
@click.argument("record", default="")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def forks(session: Session, inspection_id: str, record: str, *, as_json: bool) -> None:
    """Show where inspection ID, or one RECORD of it, has two versions of the same words."""
    with session.inspection(inspection_id, for_reading=True) as inspection:
        found = inspection.ask(forks_of, record)
    if as_json:
        plain = [asdict(one) for one in found]
        click.echo(json.dumps(plain, ensure_ascii=False, indent=1, default=str))
        return
    for one in found:
        _show_fork(one)
    if not found:
        click.echo("Nothing has two versions.")


@siteweek.command()
@click.argument(_ID, metavar="ID")
@click.argument("record")
@click.argument("field")
@click.argument("version", type=click.IntRange(min=1))
@click.pass_obj
def choose(session: Session, inspection_id: str, record: str, field: str, version: int) -> None:
    """Use VERSION, from 1, of a FIELD with two versions. The other stays in the history."""
    with session.inspection(inspection_id) as inspection:
        inspection.do(choose_version, record, field, version - 1)
    click.echo("It is used from now on. The other stays in the history.")


@siteweek.command()
@click.argument(_ID, metavar="ID")
@click.option("--at", "address", default="", help="This laptop's address in the local network.")
@click.option("--visit", "called", default="", help="Visit the room called by four words instead.")
@click.pass_obj
def room(session: Session, inspection_id: str, address: str, called: str) -> None:
    """Open a room for the people around you, until it is stopped; or visit theirs."""
    with session.inspection(inspection_id) as inspection:
        if called:
            place = rooms.visit(inspection, called)
            if _visit(inspection, place):
                raise SystemExit(FAILED)
            return
        with rooms.opened(inspection, address) as opened:
            click.echo(f"The room is open at {opened.address}. Its four words:")
            click.echo(f"\n  {opened.words}\n")
            click.echo("It closes when you press Ctrl+C.")
            _keep_on(inspection)
    click.echo("The room is closed.")


def _named(inspection: Inspection, folder: Path | None, relay: str, *, once: bool) -> list[Place]:
    found = []
    for kind, address in ((PlaceKind.FOLDER, str(folder or "")), (PlaceKind.RELAY, relay)):
        if address:
            known = Place(0, kind, address) if once else add_place(inspection, kind, address)
            found.append(known)
    return found


def _visit(inspection: Inspection, place: Place, *, quietly: bool = False) -> bool:
    """Exchange with a place; return whether it failed, having said so."""
    try:
        target = open_target(inspection, place)
        try:
            with counted("Taking in") as progress:
                done = exchange(inspection, place, target, progress=progress)
        finally:
            target.close()
    except TargetError as problem:
        click.echo(f"siteweek: {place.name}: {problem.sentence}", err=True)
        return True
    if not quietly or done.put or done.taken.applied:
        _tell(place, done)
    return False


def _tell(place: Place, done: Exchange) -> None:
    taken = done.taken
    click.echo(
        f"{place.name}: {done.put:,} items handed over, {taken.revisions:,} changes taken in."
    )
    if done.is_behind:
        click.echo("It had lost what it held before; all of it was handed over again.")
    if taken.waiting or taken.quarantined:
        click.echo("Some of what arrived was not taken in. To see it:  siteweek aside")


def _keep_on(inspection: Inspection) -> None:
    stop = threading.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda _number, _frame: stop.set())
    courier = Courier(inspection)
    courier.start()
    try:
        while not stop.wait(0.5):
            pass
    finally:
        courier.close()


def _show_fork(fork: Fork) -> None:
    click.echo(f"{fork.record}  {fork.label} ({fork.field})")
    for number, side in enumerate(fork.sides, 1):
        said = str(side.value).replace("\n", " ")
        shown = said if len(said) <= _LONGEST_SHOWN else f"{said[: _LONGEST_SHOWN - 1]}…"
        when = long_date(side.at.astimezone().isoformat())
        click.echo(f"   {number}  {shown}   ({when}, laptop {side.device[:8]})")

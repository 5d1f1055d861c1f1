"""The command that serves a relay, and opens, lists and closes the mailboxes in it."""

from __future__ import annotations

import signal
import sys
import threading
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

import click

from app.cli.group import Session, siteweek
from app.errors import InvalidInputError, NotFoundError, RelayError
from app.paths import default_relay
from app.sync.relay.database import Database
from app.sync.relay.engines import in_file
from app.sync.relay.mailboxes import (
    TOLD_DAYS,
    close_mailbox,
    list_mailboxes,
    new_eras,
    open_mailbox,
)
from app.sync.relay.refusals import Refusal
from app.sync.relay.server import Server, spare_pauses
from app.sync.relay.settings import Settings

if sys.platform != "win32":
    import resource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.clock import Clock

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MEBIBYTE: Final = 1024 * 1024
_MEGABYTE: Final = 1_000_000
_GROUP: Final = 13
_LOOK: Final = 0.5
_HIGHEST_PORT: Final = 65_535


@siteweek.command(name="relay")
@click.argument("mailbox", default="")
@click.option(
    "--listen",
    default="127.0.0.1:8765",
    show_default=True,
    metavar="ADDRESS:PORT",
    help="Where to serve. Put TLS before it when that isn’t this computer alone.",
)
@click.option(
    "--database",
    default="",
    metavar="URL",
    help="sqlite:///FILE or postgresql://… [default: a file in this user’s data folder]",
)
@click.option(
    "--admin",
    type=click.Choice(["open", "list", "close", "restored"]),
    help="Instead of serving: open a mailbox, list them, close MAILBOX; or say that the database "
    "was restored from an older copy.",
)
@click.option("--yes", is_flag=True, help="Do not ask before closing.")
@click.option(
    "--day-mib",
    type=click.IntRange(1),
    default=64,
    show_default=True,
    help="What one device may store in a day, in MiB.",
)
@click.option(
    "--inspection-mib",
    type=click.IntRange(1),
    default=2048,
    show_default=True,
    help="What one mailbox may hold, in MiB.",
)
@click.pass_obj
def relay_(  # noqa: PLR0913 - one parameter for each option
    session: Session,
    mailbox: str,
    listen: str,
    database: str,
    admin: str | None,
    *,
    yes: bool,
    day_mib: int,
    inspection_mib: int,
) -> None:
    """Serve a relay: it keeps sealed items for teams and can read none of them.

    Put TLS before it when it serves more than one building; see docs/relay.md. No profile and no
    passphrase is needed.
    """
    address = database or in_file(default_relay())
    if mailbox and admin != "close":
        raise InvalidInputError("A mailbox is named only to be closed, with --admin close.")
    if admin is not None:
        with closing(Database(address, threads=1)) as held, _plainly():
            _administer(admin, held, mailbox.upper(), session.clock, is_sure=yes)
        return
    host, port = _listening(listen)
    settings = Settings(
        address,
        bytes_a_day=day_mib * _MEBIBYTE,
        bytes_per_inspection=inspection_mib * _MEBIBYTE,
    )
    _serve(Server(settings, host, port, session.clock))


def _serve(server: Server) -> None:
    """Serve until somebody stops it."""
    wanted = threading.Event()
    names = ("SIGINT", "SIGTERM", "SIGBREAK")  # the last one is Windows’ own
    before = {
        number: signal.signal(number, lambda *_given: wanted.set())
        for number in (getattr(signal, name, None) for name in names)
        if number is not None
    }
    _allow_connections()
    try:
        address = server.start()
        spare_pauses()
        click.echo(f"The relay listens at {address}. Stop it with Ctrl+C.", err=True)
        # Waiting without an end would not notice Ctrl+C on Windows.
        while not wanted.wait(_LOOK):
            if server.wait(0):
                break
        server.stop()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    click.echo("The relay has stopped. What it stored is kept.", err=True)


def _allow_connections() -> None:
    """Take all the open files this process may have: each laptop that waits holds one."""
    if sys.platform != "win32":
        _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def _administer(
    what: str, database: Database, mailbox: str, clock: Clock, *, is_sure: bool
) -> None:
    today = (clock.now() - _EPOCH).days
    if what == "open":
        reference, code = database.change(partial(open_mailbox, today=today))
        click.echo(f"Mailbox {reference} is open. Its code, which is shown this once:")
        click.echo(f"{code[:_GROUP]}-{code[_GROUP:]}")
        click.echo("Give it to the lead of one inspection, who takes the mailbox with it.")
    elif what == "list":
        _list(database)
    elif what == "restored":
        count = database.change(new_eras)
        click.echo(f"Every laptop will read its mailbox from the beginning again: {count} of them.")
    else:
        _close(database, mailbox, today, is_sure=is_sure)


def _list(database: Database) -> None:
    held = database.ask(list_mailboxes)
    if not held:
        click.echo("There are no mailboxes yet. Open one with: siteweek relay --admin open")
    for one in held:
        opened = f"opened {_day(one.opened)}"
        if one.closed is not None:
            click.echo(f"{one.reference}  {opened}  closed {_day(one.closed)}")
        elif not one.is_taken:
            click.echo(f"{one.reference}  {opened}  not taken yet")
        else:
            size = one.bytes / _MEGABYTE
            click.echo(
                f"{one.reference}  {opened}  {one.devices} devices  {one.items:,} items  "
                f"{size:,.1f} MB"
            )


def _close(database: Database, mailbox: str, today: int, *, is_sure: bool) -> None:
    if not mailbox:
        raise InvalidInputError("Name the mailbox to close, as --admin list shows it.")
    if not is_sure and not click.confirm(
        f"Close mailbox {mailbox} and delete all it holds? What the team’s laptops hold stays.",
        err=True,
    ):
        raise InvalidInputError("Nothing was closed and nothing was deleted.")
    if not database.change(partial(close_mailbox, reference=mailbox, today=today)):
        raise NotFoundError("No mailbox that is open has that name. Nothing was deleted.")
    click.echo(
        f"Mailbox {mailbox} is closed and empty. Its members are told so for {TOLD_DAYS} days."
    )


def _listening(text: str) -> tuple[str, int]:
    host, colon, port = text.rpartition(":")
    if not colon or not (port.isascii() and port.isdigit()) or int(port) > _HIGHEST_PORT:
        raise InvalidInputError(
            "An address to listen at looks like 127.0.0.1:8765. Nothing was started.", "--listen"
        )
    return host.removeprefix("[").removesuffix("]") or "127.0.0.1", int(port)


def _day(number: int) -> str:
    return f"{_EPOCH + timedelta(days=number):%d %b %Y}"


@contextmanager
def _plainly() -> Iterator[None]:
    """Say a refusal of the database to the admin."""
    try:
        yield
    except Refusal as refused:
        raise RelayError(f"{refused.message} Nothing was changed.") from None

"""Lets a team of processes write, kills them at random, and waits until all agree."""

from __future__ import annotations

import threading
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, Final

from app.operations.sync.places import PlaceKind, add_place
from app.operations.sync.publishing import publish_team
from tests.marking import found
from tests.operations import quick
from tests.operations.sync.laptops import Laptop
from tests.prove.fleet.processes import DeviceProcess, RelayProcess, free_port
from tests.sync.relay import clusters

if TYPE_CHECKING:
    from collections.abc import Iterator

_CALM: Final = 120.0  # seconds in which all have to agree
_PAUSES: Final = (0.2, 1.0)  # seconds between two kills
_PEOPLE: Final = "Quillfeather"  # part of every name, and of no other word


@dataclass(frozen=True, slots=True)
class Wanted:
    """How large a fleet, for how long, and over which database."""

    devices: int
    seconds: float
    seed: str
    is_postgresql: bool = False

    @property
    def relays(self) -> int:
        """Over PostgreSQL any number may serve; a file has one."""
        return 2 if self.is_postgresql else 1


@dataclass(slots=True)
class Outcome:
    """What happened, and what was wrong."""

    device_kills: int = 0
    relay_kills: int = 0
    acknowledged: int = 0
    revisions: int = 0
    seconds_to_agree: float = 0.0
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """One line."""
        return (
            f"{self.device_kills} kills of laptops, {self.relay_kills} of relays, "
            f"{self.acknowledged} changes acknowledged, {self.revisions} held by each, "
            f"agreed {self.seconds_to_agree:.1f} s after the last kill"
        )


def sail(folder: Path, wanted: Wanted) -> Outcome:
    """Run a fleet once."""
    outcome = Outcome()
    with _database(folder, wanted) as (database, places):
        relays = [
            RelayProcess(database, free_port(), folder / f"relay-{number}.log")
            for number in range(wanted.relays)
        ]
        code = relays[0].open_mailbox()
        with ExitStack() as stack:
            for one in relays:
                one.start()
                stack.callback(one.kill)
            for one in relays:
                one.wait_until_serving()
            devices = _team(folder, wanted, [one.address for one in relays], code)
            for device in devices:
                device.start()
                stack.callback(device.kill)
            for device in devices:
                device.wait_until_started()
            _storm(devices, relays, wanted, outcome)
            _calm(folder, devices, relays, outcome)
        outcome.wrong += _readable([*places, folder], devices)
    return outcome


def _storm(
    devices: list[DeviceProcess], relays: list[RelayProcess], wanted: Wanted, outcome: Outcome
) -> None:
    random = Random(wanted.seed)
    end = time.monotonic() + wanted.seconds
    pause = threading.Event()
    while time.monotonic() < end:
        pause.wait(random.uniform(*_PAUSES))
        if random.random() < 0.25:
            relay = random.choice(relays)
            relay.kill()
            outcome.relay_kills += 1
            pause.wait(random.uniform(*_PAUSES))
            relay.start()
            relay.wait_until_serving()
        else:
            device = random.choice(devices)
            device.kill()
            outcome.device_kills += 1
            device.start()


def _calm(
    folder: Path, devices: list[DeviceProcess], relays: list[RelayProcess], outcome: Outcome
) -> None:
    begun = time.monotonic()
    for relay in relays:
        relay.wait_until_serving()
    for device in devices:
        device.order("rest")
    reports: list[dict[str, Any]] = []
    while time.monotonic() - begun < _CALM:
        for device in devices:
            device.order("report")
        reports = [device.answer("words") for device in devices]
        if all(one == reports[0] for one in reports):
            break
        threading.Event().wait(0.2)
    else:
        outcome.wrong.append(f"they don't agree: {reports}")
    outcome.seconds_to_agree = time.monotonic() - begun
    outcome.revisions = reports[0]["revisions"]
    marks = [mark for device in devices for mark in device.done]
    outcome.acknowledged = len(marks)
    listed = folder / "acknowledged"
    listed.write_text("\n".join(marks), "utf-8")
    for device in devices:
        device.order("lacks", str(listed))
        lacks = device.answer("lacks")["lacks"]
        if lacks:
            outcome.wrong.append(f"{device.folder.name} lacks {len(lacks)} acknowledged changes")
        device.order("verify")
        if not device.answer("whole")["whole"]:
            outcome.wrong.append(f"{device.folder.name} is not whole")
    listed.unlink()


def _team(folder: Path, wanted: Wanted, addresses: list[str], code: str) -> list[DeviceProcess]:
    """Make the profiles and let them join, here and at once; then they are left to themselves."""
    laptops = [Laptop(folder / "laptops", f"{_PEOPLE} {n}") for n in range(wanted.devices)]
    lead = laptops[0]
    lead.begin()
    for one in laptops[1:]:
        lead.admit(one)
    publish_team(lead.inspection, addresses[0], code)
    made = []
    for number, one in enumerate(laptops):
        # Everybody begins at another relay; all hold the same.
        add_place(one.inspection, PlaceKind.RELAY, addresses[number % len(addresses)])
        one.close()
        one.profile.close()
        made.append(DeviceProcess(one.profile.folder, one.id, f"{wanted.seed}/{number}"))
    return made


def _readable(places: list[Path], devices: list[DeviceProcess]) -> list[str]:
    """F14: what of the words, names, record ids and passphrases stands in the relay's files."""
    records = [record for device in devices for record in device.records][:50]
    secrets = ("MARKERWORD", "MARKERTITLE", "Wexcombe", _PEOPLE, quick.PASSPHRASE, *records)
    searched = [
        path
        for place in places
        for path in (place.iterdir() if place.is_dir() else [place])
        if path.name != "laptops" and (path.is_dir() or path.is_file())
    ]
    hits = [
        hit
        for path in searched
        for hit in (found(path, *secrets) if path.is_dir() else _in_file(path, secrets))
    ]
    return [f"{hit} can be read at the relay" for hit in hits]


def _in_file(path: Path, secrets: tuple[str, ...]) -> list[str]:
    content = path.read_bytes()
    return [path.name for secret in secrets if secret.encode() in content]


@contextmanager
def _database(folder: Path, wanted: Wanted) -> Iterator[tuple[str, list[Path]]]:
    """A database for the relays, and where its files lie."""
    if not wanted.is_postgresql:
        yield f"sqlite:///{folder / 'relay.db'}", []
        return
    with clusters.cluster() as address, clusters.database(address, "fleet") as url:
        yield url, [Path(str(address.query["host"]))]

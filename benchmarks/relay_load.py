"""Loads a relay: how many envelopes it takes in a second, and how soon it answers a whole fleet.

The laptops run in this process, the relay in one or more of its own. Both share the machine, so
the processor time that each took is shown beside what was measured.

    python -m benchmarks.relay_load throughput [--postgresql] [--processes 2]
    python -m benchmarks.relay_load fleet [--postgresql] [--devices 2000] [--seconds 60]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from app.clock import SystemClock
from app.crypto import access, envelope, identity
from app.crypto.access import AccessList, Request
from app.crypto.envelope import Header
from app.crypto.keys import EpochSecret
from app.crypto.primitives import sha256
from app.sync.items import Kind, name_of
from app.sync.relay import access_lists
from app.sync.relay.database import Database
from app.sync.relay.engines import in_file
from app.sync.relay.framing import frame
from app.sync.relay.server import Server, spare_pauses
from app.sync.relay.settings import Rate, Settings
from tests.sync.relay import clusters

if TYPE_CHECKING:
    from app.crypto.identity import Identity

UNBOUNDED = Rate(1e9, 1e9)
SECRET = EpochSecret(bytes(32))
TEAM = 10
WAIT = 25
WARM = 15
OK = 200


@dataclass
class Laptop:
    """One device with one connection, or two: one to wait on, one to send on."""

    inspection: bytes
    own: Identity
    port: int
    challenge: str = ""
    count: int = 0
    sent: int = 0
    streams: dict[str, Any] = field(default_factory=dict)

    @property
    def box(self) -> str:
        """Where its mailbox is."""
        return f"/v1/inspections/{self.inspection.hex()}"

    def item(self) -> bytes:
        """Return one small envelope as it stands in a body: about 1.3 kB."""
        self.sent += 1
        header = Header(self.inspection, 1, self.own.device_id, self.sent, bytes(32))
        content = envelope.seal(header, b"a sentence " * 20, SECRET, self.own)
        return frame(name_of(content, Kind.ENVELOPE), content)

    def signed(self, method: str, target: str, body: bytes = b"") -> bytes:
        """Return a whole request."""
        self.count += 1
        of = Request(method, target, sha256(body), self.challenge, self.count)
        return (
            f"{method} {target} HTTP/1.1\r\nHost: relay\r\nContent-Length: {len(body)}\r\n"
            f"Siteweek-Device: {self.own.device_id}\r\nSiteweek-Challenge: {self.challenge}\r\n"
            f"Siteweek-Count: {self.count}\r\n"
            f"Siteweek-Signature: {access.sign_request(self.own, of).hex()}\r\n\r\n"
        ).encode() + body

    async def send(self, line: str, whole: bytes) -> tuple[int, bytes]:
        """Send a request over one of its connections; return status and body."""
        if line not in self.streams:
            self.streams[line] = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.streams[line]
        writer.write(whole)
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        return int(head[9:12]), await reader.readexactly(length)

    async def greet(self) -> None:
        """Draw a challenge. It holds for ten minutes, longer than any of this takes."""
        whole = b"GET /v1/challenge HTTP/1.1\r\nHost: relay\r\n\r\n"
        _status, body = await self.send("send", whole)
        self.challenge = json.loads(body)["challenge"]


def fleet(database: str, ports: list[int], devices: int) -> list[Laptop]:
    """Return laptops in teams of ten, let in through the database."""
    made: list[Laptop] = []
    held = Database(database, 1)
    for first in range(0, devices, TEAM):
        inspection = os.urandom(32)
        people = [identity.create() for _ in range(min(TEAM, devices - first))]
        keys = {one.device_id: one.public[:32] for one in people}
        listed = AccessList(inspection, 1, keys, people[0].device_id, "")
        signed = access.write(listed, people[0])
        held.change(
            lambda connection, inspection=inspection, signed=signed: access_lists.seed(
                connection, inspection, signed, 0
            )
        )
        made += [
            Laptop(inspection, one, ports[(first + number) % len(ports)])
            for number, one in enumerate(people)
        ]
    held.close()
    return made


async def throughput(laptops: list[Laptop], each: int) -> dict[str, float]:
    """Let every laptop send one envelope after the other, made and signed beforehand."""
    for one in laptops:
        await one.greet()
    bodies = [[one.item() for _ in range(each)] for one in laptops]
    whole = [
        [one.signed("POST", f"{one.box}/items", body) for body in own]
        for one, own in zip(laptops, bodies, strict=True)
    ]
    times: list[float] = []

    async def run(laptop: Laptop, requests: list[bytes]) -> None:
        for request in requests:
            began = time.perf_counter()
            status, body = await laptop.send("send", request)
            times.append(time.perf_counter() - began)
            if status != OK or json.loads(body)["stored"] != 1:
                sys.exit(f"The relay refused: {status}")

    began, used = time.perf_counter(), _used()
    await asyncio.gather(*(run(*pair) for pair in zip(laptops, whole, strict=True)))
    took = time.perf_counter() - began
    return {
        "envelopes_a_second": len(times) / took,
        "median_ms": _part(times, 0.5) * 1_000,
        "p95_ms": _part(times, 0.95) * 1_000,
        "laptops_cpu": (_used() - used) / took,
    }


class Fleet:
    """Laptops that each send once in a while, and hear all the time what others send."""

    def __init__(self, laptops: list[Laptop], seconds: float, every: float) -> None:
        """Measure for so long; each laptop sends every so many seconds."""
        self._laptops = laptops
        self._every = every
        self._random = Random(1)
        # People don't open their laptops in the same second; what comes before is left out.
        self._from = time.perf_counter() + WARM
        self._end = self._from + seconds
        self._put: dict[str, float] = {}
        self.stores: list[float] = []
        self.hearings: list[float] = []
        self.refused: list[int] = []

    async def run(self) -> dict[str, float]:
        """Return how soon requests to store were answered, and how soon others had heard."""
        for start in range(0, len(self._laptops), 100):
            await asyncio.gather(*(one.greet() for one in self._laptops[start : start + 100]))
        tasks = [
            asyncio.create_task(does(one))
            for one in self._laptops
            for does in (self._listen, self._speak)
        ]
        await asyncio.sleep(self._from - time.perf_counter())
        used, began = _used(), time.perf_counter()
        await asyncio.sleep(self._end - time.perf_counter())
        share = (_used() - used) / (time.perf_counter() - began)
        for task in tasks:
            task.cancel()
        met = await asyncio.gather(*tasks, return_exceptions=True)
        return {
            "stored": len(self.stores),
            "store_median_ms": _part(self.stores, 0.5) * 1_000,
            "store_p95_ms": _part(self.stores, 0.95) * 1_000,
            "store_worst_ms": max(self.stores) * 1_000,
            "heard": len(self.hearings),
            "heard_median_ms": _part(self.hearings, 0.5) * 1_000,
            "heard_p95_ms": _part(self.hearings, 0.95) * 1_000,
            "refused": len(self.refused),
            "faults": sum(isinstance(one, Exception) for one in met),
            "laptops_cpu": share,
        }

    async def _listen(self, laptop: Laptop) -> None:
        era, after = "", 0
        await asyncio.sleep(self._random.random() * WARM)
        while time.perf_counter() < self._end:
            query = f"?era={era}&after={after}&wait={WAIT}"
            whole = laptop.signed("GET", f"{laptop.box}/items{query}")
            status, body = await laptop.send("wait", whole)
            if status != OK:
                self.refused.append(status)
                return
            page = json.loads(body)
            now = time.perf_counter()
            sent = [self._put.get(one["name"], 0.0) for one in page["items"]]
            # Of its first listing it did not wait for anything.
            self.hearings.extend(now - at for at in sent if era and at > self._from)
            era, after = page["era"], page["next"]

    async def _speak(self, laptop: Laptop) -> None:
        await asyncio.sleep(self._random.random() * self._every)
        while time.perf_counter() < self._end:
            item = laptop.item()
            whole = laptop.signed("POST", f"{laptop.box}/items", item)
            sent = self._put[item[1 : 1 + item[0]].decode()] = time.perf_counter()
            status, _body = await laptop.send("send", whole)
            if sent > self._from:
                self.stores.append(time.perf_counter() - sent)
            if status != OK:
                self.refused.append(status)
            await asyncio.sleep(max(0.0, sent + self._every - time.perf_counter()))


class Processes:
    """Relays, each in a process of its own, over one database."""

    def __init__(self, database: str, count: int) -> None:
        """Start them."""
        command = [sys.executable, "-m", "benchmarks.relay_load", "serve", "--database", database]
        self._all = [
            subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            for _ in range(count)
        ]
        self.ports = [int(self._said(one)) for one in self._all]

    def used(self) -> list[float]:
        """Return the processor time of each."""
        return [float(self._asked(one)) for one in self._all]

    def end(self) -> None:
        """Stop them."""
        for one in self._all:
            one.communicate("stop\n", timeout=30)

    def _asked(self, of: subprocess.Popen[str]) -> str:
        if of.stdin is not None:
            of.stdin.write("used\n")
            of.stdin.flush()
        return self._said(of)

    @staticmethod
    def _said(of: subprocess.Popen[str]) -> str:
        return of.stdout.readline() if of.stdout is not None else ""


def serve(database: str) -> None:
    """Serve in this process until told to stop."""
    settings = Settings(
        database,
        per_address=UNBOUNDED,
        per_device=UNBOUNDED,
        bytes_a_day=2**40,
        bytes_per_inspection=2**40,
    )
    server = Server(settings, clock=SystemClock())
    spare_pauses()
    print(server.start().rpartition(":")[2], flush=True)
    for line in sys.stdin:
        if line.strip() == "stop":
            break
        print(_used(), flush=True)
    server.stop()


def database_for(stack: ExitStack, *, postgresql: bool) -> str:
    """Return an empty database whose commits reach the disk."""
    if postgresql:
        running = stack.enter_context(clusters.cluster(is_durable=True))
        return stack.enter_context(clusters.database(running, "load"))
    return in_file(Path(stack.enter_context(tempfile.TemporaryDirectory())) / "relay.db")


def main() -> None:
    """Measure what was asked for and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["throughput", "fleet", "serve"])
    parser.add_argument("--database", default="")
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--devices", type=int, default=2_000)
    parser.add_argument("--senders", type=int, default=40)
    parser.add_argument("--each", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--every", type=float, default=60)
    given = parser.parse_args()
    if given.what == "serve":
        serve(given.database)
        return
    with ExitStack() as stack:
        database = database_for(stack, postgresql=given.postgresql)
        processes = Processes(database, given.processes)
        stack.callback(processes.end)
        count = given.senders if given.what == "throughput" else given.devices
        laptops = fleet(database, processes.ports, count)
        before, began = processes.used(), time.perf_counter()
        if given.what == "throughput":
            found = asyncio.run(throughput(laptops, given.each))
        else:
            found = asyncio.run(Fleet(laptops, given.seconds, given.every).run())
        spent = time.perf_counter() - began
        after = processes.used()
    for name, value in found.items():
        print(f"{name:>20}  {value:,.2f}")
    for number, (early, late) in enumerate(zip(before, after, strict=True), 1):
        print(f"{f'relay {number} cpu':>20}  {late - early:,.2f} s of {spent:,.1f} s")


def _used() -> float:
    spent = resource.getrusage(resource.RUSAGE_SELF)
    return spent.ru_utime + spent.ru_stime


def _part(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))] if values else 0.0


if __name__ == "__main__":
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    main()

"""What two laptops and a relay between them need: many notes, one change, a newcomer.

    python -m benchmarks.sync_exchange [NOTES] [PARAGRAPHS]

The laptops are whole profiles in this process; the relay is a process of its own, on loopback,
over SQLite. Beside the notes stands the least that could be done with the same words.
"""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.operations.exchange import take_in
from app.operations.notes import add_note, add_paragraph, list_notes, read_note
from app.operations.sync.courier import Courier
from app.operations.sync.exchange import exchange
from app.operations.sync.places import PlaceKind, add_place, open_target
from app.operations.sync.publishing import publish_team
from benchmarks.measure import document, once, percentiles
from benchmarks.sync_apply import AIM, note_records, plain_limit, sample_notes
from tests.operations.sync.laptops import Laptop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.domain.changes import Changes
    from app.operations.inspection import Inspection

NOTES: Final = 10_000
PARAGRAPHS: Final = 100_000
CHANGES: Final = 20
_AT_ONCE: Final = 250
_BETWEEN: Final = 3.2  # seconds: more often nothing leaves


def main(notes: int = NOTES, paragraphs: int = PARAGRAPHS) -> None:
    """Measure in a folder that is removed."""
    build = Path("build")
    build.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=build) as scratch:
        folder = Path(scratch)
        with _relay(folder) as (address, code):
            lead, other = Laptop(folder, "Ann"), Laptop(folder, "Jo")
            lead.begin()
            lead.admit(other)
            publish_team(lead.inspection, address, code)
            _many(folder, lead, other, address, notes)
            _one(lead, other, address)
            _newcomer(folder, lead, address, paragraphs)
            lead.close()
            other.close()


def _many(folder: Path, lead: Laptop, other: Laptop, address: str, count: int) -> None:
    wanted = sample_notes(count)
    plain = sum(len(one[1].encode()) + len(one[3].encode()) for one in wanted)

    def author() -> None:
        for start in range(0, count, _AT_ONCE):
            part = list(note_records(wanted[start : start + _AT_ONCE]))
            lead.inspection.store.write(lambda tx, part=part: tx.write_many(part)).result()

    authored = once(author)
    before = _size(folder)
    push = once(lambda: _exchanged(lead.inspection, address))
    sent = _size(folder) - before
    pull = once(lambda: _exchanged(other.inspection, address))
    rows = other.inspection.ask(list_notes)
    if len(rows) != count:
        raise SystemExit(f"{len(rows)} of {count} notes arrived")
    limit = plain_limit(folder, wanted)
    least = sum(limit.values())
    print(f"{count:,} notes through a relay: author {authored:.2f} s")
    print(f"  push {push:.2f} s, pull until readable {pull:.2f} s, together {push + pull:.2f} s")
    print(f"  limit {least:.2f} s   ratio {(push + pull) / least:.2f}   aim: at most {AIM:g} x")
    print(f"  relay grew by {sent:,} bytes, {sent / plain:.2f} of the plain text   aim: under 0.5")


def _one(lead: Laptop, other: Laptop, address: str) -> None:
    """From the answer of the store here until the words can be asked for there."""
    arrived = threading.Event()
    words = ""

    def look(_changes: Changes) -> None:
        if any(words in one.text for one in other.inspection.ask(read_note, note).paragraphs):
            arrived.set()

    note = lead.inspection.do(add_note, "jotting").made
    _exchanged(lead.inspection, address)
    _exchanged(other.inspection, address)
    here, there = Courier(lead.inspection), Courier(other.inspection, look)
    here.start()
    there.start()
    seconds = []
    for number in range(CHANGES):
        time.sleep(_BETWEEN)
        arrived.clear()
        words = f"paragraph {number}."
        lead.inspection.do(add_paragraph, note, words)
        start = time.perf_counter()
        here.changed()
        if not arrived.wait(30):
            raise SystemExit("a change did not arrive")
        seconds.append(time.perf_counter() - start)
    here.close()
    there.close()
    print(f"one paragraph to another laptop: {percentiles(seconds)}   aim: under 300 ms")


def _newcomer(folder: Path, lead: Laptop, address: str, count: int) -> None:
    lead.inspection.do(take_in, document(count, seed=8, prefix="old-"))
    _exchanged(lead.inspection, address)
    newcomer = Laptop(folder, "New")
    lead.admit(newcomer)
    _exchanged(lead.inspection, address)
    done, waits = threading.Event(), []

    def read() -> None:
        while not done.wait(0.1):
            waits.append(once(lambda: newcomer.inspection.ask(list_notes)))

    reading = threading.Thread(target=read)
    reading.start()
    told: list[tuple[int, int]] = []
    seconds = once(lambda: _exchanged(newcomer.inspection, address, lambda *one: told.append(one)))
    done.set()
    reading.join()
    found = sum(one.paragraphs for one in newcomer.inspection.ask(list_notes))
    newcomer.close()
    print(f"a newcomer has {found:,} paragraphs in {seconds:.1f} s   aim: under 15 s")
    print(f"  told of its progress {len(told):,} times; listed meanwhile: {percentiles(waits)}")


def _exchanged(
    inspection: Inspection,
    address: str,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> None:
    place = add_place(inspection, PlaceKind.RELAY, address)
    target = open_target(inspection, place)
    try:
        exchange(inspection, place, target, progress=progress)
    finally:
        target.close()


def _size(folder: Path) -> int:
    return sum(one.stat().st_size for one in folder.glob("relay.db*"))


@contextmanager
def _relay(folder: Path) -> Iterator[tuple[str, str]]:
    common = [sys.executable, "-m", "app", "relay", "--database", f"sqlite:///{folder}/relay.db"]
    opened = subprocess.run(
        [*common, "--admin", "open"], capture_output=True, text=True, check=True
    ).stdout
    code = max(opened.split(), key=len)
    port = _free_port()
    serving = subprocess.Popen(
        [*common, "--listen", f"127.0.0.1:{port}", "--day-mib", "4096"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}", code
    finally:
        serving.terminate()
        serving.wait()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


def _wait_for(port: int) -> None:
    end = time.perf_counter() + 30
    while time.perf_counter() < end:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == http.client.OK:
                return
        except OSError:
            time.sleep(0.05)
    raise SystemExit("the relay did not begin")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))

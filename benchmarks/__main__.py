"""Runs every measurement and prints one line for each: figure, limit, ratio, aim."""

from __future__ import annotations

import platform
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from app.clock import SystemClock
from app.crypto.calibration import calibrate
from app.crypto.passphrase import RELEASE_STRETCHER
from app.operations import notes
from app.operations.demo import demo_document
from app.operations.documents import ALL_FORMATS, write_letter
from app.operations.exchange import take_in
from app.operations.inspection import Inspection
from app.operations.searching import find_words
from benchmarks.measure import WORDS, PlainStore, document, each, once, sentence_maker
from tests.fakes.stores import open_store

LARGE = 100_000
MIDDLE = 10_000
SAVES = 400
SEARCHES = 300
# Each a process of its own, so that none warms or burdens another.
_OTHERS = ("window", "sync_apply", "sync_exchange")


def main() -> None:
    """Measure in a folder that is removed afterwards, on the disk of this project."""
    print(f"{platform.machine()}, {platform.python_implementation()} {platform.python_version()}")
    build = Path("build")
    build.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=build) as folder:
        _import(Path(folder))
        _large(Path(folder))
        _letter(Path(folder))
    _unlock()
    for other in _OTHERS:
        print(f"\n{other}", flush=True)
        subprocess.run([sys.executable, "-m", f"benchmarks.{other}"], check=True)
    for about in ("throughput", "fleet"):
        print(f"\nrelay_load {about}", flush=True)
        subprocess.run([sys.executable, "-m", "benchmarks.relay_load", about], check=True)


def _open(path: Path) -> Inspection:
    return Inspection("0" * 32, open_store(path), SystemClock())


def _import(folder: Path) -> None:
    wanted = document(MIDDLE)
    seconds, plain_seconds = [], []
    for attempt in range(3):
        inspection = _open(folder / f"import-{attempt}")
        seconds.append(once(lambda opened=inspection: opened.do(take_in, wanted)))
        inspection.close()
        plain = PlainStore(folder / f"plain-import-{attempt}.db")
        plain_seconds.append(once(lambda opened=plain: opened.fill(wanted)))
        plain.connection.close()
    ours, limit = sorted(seconds)[1], sorted(plain_seconds)[1]
    _line(f"import of {MIDDLE:,} paragraphs", f"{ours:8.2f} s", f"{limit:8.2f} s", ours / limit, 3)


def _large(folder: Path) -> None:
    wanted = document(LARGE, seed=2)
    path = folder / "large"
    inspection = _open(path)
    seconds = once(lambda: inspection.do(take_in, wanted))
    plain = PlainStore(folder / "plain-large.db")
    plain_seconds = once(lambda: plain.fill(wanted))
    print(f"filling {LARGE:,} paragraphs: {seconds:.1f} s, plain {plain_seconds:.1f} s")
    _saving(inspection, plain)
    _searching(inspection, plain)
    inspection.close()
    _opening(path)


def _saving(inspection: Inspection, plain: PlainStore) -> None:
    make = sentence_maker(3)
    texts = [make() for _ in range(SAVES)]
    limit = each(SAVES, lambda number: plain.commit(texts[number]))
    new = each(SAVES, lambda number: inspection.do(notes.add_paragraph, "n-7", texts[number]))
    changed = each(
        SAVES,
        lambda number: inspection.do(
            notes.edit_paragraph, f"p-{(number + SAVES) * 11}", texts[number]
        ),
    )
    _line("saving a new paragraph, p95", new, limit, new.p95 / limit.p95, 5)
    _line("saving a changed paragraph, p95", changed, limit, changed.p95 / limit.p95, 5)


def _searching(inspection: Inspection, plain: PlainStore) -> None:
    source = random.Random(4)
    asked = [" ".join(source.sample(WORDS[1:], source.choice((1, 2, 3)))) for _ in range(SEARCHES)]
    ours = each(SEARCHES, lambda number: inspection.ask(find_words, asked[number]))
    limit = each(SEARCHES, lambda number: plain.search(asked[number]))
    _line("search of 100,000, 50 snippets, p95", ours, limit, ours.p95 / limit.p95)
    print(f"{'':36}aim: p95 under 30 ms")


def _opening(path: Path) -> None:
    code = (
        "import resource, sys, time\n"
        "from pathlib import Path\n"
        "from app.clock import SystemClock\n"
        "from app.operations.inspection import Inspection\n"
        "from app.operations.notes import list_notes, read_note\n"
        "from tests.fakes.stores import open_store\n"
        "start = time.perf_counter()\n"
        "one = Inspection('0' * 32, open_store(Path(sys.argv[1])), "
        "SystemClock())\n"
        "rows = one.ask(list_notes)\n"
        "one.ask(read_note, rows[0].id)\n"
        "print(time.perf_counter() - start, "
        "resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True
    )
    seconds, memory = map(float, done.stdout.split())
    print(
        f"{'opening 100,000, list and first note':36}{seconds:8.2f} s   {memory:.0f} MiB   "
        "aim: under 1 s"
    )


def _letter(folder: Path) -> None:
    inspection = _open(folder / "demo")
    inspection.do(take_in, demo_document())
    first = once(lambda: write_letter(inspection, folder / "letter", ALL_FORMATS))
    again = once(lambda: write_letter(inspection, folder / "letter", ALL_FORMATS))
    inspection.close()
    print(
        f"{'letter of the demo, three formats':36}{first:8.2f} s   again {again:.2f} s   "
        "aim: under 1.5 s after start-up"
    )
    _whole_process(folder)


def _whole_process(folder: Path) -> None:
    secret = folder / "passphrase"
    secret.write_text("five plain words for benchmarks\n", encoding="utf-8")
    demo = Path("resources/demo/wexcombe.json")
    common = [sys.executable, "-m", "app", "--profile", str(folder / "profile")]
    common += ["--passphrase-file", str(secret)]
    subprocess.run([*common, "init"], check=True, capture_output=True)
    made = subprocess.run(
        [*common, "import", str(demo)], check=True, capture_output=True, text=True
    ).stdout.strip()
    start = time.perf_counter()
    subprocess.run(
        [*common, "letter", made, "--out", str(folder / "out")], check=True, capture_output=True
    )
    print(f"{'the same as a whole process':36}{time.perf_counter() - start:8.2f} s")


def _unlock() -> None:
    chosen = calibrate()
    seconds = once(
        lambda: RELEASE_STRETCHER.derive("a passphrase for measuring", bytes(16), chosen)
    )
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{'Argon2id as calibrated here':36}{seconds:8.2f} s   {chosen}")
    print(f"{'memory of this whole run':36}{memory:8.0f} MiB")


def _line(name: str, ours: object, limit: object, ratio: float, aim: float | None = None) -> None:
    wanted = f"   aim: at most {aim:g} x" if aim else ""
    print(f"{name:36}{ours}\n{'  limit, plain SQLite':36}{limit}   ratio {ratio:.2f}{wanted}")


if __name__ == "__main__":
    main()

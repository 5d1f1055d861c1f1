"""What it costs to take in another laptop's notes, until every word of them can be found.

    python -m benchmarks.sync_apply [NOTES]

One laptop writes notes of a title of six words and a paragraph of a hundred and twenty. They are
packed, sealed and put down in a folder; another laptop picks them up, checks, opens and unpacks
them, and takes them into its store. Beside it stands the least that could be done: the same words
into plain SQLite with full-text search, sealed once with AES-GCM, and copied over a loopback
connection.
"""

from __future__ import annotations

import os
import socket
import sqlite3
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from uuid6 import uuid7

from app.crypto.envelope import Header, check_signature, open_body, parse, seal
from app.crypto.keys import EpochSecret
from app.store import device, envelopes
from app.store.applying import Arrived, apply
from app.sync.codec import Batch, pack, unpack
from app.sync.items import Kind, is_whole, name_of
from benchmarks.measure import sentence_maker
from tests.fakes.stores import keys_of, open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.crypto.identity import Identity
    from app.store.store import Store

NOTES = 10_000
RUNS = 5
AIM = 1.7
_INSPECTION = bytes(32)
_SECRET = EpochSecret(bytes(32))
_PARTS = ("pack", "seal", "put", "get", "verify", "open", "unpack", "apply")
Note = tuple[str, str, str, str]  # ids and words of title and paragraph


class Clocks:
    """Seconds of each part."""

    def __init__(self) -> None:
        """Begin with none."""
        self.seconds: dict[str, float] = {}

    @contextmanager
    def of(self, part: str) -> Iterator[None]:
        """Add the seconds that pass within to a part."""
        start = time.perf_counter()
        yield
        passed = time.perf_counter() - start
        self.seconds[part] = self.seconds.get(part, 0.0) + passed

    @property
    def total(self) -> float:
        """All parts together, but what the author did."""
        return sum(self.seconds.get(part, 0.0) for part in _PARTS)


def main(count: int = NOTES) -> None:
    """Measure several times in a folder that is removed; print the run in the middle."""
    notes = sample_notes(count)
    build = Path("build")
    build.mkdir(exist_ok=True)
    ours: list[Clocks] = []
    limits: list[dict[str, float]] = []
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory(prefix="bench-", dir=build) as folder:
            ours.append(_ours(Path(folder), notes))
            limits.append(plain_limit(Path(folder), notes))
    middle = sorted(ours, key=lambda one: one.total)[RUNS // 2]
    limit = sorted(limits, key=lambda one: sum(one.values()))[RUNS // 2]
    print(f"{count:,} notes, middle of {RUNS} runs")
    for part in ("author", *_PARTS):
        print(f"  {part:10}{middle.seconds.get(part, 0.0):8.3f} s")
    print(f"  {'together':10}{middle.total:8.3f} s, without the author")
    for part, seconds in limit.items():
        print(f"  limit, {part:16}{seconds:8.3f} s")
    least = sum(limit.values())
    print(f"  ratio {middle.total / least:.2f}   aim: at most {AIM:g} x")


def sample_notes(count: int) -> list[Note]:
    """Return notes of a title of six words and a paragraph of a hundred and twenty."""
    make = sentence_maker(7)
    return [
        (
            str(uuid7()),
            " ".join(make().split()[:6]),
            str(uuid7()),
            f"{make()} {make()}",
        )
        for _ in range(count)
    ]


def _ours(folder: Path, notes: list[Note]) -> Clocks:
    clocks = Clocks()
    author, reader = open_store(folder / "author"), open_store(folder / "reader")
    own = author.read(
        lambda one: device.own_identity(one.connection, keys_of(folder / "author").identity_wrap)
    )
    with clocks.of("author"):
        for start in range(0, len(notes), 250):
            author.write(
                lambda tx, part=notes[start : start + 250]: tx.write_many(list(note_records(part)))
            ).result()
    place = folder / "place"
    place.mkdir()
    names = _hand_over(author, own, place, clocks)
    for name in names:
        with clocks.of("get"):
            raw = (place / name).read_bytes()
            if not is_whole(name, raw):
                raise SystemExit("what was put down is not what was picked up")
        _take_in(reader, own, name, raw, clocks)
    found = reader.read(lambda one: len(list(one.everything())))
    if found != 2 * len(notes):
        raise SystemExit(f"{found} records arrived")
    author.close()
    reader.close()
    return clocks


def note_records(notes: list[Note]) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield the two records of each note."""
    for note, title, paragraph, text in notes:
        yield note, "professional_interview", {"title": title, "date": "2026-10-12"}
        yield (
            paragraph,
            "paragraph",
            {
                "note": note,
                "position": "a0",
                "type": "evidence",
                "text": text,
                "typed_at": "2026-10-12T09:00:00+01:00",
            },
        )


def _hand_over(author: Store, own: Identity, place: Path, clocks: Clocks) -> list[str]:
    names: list[str] = []
    while True:
        with clocks.of("pack"):
            unsealed = author.read(lambda one: envelopes.unsealed(one.connection))
            if unsealed is None:
                return names
            batch = Batch(own.device_id, unsealed.first, unsealed.previous, unsealed.bodies, "0")
            packed = pack(batch)
        with clocks.of("seal"):
            header = Header(_INSPECTION, 1, own.device_id, batch.first, unsealed.previous_envelope)
            raw = seal(header, packed, _SECRET, own)
            name = name_of(raw, Kind.ENVELOPE)
            author.write(
                lambda tx, name=name, raw=raw, batch=batch: envelopes.keep_own(
                    tx.connection, name, raw, batch.first, batch.last, 1
                )
            ).result()
        with clocks.of("put"), (place / name).open("wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        names.append(name)


def _take_in(reader: Store, own: Identity, name: str, raw: bytes, clocks: Clocks) -> None:
    with clocks.of("verify"):
        header = parse(raw)
        check_signature(raw, own.public)
    with clocks.of("open"):
        body = open_body(raw, header, _SECRET)
    with clocks.of("unpack"):
        batch = unpack(body, header.device, header.first)
    arrived = Arrived(
        batch.device,
        own.public,
        name,
        raw,
        batch.first,
        1,
        batch.previous,
        batch.bodies,
        batch.revisions,
        batch.hashes,
        batch.written,
    )
    with clocks.of("apply"):
        reader.write(lambda tx: apply(tx, arrived, batch.first)).result()


def plain_limit(folder: Path, notes: list[Note]) -> dict[str, float]:
    """Return the seconds of the least that could be done with the same words, by part."""
    clocks = Clocks()
    connection = sqlite3.connect(folder / "plain.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(
        "CREATE VIRTUAL TABLE note USING fts5 (title, body, "
        "tokenize = 'porter unicode61 remove_diacritics 2')"
    )
    rows = [(title, text) for _note, title, _paragraph, text in notes]
    with clocks.of("plain SQLite"):
        for start in range(0, len(rows), 250):
            connection.execute("BEGIN")
            connection.executemany(
                "INSERT INTO note (title, body) VALUES (?, ?)", rows[start : start + 250]
            )
            connection.execute("COMMIT")
    connection.close()
    words = "".join(title + text for title, text in rows).encode()
    cipher = AESGCM(bytes(32))
    with clocks.of("AES-GCM"):
        sealed = cipher.encrypt(bytes(12), words, None)
    with clocks.of("loopback"):
        _copy(sealed)
    return clocks.seconds


def _copy(content: bytes) -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    taken = bytearray()

    def take() -> None:
        connection, _address = listener.accept()
        with connection:
            while part := connection.recv(1 << 16):
                taken.extend(part)

    thread = threading.Thread(target=take)
    thread.start()
    with socket.create_connection(listener.getsockname()) as sender:
        sender.sendall(content)
    thread.join()
    listener.close()
    if len(taken) != len(content):
        raise SystemExit("the loopback connection lost something")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))

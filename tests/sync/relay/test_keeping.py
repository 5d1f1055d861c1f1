"""What was answered with a yes is kept: over restarts, kills, full disks and several processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from app.crypto.primitives import random_bytes
from app.errors import InvalidInputError, NewerVersionError, RelayError
from app.sync.relay.database import Database
from app.sync.relay.engines import in_file
from app.sync.relay.refusals import Refusal
from app.sync.relay.server import Server
from app.sync.relay.settings import Settings
from app.sync.relay.tables import RELAY
from app.sync.relay.together import Writer
from tests import marking
from tests.sync.relay.conftest import running
from tests.sync.relay.laptops import Laptop, listed, piece

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.sync.relay.conftest import Running

MARKER = "Zaunkönig-Marke-4711"


def test_a_restart_keeps_items_members_and_cursors(settings: Settings) -> None:
    one, two = piece(), piece()
    with running(settings) as relay:
        lead, other = relay.team()
        lead.put(one)
        cursor = lead.list().json
    with running(settings) as relay:
        for laptop in (lead, other):
            laptop.address = relay.address
        # Challenges hold over a restart too.
        lead.put(two)
        assert other.contents(one[0], two[0]) == dict([one, two])
        page = other.list(cursor["era"], cursor["next"]).json
        assert [item["name"] for item in page["items"]] == [two[0]]
        assert page["era"] == cursor["era"]


class Process:
    """A relay as it is started from a command line."""

    def __init__(self, database: str, *more: str) -> None:
        command = [sys.executable, "-m", "app", "relay", "--database", database]
        self.run = subprocess.Popen(
            [*command, "--listen", "127.0.0.1:0", *more], stderr=subprocess.PIPE, text=True
        )
        assert self.run.stderr is not None
        self.said = self.run.stderr.readline()
        self.address = self.said.split(" at ")[-1].split(". ")[0]

    def end(self, by: signal.Signals) -> tuple[int, str]:
        self.run.send_signal(by)
        _out, rest = self.run.communicate(timeout=30)
        return self.run.returncode, rest


@pytest.fixture
def started(database: str) -> Iterator[Callable[[], Process]]:
    processes: list[Process] = []

    def start() -> Process:
        processes.append(Process(database))
        return processes[-1]

    yield start
    for one in processes:
        one.run.kill()
        one.run.communicate()


def team_in(database: str, address: str, others: int = 1) -> tuple[Laptop, ...]:
    """A team let in through the database, as another process of the relay would."""
    inspection = random_bytes(32)
    team = tuple(Laptop(address, inspection) for _ in range(1 + others))
    with running(Settings(database)) as relay:
        relay.server.seed(inspection, listed(*team))
    return team


@pytest.mark.skipif(sys.platform == "win32", reason="Windows can only end a process")
@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_when_it_is_told_to_and_answers_who_waits(
    started: Callable[[], Process], database: str, by: signal.Signals
) -> None:
    process = started()
    lead, other = team_in(database, process.address)
    lead.put(piece())
    cursor = other.list().json
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(other.list, cursor["era"], cursor["next"], 25)
        while "siteweek_relay_waiters 1" not in lead.plain("GET", "/metrics").body.decode():
            pass
        status, said = process.end(by)
        assert answer.result(10).json["items"] == []
    assert (status, said) == (0, "The relay has stopped. What it stored is kept.\n")


@pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")
def test_what_was_answered_outlives_a_kill(started: Callable[[], Process], database: str) -> None:
    process = started()
    lead, other = team_in(database, process.address)
    answered: list[tuple[str, bytes]] = []
    enough = threading.Event()

    def write() -> None:
        try:
            while True:
                new = piece()
                if lead.put(new).status == 200:
                    answered.append(new)
                    if len(answered) == 20:
                        enough.set()
        except Exception:  # noqa: BLE001 - the relay was killed in mid-sentence
            return

    thread = threading.Thread(target=write)
    thread.start()
    assert enough.wait(60)
    process.run.kill()
    thread.join()
    other.address = started().address
    held = set(other.names())
    assert {name for name, _content in answered} <= held
    assert len(held) <= len(answered) + 1
    assert other.contents(*dict(answered[:50])) == dict(answered[:50])


def test_two_processes_over_one_database_number_as_one(
    started: Callable[[], Process], database: str
) -> None:
    """Both store into one mailbox at once; a reader at either sees all, in one order."""
    addresses = [started().address, started().address]
    team = team_in(database, addresses[0], others=4)
    for number, laptop in enumerate(team):
        laptop.address = addresses[number % 2]
    reader, writers = team[0], team[1:]

    def write(laptop: Laptop) -> list[str]:
        items = [piece(500) for _ in range(20)]
        for one in items:
            assert laptop.put(one).json == {"stored": 1, "held": 0}
        return [name for name, _content in items]

    with ThreadPoolExecutor(len(writers)) as pool:
        written = list(pool.map(write, writers))
    found = reader.names()
    assert sorted(found) == sorted(name for names in written for name in names)
    reader.address, reader.challenge = addresses[1], ""
    assert reader.names() == found


def test_one_refused_among_many_holds_up_nobody(tmp_path: Path) -> None:
    """Writes that share a commit are each all or nothing, and each hear their own answer."""
    database = Database(in_file(tmp_path / "relay.db"), 2)
    writer = Writer(database.engine)
    gate = threading.Event()

    def insert(number: int) -> Callable[..., int]:
        def run(connection) -> int:
            connection.exec_driver_sql(
                "INSERT INTO replays VALUES (?, ?)", (bytes([number]), number)
            )
            if number % 3 == 0:
                raise ZeroDivisionError(number)
            return number

        return run

    first = writer.submit(lambda _connection: gate.wait(10))
    answers = [writer.submit(insert(number)) for number in range(1, 10)]
    gate.set()
    assert first.result(10)
    for number, answer in enumerate(answers, 1):
        if number % 3 == 0:
            with pytest.raises(ZeroDivisionError):
                answer.result(10)
        else:
            assert answer.result(10) == number
    kept = database.ask(
        lambda connection: connection.exec_driver_sql("SELECT until FROM replays").scalars().all()
    )
    assert sorted(kept) == [1, 2, 4, 5, 7, 8]
    writer.close()
    with pytest.raises(RuntimeError):
        writer.submit(insert(20))
    database.close()


def test_a_full_disk_is_said_and_nothing_is_half_stored(serve: Callable[..., Running]) -> None:
    relay = serve()
    lead, other = relay.team()
    held = piece()
    lead.put(held)
    database = relay.server._relay.database
    pages = database.ask(
        lambda connection: connection.exec_driver_sql("PRAGMA page_count").scalar()
    )
    most = {"pages": pages + 20}

    def limit(connection, _record, _proxy) -> None:
        connection.execute(f"PRAGMA max_page_count={most['pages']}").fetchall()

    event.listen(database.engine, "checkout", limit)  # a connection at a time has its own limit
    before = relay.rows()
    assert lead.put(piece(500_000)).error == (507, "disk")
    assert relay.rows() == before
    assert other.contents(held[0]) == dict([held])
    most["pages"] = 1_000_000
    assert lead.put(piece(500_000)).status == 200


def test_a_database_that_went_away_is_said_and_comes_back(
    serve: Callable[..., Running], tmp_path: Path
) -> None:
    del tmp_path
    relay = serve()
    lead, _other = relay.team()
    lead.challenge = lead.plain("GET", "/v1/challenge").json["challenge"]
    database = relay.server._relay.database
    whole = database.ask
    database.ask = _away
    assert lead.plain("GET", "/healthz").error == (503, "database")
    refused = lead.list()
    assert refused.error == (503, "database")
    assert int(refused.headers["Retry-After"]) > 0
    database.ask = whole
    assert lead.list().status == 200


def _away(_question: object) -> None:
    raise Refusal(503, "database", "The relay’s database is not there just now; try again.", 5)


def test_what_is_kept_can_be_read_by_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "relay.db"
    with running(Settings(in_file(path))) as relay:
        relay.team()[0].put(piece())
        if os.name == "posix":
            modes = {one.name: one.stat().st_mode & 0o777 for one in path.parent.iterdir()}
            assert modes == {"relay.db": 0o600, "relay.db-wal": 0o600, "relay.db-shm": 0o600}
    assert [one.name for one in path.parent.iterdir()] == ["relay.db"]


def test_a_temporary_relay_leaves_nothing(serve: Callable[..., Running]) -> None:
    relay = serve(database="")
    lead, _other = relay.team()
    lead.put(piece())
    folder = Path(relay.server._relay.database._folder.name)
    assert folder.exists()
    relay.server.stop()
    assert not folder.exists()


def test_f14_neither_database_nor_log_nor_output_holds_a_word(tmp_path: Path) -> None:
    """A whole run with the marker wherever a client could put one."""
    folder = tmp_path / "relay"
    database = in_file(folder / "relay.db")
    process = Process(database)
    try:
        lead, other = team_in(database, process.address)
        new = lead.envelope(1, f"{MARKER} was heard to say so.".encode())
        assert lead.put(new, lead.receipt(1)).status == 200
        assert other.contents(new[0]) == dict([new])
        encoded = MARKER.encode().hex()
        for method, target in (
            ("GET", f"{lead.box}/items?era={encoded}&{encoded}={encoded}"),
            ("GET", f"/v1/{encoded}"),
            ("POST", f"{lead.box}/fetch"),
            ("POST", f"{lead.box}/items"),
            ("PUT", f"{lead.box}/devices"),
        ):
            body = b"" if method == "GET" else MARKER.encode()
            lead.ask(method, target, body, **{"Siteweek-Code": encoded, "X-Name": encoded})
        metrics = lead.plain("GET", "/metrics").body.decode()
        process.run.stderr.flush() if process.run.stderr else None
        # While it runs, with the log of the database, and after it was killed.
        words = (MARKER, encoded, lead.own.signing.raw)
        assert marking.found(folder, *words) == []
        names = {one.name for one in folder.iterdir()}
        assert "relay.db-wal" in names
    finally:
        process.run.kill()
        _out, said = process.run.communicate()
    assert marking.found(folder, *words) == []
    for told in (said, metrics):
        assert MARKER not in told
        assert encoded not in told
        for laptop in (lead, other):
            assert laptop.id not in told
            assert laptop.inspection.hex() not in told


def test_a_newer_relays_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "relay.db"
    database = Database(in_file(path), 1)
    database.change(lambda connection: connection.execute(RELAY.update().values(layout=99)))
    database.close()
    before = path.read_bytes()
    with pytest.raises(NewerVersionError):
        Server(Settings(in_file(path))).start()
    assert path.read_bytes() == before


def test_a_database_that_is_not_there_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"no database" * 1_000)
    for address in (
        in_file(tmp_path / "file"),
        in_file(tmp_path / "file" / "below.db"),
        f"postgresql://nobody@/none?host={tmp_path}",
    ):
        with pytest.raises(RelayError) as met:
            Database(address, 1)
        assert "Nothing was started" in met.value.sentence


def test_a_port_that_is_taken_is_said(serve: Callable[..., Running], light: Settings) -> None:
    relay = serve()
    port = int(relay.address.rpartition(":")[2])
    with pytest.raises(RelayError) as met:
        Server(light, port=port).start()
    assert "--listen" in met.value.sentence
    for wrong in ("no such host.invalid", "256.256.256.256"):
        with pytest.raises((InvalidInputError, RelayError)):
            Server(light, wrong).start()

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from sqlite_utils import Database, Migrations

from app.errors import AlreadyOpenError, DamagedFileError, NewerVersionError, StoreError
from app.store import backups, engine, migrate, opening, reserve
from app.store.onlooker import Onlooker
from app.store.places import KEY_FILE, LOCK, RESERVE, STORE
from tests.fakes.stores import keys_of, open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOLDER = """
import sys, time
from pathlib import Path
from tests.fakes.stores import open_store
store = open_store(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[subprocess.Popen]:
    """Another process that has the store open."""
    open_store(tmp_path).close()
    other = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert other.stdout.readline().strip() == b"open"
    yield other
    other.kill()
    other.wait()
    other.stdin.close()
    other.stdout.close()


def test_n01_a_store_open_elsewhere_is_refused_and_left_alone(
    tmp_path: Path, elsewhere: subprocess.Popen
) -> None:
    assert elsewhere.poll() is None
    before = (tmp_path / KEY_FILE).read_bytes()
    with pytest.raises(AlreadyOpenError):
        open_store(tmp_path)
    assert (tmp_path / KEY_FILE).read_bytes() == before


def test_n02_the_lock_of_a_killed_process_holds_nobody_up(
    tmp_path: Path, elsewhere: subprocess.Popen
) -> None:
    elsewhere.send_signal(signal.SIGKILL)
    elsewhere.wait()
    assert (tmp_path / LOCK).exists()
    open_store(tmp_path).close()


def test_what_is_open_elsewhere_can_be_read_and_not_written(
    tmp_path: Path, elsewhere: subprocess.Popen
) -> None:
    assert elsewhere.poll() is None
    looking = Onlooker(tmp_path, keys_of(tmp_path))
    assert looking.read(lambda reader: reader.counts()) == {}
    with pytest.raises(AlreadyOpenError):
        looking.write(lambda tx: tx.write("n-1", "jotting", {"title": "x"}))
    looking.close()


def older_store(folder: Path) -> None:
    """A store as the first version left it: the first step, one note, a device without keys."""
    keys = keys_of(folder)
    (folder / STORE).touch(mode=0o600)
    connection = engine.open_writer(folder / STORE, keys.database.raw)
    first = Migrations("siteweek")
    first(name="0001_records")(migrate._step("0001_records"))
    first.apply(Database(connection))
    connection.execute("INSERT INTO device (id, is_self) VALUES (?, 1)", ("ab" * 16,))
    connection.execute(
        "INSERT INTO record (id, kind, owner, position, is_deleted, changed_at, fields) "
        "VALUES ('n-1', 'jotting', '', '', 0, 1, '{}')"
    )
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def test_m05_a_counted_backup_is_made_before_a_store_is_brought_up_to_date(tmp_path: Path) -> None:
    older_store(tmp_path)
    store = open_store(tmp_path)
    assert store.read(lambda reader: reader.counts()) == {"jotting": 1}
    store.close()
    (made,) = backups.every(tmp_path)
    kept = engine.open_reader(backups.named(tmp_path, made.stamp), keys_of(tmp_path).database.raw)
    columns = {row[1] for row in kept.execute("PRAGMA table_info(device)")}
    kept.close()
    assert columns == {"key", "id", "is_self"}


def test_a_device_without_keys_gets_a_new_identity(tmp_path: Path) -> None:
    older_store(tmp_path)
    store = open_store(tmp_path)
    ids = "SELECT id, is_self FROM device ORDER BY key"
    (old, own) = store.read(lambda reader: reader.connection.execute(ids).fetchall())
    store.close()
    assert old == ("ab" * 16, 0)
    assert own[1] == 1


def test_m04_without_room_nothing_is_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    older_store(tmp_path)
    before = (tmp_path / STORE).read_bytes()
    # The one figure that can't be had otherwise: a disk that is almost full.
    monkeypatch.setattr(
        opening.shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(9, 9, 0)
    )
    with pytest.raises(StoreError, match="Make room"):
        open_store(tmp_path)
    assert (tmp_path / STORE).read_bytes() == before
    monkeypatch.undo()
    open_store(tmp_path).close()


def test_m01_a_newer_store_is_refused_for_reading_too(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    newer = "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES (?, ?, ?)"
    store.write(lambda tx: tx.connection.execute(newer, ("siteweek", "9999_x", ""))).result()
    store.close()
    with pytest.raises(NewerVersionError):
        Onlooker(tmp_path, keys_of(tmp_path))


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER silent AFTER INSERT ON revision BEGIN DELETE FROM revision; END",
        "DROP TRIGGER revision_never_goes",
        "ALTER TABLE record ADD COLUMN other TEXT",
    ],
)
def test_m10_a_store_whose_tables_were_changed_is_refused_and_left_alone(
    tmp_path: Path, statement: str
) -> None:
    open_store(tmp_path).close()
    writer = engine.open_writer(tmp_path / STORE, keys_of(tmp_path).database.raw)
    writer.execute(statement)
    writer.close()
    before = (tmp_path / STORE).read_bytes()
    with pytest.raises(DamagedFileError, match="Nothing was written"):
        open_store(tmp_path)
    assert (tmp_path / STORE).read_bytes() == before


def test_c10_words_typed_on_a_full_disk_are_saved_in_the_reserve(little_disk: Path) -> None:
    store = open_store(little_disk / "store")
    # Somebody looks at the reserve just now, as a virus scanner does.
    looking = (little_disk / "store" / RESERVE).open("rb")
    with (little_disk / "other people's films").open("wb", buffering=0) as file:
        while True:
            try:
                file.write(bytes(4096))
            except OSError:
                break
    for number in range(20):
        words = {"title": f"{number} " + "seen " * 100}
        store.write(lambda tx, n=number, it=words: tx.write(f"n-{n}", "jotting", it)).result()
    assert store.read(lambda reader: reader.counts()) == {"jotting": 20}
    assert any("The disk is full" in one for one in store.notices)
    assert not (little_disk / "store" / RESERVE).exists()
    looking.close()
    (little_disk / "other people's films").unlink()
    store.close()
    store = open_store(little_disk / "store")
    assert (little_disk / "store" / RESERVE).stat().st_size == reserve.SIZE
    assert store.read(lambda reader: reader.counts()) == {"jotting": 20}
    assert store.notices == []
    store.close()


def test_c10_too_much_for_the_reserve_is_refused_in_words_and_harms_nothing(
    little_disk: Path,
) -> None:
    store = open_store(little_disk / "store")
    big = {"title": "x" * 9_000_000}
    with pytest.raises(StoreError, match="the disk is full"):
        store.write(lambda tx: tx.write("big", "jotting", big)).result()
    store.write(lambda tx: tx.write("n-1", "jotting", {"title": "seen"})).result()
    assert store.read(lambda reader: reader.counts()) == {"jotting": 1}
    store.close()

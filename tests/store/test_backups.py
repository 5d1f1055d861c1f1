from __future__ import annotations

import shutil
import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from app.errors import NotFoundError, StoreError
from app.store import backups, device, engine
from app.store.places import BACKUPS, KEY_FILE, LOG, STORE
from app.store.restoring import restore
from tests.fakes.clock import StillClock
from tests.fakes.stores import keys_of, open_store

if TYPE_CHECKING:
    from pathlib import Path

    from app.store.store import Store


def write(store: Store, record: str, title: str = "seen") -> None:
    store.write(lambda tx: tx.write(record, "jotting", {"title": title})).result()


def notes(folder: Path) -> set[str]:
    store = open_store(folder)
    held = {one.id for one in store.read(lambda reader: reader.of_kind("jotting"))}
    store.close()
    return held


def test_a_backup_is_one_file_with_its_key_and_nothing_readable(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    write(store, "n-1", "MARKERWORD")
    made = store.back_up()
    store.close()
    assert made.head.count == 1
    held = sorted(one.name for one in (tmp_path / BACKUPS).iterdir())
    assert held == [f"{made.stamp}.db", f"{made.stamp}.key"]
    for one in (tmp_path / BACKUPS).iterdir():
        assert b"MARKERWORD" not in one.read_bytes()
        assert one.stat().st_mode & 0o077 == 0


def test_b10_a_backup_during_writing_holds_all_that_was_saved_before_it(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    saved, stop = [], threading.Event()

    def type_on() -> None:
        while not stop.is_set():
            write(store, f"n-{len(saved)}")
            saved.append(None)

    typing = threading.Thread(target=type_on)
    typing.start()
    clock = StillClock()
    try:
        for _moment in range(25):
            before = len(saved)
            made = backups.take(tmp_path, keys_of(tmp_path), clock)
            assert before <= made.head.count
            clock.move(timedelta(minutes=1))
    finally:
        stop.set()
        typing.join()
        store.close()
    for one in backups.every(tmp_path):
        path = backups.named(tmp_path, one.stamp)
        assert engine.faults(path, keys_of(tmp_path).database.raw) == []


def test_b11_a_backup_that_fails_keeps_the_ones_before(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    write(store, "n-1")
    first = store.back_up()
    # A folder where the next one's file would go: nothing can be written over it.
    stamp = backups._free_stamp(tmp_path / BACKUPS, StillClock().now())
    (tmp_path / BACKUPS / f"{stamp}.unfinished").mkdir()
    (tmp_path / BACKUPS / f"{stamp}.unfinished" / "x").touch()
    with pytest.raises(StoreError):
        backups.take(tmp_path, keys_of(tmp_path), StillClock())
    store.close()
    assert [one.stamp for one in backups.every(tmp_path)] == [first.stamp]
    assert backups.check(backups.named(tmp_path, first.stamp), keys_of(tmp_path)) == first.head


def test_a_damaged_copy_is_never_called_a_backup(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    for number in range(60):
        write(store, f"n-{number}", "words " * 40)
    store.close()
    raw = bytearray((tmp_path / STORE).read_bytes())
    raw[len(raw) // 2] ^= 1
    (tmp_path / STORE).write_bytes(raw)
    with pytest.raises(StoreError):
        backups.take(tmp_path, keys_of(tmp_path), StillClock())
    assert backups.every(tmp_path) == []


def test_one_is_made_only_when_something_changed(tmp_path: Path) -> None:
    clock = StillClock()
    store = open_store(tmp_path, clock)
    write(store, "n-1")
    assert store.back_up_if_due(timedelta(0))
    clock.move(timedelta(hours=2))
    assert not store.back_up_if_due(timedelta(0))
    write(store, "n-2")
    assert not store.back_up_if_due(timedelta(hours=3))
    assert store.back_up_if_due(timedelta(hours=1))
    store.close()


def test_restoring_goes_back_and_loses_nothing_of_the_present(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    write(store, "n-1")
    made = store.back_up()
    write(store, "n-2")
    store.close()
    restore(tmp_path, keys_of(tmp_path), made.stamp, StillClock())
    assert notes(tmp_path) == {"n-1"}
    (present,) = [one.stamp for one in backups.every(tmp_path) if one.stamp != made.stamp]
    restore(tmp_path, keys_of(tmp_path), present, StillClock())
    assert notes(tmp_path) == {"n-1", "n-2"}


def test_d04_a_restored_store_writes_under_a_new_identity(tmp_path: Path) -> None:
    def own(opened: Store) -> str:
        return opened.read(lambda reader: device.own(reader.connection)[1])

    store = open_store(tmp_path)
    write(store, "n-1")
    made = store.back_up()
    before = own(store)
    store.close()
    restore(tmp_path, keys_of(tmp_path), made.stamp, StillClock())
    store = open_store(tmp_path)
    assert own(store) != before
    assert store.notices == [], "a restore that was asked for is no setback"
    write(store, "n-2")
    devices = "SELECT count(DISTINCT device) FROM revision"
    assert store.read(lambda reader: reader.connection.execute(devices).fetchone()) == (2,)
    store.close()


def test_restoring_over_a_damaged_store_keeps_it_byte_for_byte(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    write(store, "n-1")
    made = store.back_up()
    store.close()
    (tmp_path / STORE).write_bytes(b"rubbish" * 999)
    (tmp_path / LOG).write_bytes(b"log")
    restore(tmp_path, keys_of(tmp_path), made.stamp, StillClock())
    assert notes(tmp_path) == {"n-1"}
    kept = {one.suffix: one.read_bytes() for one in (tmp_path / BACKUPS).iterdir()}
    assert kept[".damaged"] == b"rubbish" * 999
    assert kept[".wal"] == b"log"


def test_a_damaged_backup_is_not_restored_and_the_store_stays(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    write(store, "n-1")
    made = store.back_up()
    write(store, "n-2")
    store.close()
    path = backups.named(tmp_path, made.stamp)
    raw = bytearray(path.read_bytes())
    raw[-100] ^= 1
    path.write_bytes(raw)
    with pytest.raises(StoreError):
        restore(tmp_path, keys_of(tmp_path), made.stamp, StillClock())
    assert notes(tmp_path) == {"n-1", "n-2"}


def test_a_backup_nobody_made_is_not_found(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    for name in ("20200101T000000Z", "../store", ""):
        with pytest.raises(NotFoundError):
            restore(tmp_path, keys_of(tmp_path), name, StillClock())


def test_an_open_store_is_not_restored_over(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    write(store, "n-1")
    made = store.back_up()
    with pytest.raises(StoreError, match="open already"):
        restore(tmp_path, keys_of(tmp_path), made.stamp, StillClock())
    store.close()


def test_a_backup_opens_when_the_store_and_its_key_file_are_gone(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    write(store, "n-1")
    made = store.back_up()
    store.close()
    (tmp_path / STORE).unlink()
    (tmp_path / KEY_FILE).unlink()
    shutil.copy(tmp_path / BACKUPS / f"{made.stamp}.key", tmp_path / KEY_FILE)
    restore(tmp_path, keys_of(tmp_path), made.stamp, StillClock())
    assert notes(tmp_path) == {"n-1"}

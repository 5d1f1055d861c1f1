"""The newest head outside the database: what it catches, and what it must not be wrong about."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from app.store import device, engine, heads
from app.store.opening import SETBACKS
from app.store.places import BACKUPS, KEPT_LOG, KEY_FILE, LOG, STORE
from tests.fakes.stores import INSPECTION, keys_of, open_store

if TYPE_CHECKING:
    from pathlib import Path

    from app.store.store import Store

# Saves some notes, waits until the newest head is outside, and is killed with its log unfolded.
KILLED = """
import os, sys
from pathlib import Path
from tests.fakes.stores import open_store
store = open_store(Path(sys.argv[1]))
for number in range(int(sys.argv[2])):
    store.write(lambda tx: tx.write(f"n-{number}", "jotting", {"title": "seen"})).result()
store.settle()
os._exit(9)
"""


def write(store: Store, record: str, title: str = "seen") -> None:
    store.write(lambda tx: tx.write(record, "jotting", {"title": title})).result()


def killed_after(folder: Path, saves: int) -> None:
    keys_of(folder)
    ended = subprocess.run([sys.executable, "-c", KILLED, str(folder), str(saves)], check=False)
    assert ended.returncode == 9
    assert (folder / LOG).stat().st_size > 0


def count(folder: Path) -> tuple[int, list[str], str]:
    """How many notes there are after opening, what the user is told, and this device's id."""
    store = open_store(folder)
    held = store.read(lambda reader: reader.counts().get("jotting", 0))
    name = store.read(lambda reader: device.own(reader.connection)[1])
    notices = store.notices
    store.close()
    return held, notices, name


def test_a_store_that_was_closed_or_killed_is_never_called_older(tmp_path: Path) -> None:
    killed_after(tmp_path, 5)
    assert count(tmp_path)[:2] == (5, [])
    assert count(tmp_path)[:2] == (5, [])
    assert not (tmp_path / KEPT_LOG).exists()


def test_b06_last_weeks_file_in_place_of_todays_is_noticed(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    write(store, "n-1")
    store.close()
    old = (tmp_path / STORE).read_bytes()
    store = open_store(tmp_path)
    for number in range(2, 5):
        write(store, f"n-{number}")
    before = store.read(lambda reader: device.own(reader.connection)[1])
    store.close()
    (tmp_path / STORE).write_bytes(old)
    held, notices, name = count(tmp_path)
    assert held == 1
    assert "3 saved changes are missing" in notices[0]
    assert name != before
    assert count(tmp_path)[:2] == (1, []), "told once, and remembered"


def test_what_was_found_to_be_missing_stays_on_record(tmp_path: Path) -> None:
    killed_after(tmp_path, 3)
    (tmp_path / LOG).unlink()
    count(tmp_path)
    store = open_store(tmp_path)
    told = json.loads(store.read(lambda reader: reader.recall(SETBACKS)))
    store.close()
    assert [one["missing"] for one in told] == [3]


def test_b08_a_database_copied_without_its_log_is_noticed(tmp_path: Path) -> None:
    killed_after(tmp_path / "one", 5)
    copied = tmp_path / "two"
    copied.mkdir()
    for name in (STORE, KEY_FILE):
        shutil.copy(tmp_path / "one" / name, copied / name)
    held, notices, _name = count(copied)
    assert held == 0
    assert "5 saved changes are missing" in notices[0]


def test_b07_a_log_cut_anywhere_in_its_last_frame_tells_how_much_is_gone(tmp_path: Path) -> None:
    killed_after(tmp_path / "made", 4)
    log = (tmp_path / "made" / LOG).read_bytes()
    frame = 24 + 4096
    for number, cut in enumerate([*range(1, 25), 100, 1000, frame - 1, frame]):
        copied = tmp_path / f"cut-{number}"
        shutil.copytree(tmp_path / "made", copied)
        (copied / LOG).write_bytes(log[:-cut])
        held, notices, _name = count(copied)
        assert held < 4
        assert f"{4 - held:,} saved change" in notices[0]


def test_b07_a_bit_flipped_in_the_log_tells_how_much_is_gone(tmp_path: Path) -> None:
    killed_after(tmp_path / "made", 4)
    log = (tmp_path / "made" / LOG).read_bytes()
    frame = 24 + 4096
    places = [*range(4, 32), *(start + 3 for start in range(32, len(log), frame))]
    for number, place in enumerate(places):
        copied = tmp_path / f"flip-{number}"
        shutil.copytree(tmp_path / "made", copied)
        (copied / LOG).write_bytes(log[:place] + bytes([log[place] ^ 4]) + log[place + 1 :])
        held, notices, _name = count(copied)
        if held < 4:
            assert f"{4 - held:,} saved change" in notices[0], place
        else:
            assert notices == [], place


def test_b07_the_log_that_could_not_be_read_is_kept_for_salvage(tmp_path: Path) -> None:
    killed_after(tmp_path, 4)
    log = (tmp_path / LOG).read_bytes()
    damaged = b"\0" * 40 + log[40:]
    (tmp_path / LOG).write_bytes(damaged)
    count(tmp_path)
    kept = list((tmp_path / BACKUPS).glob("*.wal"))
    assert [one.read_bytes() for one in kept] == [damaged]


def test_a_key_file_whose_head_nobody_can_vouch_for_opens_with_a_warning(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    write(store, "n-1")
    store.close()
    sealed = (tmp_path / KEY_FILE).read_bytes()
    for place in (90, 100, len(sealed) - 1):
        altered = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        (tmp_path / KEY_FILE).write_bytes(altered)
        held, notices, _name = count(tmp_path)
        assert held == 1
        assert "some may be missing" in notices[0]
        assert count(tmp_path)[:2] == (1, [])


def test_another_history_of_the_same_length_is_noticed(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder, title in ((one, "seen"), (other, "heard")):
        if folder == other:
            folder.mkdir()
            shutil.copy(one / KEY_FILE, other / KEY_FILE)
        store = open_store(folder)
        write(store, "n-1", title)
        store.close()
    shutil.copy(other / STORE, one / STORE)
    assert "other changes" in count(one)[1][0]


def test_closing_signs_the_newest_revision_once(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    for number in range(3):
        write(store, f"n-{number}")
    store.close()
    store = open_store(tmp_path)
    store.close()
    store = open_store(tmp_path)
    rows = "SELECT number FROM signature ORDER BY number"
    assert store.read(lambda reader: reader.connection.execute(rows).fetchall()) == [(3,)]
    assert store.read(lambda it: heads.false_signatures(it.connection, INSPECTION)) == []
    store.close()


def test_a_signature_that_is_not_the_devices_own_is_found(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    write(store, "n-1")
    store.close()
    store = open_store(tmp_path)
    for change in (
        "UPDATE signature SET signature = zeroblob(64)",
        "UPDATE device SET public = NULL",
    ):
        store.write(lambda tx, sql=change: tx.connection.execute(sql)).result()
        assert len(store.read(lambda it: heads.false_signatures(it.connection, INSPECTION))) == 1
    store.close()


def test_a13_keys_that_are_not_each_others_stop_the_opening(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    connection = engine.open_writer(tmp_path / STORE, keys_of(tmp_path).database.raw)
    connection.execute("UPDATE device SET public = zeroblob(1248)")
    connection.close()
    with pytest.raises(Exception, match="own keys"):
        open_store(tmp_path)


def test_a_head_that_could_not_be_written_stops_no_save(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        # Root may write anywhere, so a folder stands where the new key file is made.
        blocked = tmp_path / f"{KEY_FILE}.new"
        store = open_store(tmp_path)
        blocked.mkdir()
        (blocked / "x").touch()
    else:
        store = open_store(tmp_path)
        tmp_path.chmod(0o500)
    write(store, "n-1")
    store.settle()
    assert store.read(lambda reader: reader.counts()) == {"jotting": 1}
    tmp_path.chmod(0o700)
    if (tmp_path / f"{KEY_FILE}.new").exists():
        shutil.rmtree(tmp_path / f"{KEY_FILE}.new")
    store.close()
    assert count(tmp_path)[:2] == (1, [])

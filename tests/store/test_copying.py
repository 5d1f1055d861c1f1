"""A store under another key holds the same, and a copy that doesn't is never taken for one."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from app.clock import SystemClock
from app.crypto import store_key
from app.crypto.inspection_keys import InspectionKeys
from app.crypto.keys import StoreKey
from app.errors import DamagedFileError, SiteweekError, StoppedError, StoreError
from app.store import copying, device, engine
from app.store.copying import Keyed, contents, copy_under
from app.store.places import KEY_FILE, NEXT_STORE, STORE
from app.store.store import Store
from tests.fakes.stores import INSPECTION, MASTER, keys_of, open_store

if TYPE_CHECKING:
    from pathlib import Path

NEW = InspectionKeys(INSPECTION, StoreKey(b"n" * 32))
WORDS = "the child was seen alone ŵ 👩‍🚒"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An inspection's folder with a used and closed store in it."""
    place = tmp_path / "it's here"
    store = open_store(place)
    for number in range(40):
        fields = {"title": f"{WORDS} {number}", "x": [1, None, 1.5]}
        store.write(lambda tx, n=number, f=fields: tx.write(f"r{n}", "jotting", f)).result()
    store.write(lambda tx: tx.connection.execute("PRAGMA user_version = 77")).result()
    store.close()
    return place


def never() -> bool:
    return False


def held(path: Path, keys: InspectionKeys) -> copying.Contents:
    connection = engine.open_reader(path, keys.database.raw)
    try:
        return contents(connection)
    finally:
        connection.close()


def test_everything_is_there_under_the_new_key_and_the_old_store_is_as_it_was(
    folder: Path,
) -> None:
    old = keys_of(folder)
    before = held(folder / STORE, old)
    head = copy_under(folder, old, NEW, never)
    assert before == held(folder / STORE, old)
    after = held(folder / NEXT_STORE, NEW)
    assert before.schema == after.schema
    assert ("user_version", 77) in after.schema
    # All but this laptop's own keys, which are sealed anew.
    changed = {name for name in before.tables if before.tables[name] != after.tables[name]}
    assert changed == {"device"}
    assert {name: rows for name, (rows, _) in before.tables.items()} == {
        name: rows for name, (rows, _) in after.tables.items()
    }
    assert head == store_key.read_head((folder / KEY_FILE).read_bytes(), INSPECTION, old.store)
    assert head.count == 40


def test_the_laptops_identity_stays_and_opens_under_the_new_key_alone(folder: Path) -> None:
    old = keys_of(folder)
    copy_under(folder, old, NEW, never)
    reader = engine.open_reader(folder / STORE, old.database.raw)
    copied = engine.open_reader(folder / NEXT_STORE, NEW.database.raw)
    before = device.own_identity(reader, old.identity_wrap)
    assert device.own_identity(copied, NEW.identity_wrap) == before
    with pytest.raises(DamagedFileError):
        device.own_identity(copied, old.identity_wrap)
    reader.close()
    copied.close()


def test_no_byte_of_the_copy_is_plain_and_only_its_owner_may_read_it(folder: Path) -> None:
    copy_under(folder, keys_of(folder), NEW, never)
    raw = (folder / NEXT_STORE).read_bytes()
    for marker in (b"SQLite format 3", b"the child was seen", b"CREATE TABLE", b"jotting"):
        assert marker not in raw
    with pytest.raises(DamagedFileError):
        engine.open_reader(folder / NEXT_STORE, keys_of(folder).database.raw)
    if os.name != "nt":
        assert stat.S_IMODE((folder / NEXT_STORE).stat().st_mode) == 0o600


def test_the_copy_is_a_store_that_opens_and_goes_on(folder: Path, tmp_path: Path) -> None:
    old = keys_of(folder)
    head = copy_under(folder, old, NEW, never)
    moved = tmp_path / "moved"
    moved.mkdir()
    sealed, drawn = store_key.create(INSPECTION, MASTER)
    keys = InspectionKeys(INSPECTION, drawn)
    (folder / NEXT_STORE).unlink()
    assert copy_under(folder, old, keys, never) == head
    (folder / NEXT_STORE).replace(moved / STORE)
    (moved / KEY_FILE).write_bytes(store_key.replace_head(sealed, INSPECTION, drawn, head))
    store = Store(moved, keys, SystemClock())
    assert store.notices == []
    store.write(lambda tx: tx.write("r", "jotting", {"title": "later"})).result()
    assert len(store.read(lambda reader: reader.search("child"))) == 40
    store.close()


@pytest.mark.parametrize("place", [100, 4_096, 20_000, -100])
def test_a_damaged_store_is_not_copied_over(folder: Path, place: int) -> None:
    harmed = bytearray((folder / STORE).read_bytes())
    harmed[place] ^= 1
    (folder / STORE).write_bytes(harmed)
    with pytest.raises((DamagedFileError, StoreError)):
        copy_under(folder, keys_of(folder), NEW, never)
    assert (folder / STORE).read_bytes() == harmed


def test_a_store_that_lacks_what_its_key_file_has_seen_is_refused(folder: Path) -> None:
    keys = keys_of(folder)
    ahead = store_key.Head(41, b"h" * 32)
    key_file = folder / KEY_FILE
    key_file.write_bytes(
        store_key.replace_head(key_file.read_bytes(), INSPECTION, keys.store, ahead)
    )
    with pytest.raises(DamagedFileError, match="lacks what its key file has seen"):
        copy_under(folder, keys, NEW, never)


def test_a_copy_that_differs_in_one_row_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = copying._export

    def export_less(old: Keyed, new: Keyed, stopped: object) -> None:
        export(old, new, stopped)
        connection = engine.open_copy(new.path, new.key)
        connection.execute("UPDATE record SET changed_at = changed_at + 1 WHERE id = 'r7'")
        connection.close()

    monkeypatch.setattr(copying, "_export", export_less)
    with pytest.raises(StoreError, match="differs from the store"):
        copy_under(folder, keys_of(folder), NEW, never)


def test_it_stops_when_it_is_asked_to(folder: Path) -> None:
    asked = 0

    def stopped() -> bool:
        nonlocal asked
        asked += 1
        return True

    with pytest.raises(StoppedError):
        copy_under(folder, keys_of(folder), NEW, stopped)
    assert asked


def test_nothing_is_written_over(folder: Path) -> None:
    (folder / NEXT_STORE).write_text("mine")
    with pytest.raises(SiteweekError):
        copy_under(folder, keys_of(folder), NEW, never)
    assert (folder / NEXT_STORE).read_text() == "mine"


def test_b02_the_copying_connection_attaches_its_one_file_and_no_other(
    folder: Path, tmp_path: Path
) -> None:
    old = keys_of(folder)
    connection = engine.open_copier(
        folder / STORE, old.database.raw, tmp_path / "target.db", NEW.database.raw
    )
    for name in (":memory:", str(tmp_path / "plain.db"), str(tmp_path / "target.db")):
        with pytest.raises(engine.DriverError, match="not authorized"):
            connection.execute("ATTACH ? AS other KEY ''", (name,))
        with pytest.raises(engine.DriverError, match="not authorized"):
            connection.execute(f"ATTACH '{name}' AS other KEY ''")
    with pytest.raises(engine.DriverError, match="not authorized"):
        connection.execute("DETACH target")
    connection.close()
    assert not (tmp_path / "plain.db").exists()

"""Words that their store can't take: a disk that is full or refuses to be written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlcipher3.dbapi2 import SQLITE_DENY, SQLITE_INSERT

from app.errors import StoreError
from app.store.drafts import Draft
from app.store.refuge import Refuge
from tests.fakes.stores import keys_of, open_store
from tests.marking import holds_marker

if TYPE_CHECKING:
    from pathlib import Path

    from app.store.store import Store

WORDS = "MARKERWORD she said nobody had asked her"


def draft(record: str = "p-1", text: str = WORDS) -> Draft:
    return Draft(record, "paragraph", {"note": "n-1", "text": text}, "2026-10-12T09:00:00+00:00")


def kept(tmp_path: Path) -> list[Path]:
    return list(tmp_path.glob("*.refuge"))


def keep(store: Store, one: Draft) -> None:
    store.write(lambda tx: tx.keep_draft(one)).result()


def read_only(tmp_path: Path) -> Store:
    """A store whose engine refuses every write from now on."""
    store = open_store(tmp_path / "disk" / "store")
    keep(store, draft("p-0", "before"))
    # On the writing thread: two threads on one connection would wait for each other.
    store.write(lambda tx: tx.connection.execute("PRAGMA query_only = ON")).result()
    return store


def test_words_typed_while_the_store_takes_none_come_back_as_a_draft(tmp_path: Path) -> None:
    store = read_only(tmp_path)
    with pytest.raises(StoreError, match="kept beside it"):
        keep(store, draft())
    (file,) = kept(tmp_path)
    assert not holds_marker(file, "MARKERWORD")
    assert file.stat().st_mode & 0o077 == 0
    store.close()
    store = open_store(tmp_path / "disk" / "store")
    assert draft() in store.read(lambda reader: reader.drafts())
    assert kept(tmp_path) == []
    store.close()


def test_a_revision_that_could_not_be_saved_comes_back_as_a_draft_too(tmp_path: Path) -> None:
    store = read_only(tmp_path)
    fields = {"note": "n-1", "text": WORDS}
    with pytest.raises(StoreError, match="kept beside it"):
        store.write(lambda tx: tx.write("p-1", "paragraph", fields)).result()
    store.close()
    store = open_store(tmp_path / "disk" / "store")
    (found,) = [one for one in store.read(lambda reader: reader.drafts()) if one.record == "p-1"]
    assert found.fields == fields
    store.close()


def test_words_saved_in_the_end_leave_the_refuge(tmp_path: Path) -> None:
    store = open_store(tmp_path / "disk" / "store")
    connection = store.write(lambda tx: tx.connection).result()
    connection.set_authorizer(lambda action, *_: SQLITE_DENY * (action == SQLITE_INSERT))
    for one in (draft(), draft("p-2", "another")):
        with pytest.raises(StoreError):
            keep(store, one)
    connection.set_authorizer(None)
    keep(store, draft())
    assert [
        one.record for one in Refuge([tmp_path], keys_of(tmp_path / "disk" / "store")).found()
    ] == ["p-2"]
    keep(store, draft("p-2", "another"))
    assert kept(tmp_path) == []
    store.close()


def test_c10_more_words_than_a_full_disk_takes_are_kept_on_another(
    little_disk: Path, tmp_path: Path
) -> None:
    store = open_store(little_disk / "store")
    long = draft("p-1", "she said " * 800_000)
    with pytest.raises(StoreError, match="kept beside it"):
        keep(store, long)
    assert len(kept(tmp_path)) == 1
    store.close()
    found = Refuge([tmp_path], keys_of(little_disk / "store")).found()
    assert found == [long]


def test_a_refuge_of_other_keys_or_altered_is_left_alone(tmp_path: Path) -> None:
    keys = keys_of(tmp_path / "store")
    assert Refuge([tmp_path], keys).take([draft()])
    (file,) = kept(tmp_path)
    whole = file.read_bytes()
    for place in (0, 11, 12, len(whole) - 1):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert Refuge([tmp_path], keys).found() == []
    file.write_bytes(whole)
    assert Refuge([tmp_path], keys_of(tmp_path / "other")).found() == []
    assert Refuge([tmp_path], keys).found() == [draft()]


def test_the_next_place_is_used_when_the_first_takes_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    keys = keys_of(tmp_path / "store")
    assert Refuge([tmp_path / "file" / "x", tmp_path / "second"], keys).take([draft()])
    assert len(list((tmp_path / "second").iterdir())) == 1
    assert not Refuge([tmp_path / "file" / "x"], keys).take([draft()])


def test_a_place_that_nobody_may_look_into_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    keys = keys_of(tmp_path / "store")
    assert Refuge([tmp_path / "file" / "below"], keys).found() == []

"""A log that is not the store's own: it is never folded in, and never costs anything."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from app.crypto import store_key
from app.crypto.files import write_key_file
from app.store import engine, logs
from app.store.places import BACKUPS, KEPT_LOG, KEY_FILE, LOG, STORE
from tests.fakes.clock import StillClock
from tests.fakes.stores import MASTER, copied_as_if_killed, keys_of, open_store

if TYPE_CHECKING:
    from pathlib import Path

    from app.store.store import Store

SHARED = "store.db-shm"


def fill(store: Store, count: int) -> Store:
    for number in range(count):
        store.write(lambda tx, one=f"n-{number}": tx.write(one, "jotting", {"title": one})).result()
    return store


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    fill(open_store(tmp_path / "ours"), 10).close()
    return tmp_path / "ours"


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """Another inspection's log and shared memory, as a crash leaves them; it has more in it."""
    folder = tmp_path / "theirs"
    folder.mkdir()
    write_key_file(folder / KEY_FILE, store_key.create(bytes(16), MASTER)[0])
    store = fill(open_store(folder), 30)
    copied_as_if_killed(store, folder, tmp_path / "copied")
    store.close()
    return tmp_path / "copied"


@pytest.mark.parametrize("names", [(LOG,), (LOG, SHARED), (SHARED,)])
def test_b09_another_stores_log_beside_ours_changes_nothing(
    ours: Path, theirs: Path, names: tuple[str, ...]
) -> None:
    before = (ours / STORE).read_bytes()
    for name in names:
        shutil.copyfile(theirs / name, ours / name)
    store = open_store(ours)
    assert store.read(lambda reader: reader.counts()) == {"jotting": 10}
    assert store.notices == []
    store.close()
    assert (ours / STORE).read_bytes() == before
    assert engine.faults(ours / STORE, keys_of(ours).database.raw) == []
    if LOG in names:
        (kept,) = (ours / BACKUPS).glob("*.wal")
        assert kept.read_bytes() == (theirs / LOG).read_bytes()


def test_b09_a_stale_shared_memory_of_our_own_is_passed_over(ours: Path, tmp_path: Path) -> None:
    store = fill(open_store(ours), 20)
    shutil.copyfile(ours / SHARED, tmp_path / SHARED)
    store.close()
    shutil.copyfile(tmp_path / SHARED, ours / SHARED)
    store = open_store(ours)
    assert store.read(lambda reader: reader.counts()) == {"jotting": 20}
    store.close()
    assert engine.faults(ours / STORE, keys_of(ours).database.raw) == []


def test_b09_a_hot_rollback_journal_never_makes_the_store_unreadable(
    ours: Path, theirs: Path
) -> None:
    """A journal of the older kind, of pages of another store: it claims to put ours back."""
    page_size, pages = 4096, (theirs / STORE).read_bytes()
    header = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"".join(
        number.to_bytes(4, "big") for number in (1, 0, len(pages) // page_size, 512, page_size)
    )
    record = (1).to_bytes(4, "big") + pages[:page_size] + bytes(4)
    (ours / "store.db-journal").write_bytes(header.ljust(512, b"\0") + record)
    before = (ours / STORE).read_bytes()
    store = open_store(ours)
    assert store.read(lambda reader: reader.counts()) == {"jotting": 10}
    store.close()
    assert (ours / STORE).read_bytes() == before


def test_two_put_away_in_one_moment_are_both_kept(ours: Path, theirs: Path) -> None:
    shutil.copyfile(theirs / LOG, ours / KEPT_LOG)
    shutil.copyfile(theirs / LOG, ours / LOG)
    open_store(ours, StillClock()).close()
    assert len(list((ours / BACKUPS).glob("*.wal"))) == 2


def test_our_own_log_is_known_for_ours_even_torn_at_its_end(tmp_path: Path) -> None:
    store = fill(open_store(tmp_path / "open"), 5)
    copied_as_if_killed(store, tmp_path / "open", tmp_path / "torn")
    store.close()
    torn, key = tmp_path / "torn", keys_of(tmp_path / "torn").database
    whole = (torn / LOG).read_bytes()
    for lost in (0, 1, 2_000, 4_096, 4_120, 9_000, len(whole) - 40, len(whole)):
        (torn / LOG).write_bytes(whole[: len(whole) - lost])
        assert not logs.is_foreign(torn, key), lost


def test_the_first_log_of_all_is_known_for_ours_before_anything_was_folded_in(
    tmp_path: Path,
) -> None:
    store = fill(open_store(tmp_path / "open"), 5)
    copied_as_if_killed(store, tmp_path / "open", tmp_path / "new")
    store.close()
    (tmp_path / "new" / STORE).write_bytes(b"")
    assert not logs.is_foreign(tmp_path / "new", keys_of(tmp_path / "new").database)

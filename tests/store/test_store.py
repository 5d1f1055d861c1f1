from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlcipher3 import dbapi2 as driver

from app.clock import SystemClock
from app.crypto.inspection_keys import InspectionKeys
from app.crypto.keys import StoreKey
from app.errors import DamagedFileError, NewerVersionError, StoreError, UnsafeEngineError
from app.store import engine, migrate, revisions
from app.store.drafts import Draft
from app.store.rebuild import rebuild
from app.store.store import Store
from tests.fakes.stores import INSPECTION, keys_of, open_store

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    opened = open_store(path.parent)
    yield opened
    opened.close()


def write(store: Store, record: str, kind: str, **fields: object) -> None:
    store.write(lambda tx: tx.write(record, kind, fields)).result()


def derived(store: Store) -> list[list[tuple[object, ...]]]:
    """All that is derived, as rows, without the keys that depend on the order of arrival."""
    records = (
        "SELECT id, kind, owner, position, is_deleted, changed_at, fields, forks, text "
        "FROM record ORDER BY id"
    )
    tables = (
        records,
        "SELECT target, field, record.id FROM link JOIN record ON key = source ORDER BY 1, 2, 3",
    )
    return store.read(lambda reader: [reader.connection.execute(one).fetchall() for one in tables])


def test_what_was_written_is_there_after_closing_and_opening(path: Path) -> None:
    first = open_store(path.parent)
    write(first, "n-1", "jotting", title="seen on Monday")
    first.close()
    again = open_store(path.parent)
    assert again.read(lambda reader: reader.get("n-1")).text("title") == "seen on Monday"
    again.close()


def test_nothing_readable_lies_on_disk(store: Store, path: Path) -> None:
    marker = "MARKERWORD"
    write(store, "n-1", "jotting", title=marker)
    store.settle()
    files = [one for one in path.parent.iterdir() if one.is_file()]
    assert {one.name for one in files} >= {"store.db", "store.db-wal"}
    for one in files:
        raw = one.read_bytes()
        assert marker.encode() not in raw
        assert marker.encode("utf-16-le") not in raw
        assert not raw.startswith(b"SQLite format 3")


def test_another_key_opens_nothing_and_changes_nothing(store: Store, path: Path) -> None:
    write(store, "n-1", "jotting", title="x")
    store.close()
    before = path.read_bytes()
    other = InspectionKeys(INSPECTION, StoreKey(bytes(32)))
    with pytest.raises(DamagedFileError) as refused:
        Store(path.parent, other, SystemClock())
    assert keys_of(path.parent).store.raw.hex() not in str(refused.value)
    assert bytes(32).hex() not in str(refused.value)
    assert path.read_bytes() == before


def test_a_store_of_a_newer_version_is_refused_and_left_alone(store: Store, path: Path) -> None:
    newer = "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES (?, ?, ?)"
    store.write(lambda tx: tx.connection.execute(newer, ("siteweek", "9999_x", ""))).result()
    store.close()
    before = path.read_bytes()
    with pytest.raises(NewerVersionError):
        open_store(path.parent)
    assert path.read_bytes() == before


def test_a_verb_that_fails_leaves_nothing_behind(store: Store) -> None:
    def half(tx: object) -> None:
        tx.write("n-1", "jotting", {"title": "half"})
        raise StoreError("stopped")

    with pytest.raises(StoreError):
        store.write(half).result()
    assert store.read(lambda reader: reader.find("n-1")) is None
    assert store.read(lambda reader: reader.history("n-1")) == []


def test_a_revision_can_be_neither_changed_nor_removed(store: Store) -> None:
    write(store, "n-1", "jotting", title="x")
    for statement in ("UPDATE revision SET body = ''", "DELETE FROM revision"):
        with pytest.raises(StoreError):
            store.write(lambda tx, sql=statement: tx.connection.execute(sql)).result()
    assert len(store.read(lambda reader: reader.history("n-1"))) == 1


def test_every_change_is_one_more_revision_that_has_seen_the_last(store: Store) -> None:
    for title in ("one", "two", "three"):
        write(store, "n-1", "jotting", title=title)
    history = store.read(lambda reader: reader.history("n-1"))
    assert [one.fields["title"] for one in history] == ["one", "two", "three"]
    assert [list(one.context.values()) for one in history] == [[], [1], [2]]
    assert history[0].at < history[1].at < history[2].at


def test_two_changes_in_one_transaction_do_not_fork(store: Store) -> None:
    store.write(
        lambda tx: tx.write_many(
            [("n-1", "jotting", {"title": "a"}), ("n-1", "jotting", {"title": "b"})]
        )
    ).result()
    record = store.read(lambda reader: reader.get("n-1"))
    assert record.text("title") == "b"
    assert not record.forks


def test_versions_that_have_not_seen_each_other_are_both_kept(store: Store) -> None:
    store.write(
        lambda tx: tx.append(
            [("n-1", "jotting", {"title": "a"}, {}), ("n-1", "jotting", {"title": "b"}, {})]
        )
    ).result()
    record = store.read(lambda reader: reader.get("n-1"))
    assert record.forks == {"title": ("a", "b")}
    assert [one.id for one in store.read(lambda reader: reader.forked())] == ["n-1"]


def test_the_chain_covers_every_revision(store: Store) -> None:
    for number in range(5):
        write(store, f"n-{number}", "jotting", title=str(number))
    assert store.read(lambda reader: revisions.broken_links(reader.connection)) == []


def test_a_rewritten_revision_breaks_the_chain(store: Store) -> None:
    for number in range(3):
        write(store, f"n-{number}", "jotting", title=f"title {number}")
    harm = (
        "DROP TRIGGER revision_never_changes",
        "UPDATE revision SET body = replace(body, 'title 1', 'title 7') WHERE number = 2",
    )
    store.write(lambda tx: [tx.connection.execute(one) for one in harm]).result()
    broken = store.read(lambda reader: revisions.broken_links(reader.connection))
    assert [dot.number for dot in broken] == [2]


def test_rebuilding_gives_what_was_there(store: Store) -> None:
    write(store, "n-1", "jotting", title="one", place="Wexcombe")
    write(store, "p-1", "paragraph", note="n-1", text="children seen", position="a")
    write(store, "p-1", "paragraph", text="children were seen")
    write(store, "p-2", "paragraph", note="n-1", text="gone", deleted=True)
    before, hits = derived(store), store.read(lambda reader: reader.search("child"))
    assert store.write(rebuild).result() == 3
    assert derived(store) == before
    assert store.read(lambda reader: reader.search("child")) == hits


def test_rebuilding_repairs_what_was_harmed(store: Store) -> None:
    write(store, "p-1", "paragraph", text="children seen")
    before = derived(store)
    harm = "UPDATE record SET fields = '{}', is_plain = 0, words = 'x', kind = 'jotting'"
    store.write(lambda tx: tx.connection.execute(harm)).result()
    assert derived(store) != before
    store.write(rebuild).result()
    assert derived(store) == before


def test_b02_an_attached_file_can_not_be_written_plain(store: Store, tmp_path: Path) -> None:
    attach = f"ATTACH DATABASE '{tmp_path / 'plain.db'}' AS plain KEY ''"
    with pytest.raises(StoreError):
        store.write(lambda tx: tx.connection.execute(attach)).result()
    assert not (tmp_path / "plain.db").exists()


def test_a_reader_can_not_write(store: Store) -> None:
    with pytest.raises(StoreError):
        store.read(lambda reader: reader.connection.execute("DELETE FROM record"))


def test_a_reader_sees_one_moment_while_others_write(store: Store) -> None:
    write(store, "n-1", "jotting", title="before")

    def ask(reader: object) -> tuple[str, str]:
        first = reader.get("n-1").text("title")
        write(store, "n-1", "jotting", title="after")
        return first, reader.get("n-1").text("title")

    assert store.read(ask) == ("before", "before")
    assert store.read(lambda reader: reader.get("n-1")).text("title") == "after"


def test_writes_from_many_threads_are_all_kept_and_numbered_once(store: Store) -> None:
    def some(name: str) -> None:
        for number in range(20):
            write(store, f"{name}-{number}", "jotting", title=name)

    threads = [threading.Thread(target=some, args=(name,)) for name in "abcd"]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    rows = "SELECT count(*), max(number), count(DISTINCT number) FROM revision"
    counted = store.read(lambda reader: reader.connection.execute(rows).fetchone())
    assert counted == (80, 80, 80)
    assert store.read(lambda reader: revisions.broken_links(reader.connection)) == []


def test_n03_two_writers_past_the_lock_never_use_a_number_twice(store: Store, path: Path) -> None:
    store._opened.lock.release()
    other = open_store(path.parent)
    for number in range(10):
        write(store, f"a-{number}", "jotting", title="a")
        write(other, f"b-{number}", "jotting", title="b")
    other.close()
    assert store.read(lambda reader: revisions.broken_links(reader.connection)) == []
    assert store.read(lambda reader: reader.counts()) == {"jotting": 20}


def test_a_closed_store_takes_no_more_and_says_so(path: Path) -> None:
    store = open_store(path.parent)
    store.close()
    store.close()
    with pytest.raises(StoreError):
        store.write(lambda _tx: None)


def test_closing_waits_for_the_questions_under_way(store: Store) -> None:
    write(store, "n-1", "jotting", title="x")
    asked, may_answer, answers = threading.Event(), threading.Event(), []

    def question(reader: object) -> str:
        asked.set()
        may_answer.wait(10)
        return reader.get("n-1").text("title")

    asking = threading.Thread(target=lambda: answers.append(store.read(question)))
    asking.start()
    asked.wait(10)
    closing = threading.Thread(target=store.close)
    closing.start()
    may_answer.set()
    asking.join()
    closing.join()
    assert answers == ["x"]
    with pytest.raises(StoreError):
        store.read(lambda reader: reader.counts())


def test_closing_folds_the_log_into_the_file(store: Store, path: Path) -> None:
    write(store, "n-1", "jotting", title="x")
    store.close()
    log = path.with_name("store.db-wal")
    assert not log.exists() or log.stat().st_size == 0


def test_drafts_are_kept_apart_and_the_newest_wins(store: Store) -> None:
    for text in ("a", "ab"):
        draft = Draft("p-1", "paragraph", {"text": text}, "2026-10-12T09:00:00+01:00")
        store.write(lambda tx, one=draft: tx.keep_draft(one)).result()
    assert [one.fields for one in store.read(lambda reader: reader.drafts())] == [{"text": "ab"}]
    assert store.read(lambda reader: reader.history("p-1")) == []


def test_the_engine_is_one_that_notes_can_be_trusted_to() -> None:
    versions = engine.engine_versions()
    assert versions["provider"] == "openssl"
    assert versions["cipher"]


@pytest.mark.parametrize(
    ("versions", "options", "word"),
    [
        ({"cipher": "", "provider": "openssl", "sqlite": "3.53.4"}, set(), "encrypt"),
        ({"cipher": "4", "provider": "nss", "sqlite": "3.53.4"}, set(), "OpenSSL"),
        ({"cipher": "4", "provider": "openssl", "sqlite": "3.51.2"}, set(), "3.51.2"),
        ({"cipher": "4", "provider": "openssl", "sqlite": "3.51.3"}, set(), "temporary"),
        (
            {"cipher": "4", "provider": "openssl", "sqlite": "3.51.3"},
            {"TEMP_STORE=2"},
            "full-text",
        ),
    ],
)
def test_n05_an_unsafe_engine_is_refused(versions: dict, options: set, word: str) -> None:
    assert any(word in reason for reason in engine._reasons(versions, options))


def test_a_safe_engine_has_no_reason_against_it() -> None:
    versions = {"cipher": "4", "provider": "openssl", "sqlite": "3.51.3"}
    assert not list(engine._reasons(versions, {"TEMP_STORE=2", "ENABLE_FTS5"}))


def test_power_is_taken_to_go_at_any_moment(store: Store) -> None:
    for pragma, wanted in (("synchronous", 2), ("temp_store", 2), ("secure_delete", 1)):
        asked = f"PRAGMA {pragma}"
        found = store.write(lambda tx, sql=asked: tx.connection.execute(sql).fetchone()[0])
        assert found.result() == wanted


def test_the_schema_is_the_committed_one(store: Store) -> None:
    committed = Path(migrate.__file__).with_name("schema.sql").read_text("utf-8")
    assert store.read(lambda reader: migrate.schema(reader.connection)) == committed


def test_an_error_of_the_engine_never_quotes_what_was_written(store: Store) -> None:
    def bad(tx: object) -> None:
        tx.connection.execute("INSERT INTO record (id) VALUES ('MARKERWORD')")

    with pytest.raises(StoreError) as refused:
        store.write(bad).result()
    assert "MARKERWORD" not in str(refused.value)
    assert refused.value.__cause__ is None
    assert refused.value.__context__ is None


def test_b03_the_driver_is_not_the_plain_one() -> None:
    assert driver.connect(":memory:").execute("PRAGMA cipher_version").fetchone()
    assert issubclass(UnsafeEngineError, StoreError)

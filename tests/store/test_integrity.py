"""Whatever is done to a whole store is reported, nothing is changed, and no alarm is false."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.crypto.pages import PAGE_SIZE
from app.store import engine
from app.store.integrity import Integrity, State, check
from app.store.migrate import schema
from app.store.places import BACKUPS, KEY_FILE, LOG, STORE
from tests.fakes.stores import copied_as_if_killed, keys_of, open_store

NAMES = (
    "file",
    "pages",
    "structure",
    "tables",
    "changes",
    "newest change",
    "signatures",
    "envelopes",
    "team",
    "records",
    "search",
    "attachments",
    "backups",
)


def fill(folder: Path, first: int, last: int) -> None:
    store = open_store(folder)
    for number in range(first, last + 1):
        words = f"children were seen, {number}"
        fields = {"note": "n-1", "text": words, "author": "i-1"}
        store.write(lambda tx, one=(f"p-{number}", fields): tx.write(one[0], "paragraph", one[1]))
    store.close()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store") / "inspection"
    fill(folder, 1, 20)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "inspection"))


def ask(folder: Path) -> Integrity:
    """What the check finds; the folder must be as it was before."""
    before = contents(folder)
    found = check(folder, keys_of(folder))
    assert contents(folder) == before
    return found


def contents(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def wrong(found: Integrity) -> set[str]:
    return {one.name for one in found.parts if one.state is State.DAMAGED}


def said(found: Integrity, name: str) -> str:
    return " ".join(next(one for one in found.parts if one.name == name).found)


def do(folder: Path, *statements: str) -> None:
    """What a hand in the database could do who has its key."""
    connection = engine.open_copy(folder / STORE, keys_of(folder).database.raw)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def test_a_whole_store_is_whole_in_every_part(folder: Path) -> None:
    store = open_store(folder)
    store.back_up()
    store.close()
    found = ask(folder)
    assert [(one.name, one.state) for one in found.parts] == [(name, State.FINE) for name in NAMES]
    assert found.is_whole


def test_a_store_left_by_a_crash_raises_no_false_alarm(folder: Path, tmp_path: Path) -> None:
    store = open_store(folder)
    store.write(lambda tx: tx.write("p-99", "paragraph", {"note": "n", "text": "x"})).result()
    left = copied_as_if_killed(store, folder, tmp_path / "left")
    store.close()
    assert (left / LOG).stat().st_size > 0
    assert ask(left).is_whole


def test_b04_one_bit_turned_over_in_any_page_is_reported_with_its_number(folder: Path) -> None:
    path = folder / STORE
    raw = path.read_bytes()
    for index in range(len(raw) // PAGE_SIZE):
        at = index * PAGE_SIZE + (index * 997) % PAGE_SIZE
        path.write_bytes(raw[:at] + bytes([raw[at] ^ 1 << index % 8]) + raw[at + 1 :])
        found = check(folder, keys_of(folder))
        assert "pages" in wrong(found), index
        told = said(found, "pages")
        assert f"Page {index + 1} of the store was altered." in told
        advice = next(one.advice for one in found.parts if one.name == "pages")
        assert "siteweek restore" in advice
        assert "siteweek salvage" in advice


@pytest.mark.parametrize("left", ["-1 byte", "-half a page", "-one page", "header alone"])
def test_b05_a_file_cut_short_is_reported(folder: Path, left: str) -> None:
    path = folder / STORE
    size = path.stat().st_size
    lost = {"-1 byte": 1, "-half a page": PAGE_SIZE // 2, "-one page": PAGE_SIZE}
    with path.open("rb+") as file:
        file.truncate(size - lost[left] if left in lost else 100)
    found = ask(folder)
    assert "pages" in wrong(found)
    assert re.search("cut short|altered|malformed|database disk image", said(found, "pages"))


def test_b06_swapped_pages_are_reported(folder: Path) -> None:
    path = folder / STORE
    raw = path.read_bytes()
    one, other = (slice(n * PAGE_SIZE, (n + 1) * PAGE_SIZE) for n in (5, 9))
    swapped = bytearray(raw)
    swapped[one], swapped[other] = raw[other], raw[one]
    path.write_bytes(swapped)
    assert "pages" in wrong(ask(folder))


def everything(folder: Path) -> list[object]:
    """All that a store answers: every record, change and draft, and what searching finds."""
    store = open_store(folder)
    try:
        return store.read(
            lambda reader: [
                list(reader.everything()),
                reader.connection.execute("SELECT * FROM revision").fetchall(),
                reader.drafts(),
                [sorted(reader.search(f"{word}")) for word in ("child", "seen", *range(1, 27))],
            ]
        )
    finally:
        store.close()


def test_b06_each_page_put_back_from_an_older_file_is_reported_or_changes_nothing(
    folder: Path, tmp_path: Path
) -> None:
    path = folder / STORE
    older = path.read_bytes()
    fill(folder, 21, 26)
    newer, answers, passed = path.read_bytes(), everything(folder), 0
    for start in range(0, len(older), PAGE_SIZE):
        page = slice(start, start + PAGE_SIZE)
        if older[page] == newer[page]:
            continue
        path.write_bytes(newer[:start] + older[page] + newer[start + PAGE_SIZE :])
        if check(folder, keys_of(folder)).is_whole:
            # A page of the search index's own, which the engine does without.
            passed += 1
            other = Path(shutil.copytree(folder, tmp_path / f"passed {passed}"))
            assert everything(other) == answers, start // PAGE_SIZE + 1
    assert passed <= 3


def test_an_index_that_no_longer_leads_to_its_words_is_reported(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    words = " ".join(f"word{number}" for number in range(20_000))
    store.write(lambda tx: tx.write("f-1", "finding", {"statement": words})).result()
    store.close()
    assert check(tmp_path, keys_of(tmp_path)).is_whole
    do(tmp_path, "DELETE FROM passage_idx")
    assert wrong(ask(tmp_path)) == {"search"}


def test_b06_last_weeks_file_is_older_than_its_key_file(folder: Path) -> None:
    older = (folder / STORE).read_bytes()
    fill(folder, 21, 26)
    (folder / STORE).write_bytes(older)
    found = ask(folder)
    assert wrong(found) == {"newest change"}
    assert "6 saved changes are missing" in said(found, "newest change")


def killed(folder: Path, target: Path, saves: int) -> Path:
    """A copy of a store with its last saves in the log, all of them noted outside."""
    store = open_store(folder)
    for number in range(saves):
        fields = {"note": "n-1", "text": f"later {number}"}
        one = (f"p-l{number}", "paragraph", fields)
        store.write(lambda tx, one=one: tx.write(*one)).result()
    copied = copied_as_if_killed(store, folder, target)
    store.close()
    return copied


def test_b08_a_store_copied_without_its_log_is_older_than_its_key_file(
    folder: Path, tmp_path: Path
) -> None:
    left = killed(folder, tmp_path / "left", 4)
    (left / LOG).unlink()
    found = ask(left)
    assert wrong(found) == {"newest change"}
    assert "4 saved changes are missing" in said(found, "newest change")


def test_b07_a_log_cut_within_its_last_frame_is_reported_with_how_many_are_gone(
    folder: Path, tmp_path: Path
) -> None:
    left = killed(folder, tmp_path / "left", 3)
    log = left / LOG
    whole = log.read_bytes()
    frame = PAGE_SIZE + 24
    # Every byte of the frame's header, and of its content each 64th and the last: the engine
    # sees no difference between two cuts within one content.
    cuts = {*range(1, 25), *range(25, frame, 64), frame}
    for kept in sorted(frame - cut for cut in cuts):
        log.write_bytes(whole[: len(whole) - frame + kept])
        assert said(check(left, keys_of(left)), "newest change").endswith(
            "1 saved changes are missing."
        ), kept


def test_b07_a_bit_turned_over_in_any_header_of_the_log_is_reported(
    folder: Path, tmp_path: Path
) -> None:
    left = killed(folder, tmp_path / "left", 3)
    log = left / LOG
    whole = log.read_bytes()
    headers = enumerate(range(32, len(whole), PAGE_SIZE + 24))
    for at in (*range(0, 32, 4), *(start + 5 * index % 24 for index, start in headers)):
        log.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert not check(left, keys_of(left)).is_whole, at


def test_another_stores_log_is_reported_and_the_store_itself_is_still_asked(
    folder: Path, tmp_path: Path
) -> None:
    killed(tmp_path / "other", tmp_path / "left", 3)
    shutil.copyfile(tmp_path / "left" / LOG, folder / LOG)
    found = ask(folder)
    assert wrong(found) == {"file"}
    assert {one.state for one in found.parts if one.name != "file"} == {State.FINE}


def test_m10_tables_that_this_version_did_not_make_are_reported(folder: Path) -> None:
    do(folder, "CREATE TABLE extra (a TEXT) STRICT")
    assert wrong(ask(folder)) == {"tables"}


def test_m10_a_missing_trigger_is_reported(folder: Path) -> None:
    do(folder, "DROP TRIGGER revision_never_changes")
    assert wrong(ask(folder)) == {"tables"}


def test_m10_the_expected_schema_is_that_of_a_new_store(tmp_path: Path) -> None:
    store = open_store(tmp_path / "new")
    made = store.read(lambda reader: schema(reader.connection))
    store.close()
    assert made == (Path(engine.__file__).with_name("schema.sql")).read_text("utf-8")


HARM = {
    "a rewritten change": (
        "DROP TRIGGER revision_never_changes",
        "UPDATE revision SET body = replace(body, 'seen, 7', 'seen, 8') WHERE number = 7",
        (
            "CREATE TRIGGER revision_never_changes BEFORE UPDATE ON revision\nBEGIN\n"
            "  SELECT RAISE(ABORT, 'a revision never changes');\nEND"
        ),
    ),
    "a head that is not the newest": ("UPDATE head SET number = 19",),
    "a rewritten record": ("UPDATE record SET fields = '{}' WHERE id = 'p-3'",),
    "a lost link": ("DELETE FROM link WHERE target = 'i-1'",),
    "a lost record": ("DELETE FROM record WHERE id = 'p-5'",),
    "a record out of nothing": (
        (
            "INSERT INTO record (id, kind, owner, position, is_deleted, changed_at, fields) "
            "VALUES ('x', 'jotting', '', '', 0, 1, '{}')"
        ),
    ),
    "a word missing from the index": (
        "INSERT INTO passage (passage, rowid, text) VALUES ('delete', 4, 'children were seen, 4')",
    ),
    "a forged signature": ("UPDATE signature SET signature = zeroblob(64)",),
}
PARTS = {
    "a rewritten change": {"changes", "records"},
    "a head that is not the newest": {"changes"},
    "a rewritten record": {"records", "search"},
    "a lost link": {"records"},
    "a lost record": {"records", "search"},
    "a record out of nothing": {"records"},
    "a word missing from the index": {"search"},
    "a forged signature": {"signatures"},
}


@pytest.mark.parametrize("harm", HARM)
def test_what_a_hand_in_the_database_does_is_reported_in_its_part(folder: Path, harm: str) -> None:
    do(folder, *HARM[harm])
    assert wrong(ask(folder)) == PARTS[harm]


def test_a_key_file_that_can_not_be_believed_is_reported(folder: Path) -> None:
    raw = bytearray((folder / KEY_FILE).read_bytes())
    raw[-1] ^= 1
    (folder / KEY_FILE).write_bytes(raw)
    assert wrong(ask(folder)) == {"newest change"}


def test_a_damaged_backup_is_reported_by_its_name(folder: Path) -> None:
    store = open_store(folder)
    stamp = store.back_up().stamp
    store.close()
    path = folder / BACKUPS / f"{stamp}.db"
    raw = bytearray(path.read_bytes())
    raw[5 * PAGE_SIZE] ^= 1
    path.write_bytes(raw)
    found = ask(folder)
    assert wrong(found) == {"backups"}
    assert stamp in said(found, "backups")


def test_a_missing_store_is_reported_and_the_rest_not_called_fine(folder: Path) -> None:
    (folder / STORE).unlink()
    found = ask(folder)
    states = {one.name: one.state for one in found.parts}
    assert states.pop("file") is State.DAMAGED
    assert states.pop("backups") is State.FINE
    assert set(states.values()) == {State.NOT_CHECKED}


def test_a_check_that_is_cancelled_calls_nothing_fine_that_it_did_not_ask(folder: Path) -> None:
    asked: list[str] = []
    found = check(
        folder,
        keys_of(folder),
        lambda name, _done, _total: asked.append(name),
        lambda: "changes" in asked,
    )
    states = [one.state for one in found.parts]
    at = NAMES.index("changes")
    assert states == [State.FINE] * at + [State.NOT_CHECKED] * (len(NAMES) - at)
    assert not found.is_whole


FAULTY = """
import sys
from pathlib import Path
from app.store.integrity import check
from tests.fakes.stores import copied_as_if_killed, keys_of
folder = Path(sys.argv[1])
keys = keys_of(folder)
found = check(folder, keys)
print("\\n".join(f"{one.name}: {one.state}" for one in found.parts))
"""


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace to make a disk fail")
@pytest.mark.parametrize("call", ["pread64", "copy_file_range,sendfile"])
def test_c12_a_disk_that_fails_at_the_nth_read_is_reported_and_nothing_is_removed(
    folder: Path, call: str
) -> None:
    before = contents(folder)
    seen: set[str] = set()
    for nth in (1, 2, 3, 5, 8, 13, 21, 34):
        trace = (
            "strace",
            "-f",
            "-qq",
            "-o",
            os.devnull,
            "-e",
            f"inject={call}:error=EIO:when={nth}",
        )
        done = subprocess.run(
            [*trace, sys.executable, "-c", FAULTY, str(folder)], capture_output=True, check=False
        )
        assert contents(folder) == before
        assert b"Traceback" not in done.stderr, done.stderr.decode()
        seen.update(done.stdout.decode().splitlines())
    assert any(line.endswith(": damaged") for line in seen)

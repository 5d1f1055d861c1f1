"""Whatever is done to a store's files: what does not lie on the damaged place comes out."""

from __future__ import annotations

import random
import stat
from typing import TYPE_CHECKING

import pytest

from app.crypto.pages import PAGE_SIZE
from app.store.places import BACKUPS, KEPT_LOG, LOG, STORE
from tests.fakes.stores import copied_as_if_killed, open_store
from tests.store.salvage.damage import (
    DRAFT,
    LONG,
    REVISIONS,
    copy_of,
    make,
    numbers,
    page_count,
    revisions_by_page,
    salvage,
    zero,
)

if TYPE_CHECKING:
    from pathlib import Path

ALL = set(range(1, REVISIONS + 1))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("whole") / "inspection")


@pytest.fixture(scope="module")
def on_page(whole: Path) -> dict[int, set[int]]:
    return revisions_by_page(whole)


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    return copy_of(whole, tmp_path / "inspection")


def test_a_whole_store_gives_up_everything_it_holds(whole: Path) -> None:
    found = salvage(whole)
    store = open_store(whole)
    held = store.read(lambda reader: list(reader.everything()))
    store.close()
    assert list(found.records) == held
    assert found.is_whole
    assert [(one.record, one.fields) for one in found.drafts] == [(DRAFT.record, DRAFT.fields)]
    assert [(one.engine, one.problems) for one in found.files] == [("", ())]


def test_with_any_one_page_gone_only_what_lay_on_it_is_missing_by_number(
    whole: Path, on_page: dict[int, set[int]], tmp_path: Path
) -> None:
    for page in range(1, page_count(whole) + 1):
        folder = copy_of(whole, tmp_path / f"page {page}")
        zero(folder / STORE, (page - 1) * PAGE_SIZE, PAGE_SIZE)
        found = salvage(folder)
        gone = on_page.get(page, set())
        assert ALL - gone == numbers(found), page
        named = {(one.place.index, one.what) for one in found.files[0].problems}
        # Without its first page nothing tells altered pages, and none is said to be.
        assert named == ({(page, "is empty")} if page > 1 else set())
        # Its derived copy still holds the words, unless that was on the same page.
        assert {one.id for one in found.records} >= {f"p-{number}" for number in ALL - {1}}


def test_with_one_bit_turned_over_in_every_page_nothing_is_lost(folder: Path) -> None:
    path, turned = folder / STORE, random.Random(4)
    raw = bytearray(path.read_bytes())
    for page in range(page_count(folder)):
        raw[page * PAGE_SIZE + turned.randrange(PAGE_SIZE)] ^= 1 << turned.randrange(8)
    path.write_bytes(raw)
    found = salvage(folder)
    assert numbers(found) == ALL
    assert len(found.files[0].problems) == page_count(folder)


def test_a_damaged_salt_costs_nothing(folder: Path) -> None:
    zero(folder / STORE, 0, 16)
    found = salvage(folder)
    assert numbers(found) == ALL
    assert not found.files[0].can_prove


def test_a_salt_with_one_bit_turned_over_is_found_again(folder: Path) -> None:
    raw = bytearray((folder / STORE).read_bytes())
    raw[3] ^= 16
    (folder / STORE).write_bytes(raw)
    found = salvage(folder)
    assert numbers(found) == ALL
    assert found.files[0].can_prove


@pytest.mark.parametrize("lost", [1, PAGE_SIZE // 2, PAGE_SIZE, 5 * PAGE_SIZE])
def test_a_file_cut_short_gives_up_what_is_left(
    folder: Path, on_page: dict[int, set[int]], lost: int
) -> None:
    path = folder / STORE
    size = path.stat().st_size
    with path.open("rb+") as file:
        file.truncate(size - lost)
    first_gone = (size - lost) // PAGE_SIZE + 1
    gone = {one for page, held in on_page.items() if page >= first_gone for one in held}
    found = salvage(folder)
    assert numbers(found) >= ALL - gone
    (file,) = found.files
    assert file.stated_pages == size // PAGE_SIZE
    assert file.pages < file.stated_pages or file.problems


def test_a_file_of_which_only_the_first_page_is_left_says_so(folder: Path) -> None:
    with (folder / STORE).open("rb+") as file:
        file.truncate(PAGE_SIZE)
    found = salvage(folder)
    assert found.revisions == 0
    assert found.records == ()


def test_one_byte_in_a_hundred_spoilt_leaves_words_or_numbers(folder: Path) -> None:
    path, spoilt = folder / STORE, random.Random(5)
    raw = bytearray(path.read_bytes())
    for _ in range(len(raw) // 100):
        raw[spoilt.randrange(len(raw))] ^= spoilt.randrange(1, 256)
    path.write_bytes(raw)
    found = salvage(folder)
    known = {one.dot.number for one in found.words} | (numbers(found) if found.chains else set())
    assert len(known) > REVISIONS // 3
    assert any("health visitor" in one.text for one in found.words)


def unclosed(folder: Path) -> Path:
    """A store as a crash leaves it: everything is in the log, the file holds almost nothing."""
    store = open_store(folder / "open")
    for number in range(1, REVISIONS + 1):
        fields = {"title": f"{number} " + "y" * LONG.get(number, number)}
        store.write(
            lambda tx, one=(f"n-{number}", fields): tx.write(one[0], "jotting", one[1])
        ).result()
    copied = copied_as_if_killed(store, folder / "open", folder / "inspection")
    store.close()
    assert (copied / LOG).stat().st_size > 0
    return copied


def test_the_log_alone_is_enough(tmp_path: Path) -> None:
    folder = unclosed(tmp_path)
    (folder / STORE).unlink()
    found = salvage(folder)
    assert numbers(found) == ALL
    assert found.files[0].engine == "it is missing"


@pytest.mark.parametrize("name", [KEPT_LOG, f"{BACKUPS}/20261123T000000Z.wal"])
def test_a_log_that_was_put_aside_is_read_too(tmp_path: Path, name: str) -> None:
    folder = unclosed(tmp_path)
    (folder / BACKUPS).mkdir(exist_ok=True)
    (folder / LOG).rename(folder / name)
    assert numbers(salvage(folder)) == ALL


def test_a_damaged_log_is_read_past_the_damage(tmp_path: Path) -> None:
    folder = unclosed(tmp_path)
    frame = PAGE_SIZE + 24
    # The log's header, and the header of every frame but its page number: what the engine
    # needs to read even the first of them.
    zero(folder / LOG, 0, 32)
    for start in range(32, (folder / LOG).stat().st_size, frame):
        zero(folder / LOG, start + 4, 20)
    found = salvage(folder)
    assert numbers(found) == ALL


def test_a_log_cut_anywhere_gives_up_the_frames_before(tmp_path: Path) -> None:
    folder = unclosed(tmp_path)
    raw = (folder / LOG).read_bytes()
    held: list[int] = []
    for part in range(1, 9):
        (folder / LOG).write_bytes(raw[: len(raw) * part // 8])
        held.append(salvage(folder).revisions)
    assert held == sorted(held)
    assert held[0] > 0
    assert held[-1] == REVISIONS


def test_what_was_never_confirmed_does_not_push_out_what_was(folder: Path, tmp_path: Path) -> None:
    """Two revisions under one number: the chain says which one counted, the other is kept apart."""
    other = copy_of(folder, tmp_path / "other")
    for place, words in ((folder, "counted"), (other, "did not")):
        store = open_store(place)
        store.write(lambda tx, said=words: tx.write("n-2", "jotting", {"title": said})).result()
        if place is folder:
            store.write(lambda tx: tx.write("n-3", "jotting", {"title": "after"})).result()
        store.close()
    (folder / BACKUPS).mkdir(exist_ok=True)
    (other / STORE).rename(folder / BACKUPS / "20261123T000000Z.db")
    found = salvage(folder)
    titles = {one.id: one.fields["title"] for one in found.records if one.id in {"n-2", "n-3"}}
    assert titles == {"n-2": "counted", "n-3": "after"}
    assert [one.fields["title"] for one in found.aside] == ["did not"]


def test_a_snapshot_fills_the_holes(folder: Path) -> None:
    store = open_store(folder)
    store.back_up()
    store.close()
    raw = (folder / STORE).read_bytes()
    (folder / STORE).write_bytes(raw[: PAGE_SIZE * 8])
    assert numbers(salvage(folder)) == ALL


def test_nothing_in_the_folder_is_changed_even_where_it_could_not_be(
    tmp_path: Path,
) -> None:
    folder = unclosed(tmp_path / "log")
    zero(folder / STORE, 0, 100)
    before = {one.name: one.read_bytes() for one in folder.iterdir() if one.is_file()}
    for one in folder.iterdir():
        one.chmod(stat.S_IRUSR)
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        assert numbers(salvage(folder)) == ALL
        assert {one.name: one.read_bytes() for one in folder.iterdir() if one.is_file()} == before
    finally:
        folder.chmod(stat.S_IRWXU)


def test_a_draft_saved_since_is_not_offered_again(tmp_path: Path) -> None:
    folder = unclosed(tmp_path)
    assert salvage(folder).drafts == ()

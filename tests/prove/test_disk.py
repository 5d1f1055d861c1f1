"""The model of the disk: what a power cut may take, and what it may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.prove.calls import Flushed, FolderMade, Made, Reading, Removed, Renamed, Said, Wrote
from tests.prove.folders import contents
from tests.prove.judge import Place
from tests.prove.scenes import SCENES
from tests.prove.states import Point, State, states
from tests.prove.trace import Part, play, prepare

OLD = {"a": b"old"}
WRITTEN = [Made("b", emptied=False), Wrote("b", 0, b"new")]


def trees(before, operations, policy: str, tosses: int = 40) -> list[dict]:
    names = ("strict", "journal")
    points = [Point(len(operations), policy, one, toss) for one in names for toss in range(tosses)]
    return [one.tree for one in states(before, operations, points, "seed")]


def test_what_was_not_flushed_may_be_gone_or_there() -> None:
    assert trees(OLD, WRITTEN, "none") == [OLD]
    assert trees(OLD, WRITTEN, "all") == [{**OLD, "b": b"new"}]
    found = trees(OLD, WRITTEN, "half")
    assert OLD in found
    assert {**OLD, "b": b""} in found
    assert {**OLD, "b": b"new"} in found


def test_a_flushed_file_needs_its_folder_flushed_to_keep_its_name() -> None:
    flushed = [*WRITTEN, Flushed("b", 2)]
    assert trees(OLD, flushed, "none") == [OLD, {**OLD, "b": b"new"}]  # strict, with a journal
    assert trees(OLD, [*flushed, Flushed("", 3)], "half") == [{**OLD, "b": b"new"}]


def test_a_renaming_is_done_wholly_or_not_at_all() -> None:
    renamed = [*WRITTEN, Flushed("b", 2), Flushed("", 3), Renamed("b", "a")]
    found = trees(OLD, renamed, "half")
    assert {"a": b"new"} in found
    assert {"a": b"old", "b": b"new"} in found
    assert len(found) == 2


def test_a_renaming_before_its_data_was_flushed_may_leave_an_empty_file() -> None:
    assert {"a": b""} in trees(OLD, [*WRITTEN, Renamed("b", "a")], "half")


def test_a_torn_write_leaves_some_of_its_sectors() -> None:
    before = {"a": b"." * 2_048}
    found = [one["a"] for one in trees(before, [Wrote("a", 0, b"x" * 2_048)], "torn")]
    assert all(
        set(one[at : at + 512]) in ({46}, {120}) for one in found for at in range(0, 2_048, 512)
    )
    assert len(set(found)) > 8


def test_what_a_failed_flush_was_for_may_be_lost_even_after_one_that_succeeds() -> None:
    operations = [Wrote("a", 0, b"NEW"), Flushed("a", 1, failed=True), Flushed("a", 2)]
    assert trees(OLD, operations, "none") == [OLD]
    again = [*operations, Wrote("a", 0, b"NEW"), Flushed("a", 4)]
    assert trees(OLD, again, "none") == [{"a": b"NEW"}]


def test_a_flush_is_for_what_was_written_before_it_began() -> None:
    operations = [Wrote("a", 0, b"1"), Wrote("a", 1, b"2"), Flushed("a", 1)]
    assert trees(OLD, operations, "none") == [{"a": b"1ld"}]


def test_a_folder_that_is_gone_takes_all_that_is_in_it() -> None:
    inside = [FolderMade("f"), Made("f/b", emptied=False), Flushed("f/b", 2), Flushed("f", 3)]
    assert trees(OLD, inside, "none") == [OLD, {**OLD, "f": None, "f/b": b""}]
    assert trees(OLD, [*inside, Flushed("", 4)], "none") == [{**OLD, "f": None, "f/b": b""}]


def test_a_removed_name_may_come_back() -> None:
    assert OLD in trees(OLD, [Removed("a")], "half")
    assert trees(OLD, [Removed("a"), Flushed("", 1)], "half") == [{}]


def test_a_saying_makes_a_state_of_its_own() -> None:
    points = [Point(0, "all"), Point(1, "all")]
    found: list[State] = list(states(OLD, [Said({"done": 1})], points, "seed"))
    assert [one.said for one in found] == [0, 1]


def test_lines_of_strace_are_read_as_they_ended() -> None:
    reading = Reading(Path("/r"), Path("/said"))

    def hexadecimal(text: str) -> str:
        return "".join(f"\\x{ord(one):02x}" for one in text)

    at = f"5<{hexadecimal('/r/a')}>"
    for line in (
        f'1 openat(AT_FDCWD<\\x2f>, "{hexadecimal("/r/a")}", O_RDWR|O_CREAT, 0600) = {at}',
        f'1 pwrite64({at}, "{hexadecimal("one")}", 3, 7) = 3',
        f"1 fsync({at} <unfinished ...>",
        f'2 pwrite64({at}, "{hexadecimal("two")}", 3, 10) = 3',
        "1 <... fsync resumed>)               = -1 EIO (Input/output error) (INJECTED)",
        f'2 pwrite64({at}, "{hexadecimal("no")}", 2, 0) = -1 ENOSPC (No space left on device)',
        "2 +++ killed by SIGKILL +++",
    ):
        reading.line(line.encode() + b"\n")
    assert reading.operations == [
        Made("a", emptied=False),
        Wrote("a", 7, b"one"),
        Wrote("a", 10, b"two"),
        Flushed("a", 2, failed=True),
    ]


@pytest.mark.usefixtures("stage")
@pytest.mark.parametrize("scene", SCENES)
def test_the_model_ends_with_the_same_bytes_as_the_disk(scene: str) -> None:
    with Place() as place:
        prepare(Part(scene, "model"), place.root)
        before = contents(place.root)
        played = play(Part(scene, "model"), place.root, traced=True)
        points = [Point(len(played.operations), "all")]
        (last,) = states(before, played.operations, points, "model")
        shared = {path for path in contents(place.root) if path.endswith("-shm")}
        assert last.tree == {
            path: content for path, content in contents(place.root).items() if path not in shared
        }

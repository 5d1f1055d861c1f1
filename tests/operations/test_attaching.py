"""What is chosen to be attached: plain files within bounds, the same from first byte to last."""

from __future__ import annotations

import os
import resource
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from app.clock import SystemClock
from app.errors import AlreadyOpenError, InvalidInputError, StoreError
from app.operations.attaching import attach_file
from app.operations.attachments import list_attachments
from app.operations.chosen_file import is_elsewhere
from app.operations.inspection import Inspection
from app.operations.notes import add_note
from app.store.onlooker import Onlooker
from tests.fakes.stores import keys_of, open_store
from tests.interchange.photos import exif, picture, with_segments
from tests.marking import holds_marker
from tests.operations.asking import note_with, revisions
from tests.operations.attached import attached, content, pieces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MIB = 1 << 20
LIMIT = 64 * MIB
MARKER = "MARKERWORD"


@pytest.fixture
def note(inspection: Inspection) -> str:
    return note_with(inspection)[0]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "large.bin"
    path.write_bytes(bytes(9 * MIB))
    return path


def refusal(inspection: Inspection, path: Path, to: str, **how: object) -> str:
    """The sentence with which a file is refused, with nothing left of it."""
    before = pieces(inspection), revisions(inspection)
    with pytest.raises(InvalidInputError) as problem:
        attach_file(inspection, path, to, **how)
    assert (pieces(inspection), revisions(inspection)) == before
    assert problem.value.sentence.endswith("Nothing was attached.")
    return problem.value.sentence


@pytest.mark.skipif(os.name == "nt", reason="Windows has none of these")
def test_h14_only_plain_files_are_taken(inspection: Inspection, note: str, tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.write_bytes(b"words")
    link, loop, pipe, door = (tmp_path / name for name in ("link", "loop", "pipe", "door"))
    link.symlink_to(plain)
    loop.symlink_to(loop)
    os.mkfifo(pipe)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.path.relpath(door))  # a socket's whole path may be too long
        for path, what in (
            (tmp_path, "is a folder"),
            (link, "is a link"),
            (loop, "is a link"),
            (pipe, "is a pipe"),
            (door, "is a socket"),
            (Path("/dev/zero"), "is a device"),
            (tmp_path / "gone", "could not be read (No such file or directory)"),
        ):
            assert what in refusal(inspection, path, note)
    through = tmp_path / "through"
    through.symlink_to(tmp_path)  # a link among the folders on the way
    assert attached(inspection, through / "plain", note)


def test_h10_an_empty_file_and_one_that_is_too_large_are_refused(
    inspection: Inspection, note: str, tmp_path: Path
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"")
    assert "is empty" in refusal(inspection, path, note)
    os.truncate(path, LIMIT + 1)
    assert "at most 64 MiB" in refusal(inspection, path, note)
    os.truncate(path, LIMIT)
    assert attached(inspection, path, note)


def grow(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"!")


def shrink(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 1)


def rewrite(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(5 * MIB)
        file.write(b"!")


@pytest.mark.parametrize("change", [grow, shrink, rewrite])
@pytest.mark.parametrize("moment", [1, 4, 9, 10, 14, 18])
@pytest.mark.parametrize("is_photo", [False, True])
def test_h10_a_file_that_changes_while_it_is_read_is_refused(
    inspection: Inspection,
    note: str,
    file: Path,
    change: Callable[[Path], None],
    moment: int,
    *,
    is_photo: bool,
) -> None:
    if is_photo:
        # All that follows the picture is left out, but the file is not the one that was chosen.
        file.write_bytes(with_segments(picture(), exif()) + bytes(9 * MIB))
    told = 0

    def progress(_done: int, _total: int) -> None:
        nonlocal told
        told += 1
        if told == moment:
            change(file)

    said = refusal(inspection, file, note, progress=progress)
    assert "was changed while it was being read" in said


def test_h10_a_change_that_hides_its_time_is_noticed_by_its_bytes(
    inspection: Inspection, note: str, file: Path
) -> None:
    before = file.stat()
    told = 0

    def progress(_done: int, _total: int) -> None:
        nonlocal told
        told += 1
        if told == 9:  # between the two readings
            rewrite(file)
            os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert "was changed" in refusal(inspection, file, note, progress=progress)


def test_h10_typing_goes_on_while_a_file_is_read(
    inspection: Inspection, note: str, file: Path
) -> None:
    typed: list[str] = []
    attached(
        inspection,
        file,
        note,
        progress=lambda _done, _total: typed.append(inspection.do(add_note, "jotting").made),
    )
    assert len(typed) > 15


@pytest.mark.parametrize(
    "attributes",
    [
        {"st_file_attributes": 0x1000},
        {"st_file_attributes": 0x40000 | 0x20},
        {"st_file_attributes": 0x400000 | 0x400},
        {"st_flags": 0x40000000},
    ],
)
def test_h10_what_lies_online_only_is_known_before_it_is_waited_for(
    attributes: dict[str, int],
) -> None:
    assert is_elsewhere(SimpleNamespace(**attributes))
    assert not is_elsewhere(SimpleNamespace(st_file_attributes=0x20, st_flags=0))


def test_how_far_it_is_is_told_and_rises_to_the_end(
    inspection: Inspection, note: str, file: Path
) -> None:
    told: list[tuple[int, int]] = []
    attached(inspection, file, note, progress=lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[-1] == (9 * MIB, 9 * MIB)
    assert told.count(told[-1]) == 2  # the last part, and the end


@pytest.mark.parametrize("after", [0, 4, 8, 9, 13, 17])
def test_thinking_better_of_it_leaves_nothing(
    inspection: Inspection, note: str, file: Path, after: int
) -> None:
    before = pieces(inspection), revisions(inspection)
    asked = iter([False] * after + [True] * 99)
    assert attach_file(inspection, file, note, is_cancelled=lambda: next(asked)) is None
    assert (pieces(inspection), revisions(inspection)) == before


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let no file grow beyond ``size``, as a full disk would."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
@pytest.mark.parametrize("moment", [1, 9, 11, 14, 17])
def test_c10_a_disk_that_runs_full_is_said_and_nothing_is_left_of_it(
    inspection: Inspection, note: str, file: Path, tmp_path: Path, moment: int
) -> None:
    before = pieces(inspection), revisions(inspection)
    told = 0

    def fill(_done: int, _total: int) -> None:
        nonlocal told
        told += 1
        if told == moment:
            # Room for what the store writes, for the pieces no more.
            resource.setrlimit(resource.RLIMIT_FSIZE, (MIB // 2, resource.RLIM_INFINITY))

    with room_for(resource.RLIM_INFINITY), pytest.raises(StoreError) as problem:
        attach_file(inspection, file, note, progress=fill)
    assert "Nothing of it was kept" in problem.value.sentence
    assert (pieces(inspection), revisions(inspection)) == before
    # Once there is room again it works as if nothing had been.
    assert content(inspection, attached(inspection, file, note), tmp_path) == file.read_bytes()


KILLED = """
import os, signal, sys
from pathlib import Path
from app.clock import SystemClock
from app.operations.attaching import attach_file
from app.operations.inspection import Inspection
from tests.fakes.stores import open_store

inspection = Inspection("0" * 32, open_store(Path(sys.argv[1])), SystemClock())
told = 0
def progress(done, total):
    global told
    told += 1
    if told == int(sys.argv[4]):
        os.kill(os.getpid(), signal.SIGKILL)
attach_file(inspection, Path(sys.argv[2]), sys.argv[3], progress=progress)
os.kill(os.getpid(), signal.SIGKILL)
"""
LAST = 19  # after the last piece was written, before the record is


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
@pytest.mark.parametrize("moment", [1, 9, 10, 14, 15, 18, LAST, LAST + 1])
def test_c07_killed_while_attaching_it_is_there_whole_or_not_at_all(
    tmp_path: Path, moment: int
) -> None:
    folder, path = tmp_path / "inspection", tmp_path / "large.txt"
    path.write_bytes(MARKER.encode() * (9 * MIB // len(MARKER)))
    first = Inspection("0" * 32, open_store(folder), SystemClock())
    note = note_with(first)[0]
    first.close()
    done = subprocess.run(
        [sys.executable, "-c", KILLED, folder, path, note, str(moment)], check=False
    )
    assert done.returncode == -signal.SIGKILL
    for one in folder.rglob("*"):
        assert one.is_dir() or not holds_marker(one, MARKER)
    again = Inspection("0" * 32, open_store(folder), SystemClock())
    try:
        held = [row.id for row in list_attachments(again)]
        assert len(held) == (moment > LAST)
        for one in held:
            assert content(again, one, tmp_path) == path.read_bytes()
        assert not any("." in name for name in pieces(again))
        made = attached(again, path, note)
        assert content(again, made, tmp_path) == path.read_bytes()
    finally:
        again.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_c07_a_piece_half_written_at_the_end_is_gone_at_the_next_opening(tmp_path: Path) -> None:
    folder = tmp_path / "inspection"
    open_store(folder).close()
    half = folder / "blobs" / ("ab" * 32 + ".new")
    half.parent.mkdir()
    half.write_bytes(b"half")
    open_store(folder).close()
    assert not half.exists()


def test_a_second_window_reads_attachments_and_adds_none(
    inspection: Inspection, note: str, file: Path, tmp_path: Path
) -> None:
    made = attached(inspection, file, note)
    folder = inspection.blobs.folder.parent
    beside = Inspection(inspection.id, Onlooker(folder, keys_of(folder)), SystemClock())
    assert content(beside, made, tmp_path) == file.read_bytes()
    before = pieces(inspection)
    file.write_bytes(b"other")
    with pytest.raises(AlreadyOpenError):
        attach_file(beside, file, note)
    assert pieces(inspection) == before
    beside.close()

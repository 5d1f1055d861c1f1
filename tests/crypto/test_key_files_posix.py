"""Key files among links, pipes, full disks and killed processes, where the system is POSIX."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.crypto.files import discard_unfinished, read_key_file, write_key_file
from app.errors import DamagedFileError, StoreError
from tests.crypto.samples import names_in

if TYPE_CHECKING:
    from collections.abc import Iterator

resource = pytest.importorskip("resource", reason="only POSIX has it")

OLD, NEW = b"old" * 50, b"new" * 60
MOST = 4096
KILLED_WRITER = """
import os, signal, sys
from pathlib import Path
from app.crypto.files import write_key_file

left = int(sys.argv[1])

def count(event, _):
    global left
    if event in ("open", "os.remove", "os.rename"):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(count)
write_key_file(Path(sys.argv[2]), b"new" * 60)
os._exit(0)
"""


@pytest.fixture
def keyring(tmp_path: Path) -> Path:
    path = tmp_path / "profile" / "keyring"
    path.parent.mkdir()
    path.write_bytes(OLD)
    return path


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


def test_a_written_file_is_readable_by_its_owner_alone(keyring):
    keyring.chmod(0o644)
    write_key_file(keyring, NEW)
    assert stat.S_IMODE(keyring.stat().st_mode) == 0o600


def test_a12_a_folder_a_link_and_a_pipe_are_refused_and_nothing_is_followed(keyring, tmp_path):
    """A pipe without a writer would hang a careless reader for ever."""
    folder, link, pipe = tmp_path / "folder", tmp_path / "link", tmp_path / "pipe"
    dangling = tmp_path / "dangling"
    folder.mkdir()
    link.symlink_to(keyring)
    dangling.symlink_to(tmp_path / "nowhere")
    os.mkfifo(pipe)
    for path in (folder, link, dangling, pipe):
        with pytest.raises(DamagedFileError, match="is not a plain file"):
            read_key_file(path, MOST)


@pytest.mark.parametrize("room", [0, 1, len(NEW) - 1])
def test_a_full_disk_keeps_the_old_file_and_says_so(keyring, room):
    with room_for(room), pytest.raises(StoreError, match="kept unchanged"):
        write_key_file(keyring, NEW)
    assert keyring.read_bytes() == OLD
    assert names_in(keyring.parent) == ["keyring"]


def test_a12_a_link_is_replaced_and_what_it_points_to_is_not_written(keyring, tmp_path):
    link = tmp_path / "keyring"
    link.symlink_to(keyring)
    write_key_file(link, NEW)
    assert keyring.read_bytes() == OLD
    assert read_key_file(link, MOST) == NEW


def test_what_an_interrupted_write_left_is_neither_followed_nor_kept(keyring, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(b"untouched")
    unfinished = keyring.with_name("keyring.new")
    unfinished.symlink_to(elsewhere)
    write_key_file(keyring, NEW)
    assert elsewhere.read_bytes() == b"untouched"
    assert names_in(keyring.parent) == ["keyring"]
    unfinished.write_bytes(b"half")
    discard_unfinished(keyring)
    discard_unfinished(keyring)
    assert names_in(keyring.parent) == ["keyring"]
    assert read_key_file(keyring, MOST) == NEW


def test_a08_a_process_killed_at_any_file_step_leaves_the_old_or_the_new_file_whole(keyring):
    """The steps Python reports, which are removing, opening and renaming."""
    seen, step, code = set(), 0, -1
    while code != 0:
        step += 1
        keyring.write_bytes(OLD)
        command = [sys.executable, "-c", KILLED_WRITER, str(step), str(keyring)]
        code = subprocess.run(command, check=False, cwd=Path(__file__).parents[2]).returncode
        assert code in {0, -signal.SIGKILL}
        found = read_key_file(keyring, MOST)
        assert found in {OLD, NEW}
        seen.add(found)
        write_key_file(keyring, OLD)
        assert names_in(keyring.parent) == ["keyring"]
    assert seen == {OLD, NEW}
    assert step > 3

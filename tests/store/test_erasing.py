"""Keys are found by name and by what they are, overwritten, and nothing is followed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from app.crypto.store_key import MAGIC, MOST_BYTES, VERSION
from app.store import erasing

if TYPE_CHECKING:
    from pathlib import Path

only_posix = pytest.mark.skipif(os.name == "nt", reason="Windows has other links")
INSPECTION = bytes(range(16))
KEY = MAGIC + bytes([VERSION]) + INSPECTION + b"sealed" * 20


def silent(_what: str) -> None:
    pass


@pytest.mark.parametrize(
    "name",
    [
        "store.key",
        "store.key.new",
        "store.key.next",
        "store.key.next.new",
        "backups/20261012T090000Z.key",
        "backups/20261012T090000Z.key.new",
        "renamed",
    ],
)
def test_every_key_file_is_found_wherever_it_lies(tmp_path: Path, name: str) -> None:
    key = tmp_path / name
    key.parent.mkdir(exist_ok=True)
    key.write_bytes(KEY)
    (tmp_path / "store.db").write_bytes(b"x" * 5_000)
    (tmp_path / "long").write_bytes(MAGIC + bytes(MOST_BYTES))
    assert erasing.key_files(tmp_path) == [key]
    assert erasing.is_key_of(key, key.lstat(), INSPECTION)
    assert not erasing.is_key_of(key, key.lstat(), bytes(16))


def test_a_key_is_overwritten_emptied_and_removed_in_this_order(tmp_path: Path) -> None:
    key = tmp_path / "store.key"
    key.write_bytes(KEY)
    seen: list[tuple[str, int]] = []
    held: list[bytes] = []

    def watch(what: str) -> None:
        seen.append((what.split(maxsplit=1)[0], key.stat().st_size if key.exists() else -1))
        held.append(key.read_bytes() if key.exists() else b"")

    assert erasing.erase_key(key, watch)
    assert seen == [
        ("overwrite", len(KEY)),
        ("flush", len(KEY)),
        ("empty", len(KEY)),
        ("remove", 0),
        ("flush", -1),
    ]
    assert held[0] == KEY
    assert held[1] == held[2] != KEY
    assert not any(held[2][at : at + 6] == b"sealed" for at in range(len(KEY)))


def test_what_can_not_be_overwritten_is_still_removed_and_said(tmp_path: Path) -> None:
    key = tmp_path / "store.key"
    key.write_bytes(KEY)

    def refuse(what: str) -> None:
        if what.startswith("overwrite"):
            raise OSError(28, "No space left on device")

    assert not erasing.erase_key(key, refuse)
    assert not key.exists()


def test_what_is_gone_already_is_no_error(tmp_path: Path) -> None:
    assert erasing.erase_key(tmp_path / "store.key", silent)
    erasing.open_up(tmp_path / "gone")
    erasing.remove_tree(tmp_path / "gone", silent)
    assert list(erasing.every_file(tmp_path / "gone")) == []


@only_posix
def test_a_link_named_like_a_key_is_no_key_and_its_target_stays(tmp_path: Path) -> None:
    target, folder = tmp_path / "mine", tmp_path / "inside"
    target.write_bytes(KEY)
    folder.mkdir()
    (folder / "store.key").symlink_to(target)
    (folder / "door").symlink_to(tmp_path)
    os.link(target, folder / "second.db")
    (tmp_path / "plain").write_bytes(b"words")
    os.link(tmp_path / "plain", folder / "third.key")
    assert erasing.key_files(folder) == [folder / "second.db", folder / "third.key"]
    assert not erasing.erase_key(folder / "third.key", silent)
    assert (tmp_path / "plain").read_bytes() == b"words"
    erasing.remove_tree(folder, silent)
    assert not folder.exists()
    assert target.read_bytes() == KEY


@only_posix
@pytest.mark.skipif(os.name != "nt" and os.geteuid() == 0, reason="root may read anywhere")
def test_a_folder_that_can_not_be_read_is_told_or_refused(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(0)
    told: list[Path] = []
    try:
        assert list(erasing.every_file(tmp_path, told.append)) == []
        with pytest.raises(PermissionError):
            list(erasing.every_file(tmp_path))
    finally:
        closed.chmod(0o700)
    assert told == [closed]

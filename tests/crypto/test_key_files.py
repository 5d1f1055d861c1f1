"""Key files are read warily and replaced whole; what every system has in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.crypto.files import discard_unfinished, read_key_file, write_key_file
from app.errors import DamagedFileError, StoreError
from tests.crypto.samples import names_in

if TYPE_CHECKING:
    from pathlib import Path

OLD, NEW = b"old" * 50, b"new" * 60
MOST = 4096


@pytest.fixture
def keyring(tmp_path: Path) -> Path:
    path = tmp_path / "profile" / "keyring"
    path.parent.mkdir()
    path.write_bytes(OLD)
    return path


def test_what_was_written_is_read_back_and_nothing_else_is_left(keyring):
    write_key_file(keyring, NEW)
    assert read_key_file(keyring, MOST) == NEW
    assert names_in(keyring.parent) == ["keyring"]


def test_a_first_file_needs_no_file_before_it(tmp_path):
    write_key_file(tmp_path / "store.key", NEW)
    assert read_key_file(tmp_path / "store.key", MOST) == NEW


def test_a12_a_missing_file_is_refused_with_advice(tmp_path):
    with pytest.raises(DamagedFileError, match=r"is missing.*Put back a copy"):
        read_key_file(tmp_path / "keyring", MOST)


def test_a12_an_empty_file_reads_as_nothing_and_a_huge_one_is_not_read(keyring):
    keyring.write_bytes(b"")
    assert read_key_file(keyring, MOST) == b""
    keyring.write_bytes(bytes(MOST))
    assert len(read_key_file(keyring, MOST)) == MOST
    with keyring.open("r+b") as file:
        file.truncate(2**40)
    with pytest.raises(DamagedFileError, match="far larger"):
        read_key_file(keyring, MOST)


def test_a12_a_read_only_file_is_read(keyring):
    keyring.chmod(0o400)
    assert read_key_file(keyring, MOST) == OLD


def test_errors_name_the_file_and_not_its_folder(keyring):
    with pytest.raises(DamagedFileError) as refusal:
        read_key_file(keyring.parent, MOST)
    assert str(keyring.parent.parent) not in refusal.value.sentence
    with pytest.raises(StoreError) as failure:
        write_key_file(keyring.parent / "gone" / "keyring", NEW)
    assert str(keyring.parent) not in failure.value.sentence


def test_a_folder_in_the_place_of_the_file_is_kept(tmp_path):
    (tmp_path / "keyring").mkdir()
    with pytest.raises(StoreError, match="could not be saved"):
        write_key_file(tmp_path / "keyring", NEW)
    assert names_in(tmp_path) == ["keyring"]


def test_an_unfinished_copy_that_cannot_be_removed_is_said_in_words(keyring):
    keyring.with_name("keyring.new").mkdir()
    with pytest.raises(StoreError, match="itself is unchanged"):
        discard_unfinished(keyring)
    with pytest.raises(StoreError, match="kept unchanged"):
        write_key_file(keyring, NEW)
    assert keyring.read_bytes() == OLD

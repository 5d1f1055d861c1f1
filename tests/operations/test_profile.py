from __future__ import annotations

import os
import stat
import traceback
from typing import TYPE_CHECKING

import pytest

from app.clock import SystemClock
from app.crypto import store_key
from app.crypto.inspection_keys import InspectionKeys
from app.crypto.keys import StoreKey
from app.errors import (
    DamagedFileError,
    InvalidInputError,
    NewerVersionError,
    NotFoundError,
    ProfileExistsError,
    SiteweekError,
    StoreError,
    WrongPassphraseError,
)
from app.operations import records
from app.operations.unlocking import SHORTEST_PASSPHRASE, has_profile
from app.store.store import Store
from tests.operations import quick
from tests.operations.quick import PASSPHRASE, contents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from app.operations.profile import Profile

only_posix = pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in another way")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def profile(folder: Path) -> Iterator[Profile]:
    made = quick.create(folder)
    yield made
    made.close()


@pytest.fixture
def made(profile: Profile) -> str:
    """The id of an inspection in the profile, closed."""
    return profile.create_inspection({"area": "Wexcombe", "theme": "neglect"})


def place(profile: Profile, made: str, name: str) -> Path:
    return profile.folder / "inspections" / made / name


def refusal(folder: Path, error: type[SiteweekError], call: Callable[[], object]) -> SiteweekError:
    """The one sentence with which something is refused, every file being as it was."""
    before = contents(folder)
    with pytest.raises(error) as refused:
        call()
    assert contents(folder) == before
    assert type(refused.value) is error
    assert refused.value.sentence.endswith((".", "init"))
    assert "\n" not in refused.value.sentence
    return refused.value


def make_newer(profile: Profile, made: str) -> None:
    """Leave the note that a step of a newer version has run."""
    newer = "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES (?, ?, ?)"
    inspection = profile.open_inspection(made)
    inspection._store.write(
        lambda tx: tx.connection.execute(newer, ("siteweek", "9999_later", ""))
    ).result()
    inspection.close()


def test_what_was_created_opens_again_with_its_passphrase(folder: Path) -> None:
    assert not has_profile(folder)
    first = quick.create(folder)
    made = first.create_inspection({"area": "Wexcombe"})
    first.close()
    assert has_profile(folder)
    again = quick.unlock(folder)
    assert [(row.id, row.area, row.problem) for row in again.inspections()] == [
        (made, "Wexcombe", "")
    ]


def test_a_profile_is_never_made_over_another(folder: Path, profile: Profile) -> None:
    assert "already" in refusal(folder, ProfileExistsError, lambda: quick.create(folder)).sentence
    assert profile.inspections() == []


@pytest.mark.parametrize("passphrase", ["", "a" * (SHORTEST_PASSPHRASE - 1)])
def test_a_passphrase_that_is_soon_guessed_makes_nothing(folder: Path, passphrase: str) -> None:
    with pytest.raises(InvalidInputError):
        quick.create(folder, passphrase)
    assert not folder.exists()


@pytest.mark.parametrize("passphrase", ["é" * 1_000, "\ud800" * 20])
def test_what_can_be_no_passphrase_makes_nothing(folder: Path, passphrase: str) -> None:
    with pytest.raises(InvalidInputError):
        quick.create(folder, passphrase)
    assert not folder.exists()


@pytest.mark.parametrize(
    "passphrase", [PASSPHRASE.upper(), PASSPHRASE + " ", PASSPHRASE[:-1], "x" * 1_000]
)
def test_a01_a_wrong_passphrase_opens_and_touches_nothing(
    folder: Path, profile: Profile, passphrase: str
) -> None:
    assert profile
    refusal(folder, WrongPassphraseError, lambda: quick.unlock(folder, passphrase))


def test_a06_a_passphrase_composed_otherwise_is_the_same(folder: Path) -> None:
    quick.create(folder, "caf\u00e9 anvil parade mustard").close()
    assert quick.unlock(folder, "cafe\u0301 anvil parade mustard").inspections() == []


@pytest.mark.parametrize(
    "what", ["missing", "empty", "cut", "flipped", "a folder", "huge", "a link"]
)
def test_a12_a_keyring_that_is_not_whole_is_refused(
    folder: Path, profile: Profile, what: str
) -> None:
    assert profile
    keyring = folder / "keyring"
    whole = keyring.read_bytes()
    keyring.unlink()
    if what == "a folder":
        keyring.mkdir()
    elif what == "a link":
        (folder.parent / "elsewhere").write_bytes(whole)
        keyring.symlink_to(folder.parent / "elsewhere")
    elif what != "missing":
        harmed = {
            "empty": b"",
            "cut": whole[:-1],
            "flipped": whole[:-1] + bytes([whole[-1] ^ 1]),
            "huge": whole + bytes(5_000),
        }
        keyring.write_bytes(harmed[what])
    refusal(folder, DamagedFileError, lambda: quick.unlock(folder))


def test_a_folder_without_a_profile_says_how_to_make_one(folder: Path) -> None:
    folder.mkdir()
    refused = refusal(folder, DamagedFileError, lambda: quick.unlock(folder))
    assert "siteweek init" in refused.sentence


def test_m01_a_keyring_of_a_newer_version_is_refused(folder: Path, profile: Profile) -> None:
    assert profile
    keyring = folder / "keyring"
    newer = bytearray(keyring.read_bytes())
    newer[8] += 1  # the byte after the eight of the magic
    keyring.write_bytes(newer)
    refusal(folder, NewerVersionError, lambda: quick.unlock(folder))


@pytest.mark.parametrize("what", ["missing", "empty", "cut", "flipped", "of another"])
def test_a_store_key_that_is_not_whole_is_refused(profile: Profile, made: str, what: str) -> None:
    key = place(profile, made, "store.key")
    whole = key.read_bytes()
    key.unlink()
    if what == "of another":
        other = profile.create_inspection({})
        key.write_bytes(place(profile, other, "store.key").read_bytes())
    elif what != "missing":
        harmed = {
            "empty": b"",
            "cut": whole[:60],
            "flipped": whole[:50] + bytes([whole[50] ^ 1]) + whole[51:],
        }
        key.write_bytes(harmed[what])
    refusal(profile.folder, DamagedFileError, lambda: profile.open_inspection(made))


def test_m01_a_store_key_of_a_newer_version_is_refused(profile: Profile, made: str) -> None:
    key = place(profile, made, "store.key")
    whole = key.read_bytes()
    key.write_bytes(whole[:8] + bytes([whole[8] + 1]) + whole[9:])
    refusal(profile.folder, NewerVersionError, lambda: profile.open_inspection(made))


@pytest.mark.parametrize("what", ["missing", "cut", "noise", "plain", "a folder"])
def test_a_store_that_is_not_whole_is_refused(profile: Profile, made: str, what: str) -> None:
    store = place(profile, made, "store.db")
    whole = store.read_bytes()
    store.unlink()
    if what == "a folder":
        store.mkdir()
    elif what != "missing":
        harmed = {
            "cut": whole[:1_000],
            "noise": os.urandom(len(whole)),
            "plain": b"SQLite format 3\0" + whole[16:],
        }
        store.write_bytes(harmed[what])
    refusal(profile.folder, DamagedFileError, lambda: profile.open_inspection(made))


def test_m01_a_store_of_a_newer_version_is_refused(profile: Profile, made: str) -> None:
    make_newer(profile, made)
    refusal(profile.folder, NewerVersionError, lambda: profile.open_inspection(made))


@pytest.mark.parametrize("name", ["store.key", "store.db"])
@pytest.mark.parametrize("what", ["missing", "cut"])
def test_one_broken_inspection_says_so_and_hides_no_other(
    profile: Profile, made: str, name: str, what: str
) -> None:
    others = [profile.create_inspection({"area": area}) for area in ("Eastham", "Northby")]
    broken = place(profile, made, name)
    whole = broken.read_bytes()
    broken.unlink()
    if what == "cut":
        broken.write_bytes(whole[:100])
    before = contents(profile.folder)
    rows = {row.id: row for row in profile.inspections()}
    assert contents(profile.folder) == before
    assert rows[made].problem.endswith(".")
    assert [(rows[one].area, rows[one].problem) for one in others] == [
        ("Eastham", ""),
        ("Northby", ""),
    ]


def test_inspections_are_listed_newest_first_and_nothing_else_is(profile: Profile) -> None:
    ids = [profile.create_inspection({"area": area}) for area in "abc"]
    for stray in ("notes", "0" * 31, ids[0] + ".unfinished", ".DS_Store"):
        (profile.folder / "inspections" / stray).mkdir()
    (profile.folder / "inspections" / ("f" * 32)).write_text("not a folder")
    assert [row.id for row in profile.inspections()] == ids[::-1]
    assert [row.plain()["area"] for row in profile.inspections()] == ["c", "b", "a"]


@pytest.mark.parametrize("wanted", ["", "0" * 32, "../keyring", "..", "*", "\ud800", "a\0b"])
def test_an_id_that_is_not_there_opens_nothing(profile: Profile, made: str, wanted: str) -> None:
    assert made
    with pytest.raises(NotFoundError):
        profile.open_inspection(wanted)


def test_particulars_that_do_not_fit_make_no_inspection(profile: Profile) -> None:
    refusal(
        profile.folder, InvalidInputError, lambda: profile.create_inspection({"keep_until": "soon"})
    )


def test_a_closed_profile_is_locked(profile: Profile, made: str) -> None:
    profile.close()
    for call in (lambda: profile.open_inspection(made), lambda: profile.create_inspection({})):
        assert "locked" in refusal(profile.folder, StoreError, call).sentence


def test_an_inspection_that_is_open_outlives_the_lock(profile: Profile, made: str) -> None:
    inspection = profile.open_inspection(made)
    profile.close()
    inspection.do(records.add, "agency", {"name": "Police"})
    inspection.close()
    inspection.close()
    with pytest.raises(StoreError):
        inspection.do(records.add, "agency", {"name": "Health"})


@only_posix
def test_files_are_their_owners_alone_whatever_the_umask(folder: Path) -> None:
    before = os.umask(0)
    try:
        profile = quick.create(folder)
        made = profile.create_inspection({"area": "Wexcombe"})
        inspection = profile.open_inspection(made)
        inspection.do(records.add, "agency", {"name": "Police"})
        modes = {one.name: stat.S_IMODE(one.stat().st_mode) for one in (folder, *folder.rglob("*"))}
        inspection.close()
    finally:
        os.umask(before)
    assert "store.db-wal" in modes
    folders = {"profile", "inspections", made}
    assert {name: oct(mode) for name, mode in modes.items()} == {
        name: oct(0o700 if name in folders else 0o600) for name in modes
    }


@only_posix
@pytest.mark.skipif(os.name != "nt" and os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_can_not_be_written_is_said_plainly(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError) as refused:
        quick.create(tmp_path / "profile")
    assert "Permission denied" in refused.value.sentence


def test_a_file_in_the_way_of_the_folder_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(StoreError) as refused:
        quick.create(tmp_path / "file" / "profile")
    assert "could not be written" in refused.value.sentence
    assert (tmp_path / "file").read_text() == "mine"


def test_no_error_tells_the_passphrase_a_key_or_a_word_of_a_note(
    profile: Profile, made: str
) -> None:
    marker = "MARKERWORD"
    folder = profile.folder
    master = profile.master
    sealed = place(profile, made, "store.key").read_bytes()
    store = store_key.unlock(sealed, bytes.fromhex(made), master).key
    database = store_key.database_key(store, bytes.fromhex(made))
    inspection = profile.open_inspection(made)
    note = inspection.do(records.add, "jotting", {"title": marker}).made

    def execute(statement: str) -> object:
        return inspection._store.write(
            lambda tx: tx.connection.execute(statement, (marker,))
        ).result()

    calls: list[Callable[[], object]] = [
        lambda: quick.create(folder, marker + PASSPHRASE),
        lambda: quick.unlock(folder, marker + PASSPHRASE),
        lambda: quick.create(folder / "other", marker),
        lambda: profile.create_inspection({"keep_until": marker}),
        lambda: profile.create_inspection({"area": f"{marker}\0"}),
        lambda: inspection.do(records.add, "jotting", {"title": f"{marker}\n"}),
        lambda: inspection.do(records.change, note, {"status": marker}),
        lambda: inspection.do(records.change, note, {"x": {marker: float("inf")}}),
        lambda: execute("INSERT INTO record (id) VALUES (?)"),
        lambda: execute("SELECT * FROM gone WHERE x = ?"),
        lambda: Store(
            place(profile, made, ""),
            InspectionKeys(bytes.fromhex(made), StoreKey(master.raw)),
            SystemClock(),
        ),
    ]
    said = [_all_it_says(call) for call in calls]
    inspection.close()
    place(profile, made, "store.key").write_bytes(sealed[:40] + b"?" + sealed[41:])
    said.append(_all_it_says(lambda: profile.open_inspection(made)))
    secrets = [marker, PASSPHRASE]
    for key in (master, store, database):
        secrets += [key.raw.hex(), repr(key.raw), key.raw.hex().upper()]
    for text in said:
        assert not [one for one in secrets if one in text]


def _all_it_says(call: Callable[[], object]) -> str:
    """An expected error with its causes, as a log or a careless report would hold it."""
    with pytest.raises(SiteweekError) as refused:
        call()
    error: BaseException | None = refused.value
    said = "".join(traceback.format_exception_only(refused.value))
    while error is not None:
        said += repr(error) + repr(vars(error)) + repr(error.args)
        error = error.__cause__ or error.__context__
    return said

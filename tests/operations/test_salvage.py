"""A damaged profile: what is needed to get its notes out, and what comes out."""

from __future__ import annotations

import json
import shutil
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest

from app.crypto import keyring
from app.crypto.pages import decrypt
from app.crypto.recovery_text import to_text
from app.errors import InvalidInputError, SiteweekError, WrongPassphraseError
from app.interchange import inspection_json
from app.operations.demo import demo_document
from app.operations.exchange import put_out
from app.operations.keyring_file import KEYRING
from app.operations.keys import open_keys
from app.operations.rotation import prepare_rotation, rotate
from app.operations.salvage import (
    INSPECTION_FILE,
    NOTES,
    NOTES_TEXT,
    REPORT,
    REPORT_TEXT,
    Outcome,
    Wanted,
    salvage,
)
from app.operations.salvage_keys import Secret
from app.operations.verify import verify
from app.store.places import KEY_FILE, NEXT_KEY_FILE, NEXT_STORE, STORE
from tests.operations.attached import attached
from tests.operations.quick import PASSPHRASE, QUICK, contents, create, unlock

if TYPE_CHECKING:
    from app.operations.profile import Profile

SECRET = Secret(passphrase=PASSPHRASE, stretcher=QUICK)
NOTES_MADE, PARAGRAPHS_EACH = 20, 15
FILES = {INSPECTION_FILE, NOTES, NOTES_TEXT, REPORT, REPORT_TEXT}


def small() -> inspection_json.Document:
    """Enough to fill some pages: an inspection, notes, and paragraphs with codes."""
    records: list[dict[str, object]] = [{"id": "i", "kind": "inspection", "area": "Wexcombe"}]
    records.append({"id": "k", "kind": "child", "code": "C1"})
    for note in range(NOTES_MADE):
        child = {"id": f"n-{note}", "kind": "tracked_child", "title": f"{note}", "child": "k"}
        records.append(child)
        for part in range(PARAGRAPHS_EACH):
            one = f"{note}-{part}"
            words = f"Paragraph {one}: the health visitor was not invited to the meeting. " * 4
            records.append(
                {"id": f"p-{one}", "kind": "paragraph", "note": f"n-{note}", "text": words}
            )
            code = {"id": f"c-{one}", "kind": "code", "paragraph": f"p-{one}", "quote": "invited"}
            records.append(code)
        stage = {"id": f"s-{note}", "kind": "stage_cell", "file": f"n-{note}", "stage": "referral"}
        records.append(stage)
    document = {"format": "siteweek-inspection", "version": 1, "records": records}
    return inspection_json.parse(json.dumps(document).encode())


def store_with(folder: Path, document: inspection_json.Document) -> Path:
    profile = create(folder)
    inspection = profile.open_inspection(profile.take_in(document))
    inspection.back_up()
    inspection.close()
    profile.close()
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return store_with(tmp_path_factory.mktemp("made") / "profile", small())


@pytest.fixture
def profile(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "profile"))


def inside(profile: Path) -> Path:
    """The folder of the one inspection, its snapshots put away: they would fill every hole."""
    (folder,) = (profile / "inspections").iterdir()
    shutil.rmtree(folder / "backups", ignore_errors=True)
    return folder


def one(outcomes: list[Outcome]) -> Outcome:
    (outcome,) = outcomes
    return outcome


def exported(profile: Profile) -> str:
    inspection = profile.open_inspection(profile.inspections()[0].id)
    try:
        return inspection.ask(lambda view: "".join(put_out(view)))
    finally:
        inspection.close()


def test_a_whole_profile_gives_exactly_what_an_export_gives(profile: Path, tmp_path: Path) -> None:
    outcome = one(salvage(Wanted(profile), tmp_path / "out", SECRET))
    assert outcome.report is not None
    assert outcome.report.is_whole
    opened = unlock(profile)
    assert (outcome.folder / INSPECTION_FILE).read_text("utf-8") == exported(opened)
    opened.close()


def test_what_is_salvaged_can_be_taken_in_again(profile: Path, tmp_path: Path) -> None:
    folder = inside(profile)
    raw = (folder / STORE).read_bytes()
    # Every third page is gone, the first among them.
    torn = bytearray(raw)
    for start in range(0, len(raw), 3 * 4096):
        torn[start : start + 4096] = bytes(4096)
    (folder / STORE).write_bytes(torn)
    outcome = one(salvage(Wanted(profile), tmp_path / "out", SECRET))
    assert outcome.report is not None
    assert not outcome.report.is_whole
    assert outcome.report.revisions > NOTES_MADE * PARAGRAPHS_EACH
    document = inspection_json.parse((outcome.folder / INSPECTION_FILE).read_bytes())
    fresh = create(tmp_path / "fresh")
    taken = fresh.open_inspection(fresh.take_in(document))
    assert len(taken.ask(lambda view: list(view.records.everything()))) == len(document.records)
    taken.close()
    fresh.close()


def test_everything_that_came_out_can_be_read_in_word_and_as_text(tmp_path: Path) -> None:
    profile = store_with(tmp_path / "profile", demo_document())
    outcome = one(salvage(Wanted(profile), tmp_path / "out", SECRET))
    text = (outcome.folder / NOTES_TEXT).read_text("utf-8")
    word = "\n".join(each.text for each in docx.Document(str(outcome.folder / NOTES)).paragraphs)
    for record in demo_document().records:
        if record.kind in {"paragraph", "finding", "letter_block"}:
            words = str(record.fields.get("text") or record.fields.get("statement") or "")
            for line in words.splitlines():
                assert line in text
                assert line in word


def test_plain_files_can_be_read_by_their_owner_alone(profile: Path, tmp_path: Path) -> None:
    outcome = one(salvage(Wanted(profile), tmp_path / "out", SECRET))
    assert {each.name for each in outcome.folder.iterdir()} == FILES
    assert stat.S_IMODE(outcome.folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(each.stat().st_mode) for each in outcome.folder.iterdir()} == {0o600}
    assert "not encrypted" in (outcome.folder / REPORT_TEXT).read_text("utf-8")


def test_nothing_in_the_damaged_folder_is_changed(profile: Path, tmp_path: Path) -> None:
    (inside(profile) / STORE).write_bytes(b"nothing of it is left")
    before = contents(profile)
    outcome = one(salvage(Wanted(profile), tmp_path / "out", SECRET))
    assert outcome.report is not None
    assert outcome.report.revisions == 0
    assert contents(profile) == before


def test_plain_text_never_goes_into_the_damaged_folder_or_over_other_files(
    profile: Path, tmp_path: Path
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    before = contents(tmp_path)
    for out in (profile, profile / "out", profile / "inspections", tmp_path / "full"):
        with pytest.raises(InvalidInputError):
            salvage(Wanted(profile), out, SECRET)
    assert contents(tmp_path) == before


def test_the_folder_of_one_inspection_will_do_with_a_keyring_from_elsewhere(
    profile: Path, tmp_path: Path
) -> None:
    stick = Path(shutil.copytree(inside(profile), tmp_path / "stick"))
    wanted = Wanted(stick, keyring=profile / KEYRING)
    outcome = one(salvage(wanted, tmp_path / "out", SECRET))
    assert outcome.report is not None
    assert outcome.report.is_whole
    assert {each.name for each in (tmp_path / "out").iterdir()} == FILES


@pytest.mark.parametrize("start", [0, 8, 9, 85, 93, 125, 156])
def test_a_key_file_damaged_outside_its_sealed_key_is_enough(
    profile: Path, tmp_path: Path, start: int
) -> None:
    path = inside(profile) / KEY_FILE
    raw = bytearray(path.read_bytes())
    raw[start] ^= 1
    path.write_bytes(raw)
    outcome = one(salvage(Wanted(profile), tmp_path / "out", SECRET))
    assert outcome.report is not None
    assert outcome.report.counts["paragraph"] == NOTES_MADE * PARAGRAPHS_EACH
    assert any("newest" in sentence for sentence in outcome.report.lost)


def test_a_key_file_cut_after_its_sealed_key_is_enough(profile: Path, tmp_path: Path) -> None:
    path = inside(profile) / KEY_FILE
    path.write_bytes(path.read_bytes()[:85])
    assert one(salvage(Wanted(profile), tmp_path / "out", SECRET)).report is not None


def test_without_its_key_file_a_copy_beside_a_snapshot_opens_the_store(
    profile: Path, tmp_path: Path
) -> None:
    (folder,) = (profile / "inspections").iterdir()
    (folder / KEY_FILE).unlink()
    outcome = one(salvage(Wanted(profile), tmp_path / "out", SECRET))
    assert outcome.report is not None
    assert outcome.report.counts["paragraph"] == NOTES_MADE * PARAGRAPHS_EACH


def test_without_any_key_file_a_copy_can_be_named(profile: Path, tmp_path: Path) -> None:
    folder = inside(profile)
    (folder / KEY_FILE).rename(tmp_path / "kept.key")
    with_nothing = one(salvage(Wanted(profile), tmp_path / "none", SECRET))
    assert with_nothing.report is None
    assert "--store-key-file" in with_nothing.problem
    wanted = Wanted(profile, store_keys=(tmp_path / "kept.key",))
    assert one(salvage(wanted, tmp_path / "out", SECRET)).report is not None


def with_recovery(profile: Path) -> str:
    """Add a recovery slot to the keyring and return the key as it is printed."""
    path = profile / KEYRING
    master = keyring.unlock_with_passphrase(path.read_bytes(), PASSPHRASE, stretcher=QUICK)
    content, key = keyring.add_recovery(path.read_bytes(), master)
    path.write_bytes(content)
    return to_text(key)


def test_with_the_passphrase_slot_damaged_the_recovery_key_opens(
    profile: Path, tmp_path: Path
) -> None:
    recovery = with_recovery(profile)
    path = profile / KEYRING
    raw = bytearray(path.read_bytes())
    raw[26:116] = bytes(90)
    path.write_bytes(raw)
    with pytest.raises(SiteweekError):
        salvage(Wanted(profile), tmp_path / "refused", SECRET)
    outcome = one(salvage(Wanted(profile), tmp_path / "out", Secret(recovery=recovery)))
    assert outcome.report is not None
    assert any("keyring is damaged" in sentence for sentence in outcome.report.kept)


@pytest.mark.parametrize("at", [0, 8, 25, 26, 116, 130, -1])
def test_with_the_keyring_damaged_elsewhere_the_passphrase_opens(
    profile: Path, tmp_path: Path, at: int
) -> None:
    with_recovery(profile)
    path = profile / KEYRING
    raw = bytearray(path.read_bytes())
    raw[at] ^= 0xFF if at != 8 else 1
    path.write_bytes(raw)
    assert one(salvage(Wanted(profile), tmp_path / "out", SECRET)).report is not None


def test_a_wrong_passphrase_opens_nothing_and_writes_nothing(profile: Path, tmp_path: Path) -> None:
    wrong = Secret(passphrase=PASSPHRASE[::-1], stretcher=QUICK)
    with pytest.raises(WrongPassphraseError):
        salvage(Wanted(profile), tmp_path / "out", wrong)
    assert not list((tmp_path / "out").rglob("*.*"))


def pages_of_revisions(profile: Path, raw: bytes) -> list[int]:
    """The pages, counted from 0, in which a revision's text stands."""
    (folder,) = (profile / "inspections").iterdir()
    master = keyring.unlock_with_passphrase(
        (profile / KEYRING).read_bytes(), PASSPHRASE, stretcher=QUICK
    )
    key = open_keys(folder, bytes.fromhex(folder.name), master).database
    pages = (raw[start : start + 4096] for start in range(0, len(raw), 4096))
    opened = (decrypt(page, number, key) for number, page in enumerate(pages, 1))
    return [index for index, page in enumerate(opened) if b'[1,"' in page]


def test_the_report_names_what_is_missing_by_laptop_and_number(
    profile: Path, tmp_path: Path
) -> None:
    folder = inside(profile)
    raw = bytearray((folder / STORE).read_bytes())
    for page in pages_of_revisions(profile, bytes(raw))[3:9]:
        raw[page * 4096 : (page + 1) * 4096] = bytes(4096)
    (folder / STORE).write_bytes(raw)
    outcome = one(salvage(Wanted(profile), tmp_path / "out", SECRET))
    told = json.loads((outcome.folder / REPORT).read_text("utf-8"))
    ((device, ranges),) = told["missing"].items()
    missing = sum(last - first + 1 for first, last in ranges)
    assert missing + told["revisions"] == len(small().records)
    text = (outcome.folder / REPORT_TEXT).read_text("utf-8")
    assert f"laptop {device[:8]}, {missing:,} could not be read" in text
    first, last = ranges[0]
    assert (f"numbers {first:,} to {last:,}" if last > first else f"number {first:,}") in text


def test_one_inspection_that_can_not_be_read_does_not_stop_the_others(
    profile: Path, tmp_path: Path
) -> None:
    folder = inside(profile)
    other = folder.with_name("0" * 32)
    other.mkdir()
    (other / STORE).write_bytes(bytes(4096))
    outcomes = salvage(Wanted(profile), tmp_path / "out", SECRET)
    assert [each.report is None for each in outcomes] == [True, False]


def with_files(profile: Path, tmp_path: Path) -> dict[str, bytes]:
    """Attach two files of one name to a note; return the content of each by its record's id."""
    opened = unlock(profile)
    inspection = opened.open_inspection(opened.inspections()[0].id)
    made: dict[str, bytes] = {}
    for content in (b"minutes of the meeting\n" * 10, b"x" * 5_000_000):
        path = tmp_path / "minutes.txt"
        path.write_bytes(content)
        made[attached(inspection, path, "n-1")] = content
    inspection.close()
    opened.close()
    return made


def test_attachments_come_out_whole_or_are_named(profile: Path, tmp_path: Path) -> None:
    made = with_files(profile, tmp_path)
    out = one(salvage(Wanted(profile), tmp_path / "all", SECRET))
    files = sorted((out.folder / "attachments").iterdir())
    assert [each.read_bytes() for each in files] == list(made.values())
    assert {stat.S_IMODE(each.stat().st_mode) for each in files} == {0o600}
    blobs = inside(profile) / "blobs"
    largest = max(blobs.iterdir(), key=lambda each: each.stat().st_size)
    largest.write_bytes(largest.read_bytes()[:-1])
    out = one(salvage(Wanted(profile), tmp_path / "some", SECRET))
    assert out.report is not None
    assert not out.report.is_whole
    assert list(made)[1] in " ".join(out.report.lost)
    (left,) = (out.folder / "attachments").iterdir()
    assert left.read_bytes() == next(iter(made.values()))


def test_verify_names_each_missing_and_damaged_piece(profile: Path, tmp_path: Path) -> None:
    small_one, large_one = with_files(profile, tmp_path)
    opened = unlock(profile)
    inspection = opened.inspections()[0].id
    assert verify(opened, inspection).is_whole
    sizes = sorted((inside(profile) / "blobs").iterdir(), key=lambda each: each.stat().st_size)
    sizes[0].unlink()
    sizes[-1].write_bytes(bytes(10))
    found = next(each for each in verify(opened, inspection).parts if each.name == "attachments")
    assert found.found == (
        f"Piece 1 of 1 of attachment {small_one} is missing.",
        f"Piece 1 of 2 of attachment {large_one} is damaged.",
    )
    opened.close()


def test_after_an_interrupted_change_of_all_keys_both_sides_are_read(
    profile: Path, tmp_path: Path
) -> None:
    """The new keyring is in place, the inspection's new key and store still under other names."""
    folder = inside(profile)
    old = contents(folder)
    opened = unlock(profile)
    rotate(opened, prepare_rotation(opened, PASSPHRASE, with_recovery=False, stretcher=QUICK))
    opened.close()
    (folder / KEY_FILE).rename(folder / NEXT_KEY_FILE)
    (folder / STORE).rename(folder / NEXT_STORE)
    for name in (KEY_FILE, STORE):
        (folder / name).write_bytes(old[name] or b"")
    outcome = one(salvage(Wanted(profile), tmp_path / "out", SECRET))
    assert outcome.report is not None
    assert outcome.report.counts["paragraph"] == NOTES_MADE * PARAGRAPHS_EACH

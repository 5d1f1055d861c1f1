"""A certificate says what is true, can be checked by anybody, and names nobody it must not."""

from __future__ import annotations

import copy
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from app.clock import SystemClock
from app.errors import AlreadyOpenError, InvalidInputError, NotFoundError, OutputError
from app.operations import records, team
from app.operations.certificates import (
    certificate_json,
    check_certificate,
    prepare_folder,
    write_certificate,
)
from app.operations.disposal import certified, destroy
from app.operations.disposal_order import Wish
from app.operations.key_changes import protect_with_system
from app.operations.profile_disposal import destroy_profile, left_in
from app.operations.recovery import confirm_recovery, make_recovery
from app.operations.rotation import prepare_rotation, rotate
from tests.operations import disposing, quick

if TYPE_CHECKING:
    from app.domain.disposal import Disposal
    from app.operations.profile import Profile

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "disposal.md"


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("begun")
    disposing.prepare(root)
    return root


@pytest.fixture
def profile(begun: Path, tmp_path: Path) -> Profile:
    shutil.copytree(begun, tmp_path / "root")
    return quick.unlock(tmp_path / "root" / disposing.PROFILE)


@pytest.fixture(scope="module")
def done(begun: Path, tmp_path_factory: pytest.TempPathFactory) -> Disposal:
    """One inspection's disposal, once for all who only read its certificate."""
    root = shutil.copytree(begun, tmp_path_factory.mktemp("done") / "root")
    profile = quick.unlock(root / disposing.PROFILE)
    target = disposing.ids(profile)[disposing.AREAS[0]]
    return destroy(profile, target, Wish("Over ŵ “all”.", "Lead"), SystemClock())


def every_place(value: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The places of all plain values in a JSON value."""
    if isinstance(value, dict):
        return [place for name, one in value.items() for place in every_place(one, (*path, name))]
    if isinstance(value, list):
        return [place for at, one in enumerate(value) for place in every_place(one, (*path, at))]
    return [path]


def changed(certificate: dict[str, Any], path: tuple[Any, ...], value: object) -> bytes:
    altered = copy.deepcopy(certificate)
    inside: Any = altered
    for name in path[:-1]:
        inside = inside[name]
    inside[path[-1]] = value
    return json.dumps(altered).encode()


def test_a_certificate_verifies(done: Disposal) -> None:
    found = check_certificate(certificate_json(done))
    assert found.inspection == done.order.inspection
    assert found.device == done.order.device
    assert found.finished_at == done.outcome.finished_at
    # Written anew by another program, with other spaces and order, it is the same certificate.
    plain = json.loads(certificate_json(done))
    assert check_certificate(json.dumps(plain, sort_keys=True).encode()) == found


def test_an_order_that_was_altered_anywhere_is_refused(done: Disposal) -> None:
    certificate = json.loads(certificate_json(done))
    places = every_place(certificate["order"])
    assert len(places) > 20
    for place in places:
        for value in ("x", 7, None):
            with pytest.raises(InvalidInputError, match="does not fit"):
                check_certificate(changed(certificate, ("order", *place), value))
    for name in list(certificate["order"]):
        altered = copy.deepcopy(certificate)
        del altered["order"][name]
        with pytest.raises(InvalidInputError):
            check_certificate(json.dumps(altered).encode())
    more = changed(certificate, ("order", "more"), "x")
    with pytest.raises(InvalidInputError, match="does not fit"):
        check_certificate(more)


def test_every_altered_byte_of_signature_and_public_key_is_refused(done: Disposal) -> None:
    certificate = json.loads(certificate_json(done))
    value = certificate["signature"]["value"]
    for at in range(0, len(value), 2):
        other = value[:at] + f"{int(value[at : at + 2], 16) ^ 1:02x}" + value[at + 2 :]
        with pytest.raises(InvalidInputError, match="does not fit"):
            check_certificate(changed(certificate, ("signature", "value"), other))
    public = certificate["order"]["device_public"]
    for at in range(0, len(public), 2):
        other = public[:at] + f"{int(public[at : at + 2], 16) ^ 1:02x}" + public[at + 2 :]
        with pytest.raises(InvalidInputError, match="does not fit"):
            check_certificate(changed(certificate, ("order", "device_public"), other))
    for name in ("of", "label"):
        with pytest.raises(InvalidInputError, match="does not fit"):
            check_certificate(changed(certificate, ("signature", name), "order2"))


@pytest.mark.parametrize(
    "untrusted",
    [
        b"",
        b"{",
        b"[]",
        b"7",
        b"{}",
        b'{"order": [], "outcome": {}}',
        b'{"order": {}, "outcome": {}, "format": "x", "version": 1}',
        b"\xff\xfe",
        b"[" * 100_000,
        b" " * 2_000_000,
    ],
)
def test_what_is_no_certificate_is_refused_in_a_sentence(untrusted: bytes) -> None:
    with pytest.raises(InvalidInputError) as refused:
        check_certificate(untrusted)
    assert refused.value.sentence.endswith(".")


def test_one_that_nobody_signed_says_so(profile: Profile) -> None:
    target = disposing.ids(profile)[disposing.AREAS[0]]
    (profile.folder_of(target) / "store.key").write_bytes(b"")
    unsigned = destroy(profile, target, Wish(), SystemClock())
    with pytest.raises(InvalidInputError, match="never signed"):
        check_certificate(certificate_json(unsigned))


def test_the_recipe_in_the_document_checks_a_certificate(done: Disposal, tmp_path: Path) -> None:
    found = re.search(r"```python\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)
    assert found is not None
    recipe, good, bad = tmp_path / "recipe.py", tmp_path / "good.json", tmp_path / "bad.json"
    recipe.write_text(found[1], "utf-8")
    good.write_bytes(certificate_json(done))
    bad.write_bytes(good.read_bytes().replace(b"Lead", b"Laed"))
    answers = [
        subprocess.run([sys.executable, recipe, one], capture_output=True, text=True, check=False)
        for one in (good, bad)
    ]
    assert answers[0].stdout == f"signed by {done.order.device}\n"
    assert answers[1].returncode != 0
    assert "InvalidSignature" in answers[1].stderr


def test_no_child_note_or_area_is_named_unless_the_area_is_wished_for(
    profile: Profile, tmp_path: Path
) -> None:
    target, other = (disposing.ids(profile)[area] for area in disposing.AREAS)
    for one in (target, other):
        inspection = profile.open_inspection(one)
        inspection.do(team.code_child, {"why_selected": "MARKERWORD"})
        inspection.do(records.add, "agency", {"name": "MARKERWORD"})
        me = inspection.do(team.join_team, "Lead inspector", "", "CQ1").made
        inspection.do(team.be, me)
        inspection.close()
    without = destroy(profile, target, Wish(), SystemClock())
    named = destroy(profile, other, Wish(names_area=True), SystemClock())
    texts = [certificate_json(one).decode() for one in (without, named)]
    for one in (*write_certificate(without, tmp_path), *write_certificate(named, tmp_path)):
        assert b"MARKERWORD" not in one.read_bytes()
    for text in texts:
        for word in ("MARKERWORD", disposing.WORDS, "C1"):
            assert word not in text
        assert "CQ1, Lead inspector" in text
    assert disposing.AREAS[0] not in texts[0]
    assert disposing.AREAS[1] in texts[1]


def test_a_certificate_is_written_beside_what_is_there(done: Disposal, tmp_path: Path) -> None:
    first, second = write_certificate(done, tmp_path), write_certificate(done, tmp_path)
    assert len({*first, *second}) == 4
    assert first[0].read_bytes() == second[0].read_bytes() == certificate_json(done)
    assert first[1].read_bytes() == second[1].read_bytes()
    assert sorted(one.suffix for one in first) == [".json", ".pdf"]


def test_a_folder_that_can_not_hold_a_certificate_is_refused_before_anything_goes(
    profile: Profile, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(OutputError):
        prepare_folder(tmp_path / "file", profile.folder)
    for inside in (profile.folder, profile.folder / "inspections" / "x", profile.folder / "a/../b"):
        with pytest.raises(InvalidInputError):
            prepare_folder(inside, profile.folder)
    prepare_folder(tmp_path / "new" / "deep", profile.folder)
    assert list((tmp_path / "new" / "deep").iterdir()) == []


def test_a_certificate_can_be_issued_again_also_under_new_keys(profile: Profile) -> None:
    target = disposing.ids(profile)[disposing.AREAS[0]]
    done = destroy(profile, target, Wish(), SystemClock())
    with pytest.raises(NotFoundError):
        certified(profile, disposing.ids(profile)[disposing.AREAS[1]])
    rotation = prepare_rotation(
        profile, quick.PASSPHRASE + " again", with_recovery=False, stretcher=quick.QUICK
    )
    rotate(profile, rotation)
    again = quick.unlock(profile.folder, quick.PASSPHRASE + " again")
    assert certified(again, target) == [done]
    assert len(list((profile.folder / "disposed").iterdir())) == 1


class Kept:
    """A key store in memory."""

    def __init__(self) -> None:
        self.held: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        return self.held.get(name)

    def put(self, name: str, value: str) -> None:
        self.held[name] = value

    def remove(self, name: str) -> None:
        self.held.pop(name, None)


def test_a_whole_profile_goes_with_certificates_and_leaves_what_is_not_ours(
    profile: Profile, tmp_path: Path
) -> None:
    folder = profile.folder
    first, second = (disposing.ids(profile)[area] for area in disposing.AREAS)
    destroy(profile, first, Wish(), SystemClock())
    for name in ("mine.txt", "keyring.docx", "inspections-2024"):
        (folder / name).write_text("mine")
    (tmp_path / "certificates").mkdir()
    done = destroy_profile(profile, Wish("Leaving."), SystemClock(), tmp_path / "certificates")
    assert left_in(folder) == ["inspections-2024", "keyring.docx", "mine.txt"]
    assert done.problem == ""
    checked = [
        check_certificate(one.read_bytes()) for one in done.certificates if one.suffix == ".json"
    ]
    assert {one.inspection for one in checked} == {first, second}


def test_a_whole_profile_takes_its_secret_from_the_key_store(
    tmp_path: Path,
) -> None:
    store = Kept()
    profile = quick.create(tmp_path / "profile")
    pending = make_recovery(profile)
    confirm_recovery(pending, pending.text)
    protect_with_system(profile, quick.PASSPHRASE, quick.QUICK, store)
    assert store.held
    done = destroy_profile(profile, Wish(), SystemClock(), tmp_path, store)
    assert store.held == {}
    assert done.problem == ""
    assert not (tmp_path / "profile").exists()


def test_one_open_inspection_stops_the_whole_before_the_first_goes(
    profile: Profile, tmp_path: Path
) -> None:
    opened = profile.open_inspection(disposing.ids(profile)[disposing.AREAS[0]])
    with pytest.raises(AlreadyOpenError):
        destroy_profile(profile, Wish(), SystemClock(), tmp_path)
    opened.close()
    assert len(quick.unlock(profile.folder).inspections()) == 2


def test_a_certificate_that_can_not_be_written_stops_before_the_keyring_goes(
    profile: Profile, tmp_path: Path
) -> None:
    with pytest.raises(OutputError):
        destroy_profile(profile, Wish(), SystemClock(), tmp_path / "gone")
    assert len(certified(quick.unlock(profile.folder))) == 2

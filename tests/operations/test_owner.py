from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.clock import SystemClock
from app.errors import InvalidInputError
from app.operations import records
from app.operations.demo import demo_document, remove_demo, take_in_demo
from app.operations.owner import Owner, inspectorates, introduce, owner_of, remember, settle_owner
from app.operations.rotation import prepare_rotation, rotate
from app.operations.work import ME
from app.store.places import OWNER
from tests.operations import quick

if TYPE_CHECKING:
    from pathlib import Path

    from app.operations.profile import Profile

RUTH = Owner("Ruth Okafor-Bell", "Ofsted")


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return quick.create(tmp_path / "profile")


def test_who_uses_a_profile_is_remembered_and_read_by_no_other(
    profile: Profile, tmp_path: Path
) -> None:
    assert owner_of(profile) is None
    remember(profile, Owner("  Ruth Okafor-Bell ", "Ofsted"))
    again = quick.unlock(tmp_path / "profile")
    assert owner_of(again) == RUTH
    held = (tmp_path / "profile" / OWNER).read_bytes()
    assert b"Ruth" not in held
    other = quick.create(tmp_path / "other")
    (tmp_path / "other" / OWNER).write_bytes(held)
    assert owner_of(other) is None


def test_every_byte_of_what_is_remembered_is_guarded(profile: Profile, tmp_path: Path) -> None:
    remember(profile, RUTH)
    path = tmp_path / "profile" / OWNER
    whole = path.read_bytes()
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert owner_of(profile) is None
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        assert owner_of(profile) is None


def test_a_name_is_asked_for_and_has_an_end(profile: Profile) -> None:
    for name in ("  ", "x" * 201, "two\nlines"):
        with pytest.raises(InvalidInputError):
            remember(profile, Owner(name))
    assert owner_of(profile) is None


def test_new_keys_leave_who_one_is(profile: Profile) -> None:
    remember(profile, RUTH)
    rotate(
        profile,
        prepare_rotation(
            profile, "another clover anvil parade", with_recovery=False, stretcher=quick.QUICK
        ),
    )
    assert owner_of(profile) == RUTH


def test_a_new_inspection_knows_who_began_it(profile: Profile) -> None:
    made = profile.create_inspection({"area": "Wexcombe"}, lambda work: introduce(work, RUTH))
    inspection = profile.open_inspection(made)
    me = inspection.ask(lambda view: view.records.get(view.records.recall(ME)))
    assert (me.text("name"), me.text("initials")) == ("Ruth Okafor-Bell", "RO")
    body = inspection.ask(lambda view: view.records.get(me.text("inspectorate")))
    assert body.text("name") == "Ofsted"
    inspection.do(introduce, RUTH)
    assert len(inspection.ask(lambda view: view.records.of_kind("person"))) == 1
    inspection.close()


def test_opening_adds_nobody_to_what_was_taken_in(profile: Profile) -> None:
    remember(profile, RUTH)
    inspection = profile.open_inspection(profile.take_in(demo_document()))
    before = inspection.ask(lambda view: len(view.records.of_kind("person")))
    settle_owner(profile, inspection)
    assert inspection.ask(lambda view: len(view.records.of_kind("person"))) == before
    assert not inspection.ask(lambda view: view.records.recall(ME))
    named = inspection.do(records.add, "person", {"name": "Ruth Okafor-Bell"}).made
    settle_owner(profile, inspection)
    assert inspection.ask(lambda view: view.records.recall(ME)) == named
    inspection.close()


def test_h16_the_invented_inspection_goes_in_one_step_and_no_other_does(profile: Profile) -> None:
    mine = profile.create_inspection({"area": "Harrowfield"})
    made = take_in_demo(profile)
    assert {one.id: one.is_invented for one in profile.inspections()} == {mine: False, made: True}
    with pytest.raises(InvalidInputError):
        remove_demo(profile, mine, SystemClock())
    remove_demo(profile, made, SystemClock())
    assert [one.id for one in profile.inspections()] == [mine]


def test_inspectorates_are_offered_by_name() -> None:
    assert inspectorates()[0] == "Ofsted"

"""Verifying an inspection of a profile, and making anew what can be made anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.errors import NotFoundError, StoreError
from app.operations.keys import open_keys
from app.operations.verify import State, rebuild_derived, verify
from app.store import engine
from app.store.places import STORE
from tests.operations.quick import contents, create
from tests.operations.test_salvage import small

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from app.operations.profile import Profile


@pytest.fixture
def profile(tmp_path: Path) -> Iterator[Profile]:
    made = create(tmp_path / "profile")
    made.take_in(small())
    yield made
    made.close()


def only(profile: Profile) -> str:
    return profile.inspections()[0].id


def do(profile: Profile, *statements: str) -> None:
    folder = profile.folder_of(only(profile))
    keys = open_keys(folder, bytes.fromhex(only(profile)), profile.master)
    connection = engine.open_copy(folder / STORE, keys.database.raw)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def test_a_whole_inspection_is_whole_and_left_as_it_is(profile: Profile) -> None:
    inspection = only(profile)
    before = contents(profile.folder)
    assert verify(profile, inspection).is_whole
    assert rebuild_derived(profile, inspection).is_whole
    assert contents(profile.folder) == before


@pytest.mark.parametrize(
    "harm",
    [
        ("UPDATE record SET fields = '{}', is_plain = 0 WHERE kind = 'paragraph'",),
        ("DELETE FROM link",),
        ("DELETE FROM record WHERE kind = 'code'",),
        ("DELETE FROM passage_data WHERE id > 10",),
        ("DELETE FROM passage_docsize",),
    ],
)
def test_what_is_made_from_the_changes_is_made_anew(
    profile: Profile, harm: tuple[str, ...]
) -> None:
    do(profile, *harm)
    found = verify(profile, only(profile))
    assert found.only_derived_differs
    assert rebuild_derived(profile, only(profile)).is_whole
    assert verify(profile, only(profile)).is_whole


def test_with_a_change_damaged_nothing_is_made_anew(profile: Profile) -> None:
    do(
        profile,
        "DROP TRIGGER revision_never_changes",
        "UPDATE revision SET body = replace(body, 'invited', 'welcome') WHERE seq = 5",
        "DELETE FROM link",
    )
    before = contents(profile.folder)
    with pytest.raises(StoreError, match="changes"):
        rebuild_derived(profile, only(profile))
    assert contents(profile.folder) == before


def test_an_inspection_that_is_not_there_is_refused(profile: Profile) -> None:
    with pytest.raises(NotFoundError):
        verify(profile, "0" * 32)


def test_an_inspection_that_is_open_can_be_verified_beside_the_work(profile: Profile) -> None:
    inspection = profile.open_inspection(only(profile))
    try:
        states = {one.state for one in verify(profile, inspection.id).parts}
        assert states == {State.FINE}
    finally:
        inspection.close()

"""Stores of every earlier version, kept as they were left: the newest code has to open them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.operations.exchange import put_out
from app.operations.sync.joining import Person, invite
from app.operations.sync.sealing import seal_own
from app.operations.verify import verify
from app.store import device
from app.store.migrate import STEPS
from tests.operations import quick

if TYPE_CHECKING:
    from app.domain.records import Record
    from app.operations.view import View

VERSIONS = Path(__file__).parent / "versions"
KEPT = sorted(one.name for one in VERSIONS.iterdir() if one.is_dir() and one.name[0].isdigit())


def exported(view: View) -> object:
    return json.loads("".join(put_out(view)))


def test_every_version_of_the_tables_has_left_a_store() -> None:
    assert list(STEPS) == KEPT


@pytest.mark.parametrize("version", KEPT)
def test_m02_a_store_of_every_version_opens_with_all_its_content(
    version: str, tmp_path: Path
) -> None:
    shutil.copytree(VERSIONS / version / "profile", tmp_path / "profile")
    profile = quick.unlock(tmp_path / "profile")
    (row,) = profile.inspections()
    assert not row.problem
    inspection = profile.open_inspection(row.id)
    assert inspection.notices == []
    expected = json.loads((VERSIONS / version / "export.json").read_text("utf-8"))
    assert inspection.ask(exported) == expected
    drafts = inspection.ask(lambda view: view.records.drafts())
    assert [one.fields for one in drafts] == [{"text": "on screen"}]
    inspection.close()
    inspection = profile.open_inspection(row.id)
    assert inspection.ask(exported) == expected
    inspection.close()
    profile.close()


@pytest.mark.parametrize("version", KEPT)
def test_m02_a_store_of_every_version_is_whole_before_it_is_brought_up_to_date_and_after(
    version: str, tmp_path: Path
) -> None:
    shutil.copytree(VERSIONS / version / "profile", tmp_path / "profile")
    profile = quick.unlock(tmp_path / "profile")
    (row,) = profile.inspections()
    for _ in range(2):
        found = verify(profile, row.id)
        assert [one.found for one in found.parts if one.found] == []
        assert found.is_whole
        profile.open_inspection(row.id).close()
    profile.close()


@pytest.mark.parametrize("version", KEPT)
def test_m02_words_of_every_version_are_found(version: str, tmp_path: Path) -> None:
    shutil.copytree(VERSIONS / version / "profile", tmp_path / "profile")
    profile = quick.unlock(tmp_path / "profile")
    (row,) = profile.inspections()
    inspection = profile.open_inspection(row.id)
    texts = {one.id: one.text("text") for one in inspection.ask(_paragraphs)}
    assert texts
    for record, text in texts.items():
        asked = f'"{text}"'
        hits = inspection.ask(lambda view, asked=asked: view.records.search(asked))
        assert record in {hit.record for hit in hits}
    inspection.close()
    profile.close()


@pytest.mark.parametrize("version", KEPT)
def test_words_of_every_version_are_handed_on_under_the_present_identity(
    version: str, tmp_path: Path
) -> None:
    shutil.copytree(VERSIONS / version / "profile", tmp_path / "profile")
    profile = quick.unlock(tmp_path / "profile")
    (row,) = profile.inspections()
    inspection = profile.open_inspection(row.id)
    before = inspection.ask(exported)
    invite(inspection, Person("Asha Lead", "Ofsted", "Asha's laptop"))
    seal_own(inspection)
    own = inspection.ask(lambda view: device.own(view.records.connection)[1])
    for record in inspection.ask(lambda view: list(view.records.everything())):
        for one in inspection.ask(lambda view, record=record: view.records.counting(record.id)):
            assert one.dot.device == own
            assert set(one.context) <= {own}
    assert inspection.ask(exported) == before
    inspection.close()
    assert verify(profile, row.id).is_whole
    profile.close()


def _paragraphs(view: View) -> list[Record]:
    return view.records.of_kind("paragraph")

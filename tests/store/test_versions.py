"""Stores of every earlier version, kept as they were left: the newest code has to open them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.operations.exchange import put_out
from app.store.migrate import STEPS
from tests.operations import quick

if TYPE_CHECKING:
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

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from app.clock import SystemClock
from app.errors import OutputError, StoppedError
from app.operations.attaching import attach_file
from app.operations.demo import take_in_demo
from app.operations.whole_export import put_everything_out
from tests.operations import quick

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from app.operations.inspection import Inspection


@pytest.fixture
def inspection(tmp_path: Path) -> Iterator[Inspection]:
    profile = quick.create(tmp_path / "profile")
    opened = profile.open_inspection(take_in_demo(profile))
    yield opened
    opened.close()
    profile.close()


def test_everything_is_there_and_can_be_read_without_siteweek(
    inspection: Inspection, tmp_path: Path
) -> None:
    (tmp_path / "seen.txt").write_text("what was seen", "utf-8")
    note = inspection.ask(lambda view: view.records.of_kind("professional_interview"))[0].id
    attach_file(inspection, tmp_path / "seen.txt", note)
    out = tmp_path / "out"
    out.mkdir()
    told: list[tuple[str, int, int]] = []
    made = put_everything_out(inspection, out, SystemClock(), lambda *one: told.append(one))
    assert made.problems == ()
    assert [one.name for one in out.iterdir()] == [made.folder.name]
    held = json.loads((made.folder / "inspection.json").read_text("utf-8"))
    assert len(held["records"]) == sum(
        count for _kind, count in inspection.ask(lambda view: view.records.counts()).items()
    )
    assert {one.name for one in made.folder.iterdir()} == {
        "inspection.json",
        "brief",
        "letter",
        "attachments",
    }
    (attached,) = (made.folder / "attachments").iterdir()
    assert attached.read_text("utf-8") == "what was seen"
    assert made.files == sum(1 for one in made.folder.rglob("*") if one.is_file())
    assert told[-1] == ("", 4, 4)


def test_what_cannot_be_written_is_said_and_holds_back_nothing_else(
    inspection: Inspection, tmp_path: Path
) -> None:
    (tmp_path / "seen.txt").write_text("what was seen", "utf-8")
    note = inspection.ask(lambda view: view.records.of_kind("professional_interview"))[0].id
    attach_file(inspection, tmp_path / "seen.txt", note)
    for piece in (tmp_path / "profile").rglob("blobs/*"):
        piece.write_bytes(b"damaged")
    made = put_everything_out(inspection, tmp_path, SystemClock())
    assert len(made.problems) == 1
    assert (made.folder / "not-written.txt").read_text("utf-8").strip() == made.problems[0]
    assert (made.folder / "letter").is_dir()


def test_one_that_is_stopped_or_refused_leaves_nothing(
    inspection: Inspection, tmp_path: Path
) -> None:
    out = tmp_path / "out"

    def stop(part: str, _done: int, _total: int) -> None:
        if part == "letter":
            raise StoppedError("It was stopped.")

    with pytest.raises(OutputError):
        put_everything_out(inspection, out, SystemClock())
    out.mkdir()
    with pytest.raises(StoppedError):
        put_everything_out(inspection, out, SystemClock(), stop)
    assert list(out.iterdir()) == []

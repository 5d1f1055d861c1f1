"""C07: photos are attached, of several pieces and of one."""

from __future__ import annotations

import hashlib
from random import Random
from typing import TYPE_CHECKING, Final

from app.errors import SiteweekError
from app.operations.attaching import attach_file
from app.operations.attachments import check_attachment, list_attachments
from tests.operations import quick
from tests.prove.scenes.base import HALF, LOST, UNREADABLE, Wrong
from tests.prove.scenes.opening import PROFILE, insistently, judge_profile
from tests.prove.scenes.saving import begun, note_of, opened

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.operations.inspection import Inspection
    from tests.prove.scenes.base import Evidence, Saying

MIB: Final = 1024 * 1024
# The first is the photo of 20 MB; most rounds make do with less, since each state holds it all.
_SIZES: Final = (20 * MIB, 5 * MIB, *([300_000] * 6))


class Attaching:
    """An attachment is whole, or absent with its record; what was left unfinished goes."""

    id = "C07"
    title = "attach photos"

    def prepare(self, root: Path, random: Random) -> None:
        begun(root, random)
        # Beside the root, not in it: what is attached is not the app's to keep.
        for number, size in enumerate((random.choice(_SIZES), 20_000, 1)):
            _photo(root, number).write_bytes(Random(f"{number}").randbytes(size))

    def run(self, root: Path, random: Random, say: Callable[[Saying], None]) -> None:
        inspection = opened(root, say)
        if inspection is None:
            return
        note = note_of(inspection)
        for number in (1, 0, 2):
            photo = _photo(root, number)
            made = insistently(say, "photo", lambda: attach_file(inspection, photo, note))  # noqa: B023 - at once
            if made is not None:
                sha256 = hashlib.sha256(photo.read_bytes()).hexdigest()
                say({"attached": made.made, "sha256": sha256})
        if random.random() < 0.5:
            inspection.close()

    def judge(self, root: Path, evidence: Evidence) -> list[Wrong]:
        wrong = judge_profile(root, evidence)
        try:
            profile = quick.unlock(root / PROFILE)
            inspection = profile.open_inspection(profile.inspections()[0].id)
        except SiteweekError as problem:
            return [*wrong, Wrong(UNREADABLE, problem.sentence)]
        try:
            wrong += _attachments(inspection, evidence)
        finally:
            inspection.close()
        return wrong


def _photo(root: Path, number: int) -> Path:
    return root.parent / f"photo {number}"


def _attachments(inspection: Inspection, evidence: Evidence) -> list[Wrong]:
    wrong: list[Wrong] = []
    rows = {row.id: row for row in list_attachments(inspection)}
    for one in evidence.said:
        if "attached" in one and one["attached"] not in rows:
            wrong.append(Wrong(LOST, "an acknowledged attachment is missing"))
        elif "attached" in one and rows[one["attached"]].sha256 != one["sha256"]:
            wrong.append(Wrong(HALF, "an attachment is another file than the one attached"))
    wrong += [
        Wrong(LOST, f"an attachment is listed and not whole: {row.state}")
        for row in rows.values()
        if row.state or not check_attachment(inspection, row.id).is_whole
    ]
    folder = inspection.blobs.folder
    if folder.is_dir() and any("." in one.name for one in folder.iterdir()):
        wrong.append(Wrong(HALF, "an unfinished piece was left"))
    return wrong

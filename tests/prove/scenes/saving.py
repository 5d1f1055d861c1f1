"""C02: sixty saves. C04: saves, closing, locking, a backup, and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.operations.backups import back_up, list_backups
from app.operations.notes import add_note, add_paragraph, list_notes
from tests.operations import quick
from tests.prove.scenes.base import LOST, Wrong
from tests.prove.scenes.opening import PROFILE, insistently, judge_profile
from tests.prove.scenes.writing import Writer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from random import Random

    from app.operations.inspection import Inspection
    from tests.prove.scenes.base import Evidence, Saying

SAVES = 60


def begun(root: Path, random: Random) -> None:
    """A profile with an inspection in which a note was begun, closed."""
    profile = quick.create(root / PROFILE)
    made = profile.create_inspection({"area": "Wexcombe"})
    inspection = profile.open_inspection(made)
    note = inspection.do(add_note, "jotting", {"ref": "OF-01"}).made
    for number in range(random.randrange(1, 6)):
        inspection.do(add_paragraph, note, f"Begun {number}. ")
    inspection.close()
    profile.close()


def opened(root: Path, say: Callable[[Saying], None]) -> Inspection | None:
    """The one inspection, open; None when a faulty disk went on refusing it."""
    profile = insistently(say, "unlock", lambda: quick.unlock(root / PROFILE))
    if profile is None:
        return None
    rows = insistently(say, "list", profile.inspections)
    if not rows:
        return None
    say({"inspection": rows[0].id})
    return insistently(say, "open", lambda: profile.open_inspection(rows[0].id))


def note_of(inspection: Inspection) -> str:
    """The one note."""
    return inspection.ask(list_notes)[0].id


class Saving:
    """Sixty saves, and the end of the process or an ordinary close."""

    id = "C02"
    title = "60 saves"

    def prepare(self, root: Path, random: Random) -> None:
        begun(root, random)

    def run(self, root: Path, random: Random, say: Callable[[Saying], None]) -> None:
        inspection = opened(root, say)
        if inspection is None:
            return
        Writer(inspection, note_of(inspection), random, say).save(SAVES)
        if random.random() < 0.5:
            inspection.close()

    def judge(self, root: Path, evidence: Evidence) -> list[Wrong]:
        return judge_profile(root, evidence)


class Closing:
    """A few saves, a close, and so again; between them a backup is taken and listed."""

    id = "C04"
    title = "close, lock, back up"

    def prepare(self, root: Path, random: Random) -> None:
        begun(root, random)

    def run(self, root: Path, random: Random, say: Callable[[Saying], None]) -> None:
        for _ in range(4):
            inspection = opened(root, say)
            if inspection is None:
                return
            Writer(inspection, note_of(inspection), random, say).save(random.randrange(1, 5))
            if random.random() < 0.5:
                made = insistently(say, "backup", lambda: back_up(inspection))  # noqa: B023 - at once
                if made is not None:
                    say({"backed up": made.stamp})
            inspection.close()
            say({"closed": inspection.id})

    def judge(self, root: Path, evidence: Evidence) -> list[Wrong]:
        wrong = judge_profile(root, evidence)
        wanted = {one["backed up"] for one in evidence.said if "backed up" in one}
        profile = quick.unlock(root / PROFILE)
        for row in profile.inspections():
            if wanted - {one.stamp for one in list_backups(profile, row.id)}:
                wrong.append(Wrong(LOST, "an acknowledged backup is missing"))
        return wrong

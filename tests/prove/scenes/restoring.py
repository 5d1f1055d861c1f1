"""An earlier backup is put in the store's place, and another carried away."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from app.clock import SystemClock
from app.errors import SiteweekError
from app.operations.backups import back_up, carry_away, restore
from tests.operations import quick
from tests.prove.folders import contents, put
from tests.prove.scenes.base import FALSE_ALARM, HALF, LOST, UNREADABLE, UNTRUE, Evidence, Wrong
from tests.prove.scenes.opening import PROFILE, insistently, judge_inspection
from tests.prove.scenes.saving import begun, note_of, opened
from tests.prove.scenes.writing import Writer, held

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from random import Random

    from app.operations.inspection import Inspection
    from tests.prove.scenes.base import Saying

AWAY = "stick"
_KNOWN = "known.json"  # what the present store and the backup hold


class Restoring:
    """The present store or the backup, whole; and a copy that was acknowledged is there."""

    id = "B10"
    title = "restore a backup, carry one away"

    def prepare(self, root: Path, random: Random) -> None:
        begun(root, random)
        (root / AWAY).mkdir()
        profile = quick.unlock(root / PROFILE)
        inspection = profile.open_inspection(profile.inspections()[0].id)
        old, made = _contents(inspection), back_up(inspection)
        # Some of what came since lies in the file by now, and some in the log alone: read onto
        # the backup, that log makes neither the one nor the other.
        for again in (True, False):
            Writer(inspection, note_of(inspection), random, lambda _said: None).save(3)
            if again:
                inspection.close()
                inspection = profile.open_inspection(inspection.id)
        known = {"backup": made.stamp, "restoring": old, "present": _contents(inspection)}
        (root / _KNOWN).write_text(json.dumps(known))
        # As after a crash: with its log, which a close would fold in.
        left = contents(root)
        inspection.close()
        put(root, left)

    def run(self, root: Path, random: Random, say: Callable[[Saying], None]) -> None:
        known = json.loads((root / _KNOWN).read_text())
        if random.random() < 0.3:
            inspection = opened(root, say)
            if inspection is None:
                return
            inspection.close()
        profile = quick.unlock(root / PROFILE)
        made = profile.inspections()[0].id
        stamp = known["backup"]
        if insistently(say, "restore", lambda: restore(profile, made, stamp, SystemClock()) + 1):
            say({"restored": stamp})
        away = insistently(
            say, "carry", lambda: carry_away(profile, made, root / AWAY, SystemClock())
        )
        if away:
            say({"carried": away.name})

    def judge(self, root: Path, evidence: Evidence) -> list[Wrong]:
        known = json.loads((root / _KNOWN).read_text())
        done = any("restored" in one for one in evidence.said)
        return _carried(root, evidence) + _either(root, evidence, known, done=done)


def _either(root: Path, evidence: Evidence, said: Saying, *, done: bool) -> list[Wrong]:
    try:
        profile = quick.unlock(root / PROFILE)
        rows = profile.inspections()
        inspection = profile.open_inspection(rows[0].id)
    except SiteweekError as problem:
        return [Wrong(UNREADABLE, f"the inspection does not open: {problem.sentence}")]
    try:
        found, notices = _contents(inspection), inspection.notices
    finally:
        inspection.close()
    is_old = found["revisions"] == said["restoring"]["revisions"]
    wrong: list[Wrong] = []
    if not is_old and found["revisions"] != said["present"]["revisions"]:
        wrong.append(Wrong(HALF, "neither the present store nor the backup is there"))
    if done and not is_old:
        wrong.append(Wrong(LOST, "an acknowledged restore was undone"))
    if is_old and found["device"] == said["restoring"]["device"]:
        wrong.append(Wrong(UNTRUE, "a restored store goes on under its old identity"))
    # Between the store's change and the head's, the app can't know that somebody wanted this.
    if notices and (done or not is_old):
        wrong.append(Wrong(FALSE_ALARM, notices[0]))
    # Its words were compared above; here it is opened once more and checked.
    return wrong + judge_inspection(profile, rows[0].id, Evidence([], [], evidence.is_thorough))


def _carried(root: Path, evidence: Evidence) -> list[Wrong]:
    wrong: list[Wrong] = []
    for one in evidence.said:
        if "carried" not in one:
            continue
        try:
            profile = quick.unlock(root / AWAY / one["carried"])
            rows = profile.inspections()
            if [row.problem for row in rows] != [""]:
                wrong.append(Wrong(UNREADABLE, "a copy that was carried away does not open"))
        except SiteweekError as problem:
            wrong.append(Wrong(LOST, f"a copy that was carried away: {problem.sentence}"))
    return wrong


def _contents(inspection: Inspection) -> dict[str, Any]:
    there = inspection.ask(held)
    sql = "SELECT id FROM device WHERE is_self = 1"
    device = inspection.ask(lambda view: view.records.connection.execute(sql).fetchone()[0])
    return {"revisions": [list(one) for one in there.revisions], "device": device}

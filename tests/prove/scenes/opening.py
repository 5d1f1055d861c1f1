"""Opening what a scene left with the app's own code, and asking all that any scene asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from app.crypto.store_key import read_head
from app.errors import SiteweekError
from app.operations.notes import add_note, add_paragraph
from app.store import engine
from app.store.places import LOG, STORE
from tests.operations import quick
from tests.prove.scenes.base import FALSE_ALARM, HALF, LOST, UNREADABLE, UNTRUE, Wrong
from tests.prove.scenes.writing import compare, derived_again, held

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.operations.inspection import Inspection
    from app.operations.profile import Profile
    from tests.prove.scenes.base import Evidence, Saying

Answer = TypeVar("Answer")
PROFILE = "profile"


def insistently(
    say: Callable[[Saying], None], what: str, call: Callable[[], Answer], tries: int = 3
) -> Answer | None:
    """Do something again that a faulty disk may refuse; None when it went on refusing."""
    for _ in range(tries):
        try:
            return call()
        except SiteweekError as problem:
            say({"refused": what, "error": type(problem).__name__})
    return None


def judge_profile(
    root: Path, evidence: Evidence, passphrase: str = quick.PASSPHRASE
) -> list[Wrong]:
    """Unlock the profile and judge its inspections; those that were spoken of have to be there."""
    try:
        profile = quick.unlock(root / PROFILE, passphrase)
    except SiteweekError as problem:
        return [Wrong(UNREADABLE, f"the profile does not open: {problem.sentence}")]
    wrong: list[Wrong] = []
    rows = profile.inspections()
    made = {one["inspection"] for one in evidence.said if "inspection" in one}
    missing = made - {row.id for row in rows}
    if missing:
        wrong.append(Wrong(LOST, f"{len(missing)} acknowledged inspections are missing"))
    for row in rows:
        if row.problem:
            wrong.append(Wrong(UNREADABLE, f"the list says: {row.problem}"))
        elif not row.area:
            wrong.append(Wrong(HALF, "an inspection without its particulars is listed"))
        wrong += judge_inspection(profile, row.id, evidence)
    return wrong


def judge_inspection(profile: Profile, inspection_id: str, evidence: Evidence) -> list[Wrong]:
    """Open one inspection, compare its words, close it, and check what is left on disk."""
    try:
        inspection = profile.open_inspection(inspection_id)
    except SiteweekError as problem:
        return [Wrong(UNREADABLE, f"the inspection does not open: {problem.sentence}")]
    try:
        wrong = [Wrong(FALSE_ALARM, one) for one in inspection._store.notices]
        wrong += compare(inspection.ask(held), evidence)
        if evidence.is_thorough:
            wrong += _used(inspection)
    finally:
        inspection.close()
    return wrong + _checked(profile, inspection_id, inspection)


def _used(inspection: Inspection) -> list[Wrong]:
    """Go on working: everything derived anew, and one more note."""
    wrong: list[Wrong] = []
    if not inspection._store.write(derived_again).result():
        wrong.append(Wrong(UNTRUE, "derived rows differ from those derived anew"))
    note = inspection.do(add_note, "jotting", {"ref": "again"}).made
    paragraph = inspection.do(add_paragraph, note, "written after the fall").made
    if inspection.ask(lambda view: view.records.get(paragraph).text("text"))[:7] != "written":
        wrong.append(Wrong(LOST, "what was written afterwards is missing"))
    return wrong


def _checked(profile: Profile, inspection_id: str, inspection: Inspection) -> list[Wrong]:
    """Both integrity checks, over a store that was closed and has no log, and its newest head."""
    folder = profile.folder / "inspections" / inspection_id
    keys = inspection._store._keys
    wrong: list[Wrong] = []
    if (folder / LOG).exists() and (folder / LOG).stat().st_size:
        wrong.append(Wrong(UNREADABLE, "closing left a log"))
    wrong += [Wrong(UNREADABLE, one) for one in engine.faults(folder / STORE, keys.database.raw)]
    head = read_head((folder / "store.key").read_bytes(), keys.inspection_id, keys.store)
    connection = engine.open_reader(folder / STORE, keys.database.raw)
    try:
        count = connection.execute("SELECT coalesce(max(seq), 0) FROM revision").fetchone()[0]
    finally:
        connection.close()
    if head.count != count:
        wrong.append(Wrong(FALSE_ALARM, "closing left an older head outside"))
    return wrong

"""Opening what a scene left with the app's own code, and asking all that any scene asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from app.crypto.store_key import read_head
from app.errors import SiteweekError
from app.operations.notes import add_note, add_paragraph
from app.store import engine
from app.store.heads import newest
from app.store.places import LOG, STORE
from tests.operations import quick
from tests.prove.scenes.base import FALSE_ALARM, HALF, LOST, UNREADABLE, UNTRUE, Wrong
from tests.prove.scenes.writing import compare, derived_again, held

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.crypto.store_key import Head
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
    ids = profile.folders()
    made = {one["inspection"] for one in evidence.said if "inspection" in one}
    if made - set(ids):
        wrong.append(Wrong(LOST, f"{len(made - set(ids))} acknowledged inspections are missing"))
    listed = profile.inspections() if evidence.is_thorough else ()
    wrong += [Wrong(UNREADABLE, f"the list says: {row.problem}") for row in listed if row.problem]
    for one in ids:
        wrong += judge_inspection(profile, one, evidence)
    return wrong


def judge_inspection(
    profile: Profile, inspection_id: str, evidence: Evidence, *, has_area: bool = True
) -> list[Wrong]:
    """Open one inspection, compare its words, close it, and check what is left on disk."""
    try:
        inspection = profile.open_inspection(inspection_id)
    except SiteweekError as problem:
        return [Wrong(UNREADABLE, f"the inspection does not open: {problem.sentence}")]
    try:
        wrong = [Wrong(FALSE_ALARM, one) for one in inspection._store.notices]
        wrong += compare(inspection.ask(held), evidence)
        if has_area and not inspection.ask(lambda view: view.inspection.text("area")):
            wrong.append(Wrong(HALF, "an inspection without its particulars is there"))
        if evidence.is_thorough:
            wrong += _used(inspection)
        head = inspection.ask(lambda view: newest(view.records.connection))
    finally:
        inspection.close()
    return wrong + _checked(profile, inspection_id, inspection, head)


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


def _checked(
    profile: Profile, inspection_id: str, inspection: Inspection, newest_head: Head
) -> list[Wrong]:
    """Both integrity checks, over a store that was closed and has no log, and its newest head."""
    folder = profile.folder / "inspections" / inspection_id
    keys = inspection._store._keys
    wrong: list[Wrong] = []
    if (folder / LOG).exists() and (folder / LOG).stat().st_size:
        wrong.append(Wrong(UNREADABLE, "closing left a log"))
    wrong += [Wrong(UNREADABLE, one) for one in engine.faults(folder / STORE, keys.database.raw)]
    head = read_head((folder / "store.key").read_bytes(), keys.inspection_id, keys.store)
    if head != newest_head:
        wrong.append(Wrong(FALSE_ALARM, "closing left an older head outside"))
    return wrong

"""A disposal as a scenario: what it begins with, running it, and what any interruption may leave.

``prepare``, ``run`` and ``judge`` need nothing but a folder, so whoever can stop a process at any
system call, or rebuild a disk as a power cut would leave it, can play them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.clock import SystemClock
from app.crypto import keyring
from app.domain.disposal import Stage
from app.errors import SiteweekError
from app.operations import records
from app.operations.disposal import certified, destroy
from app.operations.disposal_order import Wish
from app.operations.disposal_records import DisposalRecords
from app.operations.disposal_steps import traces
from app.operations.notes import add_note, add_paragraph
from app.operations.profile import INSPECTIONS
from app.store import erasing
from app.store.places import DESTROYING, KEY_FILE
from tests.operations import quick

if TYPE_CHECKING:
    from pathlib import Path

    from app.crypto.keys import MasterKey
    from app.operations.profile import Profile
    from app.store.erasing import Step

PROFILE: Final = "profile"
WORDS: Final = "Health was not invited."
AREAS: Final = ("Wexcombe", "Eastham")


def prepare(root: Path) -> None:
    """Two inspections with notes and backups; the first, by area, is the one to go."""
    profile = quick.create(root / PROFILE)
    for area in AREAS:
        inspection = profile.open_inspection(profile.create_inspection({"area": area}))
        inspection.do(records.add, "agency", {"name": "Police"})
        note = inspection.do(add_note, "jotting").made
        inspection.do(add_paragraph, note, WORDS)
        inspection.back_up()
        inspection.do(add_paragraph, note, "And later it was.")
        inspection.close()
    profile.close()


def ids(profile: Profile) -> dict[str, str]:
    """The ids of the inspections that are listed, by area."""
    return {row.area: row.id for row in profile.inspections()}


def run(root: Path, step: Step = lambda _what: None) -> None:
    """Destroy the first inspection; ``step`` is told of each step before it is taken."""
    profile = quick.unlock(root / PROFILE)
    destroy(profile, ids(profile)[AREAS[0]], Wish("Over.", "Lead"), SystemClock(), step)


def judge(root: Path, target: str, *, was_acknowledged: bool) -> list[str]:
    """Everything wrong with what an interruption left; nothing is what a test wants.

    ``target`` is the id of the inspection that was to go.
    """
    wrong = _untrue(root, target)
    profile = quick.unlock(root / PROFILE)
    listed = ids(profile)
    if AREAS[1] not in listed or not _opens(profile, listed[AREAS[1]]):
        wrong.append("the other inspection does not open")
    if target in listed.values():
        if was_acknowledged:
            wrong.append("an inspection that was said to be destroyed is back")
        if not _opens(profile, target):
            wrong.append("an inspection that is listed does not open")
        if target in [one.order.inspection for one in certified(profile)]:
            wrong.append("there is a certificate for an inspection that opens")
        return wrong
    left = traces(root / PROFILE, target)
    if left:
        wrong.append(f"after unlocking there is still {left}")
    if target not in [one.order.inspection for one in certified(profile)]:
        wrong.append("an inspection is gone and there is no certificate for it")
    return wrong


def _untrue(root: Path, target: str) -> list[str]:
    """What the record says before anything goes on, compared with which keys are there."""
    profile_folder = root / PROFILE
    keys = [
        key
        for name in (target, target + DESTROYING)
        if (profile_folder / INSPECTIONS / name).exists()
        for key in erasing.key_files(profile_folder / INSPECTIONS / name)
        if key.stat().st_size
    ]
    kept = DisposalRecords(profile_folder, _master(root))
    try:
        stage = kept.read(target).stage
    except SiteweekError:
        stage = Stage.ORDERED
    if keys and stage is not Stage.ORDERED:
        return [f"the record says {stage.value} while keys exist"]
    whole = (profile_folder / INSPECTIONS / target / KEY_FILE).exists()
    return [] if whole or not (profile_folder / INSPECTIONS / target).exists() else ["no key"]


def _master(root: Path) -> MasterKey:
    # Read without unlocking the profile, which would go on with the disposal at once.
    sealed = (root / PROFILE / "keyring").read_bytes()
    return keyring.unlock_with_passphrase(sealed, quick.PASSPHRASE, stretcher=quick.QUICK)


def _opens(profile: Profile, inspection_id: str) -> bool:
    try:
        inspection = profile.open_inspection(inspection_id)
    except SiteweekError:
        return False
    try:
        held = inspection.ask(lambda view: view.records.of_kind("paragraph"))
    finally:
        inspection.close()
    return WORDS in [one.text("text") for one in held] and not inspection.notices

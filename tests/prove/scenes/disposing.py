"""C09: one of two inspections is destroyed, its backups with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.clock import SystemClock
from app.crypto import keyring
from app.domain.disposal import Stage
from app.errors import DamagedFileError, NotFoundError, SiteweekError
from app.operations.backups import back_up
from app.operations.disposal import certified, destroy
from app.operations.disposal_order import Wish
from app.operations.disposal_records import DisposalRecords
from app.operations.keyring_file import read_keyring
from app.store.places import KEY_FILE
from tests.operations import quick
from tests.prove.scenes.base import HALF, LOST, UNREADABLE, UNTRUE, Wrong
from tests.prove.scenes.opening import PROFILE, insistently, judge_inspection
from tests.prove.scenes.saving import begun

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from random import Random

    from tests.prove.scenes.base import Evidence, Saying

_SEALED: Final = "sealed"  # beside the profile: the key that is to be destroyed, and whose it is


class Disposing:
    """It opens, or its destruction goes on; nothing says it is gone while a key is left."""

    id = "C09"
    title = "destroy an inspection"

    def prepare(self, root: Path, random: Random) -> None:
        begun(root, random)
        profile = quick.unlock(root / PROFILE)
        made = profile.create_inspection({"area": "to be destroyed"})
        inspection = profile.open_inspection(made)
        back_up(inspection)
        inspection.close()
        sealed = (profile.folder_of(made) / KEY_FILE).read_bytes()
        (root / _SEALED).write_bytes(bytes.fromhex(made) + sealed)

    def run(self, root: Path, _random: Random, say: Callable[[Saying], None]) -> None:
        profile = quick.unlock(root / PROFILE)
        made = _known(root)[0]
        say({"inspection": next(one for one in profile.folders() if one != made)})
        done = insistently(
            say, "destroy", lambda: destroy(profile, made, Wish(is_early=True), SystemClock())
        )
        if done is not None:
            say({"destroyed": made})

    def judge(self, root: Path, evidence: Evidence) -> list[Wrong]:
        wrong = _claimed(root)
        try:
            profile = quick.unlock(root / PROFILE)
        except SiteweekError as problem:
            return [*wrong, Wrong(UNREADABLE, problem.sentence)]
        made, _sealed = _known(root)
        for one in evidence.said:
            if "inspection" in one and one["inspection"] not in profile.folders():
                wrong.append(Wrong(LOST, "the other inspection is missing"))
        for one in profile.folders():
            wrong += judge_inspection(profile, one, evidence)
        is_done = any("destroyed" in one for one in evidence.said)
        if made in profile.folders():
            return [*wrong, Wrong(LOST, "what was destroyed is back")] if is_done else wrong
        if made not in {one.order.inspection for one in certified(profile)}:
            wrong.append(Wrong(HALF, "it is gone, and no certificate says so"))
        left = [one.name for one in (root / PROFILE / "inspections").iterdir() if made in one.name]
        if left:
            wrong.append(Wrong(HALF, "something is left of what was destroyed"))
        return wrong


def _known(root: Path) -> tuple[str, bytes]:
    content = (root / _SEALED).read_bytes()
    return content[:16].hex(), content[16:]


def _claimed(root: Path) -> list[Wrong]:
    """What is on disk, before the app goes on: a record that keys are gone, and they are."""
    made, sealed = _known(root)
    master = keyring.unlock_with_passphrase(
        read_keyring(root / PROFILE), quick.PASSPHRASE, stretcher=quick.QUICK
    )
    try:
        stage = DisposalRecords(root / PROFILE, master).read(made).stage
    except (NotFoundError, DamagedFileError):
        return []
    # The key itself, sealed: the bytes between the header and the head.
    key = sealed[25:85]
    files = [one for one in (root / PROFILE).rglob("*") if one.is_file()]
    if stage is not Stage.ORDERED and any(key in one.read_bytes() for one in files):
        return [Wrong(UNTRUE, "a record says that the keys are gone, and one is there")]
    return []

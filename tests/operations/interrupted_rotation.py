"""Rotates a profile's keys again and again, interrupted each time one file step later.

A program of its own, since it forks: run it with an empty folder and the kind of interruption.
It prints one line of JSON for each step. The steps are those Python reports of itself: opening,
removing and renaming files, and the disk's confirmation of each.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import sys
from pathlib import Path

from app.clock import SystemClock
from app.errors import SiteweekError, WrongPassphraseError
from app.operations import records
from app.operations.profile import Profile
from app.operations.rotation import Rotation, prepare_rotation, rotate
from app.operations.searching import find_words
from tests.operations import quick
from tests.operations.quick import PASSPHRASE, QUICK

NEW = "onscreen tactful defraud overlord fossil"
STEPS = ("open", "os.remove", "os.rename", "fsync")
AREAS = ("Wexcombe", "Eastham")


class Interruption:
    """Counts file steps, and at one of them ends the process or lets the disk refuse."""

    def __init__(self, folder: Path, kind: str, left: int) -> None:
        self.folder, self.kind, self.left = str(folder), kind, left
        self.is_on = False
        confirm = os.fsync

        def fsync(handle: int) -> None:
            self.count("fsync", self.folder)
            confirm(handle)

        os.fsync = fsync
        sys.addaudithook(lambda event, told: self.count(event, *told[:1]))

    def count(self, event: str, path: object = None) -> None:
        """Count a step in the profile; the app's own files are not meant."""
        if not self.is_on or event not in STEPS or not str(path).startswith(self.folder):
            return
        self.left -= 1
        if self.left == 0:
            if self.kind == "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            raise OSError(errno.EIO, "refused")


def make(folder: Path) -> None:
    """A profile with two small inspections, closed, with words still in the log of one."""
    profile, _ = quick.with_recovery(folder)
    for area in AREAS:
        made = profile.create_inspection({"area": area})
        inspection = profile.open_inspection(made)
        inspection.do(records.add, "jotting", {"title": f"seen in {area}"})
        inspection.close()
        (folder / "inspections" / made / "reserve").write_bytes(b"")  # copied for every step
    profile.close()


def interrupt(folder: Path, rotation: Rotation, master: Profile, kind: str, step: int) -> int:
    """Rotate in a process of its own; return how it ended: 0 done, 1 refused, else killed."""
    child = os.fork()
    if child == 0:
        code = 2
        try:
            interruption = Interruption(folder, kind, step)
            profile = Profile(folder, master.master, SystemClock())
            interruption.is_on = True
            rotate(profile, rotation)
            code = 0 if interruption.left > 0 else 3
        except SiteweekError:
            code = 1
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def found(folder: Path) -> dict[str, object]:
    """What opens the profile now and what is in it, opened, read and written to."""
    opens = [one for one in (PASSPHRASE, NEW) if opened(folder, one)]
    profile = quick.unlock(folder, opens[0])
    seen = []
    problems = [row.problem for row in profile.inspections() if row.problem]
    for row in profile.inspections():
        inspection = profile.open_inspection(row.id)
        inspection.do(records.add, "jotting", {"title": "written afterwards"})
        hits = inspection.ask(find_words, "seen")
        seen.append([row.area, len(hits), inspection.notices])
        inspection.close()
    left = [one.name for one in folder.rglob("*") if ".next" in one.name or one.suffix == ".new"]
    return {
        "opens": ["old" if one == PASSPHRASE else "new" for one in opens],
        "seen": sorted(seen),
        "problems": problems,
        "left": left,
    }


def opened(folder: Path, passphrase: str) -> bool:
    try:
        quick.unlock(folder, passphrase).close()
    except WrongPassphraseError:
        return False
    return True


def main(place: Path, kind: str) -> None:
    origin, copy = place / "origin", place / "copy"
    make(origin)
    profile = quick.unlock(origin)
    rotation = prepare_rotation(profile, NEW, with_recovery=False, stretcher=QUICK)
    step, code = 0, -1
    while code != 0:
        step += 1
        shutil.copytree(origin, copy)
        code = interrupt(copy, rotation, profile, kind, step)
        print(json.dumps({"step": step, "code": code, **found(copy)}), flush=True)  # noqa: T201 - its answer
        shutil.rmtree(copy)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])

"""C06 and A08: the passphrase is changed, and changed again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.crypto import keyring
from app.crypto.calibration import calibrate
from app.crypto.files import read_key_file, write_key_file
from app.errors import SiteweekError, WrongPassphraseError
from app.operations.unlocking import KEYRING
from tests.operations import quick
from tests.prove.scenes.base import HALF, LOST, UNREADABLE, Wrong
from tests.prove.scenes.opening import PROFILE, insistently, judge_profile
from tests.prove.scenes.saving import begun

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from random import Random

    from app.crypto.keys import MasterKey
    from tests.prove.scenes.base import Evidence, Saying

TIMES = 6


class Changing:
    """The old passphrase opens or the new one does: never neither, never both."""

    id = "C06"
    title = "change the passphrase"

    def prepare(self, root: Path, random: Random) -> None:
        begun(root, random)

    def run(self, root: Path, random: Random, say: Callable[[Saying], None]) -> None:
        profile = quick.unlock(root / PROFILE)
        for number in range(1, TIMES + 1):
            say({"changing": number})
            changed = insistently(
                say,
                "change",
                lambda: _change(root, profile.master, passphrase(number)),  # noqa: B023 - at once
            )
            if changed:
                say({"changed": number})

    def judge(self, root: Path, evidence: Evidence) -> list[Wrong]:
        begun_to = max((one["changing"] for one in evidence.said if "changing" in one), default=0)
        done = max((one["changed"] for one in evidence.said if "changed" in one), default=0)
        opening = [number for number in range(begun_to + 1) if _opens(root, passphrase(number))]
        if not opening:
            return [Wrong(UNREADABLE, "no passphrase opens the profile")]
        if len(opening) > 1:
            return [Wrong(HALF, "two passphrases open the profile")]
        if opening[0] < done:
            return [Wrong(LOST, "an acknowledged change of passphrase was undone")]
        return judge_profile(root, evidence, passphrase(opening[0]))


def passphrase(number: int) -> str:
    """The passphrase after so many changes."""
    return f"{quick.PASSPHRASE} {number}" if number else quick.PASSPHRASE


def _change(root: Path, master: MasterKey, new: str) -> bool:
    path = root / PROFILE / KEYRING
    sealed = read_key_file(path, keyring.MOST_BYTES)
    argon2 = calibrate(quick.QUICK)
    write_key_file(
        path, keyring.change_passphrase(sealed, master, new, argon2, stretcher=quick.QUICK)
    )
    return True


def _opens(root: Path, words: str) -> bool:
    try:
        quick.unlock(root / PROFILE, words)
    except WrongPassphraseError:
        return False
    except SiteweekError as problem:
        raise AssertionError(problem.sentence) from problem
    return True

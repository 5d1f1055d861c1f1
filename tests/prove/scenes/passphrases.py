"""C06 and A08: the passphrase is changed, and changed again; or all the keys are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.clock import SystemClock
from app.errors import SiteweekError, WrongPassphraseError
from app.operations.backups import back_up
from app.operations.key_changes import change_passphrase
from app.operations.rotation import Course, prepare_rotation, renew_backups, rotate
from app.operations.throttle import ATTEMPTS
from tests.operations import quick
from tests.prove.scenes.base import HALF, LOST, UNREADABLE, Wrong
from tests.prove.scenes.opening import PROFILE, insistently, judge_profile
from tests.prove.scenes.saving import begun, note_of, opened
from tests.prove.scenes.writing import Writer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from random import Random

    from app.operations.profile import Profile
    from tests.prove.scenes.base import Evidence, Saying

TIMES = 6


class Changing:
    """The old passphrase opens or the new one does: never neither, never both."""

    id = "C06"
    title = "change the passphrase"

    def prepare(self, root: Path, random: Random) -> None:
        begun(root, random)

    def run(self, root: Path, _random: Random, say: Callable[[Saying], None]) -> None:
        profile = quick.unlock(root / PROFILE)
        for number in range(1, TIMES + 1):
            say({"changing": number})
            changed = insistently(
                say,
                "change",
                lambda: change_passphrase(
                    profile,
                    passphrase(number),  # noqa: B023 - called at once
                    stretcher=quick.QUICK,
                ),
            )
            if changed is not None:
                say({"changed": number})

    def judge(self, root: Path, evidence: Evidence) -> list[Wrong]:
        return _judge(root, evidence)


class Rotating:
    """The old passphrase opens or the new one does, and whichever does has everything."""

    id = "C06R"
    title = "change all the keys"

    def prepare(self, root: Path, random: Random) -> None:
        begun(root, random)

    def run(self, root: Path, random: Random, say: Callable[[Saying], None]) -> None:
        inspection = opened(root, say)
        if inspection is None:
            return
        Writer(inspection, note_of(inspection), random, say).save(2)
        if random.random() < 0.5:
            insistently(say, "backup", lambda: back_up(inspection))
        inspection.close()
        profile = quick.unlock(root / PROFILE)
        course = Course(lambda made: renew_backups(profile, made, SystemClock()))
        for number in (1, 2):
            say({"changing": number})
            problems = insistently(say, "rotate", lambda: _rotate(profile, number, course))  # noqa: B023 - at once
            if problems is not None:
                say({"changed": number})

    def judge(self, root: Path, evidence: Evidence) -> list[Wrong]:
        return _judge(root, evidence)


def _rotate(profile: Profile, number: int, course: Course) -> list[str]:
    rotation = prepare_rotation(
        profile, passphrase(number), with_recovery=False, stretcher=quick.QUICK
    )
    return rotate(profile, rotation, course)


def _judge(root: Path, evidence: Evidence) -> list[Wrong]:
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


def _opens(root: Path, words: str) -> bool:
    # Trying them all is not what its user would do, and who guesses is made to wait.
    (root / PROFILE / ATTEMPTS).unlink(missing_ok=True)
    try:
        quick.unlock(root / PROFILE, words)
    except WrongPassphraseError:
        return False
    except SiteweekError as problem:
        raise AssertionError(problem.sentence) from problem
    return True

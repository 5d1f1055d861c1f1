"""C01: a profile is created, and in it an inspection; another is taken in from a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.errors import SiteweekError
from app.operations.exchange import put_out, read_document
from app.operations.records import add
from app.operations.unlocking import has_profile
from tests.operations import quick
from tests.prove.scenes.base import HALF, LOST, Wrong
from tests.prove.scenes.opening import PROFILE, insistently, judge_profile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from random import Random

    from tests.prove.scenes.base import Evidence, Saying


class Creating:
    """No profile or a whole one; no inspection or a whole one."""

    id = "C01"
    title = "create a profile and inspections"

    def prepare(self, root: Path, random: Random) -> None:
        """Nothing is there before."""

    def run(self, root: Path, random: Random, say: Callable[[Saying], None]) -> None:
        profile = insistently(say, "profile", lambda: quick.create(root / PROFILE))
        if profile is None:
            return
        say({"profile": "made"})
        particulars = {"area": "Wexcombe", "theme": "neglect"}
        made = insistently(say, "inspection", lambda: profile.create_inspection(particulars))
        if made is None:
            return
        say({"inspection": made})
        inspection = insistently(say, "open", lambda: profile.open_inspection(made))
        if inspection is None:
            return
        for number in range(random.randrange(1, 9)):
            fields = {"name": f"Agency {number}"}
            insistently(say, "agency", lambda: inspection.do(add, "agency", fields))  # noqa: B023 - called at once
        document = read_document("".join(inspection.ask(lambda it: list(put_out(it)))).encode())
        taken = insistently(say, "take in", lambda: profile.take_in(document))
        if taken is not None:
            say({"inspection": taken})

    def judge(self, root: Path, evidence: Evidence) -> list[Wrong]:
        is_made = any("profile" in one for one in evidence.said)
        if has_profile(root / PROFILE):
            return judge_profile(root, evidence)
        if is_made:
            return [Wrong(LOST, "the acknowledged profile is missing")]
        # As if nothing had been tried: the user begins again.
        try:
            profile = quick.create(root / PROFILE)
            profile.create_inspection({"area": "again"})
        except SiteweekError as problem:
            return [Wrong(HALF, f"a profile can’t be made any more: {problem.sentence}")]
        return []

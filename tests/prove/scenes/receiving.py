"""C03: a batch of envelopes is taken in from a stick; each is wholly in or wholly out."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from app.operations.notes import add_note, add_paragraph, edit_paragraph
from app.operations.sync import joining
from app.operations.sync.exchange import exchange
from app.operations.sync.joining import Person
from app.operations.sync.places import PlaceKind, add_place
from app.operations.sync.sealing import seal_own
from app.store import exchange_check, revisions
from app.sync.targets.folder import FolderTarget
from tests.operations import quick
from tests.prove.scenes.base import FALSE_ALARM, HALF, LOST, UNREADABLE, Wrong
from tests.prove.scenes.opening import PROFILE, insistently, judge_inspection
from tests.prove.scenes.writing import held

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from app.operations.inspection import Inspection
    from app.operations.profile import Profile
    from tests.prove.scenes.base import Evidence, Saying

STICK = "stick"
ENVELOPES = 200
_KNOWN = "known.json"  # what lies on the stick, and what the laptop held before
_ASHA = Person("Asha", "Ofsted", "Asha's laptop")
_BEA = Person("Bea", "CQC", "Bea's laptop")


class Receiving:
    """What was taken in stays, what was not comes with the next exchange, and nothing twice."""

    id = "C03"
    title = f"take in {ENVELOPES} envelopes"

    def prepare(self, root: Path, random: Random) -> None:
        (root / STICK).mkdir()
        profile = quick.create(root / PROFILE)
        with tempfile.TemporaryDirectory(dir=root) as elsewhere:
            author = quick.create(Path(elsewhere) / PROFILE)
            made = author.open_inspection(author.create_inspection({"area": "Wexcombe"}))
            here = _joined(made, profile)
            note = here.do(add_note, "jotting", {"ref": "B-1"}).made
            own = here.do(add_paragraph, note, "Bea wrote this before.").made
            _write(made, random)
            _exchange(made, root)
            known = {"on the stick": made.ask(held).revisions, "own": own, "id": here.id}
            made.close()
        (root / _KNOWN).write_text(json.dumps(known))
        here.close()

    def run(self, root: Path, random: Random, say: Callable[[Saying], None]) -> None:
        known = json.loads((root / _KNOWN).read_text())
        profile = quick.unlock(root / PROFILE)
        inspection = insistently(say, "open", lambda: profile.open_inspection(known["id"]))
        if inspection is None:
            return
        if insistently(say, "exchange", lambda: _exchange(inspection, root)):
            say({"taken": True})
        if random.random() < 0.5:
            inspection.close()

    def judge(self, root: Path, evidence: Evidence) -> list[Wrong]:
        known = json.loads((root / _KNOWN).read_text())
        profile = quick.unlock(root / PROFILE)
        wrong = judge_inspection(profile, known["id"], evidence, has_area=False)
        if any(one.kind == UNREADABLE for one in wrong):
            return wrong
        inspection = profile.open_inspection(known["id"])
        try:
            wrong += _halves(inspection)
            taken = any("taken" in one for one in evidence.said)
            wrong += _missing(inspection, known, taken=taken)
            if evidence.is_thorough:
                if not _exchange(inspection, root):
                    wrong.append(Wrong(LOST, "the next exchange does not go through"))
                wrong += _missing(inspection, known, taken=True) + _halves(inspection)
        finally:
            inspection.close()
        return wrong


def _joined(lead: Inspection, profile: Profile) -> Inspection:
    """The newcomer's inspection, after both have said the same words."""
    asked = joining.request(profile, joining.invite(lead, _ASHA), _BEA)
    candidate = joining.read_candidate(lead, asked.content)
    admission = joining.admit(lead, candidate, "in person", role="inspector", from_now=False)
    inspection = profile.open_inspection(asked.inspection)
    joining.join(inspection, admission)
    return inspection


def _write(author: Inspection, random: Random) -> None:
    """Write so many changes, each sealed alone."""
    note = author.do(add_note, "jotting", {"ref": "A-1"}).made
    paragraphs: list[str] = []
    while len(paragraphs) < ENVELOPES:
        words = f"{random.getrandbits(48):012x} " + "seen and heard " * random.randrange(1, 40)
        if paragraphs and random.random() < 0.3:
            author.do(edit_paragraph, random.choice(paragraphs), words)
            paragraphs.append(paragraphs[-1])
        else:
            paragraphs.append(author.do(add_paragraph, note, words).made)
        seal_own(author)


def _exchange(inspection: Inspection, root: Path) -> bool:
    folder = root / STICK
    place = add_place(inspection, PlaceKind.FOLDER, str(folder))
    done = exchange(inspection, place, FolderTarget(folder, inspection.seat().roster.inspection))
    return not (done.taken.quarantined or done.taken.refused)


def _halves(inspection: Inspection) -> list[Wrong]:
    def ask(view: object) -> list[Wrong]:
        connection = view.records.connection  # type: ignore[attr-defined]
        faults = list(exchange_check.envelope_faults(connection, lambda: False))
        faults += exchange_check.team_faults(connection)
        wrong = [Wrong(HALF, one) for one in faults]
        if revisions.broken_links(connection):
            wrong.append(Wrong(HALF, "changes do not follow each other"))
        if connection.execute("SELECT 1 FROM arrival WHERE state = 'quarantined'").fetchone():
            wrong.append(Wrong(FALSE_ALARM, "a whole envelope was put in quarantine"))
        return wrong

    return inspection.ask(ask)


def _missing(inspection: Inspection, known: Saying, *, taken: bool) -> list[Wrong]:
    there = inspection.ask(held)
    wanted = [(record, words) for record, words in known["on the stick"]]
    arrived = [one for one in there.revisions if one in set(wanted)]
    wrong: list[Wrong] = []
    if arrived != wanted[: len(arrived)]:
        wrong.append(Wrong(HALF, "changes came out of order, or twice"))
    if taken and len(arrived) < len(wanted):
        wrong.append(Wrong(LOST, f"{len(wanted) - len(arrived)} changes taken in are missing"))
    if known["own"] not in {record for record, _words in there.revisions}:
        wrong.append(Wrong(LOST, "what was written here before is missing"))
    return wrong

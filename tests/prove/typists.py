"""C14: kill -9 while somebody types, at random moments: how old is the oldest letter lost?"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from random import Random
from typing import TYPE_CHECKING, Final

from app.clock import SystemClock
from app.errors import SiteweekError
from app.operations.inspection import Inspection
from app.operations.notes import add_note, add_paragraph, list_notes, read_note
from app.operations.typed_notes import offered_drafts
from tests.fakes.stores import open_store
from tests.prove.judge import Place
from tests.prove.rounds import Tally
from tests.prove.scenes.base import HALF, LOST, UNREADABLE, Wrong
from tests.prove.trace import ROOT

if TYPE_CHECKING:
    from pathlib import Path

MOST_LOST: Final = 1.0  # seconds of typing
_BEGUN: Final = "Begun. "
_WORDS: Final = (
    "Three of nine referrals were opened after the weekend and two were seen alone. " * 3
)
_LONGEST: Final = 120  # keys; the process is killed within so many


def killed_while_typing(seed: str, most: int) -> Tally:
    """Kill a typist so many times; the notes count how old the oldest letter lost was."""
    begun = time.monotonic()
    tally = Tally("C14 kill -9 while typing", seeds=[seed])
    random = Random(seed)
    with Place() as place:
        for number in range(most):
            keys = random.randrange(1, _LONGEST)
            store = place.root / str(number) / "store"
            _begin(store)
            typed, at = _killed(store, keys, random.random() * 0.1)
            wrong, age = _judged(store, typed, at)
            tally.note(f"at most {max(age, 0) // 0.25 * 0.25 + 0.25:.2f} s lost")
            tally.add(f"{seed}/{number}/{keys}", wrong)
    tally.seconds = time.monotonic() - begun
    return tally


def _begin(store: Path) -> None:
    inspection = Inspection("0" * 32, open_store(store), SystemClock())
    note = inspection.do(add_note, "jotting", {"ref": "OF-01"}).made
    inspection.do(add_paragraph, note, _BEGUN)
    inspection.close()


def _killed(store: Path, keys: int, later: float) -> tuple[list[float], float]:
    """When each letter was typed, and when the process was killed."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "tests.prove.typist", str(store), _WORDS]
    with subprocess.Popen(
        command,
        env=environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as typist:
        assert typist.stdout is not None
        typed = [float(typist.stdout.readline()) for _ in range(keys)]
        # Not always just after a key: the process goes on typing meanwhile.
        due = typed[-1] + later
        while time.monotonic() < due:
            pass
        at = time.monotonic()
        typist.kill()
        typed += [float(line) for line in typist.stdout if line.endswith("\n")]
    return typed, at


def _judged(store: Path, typed: list[float], at: float) -> tuple[list[Wrong], float]:
    try:
        there = _there(store)
    except SiteweekError as problem:
        return [Wrong(UNREADABLE, problem.sentence)], 0.0
    if not (_BEGUN + _WORDS).startswith(there) or len(there) < len(_BEGUN):
        return [Wrong(HALF, "other words than were typed")], 0.0
    held = len(there) - len(_BEGUN)
    age = at - typed[held] if held < len(typed) else 0.0
    return ([Wrong(LOST, f"{age:.2f} s of typing")] if age > MOST_LOST else []), age


def _there(store: Path) -> str:
    """The paragraph as its draft or else its revision holds it."""
    inspection = Inspection("0" * 32, open_store(store), SystemClock())
    try:
        (paragraph,) = inspection.ask(read_note, inspection.ask(list_notes)[0].id).paragraphs
        drafts = [one.text for one in inspection.ask(offered_drafts)]
        return max([paragraph.text, *drafts], key=len)
    finally:
        inspection.close()

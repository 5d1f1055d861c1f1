"""Whether one inspection's store is whole: every part of it asked, nothing of it changed.

It works on a private copy that is still encrypted: folding the log in, which the cipher's check
needs, would throw away what can't be read of a damaged log. Nothing is ever repaired here.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from app.errors import DamagedFileError
from app.store import engine
from app.store.integrity_questions import QUESTIONS, Asked, Question

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.crypto.inspection_keys import InspectionKeys

_MOST_NAMED: Final = 20


class State(StrEnum):
    """What is known of a part."""

    FINE = "fine"
    DAMAGED = "damaged"
    NOT_CHECKED = "not checked"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a store: its state, what was found in sentences, and what to do about it."""

    name: str
    state: State
    found: tuple[str, ...] = ()
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Integrity:
    """What was found of every part, in the order in which they were asked."""

    parts: tuple[Part, ...]

    @property
    def is_whole(self) -> bool:
        """Whether every part was asked and is as it should be."""
        return all(one.state is State.FINE for one in self.parts)

    @property
    def only_derived_differs(self) -> bool:
        """Whether all that is wrong can be made anew from the changes."""
        wrong = {one.name for one in self.parts if one.state is not State.FINE}
        return bool(wrong) and wrong <= {"records", "search"}

    def plain(self) -> dict[str, object]:
        """Return it as plain values, for JSON."""
        return {"is_whole": self.is_whole, "parts": [asdict(one) for one in self.parts]}


def check(
    folder: Path,
    keys: InspectionKeys,
    progress: Callable[[str, int, int], None] = lambda _name, _done, _total: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Integrity:
    """Ask every part of an inspection's store whether it is whole.

    What is not asked, because it was cancelled or an earlier part is too damaged, is said to be
    not checked. ``progress`` is told the part about to be asked, and how many are done.

    Raises:
        StoreError: the store is being written just now, or there is no room for the copy.

    """
    asked = Asked(folder, keys, is_cancelled)
    parts: list[Part] = []
    with asked.stack:
        for number, question in enumerate(QUESTIONS):
            progress(question.name, number, len(QUESTIONS))
            parts.append(_part(asked, question))
        progress("", len(QUESTIONS), len(QUESTIONS))
    return Integrity(tuple(parts))


def _part(asked: Asked, question: Question) -> Part:
    name = question.name
    if asked.is_cancelled() or (question.needs_copy and asked.copy is None):
        return Part(name, State.NOT_CHECKED)
    try:
        found = tuple(question.ask(asked))
    except engine.DriverError as problem:
        found = (f"It could not be read: {engine.reason(problem)}.",)
    except DamagedFileError as problem:
        found = (problem.sentence,)
    if asked.is_cancelled():
        return Part(name, State.NOT_CHECKED, found)
    if len(found) > _MOST_NAMED:
        found = (*found[:_MOST_NAMED], f"And {len(found) - _MOST_NAMED:,} more of this kind.")
    state = State.DAMAGED if found else State.FINE
    return Part(name, state, found, question.advice if found else "")

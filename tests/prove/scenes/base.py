"""What a scene is, and what a judge may find wrong with a state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from random import Random

LOST: Final = "lost"  # something acknowledged is not there
UNREADABLE: Final = "unreadable"  # something does not open, or an integrity check complains
HALF: Final = "half"  # a change is there in part, or though it was refused
FALSE_ALARM: Final = "false alarm"  # the app complains of what is whole
UNTRUE: Final = "untrue"  # derived rows differ from their revisions

Saying = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is wrong with a state."""

    kind: str
    what: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a judge goes by: what had been said by then, and by the end of the whole scene."""

    said: Sequence[Saying]
    in_the_end: Sequence[Saying]
    is_thorough: bool = False  # also write again, and derive everything anew
    # A power cut after a flush that failed may bring back, whole, what had been refused for it.
    may_return: bool = False


class Scene(Protocol):
    """A piece of use of the app, and how to judge what is left of it."""

    id: str
    title: str

    def prepare(self, root: Path, random: Random) -> None:
        """Put there what the scene begins with."""

    def run(self, root: Path, random: Random, say: Callable[[Saying], None]) -> None:
        """Use the app; say what it acknowledged."""

    def judge(self, root: Path, evidence: Evidence) -> list[Wrong]:
        """Open what is there with the app and return all that is wrong."""

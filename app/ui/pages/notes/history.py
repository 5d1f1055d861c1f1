"""What can be undone in one note: the writer's own edits, whatever arrives from elsewhere.

Qt's own undo would take back words that came from another laptop as if they were typed here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.ui.pages.notes.lines import stretch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.ui.pages.notes.lines import Line

TYPING: Final = "typing"
_MOST: Final = 1_000


@dataclass(frozen=True, slots=True)
class Edit:
    """Neighbouring paragraphs before and after one step; found again by their ids."""

    before: tuple[Line, ...]
    after: tuple[Line, ...]
    name: str = TYPING

    @property
    def reversed(self) -> Edit:
        """The step that takes this one back."""
        return Edit(self.after, self.before, self.name)

    def place_in(self, lines: Sequence[Line]) -> int | None:
        """Return where ``before`` stands now, or None where something of it has changed since."""
        first = self.before[0]
        at = next((n for n, line in enumerate(lines) if line.id == first.id), None)
        if at is None:
            return None
        here = [line.typed for line in lines[at : at + len(self.before)]]
        return at if here == [line.typed for line in self.before] else None


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done to the note that is not its words, such as a code; ``back`` takes it back."""

    name: str
    back: Callable[[], None]
    again: Callable[[], None]

    @property
    def reversed(self) -> Deed:
        """The step that takes this one back."""
        return Deed(self.name, self.again, self.back)


Step = Edit | Deed
Taken = tuple[int, Edit] | Deed


def _always(_line: Line) -> bool:
    return True


class History:
    """Steps to take back, and steps taken back."""

    def __init__(self) -> None:
        """Begin with nothing to undo."""
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._is_open = False  # whether the next step may still grow the last one

    @property
    def names(self) -> tuple[str, str]:
        """What would be undone and what done again, in a word each; empty for nothing."""
        done, undone = self._done, self._undone
        return done[-1].name if done else "", undone[-1].name if undone else ""

    def break_off(self) -> None:
        """Let the next step stand alone, however like the last one it is."""
        self._is_open = False

    def add(self, step: Step) -> None:
        """Take note of a step that was just made; words typed in one go are one step."""
        self._undone.clear()
        last = self._done[-1] if self._done else None
        if (
            self._is_open
            and isinstance(last, Edit)
            and isinstance(step, Edit)
            and last.name == step.name
            and _continues(last, step)
        ):
            self._done[-1] = Edit(last.before, step.after, step.name)
        else:
            self._done.append(step)
            del self._done[:-_MOST]
        self._is_open = isinstance(step, Edit)

    def step_back(
        self, lines: Sequence[Line], may_change: Callable[[Line], bool] = _always
    ) -> Taken | None:
        """Return where and what to put back, or what to do; None where nothing can be undone.

        A step whose paragraphs changed elsewhere since, or may not be changed any more, is
        passed over: the others' words stay.
        """
        return self._step(self._done, self._undone, lines, may_change)

    def step_forward(
        self, lines: Sequence[Line], may_change: Callable[[Line], bool] = _always
    ) -> Taken | None:
        """Return where and what to do again, as ``step_back`` does."""
        return self._step(self._undone, self._done, lines, may_change)

    def _step(
        self,
        source: list[Step],
        other: list[Step],
        lines: Sequence[Line],
        may_change: Callable[[Line], bool],
    ) -> Taken | None:
        self._is_open = False
        while source:
            step = source.pop().reversed
            if isinstance(step, Deed):
                other.append(step)
                return step
            at = step.place_in(lines)
            if at is not None and all(map(may_change, lines[at : at + len(step.before)])):
                other.append(step)
                return at, step
        return None


def _continues(last: Edit, edit: Edit) -> bool:
    """Whether a step goes on typing, or deleting, where the last one left off, within a word."""
    if len(edit.before) != 1 or len(edit.after) != 1 or last.after != edit.before:
        return False
    if len(last.before) != 1 or last.after[0].type != edit.after[0].type:
        return False
    at, removed, came = stretch(edit.before[0].text, edit.after[0].text)
    was_at, had_removed, had_come = stretch(last.before[0].text, last.after[0].text)
    if came and not removed and had_come and not had_removed:
        begins_word = had_come[-1].isspace() and not came[0].isspace()
        return at == was_at + len(had_come) and len(came) == 1 and not begins_word
    if removed == 1 and not came and had_removed and not had_come:
        return at in {was_at, was_at - 1}
    return False

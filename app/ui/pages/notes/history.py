"""What can be undone in one note: the writer's own edits, whatever arrives from elsewhere.

Qt's own undo would take back words that came from another laptop as if they were typed here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.ui.pages.notes.lines import stretch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.ui.pages.notes.lines import Line

_MOST: Final = 1_000


@dataclass(frozen=True, slots=True)
class Edit:
    """Neighbouring paragraphs before and after one step; found again by their ids."""

    before: tuple[Line, ...]
    after: tuple[Line, ...]

    @property
    def reversed(self) -> Edit:
        """The step that takes this one back."""
        return Edit(self.after, self.before)

    def place_in(self, lines: Sequence[Line]) -> int | None:
        """Return where ``before`` stands now, or None where something of it has changed since."""
        first = self.before[0]
        at = next((n for n, line in enumerate(lines) if line.id == first.id), None)
        if at is None or tuple(lines[at : at + len(self.before)]) != self.before:
            return None
        return at


class History:
    """Steps to take back, and steps taken back."""

    def __init__(self) -> None:
        """Begin with nothing to undo."""
        self._done: list[Edit] = []
        self._undone: list[Edit] = []
        self._is_open = False  # whether the next step may still grow the last one

    def clear(self) -> None:
        """Forget everything, for another note."""
        self._done.clear()
        self._undone.clear()
        self._is_open = False

    def break_off(self) -> None:
        """Let the next step stand alone, however like the last one it is."""
        self._is_open = False

    def add(self, edit: Edit) -> None:
        """Take note of a step that was just made; words typed in one go are one step."""
        self._undone.clear()
        if self._is_open and self._done and _continues(self._done[-1], edit):
            self._done[-1] = Edit(self._done[-1].before, edit.after)
        else:
            self._done.append(edit)
            del self._done[:-_MOST]
        self._is_open = True

    def step_back(self, lines: Sequence[Line]) -> tuple[int, Edit] | None:
        """Return where and what to put back, or None where there is nothing that can be.

        A step whose paragraphs changed elsewhere since is passed over: the others' words stay.
        """
        return self._step(self._done, self._undone, lines)

    def step_forward(self, lines: Sequence[Line]) -> tuple[int, Edit] | None:
        """Return where and what to do again, as ``step_back`` does."""
        return self._step(self._undone, self._done, lines)

    def _step(
        self, source: list[Edit], other: list[Edit], lines: Sequence[Line]
    ) -> tuple[int, Edit] | None:
        self._is_open = False
        while source:
            edit = source.pop().reversed
            at = edit.place_in(lines)
            if at is not None:
                other.append(edit)
                return at, edit
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

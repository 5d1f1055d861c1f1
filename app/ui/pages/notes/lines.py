"""The paragraphs on screen as values, and which of them stay the same through an edit.

Pure: knows neither the editor nor the disk, so every rule about identity is tested without them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from app.operations.additions import added
from app.operations.typed_notes import Typed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.operations.notes import Paragraph

EVIDENCE: Final = "evidence"


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph as it stands on screen. ``time`` is when it was first typed, as 14:02.

    ``voice`` says from how many it was heard, ``added`` when it came to a note that was locked.
    """

    id: str
    text: str = ""
    type: str = EVIDENCE
    speaker: str = ""
    author: str = ""
    time: str = ""
    voice: str = ""
    added: str = ""

    @property
    def beneath(self) -> str:
        """What stands under the words: whose they are, from how many heard, when added."""
        whose = f"— {self.speaker}" if self.type == "verbatim" and self.speaker else ""
        return " · ".join(part for part in (whose, self.voice, self.added) if part)

    @property
    def typed(self) -> Typed:
        """What is saved of it; author and time are the store's to add."""
        return Typed(self.id, self.type, self.text, self.speaker)


@dataclass(frozen=True, slots=True)
class Selected:
    """Words selected within one paragraph, counted in code points."""

    paragraph: str
    start: int
    end: int
    words: str


def followed(
    before: Sequence[Line], texts: Sequence[str], begin: Callable[[], Line]
) -> tuple[Line, ...]:
    """Return the paragraphs after an edit left ``texts`` where ``before`` stood.

    Words that stayed whole keep their record, from either end: so Enter at the start of a
    paragraph begins a new one above it, and joining to an empty one keeps the record that has
    the words. Of the rest the first keep their records, and ``begin`` makes new ones.
    """
    head = _same(before, texts)
    tail = _same(before[head:][::-1], texts[head:][::-1])
    middle, changed = before[head : len(before) - tail], texts[head : len(texts) - tail]
    kept = [replace(line, text=text) for line, text in zip(middle, changed, strict=False)]
    new = [replace(begin(), text=text) for text in changed[len(middle) :]]
    if len(before) == 1 and len(new) == 1 and new[0].text and _was_split(before[0], texts):
        # Both halves of a quotation are still that person's words.
        new = [replace(new[0], type=before[0].type, speaker=before[0].speaker)]
    return (*before[:head], *kept, *new, *before[len(before) - tail :])


def line_of(one: Paragraph, locked_at: str = "") -> Line:
    """Return a paragraph as it stands on screen; ``locked_at`` is when its note was locked."""
    return Line(
        one.id,
        one.text,
        one.type or EVIDENCE,
        one.speaker,
        one.author,
        one.typed_at[11:16],
        one.voice,
        added(one.typed_at, locked_at, one.late_reason),
    )


def with_unsaved(
    wanted: Sequence[Line], here: Sequence[Line], typing_in: frozenset[str]
) -> list[Line]:
    """Return paragraphs, and those on this screen alone behind the ones they follow here."""
    found = list(wanted)
    ids = {line.id for line in wanted}
    before = ""
    for line in here:
        if line.id not in ids:
            if line.text and line.id not in typing_in:
                continue  # it was on disk, and was taken away elsewhere
            at = next((n for n, one in enumerate(found, 1) if one.id == before), 0)
            found.insert(at, line)
        before = line.id
    return found


def renewed(wanted: Sequence[Line], here: Sequence[Line]) -> list[Line]:
    """Return paragraphs with the words wanted, and all else as it stands here now."""
    known = {line.id: line for line in here}
    return [
        replace(known[line.id], text=line.text, type=line.type, speaker=line.speaker)
        if line.id in known
        else line
        for line in wanted
    ]


def stretch(before: str, after: str) -> tuple[int, int, str]:
    """Return the one stretch in which two texts differ: where, how much went, what came."""
    most = min(len(before), len(after))
    start = next((i for i in range(most) if before[i] != after[i]), most)
    most -= start
    end = next((i for i in range(most) if before[-1 - i] != after[-1 - i]), most)
    return start, len(before) - start - end, after[start : len(after) - end]


def _same(lines: Sequence[Line], texts: Sequence[str]) -> int:
    pairs = zip(lines, texts, strict=False)
    most = min(len(lines), len(texts))
    return next((n for n, (line, text) in enumerate(pairs) if line.text != text), most)


def _was_split(line: Line, texts: Sequence[str]) -> bool:
    return "".join(texts) == line.text

"""What was said at feedback against what the letter says: which judgements fit, and which stand.

Nothing here judges words: it tells what is so plain that nobody has to (the same words, nothing
said, nothing written) and leaves the rest to a person, who has to say why.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.domain.differences import Change, differences
from app.domain.kinds.reconciling import VERDICTS

SAME, SOFTENED, STRENGTHENED, DROPPED, NEW = VERDICTS
_ENOUGH: Final = 2  # at least one letter in so many is the same
_QUOTES: Final = str.maketrans("‘’“”–", "''\"\"-")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What somebody decided about a pair of texts, with those texts as they stood."""

    verdict: str
    reason: str
    said: str
    written: str
    by: str = ""
    at: str = ""


def possible(said: str, written: str) -> tuple[str, ...]:
    """Return which judgements fit: none where nothing was said and nothing is written."""
    if said.strip() and written.strip():
        return (SAME, SOFTENED, STRENGTHENED)
    if said.strip():
        return (DROPPED,)
    return (NEW,) if written.strip() else ()


def plain(said: str, written: str) -> str:
    """Return the judgement that follows from the words alone, or nothing where a person judges."""
    fitting = possible(said, written)
    if len(fitting) == 1:
        return fitting[0]
    return SAME if fitting and _bare(said) == _bare(written) else ""


def near(said: str, written: str) -> bool:
    """Whether so much of two texts is the same that marking the rest helps a reader."""
    same = sum(
        _letters(one.text) for one in differences(said, written) if one.change is Change.SAME
    )
    return _ENOUGH * same >= max(_letters(said), _letters(written))


def needs_reason(verdict: str, said: str, written: str) -> bool:
    """Whether a judgement is kept only with a reason: any difference is, in words or in weight."""
    return verdict != SAME or _bare(said) != _bare(written)


def problem(verdict: str, reason: str, said: str, written: str) -> str:
    """Return why a judgement can't be kept, in one sentence, or nothing."""
    fitting = possible(said, written)
    if not fitting:
        return "Nothing was said and nothing is written, so there is nothing to compare."
    if verdict not in fitting:
        return f"What was said and what is written can only be {_listed(fitting)}."
    if needs_reason(verdict, said, written) and not reason.strip():
        return "Say in a few words why the letter differs from what was said."
    return ""


def stands(judgement: Judgement, said: str, written: str) -> bool:
    """Whether a judgement is still about the words as they are now."""
    held, now = (judgement.said, judgement.written), (said, written)
    return [_bare(one) for one in held] == [_bare(one) for one in now]


def is_settled(judgement: Judgement | None, said: str, written: str) -> bool:
    """Whether nobody has to decide anything: the same words, or a judgement that stands."""
    if plain(said, written) == SAME:
        return True
    return judgement is not None and stands(judgement, said, written)


def _letters(words: str) -> int:
    return len("".join(words.split()))


def _bare(words: str) -> str:
    """Return words as they sound: without line breaks, curled quotes or a different dash."""
    return " ".join(words.translate(_QUOTES).split())


def _listed(verdicts: tuple[str, ...]) -> str:
    *most, last = (f"“{one}”" for one in verdicts)
    return f"{', '.join(most)} or {last}" if most else last


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a point or a block that rest on a finding, and how a point was said."""

    record: str
    words: str
    how: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """One finding, or a point that rests on none: what was said of it and what is written.

    ``judgements`` are all that were made, the last last; ``judge`` the initials of who made it.
    """

    key: str
    title: str
    points: tuple[Passage, ...]
    blocks: tuple[Passage, ...]
    judgements: tuple[Judgement, ...] = ()
    judge: str = ""

    @property
    def said(self) -> str:
        """The words that were spoken, a point to a paragraph."""
        return "\n\n".join(one.words for one in self.points if one.how in {"said", "reworded"})

    @property
    def written(self) -> str:
        """The words of the letter, a passage to a paragraph."""
        return "\n\n".join(one.words for one in self.blocks)

    @property
    def waits(self) -> bool:
        """Whether a point is still to be spoken, so that nothing can be compared yet."""
        return any(one.how not in {"said", "reworded", "skipped"} for one in self.points)

    @property
    def judgement(self) -> Judgement | None:
        """The judgement made last."""
        return self.judgements[-1] if self.judgements else None

    @property
    def is_settled(self) -> bool:
        """Whether nobody has to decide anything about it now."""
        return is_settled(self.judgement, self.said, self.written)

    @property
    def is_open(self) -> bool:
        """Whether somebody has to decide."""
        return not self.waits and not self.is_settled

    @property
    def verdict(self) -> str:
        """What the letter is to what was said, as far as it is known; nothing otherwise."""
        if self.waits:
            return ""
        held = self.judgement
        if held is not None and stands(held, self.said, self.written):
            return held.verdict
        return plain(self.said, self.written)

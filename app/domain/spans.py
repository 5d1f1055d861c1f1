"""Words in a paragraph that carry a code: where they are, what they say, what stands around.

The editor moves spans with every edit; ``find`` is for text that changed out of its sight, such
as another device's version. A span whose words cannot be told for certain is loose: it keeps
its words and is shown with them, and never slides to others. Positions count code points.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, NamedTuple

# Characters kept on each side, as the Web Annotation model's text quote selector does.
CONTEXT: Final = 32
# A side agrees when this much of it, nearest to the words, is still there.
NEAR: Final = 8
# Words this long that occur once are taken to be the same words, whatever stands around them.
DISTINCT: Final = 20


@dataclass(frozen=True, slots=True)
class Span:
    """Words, their place, and up to ``CONTEXT`` characters on each side of them.

    ``start`` None: loose by an edit that took all its words away. Only a person puts it back.
    """

    start: int | None
    quote: str
    before: str = ""
    after: str = ""

    @property
    def end(self) -> int | None:
        """Return the position behind the words, or None for a loose span."""
        return None if self.start is None else self.start + len(self.quote)


class Edit(NamedTuple):
    """One change as an editor reports it: where, how many characters went, what came."""

    position: int
    removed: int
    inserted: str


def make(text: str, start: int, end: int) -> Span:
    """Return the span of ``text[start:end]``.

    Raises:
        ValueError: where that is no words, or reaches outside the text.

    """
    if not 0 <= start < end <= len(text):
        msg = "A span needs at least one character inside the text."
        raise ValueError(msg)
    before = text[max(0, start - CONTEXT) : start]
    return Span(start, text[start:end], before, text[end : end + CONTEXT])


def find(text: str, span: Span) -> int | None:
    """Return where a span's words are in this text, or None where nobody can be sure.

    In order: the words at their place with all that stood around them; the one place where both
    sides agree nearby (of several, the one whose whole context agrees, or the known place); the
    one place where one side does; long words that occur once.
    """
    start, quote = span.start, span.quote
    if start is None or not quote:
        return None
    places = _places(text, quote)
    if start in places and _agrees(text, start, span, CONTEXT) == (True, True):
        return start
    agreeing = {place: _agrees(text, place, span, NEAR) for place in places}
    sides = (bool(span.before), bool(span.after))
    both = [place for place in places if all(agreeing[place])] if all(sides) else []
    if both:
        whole = [place for place in both if all(_agrees(text, place, span, CONTEXT))]
        return _only(whole or both, start)
    long_enough = (len(span.before) >= NEAR, len(span.after) >= NEAR)
    one_side = [
        place
        for place in places
        if any(side and long for side, long in zip(agreeing[place], long_enough, strict=True))
    ]
    if one_side:
        return _only(one_side, start)
    return places[0] if len(places) == 1 and len(quote) >= DISTINCT else None


def moved(span: Span, edit: Edit) -> Span:
    """Return the span after an edit of its text.

    Text typed at either end stays outside; text typed inside, also over some of the words,
    becomes part of them; removing some of the words leaves the rest. Removing all of them makes
    the span loose, and it keeps the words it had. What the edit shows of the text around is kept
    up; ``make`` widens it again.
    """
    start, end = span.start, span.end
    if start is None or end is None:
        return span
    cut = edit.position + edit.removed
    if edit.removed and edit.position <= start and cut >= end:
        return replace(span, start=None)
    if cut <= start:
        shifted = start + len(edit.inserted) - edit.removed
        return replace(span, start=shifted, before=_before(span, start, edit))
    if edit.position >= end:
        return replace(span, after=_after(span, end, edit))
    return _overlapped(span, start, edit)


def _places(text: str, quote: str) -> list[int]:
    """Return every position where the words stand, overlapping ones too."""
    places: list[int] = []
    place = text.find(quote)
    while place >= 0:
        places.append(place)
        place = text.find(quote, place + 1)
    return places


def _agrees(text: str, place: int, span: Span, reach: int) -> tuple[bool, bool]:
    """Whether what stood before and after the words still does, as far as ``reach``."""
    before, after = span.before[-reach:], span.after[:reach]
    return text.endswith(before, 0, place), text.startswith(after, place + len(span.quote))


def _only(places: list[int], known: int) -> int | None:
    if len(places) == 1:
        return places[0]
    return known if known in places else None


def _overlapped(span: Span, start: int, edit: Edit) -> Span:
    """Return the span after an edit that touches some of its words, but leaves some."""
    end, cut = start + len(span.quote), edit.position + edit.removed
    if edit.position < start:
        rest = span.quote[cut - start :]
        new_start = edit.position + len(edit.inserted)
        return Span(new_start, rest, _before(span, start, edit), span.after)
    head = span.quote[: edit.position - start]
    if cut > end:
        return replace(span, quote=head, after=_after(span, end, edit))
    return replace(span, quote=head + edit.inserted + span.quote[cut - start :])


def _before(span: Span, start: int, edit: Edit) -> str:
    """Return what now stands before the words, as far as it is known."""
    window = start - len(span.before)
    cut = min(edit.position + edit.removed, start)
    if cut < window:
        return span.before
    kept = span.before[: max(0, edit.position - window)]
    return (kept + edit.inserted + span.before[cut - window :])[-CONTEXT:]


def _after(span: Span, end: int, edit: Edit) -> str:
    """Return what now stands after the words, as far as it is known."""
    window = end + len(span.after)
    if edit.position > window:
        return span.after
    kept = span.after[: max(0, edit.position - end)]
    rest = span.after[max(0, edit.position + edit.removed - end) :]
    return (kept + edit.inserted + rest)[:CONTEXT]

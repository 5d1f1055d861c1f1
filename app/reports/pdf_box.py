"""The box of a PDF: a ruled frame around blocks, which may run over the end of a page."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from reportlab.platypus import Flowable, Paragraph

from app.reports.pdf_styles import QUIET
from app.reports.pdf_words import HeadingParagraph, footnotes_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.reports.blocks import Footnote


class Box(Flowable):
    """Flowables in a ruled frame; each part of a split box is closed on all sides."""

    PADDING: Final = 9.0

    def __init__(self, inside: list[Flowable], *, last: bool = True) -> None:
        """Keep what stands inside; ``last`` is false for a part that goes on overleaf."""
        super().__init__()
        self.inside = inside
        self.spaceBefore = 8.0
        self.spaceAfter = 14.0 if last else 0.0

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Return the whole width and the height of all that is inside."""
        del available_height
        self.width = available_width
        self.height = 2 * self.PADDING + self._stack(self.inside)
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        """Return two boxes, the first of which fits; or nothing, if none would."""
        self.width = available_width
        left = available_height - 2 * self.PADDING
        place, used = self._filling(left)
        if place == len(self.inside):
            return [self]
        one = self.inside[place]
        room = left - used - (self._gap(self.inside[place - 1], one) if place else 0.0)
        parts = one.split(self._inner, room) if room > 0 else []
        head = [*self.inside[:place], *parts[:1]]
        if not (self._may_end(head) or self._on_fresh_page()):
            return []
        rest = [*parts[1:], *self.inside[place + 1 :]] if parts else self.inside[place:]
        return [Box(head, last=False), Box(rest)]

    def _filling(self, room: float) -> tuple[int, float]:
        """Return how many of the blocks inside fit whole, and the height they take."""
        used = 0.0
        for place, one in enumerate(self.inside):
            gap = self._gap(self.inside[place - 1], one) if place else 0.0
            tall = self._tall(one)
            if used + gap + tall > room:
                return place, used
            used += gap + tall
        return len(self.inside), used

    def _on_fresh_page(self) -> bool:
        """Whether waiting for another page would gain nothing."""
        frame = getattr(self, "_frame", None)
        return bool(getattr(frame, "_atTop", False))

    def draw(self) -> None:
        """Draw the frame, then what is inside from the top down."""
        self.canv.setStrokeColor(QUIET)
        self.canv.setLineWidth(0.8)
        self.canv.rect(0, 0, self.width, self.height)
        top = self.height - self.PADDING
        above: Flowable | None = None
        for one in self.inside:
            top -= self._gap(above, one) if above is not None else 0.0
            top -= self._tall(one)
            one.drawOn(self.canv, self.PADDING, top)
            above = one

    @property
    def _inner(self) -> float:
        return self.width - 2 * self.PADDING

    def _tall(self, one: Flowable) -> float:
        return float(one.wrap(self._inner, 1 << 20)[1])

    def _stack(self, some: list[Flowable]) -> float:
        gaps = sum(self._gap(one, other) for one, other in pairwise(some))
        return gaps + sum(map(self._tall, some))

    @staticmethod
    def _gap(above: Flowable, below: Flowable) -> float:
        return float(max(above.getSpaceAfter(), below.getSpaceBefore()))

    @staticmethod
    def _may_end(head: list[Flowable]) -> bool:
        """Whether a part may end here: not empty, nor with a heading whose text is overleaf."""
        return bool(head) and not isinstance(head[-1], HeadingParagraph)


def notes_of(flowable: Flowable) -> list[Footnote]:
    """Return the footnotes whose marks stand in a flowable, in order."""
    if isinstance(flowable, Box):
        return [note for one in flowable.inside for note in notes_of(one)]
    held = footnotes_in(flowable) if isinstance(flowable, Paragraph) else ()
    return [note for note in held if note.text]


def depth_of(flowables: Iterable[Flowable], width: float) -> float:
    """Return the height of flowables one above another."""
    total = 0.0
    for one in flowables:
        total += one.wrap(width, 1 << 20)[1] + one.getSpaceBefore() + one.getSpaceAfter()
    return total

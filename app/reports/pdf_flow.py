"""How a PDF's blocks flow over pages: footnotes at the foot of their page, boxes that split.

The frame gives up height to a footnote at the moment the line with its mark is placed, so mark
and note share a page. A footnote too tall for that is printed after the last page's text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from reportlab.platypus import Flowable, Frame, Paragraph, Spacer

from app.reports.blocks import Footnote, Run
from app.reports.pdf_styles import QUIET
from app.reports.pdf_words import footnotes_in, paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfgen.canvas import Canvas

_RULE_SPACE: Final = 14.0
_RULE_LENGTH: Final = 110.0
_TALLEST_NOTE: Final = 0.4


class Box(Flowable):  # type: ignore[misc] # the library's base class is untyped
    """Flowables in a ruled frame; each part of a split box is closed on all sides."""

    PADDING: Final = 9.0

    def __init__(self, inside: list[Flowable], last: bool = True) -> None:  # noqa: FBT001, FBT002
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
        for place, one in enumerate(self.inside):
            before = self._stack(self.inside[:place])
            if place:
                before += self._gap(self.inside[place - 1], one)
            if before + self._tall(one) <= left:
                continue
            parts = one.split(self._inner, left - before) if left > before else []
            head = [*self.inside[:place], *parts[:1]]
            if not (self._may_end(head) or self._on_fresh_page()):
                return []
            rest = [*parts[1:], *self.inside[place + 1 :]] if parts else self.inside[place:]
            return [Box(head, last=False), Box(rest)]
        return [self]

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
        gaps = sum(self._gap(one, other) for one, other in zip(some, some[1:], strict=False))
        return gaps + sum(map(self._tall, some))

    @staticmethod
    def _gap(above: Flowable, below: Flowable) -> float:
        return float(max(above.getSpaceAfter(), below.getSpaceBefore()))

    @staticmethod
    def _may_end(head: list[Flowable]) -> bool:
        """Whether a part may end here: not empty, nor with a heading whose text is overleaf."""
        return bool(head) and not getattr(head[-1], "is_heading", False)


def notes_of(flowable: Flowable) -> list[Footnote]:
    """Return the footnotes whose marks stand in a flowable, in order."""
    if isinstance(flowable, Box):
        return [note for one in flowable.inside for note in notes_of(one)]
    held = footnotes_in(flowable) if isinstance(flowable, Paragraph) else ()
    return [note for note in held if note.text]


class NotesFrame(Frame):
    """A page's frame, whose lower edge rises as footnotes are called for."""

    def __init__(self, *args: Any, style: ParagraphStyle, **more: Any) -> None:  # noqa: ANN401 - passes on what it is given
        """Begin with no footnote on the page and none held back."""
        self._note_style = style
        self._here: dict[tuple[str, str], Paragraph] = {}
        self._late: dict[tuple[str, str], Footnote] = {}
        super().__init__(*args, **more)

    def _reset(self) -> None:
        super()._reset()
        self._here = {}
        self._y1p = self._y1 + self._bottomPadding

    def add(self, flowable: Flowable, canvas: Canvas, trySplit: int = 0) -> int:  # noqa: N803 - the library's name
        """Place a flowable if it and its footnotes fit; the page then keeps both."""
        fresh = self._fresh(flowable)
        floor = self._y1p
        self._y1p = floor + self._room_for(fresh)
        placed: int = super()._add(flowable, canvas, trySplit=trySplit)
        if placed:
            self._here.update(fresh)
        else:
            self._y1p = floor
        return placed

    def split(self, flowable: Flowable, canvas: Canvas) -> list[Flowable]:
        """Split so that the first part's footnotes have their room."""
        parts: list[Flowable] = super().split(flowable, canvas)
        fresh = self._fresh(parts[0]) if parts else {}
        if not fresh:
            return parts
        floor = self._y1p
        self._y1p = floor + self._room_for(fresh)
        with_room: list[Flowable] = super().split(flowable, canvas)
        self._y1p = floor
        if with_room or not self._atTop:
            return with_room
        # A fresh page is not enough for one line and its footnotes: the text goes first.
        self._late.update((_key(note), note) for note in notes_of(parts[0]))
        return parts

    def draw_notes(self, canvas: Canvas) -> None:
        """Draw the rule and this page's footnotes, the last of them on the lower edge."""
        if not self._here:
            return
        foot = self._y1 + self._bottomPadding
        top = foot + self._room_for(self._here) - _RULE_SPACE
        canvas.setStrokeColor(QUIET)
        canvas.setLineWidth(0.6)
        canvas.line(self._x1, top + 5, self._x1 + _RULE_LENGTH, top + 5)
        for note in self._here.values():
            top -= note.wrap(self._aW, 1 << 20)[1]
            note.drawOn(canvas, self._x1, top)
            top -= self._note_style.spaceAfter

    def late_notes(self) -> list[Paragraph]:
        """Return, once, the footnotes that no page had room for."""
        held, self._late = self._late, {}
        return [self._set(note) for note in held.values()]

    def _fresh(self, flowable: Flowable) -> dict[tuple[str, str], Paragraph]:
        """Return the footnotes that this flowable would bring to the page."""
        fresh: dict[tuple[str, str], Paragraph] = {}
        for note in notes_of(flowable):
            if _key(note) in self._here or _key(note) in self._late:
                continue
            made = self._set(note)
            if made.wrap(self._aW, 1 << 20)[1] > self._height_of_frame() * _TALLEST_NOTE:
                self._late[_key(note)] = note
            else:
                fresh[_key(note)] = made
        return fresh

    def _room_for(self, notes: dict[tuple[str, str], Paragraph]) -> float:
        if not notes:
            return 0.0
        each = (
            one.wrap(self._aW, 1 << 20)[1] + self._note_style.spaceAfter for one in notes.values()
        )
        # The rule is there already if the page has footnotes.
        rule = 0.0 if self._here and notes is not self._here else _RULE_SPACE
        return float(sum(each)) + rule

    def _height_of_frame(self) -> float:
        return float(self._y2 - self._y1)

    def _set(self, note: Footnote) -> Paragraph:
        words = (Footnote(note.mark, ""), Run(f" {note.text}"))
        return paragraph(words, self._note_style)


class LateNotes(Spacer):
    """Stands last in the text and brings in the footnotes no page had room for."""

    def __init__(self) -> None:
        """Take no room itself."""
        super().__init__(0, 0)

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Hand the frame what was held back."""
        del available_width, available_height
        frame = self._frame
        if isinstance(frame, NotesFrame):
            frame.add_generated_content(*frame.late_notes())
        return 0.0, 0.0


def _key(note: Footnote) -> tuple[str, str]:
    return note.mark, note.text


def depth_of(flowables: Iterable[Flowable], width: float) -> float:
    """Return the height of flowables one above another."""
    total = 0.0
    for one in flowables:
        total += one.wrap(width, 1 << 20)[1] + one.getSpaceBefore() + one.getSpaceAfter()
    return total

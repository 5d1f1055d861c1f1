"""The page's frame of a PDF, which sets footnotes at the foot of the page that calls for them.

The frame gives up height to a footnote at the moment the line with its mark is placed, so mark
and note share a page. A footnote too tall for that is printed after the last of the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

from reportlab.platypus import Flowable, Frame, Paragraph, Spacer

from app.reports.blocks import Footnote, Run
from app.reports.pdf_box import notes_of
from app.reports.pdf_styles import QUIET
from app.reports.pdf_words import paragraph

if TYPE_CHECKING:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfgen.canvas import Canvas

_RULE_SPACE: Final = 14.0
_RULE_LENGTH: Final = 110.0
_TALLEST_NOTE: Final = 0.4


class NotesFrame(Frame):
    """A page's frame, whose lower edge rises as footnotes are called for."""

    # The library's own measures, which its type hints leave out.
    _x1: float
    _y1: float
    _y2: float
    _aW: float  # noqa: N815 - the library's name
    _atTop: int  # noqa: N815 - the library's name
    _bottomPadding: float  # noqa: N815 - the library's name

    def __init__(self, *args: Any, style: ParagraphStyle, **more: Any) -> None:  # noqa: ANN401 - passes on what it is given
        """Begin with no footnote on the page and none held back."""
        self._note_style = style
        self._here: dict[tuple[str, str], Paragraph] = {}
        self._late: dict[tuple[str, str], Footnote] = {}
        super().__init__(*args, **more)

    def _reset(self) -> None:
        super()._reset()  # type: ignore[misc] # left out of the type hints
        self._here = {}
        self._y1p = self._y1 + self._bottomPadding

    def add(self, flowable: Flowable, canvas: Canvas, trySplit: int = 0) -> Literal[0, 1]:  # noqa: N803 - the library's name
        """Place a flowable if it and its footnotes fit; the page then keeps both."""
        fresh = self._fresh(flowable)
        floor = self._y1p
        self._y1p = floor + self._room_for(fresh)
        placed = super().add(flowable, canvas, trySplit=trySplit)
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
        return self._y2 - self._y1

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
        frame = getattr(self, "_frame", None)
        if isinstance(frame, NotesFrame):
            frame.add_generated_content(*frame.late_notes())
        return 0.0, 0.0


def _key(note: Footnote) -> tuple[str, str]:
    return note.mark, note.text

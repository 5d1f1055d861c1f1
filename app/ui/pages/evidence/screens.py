"""The states of the evidence page, for the pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.quotes import Lens
from app.ui.pages.evidence.finding_picker import FindingPicker
from app.ui.widgets.one_line import OneLine
from app.ui.widgets.picker import Picker

if TYPE_CHECKING:
    from app.ui.drawing import Drawing
    from app.ui.pages.evidence.page import EvidencePage


def draw(drawing: Drawing, page: EvidencePage) -> None:
    """Draw the words whole and narrowed, what is not coded, and what is asked on the way."""
    _draw_coverage(drawing, page)
    page.show_part("sides")
    drawing.grab("evidence-sides")
    words = page.words
    page.show_part("words")
    drawing.grab("evidence-words")
    if words.shown:
        words.view.list.make_current(words.shown[len(words.shown) // 3].key)
        drawing.grab("evidence-words-chosen")
    words.look(Lens({"weight": "improvement", "criterion": "A6"}))
    drawing.grab("evidence-words-narrowed")
    words.look(Lens({"weight": "priority"}, "nothing holds this"))
    drawing.grab("evidence-words-none")
    words.look(Lens(is_uncoded=True))
    drawing.grab("evidence-not-coded")
    words.look(Lens())
    words.narrow()
    _grab_dialog(drawing, page, Picker, "evidence-narrow-by")
    if words.shown:
        words.view.list.make_current(words.shown[0].key)
        page.put_on_finding()
        _grab_dialog(drawing, page, FindingPicker, "evidence-put-on-finding")


def _draw_coverage(drawing: Drawing, page: EvidencePage) -> None:
    page.show_part("coverage")
    drawing.grab("evidence-coverage")
    held = page.coverage.coverage
    empty = [
        (code, agency)
        for code, _label in held.criteria
        for agency, _name in held.agencies
        if held.cell(code, agency).is_expected and not held.cell(code, agency).quotes
    ]
    if empty:
        page.coverage.view.table.make_current(*empty[len(empty) // 2])
        drawing.grab("evidence-coverage-empty-cell")
        page.coverage.act()
        _grab_dialog(drawing, page, OneLine, "evidence-make-a-task")


def _grab_dialog(
    drawing: Drawing, page: EvidencePage, kind: type[Picker | FindingPicker | OneLine], screen: str
) -> None:
    dialog = page.findChild(kind)
    if dialog is not None:
        drawing.grab(screen, dialog)
        dialog.close()

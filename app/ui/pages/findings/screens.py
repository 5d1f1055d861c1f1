"""The states of the findings page, for the pictures. Nothing that is drawn is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.operations.other_side import other_side
from app.ui.pages.findings.model import candidate_rows
from app.ui.pages.findings.split_dialog import SplitDialog

if TYPE_CHECKING:
    from app.ui.drawing import Drawing
    from app.ui.pages.findings.page import FindingsPage

_REASON = "This finding is “agreed”: say in a few words why it changes."
_REFUSED = "A finding can’t be “tested” before a piece of evidence for it is linked."
_MERGED = "Merged into “Children are seen and heard.” Ctrl+Shift+U parts them again."


def draw(drawing: Drawing, page: FindingsPage) -> None:
    """Draw a finding, its foot, a reason asked for, its other side, a split, and an empty page."""
    findings = page.sheets[0].rows
    if not findings:
        drawing.grab("findings")
        return
    page.show_record(findings[len(findings) // 2].id)
    drawing.grab("findings")
    sheet = page.view.sheet
    bar = sheet.verticalScrollBar()
    bar.setValue(bar.maximum())
    drawing.grab("findings-foot")
    _draw_other_side(drawing, page)
    bar.setValue(0)
    sheet.reason.ask(_REASON)
    drawing.grab("findings-reason")
    sheet.reason.clear()
    sheet.show_remark(_REFUSED)
    sheet.show_merged(_MERGED)
    drawing.grab("findings-merged")
    sheet.show_remark("")
    sheet.show_merged("")
    shown = page.sheets[1]
    if shown is not None:
        held = shown.finding
        pieces = (*held.evidence_for, *held.evidence_against)
        dialog = SplitDialog(page, held.record.text("statement"), pieces)
        dialog.show()
        drawing.grab("findings-split", dialog)
        dialog.close()
    page.new_finding()
    drawing.grab("findings-new")
    page.show_record(findings[0].id)


def _draw_other_side(drawing: Drawing, page: FindingsPage) -> None:
    found = drawing.inspection.ask(other_side, page.current)
    search = page.view.sheet.search
    search.show_other_side(candidate_rows(found.found, ()), found.among, "Nothing")
    page.view.sheet.ensureWidgetVisible(search)
    drawing.grab("findings-other-side")
    search.clear()

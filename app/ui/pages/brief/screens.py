"""The states of the feedback page, for the pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.operations.briefs import brief_content
from app.ui.pages.brief.model import SPEAKER

if TYPE_CHECKING:
    from app.ui.drawing import Drawing
    from app.ui.pages.brief.page import BriefPage


def draw(drawing: Drawing, page: BriefPage) -> None:
    """Draw the running order, one speaker, the meeting, what to look at, and a rehearsal."""
    page.reload()
    drawing.grab("feedback-none-chosen")
    content = drawing.inspection.ask(brief_content)
    points = [one for section in content.sections for one in section.points]
    if not points:
        return
    reworded = next((one for one in points if one.said == "reworded"), points[0])
    page.show_record(reworded.id)
    drawing.grab("feedback")
    page.show_record(f"{SPEAKER}{reworded.speaker}")
    drawing.grab("feedback-speaker")
    page.body.go_to("meeting")
    drawing.grab("feedback-meeting")
    page.offered.next.trigger()
    drawing.grab("feedback-compare")
    page.body.go_to("before")
    drawing.grab("feedback-before")
    page.show_record(max(points, key=lambda one: len(one.text)).id)
    page.offered.speak.trigger()
    drawing.window.showNormal()  # where there is no real screen, one of its size is too small
    drawing.grab("feedback-speaking")
    page.rehearsing.view.reword()
    drawing.grab("feedback-reworded")
    page.rehearsing.end()

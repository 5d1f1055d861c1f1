"""The states of the letter page, for the pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTabWidget

from app.operations.letter_accuracy import save_comment
from app.operations.letter_release import answer_look, release_sheet
from app.operations.letter_versions import keep_version
from app.operations.letters import add_block, reword_block
from app.operations.records import delete
from app.operations.work import new_id

if TYPE_CHECKING:
    from app.ui.drawing import Drawing
    from app.ui.pages.letter.page import LetterPage


def draw(drawing: Drawing, page: LetterPage) -> None:
    """Draw the letter, comments, versions, and what stands before it leaves."""
    page.view.tabs.setCurrentIndex(0)
    drawing.grab("letter-opened")
    noted = next((one for one in page.preview.blocks if one.footnotes), None)
    if noted is not None:
        page.choose_block(noted.id)
        drawing.grab("letter-footnote")
    resting = [one for one in page.preview.blocks if any(each.findings for each in one.sentences)]
    if resting:
        page.choose_block(resting[len(resting) // 2].id)
    drawing.grab("letter")
    _draw_orphan(drawing, page)
    for tabs in page.view.findChildren(QTabWidget):
        tabs.setCurrentWidget(page.view.particulars)
        drawing.grab("letter-particulars")
        tabs.setCurrentIndex(0)
    page.parts.show_part("comments")
    drawing.grab("letter-comments-none")
    made = _comments(drawing, page)
    page.parts.comments.show_comment(made[0])
    drawing.grab("letter-comments")
    _draw_versions(drawing, page)
    page.parts.show_part("before")
    page.parts.before.reload()
    drawing.grab("letter-before")
    sheet = drawing.inspection.ask(release_sheet)
    changes = [
        drawing.inspection.do(answer_look, one.look, "Read by two of us; no child can be known.")
        for one in sheet.answered
    ]
    page.parts.before.reload()
    drawing.grab("letter-before-answered")
    for one in changes:
        drawing.inspection.do(delete, one.made)
    for each in made:
        drawing.inspection.do(delete, each)
    page.parts.comments.reload()
    page.parts.before.reload()
    page.view.tabs.setCurrentIndex(0)


def _draw_orphan(drawing: Drawing, page: LetterPage) -> None:
    """Write a sentence under which nothing was recorded, and take it out again."""
    named = [one for one in page.preview.blocks if one.type == "paragraph" and not one.exempt]
    for one in named[:1]:
        words = f"{one.text} Nobody wrote this down during the week."
        added = drawing.inspection.do(
            add_block, {"type": "paragraph", "text": words, "section": one.section}, one.id
        ).made
        page.reload()
        page.offered.next_orphan.trigger()
        drawing.grab("letter-orphan")
        drawing.inspection.do(delete, added)
        page.reload()


def _comments(drawing: Drawing, page: LetterPage) -> list[str]:
    """Write down what two agencies might say."""
    sheet = page.parts.comments.sheet
    agencies = [key for key, _name in sheet.agencies[:2]]
    blocks = [key for key, words in sheet.blocks if len(words) > len("A heading")][:2]
    said = (
        {
            "comment": "Six of the 20 notices waited for more than five days, not “some weeks”.",
            "evidence": "Police system log, 1 May to 30 September.",
            "decision": "partly",
            "reason": "The log shows five days or more; the notes show three weeks in two of them.",
            "change": "“Waited between five days and three weeks.”",
        },
        {"comment": "The strategy was agreed in March 2025.", "decision": "accept"},
    )
    made = []
    for at, fields in enumerate(said):
        about = {"agency": agencies[at]} if at < len(agencies) else {}
        if at < len(blocks):
            about["block"] = blocks[at]
        made.append(drawing.inspection.do(save_comment, new_id(), {**fields, **about}).made)
    return made


def _draw_versions(drawing: Drawing, page: LetterPage) -> None:
    """Keep a version, change a block, compare, and put the block's words back."""
    page.parts.show_part("versions")
    drawing.grab("letter-versions-none")
    block = next((one for one in page.preview.blocks if one.type == "paragraph"), None)
    if block is None:
        return
    version = drawing.inspection.do(keep_version, f"Sent for comments {drawing.name}").made
    words = block.text.replace("This letter sets out", "This letter summarises")
    drawing.inspection.do(reword_block, block.id, f"{words} It was agreed by all four.")
    page.parts.versions.show_version(version)
    drawing.grab("letter-versions")
    drawing.inspection.do(reword_block, block.id, block.text)
    drawing.inspection.do(delete, version)
    page.parts.versions.reload()

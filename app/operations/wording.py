"""Words being written in a finding, a point or a block: kept as a draft, then saved as a whole.

Saving and putting the draft aside is one transaction, so no draft outlives the words it became.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.errors import InvalidInputError
from app.operations import briefs, findings, letters, notes

if TYPE_CHECKING:
    from app.domain.changes import Changes
    from app.domain.revisions import Json
    from app.operations.view import View
    from app.operations.work import Work


def keep_words(work: Work, record: str, kind: str, field: str, words: str) -> Changes:
    """Keep words on screen, encrypted on disk, without making a revision of them."""
    return notes.keep_draft(work, record, kind, {field: words})


def save_statement(work: Work, finding: str, words: str, why: str = "") -> Changes:
    """Save a finding's statement.

    Raises:
        InvalidInputError: it is agreed already and no reason is given, or nothing is left of it.

    """
    if not words.strip():
        raise InvalidInputError(
            "A finding needs a statement; the one saved before is kept.", "statement"
        )
    findings.reword_finding(work, finding, words, why)
    return notes.drop_draft(work, finding)


def change_type(work: Work, finding: str, kind: str, why: str = "") -> Changes:
    """Say what type of finding it is.

    Raises:
        InvalidInputError: it is agreed already and no reason is given.

    """
    held = work.of_kind(finding, "finding")
    status = held.text("status")
    if status in findings.REASON_FROM and not why.strip():
        raise InvalidInputError(
            f"This finding is “{status}”: say in a few words why its type changes.", "why"
        )
    if work.change(finding, {"type": kind}) and why:
        step: dict[str, Json] = {"finding": finding, "status": status, "at": work.now()}
        step |= {"why": why, **({"by": work.me} if work.me else {})}
        work.add("finding_step", step)
    return work.changes()


def save_point(work: Work, point: str, words: str) -> Changes:
    """Save the words of a brief point."""
    briefs.change_point(work, point, {"text": words})
    return notes.drop_draft(work, point)


def save_block(work: Work, block: str, words: str) -> Changes:
    """Save the words of a letter block."""
    letters.reword_block(work, block, words)
    return notes.drop_draft(work, block)


def save_said(work: Work, point: str, how: str, words: str = "") -> Changes:
    """Save how a point was said, and in which words.

    Raises:
        InvalidInputError: it was reworded and no words are given.

    """
    briefs.say(work, point, how, words)
    return notes.drop_draft(work, point)


def draft_of(view: View, record: str, field: str, saved: str) -> str:
    """Return a field's words that are kept but not saved; empty where there are none."""
    for one in notes.list_drafts(view):
        words = one.fields.get(field)
        if one.record == record and isinstance(words, str) and words != saved:
            return words
    return ""


def drafts_of(view: View, field: str) -> dict[str, str]:
    """Return one field's words that are kept but not saved, by record."""
    return {
        one.record: words
        for one in notes.list_drafts(view)
        if isinstance(words := one.fields.get(field), str)
    }

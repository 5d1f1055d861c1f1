"""Which findings some words stand under, and putting words on a finding, old or new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.operations.findings import add_finding, link_evidence

if TYPE_CHECKING:
    from app.domain.changes import Changes
    from app.operations.view import View
    from app.operations.work import Work


@dataclass(frozen=True, slots=True)
class Around:
    """What stands round some words: their whole paragraph, and the findings they are on."""

    paragraph: str
    findings: str


def around(view: View, paragraph: str, code: str = "") -> Around:
    """Return the paragraph that words stand in and which findings they are on.

    Raises:
        NotFoundError: nothing has that id.

    """
    text = view.records.get(paragraph).text("text")
    return Around(text, findings_on(view, paragraph, code))


def findings_on(view: View, paragraph: str, code: str = "") -> str:
    """Return which findings the words stand under, a line each, or that they stand under none.

    Words that were linked as a whole paragraph count for every code in it.
    """
    links = [
        one
        for one in view.records.referring_to(paragraph)
        if one.kind == "evidence" and not one.is_deleted and one.text("code") in {"", code}
    ]
    held = view.records.get_many({one.text("supports") for one in links})
    lines: dict[str, None] = {}
    for one in links:
        finding = held.get(one.text("supports"))
        if finding is not None and finding.kind == "finding" and not finding.is_deleted:
            side = "Against" if one.text("direction") == "against" else "For"
            lines[f"{side}: {finding.text('statement')}"] = None
    return "\n".join(lines) or "On no finding yet. E puts it on one."


def state_on(work: Work, statement: str, paragraph: str, direction: str, code: str) -> Changes:
    """State a new finding and put the words on it."""
    made = add_finding(work, statement).made
    link_evidence(work, made, paragraph, direction, code)
    return work.changes(made)

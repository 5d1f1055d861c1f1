"""The letter's blocks as rows, its sentences in order, and what is under one of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from app.domain.reconciling import NEW, SAME, SOFTENED, STRENGTHENED
from app.domain.sentences import split
from app.operations.reconciling import LetterAgainst
from app.operations.thread import TracedSentence
from app.ui.widgets.evidence_list import EvidenceGroup
from app.ui.widgets.rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.operations.previews import LetterPreview, PreviewBlock
    from app.operations.reconciling import Against
    from app.operations.thread import UnderFinding

BLOCK_WORDS: Final = {
    "paragraph": "Paragraph",
    "bullet": "Bullet",
    "heading": "Heading",
    "subheading": "Subheading",
    "box": "Box",
}
_SIGNS: Final = {"bullet": "•", "box": "▢"}
NOTHING_SAID: Final = LetterAgainst()
_AGAINST: Final = {
    SAME: "same as said",
    SOFTENED: "softened since it was said",
    STRENGTHENED: "strengthened since it was said",
    NEW: "new: not said at feedback",
}
UNTRACED: Final = frozenset({"heading", "subheading", "box"})


@dataclass(frozen=True, slots=True)
class Place:
    """One sentence of the letter: its block, and its number in it."""

    block: str
    number: int


def block_rows(preview: LetterPreview, against: LetterAgainst = NOTHING_SAID) -> list[Row]:
    """Return the blocks as the list shows them; inner ones stand in from their box."""
    return [_row(one, against_said(against.blocks.get(one.id, ()))) for one in preview.blocks]


def against_said(found: Sequence[Against]) -> str:
    """Return in words what a block is to what was said at feedback; nothing where none knows."""
    return " · ".join(dict.fromkeys(_verdict_words(one) for one in found))


def what_was_said(found: Sequence[Against]) -> str:
    """Return the words that were said where a block stands now, and why it differs."""
    lines = []
    for one in found:
        lines.append(f"Said: “{one.said}”" if one.said else "Nothing was said of it at feedback.")
        lines += [f"Why: {one.reason}"] if one.reason else []
    return "\n".join(lines)


def dropped_said(found: Sequence[Against]) -> str:
    """Return how much was said that the letter says nowhere, and what of it has no reason yet."""
    if not found:
        return ""
    words = "1 point that was said is" if len(found) == 1 else f"{len(found)} points said are"
    waiting = sum(one.is_open for one in found)
    to_do = f", {waiting} without a reason" if waiting else ""
    return f"{words} not in the letter{to_do}"


def orphans_said(preview: LetterPreview) -> str:
    """Return the sentence of the header: how many sentences rest on nothing."""
    count = preview.orphans
    if not preview.blocks:
        return ""
    if not count:
        return "Every finding in it rests on something recorded"
    return (
        "1 sentence rests on nothing recorded"
        if count == 1
        else f"{count} sentences rest on nothing recorded"
    )


def places_in(blocks: Iterable[PreviewBlock], *, only_orphans: bool = False) -> list[Place]:
    """Return the sentences one can step through, in reading order."""
    return [
        Place(block.id, number)
        for block in blocks
        if block.type not in UNTRACED
        for number, sentence in enumerate(block.sentences)
        if not only_orphans or sentence in block.orphans
    ]


def step_from(
    place: Place | None, places: Sequence[Place], every: Sequence[Place], by: int
) -> Place | None:
    """Return the next of ``places`` after one of ``every`` (or before it, with -1)."""
    if not places:
        return None
    if place is None or place not in every:
        return places[0 if by > 0 else -1]
    at = every.index(place)
    order = {one: number for number, one in enumerate(every)}
    ahead = [one for one in places if (order[one] - at) * by > 0]
    if ahead:
        return ahead[0 if by > 0 else -1]
    return None


def retraced(block: PreviewBlock, words: str) -> PreviewBlock:
    """Return a block with other words, as far as it can be known before they are saved.

    A sentence keeps what stood under a sentence that it still holds word for word; any other
    keeps what the whole block rests on.
    """
    sentences = []
    for one in split(words):
        kept = [old for old in block.sentences if old.text in one.text]
        findings = [found for old in kept for found in old.findings] or _shared_findings(block)
        direct = {piece.evidence: piece for old in kept for piece in old.direct}
        sentences.append(
            TracedSentence(
                one.start,
                one.end,
                one.text,
                tuple({found.id: found for found in findings}.values()),
                tuple(direct.values()),
            )
        )
    return replace(block, text=words, sentences=tuple(sentences))


def _shared_findings(block: PreviewBlock) -> list[UnderFinding]:
    """Return the findings under every sentence of a block."""
    first = block.sentences[0].findings if block.sentences else ()
    return [one for one in first if all(one in each.findings for each in block.sentences)]


def sentence_at(block: PreviewBlock, offset: int) -> int | None:
    """Return the number of the sentence that holds a place in a block's words."""
    at = None
    for number, one in enumerate(block.sentences):
        if one.start <= offset:
            at = number
    return 0 if at is None and block.sentences else at


def groups_under(sentence: TracedSentence) -> list[EvidenceGroup]:
    """Return the findings a sentence rests on with their evidence, then evidence of its own."""
    groups = [
        EvidenceGroup(one.id, one.statement, one.status, one.pieces, "No evidence linked yet.")
        for one in sentence.findings
    ]
    if sentence.direct:
        groups.append(EvidenceGroup("direct", "Its own evidence", "", sentence.direct))
    return groups


def rests_said(block: PreviewBlock, sentence: TracedSentence) -> str:
    """Return what a sentence rests on, in words."""
    findings = len(sentence.findings)
    if sentence.rests_on_nothing:
        if block.exempt:
            return "This block is marked as stating no finding."
        if findings:
            return "The finding under it has no evidence for it yet."
        return "Rests on nothing recorded. Ctrl+R rests it on a finding."
    parts = ["1 finding" if findings == 1 else f"{findings} findings"] if findings else []
    pieces = len(sentence.direct)
    if pieces:
        parts.append("1 piece of its own" if pieces == 1 else f"{pieces} pieces of its own")
    return f"Rests on {' and '.join(parts)}"


def _verdict_words(one: Against) -> str:
    if one.is_open:
        words = _AGAINST.get(one.verdict)
        return f"{words}, reason to be given" if words else "differs from what was said, to decide"
    return _AGAINST.get(one.verdict, one.verdict)


def _row(block: PreviewBlock, against: str) -> Row:
    number = f"{block.number} " if block.number else ""
    orphans = len(block.orphans)
    marked = f"{orphans} without evidence" if orphans else ""
    words = block.text.strip() or f"Empty {BLOCK_WORDS.get(block.type, block.type).lower()}"
    kind = BLOCK_WORDS.get(block.type, block.type)
    return Row(
        block.id,
        f"{number}{words}",
        against,
        _SIGNS.get(block.type, ""),
        badge=marked,
        is_strong=block.type in UNTRACED,
        indent=1 if block.box else 0,
        spoken=". ".join(part for part in (kind, f"{number}{words}", against, marked) if part),
    )

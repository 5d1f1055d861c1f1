"""The letter as a reader will see it, each sentence with what it rests on.

For the screen alone: the documents that leave the inspection are made from ``LetterContent``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from app.domain.dates import long_date
from app.operations.letters import letter_content
from app.operations.packs import pack_choices
from app.operations.thread import TracedSentence, trace, trace_letter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.letters import Block, Footnote
    from app.domain.records import Record
    from app.operations.thread import Trace
    from app.operations.view import View


@dataclass(frozen=True, slots=True)
class PreviewBlock:
    """One block in its place. ``box`` is the box it stands in; ``exempt`` states no finding."""

    id: str
    type: str
    text: str
    section: str
    level: int
    number: str
    box: str
    exempt: bool
    no_evidence_needed: bool
    sentences: tuple[TracedSentence, ...]
    footnotes: tuple[Footnote, ...] = ()

    @property
    def orphans(self) -> tuple[TracedSentence, ...]:
        """The sentences that ought to rest on evidence and do not."""
        if self.exempt:
            return ()
        return tuple(one for one in self.sentences if one.rests_on_nothing)


@dataclass(frozen=True, slots=True)
class LetterPreview:
    """The whole letter in reading order. Blocks in a box follow the box they stand in."""

    area: str
    marking: str
    date: str
    salutation: str
    subject: str
    closing: str
    bullet: str
    addressees: tuple[str, ...]
    signatories: tuple[tuple[str, ...], ...]
    blocks: tuple[PreviewBlock, ...]

    @property
    def orphans(self) -> int:
        """How many sentences rest on nothing recorded."""
        return sum(len(one.orphans) for one in self.blocks)


@dataclass(frozen=True, slots=True)
class Particulars:
    """The letter's own record, who it is for and who signs it, in their order."""

    letter: Record
    addressees: tuple[Record, ...]
    signatories: tuple[Record, ...]
    layout: str = ""
    layouts: tuple[tuple[str, str], ...] = ()


def particulars(view: View) -> Particulars:
    """Return what stands round the letter's text."""
    return Particulars(
        view.letter,
        tuple(view.records.of_kind("addressee")),
        tuple(view.records.of_kind("signatory")),
        view.inspection.text("layout"),
        _layouts(),
    )


@cache
def _layouts() -> tuple[tuple[str, str], ...]:
    """Return the layouts a letter can have; they come with the app and stay while it runs."""
    return pack_choices().letter_layouts


def kind_of(view: View, record: str) -> str:
    """Return what kind of record it is; nothing where there is none."""
    held = view.records.find(record)
    return held.kind if held is not None else ""


def letter_preview(view: View) -> LetterPreview:
    """Return the letter as it will read, every sentence traced."""
    content = letter_content(view)
    traces = {one.id: one for one in trace_letter(view)}
    layout = view.letter_layout
    settings = content.settings
    return LetterPreview(
        area=content.area,
        marking=content.marking,
        date=settings.date_text or long_date(settings.date),
        salutation=settings.salutation,
        subject=settings.subject,
        closing=settings.closing,
        bullet=layout.bullet if layout is not None else "•",
        addressees=tuple(one.line for one in content.addressees),
        signatories=tuple(
            tuple(
                line
                for line in (
                    one.heading,
                    " ".join(part for part in (one.name, one.post_nominals) if part),
                    *one.title.splitlines(),
                )
                if line
            )
            for one in content.signatories
        ),
        blocks=tuple(_in_order(content.blocks, traces)),
    )


def block_preview(view: View, block: str) -> PreviewBlock:
    """Return one block as it now reads, its sentences traced.

    Raises:
        NotFoundError: nothing has that id.

    """
    content = letter_content(view)
    traced = trace(view, block)
    for one in content.blocks:
        if one.id == block:
            return _previewed(one, traced, "")
        for inner in one.inside:
            if inner.id == block:
                return _previewed(inner, traced, one.id)
    # Deleted, or inside something deleted: it is shown nowhere, but it can be answered.
    return PreviewBlock(
        block, traced.type, traced.text, "", 1, "", "", traced.exempt, False, traced.sentences
    )


def _in_order(blocks: tuple[Block, ...], traces: Mapping[str, Trace]) -> list[PreviewBlock]:
    placed: list[PreviewBlock] = []
    for one in blocks:
        placed.append(_previewed(one, traces[one.id], ""))
        placed.extend(_previewed(inner, traces[inner.id], one.id) for inner in one.inside)
    return placed


def _previewed(block: Block, traced: Trace, box: str) -> PreviewBlock:
    return PreviewBlock(
        block.id,
        block.type,
        block.text,
        block.section,
        block.level,
        block.number,
        box,
        traced.exempt,
        block.no_evidence_needed,
        traced.sentences,
        block.footnotes,
    )

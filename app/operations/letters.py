"""The letter: its particulars, its blocks in order, what each rests on, and the whole of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.differences import moved_place
from app.domain.letters import (
    Addressee,
    Block,
    Footnote,
    LetterContent,
    LetterSettings,
    Signatory,
)
from app.domain.records import Record, read
from app.errors import InvalidInputError
from app.operations import records
from app.packs.patterns import fill

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.domain.changes import Changes
    from app.domain.packs import LetterLayout
    from app.domain.revisions import Json
    from app.operations.view import View
    from app.operations.work import Work
    from app.store.reader import Reader


def set_letter(work: Work, fields: Mapping[str, Json]) -> Changes:
    """Set the letter's particulars, beginning a letter if there is none."""
    held = work.records.of_kind("letter")
    if held:
        work.change(held[0].id, fields)
        return work.changes(held[0].id)
    return work.changes(work.add("letter", fields))


def set_layout(work: Work, layout: str) -> Changes:
    """Print the letter in another layout. Blocks and their order stay as they are.

    Raises:
        InvalidInputError: the inspection is not described yet.

    """
    for one in work.records.of_kind("inspection"):
        work.change(one.id, {"layout": layout or None})
        return work.changes(one.id)
    raise InvalidInputError("Describe the inspection first. Nothing was changed.", "inspection")


def add_block(work: Work, fields: Mapping[str, Json], after: str | None = None) -> Changes:
    """Add a block to the letter after another, or last."""
    made = records.add(work, "letter_block", fields).made
    if after is not None:
        records.move(work, made, after)
    return work.changes(made)


def reword_block(work: Work, block: str, text: str) -> Changes:
    """Set a block's words. Sentences that change lose what rested on their old words alone.

    A footnote stays after the words it stood after.
    """
    before = work.of_kind(block, "letter_block").text("text")
    work.change(block, {"text": text})
    for one in work.records.parts_of(block, "footnote"):
        offset = one.number("offset")
        if offset is not None:
            work.change(one.id, {"offset": moved_place(before, text, offset)})
    return work.changes()


def rest_on(work: Work, statement: str, finding: str, words: str = "") -> Changes:
    """Let a block or point, or one sentence of it, rest on a finding.

    Raises:
        InvalidInputError: the words are not in the block.

    """
    held = work.of_kind(statement, "letter_block", "brief_point")
    if words and words not in held.text("text"):
        raise InvalidInputError("Those words are not in this block.", statement)
    for one in work.records.parts_of(statement, "basis"):
        if (one.text("finding"), one.text("words")) == (finding, words):
            return work.changes(one.id)
    fields: dict[str, Json] = {"statement": statement, "finding": finding}
    if words:
        fields["words"] = words
    return work.changes(work.add("basis", fields))


def begin_letter(work: Work, layout: LetterLayout) -> Changes:
    """Lay out a first letter from the findings, section by section.

    Headings come from the layout; each finding becomes a block that rests on it. Nothing is
    written that a person did not write.

    Raises:
        InvalidInputError: the letter has blocks already.

    """
    if work.records.of_kind("letter_block"):
        raise InvalidInputError(
            "The letter has blocks already. Delete them first, or add to them.", "letter"
        )
    inspection = next(iter(work.records.of_kind("inspection")), None)
    area = inspection.text("area") if inspection is not None else ""
    theme = inspection.text("theme") if inspection is not None else ""
    made = set_letter(
        work,
        {
            "salutation": fill(layout.salutation, area=area, theme=theme),
            "subject": fill(layout.subject, area=area, theme=theme),
            "closing": layout.closing,
        },
    ).made
    findings = [one for one in work.records.of_kind("finding") if one.text("status") != "dropped"]
    for section in layout.sections:
        fitting = [one for one in findings if one.text("type") in section.finding_types]
        if section.optional and not fitting:
            continue
        if section.heading:
            _block(work, section.key, "heading", section.heading)
        for finding in fitting:
            block = _block(work, section.key, section.block, finding.text("statement"))
            rest_on(work, block, finding.id)
    return work.changes(made)


def letter_content(view: View) -> LetterContent:
    """Return the whole letter, ready to be written as a document."""
    layout = view.letter_layout
    settings = read(LetterSettings, view.letter)
    return LetterContent(
        area=view.inspection.text("area"),
        marking=view.inspection.text("marking"),
        settings=settings,
        addressees=tuple(read(Addressee, one) for one in view.records.of_kind("addressee")),
        blocks=letter_blocks(view.records),
        signatories=_signatories(view),
        signatures=layout.signatures if layout is not None else "list",
    )


def _block(work: Work, section: str, kind: str, text: str) -> str:
    fields: dict[str, Json] = {"section": section, "type": kind, "text": text, "level": 1}
    return records.add(work, "letter_block", fields).made


def letter_blocks(reader: Reader) -> tuple[Block, ...]:
    """Return the letter's blocks in reading order, those in a box inside it."""
    held = reader.of_kind("letter_block")
    notes: dict[str, list[Footnote]] = {}
    for one in reader.of_kind("footnote"):
        footnote = Footnote(one.id, one.text("mark"), one.number("offset"), one.text("text"))
        notes.setdefault(one.text("block"), []).append(footnote)
    inside: dict[str, list[Record]] = {}
    boxes = {one.id for one in held if one.text("type") == "box"}
    for one in held:
        if one.text("box") in boxes:
            inside.setdefault(one.text("box"), []).append(one)
    loose = [one for one in held if one.text("box") not in boxes]
    return tuple(_as_block(one, notes, inside) for one in loose)


def _as_block(
    held: Record,
    footnotes: Mapping[str, Sequence[Footnote]],
    inside: Mapping[str, Sequence[Record]],
) -> Block:
    kept = sorted(footnotes.get(held.id, ()), key=lambda one: (one.offset or 0, one.mark))
    return Block(
        held.id,
        held.text("type"),
        held.text("text"),
        held.text("section"),
        held.number("level") or 1,
        held.text("number"),
        tuple(kept),
        tuple(_as_block(one, footnotes, {}) for one in inside.get(held.id, ())),
        held.flag("no_evidence_needed"),
    )


def _signatories(view: View) -> tuple[Signatory, ...]:
    names = {one.id: one.text("name") for one in view.records.of_kind("inspectorate")}
    return tuple(
        Signatory(
            one.id,
            one.text("heading") or names.get(one.text("inspectorate"), ""),
            one.text("name"),
            one.text("post_nominals"),
            one.text("title"),
        )
        for one in view.records.of_kind("signatory")
    )

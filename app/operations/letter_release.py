"""Before the letter leaves: what has to be looked at and answered, what might be, and the release.

An answer is about words in a block. When those words change, the look is asked for again; the
answer given to the words before stays in the store beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.domain.house_style import Slip, length, slips
from app.domain.identifying import LETTER, Passage
from app.domain.proportions import borne_out, quantity_words
from app.errors import InvalidInputError
from app.operations.checking import check_inspection
from app.operations.documents import write_draft, write_letter
from app.operations.letter_versions import (
    AS_IT_STANDS,
    Kept,
    blocks_now,
    compare_versions,
    keep_version,
    kept_now,
)
from app.operations.letters import letter_blocks, letter_content
from app.operations.looking import Leaving, ReleaseSheet, answer_in, answered_in, releases_of
from app.operations.thread import trace_letter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from app.domain.changes import Changes
    from app.domain.identifying import Look
    from app.domain.letters import Block, LetterContent
    from app.domain.revisions import Json
    from app.operations.inspection import Inspection
    from app.operations.view import View
    from app.operations.work import Work
    from app.reports.write import Format
    from app.store.reader import Reader


def release_sheet(view: View) -> ReleaseSheet:
    """Return everything to look at before the letter leaves, and every release there was."""
    content = letter_content(view)
    blocks = list(_reading(content.blocks))
    layout = view.letter_layout
    texts = [(one.id, one.text) for one in blocks]
    order = {one.id: at for at, one in enumerate(blocks)}
    found = [one for one in (*_quantities(view), *slips(texts)) if one.block in order]
    return ReleaseSheet(
        answered=tuple(answered_in(view.records, IN_LETTER)),
        problems=tuple(check_inspection(view)),
        slips=tuple(sorted(found, key=lambda one: (order[one.block], one.start))),
        length=length(_printed(content), layout.from_year if layout is not None else 0),
        released=tuple(releases_of(view)),
        has_blocks=bool(blocks),
    )


def answer_look(work: Work, look: Look, answer: str) -> Changes:
    """Keep what somebody answered to a thing to look at; it takes the place of what stood there.

    Raises:
        InvalidInputError: nothing was written, or the letter no longer says so.

    """
    return answer_in(work, IN_LETTER, look, answer)


def write_final(inspection: Inspection, folder: Path, formats: Sequence[Format]) -> list[Path]:
    """Write the letter that leaves, keep it as a version, and record its release.

    Raises:
        InvalidInputError: something was not looked at yet, or there is no letter.
        OutputError: a file could not be written; nothing is recorded as released.

    """
    inspection.ask(lambda view: _ready(view.records))
    leaving = inspection.ask(blocks_now)
    paths = write_letter(inspection, folder, formats)
    unresting = inspection.ask(lambda view: sum(len(one.orphans) for one in trace_letter(view)))
    inspection.do(record_release, [one.name for one in paths], leaving, unresting)
    return paths


def write_as_it_stands(
    inspection: Inspection, folder: Path, formats: Sequence[Format]
) -> list[Path]:
    """Write the letter: plain if it says what was released last, otherwise marked as a draft.

    Nothing is recorded: whoever reads may do so beside an open window, and in a closed inspection.

    Raises:
        OutputError: a file could not be written; what stood there before is as it was.

    """
    write = write_letter if inspection.ask(is_as_released) else write_draft
    return write(inspection, folder, formats)


def is_as_released(view: View) -> bool:
    """Whether the letter says, block for block, what was released last, and all was looked at."""
    last = next(releases_of(view), None)
    if last is None or any(not one.answer for one in answered_in(view.records, IN_LETTER)):
        return False
    return all(one.is_same for one in compare_versions(view, last.version, AS_IT_STANDS))


def record_release(
    work: Work, files: Sequence[str], leaving: Sequence[Kept], unresting: int
) -> Changes:
    """Record that the letter left as it stands, with its words as a version of their own.

    Raises:
        InvalidInputError: something was not looked at yet, there is no letter, or it is no longer
            the one that was written.

    """
    if tuple(leaving) != kept_now(work.records):
        raise InvalidInputError(
            "A colleague’s words came into the letter while it was being written. It was not "
            "recorded as released; look at it and release it again.",
            "letter",
        )
    looked = _ready(work.records)
    now = work.now()
    version = keep_version(work, f"Released {now[:10]} {now[11:19]}").made
    fields: dict[str, Json] = {
        "version": version,
        "at": now,
        "files": list(files),
        "looks": looked,
        "unresting": unresting,
    }
    if work.me:
        fields["by"] = work.me
    return work.changes(work.add("release", fields))


def _ready(reader: Reader) -> int:
    """Return how many things were looked at, if all were."""
    if not letter_blocks(reader):
        raise InvalidInputError("The letter has no blocks yet. Nothing was written.", "letter")
    found = answered_in(reader, IN_LETTER)
    left = sum(not one.answer for one in found)
    if left:
        said = "1 thing has" if left == 1 else f"{left} things have"
        raise InvalidInputError(
            f"{said} to be looked at and answered before the letter leaves. Nothing was written.",
            "looks",
        )
    return len(found)


def _passages(reader: Reader) -> list[Passage]:
    found = []
    for one in letter_blocks(reader):
        is_study = one.type == "box"
        found.append(Passage(one.id, _words(one), is_study=is_study))
        found += [Passage(inner.id, _words(inner), study=one.id) for inner in one.inside]
    return found


def _words(block: Block) -> str:
    return "\n\n".join((block.text, *(one.text for one in block.footnotes)))


def _quantities(view: View) -> Iterator[Slip]:
    """Point at quantity words that the counts under their sentence do not bear out."""
    findings = {one.id: one for one in view.records.of_kind("finding")}
    for traced in trace_letter(view):
        for sentence in () if traced.exempt else traced.sentences:
            under = [findings[one.id] for one in sentence.findings if one.id in findings]
            counted = [(one.number("of_n"), one.number("of_m")) for one in under]
            for word in quantity_words(sentence.text):
                said = borne_out(word, counted)
                if said:
                    yield Slip(traced.id, sentence.start, sentence.text, said, "n of m, or “some”")


def _printed(content: LetterContent) -> Iterator[str]:
    yield from (one.line for one in content.addressees)
    yield from (content.settings.salutation, content.settings.subject, content.settings.closing)
    for block in _reading(content.blocks):
        yield block.text
        yield from (one.text for one in block.footnotes)
    for one in content.signatories:
        yield f"{one.heading} {one.name} {one.title}"


def _reading(blocks: Sequence[Block]) -> Iterator[Block]:
    for one in blocks:
        yield one
        yield from _reading(one.inside)


IN_LETTER: Final = Leaving(LETTER, _passages)

"""Lays out what was said at feedback beside what the letter says, with every reason on record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.domain.reconciling import DROPPED, NEW, SAME, SOFTENED, STRENGTHENED, stands
from app.reports.blocks import (
    Document,
    KeyLine,
    NumberedParagraph,
    Run,
    SupportLine,
    Title,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.domain.reconciling import Judgement, Pair
    from app.reports.blocks import Block

_IN_WORDS: Final = {
    SAME: "says the same",
    SOFTENED: "is softer",
    STRENGTHENED: "is stronger",
    DROPPED: "no longer says it",
    NEW: "says what was not said",
}


def comparison_document(area: str, marking: str, pairs: Sequence[Pair]) -> Document:
    """Return every finding with what was said, what is written, and what was decided and why."""
    title = ": ".join(part for part in ("Said and written", area) if part)
    return Document(
        title=title,
        blocks=(Title(plain(title)), *_opening(pairs), *_compared(pairs)),
        subject="What was said at feedback and what the letter says",
        marking=marking,
        header="Not for handing out",
    )


def _opening(pairs: Sequence[Pair]) -> Iterator[Block]:
    undecided = sum(one.is_open for one in pairs)
    waiting = sum(one.waits for one in pairs)
    yield KeyLine("Settled", str(len(pairs) - undecided - waiting))
    yield KeyLine("To be decided", str(undecided))
    yield KeyLine("Not wholly spoken yet", str(waiting))


def _compared(pairs: Sequence[Pair]) -> Iterator[Block]:
    for number, pair in enumerate(pairs, 1):
        yield NumberedParagraph(f"{number}.", (Run(pair.title, bold=True),))
        yield from _words("Said", pair.said, "nothing yet" if pair.waits else "nothing")
        yield from _words("Written", pair.written, "nothing")
        yield KeyLine("The letter", _standing(pair))
        for one in pair.judgements:
            yield SupportLine(plain(_decided(one)))


def _words(name: str, words: str, nothing: str) -> Iterator[Block]:
    lines = [one for one in words.splitlines() if one.strip()] or [nothing]
    for line in lines:
        yield KeyLine(name, line)


def _standing(pair: Pair) -> str:
    if pair.waits:
        return "not compared: not all of it was spoken yet"
    if pair.is_open:
        held = pair.judgement
        changed = held is not None and not stands(held, pair.said, pair.written)
        return "to be decided again: the words have changed since" if changed else "to be decided"
    return _IN_WORDS.get(pair.verdict, pair.verdict)


def _decided(judgement: Judgement) -> str:
    when = f"{judgement.at[:10]} {judgement.at[11:16]}"
    why = f": {judgement.reason}" if judgement.reason else ""
    return f"{when}, {judgement.verdict}{why}"

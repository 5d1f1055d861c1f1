"""The sentences of a paragraph, and which of them have something under them.

Splitting follows British letters: abbreviations, initials, decimals, and quotation marks and
brackets that close after the stop. Where a stop is doubtful the sentence runs on, so that no
half of a sentence passes for a whole one. Positions count code points.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

# A stop, what may close after it, and the space up to the next sentence; or a line break that
# ends a paragraph or comes before a bullet.
_END: Final = re.compile(
    r"""(?<![.!?\u2026]) (?P<stop>[.!?\u2026]++)
        [\u2019\u201d"')\]]*+ [\u00b9\u00b2\u00b3\u2070-\u2079]*+ (?P<space>\s++)
      | (?P<break>\n\s*(?:\n\s*|(?=[\u2022\u25aa\u25cf\u25e6\u2023\u2013*-]\s)))
    """,
    re.VERBOSE,
)
_OPENERS: Final = "\u2018\u201c\"'(["
_REACH: Final = 80  # how far back the words before a stop are looked for
# Never the last word of a sentence.
_RUNS_ON: Final = frozenset(
    {
        *("mr", "mrs", "ms", "dr", "prof", "revd", "rev", "hon", "rt", "st", "sgt", "insp"),
        *("supt", "cllr", "capt", "col", "lt", "e.g", "i.e", "eg", "ie", "cf", "viz", "vs"),
        *("v", "approx", "incl", "esp"),
    }
)
# Abbreviations only where a number follows: 'No. 3', 's. 47', 'pp. 4 to 6'.
_BEFORE_NUMBER: Final = frozenset(
    {
        *("no", "nos", "s", "ss", "para", "paras", "p", "pp", "ch", "sch", "art", "arts"),
        *("reg", "regs", "ref", "refs", "fig", "figs", "vol", "sec", "sect", "c", "cl", "pt"),
    }
)
# A capital after one of these is a code or a label, not an initial: 'Child C. She was seen.'
_LABELS: Final = frozenset(
    {
        *("adult", "annex", "appendix", "area", "band", "box", "category", "child", "class"),
        *("family", "figure", "grade", "group", "parent", "part", "person", "school", "section"),
        *("sibling", "table", "team", "unit", "ward", "year"),
    }
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a block: its place, its words, and the ids of what rests under it."""

    start: int
    end: int
    text: str
    grounds: tuple[str, ...] = ()


class Ground(NamedTuple):
    """Something a block rests on: its id, and the words it is for, or none for all of them."""

    id: str
    words: str = ""


def split(text: str) -> tuple[Sentence, ...]:
    """Return the sentences in order. Only white space lies between them; none is empty."""
    found: list[Sentence] = []
    start = 0
    for end in _END.finditer(text):
        if end["break"] is None and not _is_end(text, start, end):
            continue
        stop = end.start("space") if end["break"] is None else end.start()
        _add(found, text, start, stop)
        start = end.end()
    _add(found, text, start, len(text))
    return tuple(found)


def grounded(
    block_text: str, bases: Iterable[Ground], evidence: Iterable[Ground]
) -> tuple[Sentence, ...]:
    """Return the sentences of a block, each with the ids of the bases and evidence under it.

    What has no words of its own covers the whole block. What has words covers each sentence in
    which they stand, whole words only and whatever the white space; words that are no longer
    there cover nothing, so a rewritten sentence needs its evidence again.
    """
    sentences = split(block_text)
    under: list[dict[str, None]] = [{} for _ in sentences]
    for ground in (*bases, *evidence):
        places = _places(block_text, ground.words)
        for sentence, ids in zip(sentences, under, strict=True):
            if any(start < sentence.end and sentence.start < end for start, end in places):
                ids[ground.id] = None
    return tuple(
        Sentence(one.start, one.end, one.text, tuple(ids))
        for one, ids in zip(sentences, under, strict=True)
    )


def _add(found: list[Sentence], text: str, start: int, end: int) -> None:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    words = words.strip()
    if words:
        found.append(Sentence(start, start + len(words), words))


def _is_end(text: str, start: int, end: re.Match[str]) -> bool:
    """Whether a stop ends the sentence that began at ``start``."""
    following = text[end.end() : end.end() + _REACH].lstrip(_OPENERS)[:1]
    if following.islower():
        return False
    if end["stop"] != ".":
        return True
    words = text[max(start, end.start() - _REACH) : end.start()].split()
    if not words:
        return True
    last = words[-1].lstrip(_OPENERS)
    name = last.casefold()
    if name in _RUNS_ON:
        return False
    if name in _BEFORE_NUMBER:
        return not following.isdigit()
    return not (len(last) == 1 and last.isupper() and _comes_before_initial(words[:-1]))


def _comes_before_initial(words: list[str]) -> bool:
    """Whether a capital with a stop after these words is an initial, as in 'Ms J. Smith'."""
    if not words:
        return True
    name = words[-1].strip("." + _OPENERS)
    return name[:1].isupper() and name.casefold() not in _LABELS


def _places(text: str, words: str) -> list[tuple[int, int]]:
    """Return where words stand in a text; without words, the whole text."""
    parts = words.split()
    if not parts:
        return [(0, len(text))]
    pattern = r"\s+".join(map(re.escape, parts))
    return [found.span() for found in re.finditer(rf"(?<!\w){pattern}(?!\w)", text)]

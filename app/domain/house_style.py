"""Plain English and house style: what a reader would stumble over, each with what might help.

Suggestions alone. Nothing here changes a word, and a letter may leave with all of them unheeded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.domain.sentences import split

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

LONGEST: Final = 35  # words in a sentence; published letters have 22 on average
_SHORTER_FROM: Final = 2021  # letters became shorter with the layout of 2022
WORDS_A_PAGE: Final = 390  # of a letter in either layout, addressees and signatures with it
_EXPLAINED: Final = frozenset(
    {"UK", "NHS", "GP", "GPS", "HM", "HMI", "OK", "PDF", "US", "EU", "DNA", "TV"}
)
_ACRONYM: Final = re.compile(r"(?<![\w-])[A-Z][A-Z&]{1,6}s?(?![\w])")
_JARGON: Final = {
    "utilise": "use",
    "utilised": "used",
    "prior to": "before",
    "commence": "begin",
    "commenced": "began",
    "in relation to": "about",
    "in respect of": "about",
    "with regard to": "about",
    "in a timely manner": "on time, or in how many days",
    "in a timely way": "on time, or in how many days",
    "going forward": "from now on",
    "stakeholders": "the people or agencies meant",
    "step down": "what changes for the child",
    "stepped down": "what changed for the child",
    "robust": "what makes it so",
    "robustly": "how",
    "holistic": "what it takes in",
    "upskill": "train",
    "upskilling": "training",
    "deep dive": "close look",
    "footprint": "area",
    "landscape": "what is meant",
    "siloed": "kept apart",
    "drill down": "look closely",
    "service users": "children, parents or adults",
    "perpetrators": "adults who harm, if that is meant",
    "failed to": "did not",
    "at this point in time": "now",
    "a number of": "how many",
    "due to the fact that": "because",
}
_AMERICAN: Final = {
    "behavior": "behaviour",
    "center": "centre",
    "centers": "centres",
    "program": "programme",
    "programs": "programmes",
    "organization": "organisation",
    "organizations": "organisations",
    "recognize": "recognise",
    "recognized": "recognised",
    "prioritize": "prioritise",
    "prioritized": "prioritised",
    "analyze": "analyse",
    "counseling": "counselling",
    "labor": "labour",
    "favor": "favour",
    "enrollment": "enrolment",
}
_VAGUE: Final = (
    *("recently", "last week", "last month", "last year", "yesterday", "this week", "this month"),
    *("currently", "at present", "shortly", "soon after", "in the near future"),
)
_FELT: Final = re.compile(
    r"(?i:(?<!\w)(?:inspectors|we)\s+(?:felt|believed?|thought|considered|feel|think)(?!\w))"
)
_CASE: Final = re.compile(
    r"(?<!\w)(?<!\b[Ii]n )[Cc]ases?(?!\w)"
    r"(?!\s+(?:stud|record|file|conference|discussion|note|review|holding|law|management|audit))"
)
_TWICE: Final = re.compile(r"(?i:(?<!\w)(\w+)\s+\1(?!\w))")
_MAY_TWICE: Final = frozenset({"had", "that"})
_STRAIGHT: Final = re.compile(r"[\"']")
_SPACES: Final = re.compile(r"(?<=\S)  +(?=\S)")
_PATTERNS: Final = (
    (_FELT, "Not what was seen", "what inspectors saw"),
    (_CASE, "A child is not a case", "child or children"),
)
_MARKS: Final = (
    (_STRAIGHT, "A straight quotation mark", "“ ” or ‘ ’"),
    (_SPACES, "More than one space", "one space"),
)


@dataclass(frozen=True, slots=True)
class Slip:
    """One thing a reader may stumble over: where, the words, what it is, what might help."""

    block: str
    start: int
    words: str
    said: str
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Length:
    """How long a letter is, in words and pages, and how long such letters usually are."""

    words: int
    usual_words: int
    usual_pages: int
    fewest_pages: int
    most_pages: int

    @property
    def pages(self) -> int:
        """About how many pages it prints on."""
        return max(1, round(self.words / WORDS_A_PAGE))


def slips(blocks: Iterable[tuple[str, str]]) -> list[Slip]:
    """Return the slips of blocks, given as id and words, in the letter's order."""
    held = list(blocks)
    found = list(_unexplained(held))
    for block, text in held:
        found += _in_sentences(block, text)
        found += _in_words(block, text)
        found += _in_marks(block, text)
    order = {block: at for at, (block, _text) in enumerate(held)}
    return sorted(found, key=lambda one: (order[one.block], one.start))


def length(texts: Iterable[str], from_year: int) -> Length:
    """Return a letter's length beside that of published ones in its layout."""
    words = sum(len(one.split()) for one in texts)
    if from_year and from_year < _SHORTER_FROM:
        return Length(words, 5_500, 14, 8, 19)
    return Length(words, 3_100, 8, 6, 16)


def _unexplained(blocks: Sequence[tuple[str, str]]) -> Iterator[Slip]:
    """Point at each abbreviation where it first stands, if nothing says what it is short for."""
    explained: set[str] = set(_EXPLAINED)
    for block, text in blocks:
        for hit in _ACRONYM.finditer(text):
            short = hit.group().removesuffix("s")
            in_brackets = text[: hit.start()].endswith("(") and text[hit.end() :].startswith(")")
            if short in explained or short.upper() in _EXPLAINED:
                continue
            explained.add(short)
            if not in_brackets and not text[hit.end() :].lstrip().startswith("("):
                said = "Not spelt out where it first stands"
                yield Slip(
                    block, hit.start(), hit.group(), said, f"the words it is short for ({short})"
                )


def _in_sentences(block: str, text: str) -> Iterator[Slip]:
    for one in split(text):
        count = len(one.text.split())
        if count > LONGEST:
            yield Slip(block, one.start, one.text, f"A sentence of {count} words", "two sentences")


def _in_words(block: str, text: str) -> Iterator[Slip]:
    for table, said in ((_JARGON, "Plainer words"), (_AMERICAN, "British spelling")):
        for words, instead in table.items():
            for start in _places(words, text):
                yield Slip(block, start, text[start : start + len(words)], said, instead)
    for words in _VAGUE:
        for start in _places(words, text):
            found = text[start : start + len(words)]
            yield Slip(block, start, found, "No definite date", "a date or a month")
    for pattern, said, instead in _PATTERNS:
        for hit in pattern.finditer(text):
            yield Slip(block, hit.start(), hit.group(), said, instead)


def _in_marks(block: str, text: str) -> Iterator[Slip]:
    for hit in _TWICE.finditer(text):
        if hit.group(1).casefold() not in _MAY_TWICE:
            yield Slip(block, hit.start(), hit.group(), "The same word twice", hit.group(1))
    for pattern, said, instead in _MARKS:
        for hit in pattern.finditer(text):
            around = text[max(0, hit.start() - 12) : hit.end() + 12]
            yield Slip(block, hit.start(), around.strip(), said, instead)


def _places(words: str, text: str) -> Iterator[int]:
    pattern = rf"(?i:(?<!\w){re.escape(words)}(?!\w))"
    return (hit.start() for hit in re.finditer(pattern, text))

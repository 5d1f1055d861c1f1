"""Would somebody local recognise a child, or find a name? Each look says what to look at, and why.

With five to seven children one age, one school and one day together are a name to whoever lives
there. Nothing is changed here: the words are pointed at, and a person answers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from app.domain.sentences import split

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_NEAR: Final = 0.84  # how alike two spellings are to be one name misspelt
_MOST_LONGER: Final = 2  # letters by which a misspelt name is longer or shorter
_LEAST_NAME: Final = 4  # letters; shorter names are near to too many words
_MONTHS: Final = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
)
_DAYS: Final = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_NUMBER: Final = (
    r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen"
    r"|fifteen|sixteen|seventeen)"
)
_CODE: Final = re.compile(r"(?<!\w)[CSL]\d{1,3}(?!\w)")
_TITLED: Final = re.compile(
    r"(?<!\w)(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Cllr|Councillor|PC|DC|DS|DI|Sgt)\.?"
    r"\s+[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)?"
)
_TRAITS: Final[dict[str, re.Pattern[str]]] = {
    "an age": re.compile(
        rf"(?i:(?<!\w)(?:aged\s+(?:just\s+|only\s+)?{_NUMBER}(?!\s+(?:to|and|or)\b)"
        rf"|{_NUMBER}[- ](?:year|month|week|day)s?[- ]old"
        rf"|age\s+of\s+{_NUMBER})(?!\w))"
    ),
    "a place": re.compile(
        r"(?<!\w)(?!(?:The|A|An|This|That|All|Each|Every|Most|Some|Many|Primary|Secondary|Local)\s)"
        r"[A-Z][\w’'-]+(?:\s+(?:[A-Z][\w’'-]+|of|the|and))*\s+"
        r"(?:[Pp]rimary [Ss]chool|[Ss]econdary [Ss]chool|School|Academy|Nursery|Hospital|Surgery"
        r"|Infirmary|Road|Street|Avenue|Estate|Lane|House|Park|Refuge|Mosque|Church)(?!\w)"
    ),
    "a day": re.compile(
        rf"(?<!\w)(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{_MONTHS})(?:\s+\d{{4}})?"
        rf"|(?:{_MONTHS})\s+\d{{4}}|(?:{_DAYS})|\d{{1,2}}/\d{{1,2}}/\d{{2,4}})(?!\w)"
    ),
    "a family": re.compile(
        rf"(?i:(?<!\w)(?:twins?|triplets?|only child|(?:young|old)est of {_NUMBER}"
        rf"|half[- ]?(?:sister|brother)s?|step-?(?:father|mother|brother|sister)s?"
        rf"|{_NUMBER} (?:younger |older )?(?:siblings|brothers|sisters)|foster carers?"
        rf"|adopted|grand(?:mother|father|parents?))(?!\w))"
    ),
    "health or belief": re.compile(
        r"(?i:(?<!\w)(?:diagnos\w+ (?:with|of)|autis\w+|epilep\w+|diabet\w+|cerebral palsy|deaf"
        r"|blind|wheelchair|Down[’']s syndrome|sickle cell|cystic fibrosis|Muslim|Jewish|Hindu"
        r"|Sikh|Traveller|Romany|asylum|Polish|Romanian|Somali|Bangladeshi|Pakistani)(?!\w))"
    ),
}
_NUMBERS: Final = {
    word: at
    for at, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
        ]
    )
}
_CAPITAL: Final = re.compile(r"(?<!\w)[A-Z][\w’-]{3,}")
_BAND: Final = re.compile(r"(\d{1,2})\D+(\d{1,2})|(\d{1,2})")
_CHILD: Final = re.compile(
    r"(?i:(?<!\w)(?:child|boy|girl|baby|son|daughter|toddler|infant|teenager|pupil|brother|sister"
    r"|young person|he|she|his|her)(?:[’']s)?(?!\w))"
)
_INSTEAD: Final = {
    "an age": "give a band, such as “a young child”",
    "a place": "say what kind of place, not which",
    "a day": "say “earlier in the year”",
    "a family": "leave out who the family is made of",
    "health or belief": "leave out what few local children share",
}


class Rule(StrEnum):
    """What is to be looked at; kept in records, so these words stay."""

    NAME = "name"
    NEAR_NAME = "near name"
    CODE = "code"
    PERSON = "person"
    TRAITS = "traits together"
    STUDY = "practice study"
    NO_REGISTER = "no register"


@dataclass(frozen=True, slots=True)
class Paper:
    """A sort of paper that leaves: its name, and what is said of codes and of people in it.

    Codes are let be where nothing is said of them: the team's own pages speak of children by code.
    """

    name: str
    codes: str = ""
    people: str = "Could a family be known by that?"


LETTER: Final = Paper("letter", "A letter has none.", "Only addressees and signatories are named.")
BRIEF: Final = Paper("brief", "Nothing that is spoken has one.", "Roles are spoken, not names.")
WORKING: Final = Paper("page")


@dataclass(frozen=True, slots=True)
class Look:
    """One thing to look at: the rule, the block, the words pointed at, why, what might help.

    ``paper`` is named where the look is about the whole of one that is not the letter.
    """

    rule: Rule
    block: str
    words: str
    why: str
    instead: str = ""
    paper: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What an answer is about: other words, or words elsewhere, need a new one."""
        return self.rule.value, self.block or self.paper, self.words


@dataclass(frozen=True, slots=True)
class Passage:
    """A block's words as the checks need them. ``study`` is the box it stands in, if any."""

    block: str
    text: str
    study: str = ""
    is_study: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What this laptop knows by name: the register's spellings, children's codes, who may be named.

    ``public`` are the people whom the letter itself names: addressees and signatories. ``bands``
    are the age bands of the children on the list, one for each child.
    """

    names: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    public: tuple[str, ...] = ()
    bands: tuple[str, ...] = ()


def looks(passages: Sequence[Passage], known: Known, paper: Paper = LETTER) -> list[Look]:
    """Return everything to look at before a paper leaves, in the order of its passages."""
    found: list[Look] = []
    names = _Names(known)
    if not any(known.names) and passages:
        found.append(
            Look(
                Rule.NO_REGISTER,
                "",
                "",
                "The register on this laptop holds no names, so none could be looked for. "
                f"Somebody who knows the children’s names has to read the {paper.name}.",
                paper="" if paper == LETTER else paper.name,
            )
        )
    for one in passages:
        found += _named(one, known, names, paper)
        found += _together(one, known)
        if one.is_study:
            inside = [each.text for each in passages if each.study == one.block]
            found += _study(one, inside, known)
    return list({one.key: one for one in found}.values())


def traits_in(text: str) -> dict[str, str]:
    """Return what could single a child out in words: what it is, and the words that say it."""
    found = {}
    for name, pattern in _TRAITS.items():
        hit = pattern.search(text)
        if hit is not None:
            found[name] = hit.group()
    return found


class _Names:
    """The register's names, each word of a paper compared with them once however often it comes."""

    def __init__(self, known: Known) -> None:
        parts = {part for name in known.names for part in (name, *name.split()) if len(part) > 1}
        self.spellings = sorted(parts)
        self._long = [one for one in self.spellings if len(one) >= _LEAST_NAME and " " not in one]
        self._near: dict[str, bool] = {}

    def near(self, text: str) -> Iterator[str]:
        """Yield the words of a text that are spelt nearly like a name."""
        for word in sorted(set(_CAPITAL.findall(text))):
            if word not in self._near:
                self._near[word] = any(_is_near(word, name) for name in self._long)
            if self._near[word]:
                yield word


def _named(passage: Passage, known: Known, names: _Names, paper: Paper) -> Iterator[Look]:
    codes = {*_CODE.findall(passage.text), *_codes(passage.text, known.codes)}
    for code in sorted(codes) if paper.codes else ():
        why = f"“{code}” is a child’s code. {paper.codes}"
        yield Look(Rule.CODE, passage.block, code, why, "say “a child”")
    exact = [one for one in names.spellings if _stands(one, passage.text)]
    for one in exact:
        why = f"“{one}” is a name on the register."
        yield Look(Rule.NAME, passage.block, one, why, "take the name out")
    covered = {part.casefold() for one in exact for part in one.split()}
    for word in names.near(passage.text):
        if word.casefold().removesuffix("’s") not in covered:
            why = f"“{word}” is spelt nearly like a name on the register."
            # Not whose: the register's names are shown on its own page alone, where that is noted.
            yield Look(Rule.NEAR_NAME, passage.block, word, why, "make sure it is nobody’s name")
    public = " ".join(known.public).casefold()
    for hit in _TITLED.finditer(passage.text):
        surname = hit.group().split()[-1]
        if surname.casefold() not in public:
            why = f"“{hit.group()}” seems to be a person. {paper.people}"
            yield Look(Rule.PERSON, passage.block, hit.group(), why, "give the role")


def same_age(age: str, bands: Sequence[str]) -> tuple[int, int] | None:
    """Return how many of the children listed are of an age given in words, and how many there are.

    None where that can't be told: no number of years, or no bands to count.
    """
    words = re.findall(r"\w+", age.casefold())
    if {"month", "months", "week", "weeks", "day", "days"} & set(words):
        years: int | None = 0
    else:
        numbers = [int(one) if one.isdecimal() else _NUMBERS.get(one) for one in words]
        years = next((one for one in numbers if one is not None), None)
    read = [
        (int(band[1] or band[3]), int(band[2] or band[3]))
        for one in bands
        if (band := _BAND.search(one)) is not None
    ]
    if years is None or not read:
        return None
    return sum(low <= years <= high for low, high in read), len(bands)


def _together(passage: Passage, known: Known) -> Iterator[Look]:
    """Point at sentences that say two things or more about what seems to be one child."""
    if not _CHILD.search(passage.text):
        return
    for sentence in split(passage.text):
        traits = traits_in(sentence.text)
        if len(traits) > 1 and _CHILD.search(sentence.text):
            why = _why(traits) + _counted(traits, known)
            yield Look(Rule.TRAITS, passage.block, sentence.text, why, _instead(traits))


def _study(box: Passage, inside: Sequence[str], known: Known) -> Iterator[Look]:
    words = "\n".join((box.text, *inside))
    traits = traits_in(words)
    why = "A practice study tells of one child. Would somebody local know who it is?"
    if traits:
        why += f" It gives {_listed(traits)}.{_counted(traits, known)}"
    yield Look(Rule.STUDY, box.block, words, why, _instead(traits))


def _why(traits: dict[str, str]) -> str:
    return f"{_listed(traits)} stand together: someone local may know the child.".capitalize()


def _counted(traits: dict[str, str], known: Known) -> str:
    """Say how many children listed here are of the age that is given."""
    counted = same_age(traits["an age"], known.bands) if "an age" in traits else None
    if counted is None:
        return ""
    few, of_all = counted
    are = "is" if few == 1 else "are"
    return f" {few} of the {of_all} children listed here {are} of that age."


def _listed(traits: dict[str, str]) -> str:
    said = [f"{name} (“{words}”)" for name, words in traits.items()]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"


def _instead(traits: dict[str, str]) -> str:
    return "; ".join(_INSTEAD[name] for name in traits)


def _codes(text: str, codes: Iterable[str]) -> Iterator[str]:
    return (one for one in codes if one.strip() and _stands(one, text))


def _stands(words: str, text: str) -> bool:
    # The plain look first: a table has thousands of passages, and few hold a name.
    return words in text and re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None


def _is_near(word: str, name: str) -> bool:
    if word == name or abs(len(word) - len(name)) > _MOST_LONGER:
        return False
    return SequenceMatcher(None, word.casefold(), name.casefold()).ratio() >= _NEAR

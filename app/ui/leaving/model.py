"""What stands in the list before a paper leaves, and what is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.domain.dates import short_date
from app.domain.identifying import Rule
from app.ui.widgets.rows import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.house_style import Length
    from app.domain.identifying import Look
    from app.operations.looking import Answered, Released, ReleaseSheet

RULES: Final = {
    Rule.NAME: "A name from the register",
    Rule.NEAR_NAME: "Nearly a name from the register",
    Rule.CODE: "A child’s code",
    Rule.PERSON: "A person",
    Rule.TRAITS: "Things that together could be one child",
    Rule.STUDY: "A practice study",
    Rule.NO_REGISTER: "No register here",
}
_LOOK, _PROBLEM, _SLIP, _RELEASE = "look", "problem", "slip", "release"


def before_rows(sheet: ReleaseSheet) -> list[Row]:
    """Return the list: what has to be answered, what might be looked at, and every release."""
    rows: list[Row] = []
    if sheet.answered:
        rows.append(_heading("h-look", "Could somebody know a child by it?"))
        rows += [_look_row(one) for one in sheet.answered]
    if sheet.problems:
        rows.append(_heading("h-problem", "Evidence, dates and people"))
        rows += [
            Row(f"{_PROBLEM}:{at}", one.sentence, one.kind.value.capitalize())
            for at, one in enumerate(sheet.problems)
        ]
    if sheet.slips:
        rows.append(_heading("h-slip", "Plain English and house style"))
        rows += [
            Row(f"{_SLIP}:{at}", one.said, f"“{_short(one.words)}”")
            for at, one in enumerate(sheet.slips)
        ]
    if sheet.released:
        rows.append(_heading("h-release", "Released" if sheet.released[0].version else "Written"))
        rows += [_released_row(one) for one in sheet.released]
    return rows


def at_row(sheet: ReleaseSheet, key: str) -> object:
    """Return what a row stands for: a look with its answer, a problem, a slip, a release."""
    kind, _colon, at = key.partition(":")
    listed: dict[str, tuple[object, ...]] = {_PROBLEM: sheet.problems, _SLIP: sheet.slips}
    if kind in listed:
        number = int(at)
        return listed[kind][number] if number < len(listed[kind]) else None
    if kind == _LOOK:
        return next((one for one in sheet.answered if one.key == at), None)
    return next((one for one in sheet.released if one.id == at), None)


def look_key(one: Answered) -> str:
    """Return the key of a look's row."""
    return f"{_LOOK}:{one.key}"


def next_open(sheet: ReleaseSheet, after: str) -> str:
    """Return the key of the next look that nobody answered, from the first again at the end."""
    keys = [look_key(one) for one in sheet.answered]
    at = keys.index(after) + 1 if after in keys else 0
    turned = [*sheet.answered[at:], *sheet.answered[:at]]
    return next((look_key(one) for one in turned if not one.answer), "")


def stands_said(sheet: ReleaseSheet, name: str = "letter", *, waits: bool = True) -> str:
    """Return in a sentence whether a paper may leave; one that doesn't wait may at any time."""
    if not sheet.has_blocks:
        return f"There is no {name} yet. Alt+1 goes to where it is begun."
    if sheet.open and not waits:
        things = "1 thing" if sheet.open == 1 else f"{sheet.open} things"
        return f"Nobody has looked at {things} in the {name} yet. It can be written all the same."
    if sheet.open:
        have = "thing has" if sheet.open == 1 else "things have"
        return f"{sheet.open} {have} to be looked at and answered before the {name} leaves."
    return f"Everything was looked at. The {name} may leave."


def still_open(count: int) -> str:
    """Return in a sentence how much nobody has looked at yet; nothing where all was."""
    if not count:
        return ""
    return "1 thing was not looked at." if count == 1 else f"{count} things were not looked at."


def left_open(looks: Sequence[Look]) -> str:
    """Return in a sentence or two what nobody has looked at in what leaves."""
    count = sum(one.rule is not Rule.NO_REGISTER for one in looks)
    blind = "No name could be looked for: the register here holds none."
    return " ".join(one for one in (still_open(count), blind * (count < len(looks))) if one)


def place_rows(looks: Sequence[Look]) -> list[Row]:
    """Return places in a paper that nobody has looked at, for reading alone."""
    return [
        Row(f"{at}", one.why, f"“{_short(one.words)}”" if one.words else "")
        for at, one in enumerate(looks)
    ]


def length_said(length: Length) -> str:
    """Return in a sentence how long the letter is beside others."""
    words = "1 word" if length.words == 1 else f"{length.words:,} words"
    pages = "1 page" if length.pages == 1 else f"{length.pages} pages"
    said = (
        f"{words}, about {pages}. Letters of this layout have about {length.usual_words:,} words "
        f"on {length.usual_pages} pages"
    )
    if length.pages > length.most_pages:
        return f"{said}; the longest had {length.most_pages}."
    if length.pages < length.fewest_pages:
        return f"{said}; the shortest had {length.fewest_pages}."
    return f"{said}."


def when_said(at: str, by: str) -> str:
    """Return when something was done, and by whom."""
    return " · ".join(part for part in (f"{short_date(at)} {at[11:16]}".strip(), by) if part)


def left_said(one: Released) -> str:
    """Return when a paper left, and by whom: only a letter is released."""
    return f"{'Released' if one.version else 'Written'} {when_said(one.at, one.by)}"


def _look_row(one: Answered) -> Row:
    words = f"“{_short(one.look.words)}”" if one.look.words else "Nothing could be looked for"
    state = "Answered" if one.answer else "To be answered"
    return Row(
        look_key(one),
        RULES[one.look.rule],
        words,
        "✓" if one.answer else "!",
        tone="strength" if one.answer else "priority",
        badge=state,
        spoken=f"{RULES[one.look.rule]}. {words}. {state}",
    )


def _released_row(one: Released) -> Row:
    files = ", ".join(one.files)
    left = still_open(one.unanswered)
    return Row(f"{_RELEASE}:{one.id}", left_said(one), f"{files}. {left}" if left else files)


def _heading(key: str, words: str) -> Row:
    return Row(key, words, is_heading=True)


def _short(words: str, longest: int = 90) -> str:
    line = " ".join(words.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"

"""Quotes as rows and sentences to be read, and the lenses as choices."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from app.domain.dates import short_date
from app.domain.quotes import LENSES, NOT_SAID, Lens, criterion_order, seen
from app.operations.evidence import WEIGHT_WORDS
from app.ui.widgets.rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from app.domain.quotes import Quote
    from app.operations.evidence import Evidence

LENS_WORDS: Final = {
    "day": "Day",
    "child": "Child",
    "agency": "Agency",
    "criterion": "Criterion",
    "author": "Written by",
    "source": "Source",
    "weight": "Weight",
    "inspectorate": "Inspectorate",
}
ORDER_WORDS: Final = {
    "oldest": "Oldest first",
    "newest": "Newest first",
    "criterion": "Criterion",
    "agency": "Agency",
    "child": "Child",
    "author": "By who wrote it",
    "weight": "Weight",
}
SIGNS: Final = {"strength": "▲", "improvement": "▼", "priority": "!", "contradicts": "⇄"}
TONES: Final = {
    "strength": "strength",
    "improvement": "improve",
    "priority": "priority",
    "contradicts": "against",
}
_NOBODY: Final = {
    "day": "no day",
    "child": "no child named",
    "agency": "no agency named",
    "criterion": "no criterion",
    "author": "nobody named",
    "source": "no kind of source",
    "weight": "no weight",
    "inspectorate": "none named",
}


def quote_rows(evidence: Evidence, quotes: Iterable[Quote]) -> list[Row]:
    """Return quotes as a list shows them."""
    return [quote_row(evidence, one) for one in quotes]


def quote_row(evidence: Evidence, one: Quote) -> Row:
    """Return one quote as lists show it: its words, then criterion, where from, when and whose."""
    words = words_of(one)
    weight = WEIGHT_WORDS.get(one.weight, "")
    parts = (one.criterion, weight, *source_parts(evidence, one))
    meta = " · ".join(part for part in parts if part)
    badge = "words changed since" if one.is_adrift else ""
    heard = (words, weight, evidence.criterion(one.criterion), *source_parts(evidence, one), badge)
    return Row(
        one.key,
        words,
        meta,
        SIGNS.get(one.weight, ""),
        TONES.get(one.weight, ""),
        badge,
        spoken=". ".join(part for part in heard if part),
    )


def heading(evidence: Evidence, one: Quote) -> str:
    """Return “▼ Needs improvement · A6 Out of hours”: what the words are said to mean."""
    weight = WEIGHT_WORDS.get(one.weight, "")
    parts = (
        f"{SIGNS.get(one.weight, '')} {weight[:1].upper()}{weight[1:]}".strip(),
        evidence.criterion(one.criterion),
    )
    return " · ".join(part for part in parts if part)


def words_of(one: Quote) -> str:
    """Return a quote's words; somebody's own in quotation marks, with whose they are."""
    if one.type != "verbatim":
        return one.words
    quoted = one.words if one.words.startswith(("“", "‘", '"')) else f"“{one.words}”"
    return f"{quoted} — {one.speaker}" if one.speaker else quoted


def source_parts(evidence: Evidence, one: Quote) -> tuple[str, ...]:
    """Return agency, children, note, time and who wrote it, each in a few letters."""
    names = evidence.names
    kind = one.note_kind.removesuffix(" with a professional")
    note = " ".join(part for part in (one.ref, kind[:1].lower() + kind[1:]) if part)
    when = " ".join(part for part in (short_date(one.day), one.time) if part)
    children = ", ".join(filter(None, (names.get(child, "") for child in one.children)))
    return (names.get(one.agency, ""), children, note, when, names.get(one.author, ""))


def counted(shown: int, whole: int, *, is_uncoded: bool) -> str:
    """Return “34 of 425 coded quotes”."""
    things = "paragraphs not coded yet" if is_uncoded else "coded quotes"
    if whole == 1:
        things = "paragraph not coded yet" if is_uncoded else "coded quote"
    told = f"{whole:,}" if shown == whole else f"{shown:,} of {whole:,}"
    return f"{told} {things}"


def lens_value(evidence: Evidence, lens: str, value: str) -> str:
    """Return a value of a lens as people read it."""
    if value == NOT_SAID:
        return _NOBODY[lens]
    if lens == "day":
        return short_date(value)
    if lens == "criterion":
        return evidence.criterion(value)
    if lens == "weight":
        return f"{SIGNS.get(value, '')} {WEIGHT_WORDS.get(value, value)}".strip()
    if lens == "source":
        return value
    return evidence.names.get(value, "") or _NOBODY[lens]


def lens_button(evidence: Evidence, lens: str, value: str) -> str:
    """Return what the button of a lens says: its name, or what it shows alone."""
    if not value:
        return LENS_WORDS[lens]
    told = value if lens == "criterion" and value != NOT_SAID else lens_value(evidence, lens, value)
    return f"{LENS_WORDS[lens]}: {told}"


def order_button(order: str) -> str:
    """Return what the button of the order says."""
    words = ORDER_WORDS[order]
    return f"By {words.lower()}" if order not in {"oldest", "newest", "author"} else words


def lens_rows(evidence: Evidence, quotes: Sequence[Quote], lens: Lens, only: str = "") -> list[Row]:
    """Return what one lens, or every lens, can show alone, with how many quotes that leaves.

    A row's key is “lens value”; an empty value takes the lens away.
    """
    rows: list[Row] = []
    narrowed = seen(quotes, lens)
    for name in (only,) if only else LENSES:
        value = lens.chosen.get(name, "")
        within = seen(quotes, lens.with_value(name, "")) if value and only else narrowed
        if value:
            rows.append(Row(f"{name} ", f"{LENS_WORDS[name]}: any"))
        found: Counter[str] = Counter()
        for one in within:
            found.update(one.values(name))
        for each in sorted(found, key=lambda key: _value_order(evidence, name, key)):
            if each == value:
                continue
            told = lens_value(evidence, name, each)
            title = told if only else f"{LENS_WORDS[name]}: {told}"
            rows.append(Row(f"{name} {each}", title, badge=f"{found[each]:,}"))
    return rows


def _value_order(evidence: Evidence, lens: str, value: str) -> tuple[bool, tuple[str, int, str]]:
    is_last = value == NOT_SAID
    if lens in {"criterion", "child"}:
        told = value if lens == "criterion" else evidence.names.get(value, "")
        return is_last, criterion_order(told)
    told = value if lens == "day" else lens_value(evidence, lens, value).casefold()
    return is_last, (told, 0, value)


def lens_sentence(evidence: Evidence, lens: Lens) -> str:
    """Return what a lens shows, in one line."""
    parts = [lens_button(evidence, name, value) for name, value in lens.chosen.items()]
    if lens.typed.strip():
        parts.append(f"“{lens.typed.strip()}”")
    if lens.is_uncoded:
        parts.append("not coded yet")
    return " · ".join(parts) or "everything"


def saved_rows(evidence: Evidence, saved: Mapping[str, Lens]) -> list[Row]:
    """Return the saved lenses as rows to choose, and to forget."""
    return [
        Row(f"saved {name}", f"Saved: {name}", lens_sentence(evidence, lens))
        for name, lens in saved.items()
    ]


def forget_rows(saved: Iterable[str]) -> list[Row]:
    """Return the rows by which saved lenses are forgotten."""
    return [Row(f"forget {name}", f"Forget “{name}”") for name in saved]

"""What was said against what is written, as rows and sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.domain.dates import short_date
from app.domain.reconciling import stands
from app.ui.commands import COMMANDS
from app.ui.pages.brief.model import clock_of
from app.ui.widgets.rows import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.reconciling import Pair, Passage
    from app.operations.reconciling import Comparison

COMPARED: Final = "compare/"  # begins the key of a pair where it is asked for from elsewhere
_LETTER: Final = next(one.key for one in COMMANDS if one.words == "Letter")
NONE: Final = (
    "Nothing to compare yet: the letter has no words that rest on findings, or nothing was to be "
    f"said. {_LETTER} goes to the letter."
)
_SIGNS: Final = {"same": "=", "softened": "↓", "strengthened": "↑", "dropped": "−", "new": "+"}
_HOW: Final = {"said": "said", "reworded": "said in other words", "skipped": "skipped"}


def pair_rows(found: Comparison) -> list[Row]:
    """Return one row for each pair, in running order."""
    return [_row(one) for one in found.pairs]


def in_all(pairs: Sequence[Pair]) -> str:
    """Return how many pairs wait for somebody to decide, and how many were not spoken yet."""
    if not pairs:
        return ""
    undecided = sum(one.is_open for one in pairs)
    waiting = sum(one.waits for one in pairs)
    parts = [f"{undecided} of {len(pairs)} to decide" if undecided else "Nothing to decide"]
    if waiting:
        parts.append(f"{waiting} not spoken yet" if waiting > 1 else "1 not spoken yet")
    return ", ".join(parts)


def next_open(pairs: Sequence[Pair], after: str) -> str:
    """Return the next pair to decide after one, beginning again at the first; nothing if none."""
    keys = [one.key for one in pairs]
    at = keys.index(after) + 1 if after in keys else 0
    return next((one.key for one in (*pairs[at:], *pairs[:at]) if one.is_open), "")


def about_said(pair: Pair) -> str:
    """Return how and when the points were spoken."""
    told = [_told(one) for one in pair.points]
    return " · ".join(dict.fromkeys(told)) or "No point of the brief rests on it."


def about_written(pair: Pair) -> str:
    """Return how many passages of the letter there are."""
    if not pair.blocks:
        return "The letter says nothing of it."
    return "In 1 place" if len(pair.blocks) == 1 else f"In {len(pair.blocks)} places"


def standing_of(pair: Pair) -> str:
    """Return in a sentence what was decided, or what is still to be done."""
    if pair.waits:
        return "Not all of it was spoken yet. It is compared once it was."
    held = pair.judgement
    if held is not None and not stands(held, pair.said, pair.written):
        return "The words have changed since this was decided. Decide again."
    if held is None:
        return "The same words." if pair.is_settled else ""
    who = f" by {pair.judge}" if pair.judge else ""
    return f"Decided{who}, {short_date(held.at)} {clock_of(held.at)}."


def earlier(pair: Pair) -> str:
    """Return what was decided before, the last first, a line each."""
    return "\n".join(
        f"{short_date(one.at)} {clock_of(one.at)}: {one.verdict}"
        + (f" – {one.reason}" if one.reason else "")
        for one in reversed(pair.judgements)
    )


def _row(pair: Pair) -> Row:
    if pair.waits:
        return Row(pair.key, pair.title, "not spoken yet")
    if pair.is_open:
        plain = f", {pair.verdict}" if pair.verdict else ""
        return Row(pair.key, pair.title, f"to decide{plain}", sign="?")
    reason = pair.judgement.reason if pair.judgement is not None else ""
    meta = " · ".join(part for part in (pair.verdict, reason) if part)
    return Row(pair.key, pair.title, meta, sign=_SIGNS.get(pair.verdict, ""))


def _told(one: Passage) -> str:
    time = clock_of(one.at)
    how = _HOW.get(one.how, "not spoken yet")
    return f"{how} {time}" if time and one.how in _HOW else how

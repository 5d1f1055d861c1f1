"""What was said at feedback beside what the letter says, by finding, with what was decided."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from app.domain import reconciling
from app.domain.reconciling import Judgement, Pair, Passage
from app.errors import InvalidInputError
from app.operations.notes import keep_draft
from app.operations.wording import drafts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from app.domain.changes import Changes
    from app.domain.records import Record
    from app.domain.revisions import Json
    from app.operations.view import View
    from app.operations.work import Work
    from app.store.reader import Reader

KIND: Final = "reconciliation"
_TITLES: Final = frozenset({"heading", "subheading", "box"})  # these say nothing of a finding


def said_and_written(view: View) -> list[Pair]:
    """Return every finding that was to be spoken of or is written of, in running order.

    Empty where the letter has no words yet: there is nothing to compare with.
    """
    records = view.records
    blocks = [one for one in records.of_kind("letter_block") if one.text("type") not in _TITLES]
    if not any(one.text("text").strip() for one in blocks):
        return []
    points = _by_section(view, records.of_kind("brief_point"))
    spoken, written = _resting(records, points), _resting(records, blocks)
    names = {one.id: one.text("initials") or one.text("role") for one in records.of_kind("person")}
    judged = _judged(records)
    found: list[Pair] = []
    for key in dict.fromkeys((*spoken, *written)):
        held = records.find(key)
        if held is None or held.is_deleted:
            continue
        is_point = held.kind == "brief_point"
        made = judged.get(key, ())
        found.append(
            Pair(
                key,
                held.text("text") if is_point else held.text("statement"),
                tuple(_spoken(one) for one, _words in spoken.get(key, ())),
                _passages(written.get(key, ())),
                made,
                names.get(made[-1].by, "") if made else "",
            )
        )
    return [one for one in found if one.waits or one.said or one.written]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every pair, and by pair the reason that is being written and not saved yet."""

    pairs: tuple[Pair, ...] = ()
    drafts: Mapping[str, str] = field(default_factory=dict)


def comparison(view: View) -> Comparison:
    """Return what the page shows of what was said against what is written."""
    kept = drafts_of(view, "reason")
    ending = _draft_of("")
    return Comparison(
        tuple(said_and_written(view)),
        {key.removesuffix(ending): words for key, words in kept.items() if key.endswith(ending)},
    )


@dataclass(frozen=True, slots=True)
class Against:
    """What a passage of the letter is to what was said: the pair, and what was said of it."""

    key: str
    verdict: str
    said: str
    reason: str = ""
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class LetterAgainst:
    """The letter against what was said: by block, and what was said and is written nowhere."""

    blocks: Mapping[str, tuple[Against, ...]] = field(default_factory=dict)
    dropped: tuple[Against, ...] = ()


def letter_against(view: View) -> LetterAgainst:
    """Return what each block is to what was said; nothing before anything was spoken of."""
    pairs = said_and_written(view)
    if all(one.how == "not yet" for pair in pairs for one in pair.points):
        return LetterAgainst()
    blocks: dict[str, tuple[Against, ...]] = {}
    dropped: list[Against] = []
    for pair in pairs:
        if pair.waits:
            continue
        held = pair.judgement
        stands = held is not None and held.verdict == pair.verdict and not pair.is_open
        reason = held.reason if held is not None and stands else ""
        one = Against(pair.key, pair.verdict, pair.said, reason, pair.is_open)
        for passage in pair.blocks:
            blocks[passage.record] = (*blocks.get(passage.record, ()), one)
        if not pair.blocks:
            dropped.append(one)
    return LetterAgainst(blocks, tuple(dropped))


def keep_reason(work: Work, key: str, reason: str) -> Changes:
    """Keep a reason that is being written, encrypted on disk, until it is decided."""
    if reason.strip():
        return keep_draft(work, _draft_of(key), KIND, {"reason": reason})
    work.records.drop_draft(_draft_of(key))
    return work.changes()


def judge(work: Work, key: str, verdict: str, reason: str, said: str, written: str) -> Changes:
    """Record what the letter is to what was said of a finding, or of a point that rests on none.

    ``said`` and ``written`` are the texts as whoever decided read them. What was decided before
    stays in the record.

    Raises:
        InvalidInputError: the judgement doesn't fit the words, or a difference has no reason.

    """
    held = work.of_kind(key, "finding", "brief_point")
    why = reconciling.problem(verdict, reason, said, written)
    if why:
        raise InvalidInputError(why, "reason")
    fields: dict[str, Json] = {
        "finding" if held.kind == "finding" else "point": key,
        "verdict": verdict,
        "reason": reason.strip() or None,
        "said": said or None,
        "written": written or None,
        "by": work.me or None,
        "at": work.now(),
    }
    made = work.add(KIND, fields)
    work.records.drop_draft(_draft_of(key))
    return work.changes(made)


def _draft_of(key: str) -> str:
    return f"{key}.judgement"


def _by_section(view: View, points: Sequence[Record]) -> list[Record]:
    layout = view.brief_layout
    order = [one.key for one in layout.sections] if layout is not None else []
    places = {key: at for at, key in enumerate(order)}
    return sorted(points, key=lambda one: places.get(one.text("section"), len(places)))


def _resting(
    records: Reader, statements: Sequence[Record]
) -> dict[str, list[tuple[Record, tuple[str, ...]]]]:
    """Return by finding which statements rest on it, each with the sentences that do (none: all).

    A point that rests on no finding stands under its own id; a block that rests on none is the
    letter's own affair.
    """
    found: dict[str, list[tuple[Record, tuple[str, ...]]]] = {}
    for one in statements:
        bases = [each for each in records.parts_of(one.id, "basis") if each.text("finding")]
        for finding in dict.fromkeys(each.text("finding") for each in bases):
            words = [each.text("words") for each in bases if each.text("finding") == finding]
            whole = not all(words)
            found.setdefault(finding, []).append((one, () if whole else tuple(words)))
        if not bases and one.kind == "brief_point":
            found.setdefault(one.id, []).append((one, ()))
    return found


def _spoken(point: Record) -> Passage:
    words = point.text("said_text") or point.text("text")
    return Passage(point.id, words, point.text("said") or "not yet", point.text("said_at"))


def _passages(resting: Iterable[tuple[Record, tuple[str, ...]]]) -> tuple[Passage, ...]:
    found: list[Passage] = []
    for block, sentences in resting:
        text = block.text("text")
        # In the order they stand in the block; words that are no longer in it rest on nothing.
        placed = sorted((text.find(one), one) for one in set(sentences) if one in text)
        words = " ".join(one for _at, one in placed) if sentences else text
        if words.strip():
            found.append(Passage(block.id, words))
    return tuple(found)


def _judged(records: Reader) -> dict[str, tuple[Judgement, ...]]:
    found: dict[str, list[Judgement]] = {}
    for one in records.of_kind(KIND):
        made = Judgement(
            one.text("verdict"),
            one.text("reason"),
            one.text("said"),
            one.text("written"),
            one.text("by"),
            one.text("at"),
        )
        found.setdefault(one.text("finding") or one.text("point"), []).append(made)
    return {key: tuple(sorted(all_, key=lambda one: one.at)) for key, all_ in found.items()}

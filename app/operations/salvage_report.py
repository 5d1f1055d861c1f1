"""What was salvaged and what could not be, in plain sentences and as plain values."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Final

from app.domain.kinds.registry import KINDS, label_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from app.crypto.store_key import Head
    from app.interchange.mending import Mended
    from app.operations.salvage_attachments import Attached
    from app.store.salvage.chains import Chain
    from app.store.salvage.recover import FileRead, Salvage
    from app.store.salvage.sources import PageProblem

NOT_ENCRYPTED: Final = (
    "These files are not encrypted: keep them where only you can read them, and delete them when "
    "the notes are safe again."
)
_SHORT_ID: Final = 8
_MOST_LISTED: Final = 40


@dataclass(frozen=True, slots=True)
class SalvageReport:
    """What one inspection gave up. ``is_whole`` is whether nothing is known to be missing."""

    inspection: str
    is_whole: bool
    counts: Mapping[str, int]
    revisions: int
    missing: Mapping[str, list[tuple[int, int]]]
    lost: list[str]
    damage: list[str]
    kept: list[str]
    files: list[dict[str, object]] = field(default_factory=list)
    from_copies: list[str] = field(default_factory=list)
    stand_ins: list[str] = field(default_factory=list)
    attachments: int = 0

    def plain(self) -> dict[str, object]:
        """Return it as plain values, for JSON."""
        return asdict(self)

    def lines(self) -> Iterator[str]:
        """Yield the report as lines to be read."""
        yield f"Salvaged from inspection {self.inspection}"
        yield ""
        yield f"{self.revisions:,} changes were read, which make:"
        for kind, count in self.counts.items():
            yield f"{count:>10,}  {label_of(kind)}"
        yield ""
        yield "What could not be read"
        for sentence in self.lost or ["Nothing is known to be missing."]:
            yield f"- {sentence}"
        if self.damage:
            yield ""
            yield "What is wrong with the files"
        for sentence in self.damage:
            yield f"- {sentence}"
        yield ""
        yield "What to know of it"
        for sentence in (*self.kept, NOT_ENCRYPTED):
            yield f"- {sentence}"


def report_on(
    inspection: str, salvage: Salvage, mended: Mended, head: Head | None, remarks: Sequence[str]
) -> SalvageReport:
    """Return the report on what was salvaged of one inspection."""
    counted = Counter(one.kind for one in salvage.records)
    order = {kind: index for index, kind in enumerate(KINDS)}
    counts = sorted(counted.items(), key=lambda one: (order.get(one[0], len(order)), one[0]))
    lost = [*_lost(salvage), *_beyond_head(salvage, head)]
    return SalvageReport(
        inspection=inspection,
        is_whole=not lost,
        counts=dict(counts),
        revisions=salvage.revisions,
        missing={one.device: list(one.missing) for one in salvage.chains if one.missing},
        lost=lost,
        damage=list(_pages(salvage.files)),
        kept=[*remarks, *_kept(salvage, mended)],
        files=[_file(one) for one in salvage.files],
        from_copies=sorted(salvage.from_copies),
        stand_ins=list(mended.stand_ins),
    )


def with_attachments(report: SalvageReport, attachments: Attached) -> SalvageReport:
    """Return the report with what became of the attachments."""
    kept = list(report.kept)
    if attachments.written:
        kept.append(f"{_number(attachments.written, 'attachment')} can be found in “attachments”.")
    return replace(
        report,
        is_whole=report.is_whole and not attachments.lost,
        lost=[*report.lost, *attachments.lost],
        kept=kept,
        attachments=attachments.written,
    )


def _lost(salvage: Salvage) -> Iterator[str]:
    if not salvage.revisions:
        yield "Not one change could be read."
    for chain in salvage.chains:
        if chain.missing:
            yield (
                f"Of the changes made on laptop {chain.device[:_SHORT_ID]}, "
                f"{chain.missing_count:,} could not be read: {_ranges(chain)}."
            )
    if salvage.words:
        yield (
            f"{_number(len(salvage.words), 'change')} could be read in part alone. The words that "
            "are left stand at the end of the notes, under “Fragments that nothing proves”."
        )


def _beyond_head(salvage: Salvage, head: Head | None) -> Iterator[str]:
    if head is None:
        yield (
            "No key file says which change was the newest, so nobody can tell whether some are "
            "missing at the end."
        )
    elif head.count and head.hash not in salvage.hashes:
        known = sum(one.missing_count for one in salvage.chains)
        missing = max(head.count - salvage.revisions, 1)
        if missing > known:
            yield (
                f"The key file remembers {head.count:,} changes. The newest of them could not be "
                f"read; at least {_number(missing, 'change')} {_is(missing)} missing."
            )


def _pages(files: Sequence[FileRead]) -> Iterator[str]:
    for one in files:
        if one.pages < one.stated_pages:
            yield f"{one.name} is cut short: {one.pages:,} of {one.stated_pages:,} pages are left."
        for (name, in_log, what), found in _grouped(one.problems):
            kind = "frame" if in_log else "page"
            many = _is_many(found)
            yield f"{_named(found, kind)} of {name} {_of_many(what) if many else what}."
        if one.pages and not one.can_prove:
            yield (
                f"The beginning of {one.name}, which vouches for its pages, is lost. Its changes "
                "still prove themselves, each by its own hash."
            )
        if one.engine:
            yield f"{one.name} did not open the ordinary way: {one.engine}. It was read by pages."


def _grouped(
    problems: Sequence[PageProblem],
) -> Iterator[tuple[tuple[str, bool, str], list[tuple[int, int]]]]:
    """Yield the pages that share what is wrong with them, as first and last of each run."""
    runs: dict[tuple[str, bool, str], list[tuple[int, int]]] = {}
    for one in problems:
        found = runs.setdefault((one.place.file, one.place.in_log, one.what), [])
        if found and found[-1][1] + 1 == one.place.index:
            found[-1] = (found[-1][0], one.place.index)
        else:
            found.append((one.place.index, one.place.index))
    yield from runs.items()


def _named(runs: Sequence[tuple[int, int]], kind: str) -> str:
    listed = ", ".join(_range(*one) for one in runs[:_MOST_LISTED])
    more = len(runs) - _MOST_LISTED
    tail = f" and {more:,} more places (see report.json)" if more > 0 else ""
    return f"{kind.capitalize()}{'s' if _is_many(runs) else ''} {listed}{tail}"


def _is_many(runs: Sequence[tuple[int, int]]) -> bool:
    return len(runs) > 1 or runs[0][0] != runs[0][1]


def _of_many(what: str) -> str:
    return re.sub("^(was|is) ", lambda verb: {"was": "were ", "is": "are "}[verb[1]], what)


def _range(first: int, last: int) -> str:
    return f"{first:,}" if first == last else f"{first:,} to {last:,}"


def _kept(salvage: Salvage, mended: Mended) -> Iterator[str]:
    if salvage.from_copies:
        copies = _number(len(salvage.from_copies), "record")
        yield (
            f"{copies} could be had from a second copy alone, which no hash proves. They are "
            "marked in the notes."
        )
    if salvage.drafts:
        drafts = _number(len(salvage.drafts), "paragraph")
        yield (
            f"Words of {drafts} were on screen and perhaps never saved, or put aside on purpose. "
            "They stand first in the notes."
        )
    beyond = sum(one.beyond for one in salvage.chains)
    if beyond:
        yield (
            f"{_number(beyond, 'change')} had not been confirmed as saved when the app stopped. "
            "They are included."
        )
    if salvage.aside:
        aside = _number(len(salvage.aside), "change")
        yield f"{aside} had never counted and can be read among the fragments."
    yield from _mended(mended)


def _mended(mended: Mended) -> Iterator[str]:
    if mended.stand_ins:
        empty = _number(len(mended.stand_ins), "empty record")
        yield (
            f"inspection.json has {empty} marked “could not be read”, where other records are "
            "part of what is lost."
        )
    for label, count in mended.lost_references.items():
        yield f"“{label}” led to something that could not be read, {_number(count, 'time')}."
    if mended.members:
        yield "Records that this version can’t take in are carried at the head of inspection.json."


def _file(one: FileRead) -> dict[str, object]:
    return {
        "name": one.name,
        "pages": one.pages,
        "stated_pages": one.stated_pages,
        "engine": one.engine,
        "can_prove": one.can_prove,
        "problems": [
            {"file": each.place.file, "page": each.place.index, "what": each.what}
            for each in one.problems
        ],
    }


def _ranges(chain: Chain) -> str:
    word = "numbers" if _is_many(chain.missing) else "number"
    return f"{word} {', '.join(_range(*one) for one in chain.missing)}"


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _is(count: int) -> str:
    return "is" if count == 1 else "are"

"""What was salvaged and what could not be, in plain sentences and as plain values."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Final

from app.domain.kinds.registry import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from app.crypto.store_key import Head
    from app.interchange.mending import Mended
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
    kept: list[str]
    files: list[dict[str, object]] = field(default_factory=list)
    from_copies: list[str] = field(default_factory=list)
    stand_ins: list[str] = field(default_factory=list)

    def plain(self) -> dict[str, object]:
        """Return it as plain values, for JSON."""
        return asdict(self)

    def lines(self) -> Iterator[str]:
        """Yield the report as lines to be read."""
        yield f"Salvaged from inspection {self.inspection}"
        yield ""
        yield f"{self.revisions:,} changes were read, which make:"
        for kind, count in self.counts.items():
            yield f"{count:>10,}  {KINDS[kind].label if kind in KINDS else kind}"
        yield ""
        yield "What could not be read"
        for sentence in self.lost or ["Nothing is known to be missing."]:
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
        lost=[*lost, *_pages(salvage.files)],
        kept=[*remarks, *_kept(salvage, mended)],
        files=[_file(one) for one in salvage.files],
        from_copies=sorted(salvage.from_copies),
        stand_ins=list(mended.stand_ins),
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
        if one.problems:
            yield f"{_number(len(one.problems), 'page')} of {one.name}: {_places(one.problems)}."
        if one.pages and not one.can_prove:
            yield (
                f"The beginning of {one.name}, which vouches for its pages, is lost. Its changes "
                "still prove themselves, each by its own hash."
            )
        if one.engine:
            yield f"{one.name} did not open the ordinary way: {one.engine}. It was read by pages."


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
        "engine": one.engine,
        "can_prove": one.can_prove,
        "problems": [
            {"file": each.place.file, "page": each.place.index, "what": each.what}
            for each in one.problems
        ],
    }


def _places(problems: Sequence[PageProblem]) -> str:
    listed = [
        f"{'frame' if one.place.in_log else 'page'} {one.place.index:,} of {one.place.file} "
        f"{one.what}"
        for one in problems[:_MOST_LISTED]
    ]
    more = len(problems) - len(listed)
    return "; ".join(listed) + (f"; and {more:,} more, in report.json" if more else "")


def _ranges(chain: Chain) -> str:
    listed = [
        f"number {first:,}" if first == last else f"numbers {first:,} to {last:,}"
        for first, last in chain.missing
    ]
    return ", ".join(listed)


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _is(count: int) -> str:
    return "is" if count == 1 else "are"

"""What an inspection is and holds, at a glance."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from app.domain.dates import long_date
from app.domain.kinds.registry import KINDS
from app.domain.kinds.spec import Type
from app.operations.closing import closing, due_for_disposal

if TYPE_CHECKING:
    from app.operations.view import View


@dataclass(frozen=True, slots=True)
class Overview:
    """Particulars as (label, value), counts as (kind, number), and remarks in sentences."""

    particulars: tuple[tuple[str, str], ...]
    counts: tuple[tuple[str, int], ...]
    remarks: tuple[str, ...]

    def plain(self) -> dict[str, object]:
        """Return it as plain values, for JSON."""
        return {
            "particulars": dict(self.particulars),
            "counts": dict(self.counts),
            "remarks": asdict(self)["remarks"],
        }


@dataclass(frozen=True, slots=True)
class Headline:
    """What a frame round the inspection says of it."""

    area: str
    marking: str


def headline(view: View) -> Headline:
    """Return area and marking."""
    return Headline(view.inspection.text("area"), view.inspection.text("marking"))


def overview(view: View) -> Overview:
    """Return the inspection's particulars, its counts in the order of kinds, and remarks."""
    held = view.inspection
    particulars: list[tuple[str, str]] = []
    for field in KINDS["inspection"].fields:
        value = held.text(field.name)
        if value and field.type is not Type.REF:
            shown = long_date(value) if field.type is Type.DATE else value
            particulars.append((field.label, shown))
    counts = view.records.counts()
    order = {kind: index for index, kind in enumerate(KINDS)}
    ordered = sorted(counts.items(), key=lambda one: (order.get(one[0], len(order)), one[0]))
    return Overview(tuple(particulars), tuple(ordered), tuple(_remarks(view)))


def _remarks(view: View) -> list[str]:
    remarks: list[str] = []
    closed = closing(view)
    if closed is not None:
        remarks.append(closed.sentence)
    if due_for_disposal(view.inspection, view.clock.now().astimezone().date()):
        remarks.append("The day until which this inspection is to be kept is over.")
    forked = len(view.records.forked())
    if forked:
        remarks.append(
            "1 record has two versions of something."
            if forked == 1
            else f"{forked} records have two versions of something."
        )
    drafts = len(view.records.drafts())
    if drafts:
        remarks.append(
            "Words typed in 1 paragraph were not yet saved when the app last stopped."
            if drafts == 1
            else f"Words typed in {drafts} paragraphs were not yet saved when the app last stopped."
        )
    return remarks

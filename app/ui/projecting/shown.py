"""What of each page is shown to a room. A page that is not here is not shown at all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from app.operations.briefs import brief_content
from app.operations.letters import letter_content
from app.operations.projection import mask
from app.operations.sheets import findings_sheet
from app.ui.widgets.rows import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.domain.letters import Block
    from app.domain.masking import Mask
    from app.operations.view import View

    Shower = Callable[["View"], "Shown"]


@dataclass(frozen=True, slots=True)
class Shown:
    """A heading and rows as the page has them; they are masked before anybody sees them."""

    title: str
    rows: tuple[Row, ...]


def masked(view: View, shower: Shower | None, name: str) -> Shown:
    """Return what a room is shown, without codes and names."""
    if shower is None:
        return Shown(name, (Row("not", f"{name} is not shown to the room.", is_heading=True),))
    found, hiding = shower(view), mask(view)
    return Shown(hiding.words(found.title), tuple(_masked(one, hiding) for one in found.rows))


def _masked(row: Row, hiding: Mask) -> Row:
    return replace(
        row,
        title=hiding.words(row.title),
        meta=hiding.words(row.meta),
        badge=hiding.words(row.badge),
        spoken=hiding.words(row.spoken),
    )


def _findings(view: View) -> Shown:
    sheet = findings_sheet(view)
    labels = {one.key: one.label for one in sheet.types}
    rows: list[Row] = []
    for status in dict.fromkeys(one.status for one in sheet.rows):
        rows.append(Row(f"status/{status}", status.capitalize(), is_heading=True))
        for one in sheet.rows:
            if one.status == status:
                counts = f"{one.evidence_for} for · {one.evidence_against} against"
                meta = " · ".join(part for part in (labels.get(one.type, ""), counts) if part)
                rows.append(Row(one.id, one.statement, meta))
    return Shown("Findings", tuple(rows))


def _brief(view: View) -> Shown:
    rows: list[Row] = []
    for section in brief_content(view).sections:
        rows.append(Row(f"section/{section.key}", section.heading, is_heading=True))
        rows += [Row(one.id, one.text) for one in section.points]
    return Shown("Feedback", tuple(rows))


def _letter(view: View) -> Shown:
    return Shown("Letter", tuple(_blocks(letter_content(view).blocks)))


def _blocks(blocks: Sequence[Block]) -> list[Row]:
    rows: list[Row] = []
    for one in blocks:
        is_heading = one.type in {"heading", "subheading", "box"}
        rows.append(Row(one.id, one.text, is_heading=is_heading))
        rows += _blocks(one.inside)
    return rows


OF_ROOM: Final[dict[str, Shower]] = {
    "Findings": _findings,
    "Feedback": _brief,
    "Letter": _letter,
}

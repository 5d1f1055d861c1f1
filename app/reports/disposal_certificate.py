"""The certificate that an inspection was destroyed: one side of A4, for a records system.

It leaves the encrypted store, so it names no child and holds no word of a note; the area stands
there only if the person who ordered it wished so. Where there is more to say than fits, it goes
on overleaf: nothing is cut.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from reportlab.lib.units import mm
from reportlab.platypus import (
    Flowable,
    KeepTogether,
    Spacer,
    Table,
    TableStyle,
)

from app.domain.disposal import BASIS, not_reached
from app.reports.blocks import Document, Run, plain
from app.reports.characters import fit_throughout
from app.reports.pdf_sheet import WIDTH, sheet_of
from app.reports.pdf_styles import QUIET, load_typeface, styles
from app.reports.pdf_words import heading, paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportlab.lib.styles import ParagraphStyle

    from app.domain.disposal import Disposal

_LABEL: Final = 36 * mm
_TITLE: Final = "Certificate of destruction"
_GROUP: Final = 4
_LETTERS: Final = 8  # of a laptop's id: enough to tell a team's laptops apart


def disposal_certificate(one: Disposal) -> bytes:
    """Return the page as the bytes of a PDF file.

    Raises:
        OutputError: a font file of the app is missing or damaged.

    """
    load_typeface()
    one = fit_throughout(one)
    document = Document(
        _TITLE,
        (),
        header="Siteweek",
        footer=f"Inspection {one.order.inspection}",
        date=_day(one.outcome.finished_at),
    )
    return sheet_of(document, _story(one))


def _story(one: Disposal) -> Iterator[Flowable]:
    own = styles(large=False)
    body = own.support.clone("certificate", leftIndent=0, spaceAfter=3)
    bullet = body.clone("certificate bullet", leftIndent=5 * mm, spaceAfter=2)
    label = body.clone("certificate label", textColor=QUIET, spaceAfter=0)
    value = body.clone("certificate value", spaceAfter=0)
    head = own.headings[2].clone("certificate heading", spaceBefore=7, spaceAfter=3)
    yield heading(plain(_TITLE), own.title)
    yield paragraph(
        (
            Run("The copy of this inspection that one laptop held was destroyed. "),
            Run(_found(one), bold=True),
        ),
        own.body.clone("certificate statement", fontSize=11, leading=15, spaceAfter=5),
    )
    yield _facts(list(_rows(one)), label, value)
    yield heading(plain("How"), head)
    yield paragraph(plain(BASIS), body)
    yield heading(plain("What could not be reached from this laptop"), head)
    for sentence in not_reached(one.order):
        yield paragraph(plain(sentence), bullet, square=True)
    if one.order.other_devices:
        shown = ", ".join(_in_groups(each[:_LETTERS]) for each in one.order.other_devices)
        yield paragraph(plain(f"Other laptops, by the beginning of their ids: {shown}"), bullet)
    yield KeepTogether(
        [heading(plain("Signed"), head), paragraph(plain(_signed(one)), body), *_by_hand(label)]
    )


def _rows(one: Disposal) -> Iterator[tuple[str, str]]:
    order, outcome = one.order, one.outcome
    yield "Inspection", _in_groups(order.inspection)
    area = " · ".join(part for part in (order.area, order.theme) if part)
    ends = (order.fieldwork_from, order.fieldwork_to)
    days = " to ".join(dict.fromkeys(_long(one) for one in ends if one))
    yield from ((name, said) for name, said in (("Area", area), ("On site", days)) if said)
    if order.closed_at:
        yield "Closed", _long(order.closed_at)
    if order.keep_until:
        early = "" if order.keep_until < order.ordered_local[:10] else " (destroyed earlier)"
        yield "To be kept until", _long(order.keep_until) + early
    yield "Ordered", f"{order.ordered_at} (here {order.ordered_local}), by the laptop’s clock"
    yield "Ordered by", order.by or "not said"
    yield "Reason", order.reason or "not said"
    yield (
        "Keys destroyed",
        outcome.keys_destroyed_at + (", after an interruption" if outcome.was_interrupted else ""),
    )
    yield "Complete", f"{outcome.finished_at} (here {outcome.finished_local})"
    if order.unreadable:
        yield "Held", f"not known. {order.unreadable}"
    else:
        yield (
            "Held",
            (
                f"{order.records:,} records in {order.changes:,} changes, "
                f"{_some(order.attachments, 'attachment')}, {_some(order.backups, 'backup')}"
            ),
        )
        yield "Newest change", _in_groups(order.newest_hash)
    bare = f", {outcome.not_overwritten} of them without overwriting" * bool(
        outcome.not_overwritten
    )
    yield (
        "Removed",
        (
            f"{order.key_files} key files{bare}; in all {order.files:,} files of "
            f"{order.bytes:,} bytes"
        ),
    )
    if order.device:
        yield "Laptop", _in_groups(order.device)


def _facts(rows: list[tuple[str, str]], label: ParagraphStyle, value: ParagraphStyle) -> Table:
    cells = [[paragraph(plain(name), label), paragraph(plain(said), value)] for name, said in rows]
    return Table(
        cells,
        colWidths=[_LABEL, WIDTH - _LABEL],
        style=TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 1.5),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
                ("LINEBELOW", (0, 0), (-1, -1), 0.25, QUIET),
            ]
        ),
        splitInRow=1,
    )


def _found(one: Disposal) -> str:
    left = one.outcome.left
    if not left:
        return "Afterwards nothing that bears its id was found in the profile."
    return f"Afterwards this still bore its id: {', '.join(left)}."


def _signed(one: Disposal) -> str:
    if not one.signature:
        return (
            "Nobody signed: the inspection’s keys could not be used any more when its destruction "
            "was ordered."
        )
    return (
        "The laptop signed the order while it still had its key: all of the above but when the "
        "keys were destroyed, when it was complete and what was found afterwards. Signature and "
        "public key are in the JSON file beside this page. It begins "
        f"{_in_groups(one.signature[:16])}."
    )


def _by_hand(label: ParagraphStyle) -> list[Flowable]:
    blank = [[paragraph(plain(name), label), ""] for name in ("Name", "Signature, date")]
    line = ("LINEBELOW", (1, 0), (1, -1), 0.5, QUIET)
    flush = ("LEFTPADDING", (0, 0), (-1, -1), 0)
    table = Table(
        blank,
        colWidths=[_LABEL, WIDTH - _LABEL],
        rowHeights=8 * mm,
        style=TableStyle([line, flush]),
    )
    return [Spacer(0, 4), table]


def _in_groups(text: str) -> str:
    """Return hex digits four by four, to be read out and compared."""
    return " ".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))


def _long(iso: str) -> str:
    day = _day(iso)
    return iso if day is None else f"{day.day} {day:%B %Y}"


def _day(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso[:10])
    except ValueError:
        return None


def _some(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"

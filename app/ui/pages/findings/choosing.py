"""Choosing a finding from another page, among those that stand at that moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.operations.sheets import FindingsSheet, findings_sheet
from app.ui.pages.findings.model import finding_row
from app.ui.widgets.picker import Picker

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.errors import SiteweekError
    from app.operations.findings import FindingRow
    from app.ui.page import Page


def choose_finding(
    page: Page,
    title: str,
    chosen: Callable[[FindingRow], None],
    failed: Callable[[SiteweekError], None],
    typed: Callable[[str], None] | None = None,
) -> None:
    """Ask which finding, dropped ones apart; with ``typed`` given, words of one's own will do.

    The findings are asked for each time: what another page showed last may be old by now.
    """

    def offer(sheet: FindingsSheet) -> None:
        terms = {one.key: one for one in sheet.types}
        held = {one.id: one for one in sheet.rows if one.status != "dropped"}
        rows = [finding_row(one, terms) for one in held.values()]
        hint, own = "Type words of a finding", ""
        if typed is not None:
            hint, own = f"{hint}, or the words to speak", "Add these words"
        picker = Picker(page, title, rows, hint, own=own)
        picker.chosen.connect(lambda key: chosen(held[key]))
        if typed is not None:
            picker.typed.connect(typed)
        picker.open()

    page.session.ask(page, findings_sheet).start(offer, failed)

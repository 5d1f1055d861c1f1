"""What a whole room may see of the evidence: how far it is covered, and no words of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.operations.coverage import ALL, read_coverage
from app.ui.projecting.shown import Shown
from app.ui.widgets.rows import Row

if TYPE_CHECKING:
    from app.operations.view import View


def coverage_shown(view: View) -> Shown:
    """Return each criterion with the agencies heard on it, and those that are still to be heard."""
    grid = read_coverage(view)
    rows = []
    for code, words in grid.criteria:
        label = words.removeprefix(code).strip() or "No criterion"  # a room takes C1 for a child
        heard, missing = [], []
        for agency, name in grid.agencies:
            cell = grid.cell(code, agency)
            if cell.quotes:
                heard.append(f"{name} {cell.notes}")
            elif cell.is_expected and agency and code:
                missing.append(f"{name} (planned)" if cell.is_planned else name)
        told = f"Heard: {', '.join(heard)}" if heard else "Nothing heard yet"
        if missing:
            told = f"{told} · not yet: {', '.join(missing)}"
        notes = grid.cell(code, ALL).notes
        rows.append(Row(f"criterion {code}", label, told, badge=f"{notes} notes" if notes else ""))
    return Shown("Coverage: notes by agency", tuple(rows))

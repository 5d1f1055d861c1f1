"""The grid of coverage as headings and lines of a table, each cell in figures and aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.operations.coverage import ALL, UNSTATED, Coverage
from app.ui.widgets.words_table import Heading, Line

if TYPE_CHECKING:
    from app.operations.coverage import Cell

# Short words for a narrow column, and what is said of one and of several.
_SHORT: Final = {
    "professionals": "prof",
    "children": "child",
    "families": "family",
    "records": "rec",
    "observations": "seen",
    "documents": "doc",
    "datasets": "data",
    UNSTATED: "other",
}
_ALOUD: Final = {
    "professionals": ("conversation with professionals", "conversations with professionals"),
    "children": ("with a child", "with children"),
    "families": ("with a parent or carer", "with parents or carers"),
    "records": ("record", "records"),
    "observations": ("observation", "observations"),
    "documents": ("document", "documents"),
    "datasets": ("set of data", "sets of data"),
    UNSTATED: ("of no stated source", "of no stated source"),
}
EMPTY: Final = "○ none"
PLANNED: Final = "◔ planned"
NOT_EXPECTED: Final = "–"
KEY: Final = (
    "Figures are notes: prof conversations with professionals, child, family, rec records and "
    "audits, seen observations, doc documents, data, other no stated source or our own meetings. "
    "○ none heard, ◔ a task is planned, – the criterion does not concern the agency."
)
_LETTERS: Final = 13
_HEAD: Final = 26  # letters of a criterion on one line before its row


def grid(coverage: Coverage) -> tuple[list[Heading], list[Line]]:
    """Return the grid, the totals first where they stay in sight."""
    columns = ((ALL, "All agencies"), *coverage.agencies)
    headings = [Heading(key, _folded(words, _LETTERS), _LETTERS) for key, words in columns]
    rows = ((ALL, "All criteria"), *coverage.criteria)
    lines = []
    for code, words in rows:
        cells = [coverage.cell(code, agency) for agency, _name in columns]
        lines.append(
            Line(
                code,
                tuple(
                    total(one) if ALL in {code, agency} else figures(one)
                    for one, (agency, _name) in zip(cells, columns, strict=True)
                ),
                _folded(words, _HEAD),
                is_strong=code == ALL,
                spoken=tuple(
                    f"{words}, {name}: {aloud(one)}"
                    for one, (_agency, name) in zip(cells, columns, strict=True)
                ),
            )
        )
    return headings, lines


def figures(cell: Cell) -> str:
    """Return a cell's counts by kind of source, two to a line; or that there is nothing."""
    if not cell.quotes:
        if cell.is_planned:
            return PLANNED
        return EMPTY if cell.is_expected else NOT_EXPECTED
    told = [f"{count} {_SHORT[group]}" for group, count in cell.by_source]
    lines = [" · ".join(told[at : at + 2]) for at in range(0, len(told), 2)]
    return "\n".join((*lines, PLANNED) if cell.is_planned else lines)


def total(cell: Cell) -> str:
    """Return a total: how many notes, and how many quotes of them."""
    if not cell.quotes:
        return EMPTY
    notes = f"{cell.notes} {'note' if cell.notes == 1 else 'notes'}"
    return f"{notes}\n{cell.quotes} {'quote' if cell.quotes == 1 else 'quotes'}"


def aloud(cell: Cell) -> str:
    """Return a cell in words."""
    planned = "A task is planned." if cell.is_planned else ""
    if not cell.quotes:
        none = "nothing coded yet." if cell.is_expected else "nothing coded, and none is expected."
        return f"{none} {planned}".strip()
    quotes = f"{cell.quotes} {'quote' if cell.quotes == 1 else 'quotes'}"
    notes = f"{cell.notes} {'note' if cell.notes == 1 else 'notes'}"
    kinds = ", ".join(f"{count} {_ALOUD[group][count > 1]}" for group, count in cell.by_source)
    return f"{quotes} in {notes}: {kinds}. {planned}".strip()


def standing(coverage: Coverage) -> str:
    """Return in one line how much of the grid is still empty."""
    expected = [
        coverage.cell(code, agency)
        for code, _label in coverage.criteria
        for agency, _name in coverage.agencies
        if coverage.cell(code, agency).is_expected and code and agency
    ]
    if not expected:
        return ""
    empty = [one for one in expected if not one.quotes]
    planned = sum(one.is_planned for one in empty)
    told = f"{len(empty)} of {len(expected)} cells that are expected to hold something are empty"
    return f"{told}, {planned} of them planned." if planned else f"{told}."


def _folded(words: str, letters: int) -> str:
    """Return words on two lines at most, the second shortened."""
    first, rest = "", ""
    for word in words.split():
        if not rest and len(f"{first} {word}".strip()) <= letters:
            first = f"{first} {word}".strip()
        else:
            rest = f"{rest} {word}".strip()
    if len(rest) > letters:
        rest = f"{rest[: letters - 1].rstrip()}…"
    return "\n".join(one for one in (first, rest) if one)

"""Writing the list on screen to a file: which, that it will not be encrypted, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout

from app.domain.identifying import Rule
from app.operations.list_export import KINDS_OF_TABLE, export_name, write_list
from app.operations.whole_export import NOT_ENCRYPTED
from app.operations.working_papers import look_at_table
from app.ui.leaving.model import left_open
from app.ui.widgets.answers import answers
from app.ui.widgets.fitting import fit
from app.ui.widgets.labels import label
from app.ui.widgets.picker import Picker
from app.ui.widgets.picking import pick_new_file
from app.ui.widgets.rows import Row
from app.ui.writing import places_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from app.domain.identifying import Look
    from app.domain.tables import Table
    from app.operations.view import View
    from app.ui.page import Page


@dataclass(frozen=True, slots=True)
class Listed:
    """One list of a page: its name, and the question that answers with what is shown of it."""

    name: str
    question: Callable[[View], Table]


@dataclass(frozen=True, slots=True)
class _Prepared:
    """What is about to be written, under which name, and what nobody has looked at in it."""

    table: Table
    name: str
    looks: list[Look]


class ExportDialog(QDialog):
    """Says what will be written and that it will lie open; ``wanted`` is the way on."""

    wanted = Signal()

    def __init__(self, page: Page, table: Table, looks: Sequence[Look]) -> None:
        """Say how many rows of what, and what nobody has looked at in them."""
        super().__init__(page)
        self.setWindowTitle("Export this list")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.what = label(
            f"{counted(len(table.rows))} of “{table.title}”, filtered and in order as they stand "
            "now, will be written to a file: a workbook if its name ends in .xlsx, a plain table "
            "if it ends in .csv."
        )
        self.warning = label(f"The file lies outside Siteweek. {NOT_ENCRYPTED}", "warning")
        buttons, self.choose = answers("Choose where…")
        self.choose.setAccessibleDescription(f"{self.what.text()} {self.warning.text()}")
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.what)
        column.addWidget(self.warning)
        # Where there is no register, that alone asks nothing: it is said once the list is written.
        if any(one.rule is not Rule.NO_REGISTER for one in looks):
            column.addWidget(places_of(looks), 1)
        column.addStretch(1)
        column.addWidget(buttons)
        fit(self, 30, 10)
        self.choose.setFocus()

    def _on_accepted(self) -> None:
        self.accept()
        self.wanted.emit()


def export_list(page: Page) -> None:
    """Write the list of a page to a file, after asking which if it has several, and where."""
    lists = page.to_export()
    if not lists:
        page.said.emit("There is no list here to export.")
    elif len(lists) == 1:
        _prepare(page, lists[0])
    else:
        rows = [Row(str(at), one.name) for at, one in enumerate(lists)]
        picker = Picker(page, "Export which list", rows, "Type the name of a list")
        picker.chosen.connect(lambda key: _prepare(page, lists[int(key)]))
        picker.open()


def counted(rows: int) -> str:
    """Return “1 row” or “1,200 rows”."""
    return "1 row" if rows == 1 else f"{rows:,} rows"


def _prepare(page: Page, listed: Listed) -> None:
    """Ask for the table once the words still on screen are on disk, so that they are in it."""

    def question(view: View) -> _Prepared:
        table = listed.question(view)
        return _Prepared(table, export_name(view, table.title), look_at_table(view, table))

    page.once_saved(
        lambda: page.session.ask(page, question).start(
            lambda prepared: _offer(page, prepared),
            lambda problem: page.failed.emit(problem.sentence),
        )
    )


def _offer(page: Page, prepared: _Prepared) -> None:
    table = prepared.table
    if not table.rows:
        page.said.emit(f"“{table.title}” is empty as it is shown. Nothing was written.")
        return

    def pick() -> None:
        pick_new_file(
            page,
            "Export this list",
            prepared.name,
            lambda path: _write(page, prepared, path),
            KINDS_OF_TABLE,
        )

    dialog = ExportDialog(page, table, prepared.looks)
    dialog.wanted.connect(pick)
    dialog.open()


def _write(page: Page, prepared: _Prepared, path: Path) -> None:
    session = page.session

    def written(count: int) -> None:
        told = (f"{counted(count)} written to {path}.", NOT_ENCRYPTED, left_open(prepared.looks))
        page.said.emit(" ".join(one for one in told if one))

    session.runner.run(
        page,
        lambda: write_list(session.inspection, prepared.table, path),
        written,
        lambda problem: page.failed.emit(problem.sentence),
    )

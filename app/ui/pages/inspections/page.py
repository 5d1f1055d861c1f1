"""The list of inspections, and the ways to begin one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.operations.dates import short_date
from app.operations.demo import demo_document
from app.operations.exchange import read_document
from app.operations.files import read_input
from app.ui.pages.inspections.new_inspection import NewInspection
from app.ui.widgets.labels import label, nothing_yet
from app.ui.widgets.notice_bar import NoticeBar
from app.ui.widgets.page_action import page_action
from app.ui.widgets.rows import Row, RowsView

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain.revisions import Json
    from app.errors import SiteweekError
    from app.operations.profile import InspectionRow, Profile
    from app.ui.runner import Runner

    Progress = Callable[[int, int], None]


class InspectionsPage(QWidget):
    """Shows every inspection; ``opened`` carries the id of the one to open."""

    opened = Signal(str)
    _progressed = Signal(int, int)

    def __init__(self, profile: Profile, runner: Runner) -> None:
        """List the inspections of a profile."""
        super().__init__()
        self._profile, self._runner = profile, runner
        self.is_closed = False
        self.list = RowsView("Inspections")
        self.empty = nothing_yet(
            "No inspections yet. Begin one with Ctrl+N, take one in with Ctrl+O, or try the "
            "invented one."
        )
        self.said = label("", "meta")
        self.notices = NoticeBar()
        self.notices.tell(profile.notices)
        self.progress = QProgressBar()
        self.progress.setAccessibleName("Progress")
        self.progress.hide()
        self._lay_out()
        self.list.row_chosen.connect(self.opened)
        self._progressed.connect(self._on_progressed)
        self.reload()

    def reload(self) -> None:
        """Ask for the list again."""
        self._runner.run(self, self._profile.inspections, self._show, self._fail)

    def close_page(self) -> None:
        """Want no more answers."""
        self.is_closed = True

    def _lay_out(self) -> None:
        new = self._button("New inspection…", "Ctrl+N", self._on_new, is_main=True)
        taken = self._button("Take in a file…", "Ctrl+O", self._on_take_in)
        tried = self._button("Take in the invented inspection", "", self._on_try)
        buttons = QHBoxLayout()
        for one in (new, taken, tried):
            buttons.addWidget(one)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        unit = self.fontMetrics().height()
        column.setContentsMargins(3 * unit, 2 * unit, 3 * unit, 2 * unit)
        column.setSpacing(unit)
        column.addWidget(self.notices)
        column.addWidget(label("Inspections", "head"))
        column.addWidget(self.list, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(self.progress)
        column.addWidget(self.said)
        column.addLayout(buttons)
        self.setFocusProxy(self.list)

    def _button(
        self, text: str, key: str, then: Callable[[], None], *, is_main: bool = False
    ) -> QPushButton:
        button = QPushButton(text)
        if is_main:
            button.setProperty("role", "main")
        button.clicked.connect(then)
        if key:
            page_action(self, text, key, "").triggered.connect(then)
            button.setToolTip(key)
        return button

    def _show(self, rows: list[InspectionRow]) -> None:
        self.list.show_rows([_as_row(one) for one in rows])
        self.list.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        if rows and not self.list.current_key:
            self.list.make_current(rows[0].id)

    def _fail(self, problem: SiteweekError) -> None:
        self.progress.hide()
        self.said.setText(problem.sentence)

    def _on_new(self) -> None:
        dialog = NewInspection(self)
        dialog.wanted.connect(self._create)
        dialog.open()

    def _create(self, fields: dict[str, Json]) -> None:
        self._runner.run(
            self, lambda: self._profile.create_inspection(fields), self._on_made, self._fail
        )

    def _on_take_in(self) -> None:
        dialog = QFileDialog(self, "Take in an inspection", "", "Inspection JSON (*.json)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(
            lambda path: self._take_in(
                lambda tell: self._profile.take_in(read_document(read_input(Path(path))), tell)
            )
        )
        dialog.open()

    def _on_try(self) -> None:
        self._take_in(lambda tell: self._profile.take_in(demo_document(), tell))

    def _take_in(self, take: Callable[[Progress], str]) -> None:
        self.progress.setRange(0, 0)
        self.progress.show()
        self.said.setText("Taking in …")
        self._runner.run(self, lambda: take(self._progressed.emit), self._on_made, self._fail)

    def _on_progressed(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def _on_made(self, inspection: str) -> None:
        self.progress.hide()
        self.said.clear()
        self.opened.emit(inspection)


def _as_row(one: InspectionRow) -> Row:
    dates = " to ".join(short_date(day) for day in (one.fieldwork_from, one.fieldwork_to) if day)
    year = one.fieldwork_to[:4]
    when = f"{dates} {year}".strip()
    closed = f"closed {short_date(one.closed_at[:10])} {one.closed_at[:4]}" if one.closed_at else ""
    due = f"past its keep-until date, {short_date(one.keep_until)} {one.keep_until[:4]}"
    parts = (one.theme, when, closed, due if one.is_due else "")
    meta = one.problem or " · ".join(part for part in parts if part)
    return Row(one.id, one.area or "An inspection without an area", meta, badge=one.marking)

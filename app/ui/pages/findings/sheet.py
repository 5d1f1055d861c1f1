"""One finding on screen: its statement, what is for and against it, where everyone stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.domain.kinds.thread import FINDING_STATUSES
from app.ui.pages.findings.counting import CountLine
from app.ui.pages.findings.evidence_search import EvidenceSearch
from app.ui.pages.findings.model import nothing_against, side_heading, step_lines
from app.ui.pages.findings.stances import Stances
from app.ui.widgets.choice import Choice
from app.ui.widgets.evidence_list import EvidenceList
from app.ui.widgets.flow import Flow
from app.ui.widgets.labels import label
from app.ui.widgets.reason_line import ReasonLine
from app.ui.widgets.wheel import pass_wheel_on
from app.ui.widgets.words_box import WordsBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.packs import Term
    from app.operations.sheets import FindingSheet


class FindingView(QScrollArea):
    """Shows a finding and says what a person wants changed about it."""

    type_chosen = Signal(str)
    status_chosen = Signal(str)
    criteria_changed = Signal(str)
    sought_changed = Signal(bool)

    def __init__(self) -> None:
        """Lay out an empty finding."""
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.statement = WordsBox("Statement", least_lines=2, scale=1.25)
        self.statement.setProperty("role", "title")
        self.statement.setPlaceholderText(
            "State the finding in one or two sentences. It is kept as you write."
        )
        self.reason = ReasonLine()
        self.remark = label("", "meta")
        self.merged = label("")
        self.type = Choice()
        self.status = Choice()
        self.criteria = QLineEdit(placeholderText="A6, D3")
        self.counts = CountLine()
        self.sides = {
            side: EvidenceList(f"Evidence {side}", may_unlink=True) for side in ("for", "against")
        }
        self.sides["for"].nothing = "Type words below. Enter links what is found as evidence for."
        self.sides[
            "against"
        ].nothing = "Type words below. Shift+Enter links what is found as evidence against."
        self.side_headings = {side: label("", "heading") for side in self.sides}
        self.sought = QCheckBox("Evidence against was looked for")
        self.sought_words = label("", "meta")
        self.support = label("")
        self.restore_line = QWidget()
        self.restore_words = label("", "meta")
        self.restore = QPushButton("Restore")
        self.search = EvidenceSearch()
        self.stances = Stances()
        self.steps = label("", "meta")
        self.setFocusProxy(self.statement)
        self._lay_out()
        self.type.activated.connect(lambda _at: self.type_chosen.emit(self.type.currentData()))
        self.status.activated.connect(
            lambda _at: self.status_chosen.emit(self.status.currentData())
        )
        self.criteria.editingFinished.connect(self._on_criteria)
        self.sought.clicked.connect(self.sought_changed)

    def show_sheet(self, sheet: FindingSheet, *, is_same: bool) -> None:
        """Show a finding; for the one shown already, keep what is being typed."""
        held = sheet.finding.record
        if is_same:
            self.statement.refresh(held.text("statement"))
        else:
            self.statement.show_words(held.text("statement"), sheet.draft)
            self.reason.clear()
            self.search.clear()
            self.criteria.setModified(False)
            self.hide_restore()
            self.show_remark("")
        self._show_choices(sheet)
        pieces = {"for": sheet.finding.evidence_for, "against": sheet.finding.evidence_against}
        for side, view in self.sides.items():
            view.show_pieces(pieces[side])
            self.side_headings[side].setText(side_heading(side.capitalize(), pieces[side]))
        if not pieces["against"]:
            self.side_headings["against"].setText(
                nothing_against(is_sought=held.flag("against_sought"))
            )
        self.sought.setChecked(held.flag("against_sought"))
        self._show_sought(held.text("sought"))
        self.counts.show_count(held)
        self.support.setText(sheet.finding.support.in_words)
        self.stances.show_stances(sheet)
        self.steps.setText("\n".join(step_lines(sheet.finding.steps, sheet.people)))
        self._allow(True)

    def show_new(self, types: Sequence[Term]) -> None:
        """Show an empty finding, ready for its statement."""
        self.statement.show_words("")
        self.reason.clear()
        self.search.clear()
        self.hide_restore()
        self.show_remark("")
        self._fill_types(types, "")
        for side, view in self.sides.items():
            view.show_pieces([])
            self.side_headings[side].setText(side_heading(side.capitalize(), []))
        # Nothing of the finding shown before may look like this one's.
        self.status.setCurrentIndex(self.status.findData(FINDING_STATUSES[0]))
        self.criteria.clear()
        self.counts.show_none()
        self.sought.setChecked(False)
        self._show_sought("")
        self.stances.show_none()
        self.support.setText("")
        self.steps.setText("")
        self._allow(False)
        self.show_merged("")
        self.statement.setFocus()

    def show_remark(self, sentence: str) -> None:
        """Say beside the finding why something was not done, or nothing more."""
        self.remark.setText(sentence)
        self.remark.setVisible(bool(sentence))

    def show_merged(self, sentence: str) -> None:
        """Say that the finding was merged, or nothing; a merged one is parted before it moves."""
        self.merged.setText(sentence)
        self.merged.setVisible(bool(sentence))
        self.status.setEnabled(self.criteria.isEnabled() and not sentence)

    def show_restore(self, words: str) -> None:
        """Offer to bring back what was just taken away."""
        self.restore_words.setText(words)
        self.restore_line.show()

    def hide_restore(self) -> None:
        """Offer it no more."""
        self.restore_line.hide()

    def _show_choices(self, sheet: FindingSheet) -> None:
        held = sheet.finding.record
        self._fill_types(sheet.types, held.text("type"))
        self.status.setCurrentIndex(self.status.findData(held.text("status")))
        if not self.criteria.isModified():
            self.criteria.setText(", ".join(held.texts("criteria")))

    def _show_sought(self, words: str) -> None:
        told = f"Looked for with: {words}" if words else ""
        self.sought_words.setText(told)
        self.sought_words.setVisible(bool(told))
        self.sought.setAccessibleDescription(told)

    def _fill_types(self, types: Sequence[Term], chosen: str) -> None:
        self.type.clear()
        self.type.addItem("Not said yet", "")
        for one in types:
            self.type.addItem(
                f"{one.label} {one.sign}".strip(), one.key
            )  # words first: typing finds them
        if self.type.findData(chosen) < 0:
            self.type.addItem(chosen, chosen)
        self.type.setCurrentIndex(self.type.findData(chosen))

    def _allow(self, allowed: bool) -> None:  # noqa: FBT001 - as Qt's setEnabled
        for one in (self.type, self.status, self.criteria, self.counts, self.sought, self.stances):
            one.setEnabled(allowed)

    def _on_criteria(self) -> None:
        if self.criteria.isModified():
            self.criteria.setModified(False)
            self.criteria_changed.emit(self.criteria.text())

    def _lay_out(self) -> None:
        for one in FINDING_STATUSES:
            self.status.addItem(one.capitalize(), one)
        self.type.setAccessibleName("Type of finding")
        self.status.setAccessibleName("Status")
        self.criteria.setAccessibleName("Criteria")
        pass_wheel_on(self.type, self.status)
        self.search.field.setAccessibleName("Add evidence")
        self.restore.setAccessibleDescription("Brings back the piece of evidence taken away")
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.addWidget(self.statement)
        layout.addWidget(self.reason)
        layout.addWidget(self.remark)
        layout.addWidget(self.merged)
        layout.addWidget(self._meta_line())
        layout.addWidget(self.counts)
        layout.addLayout(self._both_sides(), 1)
        layout.addLayout(self._restore_and_sought())
        layout.addWidget(self.sought_words)
        layout.addWidget(self.support)
        layout.addWidget(self.search)
        layout.addWidget(label("Where each inspectorate stands", "heading"))
        layout.addWidget(self.stances)
        layout.addWidget(label("How it came to be", "heading"))
        layout.addWidget(self.steps)
        self.setWidget(body)

    def _meta_line(self) -> QWidget:
        line = QWidget()
        flow = Flow(line)
        for words, field in (
            ("&Type", self.type),
            ("&Status", self.status),
            ("&Criteria", self.criteria),
        ):
            pair = QWidget()
            row = QHBoxLayout(pair)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(label(words, "meta", buddy=field))
            row.addWidget(field)
            flow.addWidget(pair)
        for one in (self.type, self.status):
            one.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        return line

    def _both_sides(self) -> QHBoxLayout:
        both = QHBoxLayout()
        for side, view in self.sides.items():
            pane = QWidget()
            # Neither side asks for width of its own, so both are always equally wide.
            pane.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            view.setMinimumHeight(17 * self.fontMetrics().height())
            column = QVBoxLayout(pane)
            column.setContentsMargins(0, 0, 0, 0)
            # Both lists begin at one height, also where one heading takes two lines.
            column.addWidget(self.side_headings[side], 1)
            column.addWidget(view)
            both.addWidget(pane, 1)
        return both

    def _restore_and_sought(self) -> QHBoxLayout:
        restoring = QHBoxLayout(self.restore_line)
        restoring.setContentsMargins(0, 0, 0, 0)
        restoring.addWidget(self.restore_words)
        restoring.addWidget(self.restore)
        self.restore_line.hide()
        line = QHBoxLayout()
        line.addWidget(self.restore_line)
        line.addStretch(1)
        line.addWidget(self.sought)
        return line

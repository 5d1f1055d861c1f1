"""One point of the brief on screen: the words to speak, by whom, and what they rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTime, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QRadioButton,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from app.domain.speaking import WORDS_A_MINUTE
from app.ui.pages.brief.model import clock_of, groups_under, length_of
from app.ui.widgets.choice import Choice
from app.ui.widgets.evidence_list import EvidenceList
from app.ui.widgets.figures import inset_figures
from app.ui.widgets.labels import label
from app.ui.widgets.titled import SideBySide
from app.ui.widgets.wheel import pass_wheel_on
from app.ui.widgets.words_box import WordsBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.letters import BriefPoint
    from app.operations.sheets import BriefSheet, Named, PointSheet

_LARGER: Final = 1.85  # the words to speak, to other text: as the style sheet has them
_LEAST_LETTERS: Final = 12  # of a name chosen
_LIST_LINES: Final = 8  # of the evidence, at least
_HOW: Final = (
    ("not yet", "Not yet"),
    ("said", "Said"),
    ("reworded", "Reworded"),
    ("skipped", "Skipped"),
)


class PointView(QWidget):
    """Shows a point and says what a person wants changed about it."""

    speaker_chosen = Signal(str)
    section_chosen = Signal(str)
    seconds_changed = Signal(int)
    how_chosen = Signal(str)

    def __init__(self) -> None:
        """Lay out an empty point."""
        super().__init__()
        self.words = WordsBox("Words to speak", least_lines=2, scale=_LARGER)
        self.words.setProperty("role", "spoken")
        self.length = label("", "meta")
        self.speaker = Choice()
        self.section = Choice()
        self.time = QTimeEdit()
        self.time.setDisplayFormat("m:ss")
        inset_figures(self.time)
        self.time.setSpecialValueText("by its words")  # 0:00: nobody set a time by hand
        self.time.setToolTip("Minutes and seconds; 0:00 takes the time from the words")
        self._seconds = 0
        self._pace = WORDS_A_MINUTE
        self.how = QButtonGroup(self)
        self.as_said = WordsBox("Words as they were said", least_lines=2)
        self.as_said.setPlaceholderText("The words that were used")
        self.said_at = label("", "meta")
        self.remark = label("", "meta")
        self.support = label("")
        self.under = EvidenceList("What the point rests on")
        self.under.setMinimumHeight(_LIST_LINES * self.fontMetrics().height())
        for one, name in (
            (self.speaker, "Speaker"),
            (self.section, "Section"),
            (self.time, "Time in minutes and seconds"),
        ):
            one.setAccessibleName(name)
        pass_wheel_on(self.speaker, self.section, self.time)
        self.setFocusProxy(self.words)
        self._lay_out()
        self.words.textChanged.connect(self._show_length)
        self.speaker.activated.connect(
            lambda _at: self.speaker_chosen.emit(self.speaker.currentData())
        )
        self.section.activated.connect(
            lambda _at: self.section_chosen.emit(self.section.currentData())
        )
        self.time.editingFinished.connect(self._on_time)
        self.how.idClicked.connect(self._on_how)

    def show_point(
        self, sheet: PointSheet, brief: BriefSheet, point: BriefPoint, *, is_same: bool
    ) -> None:
        """Show a point; for the one shown already, keep what is being typed."""
        held = sheet.record
        self._pace = brief.content.pace
        if is_same:
            self.words.refresh(held.text("text"))
            self.as_said.refresh(held.text("said_text"))
        else:
            self.words.show_words(held.text("text"), sheet.draft)
            self.as_said.show_words(held.text("said_text"), sheet.said_draft)
            self.show_remark("")
        _fill(self.speaker, brief.speakers, held.text("speaker"), "No speaker yet")
        _fill(self.section, brief.sections, held.text("section"), "")
        if not self.time.hasFocus():
            self._seconds = held.number("seconds") or 0
            self.time.setTime(QTime(0, 0).addSecs(self._seconds))
        how = held.text("said") or "not yet"
        if sheet.said_draft and not is_same:
            how = "reworded"
        if not (is_same and self.as_said.is_changed):
            self._show_how(how)
        self._show_length()
        self.said_at.setText(f"at {clock_of(point.said_at)}" if point.said_at else "")
        self.support.setText(point.support.in_words)
        groups = groups_under(sheet.trace)
        self.under.show_groups(groups)
        if not groups:
            self.support.setText(
                "This point rests on nothing recorded. Ctrl+R rests it on a finding."
            )

    def select(self, words: str) -> None:
        """Go to words among those to speak, or those that were said; else to the first."""
        if not self.words.select(words) and not self.as_said.select(words):
            self.words.setFocus()

    def show_remark(self, sentence: str) -> None:
        """Say beside the point why something was not done, or nothing more."""
        self.remark.setText(sentence)
        self.remark.setVisible(bool(sentence))

    def _show_length(self) -> None:
        self.length.setText(length_of(self.words.words, self._pace))

    def _show_how(self, how: str) -> None:
        index = next((at for at, one in enumerate(_HOW) if one[0] == how), 0)
        self.how.button(index).setChecked(True)
        self.as_said.setVisible(how == "reworded")

    def _on_time(self) -> None:
        seconds = QTime(0, 0).secsTo(self.time.time())
        if seconds != self._seconds:
            self._seconds = seconds
            self.seconds_changed.emit(seconds)

    def _on_how(self, index: int) -> None:
        how = _HOW[index][0]
        self._show_how(how)
        if how == "reworded" and not self.as_said.words.strip():
            # Reworded is recorded with the words used, so first they are written.
            self.as_said.setFocus()
            return
        self.how_chosen.emit(how)

    def _lay_out(self) -> None:
        said = QHBoxLayout()
        said.addWidget(label("Spoken?", "meta"))
        for index, (_how, words) in enumerate(_HOW):
            button = QRadioButton(words)
            button.setAccessibleName(f"Spoken: {words.lower()}")
            self.how.addButton(button, index)
            said.addWidget(button)
        said.addWidget(self.said_at, 1)
        layout = QVBoxLayout(self)
        layout.addWidget(self.words)
        layout.addWidget(self.length)
        layout.addWidget(self._meta_line())
        layout.addLayout(said)
        layout.addWidget(self.as_said)
        layout.addWidget(self.remark)
        layout.addWidget(label("What it rests on", "heading"))
        layout.addWidget(self.support)
        layout.addWidget(self.under, 1)
        self.as_said.hide()
        self.remark.hide()

    def _meta_line(self) -> QWidget:
        for one in (self.speaker, self.section):
            one.setMinimumContentsLength(_LEAST_LETTERS)
            one.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
        named = [
            _named(words, field)
            for words, field in (
                ("S&peaker", self.speaker),
                ("&Time", self.time),
                ("S&ection", self.section),
            )
        ]
        return SideBySide(named, (3, 1, 3))


def _named(words: str, field: QWidget) -> QWidget:
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(label(words, "meta", buddy=field))
    column.addWidget(field)
    return whole


def _fill(box: QComboBox, named: Sequence[Named], chosen: str, nothing: str) -> None:
    box.clear()
    if nothing:
        box.addItem(nothing, "")
    for one in named:
        box.addItem(one.name, one.id)
    if box.findData(chosen) < 0:
        box.addItem(chosen, chosen)
    box.setCurrentIndex(box.findData(chosen))

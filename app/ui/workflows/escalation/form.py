"""The form of one concern: the child’s words first, and nothing that has to be filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.domain.escalations import LEVELS, Step
from app.domain.kinds.registry import KINDS
from app.ui.widgets.fields import ChoiceField, LineField, MomentField, TickField, WordsField
from app.ui.widgets.labels import label
from app.ui.widgets.titled import SideBySide, in_tab_order, side_by_side

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from PySide6.QtGui import QKeyEvent

    from app.domain.escalations import Escalation
    from app.ui.widgets.fields import Field

_DANGER = (
    "Immediate danger: tell the police on 999 first, then the lead. Write afterwards; what stands "
    "here is kept."
)
_CALM = (
    "Listen. Write what was said as it was said, and ask nothing that suggests an answer. Do not "
    "look into it yourself: tell the lead, who refers it."
)


class EscalationForm(QScrollArea):
    """Shows a concern and says what a person wants done with it."""

    end_requested = Signal()
    back_requested = Signal()
    tally_requested = Signal()

    def __init__(self, now: Callable[[], datetime]) -> None:
        """Lay out an empty form; ``now`` tells the time."""
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.title = label("Child at risk", "head")
        self.state = label("", "heading")
        self.state.setAccessibleName("Where it stands")
        self.remark = label("", "meta")
        self.advice = label(_CALM, "meta")
        self.back = QPushButton("Back")
        self.back.setAccessibleDescription("Escape: back to where you were; what was typed is kept")
        self.end = QPushButton("Close this concern")
        self.tally = label("")
        self.tally.setAccessibleName("Tally for the letter")
        self.copy = QPushButton("Copy the tally")
        self.fields = _fields(now)
        self._lay_out()
        self.setFocusProxy(self.fields["child_words"].widget)
        self.back.clicked.connect(self.back_requested)
        self.end.clicked.connect(self.end_requested)
        self.copy.clicked.connect(self.tally_requested)

    def show_state(self, held: Escalation | None, now: datetime) -> None:
        """Say where the concern stands; nothing of it is kept yet where there is none."""
        if held is None:
            self.title.setText("Child at risk")
            self.state.setText("Kept from the first word on. The clock starts with it.")
            self.end.hide()
            self.advice.setText(_CALM)
            self.advice.show()
            return
        self.title.setText(f"{held.name} · Child at risk")
        words = held.in_words(now)
        self.state.setText(words[:1].upper() + words[1:])
        self.end.setVisible(held.step in {Step.ANSWERED, Step.CLOSED})
        self.end.setText("Open it again" if held.step is Step.CLOSED else "Close this concern")
        self.advice.setText(_DANGER if held.immediate_danger else _CALM)
        self.advice.setVisible(held.is_running)

    def show_tally(self, words: str) -> None:
        """Show the exact tally for the letter."""
        self.tally.setText(words)

    def show_remark(self, sentence: str) -> None:
        """Say beside the form why something was not saved, or nothing more."""
        self.remark.setText(sentence)
        self.remark.setVisible(bool(sentence))

    def offer_children(self, children: Sequence[tuple[str, str]]) -> None:
        """Offer the children known by code."""
        child = self.fields["child"]
        if isinstance(child, ChoiceField):
            child.offer(children)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back on Escape; what was typed is kept."""
        if event.key() == Qt.Key.Key_Escape:
            self.back_requested.emit()
            return
        super().keyPressEvent(event)

    def _lay_out(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        unit = self.fontMetrics().height()
        column.setContentsMargins(unit, unit // 2, unit, unit)
        column.setSpacing(unit // 2)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.back)
        column.addLayout(head)
        for one in (self.state, self.advice, self.remark):
            column.addWidget(one)
        self.remark.hide()
        column.addWidget(self._row("child_words"))
        column.addWidget(self._row("concern"))
        column.addWidget(self._row("child", "concerns", "level"))
        column.addWidget(self._row("place", "noticed_at", "how_noticed"))
        column.addWidget(self.fields["immediate_danger"].widget)
        column.addWidget(label("The lead", "heading"))
        column.addWidget(self._row("lead_told_at", "lead_decision", stretch=(1, 2)))
        column.addWidget(label("Referred", "heading"))
        column.addWidget(self._row("referred_to", "referred_by_means"))
        column.addWidget(self._row("referred_at", "response_due_at"))
        column.addWidget(label("Answer", "heading"))
        column.addWidget(self._row("response_by", "response_at"))
        column.addWidget(self._row("response_text"))
        column.addWidget(self._row("satisfied", "mention_in_letter"))
        column.addWidget(self._row("further_challenge"))
        ending = QHBoxLayout()
        ending.addWidget(self.end)
        ending.addStretch(1)
        column.addLayout(ending)
        column.addSpacing(unit)
        column.addWidget(label("Tally for the letter", "heading"))
        column.addWidget(SideBySide([self.tally, self.copy], (1, 0), 12))
        column.addStretch(1)
        self.setWidget(body)
        in_tab_order(
            [*(one.widget for one in self.fields.values()), self.end, self.copy, self.back]
        )

    def _row(self, *names: str, stretch: Sequence[int] = ()) -> QWidget:
        return side_by_side([self.fields[one] for one in names], stretch)


def _fields(now: Callable[[], datetime]) -> dict[str, Field]:
    def choices(name: str) -> list[tuple[str, str]]:
        return [(one, one.capitalize()) for one in KINDS["escalation"].by_name[name].choices]

    return {
        "child_words": WordsField(
            "In the child’s own words", "Exactly as said. Leave it empty if nobody spoke.", 3
        ),
        "concern": WordsField("What is of concern, in facts", "What was seen, read or heard"),
        "child": ChoiceField("Which child", nothing="No code yet"),
        "concerns": LineField("Or by another code", "Such as S04"),
        "level": ChoiceField("Concerns", [(one, one.capitalize()) for one in LEVELS]),
        "place": LineField("Where it was noticed"),
        "noticed_at": MomentField("When it was noticed", now),
        "how_noticed": ChoiceField("How", choices("how_noticed")),
        "immediate_danger": TickField("In immediate danger"),
        "lead_told_at": MomentField("Lead told at", now),
        "lead_decision": WordsField("Lead’s decision", least_lines=1),
        "referred_to": LineField("Referred to", "Role and agency"),
        "referred_by_means": LineField("By what means", "phone, then secure email"),
        "referred_at": MomentField("Referred at", now),
        "response_due_at": MomentField(
            "Answer asked for by", now, "16:00, tomorrow 12:00, +90", may_be_now=False
        ),
        "response_by": LineField("Answer from", "Role and agency"),
        "response_at": MomentField("Answer came at", now),
        "response_text": WordsField("The answer"),
        "satisfied": ChoiceField("Are inspectors satisfied?", choices("satisfied")),
        "mention_in_letter": ChoiceField("Mention it in the letter?", choices("mention_in_letter")),
        "further_challenge": WordsField("Further challenge", least_lines=1),
    }

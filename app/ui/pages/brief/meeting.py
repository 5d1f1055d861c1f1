"""The meeting at which feedback was given: when, where, who came, what was asked and offered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.domain.speaking import WORDS_A_MINUTE
from app.operations.briefs import BRIEF, save_meeting
from app.ui.record_form import RecordForm
from app.ui.widgets.fields import LineField, MomentField, WordsField
from app.ui.widgets.labels import label
from app.ui.widgets.lines_field import LinesField, NumberField
from app.ui.widgets.titled import side_by_side, titled

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from app.operations.sheets import BriefSheet
    from app.ui.pages.brief.page import BriefPage
    from app.ui.widgets.fields import Field

_WIDEST: Final = 110  # letters
_WHO: Final = "A role on each line, such as director of children’s services"


class MeetingForm(QWidget):
    """Fields alone; who keeps what is typed is told elsewhere."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        """Lay out empty fields; ``now`` tells the time."""
        super().__init__()
        self.fields: dict[str, Field] = {
            "given_at": MomentField("Given", now, "A day and a time, as 16 Oct 14:00"),
            "place": LineField("Place", "A room"),
            "words_a_minute": NumberField("Words a minute", f"{WORDS_A_MINUTE}"),
            "audience": LinesField("Who came", _WHO, 4),
            "questions": WordsField("Questions and challenges", "Who asked what; the answer", 5),
            "offered": WordsField("New evidence offered", "By whom, and what it is", 3),
        }
        self.speak = QPushButton("Speak, and mark what is said")
        self.speak.setAccessibleDescription("Shift+F5")
        self.speak.setToolTip("Shift+F5")
        get = self.fields
        column = QVBoxLayout(self)
        column.setSpacing(self.fontMetrics().height())
        across = QHBoxLayout()
        across.addWidget(self.speak)
        across.addStretch(1)
        column.addLayout(across)
        column.addWidget(
            side_by_side([get["given_at"], get["place"], get["words_a_minute"]], (2, 2, 1))
        )
        for name in ("audience", "questions", "offered"):
            column.addWidget(titled(get[name]))
        column.addWidget(
            label("Who came, what was asked and what was offered stay off the spoken copy.", "meta")
        )
        column.addStretch(1)
        self.setFocusProxy(get["audience"].widget)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the letters."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit()

    def _fit(self) -> None:
        self.setMaximumWidth(self.fontMetrics().averageCharWidth() * _WIDEST)


class MeetingDesk(QObject):
    """Serves the page with the record of the meeting."""

    def __init__(self, page: BriefPage) -> None:
        """Begin without a record."""
        super().__init__(page)
        clock = page.session.inspection.clock
        self.form_view = MeetingForm(lambda: clock.now().astimezone())
        self.view = QScrollArea(widgetResizable=True)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setFrameShape(QScrollArea.Shape.NoFrame)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setWidget(self.form_view)
        self.view.setFocusProxy(self.form_view)
        self.form = RecordForm(page, "brief", self.form_view.fields, save_meeting)
        self.form.kept.connect(page.kept)
        self.form.refused.connect(page.failed)

    def show_sheet(self, sheet: BriefSheet) -> None:
        """Show the meeting; what is being typed stays."""
        held = sheet.meeting
        record = held.id or BRIEF
        if record == self.form.record:
            self.form.refresh(held.fields)
        else:
            self.form.open_record(record, held.fields, sheet.kept, is_new=not held.id)

    def panes(self) -> list[QWidget]:
        """Return what F6 walks."""
        return [self.form_view]

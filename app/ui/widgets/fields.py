"""Fields of a form, each with one value: what is shown in it, what was typed, when it was left.

A form that keeps what is typed looks at these alone, whatever widget stands behind them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QPushButton, QWidget

from app.domain.dates import long_date
from app.domain.escalations import clock_of, moment
from app.ui.widgets.choice import Choice
from app.ui.widgets.dates_typed import date_typed, instant_typed, time_typed
from app.ui.widgets.wheel import pass_wheel_on
from app.ui.widgets.words_box import WordsBox

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from app.domain.revisions import Json

_LEAST_LETTERS: Final = 10


class Field(QObject):
    """One value and the widget it stands in."""

    typed = Signal()  # what stands in it is being changed
    left = Signal()  # it was left, or chosen at once

    def __init__(self, widget: QWidget, name: str) -> None:
        """Name the widget for screen readers."""
        super().__init__(widget)
        self.widget = widget
        widget.setAccessibleName(name)

    @property
    def value(self) -> Json:
        """The value that stands in it; None for nothing."""
        raise NotImplementedError

    def show_value(self, value: Json) -> None:
        """Show a value, without telling that it was typed."""
        raise NotImplementedError


class WordsField(Field):
    """Any words, over as many lines as they need."""

    def __init__(self, name: str, hint: str = "", least_lines: int = 2) -> None:
        """Begin empty."""
        self.box = WordsBox(name, least_lines=least_lines)
        super().__init__(self.box, name)
        self.box.setPlaceholderText(hint)
        self._is_showing = False
        self.box.textChanged.connect(self._on_text_changed)
        self.box.left.connect(lambda _words: self.left.emit())

    @property
    def value(self) -> Json:
        """The words."""
        return self.box.words.strip() or None

    def show_value(self, value: Json) -> None:
        """Show words; the same words leave the caret where it is."""
        words = value if isinstance(value, str) else ""
        if words.strip() != self.box.words.strip():
            self._is_showing = True
            self.box.show_words(words)
            self._is_showing = False

    def _on_text_changed(self) -> None:
        if not self._is_showing:
            self.typed.emit()


class LineField(Field):
    """Words on one line."""

    def __init__(self, name: str, hint: str = "") -> None:
        """Begin empty."""
        self.line = QLineEdit(placeholderText=hint)
        super().__init__(self.line, name)
        self.line.textEdited.connect(lambda _text: self.typed.emit())
        self.line.editingFinished.connect(self.left)

    @property
    def value(self) -> Json:
        """The line."""
        return self.line.text().strip() or None

    def show_value(self, value: Json) -> None:
        """Show a line; the same leaves the caret where it is."""
        words = value if isinstance(value, str) else ""
        if words.strip() != self.line.text().strip():
            self.line.setText(words)
            self.line.setCursorPosition(0)


class DateField(LineField):
    """A day, as people type it."""

    @property
    def value(self) -> Json:
        """The day as records keep it."""
        return date_typed(self.line.text()) or None

    def show_value(self, value: Json) -> None:
        """Show a day in words."""
        if value != self.value:
            self.line.setText(long_date(value) if isinstance(value, str) else "")


class TimeField(LineField):
    """A time of day."""

    @property
    def value(self) -> Json:
        """The time as records keep it."""
        return time_typed(self.line.text()) or None


class ListField(LineField):
    """Several short things on one line, with commas."""

    @property
    def value(self) -> Json:
        """The list, each once."""
        parts = (one.strip() for one in self.line.text().split(","))
        return [*dict.fromkeys(one for one in parts if one)] or None

    def show_value(self, value: Json) -> None:
        """Show the list."""
        if value != self.value:
            held = value if isinstance(value, list) else []
            self.line.setText(", ".join(str(one) for one in held))
            self.line.setCursorPosition(0)


class MomentField(Field):
    """A moment: typed as a time, or taken from the clock by its button."""

    def __init__(
        self,
        name: str,
        now: Callable[[], datetime],
        hint: str = "A time, as 14:20",
        *,
        may_be_now: bool = True,
    ) -> None:
        """Ask ``now`` for the time; ``may_be_now`` offers to take it."""
        whole = QWidget()
        super().__init__(whole, name)
        self._now = now
        self._held: Json = None
        self._shown = ""
        self.line = QLineEdit(placeholderText=hint)
        self.line.setAccessibleName(name)
        self.button = QPushButton("Now")
        self.button.setAccessibleName(f"{name}: now")
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line, 1)
        row.addWidget(self.button)
        self.button.setVisible(may_be_now)
        whole.setFocusProxy(self.line)
        self.line.textEdited.connect(lambda _text: self.typed.emit())
        self.line.editingFinished.connect(self.left)
        self.button.clicked.connect(self._on_now)

    @property
    def value(self) -> Json:
        """The moment as records keep it, or what was typed where that is none."""
        text = self.line.text().strip()
        if text == self._shown:
            return self._held
        return instant_typed(text, self._now()) or None

    def show_value(self, value: Json) -> None:
        """Show a moment as a time, with its day where that is not today."""
        self._held = value if isinstance(value, str) and value else None
        today = self._now().astimezone().date()
        held = str(self._held) if self._held else ""
        self._shown = clock_of(held, today)
        found = moment(held)
        if found is not None and found.date() != today:
            self._shown = f"{long_date(held)} {found:%H:%M}"
        if self.line.text().strip() != self._shown:
            self.line.setText(self._shown)

    def _on_now(self) -> None:
        self.show_value(self._now().astimezone().isoformat(timespec="seconds"))
        self.left.emit()


class ChoiceField(Field):
    """One of several choices, or none of them."""

    def __init__(
        self, name: str, choices: Sequence[tuple[str, str]] = (), nothing: str = "Not said"
    ) -> None:
        """Offer choices as (key, words)."""
        self.box = Choice()
        super().__init__(self.box, name)
        self._nothing = nothing
        self.box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.box.setMinimumContentsLength(_LEAST_LETTERS)
        pass_wheel_on(self.box)
        self.offer(choices)
        self.box.activated.connect(lambda _at: self.left.emit())

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer these choices from now on; what was chosen stays chosen."""
        if list(choices) == [
            (self.box.itemData(at), self.box.itemText(at)) for at in range(1, self.box.count())
        ]:
            return
        chosen = self.value
        self.box.clear()
        self.box.addItem(self._nothing, None)
        for key, words in choices:
            self.box.addItem(words, key)
        self.show_value(chosen)

    @property
    def value(self) -> Json:
        """The key of what is chosen."""
        chosen = self.box.currentData()
        return chosen if isinstance(chosen, str) else None

    def show_value(self, value: Json) -> None:
        """Choose a key; one that is not offered is offered as it is."""
        at = self.box.findData(value)
        if at < 0 and isinstance(value, str):
            self.box.addItem(value, value)
            at = self.box.count() - 1
        self.box.setCurrentIndex(max(0, at))


class TickField(Field):
    """Yes or no."""

    def __init__(self, words: str) -> None:
        """Begin with no."""
        self.box = QCheckBox(words)
        super().__init__(self.box, words)
        self.box.clicked.connect(lambda _on: self.left.emit())

    @property
    def value(self) -> Json:
        """True, or None."""
        return True if self.box.isChecked() else None

    def show_value(self, value: Json) -> None:
        """Show yes or no."""
        self.box.setChecked(value is True)

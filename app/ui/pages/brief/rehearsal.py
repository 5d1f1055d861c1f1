"""One point at a time, large, with the minutes running: for rehearsing, and for the day itself.

Keys alone: whoever speaks has a hand free for one of them and no eye for a pointer.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.pages.brief.model import clock_face, marked, minutes
from app.ui.widgets.labels import label
from app.ui.widgets.large_words import LargeWords
from app.ui.widgets.words_box import WordsBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QHideEvent, QShowEvent

    from app.ui.pages.brief.model import Step

_SECOND: Final = 1000
_REHEARSAL: Final = "A rehearsal, which marks nothing · Space next · Backspace back · Esc ends"
_KEYS: Final = (
    "Space next · Backspace back · S said · R reworded · K skipped · N takes a mark back · Esc ends"
)
_REWORDING: Final = "Type what was said. Ctrl+Enter keeps it, Esc goes back to the words."
_NEXT: Final = frozenset({Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_PageDown})
_BACK: Final = frozenset({Qt.Key.Key_Backspace, Qt.Key.Key_Left, Qt.Key.Key_PageUp})
_MARKS: Final = {Qt.Key.Key_S: "said", Qt.Key.Key_K: "skipped", Qt.Key.Key_N: "not yet"}
_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class Rehearsal(QWidget):
    """Shows a step; says which mark somebody gave it."""

    marked = Signal(str, str, str)  # the point, how it was said, in which words
    kept = Signal(str, str)  # the point, and words being typed of how it was said
    moved = Signal(str)  # the point shown from now on, or nothing
    ended = Signal()

    def __init__(self) -> None:
        """Begin without steps."""
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.place, self.clock = label("", "meta"), label("", "title")
        self.clock.setWordWrap(False)
        self.whole = label("", "meta")
        self.whole.setWordWrap(False)
        self.speaker = label("", "head")
        self.words = LargeWords("Words to speak")
        self.mark, self.following = label("", "heading"), label("", "meta")
        self.keys = label("", "meta")
        self.reworded = WordsBox("Words as they were said", least_lines=3, most_lines=6)
        self.reworded.installEventFilter(self)
        self._steps: tuple[Step, ...] = ()
        self._at = 0
        self._is_meeting = False
        self._clock, self._here = QElapsedTimer(), QElapsedTimer()
        self._tick = QTimer(self)
        self._tick.setInterval(_SECOND)
        self._tick.timeout.connect(self._show_clock)
        self.reworded.paused.connect(self._on_paused)
        self._lay_out()

    @property
    def step(self) -> Step | None:
        """The step on screen."""
        return self._steps[self._at] if self._at < len(self._steps) else None

    @property
    def _help(self) -> str:
        return _KEYS if self._is_meeting else _REHEARSAL

    @property
    def is_rewording(self) -> bool:
        """Whether words are being typed."""
        return not self.reworded.isHidden()

    def begin(self, steps: Sequence[Step], key: str = "", *, is_meeting: bool = False) -> None:
        """Begin at a step, or at the first, with the clock at nothing.

        Only at the meeting itself is anything marked as said.
        """
        self._is_meeting = is_meeting
        self.setAccessibleName("Feedback" if is_meeting else "Rehearsal")
        self.setAccessibleDescription(self._help)
        self._steps = tuple(steps)
        self._at = next((n for n, one in enumerate(steps) if one.key == key), 0)
        self._clock.start()
        self._close_box()
        self._show()

    def refresh(self, steps: Sequence[Step]) -> None:
        """Show the steps as they are now; the one on screen stays there."""
        key = self.step.key if self.step is not None else ""
        self._steps = tuple(steps)
        self._at = next((n for n, one in enumerate(steps) if one.key == key), 0)
        self._show(is_same=True)

    def give_up_words(self) -> tuple[str, str]:
        """Return the point and the words being typed for it, where there are any."""
        step = self.step
        if step is None or not self.is_rewording or not self.reworded.is_changed:
            return "", ""
        return step.key, self.reworded.words

    def say(self, sentence: str) -> None:
        """Say something about the mark, in its place."""
        self.mark.setText(sentence)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))

    def _go(self, by: int) -> None:
        if 0 <= self._at + by < len(self._steps):
            self._at += by
            self._show()
        elif by > 0:
            self.say("That was the last point. Esc ends.")

    def _mark(self, how: str) -> None:
        step = self.step
        if step is None:
            return
        if not step.is_point:
            if how != "not yet":
                self._go(1)  # what is always read out carries no mark
            return
        self.marked.emit(step.key, how, "")
        if how != "not yet":
            self._go(1)

    def reword(self) -> None:
        """Open the box for the words that were really said."""
        step = self.step
        if step is not None and step.is_point:
            self.reworded.show_words(step.said_text or step.words, step.draft)
            self.reworded.show()
            self.keys.setText(_REWORDING)
            self.reworded.setFocus()
            self.reworded.selectAll()

    def _close_box(self) -> None:
        self.reworded.hide()
        self.keys.setText(self._help)
        self.setFocus()

    def _keep_reworded(self) -> None:
        step, words = self.step, self.reworded.words.strip()
        if step is None or not words:
            return
        self.reworded.mark_saved(self.reworded.words)
        self._close_box()
        self.marked.emit(step.key, "said" if words == step.words.strip() else "reworded", words)
        self._go(1)

    def _leave_box(self) -> None:
        self._on_paused(self.reworded.words)
        self._close_box()

    def _on_paused(self, words: str) -> None:
        if self.step is not None and self.reworded.is_changed:
            steps = list(self._steps)
            steps[self._at] = replace(self.step, draft=words)
            self._steps = tuple(steps)
            self.kept.emit(self.step.key, words)

    def _show(self, *, is_same: bool = False) -> None:
        step = self.step
        if step is None:
            return
        self.place.setText(f"{self._at + 1} of {len(self._steps)} · {step.section}")
        self.speaker.setText((step.speaker or "No speaker yet") if step.is_point else "Read out")
        self.words.show_words(step.words)
        self.mark.setText(marked(step))
        self.following.setText(self._following())
        if not is_same:
            self._here.start()
            self.moved.emit(step.key if step.is_point else "")
            told = ". ".join(one for one in (step.speaker, step.words, marked(step)) if one)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, told))
        self._show_clock()

    def _following(self) -> str:
        step, after = self.step, self._steps[self._at + 1 : self._at + 2]
        if step is None or not after or after[0].speaker == step.speaker:
            return ""
        return f"Hand over next to {after[0].speaker}" if after[0].speaker else ""

    def _show_clock(self) -> None:
        step = self.step
        if step is None or not self._clock.isValid():
            return
        whole = sum(one.seconds for one in self._steps)
        gone = clock_face(self._clock.elapsed() // _SECOND)
        here = clock_face(self._here.elapsed() // _SECOND)
        over = " · over" if self._here.elapsed() // _SECOND > step.seconds else ""
        self.clock.setText(f"{here} of {clock_face(step.seconds)}{over}")
        self.whole.setText(f"{gone} of about {minutes(whole)} in all")

    def _lay_out(self) -> None:
        unit = self.fontMetrics().height()
        head, second, foot = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.place, 1)
        head.addWidget(self.whole)
        second.addWidget(self.speaker, 1)
        second.addWidget(self.clock)
        foot.addWidget(self.mark, 1)
        foot.addWidget(self.following, 1)
        self.following.setAlignment(Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * unit, unit, 3 * unit, unit)
        column.addLayout(head)
        column.addLayout(second)
        column.addWidget(self.words, 1)
        column.addWidget(self.reworded)
        column.addLayout(foot)
        column.addWidget(self.keys)
        self.reworded.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep what was typed on Ctrl+Enter, and go back to the words on Escape."""
        if (
            watched is self.reworded
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
        ):
            if event.key() == Qt.Key.Key_Escape:
                self._leave_box()
                return True
            if event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._keep_reworded()
                return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the keys at the foot say."""
        key = event.key()
        if key in _NEXT:
            self._go(1)
        elif key in _BACK:
            self._go(-1)
        elif key == Qt.Key.Key_Escape:
            self.ended.emit()
        elif key in {*_MARKS, Qt.Key.Key_R} and not self._is_meeting:
            self.say("A rehearsal marks nothing. Shift+F5 begins the meeting itself.")
        elif key in _MARKS:
            self._mark(_MARKS[Qt.Key(key)])
        elif key == Qt.Key.Key_R:
            self.reword()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Let the minutes run."""
        super().showEvent(event)
        self._tick.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let them stand."""
        super().hideEvent(event)
        self._tick.stop()

"""A new passphrase: typed twice, its strength told in words, or five words drawn and copied out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.ui.widgets.labels import label
from app.ui.widgets.saying import Saying
from app.ui.widgets.secret_field import SecretField

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.ui.runner import Runner

_PAUSE: Final = 300  # ms after the last key before its strength is looked at
_STRONG: Final = "Strong: it would outlast whoever guesses at a stolen laptop."
_DRAWN: Final = (
    "Shown this once. Copy them onto paper, keep it away from the laptop, and type them twice."
)


class PassphraseForm(QWidget):
    """Two fields and what is to be said of them. ``submitted``: Enter in the second."""

    submitted = Signal()
    typed = Signal()

    def __init__(self, runner: Runner, about: Callable[[], Sequence[str]] = lambda: ()) -> None:
        """Look at strength away from this thread; ``about`` names what others would try first."""
        super().__init__()
        self._runner, self._about = runner, about
        self._asked = 0
        self.is_closed = False
        self.first = SecretField("New passphrase")
        self.again = SecretField("The same passphrase again")
        self.strength = Saying("Strength")
        self.draw = QPushButton("Draw five words")
        self.draw.setAutoDefault(False)
        self.draw.setAccessibleDescription("Shows five words drawn at random, to be copied out")
        self.drawn = label("", "title")
        self.drawn.setAccessibleName("Words drawn")
        self.drawn_hint = label(_DRAWN, "meta")
        self.drawn.hide()
        self.drawn_hint.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.look)
        self._lay_out()
        self.draw.clicked.connect(self._on_draw)
        self.first.textChanged.connect(self._on_typed)
        for one in (self.first, self.again):
            one.textEdited.connect(lambda _text: self.typed.emit())
        self.first.returnPressed.connect(self.again.setFocus)
        self.again.returnPressed.connect(self.submitted)
        self.setFocusProxy(self.first)

    @property
    def words(self) -> str:
        """What was typed first."""
        return self.first.text()

    @property
    def problem(self) -> str:
        """Why it can't be taken, as far as that is seen at once; nothing if it can."""
        if not self.first.text():
            return "Type a passphrase first, or have five words drawn."
        if self.first.text() != self.again.text():
            return "The two differ. Type the same passphrase twice."
        return ""

    def clear(self) -> None:
        """Keep nothing of it, and want no more answers."""
        self.is_closed = True
        self._pause.stop()
        self.first.clear()
        self.again.clear()
        self.drawn.clear()

    def look(self) -> None:
        """Say how strong it is."""
        self._pause.stop()
        words, about = self.first.text(), tuple(self._about())
        self._asked += 1
        asked = self._asked
        if not words:
            self.strength.say("")
            return

        def show(reason: str | None) -> None:
            if asked == self._asked:  # else something else was typed meanwhile
                self.strength.say(f"Not yet. {reason}" if reason else _STRONG)

        self._runner.run(self, lambda: _weakness(words, about), show)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        across = QHBoxLayout()
        across.addWidget(self.draw)
        across.addStretch(1)
        for one in (
            label("New &passphrase", buddy=self.first),
            self.first,
            self.first.caps,
            self.strength,
            label("The same &again", buddy=self.again),
            self.again,
            self.again.caps,
        ):
            column.addWidget(one)
        column.addLayout(across)
        column.addWidget(self.drawn)
        column.addWidget(self.drawn_hint)

    def _on_typed(self, _words: str) -> None:
        self._asked += 1
        self.strength.say("")
        self._pause.start()

    def _on_draw(self) -> None:
        def show(words: str) -> None:
            self.drawn.setText(words)
            self.drawn.show()
            self.drawn_hint.show()
            self.first.setFocus()

        self.typed.emit()
        self._runner.run(self, _suggest, show, lambda it: self.strength.say(it.sentence))


# Imported when wanted: the first screen is painted before anything of this is read.
def _weakness(words: str, about: Sequence[str]) -> str | None:
    from app.operations.passphrases import weakness  # noqa: PLC0415

    return weakness(words, about)


def _suggest() -> str:
    from app.operations.passphrases import suggest  # noqa: PLC0415

    return suggest()

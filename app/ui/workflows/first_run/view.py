"""The first run in three screens. What was typed stays when one goes back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.ui.early import AFTER_PAINTING
from app.ui.widgets.centred import Centred, OneAtATime
from app.ui.widgets.picking import pick_folder
from app.ui.widgets.saying import Saying
from app.ui.workflows.first_run import work
from app.ui.workflows.first_run.steps import BeginStep, SheetStep, WhoStep, WordsStep

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QPaintEvent

    from app.clock import Clock
    from app.errors import SiteweekError
    from app.ui.runner import Runner
    from app.ui.workflows.first_run.work import Begun

Answer = TypeVar("Answer")
_WIDTH: Final = 66  # letters
_NEXT: Final = ("Next", "Create the profile", "Next", "")


class FirstRun(QWidget):
    """Ends with ``ended``: the new profile, unlocked, and what to do first.

    ``carried`` asks for a folder of another profile instead; nothing was created then.
    """

    ended = Signal(object, str)
    carried = Signal(object)

    def __init__(self, folder: Path, runner: Runner, clock: Clock) -> None:
        """Ask who is there; the folder holds nothing yet."""
        super().__init__()
        self._folder, self._runner, self._clock = folder, runner, clock
        self.is_closed = self.was_used = self._is_busy = self._was_painted = False
        self._begun: Begun | None = None
        self.who = WhoStep()
        self.words = WordsStep(runner, lambda: self.who.who)
        self.sheet = SheetStep(runner, clock)
        self.begin = BeginStep()
        self.stack = OneAtATime()
        self.back, self.next = QPushButton("Back"), QPushButton("Next")
        self.next.setProperty("role", "main")
        self.said = Saying()
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("Progress")
        self._offering = QTimer(self)
        self._offering.setSingleShot(True)
        self._offering.setInterval(AFTER_PAINTING)
        self._offering.timeout.connect(self.offer_bodies)
        self._lay_out()
        self._connect()
        self.go_to(self.who)

    def close_view(self) -> None:
        """Want no more answers, keep no secret, and lock a profile that nobody took over."""
        self.is_closed = True
        self._offering.stop()
        self.words.form.clear()
        self.sheet.form.clear()
        begun, self._begun = self._begun, None
        if begun is not None:
            begun.words = ""
            begun.profile.close()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill in what can be chosen once the first screen stands."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self._offering.start()

    def offer_bodies(self) -> None:
        """Fill in the inspectorates to choose from."""
        self._runner.run(self, work.bodies, self.who.offer, lambda _problem: None)

    def go_on(self) -> None:
        """Go on from the page on screen, if what it asks for is there."""
        if not self.next.isEnabled():
            return
        doing: dict[QWidget, Callable[[], None]] = {
            self.who: self._after_who,
            self.words: self._after_words,
            self.sheet: self._after_sheet,
        }
        doing[self._page]()

    def go_to(self, page: QWidget) -> None:
        """Show a page, with nothing said yet."""
        self.stack.setCurrentWidget(page)
        self.said.say("")
        self._set_busy(busy=False)
        self.setFocusProxy(page)  # the window gives the focus to the whole when it shows it
        page.setFocus()

    @property
    def _page(self) -> QWidget:
        return self.stack.currentWidget()

    def _lay_out(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setSpacing(self.fontMetrics().height())
        for one in (self.who, self.words, self.sheet, self.begin):
            self.stack.addWidget(one)
        buttons = QHBoxLayout()
        buttons.addWidget(self.back)
        buttons.addStretch(1)
        buttons.addWidget(self.next)
        column.addWidget(self.stack)
        column.addWidget(self.progress)
        column.addWidget(self.said)
        column.addLayout(buttons)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Centred(inner, _WIDTH))

    def _connect(self) -> None:
        self.next.clicked.connect(self.go_on)
        self.back.clicked.connect(self._on_back)
        self.who.submitted.connect(self.go_on)
        self.who.carried.clicked.connect(
            lambda: pick_folder(self, "A folder that was carried away", self.carried.emit)
        )
        self.words.form.submitted.connect(self.go_on)
        self.words.form.typed.connect(self._on_typed)
        self.sheet.form.changed.connect(self._allow)
        self.sheet.form.submitted.connect(self.go_on)
        self.sheet.later.clicked.connect(lambda: self.go_to(self.begin))
        self.begin.chosen.connect(self._end)

    def _on_typed(self) -> None:
        self.was_used = True

    def _on_back(self) -> None:
        before: dict[QWidget, QWidget] = {
            self.words: self.who,
            self.sheet: self.words,
            self.begin: self.sheet,
        }
        if self._page is self.begin and self._begun is not None and self._begun.has_recovery:
            self.go_to(self.who)
        else:
            self.go_to(before[self._page])

    def _set_busy(self, *, busy: bool) -> None:
        self.progress.setVisible(busy)
        self.stack.setEnabled(not busy)
        self.back.setEnabled(not busy)
        self.back.setVisible(self._page is not self.who)
        self.next.setVisible(self._page is not self.begin)
        self.next.setText(_NEXT[self.stack.currentIndex()])
        if self._begun is not None and self._page is self.words:
            self.next.setText("Next")
        self._is_busy = busy
        self._allow()

    def _allow(self) -> None:
        is_ready = self._page is not self.sheet or self.sheet.form.is_ready
        self.next.setEnabled(is_ready and not self._is_busy)

    def _run(
        self, sentence: str, doing: Callable[[], Answer], then: Callable[[Answer], None]
    ) -> None:
        self._set_busy(busy=True)
        self.said.say(sentence)
        self._runner.run(self, doing, then, self._fail)

    def _fail(self, problem: SiteweekError) -> None:
        self._set_busy(busy=False)
        self.said.say(problem.sentence, is_problem=True)
        self._page.setFocus()

    def _after_who(self) -> None:
        if not self.who.who[0]:
            self.said.say("Say your name first: what you write bears it.", is_problem=True)
            self.who.name.setFocus()
        elif self._begun is None:
            self.go_to(self.words)
        else:
            after = self.begin if self._begun.has_recovery else self.words
            self._run(
                "Remembering …",
                partial(work.remember_again, self._begun, self.who.who),
                lambda _none: self.go_to(after),
            )

    def _after_words(self) -> None:
        problem = self.words.form.problem
        if problem:
            self.said.say(problem, is_problem=True)
            return
        words, who = self.words.form.words, self.who.who
        if self._begun is None:
            doing = partial(work.begin, self._folder, words, who, self._clock)
            sentence = "Creating the profile. This takes a second or two, on purpose …"
        else:
            doing = partial(work.go_on, self._begun, words, who)
            sentence = "Taking over the passphrase …"
        self._run(sentence, doing, self._on_begun)

    def _on_begun(self, begun: Begun) -> None:
        self._begun = begun
        self.go_to(self.sheet)
        self.sheet.form.offer(begun.drawn)

    def _after_sheet(self) -> None:
        begun = self._begun
        if begun is not None and self.sheet.form.is_ready:
            self._run(
                "Taking the recovery key in …",
                partial(work.confirm, begun, self.sheet.form.typed),
                lambda _none: self.go_to(self.begin),
            )

    def _end(self, way: str) -> None:
        begun, self._begun = self._begun, None
        if begun is not None:
            begun.words = ""
            self.close_view()
            self.ended.emit(begun.profile, way)

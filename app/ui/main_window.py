"""The window: unlock, inspections or an open inspection, and the menus over them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QMainWindow, QPushButton, QToolButton

from app.ui.care.care import Care
from app.ui.change_bus import ChangeBus
from app.ui.commands import MOST_ROOMS
from app.ui.frame import Frame
from app.ui.locking.capture import ScreenCapture
from app.ui.locking.closing import leave_now, say_why_open
from app.ui.locking.locking import Locking
from app.ui.locking.minutes import Minutes
from app.ui.locking.unfinished import offer
from app.ui.menus import make_menus
from app.ui.pages.inspections.page import InspectionsPage
from app.ui.session import Session
from app.ui.tokens import Scheme
from app.ui.workflows.first_run.view import FirstRun
from app.ui.workflows.unlock import UnlockView, has_profile, unlock_profile

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent
    from PySide6.QtWidgets import QWidget

    from app.clock import Clock
    from app.errors import SiteweekError
    from app.operations.inspection import Inspection
    from app.operations.profile import Profile
    from app.ui.frame import Room
    from app.ui.runner import Runner
    from app.ui.theme import Theme

_STEP = 0.1
_SMALLEST, _LARGEST = 0.8, 2.0
_NEED_INSPECTION = frozenset(
    {"close_inspection", "lock_after", "capture", "search", "go_to", "back", "forward", "next_pane"}
    | {"escalate", "jot", "project", "export_list"}
    | {f"room_{number}" for number in range(1, MOST_ROOMS + 1)}
)

# What would put codes, names or a child's words on a screen that a room looks at.
_NOT_BEFORE_A_ROOM = frozenset(
    {"search", "go_to", "do", "back", "forward", "escalate", "jot", "export_list"}
)


class MainWindow(QMainWindow):
    """One window on one profile."""

    locked = Signal()  # every word is on disk and nothing is open: the process may end

    def __init__(
        self, folder: Path, runner: Runner, clock: Clock, theme: Theme, rooms: Sequence[Room]
    ) -> None:
        """Show the lock screen of the profile in a folder."""
        super().__init__()
        self.is_closed = False
        self._folder, self._runner, self._clock, self._theme = folder, runner, clock, theme
        self._rooms = rooms
        self._profile: Profile | None = None
        self._inspection: Inspection | None = None
        self._shown: UnlockView | FirstRun | InspectionsPage | Frame | None = None
        self._locking: Locking | None = None
        self.minutes = Minutes(self)
        self._capture = ScreenCapture(self)
        self.setWindowTitle("Siteweek")
        self.care = Care(self, runner, clock)
        self.commands = self._make_commands()
        self._show_unlock()

    @property
    def is_locked(self) -> bool:
        """Whether nothing is open, and nothing of a passphrase was typed yet."""
        return isinstance(self._shown, (UnlockView, FirstRun)) and not self._shown.was_used

    @property
    def folder(self) -> Path:
        """The folder of the profile that is shown, or would be after unlocking."""
        return self._folder

    @property
    def profile(self) -> Profile | None:
        """The profile, while it is unlocked."""
        return self._profile

    @property
    def shown(self) -> UnlockView | FirstRun | InspectionsPage | Frame | None:
        """What fills the window."""
        return self._shown

    def open_folder(self, folder: Path) -> None:
        """Lock what is open, and go on at the lock screen of the profile in another folder."""
        self._folder = folder
        if self._profile is None:
            self._leave()
            self._show_unlock()
        else:
            self.lock()

    def lock(self) -> None:
        """Cover the screen at once, take every word to disk, close all; then ``locked``."""
        if self._locking is not None or self.is_locked:
            return
        if isinstance(self._shown, Frame):
            self._allow(None)
            self.menuBar().hide()
            self._locking = Locking(self, self._shown, self._runner, self._check)
            self._locking.locked.connect(self._on_locked)
            self._locking.uncovered.connect(self._on_uncovered)
            self._locking.start()
        else:
            self._on_locked()

    def show_inspections(self, profile: Profile) -> None:
        """Show the inspections of an unlocked profile."""
        self._leave()
        self._profile = profile
        page = InspectionsPage(profile, self._runner, self._clock)
        page.opened.connect(self._open)
        page.care_wanted.connect(self.care.do)
        self._show(page)

    def show_inspection(self, inspection: Inspection) -> None:
        """Show an open inspection; the window closes it when it is left."""
        self._leave()
        self._inspection = inspection
        frame = Frame(Session(inspection, self._runner, ChangeBus()), self._rooms)
        for page in frame.pages:
            quiet = getattr(page, "quiet_requested", None)
            if quiet is not None:
                quiet.connect(self._set_quiet)
        self._show(frame)
        self.minutes.read(frame.session, frame)
        self._return(frame)
        offer(frame)

    def close_inspection(self) -> None:
        """Leave the inspection for the list, once its words are on disk."""
        if self._profile is None or not isinstance(self._shown, Frame):
            return
        still_open = self._shown.escalations.still_open
        why = leave_now(self._shown, self._runner, is_to_return=False)
        if why:
            self._shown.say(f"Not closed: {why}")
        else:
            self._inspection = None
            self.show_inspections(self._profile)
            if isinstance(self._shown, InspectionsPage) and still_open:
                self._shown.said.setText(still_open)

    def _return(self, frame: Frame) -> None:
        # Imported when wanted, as in ``_on_unlocked``: the lock screen needs nothing of a store.
        from app.operations.last_place import last_place  # noqa: PLC0415
        from app.operations.owner import settle_owner  # noqa: PLC0415

        profile, inspection = self._profile, frame.session.inspection
        frame.session.ask(frame, last_place).start(frame.return_to)
        if profile is not None:
            # Before it is known the app writes without a name, as it does for a reader.
            self._runner.run(
                frame, lambda: settle_owner(profile, inspection), failed=lambda _problem: None
            )

    def _show_unlock(self) -> None:
        if has_profile(self._folder):
            view = UnlockView(self._folder, self._runner, self._clock)
            view.unlocked.connect(self._on_unlocked)
            self._show(view)
            return
        first = FirstRun(self._folder, self._runner, self._clock)
        first.ended.connect(self._on_first_run)
        first.carried.connect(self.open_folder)
        self._show(first)

    def _on_first_run(self, profile: Profile, way: str) -> None:
        self.show_inspections(profile)
        if isinstance(self._shown, InspectionsPage):
            self._shown.begin(way)

    def _on_unlocked(self, profile: Profile) -> None:
        """Open what was open when the profile was locked, or show what there is."""
        from app.operations.last_place import last_opened  # noqa: PLC0415 - as above

        self._profile = profile

        def go_on(found: str) -> None:
            if self._profile is not profile:
                return  # locked again meanwhile
            if found:
                self._open(found)
            else:
                self.show_inspections(profile)

        self._runner.run(self, lambda: last_opened(profile, self._clock), go_on, self._refuse)

    def _on_locked(self) -> None:
        self._locking = self._inspection = None
        self.care.close_dialogs()
        self._leave()
        if self._profile is not None:
            self._profile.close()
            self._profile = None
        self._show_unlock()
        self.menuBar().show()
        self.locked.emit()

    def _on_uncovered(self) -> None:
        self._locking = None
        self.menuBar().show()
        self._allow(self._shown)
        if isinstance(self._shown, Frame):
            self._shown.page.setFocus()

    def _check(self, words: str) -> None:
        unlock_profile(self._folder, words, self._clock).close()

    def _open(self, inspection: str) -> None:
        profile = self._profile
        if profile is None:
            return
        self._runner.run(
            self, lambda: profile.open_inspection(inspection), self.show_inspection, self._refuse
        )

    def _refuse(self, problem: SiteweekError) -> None:
        if isinstance(self._shown, UnlockView) and self._profile is not None:
            self.show_inspections(self._profile)
        if isinstance(self._shown, InspectionsPage):
            self._shown.say(problem.sentence, is_problem=True)

    def _leave(self) -> None:
        """Close what is shown. What was typed is handed over first, then the store closes."""
        if isinstance(self._shown, Frame):
            self._shown.close_frame()
        elif isinstance(self._shown, InspectionsPage):
            self._shown.close_page()
        elif isinstance(self._shown, (UnlockView, FirstRun)):
            self._shown.close_view()
        inspection, self._inspection = self._inspection, None
        if inspection is not None:
            # After the verbs that were just handed over: the runner keeps their order.
            self._runner.run(self, inspection.close)
        self._set_quiet(is_quiet=False)

    def _show(self, widget: UnlockView | FirstRun | InspectionsPage | Frame) -> None:
        self._shown = widget
        self.setCentralWidget(widget)
        self._allow(widget)
        # Keys of a page work only while the focus is in it: it must never be left nowhere.
        (widget.page if isinstance(widget, Frame) else widget).setFocus()

    def _allow(self, widget: QWidget | None) -> None:
        for name, action in self.commands.items():
            if name in _NEED_INSPECTION:
                action.setEnabled(isinstance(widget, Frame))
        is_unlocked = isinstance(widget, (Frame, InspectionsPage))
        # An empty canvas: a lock screen offers nothing that it can't do.
        self._menus["Go"].menuAction().setVisible(isinstance(widget, Frame))
        self._menus["Care"].menuAction().setVisible(is_unlocked)
        is_before_a_room = isinstance(widget, Frame) and widget.projector.is_on
        self.commands["lock"].setEnabled(is_unlocked)
        for name in self.care.names:
            self.commands[name].setEnabled(is_unlocked and not is_before_a_room)
        for name in _NOT_BEFORE_A_ROOM:
            allowed = isinstance(widget, Frame) or name not in _NEED_INSPECTION
            self.commands[name].setEnabled(allowed and not is_before_a_room)

    def _make_commands(self) -> dict[str, QAction]:
        doing: dict[str, Callable[[], object]] = {
            "close_inspection": self.close_inspection,
            "export_list": lambda: self._frame_do("export_list"),
            "lock": self.lock,
            "lock_after": lambda: self.minutes.ask(self),
            "capture": self._toggle_capture,
            "project": self._project,
            "quit": self.close,
            **{f"room_{n}": partial(self._show_room, n) for n in range(1, MOST_ROOMS + 1)},
            "jot": lambda: self._frame_do("jot"),
            "escalate": lambda: self._begin("escalation"),
            "go_to": self._go_to,
            "do": lambda: self._go_to(">"),
            "search": self._search,
            "back": lambda: self._frame_do("go_back"),
            "forward": lambda: self._frame_do("go_forward"),
            "next_pane": lambda: self._frame_do("next_pane"),
            "scheme_system": lambda: self._colour(Scheme.SYSTEM),
            "scheme_light": lambda: self._colour(Scheme.LIGHT),
            "scheme_dark": lambda: self._colour(Scheme.DARK),
            "scheme_contrast": lambda: self._colour(Scheme.HIGH_CONTRAST),
            "larger": lambda: self._scale(self._theme.scale + _STEP),
            "smaller": lambda: self._scale(self._theme.scale - _STEP),
            "usual_size": lambda: self._scale(1.0),
            "help": lambda: self._show_keys(self._room),
            "keys": self._show_keys,
            **{name: partial(self.care.do, name) for name in self.care.names},
        }
        made, self._menus = make_menus(self, doing)
        return made

    def _frame_do(self, what: str) -> None:
        if isinstance(self._shown, Frame):
            getattr(self._shown, what)()

    def _begin(self, kind: str) -> None:
        if isinstance(self._shown, Frame):
            self._shown.begin(kind)

    def _show_room(self, number: int) -> None:
        if isinstance(self._shown, Frame):
            self._shown.show_room(self._shown.rooms[number - 1].name)

    @property
    def _room(self) -> str:
        shown = self._shown
        return shown.rooms[shown.stack.currentIndex()].name if isinstance(shown, Frame) else ""

    def _search(self, text: str = "") -> None:
        from app.ui.workflows.search import SearchDialog  # noqa: PLC0415 - as above

        frame = self._shown
        if isinstance(frame, Frame):
            dialog = SearchDialog(self, frame.session, text)
            dialog.record_requested.connect(frame.show_record)
            dialog.open()

    def _show_keys(self, place: str = "") -> None:
        from app.ui.keys_sheet import KeysSheet  # noqa: PLC0415 - as above

        KeysSheet(self, place).open()

    def _go_to(self, prefix: str = "") -> None:
        from app.ui.workflows.go_to import GoDialog  # noqa: PLC0415 - as above

        frame = self._shown if isinstance(self._shown, Frame) else None
        actions = [one for name, one in self.commands.items() if name not in {"go_to", "do"}]
        if frame is None:
            dialog = GoDialog(self, None, actions)
        else:
            dialog = GoDialog(self, frame.session, [*frame.page.actions(), *actions], frame.recent)
            dialog.record_requested.connect(frame.show_record)
            dialog.search_requested.connect(self._search)
        dialog.begin(prefix)

    def _project(self) -> None:
        if isinstance(self._shown, Frame):
            self._shown.projector.toggle()
            self._allow(self._shown)

    def _toggle_capture(self) -> None:
        if isinstance(self._shown, Frame):
            self._shown.say(self._capture.toggle())

    def _colour(self, scheme: Scheme) -> None:
        self._theme.apply(scheme, self._theme.scale)

    def _scale(self, scale: float) -> None:
        self._theme.apply(self._theme.scheme, min(_LARGEST, max(_SMALLEST, scale)))

    def _set_quiet(self, is_quiet: bool) -> None:  # noqa: FBT001 - a signal's argument
        self.menuBar().setVisible(not is_quiet)
        if isinstance(self._shown, Frame):
            self._shown.set_quiet(is_quiet=is_quiet)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press the button under the focus, as it does in every dialog."""
        focused = QApplication.focusWidget()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and isinstance(
            focused, (QPushButton, QToolButton)
        ):
            focused.animateClick()
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close once every word is on disk; stay and say so while the disk refuses."""
        if self._locking is not None:
            self._locking.save_again()
            event.ignore()
            return
        if isinstance(self._shown, Frame) and not self._shown.is_closed:
            why = leave_now(self._shown, self._runner, is_to_return=True)
            if why:
                event.ignore()
                say_why_open(self, why)
                return
        self._inspection = None
        self._leave()
        if self._profile is not None:
            self._profile.close()
        self.is_closed = True
        super().closeEvent(event)

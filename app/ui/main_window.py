"""The window: unlock, inspections or an open inspection, and the menus over them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLabel, QMainWindow, QVBoxLayout, QWidget

from app.ui.change_bus import ChangeBus
from app.ui.commands import COMMANDS
from app.ui.frame import Frame
from app.ui.pages.inspections.page import InspectionsPage
from app.ui.session import Session
from app.ui.tokens import Scheme
from app.ui.widgets.labels import label
from app.ui.workflows.search import SearchDialog
from app.ui.workflows.unlock import UnlockView

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QCloseEvent
    from PySide6.QtWidgets import QMenu

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
    {"close_inspection", "search", "back", "forward", "next_pane"}
    | {f"room_{number}" for number in range(1, 5)}
)


class MainWindow(QMainWindow):
    """One window on one profile."""

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
        self._shown: UnlockView | InspectionsPage | Frame | None = None
        self.setWindowTitle("Siteweek")
        self.commands = self._make_commands()
        self.lock()

    def lock(self) -> None:
        """Save, close the inspection, forget the key, and show the lock screen."""
        self._leave()
        if self._profile is not None:
            self._profile.close()
            self._profile = None
        view = UnlockView(self._folder, self._runner, self._clock)
        view.unlocked.connect(self.show_inspections)
        self._show(view)

    def show_inspections(self, profile: Profile) -> None:
        """Show the inspections of an unlocked profile."""
        self._leave()
        self._profile = profile
        page = InspectionsPage(profile, self._runner)
        page.opened.connect(self._open)
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

    def close_inspection(self) -> None:
        """Leave the inspection for the list."""
        if self._profile is not None:
            self.show_inspections(self._profile)

    def _open(self, inspection: str) -> None:
        profile = self._profile
        if profile is None:
            return
        self._runner.run(
            self, lambda: profile.open_inspection(inspection), self.show_inspection, self._refuse
        )

    def _refuse(self, problem: SiteweekError) -> None:
        if isinstance(self._shown, InspectionsPage):
            self._shown.said.setText(problem.sentence)

    def _leave(self) -> None:
        """Close what is shown. What was typed is handed over first, then the store closes."""
        if isinstance(self._shown, Frame):
            self._shown.close_frame()
        elif isinstance(self._shown, InspectionsPage):
            self._shown.close_page()
        elif isinstance(self._shown, UnlockView):
            self._shown.close_view()
        inspection, self._inspection = self._inspection, None
        if inspection is not None:
            # After the verbs that were just handed over: the runner keeps their order.
            self._runner.run(self, inspection.close)
        self._set_quiet(is_quiet=False)

    def _show(self, widget: UnlockView | InspectionsPage | Frame) -> None:
        self._shown = widget
        self.setCentralWidget(widget)
        is_open = isinstance(widget, Frame)
        for name, action in self.commands.items():
            if name in _NEED_INSPECTION:
                action.setEnabled(is_open)
        self.commands["lock"].setEnabled(not isinstance(widget, UnlockView))
        # Keys of a page work only while the focus is in it: it must never be left nowhere.
        (widget.page if isinstance(widget, Frame) else widget).setFocus()

    def _make_commands(self) -> dict[str, QAction]:
        doing = {
            "close_inspection": self.close_inspection,
            "lock": self.lock,
            "quit": self.close,
            **{f"room_{n}": partial(self._show_room, n) for n in range(1, 5)},
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
            "keys": self._show_keys,
        }
        made: dict[str, QAction] = {}
        menus: dict[str, QMenu] = {}
        for one in COMMANDS:
            if one.place != "window":
                continue
            if one.menu not in menus:
                menus[one.menu] = self.menuBar().addMenu(f"&{one.menu}")
            action = QAction(one.words, self)
            action.setShortcut(QKeySequence(one.key))
            action.triggered.connect(lambda _checked=False, do=doing[one.id]: do())
            menus[one.menu].addAction(action)
            made[one.id] = action
        return made

    def _frame_do(self, what: str) -> None:
        if isinstance(self._shown, Frame):
            getattr(self._shown, what)()

    def _show_room(self, number: int) -> None:
        if isinstance(self._shown, Frame):
            self._shown.show_room(self._shown.rooms[number - 1].name)

    def _search(self) -> None:
        frame = self._shown
        if isinstance(frame, Frame):
            dialog = SearchDialog(self, frame.session)
            dialog.record_requested.connect(frame.show_record)
            dialog.open()

    def _colour(self, scheme: Scheme) -> None:
        self._theme.apply(scheme, self._theme.scale)

    def _scale(self, scale: float) -> None:
        self._theme.apply(self._theme.scheme, min(_LARGEST, max(_SMALLEST, scale)))

    def _set_quiet(self, is_quiet: bool) -> None:  # noqa: FBT001 - a signal's argument
        self.menuBar().setVisible(not is_quiet)
        if isinstance(self._shown, Frame):
            self._shown.set_quiet(is_quiet=is_quiet)

    def _show_keys(self) -> None:
        sheet = QWidget(self, Qt.WindowType.Dialog)
        sheet.setWindowTitle("Keyboard shortcuts")
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(sheet)
        place = ""
        for one in COMMANDS:
            if not one.key:
                continue
            if one.place != place:
                place = one.place
                column.addWidget(label("Everywhere" if place == "window" else place, "title"))
            keys = QKeySequence(one.key).toString(QKeySequence.SequenceFormat.NativeText)
            column.addWidget(QLabel(f"{keys}    {one.words}"))
        sheet.show()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save and close before the window goes."""
        self._leave()
        if self._profile is not None:
            self._profile.close()
        self.is_closed = True
        super().closeEvent(event)

"""The Care menu: which dialog each command opens, and on which inspection."""
# ruff: noqa: PLC0415 - the window has this menu before anything is unlocked; what stands behind it
# is imported when a command is chosen

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog

from app.ui.frame import Frame
from app.ui.pages.inspections.page import InspectionsPage
from app.ui.widgets.picking import pick_folder
from app.ui.workflows.unlock import has_profile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.clock import Clock
    from app.errors import SiteweekError
    from app.operations.profile import InspectionRow, Profile
    from app.ui.care.step import StepDialog
    from app.ui.care.subject import Subject
    from app.ui.main_window import MainWindow
    from app.ui.runner import Runner

# Nobody may work in an inspection meanwhile: it is left first, its words on disk.
_NEED_LEAVING: Final = frozenset({"new_keys", "restore", "destroy"})
_OF_PROFILE: Final = frozenset(
    {"passphrase", "recovery_sheet", "protect", "new_keys", "certificates"}
)
_OF_INSPECTION: Final = frozenset(
    {"back_up", "restore", "verify", "export", "close_for_good", "reopen", "keep_until", "destroy"}
)


class Care(QObject):
    """Opens the dialogs of one window."""

    names: Final = (*sorted(_OF_PROFILE | _OF_INSPECTION), "carried")

    def __init__(self, window: MainWindow, runner: Runner, clock: Clock) -> None:
        """Belong to a window."""
        super().__init__(window)
        self._window, self._runner, self._clock = window, runner, clock
        self.is_closed = False

    def do(self, name: str) -> None:
        """Do what a command of the menu says."""
        profile = self._window.profile
        if profile is None:
            return
        if name == "carried":
            pick_folder(self._window, "A folder that was carried away", self.open_carried)
            return
        if name in _OF_PROFILE:
            if name not in _NEED_LEAVING or self._leave():
                self._open(self._of_profile(name, profile))
            return
        wanted = self._chosen()
        if not wanted:
            self._say("Choose an inspection in the list first.")
        elif name not in _NEED_LEAVING or self._leave():
            self._runner.run(
                self,
                lambda: profile.look_at(wanted),
                partial(self._about, name, profile),
                self._fail,
            )

    def open_carried(self, folder: Path) -> None:
        """Go to the lock screen of a copy that was carried away."""
        if has_profile(folder):
            self._window.open_folder(folder)
        else:
            self._say(
                "That folder is no copy of a profile. Choose the one that was written, "
                "siteweek-backup and a time."
            )

    def close_dialogs(self) -> None:
        """Put away what is open, when everything is locked."""
        for one in self._window.findChildren(QDialog):
            one.done(QDialog.DialogCode.Rejected)

    def _about(self, name: str, profile: Profile, row: InspectionRow) -> None:
        from app.ui.care.subject import Subject

        shown = self._window.shown
        session = shown.session if isinstance(shown, Frame) else None
        if session is not None and session.inspection.id != row.id:
            return  # another one was opened meanwhile
        self._open(self._of_inspection(name, Subject(profile, row, session)))

    def _of_profile(self, name: str, profile: Profile) -> StepDialog:
        from app.ui.care import ending, keys, protect

        window, runner, clock = self._window, self._runner, self._clock
        making: dict[str, Callable[[], StepDialog]] = {
            "passphrase": lambda: keys.ChangePassphrase(window, runner, profile),
            "recovery_sheet": lambda: keys.NewSheet(window, runner, clock, profile),
            "protect": lambda: protect.Protect(window, runner, profile),
            "new_keys": lambda: keys.NewKeys(window, runner, clock, profile),
            "certificates": lambda: ending.Certificates(window, runner, profile),
        }
        return making[name]()

    def _of_inspection(self, name: str, subject: Subject) -> StepDialog:
        from app.ui.care import copies, ending

        window, runner, clock = self._window, self._runner, self._clock
        making: dict[str, Callable[[], StepDialog]] = {
            "back_up": lambda: copies.BackUp(window, runner, clock, subject),
            "restore": lambda: copies.Restore(window, runner, clock, subject),
            "verify": lambda: copies.Verify(window, runner, subject),
            "export": lambda: copies.Export(window, runner, clock, subject),
            "close_for_good": lambda: ending.CloseInspection(window, runner, subject),
            "reopen": lambda: ending.Reopen(window, runner, subject),
            "keep_until": lambda: ending.KeepUntil(window, runner, subject),
            "destroy": lambda: ending.Destroy(window, runner, clock, subject),
        }
        return making[name]()

    def _open(self, dialog: StepDialog) -> None:
        dialog.over.connect(self._on_over)
        dialog.open()

    def _on_over(self) -> None:
        shown = self._window.shown
        if isinstance(shown, InspectionsPage):
            shown.reload()

    def _chosen(self) -> str:
        shown = self._window.shown
        if isinstance(shown, Frame):
            return shown.session.inspection.id
        return shown.list.current_key if isinstance(shown, InspectionsPage) else ""

    def _leave(self) -> bool:
        """Leave the inspection that is open; return whether none is open."""
        if isinstance(self._window.shown, Frame):
            self._window.close_inspection()
        return not isinstance(self._window.shown, Frame)

    def _fail(self, problem: SiteweekError) -> None:
        self._say(problem.sentence)

    def _say(self, sentence: str) -> None:
        shown = self._window.shown
        if isinstance(shown, (Frame, InspectionsPage)):
            shown.say(sentence)

"""Draws every screen to a picture: each scheme, at the usual size and at twice it."""

from __future__ import annotations

import secrets
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from app.clock import SystemClock
from app.operations.unlocking import create_profile
from app.ui.application import make_application, say_no_text
from app.ui.drawing import Drawing
from app.ui.exporting import ExportDialog, export_list
from app.ui.frame import Frame
from app.ui.keys_sheet import KeysSheet
from app.ui.main_window import MainWindow
from app.ui.pages.brief.page import BriefPage
from app.ui.pages.brief.screens import draw as draw_feedback
from app.ui.pages.evidence.page import EvidencePage
from app.ui.pages.evidence.screens import draw as draw_evidence
from app.ui.pages.findings.page import FindingsPage
from app.ui.pages.findings.screens import draw as draw_findings
from app.ui.pages.letter.page import LetterPage
from app.ui.pages.letter.screens import draw as draw_letter
from app.ui.pages.notes.page import NotesPage
from app.ui.pages.notes.screens import draw as draw_notes
from app.ui.pages.plan.page import PlanPage
from app.ui.pages.plan.screens import draw as draw_plan
from app.ui.pages.tasks.page import TasksPage
from app.ui.pages.tasks.screens import draw as draw_tasks
from app.ui.pages.team.page import TeamPage
from app.ui.pages.team.screens import draw as draw_team
from app.ui.pages.today.page import TodayPage
from app.ui.pages.today.screens import draw as draw_today
from app.ui.rooms import ROOMS
from app.ui.runner import ImmediateRunner
from app.ui.theme import Theme
from app.ui.tokens import Scheme
from app.ui.workflows.go_to import GoDialog
from app.ui.workflows.screens import draw_first_run, draw_inspections, draw_unlock
from app.ui.workflows.search import SearchDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from PySide6.QtCore import QMessageLogContext, QtMsgType

    from app.operations.inspection import Inspection
    from app.operations.profile import Profile
    from app.ui.frame import Room
    from app.ui.page import Page

_WIDTH: Final = 1366
_HEIGHT: Final = 768
_SCHEMES: Final = (Scheme.LIGHT, Scheme.DARK, Scheme.HIGH_CONTRAST)
_SAMPLES: Final = (
    ("Harrowfield", "the identification of initial need and risk", "2026-06-08", "2026-06-12"),
    ("Wexcombe", "children who are victims of domestic abuse", "2026-10-12", "2026-10-16"),
)
_SHOWN_FIRST: Final = frozenset({"finding", "brief_point", "letter_block"})
_DIALOGS: Final = "dialogs"
_SCALES: Final = (1.0, 2.0)
# Pages that have more than one state worth looking at draw themselves.
_OF_PAGE: Final[dict[type[Page], Callable[[Drawing, Any], None]]] = {
    NotesPage: draw_notes,
    TeamPage: draw_team,
    TasksPage: draw_tasks,
    TodayPage: draw_today,
    PlanPage: draw_plan,
    FindingsPage: draw_findings,
    BriefPage: draw_feedback,
    EvidencePage: draw_evidence,
    LetterPage: draw_letter,
}


def draw_screens(inspection: Inspection, folder: Path, only: Collection[str] = ()) -> list[Path]:
    """Draw every screen of an open inspection into a folder, or only those of the rooms named.

    Returns the pictures.
    """
    folder.mkdir(parents=True, exist_ok=True)
    # Where there is no display Qt would end the process; where there is one, nothing flickers.
    application = QApplication.instance() or make_application(
        ["siteweek", "-platform", "offscreen"]
    )
    said_before = qInstallMessageHandler(_say_no_hints)
    try:
        return _draw_all(inspection, folder, Theme(cast("QApplication", application)), only)
    finally:
        qInstallMessageHandler(said_before)


def _draw_all(
    inspection: Inspection, folder: Path, theme: Theme, only: Collection[str]
) -> list[Path]:
    drawn: list[Path] = []
    with tempfile.TemporaryDirectory(prefix="siteweek-screens-") as scratch:
        profile = _sample_profile(Path(scratch))
        for scheme in _SCHEMES:
            for scale in _SCALES:
                theme.apply(scheme, scale)
                name = f"{scheme.value.replace(' ', '-')}-{round(scale * 100)}"
                drawn += _Screens(inspection, profile, theme, folder, name).draw(only)
        profile.close()
    return drawn


def _say_no_hints(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    """Pass over what Qt says of every window that is drawn off screen; log the rest."""
    if "propagateSizeHints" not in text:
        say_no_text(kind, context, text)


def _sample_profile(scratch: Path) -> Profile:
    """Return a profile with two inspections that hold nothing but what they are."""
    made = create_profile(scratch / "My profile", secrets.token_hex(16), SystemClock())
    for area, theme, first, last in _SAMPLES:
        made.create_inspection(
            {
                "area": area,
                "theme": theme,
                "fieldwork_from": first,
                "fieldwork_to": last,
                "marking": "OFFICIAL-SENSITIVE",
            }
        )
    return made


class _Screens:
    """One scheme at one scale."""

    def __init__(
        self, inspection: Inspection, profile: Profile, theme: Theme, folder: Path, name: str
    ) -> None:
        self._inspection, self._profile, self._theme = inspection, profile, theme
        self._folder, self._name = folder, name
        self._drawn: list[Path] = []

    def draw(self, only: Collection[str] = ()) -> list[Path]:
        """Draw all, or only what belongs to the rooms named."""
        window = self._window(self._profile.folder) if only else self._before()
        window.show_inspection(self._inspection)
        frame = window.centralWidget()
        if isinstance(frame, Frame):
            self._rooms(window, frame, only)
            frame.close_frame()
        window.hide()
        return self._drawn

    def _before(self) -> MainWindow:
        with tempfile.TemporaryDirectory(prefix="siteweek-screens-") as empty:
            window = self._window(Path(empty))
            draw_first_run(self._drawing(window))
            window.close()
        window = self._window(self._profile.folder)
        draw_unlock(self._drawing(window))
        window.show_inspections(self._profile)
        draw_inspections(self._drawing(window), self._profile)
        return window

    def _drawing(self, window: MainWindow) -> Drawing:
        return Drawing(self._inspection, window, self._folder, self._name, self._drawn)

    def _window(self, folder: Path) -> MainWindow:
        window = MainWindow(folder, ImmediateRunner(), SystemClock(), self._theme, ROOMS)
        window.resize(_WIDTH, _HEIGHT)
        window.show()
        return window

    def _rooms(self, window: MainWindow, frame: Frame, only: Collection[str]) -> None:
        drawing = self._drawing(window)
        for room, page in zip(frame.rooms, frame.pages, strict=True):
            if only and room.name not in only:
                continue
            frame.show_room(room.name)
            if type(page) in _OF_PAGE:
                _OF_PAGE[type(page)](drawing, page)
            else:
                self._show_first(page, room)
                drawing.grab(room.name.lower())
        if only and _DIALOGS not in only:
            return
        self._dialogs(drawing, frame)

    def _dialogs(self, drawing: Drawing, frame: Frame) -> None:
        window = drawing.window
        search = SearchDialog(window, frame.session, "front door kind:interview")
        search.show()
        drawing.grab("search", search)
        search.close()
        actions = [*frame.page.actions(), *window.commands.values()]
        for typed, name in (("health", "go-to"), ("#A", "go-to-criterion"), (">", "do")):
            going = GoDialog(window, frame.session, actions)
            going.begin(typed)
            drawing.grab(name, going)
            going.close()
        frame.show_room("Findings")
        export_list(frame.page)
        for dialog in frame.page.findChildren(ExportDialog):
            drawing.grab("export", dialog)
            dialog.close()
        sheet = KeysSheet(window)
        sheet.show()
        drawing.grab("keys", sheet)
        sheet.close()

    def _show_first(self, page: Page, room: Room) -> None:
        kinds = sorted(room.kinds & _SHOWN_FIRST)
        found = self._inspection.ask(lambda view: view.records.of_kind(*kinds))
        stating = [one for one in found if one.text("type") not in {"heading", "box"}]
        if stating:
            page.show_record(stating[len(stating) // 2].id)

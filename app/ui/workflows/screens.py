"""The states of what comes before an inspection is open, and of the Care menu, for the pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.clock import SystemClock
from app.errors import TooManyAttemptsError
from app.operations.owner import Owner
from app.operations.sync.joining import Requested
from app.ui.care import copies, ending, keys, protect
from app.ui.care.subject import Subject
from app.ui.pages.inspections.joining import RequestDialog
from app.ui.pages.inspections.new_inspection import NewInspection
from app.ui.pages.inspections.page import InspectionsPage
from app.ui.runner import ImmediateRunner
from app.ui.workflows.first_run.view import FirstRun
from app.ui.workflows.unlock import UnlockView

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

    from app.operations.profile import Profile
    from app.ui.drawing import Drawing

_WORDS = (
    "dill",
    "problem",
    "gone",
    "frown",
    "woof",
    "cubical",
    "structure",
    "bloating",
    "handful",
    "upward",
    "owl",
    "two",
)


def draw_first_run(drawing: Drawing) -> None:
    """Draw the three screens; nothing is created for them."""
    view = drawing.window.shown
    if not isinstance(view, FirstRun):
        return
    drawing.grab("first-run")
    view.who.name.setText("Ruth Okafor-Bell")
    view.who.body.setEditText("Care Quality Commission")
    view.go_on()
    view.words.form.draw.click()
    view.words.form.first.setText("clover anvil parade mustard fjord")
    view.words.form.look()
    drawing.grab("first-run-passphrase")
    for page, name in ((view.sheet, "sheet"), (view.begin, "begin")):
        view.go_to(page)
        drawing.grab(f"first-run-{name}")


def draw_unlock(drawing: Drawing) -> None:
    """Draw the lock screen as it is, waiting after wrong tries, and with the recovery sheet."""
    view = drawing.window.shown
    if not isinstance(view, UnlockView):
        return
    drawing.grab("unlock")
    view.passphrase.caps.show()
    view._on_failed(  # noqa: SLF001 - a state that only time and mistakes lead to
        TooManyAttemptsError(
            "The passphrase was wrong 6 times, so the next try has to wait 4 seconds. Nothing was "
            "changed. The recovery key opens the profile without waiting.",
            4,
        )
    )
    drawing.grab("unlock-waiting")
    view.forgot.click()
    drawing.grab("unlock-forgotten")


def draw_inspections(drawing: Drawing, profile: Profile) -> None:
    """Draw the list, its dialogs, and those of the Care menu."""
    window = drawing.window
    page = window.shown
    if not isinstance(page, InspectionsPage):
        return
    drawing.grab("inspections")
    runner, clock = ImmediateRunner(), SystemClock()
    subject = Subject(profile, profile.inspections()[0])
    asked = Requested("", b"", _WORDS, "Sian Rhys-Powell")
    dialogs: dict[str, QDialog] = {
        "new-inspection": NewInspection(window, Owner("Ruth Okafor-Bell", "Ofsted")),
        "ask-to-join": RequestDialog(window, runner, asked),
        "care-passphrase": keys.ChangePassphrase(window, runner, profile),
        "care-recovery-sheet": keys.NewSheet(window, runner, clock, profile),
        "care-key-store": protect.Protect(window, runner, profile),
        "care-new-keys": keys.NewKeys(window, runner, clock, profile),
        "care-back-up": copies.BackUp(window, runner, clock, subject),
        "care-restore": copies.Restore(window, runner, clock, subject),
        "care-verify": copies.Verify(window, runner, subject),
        "care-put-out": copies.Export(window, runner, clock, subject),
        "care-close": ending.CloseInspection(window, runner, subject),
        "care-keep": ending.KeepUntil(window, runner, subject),
        "care-destroy": ending.Destroy(window, runner, clock, subject),
    }
    for name, dialog in dialogs.items():
        dialog.show()
        drawing.grab(name, dialog)
        dialog.done(0)

"""Care of copies: carried to a folder, gone back to, checked, and put out to be read elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QCheckBox, QPlainTextEdit

from app.domain.dates import short_date
from app.operations.backups import carry_away, list_backups, restore
from app.operations.verify import rebuild_derived, verify
from app.operations.whole_export import NOT_ENCRYPTED, put_everything_out
from app.ui.care.step import StepDialog
from app.ui.widgets.fitting import fit
from app.ui.widgets.folder_field import FolderField
from app.ui.widgets.rows import Row, RowsView

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from app.clock import Clock
    from app.operations.verify import Integrity
    from app.operations.whole_export import PutOut
    from app.ui.care.subject import Subject
    from app.ui.going import Going
    from app.ui.runner import Runner

_MEGABYTE: Final = 1_000_000


def _when(made: datetime) -> str:
    here = made.astimezone()
    return f"{short_date(here.date().isoformat())} {here:%Y, %H:%M}"


class BackUp(StepDialog):
    """Carries an encrypted copy to a folder, to be kept elsewhere."""

    def __init__(self, parent: QWidget, runner: Runner, clock: Clock, subject: Subject) -> None:
        """Ask for the folder."""
        super().__init__(
            parent,
            runner,
            f"An encrypted copy of {subject.name}, with its attachments, is written into a new "
            "folder there, opened and counted. The passphrase of this profile opens it.",
            "Back up",
        )
        self.setWindowTitle("Back up to a folder")
        self._clock, self._subject = clock, subject
        self.folder = FolderField("Into this &folder")
        self.body.addWidget(self.folder)
        self.body.addStretch(1)
        self.folder.setFocus()

    def act(self) -> None:
        """Write it."""
        target = self.folder.folder
        if target is None or not target.is_dir():
            self.refuse("Choose a folder that is there, on a stick for example.")
            return
        subject, clock = self._subject, self._clock
        self.start(
            lambda going: carry_away(subject.profile, subject.row.id, target, clock, going.tell),
            self._on_made,
            can_stop=True,
        )

    def _on_made(self, made: Path) -> None:
        self.finish(
            f"{made} was written and found whole. It is encrypted: the passphrase of this profile "
            "opens it."
        )


class Restore(StepDialog):
    """Goes back to one of the backups that the laptop keeps."""

    def __init__(self, parent: QWidget, runner: Runner, clock: Clock, subject: Subject) -> None:
        """List them."""
        super().__init__(
            parent,
            runner,
            f"{subject.name} goes back to the backup that is chosen. What was written since is "
            "kept as a backup of its own. This laptop goes on under a new identity, so a team has "
            "to admit it again.",
            "Restore this backup",
        )
        self.setWindowTitle("Restore a backup")
        self._clock, self._subject = clock, subject
        self.list = RowsView("Backups")
        self.list.nothing = (
            "There are no backups yet. One is made at every lock, and every hour that something "
            "is written."
        )
        self.body.addWidget(self.list)
        fit(self, 36, 24)
        self.start(
            lambda _going: [
                Row(
                    one.stamp,
                    _when(one.made),
                    f"{max(0.1, one.size / _MEGABYTE):,.1f} MB",
                )
                for one in list_backups(subject.profile, subject.row.id)
            ],
            self._on_listed,
        )

    def act(self) -> None:
        """Restore it."""
        stamp, subject, clock = self.list.current_key, self._subject, self._clock
        if not stamp:
            self.refuse("Choose a backup first.")
            return
        self.start(
            lambda _going: restore(subject.profile, subject.row.id, stamp, clock),
            lambda changes: self.finish(
                f"The backup was restored: {changes:,} changes. What stood there before is among "
                "the backups. This laptop goes on under a new identity."
            ),
        )

    def _on_listed(self, rows: list[Row]) -> None:
        self.list.show_rows(rows)
        self.go.setEnabled(bool(rows))
        if rows:
            self.list.make_current(rows[0].key)
        self.list.setFocus()


class Verify(StepDialog):
    """Asks every part of an inspection whether it is whole; nothing is changed."""

    def __init__(self, parent: QWidget, runner: Runner, subject: Subject) -> None:
        """Say what is looked at."""
        super().__init__(
            parent,
            runner,
            f"Every page, change, signature, attachment and backup of {subject.name} is looked "
            "at. Nothing is changed. It can take a few minutes.",
            "Check",
        )
        self.setWindowTitle("Check that it is whole")
        self._subject = subject
        self._mends = False
        self.found = QPlainTextEdit()
        self.found.setReadOnly(True)
        self.found.setAccessibleName("What was found")
        self.found.hide()
        self.body.addWidget(self.found, 1)
        self.body.addStretch(0)

    def act(self) -> None:
        """Check, or make anew what can be."""
        subject = self._subject
        if self._mends:
            self.start(
                lambda going: rebuild_derived(subject.profile, subject.row.id, going.moved.emit),
                self._on_checked,
            )
            return
        self.start(
            lambda going: verify(subject.profile, subject.row.id, going.moved.emit, going.stopped),
            self._on_checked,
            can_stop=True,
        )

    def _on_checked(self, found: Integrity) -> None:
        lines = [
            line
            for part in found.parts
            for line in (
                f"{part.name}: {part.state}",
                *(f"    {one}" for one in part.found),
                *([f"    {part.advice}"] if part.advice else []),
            )
        ]
        self.found.setPlainText("\n".join(lines))
        self.found.show()
        fit(self, 36, 24)
        if found.is_whole:
            self.finish("The inspection is whole.")
        elif found.only_derived_differs and self._subject.session is None:
            self._mends = True
            self.go.setText("Make records and search anew")
            self.said.say(
                "Only what is made from the changes is wrong. It can be made anew; no change is "
                "touched.",
                is_problem=True,
            )
        else:
            self.finish(
                "The inspection is not whole, or not all of it was looked at. Nothing was changed."
            )


class Export(StepDialog):
    """Puts everything out, readable without Siteweek."""

    def __init__(self, parent: QWidget, runner: Runner, clock: Clock, subject: Subject) -> None:
        """Ask for the folder, and for it to be noted that nothing protects what lies there."""
        super().__init__(
            parent,
            runner,
            f"All of {subject.name} is written into a new folder there: every record as "
            "inspection JSON, the brief and the letter as Word, PDF and web page, and the "
            "attachments. Deleted records and real names are in it.",
            "Put everything out",
        )
        self.setWindowTitle("Put everything out")
        self._clock, self._subject = clock, subject
        self.folder = FolderField("Into this &folder")
        self.known = QCheckBox("I know that these files are not encrypted")
        self.body.addWidget(self.folder)
        self.body.addWidget(self.known)
        self.body.addStretch(1)
        self.folder.setFocus()

    def act(self) -> None:
        """Write it."""
        target = self.folder.folder
        if target is None or not target.is_dir():
            self.refuse("Choose a folder that is there.")
            return
        if not self.known.isChecked():
            self.refuse("Note first that these files are not encrypted.")
            return
        subject, clock = self._subject, self._clock

        def put(going: Going) -> PutOut:
            with subject.inspection(for_reading=True) as inspection:
                return put_everything_out(inspection, target, clock, going.tell_part)

        self.start(put, self._on_put, can_stop=True)

    def _on_put(self, made: PutOut) -> None:
        files = "1 file" if made.files == 1 else f"{made.files:,} files"
        self.finish(
            " ".join([f"{made.folder} was written: {files}. {NOT_ENCRYPTED}", *made.problems])
        )

"""Care of an inspection's end: closed, reopened, kept until a day, destroyed with a certificate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QCheckBox, QDateEdit, QFormLayout, QLineEdit, QWidget

from app.domain.dates import long_date
from app.operations.certificates import prepare_folder, write_certificate
from app.operations.closing import close_inspection, keep_until, reopen_inspection
from app.operations.disposal import certified, destroy, look
from app.operations.disposal_order import Wish, require_due
from app.ui.care.step import StepDialog
from app.ui.widgets.fitting import fit
from app.ui.widgets.folder_field import FolderField

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.clock import Clock
    from app.domain.changes import Changes
    from app.domain.disposal import Order
    from app.operations.profile import Profile
    from app.operations.work import Work
    from app.ui.care.subject import Subject
    from app.ui.going import Going
    from app.ui.runner import Runner

_YEARS: Final = 6  # offered where no day is set; a person decides


def _count(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number:,} {what}s"


class _WithReason(StepDialog):
    """Does one thing that is noted with a reason."""

    def __init__(
        self, parent: QWidget, runner: Runner, subject: Subject, sentence: str, doing: str
    ) -> None:
        super().__init__(parent, runner, sentence, doing)
        self.subject = subject
        self.fields = QWidget()
        self.form = QFormLayout(self.fields)
        self.form.setContentsMargins(0, 0, 0, 0)
        self.reason = QLineEdit()
        self.reason.setAccessibleName("Reason")
        self.form.addRow("&Reason", self.reason)
        self.body.addWidget(self.fields)
        self.body.addStretch(1)
        self.reason.setFocus()

    def note(self, verb: Callable[[Work, str], Changes], ended: str) -> None:
        reason = self.reason.text().strip()
        if not reason:
            self.refuse("Give a reason: it is kept.")
            return

        def noted(changes: Changes) -> None:
            self.subject.tell(changes)
            self.finish(ended)

        self.start(lambda _going: self.subject.do(lambda work: verb(work, reason)), noted)


class CloseInspection(_WithReason):
    """Closes it: it can be read and put out, and nothing in it changed."""

    def __init__(self, parent: QWidget, runner: Runner, subject: Subject) -> None:
        """Ask why."""
        super().__init__(
            parent,
            runner,
            subject,
            f"{subject.name} can be read and put out from then on, and nothing in it changed. The "
            "closing says what was held at that moment and is signed by this laptop. It can be "
            "reopened with a reason.",
            "Close the inspection",
        )
        self.setWindowTitle("Close the inspection")

    def act(self) -> None:
        """Close it."""
        self.note(
            close_inspection,
            "The inspection is closed. Reopen it with Care, Reopen with a reason.",
        )


class Reopen(_WithReason):
    """Opens it again after it was closed."""

    def __init__(self, parent: QWidget, runner: Runner, subject: Subject) -> None:
        """Ask why."""
        super().__init__(
            parent,
            runner,
            subject,
            f"{subject.name} can be written in again. That it was closed stays in its history, "
            "with this reason.",
            "Reopen",
        )
        self.setWindowTitle("Reopen with a reason")

    def act(self) -> None:
        """Reopen it."""
        self.note(reopen_inspection, "The inspection is open again.")


class KeepUntil(_WithReason):
    """Says until which day it is to be kept."""

    def __init__(self, parent: QWidget, runner: Runner, subject: Subject) -> None:
        """Ask for the day, and why."""
        super().__init__(
            parent,
            runner,
            subject,
            f"{subject.name} is to be kept until a day. Nothing happens on that day but that the "
            "list says so.",
            "Keep until that day",
        )
        self.setWindowTitle("Keep until")
        held = QDate.fromString(subject.row.keep_until, Qt.DateFormat.ISODate)
        self.day = QDateEdit(held if held.isValid() else QDate.currentDate().addYears(_YEARS))
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("d MMMM yyyy")
        self.day.setAccessibleName("Keep until")
        self.form.insertRow(0, "&Until", self.day)
        self.day.setFocus()

    def act(self) -> None:
        """Set it."""
        day = self.day.date().toString(Qt.DateFormat.ISODate)
        self.note(
            lambda work, reason: keep_until(work, day, reason),
            f"The inspection is to be kept until {long_date(day)}. The list says so.",
        )


class Destroy(StepDialog):
    """Destroys this laptop's copy for good, once its name was typed, and writes a certificate."""

    def __init__(self, parent: QWidget, runner: Runner, clock: Clock, subject: Subject) -> None:
        """Look at what would go."""
        super().__init__(parent, runner, "Looking at what would go …", "Destroy on this laptop")
        self.setWindowTitle("Destroy on this laptop")
        self._clock, self._subject = clock, subject
        self._order: Order | None = None
        self.fields = QWidget()
        form = QFormLayout(self.fields)
        form.setContentsMargins(0, 0, 0, 0)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.reason = QLineEdit()
        self.reason.setAccessibleName("Reason")
        self.by = QLineEdit(placeholderText="Who uses this laptop")
        self.by.setAccessibleName("Ordered by")
        self.with_area = QCheckBox("Name area and theme in the certificate")
        self.early = QCheckBox("Also before its keep-until day is over")
        self.folder = FolderField("The &certificate goes into this folder, outside the profile")
        self.word = QLineEdit()
        self.word.setAccessibleName("Its name, to destroy it")
        form.addRow("&Reason, for the certificate", self.reason)
        form.addRow("Ordered &by", self.by)
        form.addRow("", self.with_area)
        form.addRow("", self.early)
        form.addRow(self.folder)
        form.addRow("Type its &name, to destroy it", self.word)
        self.body.addWidget(self.fields)
        self.body.addStretch(1)
        self.word.textChanged.connect(lambda _text: self._allow())
        fit(self, 42, 26)
        self.early.hide()
        self.start(lambda _going: look(subject.profile, subject.row.id, clock), self._on_looked)

    def act(self) -> None:
        """Destroy it, if all that it takes was said."""
        order, folder, subject, clock = self._order, self.folder.folder, self._subject, self._clock
        if order is None or not self._is_named:
            self.refuse("Type its name as it stands above. Nothing was destroyed.")
            return
        if folder is None:
            self.refuse("Choose where the certificate goes. Nothing was destroyed.")
            return
        wish = (
            self.reason.text().strip(),
            self.by.text().strip(),
            self.with_area.isChecked(),
            self.early.isChecked(),
        )

        def go(going: Going) -> tuple[list[Path], tuple[str, ...]]:
            said = Wish(wish[0], wish[1], names_area=wish[2], is_early=wish[3])
            require_due(order, said, clock)
            prepare_folder(folder, subject.profile.folder)
            going.moved.emit("keys first, then files", 0, 0)
            done = destroy(subject.profile, subject.row.id, said, clock)
            return write_certificate(done, folder), done.outcome.left

        self.start(go, self._on_destroyed)

    @property
    def _is_named(self) -> bool:
        order = self._order
        if order is None:
            return False
        return self.word.text().strip() in {self._subject.row.id, order.area.strip()} - {""}

    def _on_looked(self, seen: Order) -> None:
        self._order = seen
        if seen.unreadable:
            found = f"This inspection can’t be opened: {seen.unreadable}"
        else:
            closed = f"closed on {long_date(seen.closed_at)}" if seen.closed_at else "not closed"
            kept = (
                f"keep until {long_date(seen.keep_until)}" if seen.keep_until else "no keep-until"
            )
            found = (
                f"{seen.area or 'No area'} · {seen.theme or 'no theme'} · {closed} · {kept}.\n"
                f"{_count(seen.records, 'record')}, {_count(seen.attachments, 'attachment')}, "
                f"{_count(seen.backups, 'backup')}. Known to have a copy: "
                f"{_count(len(seen.other_devices), 'other laptop')}."
            )
        self.what.setText(
            f"{found}\n\nThis laptop’s copy will be destroyed, and what exists only here with it. "
            "This can’t be taken back. Put it out first if it is to be kept."
            + ("" if seen.area.strip() else f"\nIts name here: {self._subject.row.id}")
        )
        self.grow()
        self.early.setVisible(bool(seen.keep_until) and not self._subject.row.is_due)
        self._allow()
        self.reason.setFocus()

    def _on_destroyed(self, found: tuple[list[Path], tuple[str, ...]]) -> None:
        files, left = found
        told = ["The inspection was destroyed on this laptop."]
        told += [f"This still bears its id: {one}." for one in left]
        told.append(f"The certificate: {files[0]} and {files[1].name}.")
        self.finish(" ".join(told))

    def _allow(self) -> None:
        self.go.setEnabled(self._is_named)


class Certificates(StepDialog):
    """Writes the certificates of what was destroyed here earlier once more."""

    def __init__(self, parent: QWidget, runner: Runner, profile: Profile) -> None:
        """Ask for the folder."""
        super().__init__(
            parent,
            runner,
            "The certificates of every inspection that was destroyed in this profile are written "
            "again. Nothing is destroyed.",
            "Write certificates",
        )
        self.setWindowTitle("Write certificates again")
        self._profile = profile
        self.folder = FolderField("Into this &folder, outside the profile")
        self.body.addWidget(self.folder)
        self.body.addStretch(1)
        self.folder.setFocus()

    def act(self) -> None:
        """Write them."""
        folder, profile = self.folder.folder, self._profile
        if folder is None:
            self.refuse("Choose a folder first.")
            return

        def write(_going: Going) -> int:
            prepare_folder(folder, profile.folder)
            held = certified(profile)
            for one in held:
                write_certificate(one, folder)
            return len(held)

        self.start(write, self._on_written)

    def _on_written(self, count: int) -> None:
        if count:
            many = "1 certificate was" if count == 1 else f"{count:,} certificates were"
            self.finish(f"{many} written into {self.folder.folder}, as PDF and JSON.")
        else:
            self.finish("Nothing was destroyed in this profile, so there is no certificate.")

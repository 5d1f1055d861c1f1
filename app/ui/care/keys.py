"""Care of what opens the profile: its passphrase, its recovery sheet, all of its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox

from app.operations.key_changes import OLDER_COPIES, change_passphrase, is_protected
from app.operations.recovery import confirm_recovery, has_recovery, make_recovery, vault_of
from app.operations.rotation import Course, prepare_rotation, renew_backups, rotate
from app.ui.care.step import StepDialog
from app.ui.widgets.fitting import fit
from app.ui.widgets.passphrase_form import PassphraseForm
from app.ui.widgets.recovery_form import Drawn, RecoveryForm

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.clock import Clock
    from app.operations.profile import Profile
    from app.operations.recovery import PendingRecovery
    from app.operations.rotation import Rotation
    from app.ui.going import Going
    from app.ui.runner import Runner

_OLDER = OLDER_COPIES.replace("siteweek passwd --rotate", "Care, New keys for everything")


def _about(profile: Profile) -> list[str]:
    return [word for row in profile.inspections() for word in (row.area, row.theme) if word]


class ChangePassphrase(StepDialog):
    """Puts another passphrase in place of the present one."""

    def __init__(self, parent: QWidget, runner: Runner, profile: Profile) -> None:
        """Ask for the new one twice."""
        super().__init__(
            parent,
            runner,
            "The new passphrase opens everything from the next time on. The recovery sheet stays "
            "as it is, and your notes are not touched.",
            "Change the passphrase",
        )
        self.setWindowTitle("Change the passphrase")
        self._profile = profile
        self.form = PassphraseForm(runner)
        self.form.submitted.connect(self.act)
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        fit(self, 36, 22)
        self.form.setFocus()

    def act(self) -> None:
        """Change it."""
        if self.form.problem:
            self.refuse(self.form.problem)
            return
        profile, words = self._profile, self.form.words

        def change(_going: Going) -> tuple[bool, bool]:
            was_protected = is_protected(profile)
            return was_protected, change_passphrase(profile, words, _about(profile))

        self.start(change, self._on_changed)

    def _on_changed(self, found: tuple[bool, bool]) -> None:
        was_protected, still = found
        lost = " The computer’s key store has lost its secret, so it protects no more."
        self.form.clear()
        self.finish(
            f"The passphrase was changed. {_OLDER}.{lost if was_protected and not still else ''}"
        )

    def done(self, result: int) -> None:
        """Keep no passphrase."""
        self.form.clear()
        super().done(result)


class NewSheet(StepDialog):
    """Makes a recovery key, has it printed and typed back, and only then lets it open anything."""

    def __init__(self, parent: QWidget, runner: Runner, clock: Clock, profile: Profile) -> None:
        """Draw a key and offer the sheet."""
        super().__init__(
            parent,
            runner,
            "A new recovery key is printed and typed back from the paper. From then on it opens "
            "the profile, and an earlier sheet opens it no more.",
            "Take the new key in",
        )
        self.setWindowTitle("New recovery sheet")
        self._profile = profile
        self._pending: PendingRecovery | None = None
        self.form = RecoveryForm(runner, clock)
        self.form.changed.connect(self._allow)
        self.form.submitted.connect(self.act)
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        fit(self, 38, 18)
        self.start(lambda _going: self._draw(), self._on_drawn)

    def act(self) -> None:
        """Take the key in, if it was typed back."""
        pending, typed = self._pending, self.form.typed
        if pending is None or not self.form.is_ready:
            self.refuse("Print the sheet, type its key back, and put it away first.")
            return
        self.start(
            lambda _going: confirm_recovery(pending, typed),
            lambda _none: self.finish(
                "The recovery key opens the profile from now on. Earlier ones open it no more."
            ),
        )

    def _draw(self) -> tuple[PendingRecovery, Drawn]:
        pending = make_recovery(self._profile)
        return pending, Drawn(pending.text, vault_of(self._profile))

    def _on_drawn(self, found: tuple[PendingRecovery, Drawn]) -> None:
        self._pending, drawn = found
        self.form.offer(drawn)
        self._allow()
        self.form.setFocus()

    def _allow(self) -> None:
        self.go.setEnabled(self._pending is not None and self.form.is_ready)

    def done(self, result: int) -> None:
        """Keep no key."""
        self.form.clear()
        super().done(result)


class NewKeys(StepDialog):
    """Gives the profile and every inspection new keys, all or nothing."""

    def __init__(self, parent: QWidget, runner: Runner, clock: Clock, profile: Profile) -> None:
        """Ask for a passphrase; then for the new sheet to be printed, unless nobody wants one."""
        super().__init__(
            parent,
            runner,
            "For when an older copy of this laptop’s files and an older passphrase may be in the "
            "wrong hands. Every inspection is written anew under new keys, which takes a while and "
            "room on the disk. Older backups and the present recovery sheet open nothing "
            "afterwards; fresh backups are made.",
            "Go on to the sheet",
        )
        self.setWindowTitle("New keys for everything")
        self._profile, self._clock = profile, clock
        self._rotation: Rotation | None = None
        self.form = PassphraseForm(runner)
        self.form.submitted.connect(self.act)
        self.drop = QCheckBox("Go on without a recovery sheet")
        self.drop.toggled.connect(lambda _is_on: self._name_button())
        self.sheet = RecoveryForm(runner, clock)
        self.sheet.changed.connect(self._allow)
        self.sheet.submitted.connect(self.act)
        self.sheet.hide()
        for one in (self.form, self.drop, self.sheet):
            self.body.addWidget(one)
        self.body.addStretch(1)
        fit(self, 40, 26)
        self.form.setFocus()

    def act(self) -> None:
        """Prepare, or once the sheet is on paper, rotate."""
        rotation = self._rotation
        if rotation is not None:
            if self.sheet.is_ready:
                typed = self.sheet.typed
                self.start(
                    lambda going: self._rotate(rotation, going, typed),
                    self._on_rotated,
                    can_stop=True,
                )
            return
        if self.form.problem:
            self.refuse(self.form.problem)
            return
        profile, words, wants_sheet = self._profile, self.form.words, not self.drop.isChecked()
        self.start(
            lambda _going: prepare_rotation(
                profile, words, with_recovery=wants_sheet, about=_about(profile)
            ),
            self._on_prepared,
        )

    def _on_prepared(self, rotation: Rotation) -> None:
        self._rotation = rotation
        if not rotation.recovery_text:
            self.start(
                lambda going: self._rotate(rotation, going, ""), self._on_rotated, can_stop=True
            )
            return
        self.form.hide()
        self.drop.hide()
        self.sheet.show()
        self.grow()
        self.sheet.offer(Drawn(rotation.recovery_text, rotation.vault_id))
        self._name_button()
        self._allow()
        self.sheet.setFocus()

    def _rotate(self, rotation: Rotation, going: Going, typed: str) -> list[str]:
        profile, clock = self._profile, self._clock
        if typed:
            rotation.confirm(typed)
        course = Course(
            lambda one: renew_backups(profile, one, clock),
            lambda done, total: going.moved.emit("Writing stores anew", done, total),
            going.stopped,
        )
        return rotate(profile, rotation, course)

    def _on_rotated(self, problems: list[str]) -> None:
        done = (
            "The profile and every inspection have new keys. What is written from now on opens "
            "with no older key or passphrase."
        )
        told = [done]
        if not has_recovery(self._profile):
            told.append("There is no recovery key now. Make one: Care, New recovery sheet.")
        self.form.clear()
        self.sheet.clear()
        self.finish(" ".join([*told, *problems]))

    def _name_button(self) -> None:
        is_last = self._rotation is not None or self.drop.isChecked()
        self.go.setText("Give everything new keys" if is_last else "Go on to the sheet")

    def _allow(self) -> None:
        self.go.setEnabled(self._rotation is None or self.sheet.is_ready)

    def done(self, result: int) -> None:
        """Keep no secret."""
        self.form.clear()
        self.sheet.clear()
        super().done(result)

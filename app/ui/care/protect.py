"""Care of the profile on a stolen disk: the computer's own key store beside the passphrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.operations.key_changes import is_protected, protect_with_system, unprotect
from app.ui.care.step import StepDialog
from app.ui.widgets.labels import label
from app.ui.widgets.secret_field import SecretField

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.operations.profile import Profile
    from app.ui.going import Going
    from app.ui.runner import Runner


class Protect(StepDialog):
    """Lets a secret in this computer's key store be needed too, or no longer."""

    def __init__(self, parent: QWidget, runner: Runner, profile: Profile) -> None:
        """Look how it is; ask for the present passphrase."""
        super().__init__(parent, runner, "Looking how it is …", "Need the key store too")
        self.setWindowTitle("This computer’s key store")
        self._profile = profile
        self._is_protected = False
        self.field = SecretField("Present passphrase")
        self.field.returnPressed.connect(self.act)
        self.body.addWidget(label("Your present &passphrase", buddy=self.field))
        self.body.addWidget(self.field)
        self.body.addWidget(self.field.caps)
        self.body.addStretch(1)
        self.start(lambda _going: is_protected(profile), self._on_looked)

    def act(self) -> None:
        """Change how it is."""
        words, profile, was = self.field.text(), self._profile, self._is_protected
        if not words:
            self.refuse("Type your present passphrase first.")
            return

        def change(_going: Going) -> None:
            (unprotect if was else protect_with_system)(profile, words)

        self.start(change, self._on_changed)

    def _on_looked(self, was: bool) -> None:  # noqa: FBT001 - an answer
        self._is_protected = was
        if was:
            self.what.setText(
                "The profile opens with the passphrase and a secret in this computer’s key store. "
                "Without the secret the passphrase alone opens it again, also from a stolen disk."
            )
            self.go.setText("Need the passphrase alone")
        else:
            self.what.setText(
                "From then on the profile also needs a secret that this computer’s key store "
                "keeps. A stolen disk alone can then not be guessed at. You go on typing the "
                "passphrase. The recovery key goes without the secret, so there has to be one."
            )
        self.grow()
        self.field.setFocus()

    def _on_changed(self, _none: None) -> None:
        self.field.clear()
        self.finish(
            "The passphrase alone opens the profile again."
            if self._is_protected
            else "From now on the profile also needs this computer’s key store."
        )

    def done(self, result: int) -> None:
        """Keep no passphrase."""
        self.field.clear()
        super().done(result)

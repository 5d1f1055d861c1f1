"""Two profiles, as two people type at them; one has an inspection."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.clock import SystemClock
from app.crypto import keyring
from app.crypto.files import write_key_file
from app.crypto.passphrase import RELEASE_POLICY
from app.operations.profile import Profile
from tests.cli.conftest import PASSPHRASE, plain

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


class Two:
    """Asha leads; Ben joins."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.first, self.second = folder / "asha", folder / "ben"
        self.secret = folder / "words"
        self.secret.write_text(PASSPHRASE + "\n")
        self.invitation = folder / "invitation"
        self.request, self.admission = folder / "request", folder / "admission"
        self.id = _profile(self.first).create_inspection({"area": "Wexcombe"})
        _profile(self.second)

    def run(self, profile: Path, *typed: object) -> Result:
        return plain("--profile", profile, "--passphrase-file", self.secret, *typed)

    def asha(self, *typed: object) -> str:
        return self._typed(self.first, *typed)

    def ben(self, *typed: object) -> str:
        return self._typed(self.second, *typed)

    def ask(self) -> str:
        """Invite and ask; return the words that Ben was shown."""
        who = ("--name", "Asha Patel", "--inspectorate", "Ofsted", "--laptop", "one")
        self.asha("invite", self.id, *who, "--out", self.invitation)
        who = ("--name", "Ben Okafor", "--inspectorate", "CQC", "--laptop", "two")
        said = self.ben("request", self.invitation, *who, "--out", self.request)
        found = re.search(r"^  (\S+(?: \S+){11})$", said, re.MULTILINE)
        assert found is not None, said
        return found[1]

    def join(self) -> None:
        words = self.ask()
        how = ("--heard", words, "--checked", "in person", "--out", self.admission)
        self.asha("admit", self.id, self.request, *how)
        self.ben("join", self.id, self.admission)

    def mailbox(self, database: Path) -> Path:
        """A file with the code of a mailbox that was opened on a relay's database."""
        said = plain("relay", "--database", f"sqlite:///{database}", "--admin", "open")
        code = re.search(r"[0-9A-Z-]{26,}", said.output)
        assert code is not None, said.output
        kept = self.folder / "code"
        kept.write_text(code[0] + "\n")
        return kept

    def _typed(self, profile: Path, *typed: object) -> str:
        result = self.run(profile, *typed)
        assert result.exit_code == 0, result.output
        return result.stdout


def _profile(folder: Path) -> Profile:
    """A profile that costs the least work a release accepts."""
    folder.mkdir()
    sealed, master = keyring.create(PASSPHRASE, RELEASE_POLICY.floor)
    write_key_file(folder / "keyring", sealed)
    return Profile(folder, master, SystemClock())

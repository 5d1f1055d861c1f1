"""A profile with the demo inspection, made once; commands run in this process, as typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pytest
from click.testing import CliRunner

from app.clock import SystemClock
from app.crypto import keyring
from app.crypto.files import write_key_file
from app.crypto.passphrase import RELEASE_POLICY
from app.operations.demo import demo_document
from app.operations.profile import Profile
from app.start import read_commands, siteweek
from tests.operations.quick import UNCOUNTED

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

    from app.operations.inspection import Inspection

read_commands()  # the group reads them when one is asked for; tests ask it what there is

PASSPHRASE: Final = "clover anvil parade mustard fjord"  # noqa: S105 - a sample that guards nothing


@dataclass
class Typed:
    """What can be typed at a profile: arguments in, output and exit status out."""

    folder: Path
    secret: Path
    inspection: str = ""

    def run(self, *arguments: object, typed: str | bytes | None = None) -> Result:
        """Run a command on the profile with its passphrase from the file."""
        options = ("--profile", self.folder, "--passphrase-file", self.secret)
        return plain(*options, *arguments, typed=typed)

    def listing(self) -> list[str]:
        """Everything in the profile's folder but locks and the counter of failures."""
        return sorted(
            one.relative_to(self.folder).as_posix()
            for one in self.folder.rglob("*")
            if one.name not in UNCOUNTED
        )


def plain(*arguments: object, typed: str | bytes | None = None) -> Result:
    """Run a command exactly as given; the window and the screens are only told of."""
    return CliRunner().invoke(siteweek, [str(one) for one in arguments], typed, obj=(_open, _draw))


def refused(result: Result, status: int) -> str:
    """The one sentence with which a command refused, and nothing on standard output."""
    assert result.exit_code == status, result.output
    assert result.stdout == ""
    said = result.stderr.removeprefix("siteweek: ")
    assert said != result.stderr
    assert said.endswith("\n")
    assert said.count("\n") == 1
    return said.strip()


def _open(folder: Path) -> int:
    print(f"a window on {folder}")  # noqa: T201 - what it would show
    return 7


def _draw(inspection: Inspection, folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "screen.png").write_text(inspection.id)
    return [folder / "screen.png"]


@pytest.fixture(scope="package")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Typed:
    """The demo inspection in a profile that costs the least work a release accepts."""
    parent = tmp_path_factory.mktemp("cli")
    folder, secret = parent / "profile", parent / "passphrase.txt"
    folder.mkdir()
    sealed, master = keyring.create(PASSPHRASE, RELEASE_POLICY.floor)
    write_key_file(folder / "keyring", sealed)
    secret.write_text(PASSPHRASE + "\n")
    made = Profile(folder, master, SystemClock()).take_in(demo_document())
    return Typed(folder, secret, made)

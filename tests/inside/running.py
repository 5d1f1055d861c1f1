"""The real app in a process of its own, offscreen, and a line to it that survives a lock."""

from __future__ import annotations

import ast
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.clock import SystemClock
from app.crypto import keyring
from app.crypto.files import write_key_file
from app.crypto.passphrase import RELEASE_POLICY
from app.operations.demo import demo_document
from app.operations.profile import Profile

if TYPE_CHECKING:
    from collections.abc import Callable

PASSPHRASE: Final = "quagga lantern seven meadow orbit"  # noqa: S105 - a sample that guards nothing
ROOT: Final = Path(__file__).resolve().parents[2]
LONG: Final = 60.0  # seconds; deriving a key takes about one on purpose


def make_profile(folder: Path) -> Profile:
    """A profile that costs the least work a release accepts, with the demo inspection in it."""
    for one in (folder, folder / "inspections"):
        one.mkdir(mode=0o700)
    sealed, master = keyring.create(PASSPHRASE, RELEASE_POLICY.floor)
    write_key_file(folder / "keyring", sealed)
    made = Profile(folder, master, SystemClock())
    made.take_in(demo_document())
    return made


class Running:
    """One app on one profile. Close it at the end."""

    def __init__(self, profile: Path, scratch: Path, home: Path | None = None) -> None:
        self._socket = scratch / "line"
        self._errors = (scratch / "errors").open("w+")
        inherited = {
            name: value
            for name, value in os.environ.items()
            if name not in {"PYTHONPATH", "DBUS_SESSION_BUS_ADDRESS"}
        }
        if home is not None:
            # Wherever a program of this user would leave something.
            inherited = {one: inherited[one] for one in ("PATH", "LANG") if one in inherited}
            inherited["HOME"] = str(home)
        self.process = subprocess.Popen(
            [sys.executable, "-B", "-m", "app", "--profile", str(profile)],
            env={
                **inherited,
                "PYTHONPATH": os.pathsep.join((str(ROOT / "tests" / "inside"), str(ROOT))),
                "SITEWEEK_TEST_SOCKET": str(self._socket),
                "QT_QPA_PLATFORM": "offscreen",
                # No real session may lock the app of a test.
                "DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nowhere",
            },
            stdout=self._errors,
            stderr=self._errors,
            cwd=scratch,
        )

    def say(self, code: str) -> object:
        """Evaluate an expression on the app's interface thread."""
        answer = self._ask(code)
        assert not answer.startswith("!"), answer
        return ast.literal_eval(answer)

    def tell(self, code: str) -> None:
        """Say something to which there may be no answer: it may end the process."""
        self._ask(code)

    def wait(self, code: str, wanted: Callable[[object], bool] = bool) -> float:
        """Ask again until the answer is as wanted; return how long that took."""
        began = time.monotonic()
        answer = ""
        while time.monotonic() - began < LONG:
            assert self.process.poll() is None, (self.process.returncode, self.errors())
            answer = self._ask(code)
            if not answer.startswith("!") and wanted(ast.literal_eval(answer)):
                return time.monotonic() - began
            time.sleep(0.01)
        raise AssertionError(f"{code} stayed {answer}: {self.errors()}")

    def errors(self) -> str:
        """Everything the app has written to its standard streams."""
        return Path(self._errors.name).read_text()

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        self._errors.close()

    def _ask(self, code: str) -> str:
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(LONG)
                line.connect(str(self._socket))
                line.sendall(code.encode() + b"\n")
                with line.makefile() as answers:
                    return answers.readline().strip() or "!gone"
        except OSError:
            return "!not there"

"""Makes the virtual environment ready: pinned dependencies, and the libraries Qt needs on Debian.

Runs on a bare Python 3.11 or later, so it uses the standard library alone. On Debian as root it
installs missing system packages; otherwise it names them and the command that installs them.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
import venv
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
READY = ENVIRONMENT / "ready"
BIN = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")

# Shared library → the Debian package that has it. Qt's wheels bring the rest.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-shape.so.0": "libxcb-shape0",
}
# Spelling is checked by the system's dictionaries; elsewhere they come with the wheel.
SPELLING_LIBRARIES = {"libenchant-2.so.2": "libenchant-2-2"}
DICTIONARY = ("/usr/share/hunspell/en_GB.dic", "hunspell-en-gb")
# Tests read PDFs back with poppler, and cut the power and fail the disk with strace; without a
# font Qt draws boxes for letters.
TOOLS = {"pdftotext": "poppler-utils", "strace": "strace"}
# The relay is tried over PostgreSQL too. Debian keeps its server's programs off the path.
POSTGRESQL = "/usr/lib/postgresql"
POSTGRESQL_PACKAGE = "postgresql"
FONT_PACKAGE = "fonts-dejavu-core"
VENV_PACKAGE = "python3-venv"
OLDEST = (3, 11)


def main() -> None:
    """Set up, or leave with one sentence that says what is missing."""
    if sys.version_info < OLDEST:
        sys.exit(f"Siteweek needs Python 3.11 or later; this is {sys.version.split()[0]}.")
    _system_packages()
    if not (BIN / ("python.exe" if os.name == "nt" else "python")).exists():
        print("Making the virtual environment …", flush=True)
        _make_environment()
    print("Installing the pinned dependencies …", flush=True)
    python = str(BIN / "python")
    pip = [python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    lock = str(ROOT / "requirements.lock")
    # Only wheels whose hashes stand in the lock are taken.
    _run([*pip, "--require-hashes", "--only-binary", ":all:", "-r", lock])
    _run([*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])
    READY.touch()


def _make_environment() -> None:
    try:
        venv.create(ENVIRONMENT, with_pip=True, clear=True)
    except subprocess.CalledProcessError:
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        sys.exit("Python could not make a virtual environment in .venv; see the lines above.")


def _system_packages() -> None:
    if not sys.platform.startswith("linux"):
        return
    missing = sorted(
        {package for library, package in _libraries() if not _has_library(library)}
        | {package for tool, package in TOOLS.items() if shutil.which(tool) is None}
        | (set() if Path(DICTIONARY[0]).exists() else {DICTIONARY[1]})
        | (set() if _has_fonts() else {FONT_PACKAGE})
        | (set() if _has_postgresql() else {POSTGRESQL_PACKAGE})
        | (set() if find_spec("ensurepip") else {VENV_PACKAGE})
    )
    if not missing:
        return
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *missing]
    if shutil.which("apt-get") is None:
        print(f"These system libraries are missing; install them if Qt won’t start: {missing}")
        return
    if os.geteuid() != 0:
        sys.exit(
            f"Some system libraries are missing. Install them with:\n  sudo {' '.join(command)}"
        )
    print(f"Installing system packages: {', '.join(missing)} …", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    _run(["apt-get", "update", "--quiet=2"], quiet)
    _run([*command, "--quiet=2"], quiet)


def _libraries() -> list[tuple[str, str]]:
    return [*QT_LIBRARIES.items(), *SPELLING_LIBRARIES.items()]


def _has_library(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _has_postgresql() -> bool:
    return shutil.which("initdb") is not None or any(Path(POSTGRESQL).glob("*/bin/initdb"))


def _has_fonts() -> bool:
    return any(Path("/usr/share/fonts").rglob("*.ttf")) or any(
        Path("/usr/share/fonts").rglob("*.otf")
    )


def _run(command: list[str], environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(command, check=False, env=environment)
    if done.returncode:
        sys.exit(f"This step failed: {' '.join(command)}")


if __name__ == "__main__":
    main()

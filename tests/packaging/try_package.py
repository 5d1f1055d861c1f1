"""Tries a packaged app as a user without a display would: checks itself, writes the demo letter.

Run after the package is built: `make package`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path


def main() -> None:
    """Leave with status 1 and a sentence when the package does not do its job."""
    program = Path(sys.argv[1]) / ("siteweek.exe" if os.name == "nt" else "siteweek")
    hidden = {"DISPLAY", "WAYLAND_DISPLAY"}
    bare = {name: value for name, value in os.environ.items() if name not in hidden}
    bare["QT_QPA_PLATFORM"] = "offscreen"
    _run([str(program), "--self-check"], bare)
    with tempfile.TemporaryDirectory(prefix="siteweek-package-") as folder:
        out = Path(folder) / "demo"
        _run([str(program), "demo", "--out", str(out), "--no-window"], bare)
        letters = sorted(one.suffix for one in (out / "letter").iterdir())
        if letters != [".docx", ".html", ".pdf"]:
            sys.exit(f"The package wrote {letters} where the letter should be in three formats.")
        if not list((out / "screens").glob("*.png")):
            sys.exit("The package drew no screens.")
    size = sum(one.stat().st_size for one in Path(sys.argv[1]).rglob("*") if one.is_file())
    sys.stdout.write(f"The package works: {size / 1e6:.0f} MB in {sys.argv[1]}.\n")


def _run(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(command, check=False, env=environment)
    if done.returncode:
        sys.exit(f"This failed with status {done.returncode}: {' '.join(command)}")


if __name__ == "__main__":
    main()

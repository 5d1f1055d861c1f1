"""The same day where a real window server stands between.

Off screen, windows are active when they say so and keys go where they are sent. A server hands out
focus and keys by its own rules; what was lived by keys off screen has to hold there as well.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

_SCREEN = "1366x768x24"  # the smallest laptop that Siteweek is used on
_ROOT = Path(__file__).parents[2]
_SHOWS = "from PySide6.QtWidgets import QApplication; QApplication(['siteweek'])"


@pytest.fixture(scope="module")
def on_display() -> Iterator[dict[str, str]]:
    """An environment in which windows are opened on a display of their own."""
    server, manager = shutil.which("Xvfb"), shutil.which("openbox")
    if server is None or manager is None:
        pytest.skip("this computer has no Xvfb and openbox to open a window with")
    reading, writing = os.pipe()
    display = subprocess.Popen(
        [server, "-displayfd", str(writing), "-screen", "0", _SCREEN, "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    made = {**os.environ, "DISPLAY": f":{number}", "SITEWEEK_TEST_PLATFORM": "xcb"}
    managing = subprocess.Popen([manager], env=made, stderr=subprocess.DEVNULL)
    try:
        tried = {**made, "QT_QPA_PLATFORM": "xcb"}
        if subprocess.run([sys.executable, "-c", _SHOWS], env=tried, check=False).returncode:
            pytest.skip("this computer lacks the libraries that Qt needs for a display")
        yield made
    finally:
        for process in (managing, display):
            process.kill()
            process.wait()


def test_a_day_lived_by_keys_is_lived_in_a_real_window(
    on_display: dict[str, str], tmp_path: Path
) -> None:
    asked = ["-m", "pytest", "-q", "-p", "no:cacheprovider", f"--basetemp={tmp_path / 'lived'}"]
    done = subprocess.run(
        [sys.executable, *asked, str(Path(__file__).with_name("test_day.py"))],
        cwd=_ROOT,
        env=on_display,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout

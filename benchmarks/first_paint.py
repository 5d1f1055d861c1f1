"""How long it takes from the start of the process to the first picture of the lock screen.

Run it as ``python -m benchmarks.first_paint [times]``; without a display it draws off screen.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from app.clock import SystemClock
from app.operations.unlocking import create_profile

_TIMES: Final = 7
_CODE: Final = """
import sys, time
from app.start import *
from PySide6.QtCore import QEvent, QTimer
from app.ui import application, early

class Painted(early.Painted):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            print(time.time(), flush=True)
            self._window.removeEventFilter(self)
            QTimer.singleShot(0, self._window.close)
        return False

application.Painted = Painted
from pathlib import Path
from app.clock import SystemClock
harden()
say_no_values()
sweep_outside()
application.run_window(Path(sys.argv[1]), SystemClock())
"""


def main() -> None:
    """Print the median and the slowest, in milliseconds, and an empty Python's start beside it."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else _TIMES
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "profile"
        create_profile(folder, "clover anvil parade mustard fjord", SystemClock()).close()
        taken = sorted(
            _once([sys.executable, "-c", _CODE, str(folder)], environment) for _ in range(times)
        )
        empty = sorted(
            _once([sys.executable, "-c", "import time; print(time.time())"], environment)
            for _ in range(times)
        )
    print(f"first picture: {statistics.median(taken):.0f} ms (slowest {taken[-1]:.0f})")
    print(f"an empty Python: {statistics.median(empty):.0f} ms")


def _once(command: list[str], environment: dict[str, str]) -> float:
    began = time.time()
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return (float(done.stdout.split()[0]) - began) * 1000


if __name__ == "__main__":
    main()

"""The pictures of the screens are drawn where nobody could look at a window."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_DRAW = """
import sys
from pathlib import Path
from app.clock import SystemClock
from app.operations.inspection import Inspection
from app.ui import screens
from tests.fakes.stores import open_store
inspection = Inspection("0" * 32, open_store(Path(sys.argv[1]) / "store"), SystemClock())
screens._SCHEMES, screens._SCALES = screens._SCHEMES[:1], screens._SCALES[:1]
assert screens.draw_screens(inspection, Path(sys.argv[1]) / "drawn", {"Team"})
inspection.close()
"""


def test_screens_are_drawn_without_a_display(tmp_path: Path) -> None:
    none = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    environment = {name: value for name, value in os.environ.items() if name not in none}
    environment["PYTHONPATH"] = os.pathsep.join(sys.path)
    done = subprocess.run(
        [sys.executable, "-c", _DRAW, str(tmp_path)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert not done.stderr, "nobody is told what Qt says of windows off screen"

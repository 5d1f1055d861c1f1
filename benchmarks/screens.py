"""Draws every screen of the window on the demo inspection: `make screens`."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

# Before Qt is imported: pictures need no display.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from app.clock import SystemClock
from app.operations.demo import demo_document
from app.operations.exchange import take_in
from app.operations.inspection import Inspection
from app.ui.screens import draw_screens
from tests.fakes.stores import open_store


def main() -> None:
    """Draw into the folder named on the command line; all, or the rooms named after it."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build/screens")
    with tempfile.TemporaryDirectory(prefix="screens-") as scratch:
        store = open_store(Path(scratch))
        inspection = Inspection("0" * 32, store, SystemClock())
        try:
            inspection.do(take_in, demo_document())
            for path in draw_screens(inspection, folder, sys.argv[2:]):
                print(path)
        finally:
            inspection.close()


if __name__ == "__main__":
    main()

from __future__ import annotations

import subprocess
import sys

CALLS = 30_000
CODE = f"""
from app.ui.lasting import keep_constants_alive
keep_constants_alive()
keep_constants_alive()
from PySide6.QtCore import QObject, Signal
class Teller(QObject):
    told = Signal(bool)
teller = Teller()
teller.told.connect(lambda _on: None)
for _ in range({CALLS}):
    teller.setObjectName("x")
    teller.told.emit(True)
    teller.told.emit(False)
"""


def test_many_thousand_calls_to_qt_do_not_stop_the_process() -> None:
    ran = subprocess.run([sys.executable, "-c", CODE], check=False, capture_output=True)
    assert ran.returncode == 0, ran.stderr[-300:]

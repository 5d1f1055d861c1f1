"""What every test relies on: no display is needed, and long proofs are a matter of profile."""

from __future__ import annotations

import os

# Before Qt is imported anywhere: tests need no display and must not open windows on one, but for
# those that bring a display of their own (tests/ui/test_on_a_display.py).
os.environ["QT_QPA_PLATFORM"] = os.environ.get("SITEWEEK_TEST_PLATFORM", "offscreen")

import pytest
from hypothesis import HealthCheck, settings

from app.ui.lasting import keep_constants_alive

# The same examples each time, so that a change is judged by what it changes; `make prove` explores.
# No deadline and no count of seconds: a busy machine is not a broken promise.
settings.register_profile(
    "default", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "prove",
    deadline=None,
    max_examples=5_000,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("default")
keep_constants_alive()


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what the app puts into the user's own folders out of them."""
    home = str(tmp_path_factory.getbasetemp() / "home")
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA", "APPDATA"):
        monkeypatch.setenv(name, home)

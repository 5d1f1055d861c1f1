"""Where things lie: the app's own resources and the user's data folder."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import platformdirs


def resources() -> Path:
    """Return the folder of packs, fonts and styles, also inside a packaged app."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen) / "resources"
    return Path(__file__).resolve().parent.parent / "resources"


def refuges() -> tuple[Path, ...]:
    """Return folders for sealed words that their store can't take, in order of preference."""
    own = Path(platformdirs.user_data_dir("Siteweek", appauthor=False, roaming=False)) / "refuge"
    try:
        return (own, Path(tempfile.gettempdir()))
    except FileNotFoundError:  # no temporary folder takes a file: every disk may be full
        return (own,)


def default_relay() -> Path:
    """Return the database of a relay that is told of no other."""
    own = Path(platformdirs.user_data_dir("Siteweek", appauthor=False, roaming=False))
    return own / "relay" / "relay.db"


def default_profile() -> Path:
    """Return the profile folder used when none is named.

    Local, never roaming: a roaming profile would copy the store while it is open.
    """
    return Path(platformdirs.user_data_dir("Siteweek", appauthor=False, roaming=False)) / "profile"

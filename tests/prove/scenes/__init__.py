"""The scenes that are played, by id. A new one is added to the list below and nowhere else."""

from __future__ import annotations

import os
import tempfile
from typing import TYPE_CHECKING, Final

from app.store import reserve
from tests.prove.scenes.attaching import Attaching
from tests.prove.scenes.creating import Creating
from tests.prove.scenes.disposing import Disposing
from tests.prove.scenes.exporting import Exporting
from tests.prove.scenes.migrating import Migrating
from tests.prove.scenes.passphrases import Changing, Rotating
from tests.prove.scenes.receiving import Receiving
from tests.prove.scenes.restoring import Restoring
from tests.prove.scenes.saving import Closing, Saving

if TYPE_CHECKING:
    from pathlib import Path

    from tests.prove.scenes.base import Scene

_EVERY: Final[tuple[Scene, ...]] = (
    Creating(),
    Saving(),
    Receiving(),
    Closing(),
    Migrating(),
    Changing(),
    Rotating(),
    Attaching(),
    Exporting(),
    Disposing(),
    Restoring(),
)
SCENES: Final[dict[str, Scene]] = {one.id: one for one in _EVERY}


def little_reserve() -> None:
    """Keep less room on the disk than the app does: megabytes in each state prove no more."""
    reserve.SIZE = 8192


def live_in(root: Path) -> None:
    """Keep this process's own data and temporary files below the root too."""
    home = str(root / "home")
    os.environ["XDG_DATA_HOME"] = home
    tempfile.tempdir = home

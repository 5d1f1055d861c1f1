"""Puts a state of the disk into a folder, opens it with the app, and says what is wrong."""

from __future__ import annotations

import os
import shutil
import tempfile
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.store import reserve
from tests.prove.folders import put
from tests.prove.scenes import little_reserve, live_in
from tests.prove.scenes.base import UNREADABLE, Evidence, Wrong
from tests.prove.trace import scratch

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from tests.prove.disk import Tree
    from tests.prove.scenes.base import Scene

# One state in so many is also written to and derived anew, which takes longer than opening it.
THOROUGH: Final = 16


class Place:
    """A folder in memory where one state after the other is put. Use it in a with statement."""

    def __enter__(self) -> Self:
        """Make the folder."""
        self.folder = Path(tempfile.mkdtemp(prefix="siteweek-prove-", dir=scratch()))
        self.root = self.folder / "root"
        self._reserve = reserve.SIZE
        little_reserve()
        self._home = os.environ.get("XDG_DATA_HOME"), tempfile.tempdir
        live_in(self.root)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Remove it, and leave this process as it was."""
        reserve.SIZE = self._reserve
        home, tempfile.tempdir = self._home
        os.environ.pop("XDG_DATA_HOME")
        if home is not None:
            os.environ["XDG_DATA_HOME"] = home
        shutil.rmtree(self.folder, ignore_errors=True)

    def put(self, tree: Tree) -> Path:
        """Put a state there in place of what was there; return its root."""
        put(self.root, tree)
        return self.root


def judge(scene: Scene, root: Path, evidence: Evidence) -> list[Wrong]:
    """Return what is wrong with what lies under a root; an unexpected error is wrong as well."""
    try:
        return scene.judge(root, evidence)
    except Exception as problem:  # noqa: BLE001 - whatever it is, the state was not survived
        last = traceback.extract_tb(problem.__traceback__)[-1]
        where = f"{Path(last.filename).name}:{last.lineno}"
        return [Wrong(UNREADABLE, f"{type(problem).__name__} at {where}: {problem}")]

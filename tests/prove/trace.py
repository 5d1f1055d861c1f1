"""Plays a scene in a fresh process, with or without strace, and returns what it did."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from tests.prove.calls import TRACED, Operation, Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT: Final = Path(__file__).resolve().parent.parent.parent
# Longer than any single write of a scene.
_LONGEST: Final = 1 << 23
_PATIENCE: Final = 300


@dataclass(frozen=True, slots=True)
class Played:
    """How a scene ended, what it said, and, where it was traced, what it did to the disk."""

    code: int
    said: list[dict[str, Any]]
    operations: list[Operation]
    calls: dict[str, dict[bytes, list[bool]]]  # per name and thread: was it below the root?
    complaints: str


@dataclass(frozen=True, slots=True)
class Part:
    """A scene to play: its name, the seed of its choices, and the bug planted in it, if any."""

    scene: str
    seed: str
    plant: str = ""


def why_not() -> str:
    """Return why nothing can be traced here, or nothing where it can."""
    if not sys.platform.startswith("linux"):
        return "system calls can be traced and failed on Linux alone"
    if shutil.which("strace") is None:
        return "strace is not installed"
    tried = subprocess.run(
        ["strace", "-f", "-o", os.devnull, "true"],
        capture_output=True,
        check=False,
        timeout=_PATIENCE,
    )
    if tried.returncode:
        return "strace may not trace here (no ptrace)"
    return ""


def scratch() -> Path:
    """Return where disks are rebuilt: in memory where there is such a place."""
    memory = Path("/dev/shm")  # noqa: S108 - folders below it are made with mkdtemp
    return memory if os.access(memory, os.W_OK) else Path(tempfile.gettempdir())


def prepare(part: Part, root: Path) -> None:
    """Put what the scene begins with under the root."""
    root.mkdir(parents=True, exist_ok=True)
    played = _played(part, "prepare", root, None)
    if played.code:
        raise RuntimeError(f"{part} could not be prepared:\n{played.complaints}")


def play(
    part: Part, root: Path, *, traced: bool = False, rules: Sequence[str] = (), calls: str = TRACED
) -> Played:
    """Play a scene under the root.

    ``rules`` are strace's own, such as ``inject=fsync:error=EIO:when=3``. It counts the calls of
    each thread apart. Without ``traced`` the calls are counted and their bytes left out.
    """
    command = ["strace", "-f", "-y", "-xx", "-e", "signal=none", "-e", f"trace={calls}"]
    command += ["-s", str(_LONGEST if traced else 0)]
    for one in rules:
        command += ["-e", one]
    return _played(part, "run", root, command, traced=traced)


def _played(
    part: Part, act: str, root: Path, strace: list[str] | None, *, traced: bool = False
) -> Played:
    with tempfile.TemporaryDirectory(prefix="siteweek-prove-", dir=scratch()) as place:
        ack, lines, complaints = Path(place, "said"), Path(place, "calls"), Path(place, "why")
        asked = {
            "scene": part.scene,
            "seed": part.seed,
            "plant": part.plant,
            "act": act,
            "root": str(root),
            "said": str(ack),
            "complaints": str(complaints),
        }
        code = _stage().play(asked, None if strace is None else [*strace, "-o", str(lines)])
        said = ack.read_bytes().split(b"\n")[:-1] if ack.exists() else []
        reading = Reading(root, ack, counts_only=not traced)
        if strace is not None:
            with lines.open("rb") as file:
                for one in file:
                    reading.line(one)
        return Played(
            code,
            [json.loads(one) for one in said],
            reading.operations,
            reading.places_of,
            complaints.read_text() if complaints.exists() else "",
        )


class _Stage:
    """The process that plays scenes for this one; see ``play``."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.prove.play"],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def play(self, asked: dict[str, str], strace: list[str] | None) -> int:
        """Play, under strace if it is given, and return how the player ended."""
        self._tell(json.dumps(asked))
        player = self._hear()["player"]
        tracer = None if strace is None else self._attached(strace, player)
        self._tell("go")
        code = self._hear()["code"]
        if tracer is not None:
            tracer.communicate(timeout=_PATIENCE)
        return code

    def close(self) -> None:
        """End the process."""
        with self._process:
            self._pipe(self._process.stdin).close()

    def _attached(self, strace: list[str], player: int) -> subprocess.Popen[str]:
        tracer = subprocess.Popen([*strace, "-p", str(player)], stderr=subprocess.PIPE, text=True)
        line = self._pipe(tracer.stderr).readline()
        if "attached" not in line:
            raise RuntimeError(f"strace: {line}")
        return tracer

    def _tell(self, line: str) -> None:
        pipe = self._pipe(self._process.stdin)
        pipe.write(line + "\n")
        pipe.flush()

    def _hear(self) -> dict[str, int]:
        heard: dict[str, int] = json.loads(self._pipe(self._process.stdout).readline())
        return heard

    @staticmethod
    def _pipe(pipe: IO[str] | None) -> IO[str]:
        assert pipe is not None
        return pipe


_stages: dict[int, _Stage] = {}


def _stage() -> _Stage:
    """This process's own stage, begun at the first play. One that was forked along is not ours."""
    if os.getpid() not in _stages:
        _stages.clear()
        _stages[os.getpid()] = _Stage()
        atexit.register(end)
    return _stages[os.getpid()]


def end() -> None:
    """End this process's stage, if it has one."""
    own = _stages.pop(os.getpid(), None)
    if own is not None:
        own.close()

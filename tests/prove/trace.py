"""Plays a scene in a fresh process, with or without strace, and returns what it did."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tests.prove.calls import TRACED, Operation, Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT: Final = Path(__file__).resolve().parent.parent.parent
# Longer than any single write of a scene; a cut string stops the reading.
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
        ["strace", "--seccomp-bpf", "-f", "-o", os.devnull, "true"],
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
    done = _run(_player(part, "prepare", root, Path(os.devnull)))
    if done.returncode:
        raise RuntimeError(f"{part} could not be prepared:\n{done.stderr}")


def play(
    part: Part,
    root: Path,
    *,
    traced: bool = False,
    rules: Sequence[str] = (),
) -> Played:
    """Play a scene under the root.

    ``rules`` are strace's own, such as ``inject=fsync:error=EIO:when=3``. It counts the calls of
    each thread apart.
    """
    with tempfile.TemporaryDirectory(prefix="siteweek-prove-") as place:
        ack, lines = Path(place, "said"), Path(place, "calls")
        command = _player(part, "run", root, ack)
        if traced or rules:
            command = [*_strace(lines, rules), *command]
        done = _run(command)
        said = ack.read_bytes().split(b"\n")[:-1] if ack.exists() else []
        reading = Reading(root, ack)
        if traced:
            with lines.open("rb") as file:
                for one in file:
                    reading.line(one)
        return Played(
            done.returncode,
            [json.loads(one) for one in said],
            reading.operations,
            reading.places_of,
            done.stderr,
        )


def _strace(lines: Path, rules: Sequence[str]) -> list[str]:
    command = ["strace", "--seccomp-bpf", "-f", "-y", "-xx", "-qq", "-e", "signal=none"]
    command += ["-s", str(_LONGEST), "-o", str(lines)]
    command += ["-e", f"trace={TRACED}"]
    for one in rules:
        command += ["-e", one]
    return command


def _player(part: Part, act: str, root: Path, ack: Path) -> list[str]:
    given = [part.scene, part.seed, part.plant, act, str(root), str(ack)]
    return [sys.executable, "-m", "tests.prove.play", *given]


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        command,
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=_PATIENCE,
    )

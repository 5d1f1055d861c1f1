"""Plays scenes, each in a process of its own that has done nothing yet but import the app.

Started by ``trace``, which speaks to it in lines of JSON: it forks a player that waits, so that
strace can be put on it, and lets it go.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import traceback
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from app.errors import SiteweekError
from tests.prove import plants
from tests.prove.scenes import SCENES, little_reserve, live_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.prove.scenes.base import Scene

_BUG = 70  # the player ended with an error nobody expected


def main() -> None:
    """Serve until the line closes."""
    little_reserve()
    logging.disable()
    for line in sys.stdin:
        asked = json.loads(line)
        gate, opener = os.pipe()
        player = os.fork()
        if not player:
            os.close(opener)
            os.read(gate, 1)
            _play(asked)
        os.close(gate)
        _answer({"player": player})
        sys.stdin.readline()
        os.close(opener)
        _answer({"code": os.waitstatus_to_exitcode(os.waitpid(player, 0)[1])})


def _answer(what: dict[str, int]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def _play(asked: dict[str, str]) -> None:
    """Prepare or run the scene, and end as by kill -9: what it doesn't close stays open."""
    code = _BUG
    try:
        scene, seed, root = SCENES[asked["scene"]], asked["seed"], Path(asked["root"])
        live_in(root)
        if asked["act"] == "prepare":
            scene.prepare(root, Random(f"{seed}/before"))
        else:
            if asked["plant"]:
                plants.PLANTS[asked["plant"]].put_in()
            _run(scene, root, seed, _sayer(asked["said"]))
        code = 0
    except BaseException:  # noqa: BLE001 - told to whoever asked
        Path(asked["complaints"]).write_text(traceback.format_exc())
    finally:
        os._exit(code)


def _run(scene: Scene, root: Path, seed: str, say: Callable[[dict[str, Any]], None]) -> None:
    try:
        scene.run(root, Random(seed), say)
    except SiteweekError as problem:
        # The disk is faulty and the app said so in words: the scene ends here.
        say({"refused": "the scene", "error": type(problem).__name__})


def _sayer(path: str) -> Callable[[dict[str, Any]], None]:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def say(what: dict[str, Any]) -> None:
        # One call, so that a saying is wholly there or not at all; and one that the app never
        # makes, so that failing the app's writes fails no saying.
        os.writev(handle, [json.dumps(what).encode() + b"\n"])

    return say


if __name__ == "__main__":
    main()

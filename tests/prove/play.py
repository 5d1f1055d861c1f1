"""Plays one scene in this process, which nobody else uses; see ``trace`` for who starts it.

SCENE SEED PLANT prepare|run ROOT SAID
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from tests.prove import plants
from tests.prove.scenes import SCENES, little_reserve

if TYPE_CHECKING:
    from collections.abc import Callable


def main(scene: str, seed: str, plant: str, act: str, root: str, ack: str) -> None:
    """Prepare or run the scene."""
    played = SCENES[scene]
    little_reserve()
    if act == "prepare":
        played.prepare(Path(root), Random(f"{seed}/before"))
        return
    if plant:
        plants.PLANTS[plant].put_in()
    played.run(Path(root), Random(seed), _sayer(ack))
    # Ended as by kill -9: what a scene doesn't close stays open.
    os._exit(0)


def _sayer(ack: str) -> Callable[[dict[str, Any]], None]:
    handle = os.open(ack, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def say(what: dict[str, Any]) -> None:
        # One write, so that a saying is wholly there or not at all.
        os.write(handle, json.dumps(what).encode() + b"\n")

    return say


if __name__ == "__main__":
    main(*sys.argv[1:])

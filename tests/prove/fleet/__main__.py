"""Runs one fleet and prints what came of it: ``python -m tests.prove.fleet --help``."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.prove.campaign import say
from tests.prove.fleet.fleet import Wanted, sail
from tests.sync.relay import clusters


def main() -> int:
    """Run, print, and return whether anything was wrong."""
    parser = argparse.ArgumentParser("python -m tests.prove.fleet", description=__doc__)
    parser.add_argument("--devices", type=int, default=12)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--postgresql", action="store_true", help="two relays over PostgreSQL")
    asked = parser.parse_args()
    reason = clusters.why_not() if asked.postgresql else ""
    if reason:
        say(f"Left out: {reason}.")
        return 0
    wanted = Wanted(asked.devices, asked.seconds, asked.seed, asked.postgresql)
    with tempfile.TemporaryDirectory(prefix="siteweek-fleet-") as folder:
        outcome = sail(Path(folder), wanted)
    say(str(outcome))
    for one in outcome.wrong:
        say(f"  wrong: {one}")
    return bool(outcome.wrong)


if __name__ == "__main__":
    sys.exit(main())

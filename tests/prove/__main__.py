"""Runs the proof and prints what it found: ``python -m tests.prove --help``.

Ends with 1 if anything was lost, unreadable, half done, falsely alarmed or rudely refused, or if a
planted bug was not found.
"""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tests.prove import table
from tests.prove.campaign import BUDGETS, Progress, run, say
from tests.prove.trace import why_not

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(given: Sequence[str] | None = None) -> int:
    """Run, print, and return whether anything was wrong."""
    asked = _parser().parse_args(given)
    reason = why_not()
    if reason:
        say(f"Nothing can be proved here: {reason}.")
        return 2
    budget = BUDGETS[asked.budget]
    if asked.states is not None:
        budget = replace(budget, states=asked.states)
    path = asked.keep or Path("build") / "prove" / f"{asked.budget}-{asked.seed}.jsonl"
    if asked.again:
        path.unlink(missing_ok=True)
    progress = Progress(path, say)
    say(f"Seed {asked.seed}, kept in {path}: {len(progress.done)} jobs are done already.")
    run(budget, asked.seed, progress, asked.processes)
    sys.stdout.write(table.drawn(progress.done))
    return table.is_wrong(progress.done)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m tests.prove", description=__doc__)
    parser.add_argument("--budget", choices=sorted(BUDGETS), default="change")
    parser.add_argument("--states", type=int, help="states of power cuts, instead of the budget's")
    parser.add_argument("--seed", default="1", help="what every choice is made from (default: 1)")
    parser.add_argument("--processes", type=int, default=os.cpu_count(), help="default: all cores")
    parser.add_argument("--keep", type=Path, help="the file that keeps what is done")
    parser.add_argument("--again", action="store_true", help="begin anew, not where it stopped")
    return parser


if __name__ == "__main__":
    sys.exit(main())

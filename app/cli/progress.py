"""Progress on long work, on standard error so that standard output stays clean."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def counted(label: str) -> Iterator[Callable[[int, int], None]]:
    """Yield a function to be told "n of m"; a line is kept up to date on a terminal."""
    is_terminal = sys.stderr.isatty()

    def tell(done: int, total: int) -> None:
        if is_terminal:
            click.echo(f"\r{label}: {done:,} of {total:,}", nl=done == total, err=True)
        elif done == total:
            click.echo(f"{label}: {total:,}", err=True)

    yield tell

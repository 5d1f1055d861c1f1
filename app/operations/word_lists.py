"""The lists of words that come with the app: one a line, lines that begin with # say what it is."""

from __future__ import annotations

from functools import cache

from app.paths import resources


@cache
def listed(name: str) -> tuple[str, ...]:
    """Return the lines of a list in ``resources/words``."""
    text = (resources() / "words" / f"{name}.txt").read_text("utf-8")
    lines = (line.strip() for line in text.splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))

"""Fill the patterns of a letter layout. Never str.format: a pack's words are not a program."""

from __future__ import annotations


def fill(pattern: str, *, area: str, theme: str) -> str:
    """Return the pattern with {area} and {theme} replaced, in one pass and nothing else."""
    head, *rest = pattern.split("{area}")
    filled = [part.replace("{theme}", theme) for part in (head, *rest)]
    return area.join(filled)

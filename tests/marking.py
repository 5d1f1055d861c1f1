"""Looks for words in the raw bytes of files, in every form they could have been written in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def holds_marker(path: Path, marker: str) -> bool:
    """Whether a file holds the marker in UTF-8 or UTF-16."""
    raw = path.read_bytes()
    return any(marker.encode(form) in raw for form in ("utf-8", "utf-16-le", "utf-16-be"))

"""Looks for a marker in files: in every encoding we or Qt write, and inside what is compressed."""

from __future__ import annotations

import base64
import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

ENCODINGS: Final = ("utf-8", "utf-16-le", "utf-16-be")
_STREAM: Final = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_DEEPEST: Final = 4  # archives in archives


def forms(marker: str | bytes) -> set[bytes]:
    """Every sequence of bytes that a marker may be stored as."""
    if isinstance(marker, bytes):
        return {marker, marker.hex().encode(), marker.hex().upper().encode()}
    return {marker.encode(encoding) for encoding in ENCODINGS}


def holds(content: bytes, *markers: str | bytes) -> bool:
    """Whether any of the markers stands in the content or in anything packed in it."""
    wanted = [form for marker in markers for form in forms(marker)]
    return any(form in layer for layer in _layers(content, _DEEPEST) for form in wanted)


def holds_marker(path: Path, marker: str) -> bool:
    """Whether a file holds the marker, packed or not."""
    return holds(path.read_bytes(), marker)


def found(where: Path | Iterable[Path], *markers: str | bytes) -> list[str]:
    """Files under folders that hold a marker, or bear it in their name."""
    folders = [where] if hasattr(where, "rglob") else list(where)
    plain = [one for one in markers if isinstance(one, str)]
    return sorted(
        str(one)
        for folder in folders
        for one in folder.rglob("*")
        if any(marker in one.name for marker in plain)
        or (one.is_file() and holds(one.read_bytes(), *markers))
    )


def _layers(content: bytes, depth: int) -> Iterator[bytes]:
    yield content
    if depth == 0:
        return
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for name in packed.namelist():
                yield name.encode()
                yield from _layers(packed.read(name), depth - 1)
    elif content.startswith(b"%PDF"):
        for stream in _STREAM.findall(content):
            yield from _layers(_inflated(stream), depth - 1)


def _inflated(stream: bytes) -> bytes:
    """What a PDF's stream holds: reportlab deflates, and by default writes that in base 85."""
    unpacking = zlib.decompressobj()
    for candidate in (stream, _from_base_85(stream)):
        try:
            return unpacking.decompress(candidate)
        except zlib.error:
            unpacking = zlib.decompressobj()
    return stream


def _from_base_85(stream: bytes) -> bytes:
    try:
        return base64.a85decode(stream.strip().removeprefix(b"<~").removesuffix(b"~>"))
    except ValueError:
        return b""

"""Attachments, piece by piece, after all text. What was cut short goes on where it stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.operations.attachments import needed_pieces
from app.sync.items import Kind, is_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.operations.inspection import Inspection
    from app.sync.targets.target import Target


def exchange_pieces(
    inspection: Inspection, target: Target, there: set[str], is_halted: Callable[[], bool]
) -> int:
    """Fetch the pieces that attachments here need, and put down those that lack there.

    Return how many were put down. Each piece is kept under its name once it is whole.

    Raises:
        TargetError: the place failed; pieces exchanged before are kept.
        StoreError: a piece could not be written.

    """
    blobs = inspection.blobs
    needed = inspection.ask(needed_pieces)
    held = {name for name in needed if blobs.has(name)}
    wanted = [name for name in needed if name not in held and _item(name) in there]
    for item, content in target.get([_item(name) for name in wanted]):
        if is_halted():
            return 0
        if is_whole(item, content):
            blobs.keep(item.partition(".")[0], content)
            held.add(item.partition(".")[0])
    lacking = [name for name in needed if name in held and _item(name) not in there]

    def contents() -> Iterator[tuple[str, bytes]]:
        for name in lacking:
            if is_halted():
                return
            yield _item(name), blobs.piece(name)

    if lacking:
        target.put(contents())
        there.update(map(_item, lacking))
    return len(lacking)


def _item(name: str) -> str:
    return f"{name}.{Kind.PIECE}"

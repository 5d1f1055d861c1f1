"""Several items one after the other, as a relay takes them and hands them out.

For each: a byte with the length of its name, the name, four bytes with the length of its content,
the content.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.sync.items import MOST_BYTES, kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_LENGTH: Final = 4


class BrokenFrameError(Exception):
    """What stands there is no item; ``is_cut`` where it may be one whose end is missing."""

    def __init__(self, *, is_cut: bool) -> None:
        """Keep which."""
        super().__init__()
        self.is_cut = is_cut


def frame(name: str, content: bytes) -> bytes:
    """Return one item as it stands there."""
    return bytes([len(name)]) + name.encode("ascii") + len(content).to_bytes(_LENGTH) + content


def unframed(exactly: Callable[[int], bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield items as they come. Their names and lengths are possible; that is all.

    ``exactly`` reads so many bytes, and fewer at the end.

    Raises:
        BrokenFrameError: what stands there is no item, or is cut.

    """
    while start := exactly(1):
        raw_name = _whole(exactly, start[0])
        length = int.from_bytes(_whole(exactly, _LENGTH))
        name = raw_name.decode("ascii", "replace")
        kind = kind_of(name)
        if kind is None or length > MOST_BYTES[kind]:
            raise BrokenFrameError(is_cut=False)
        yield name, _whole(exactly, length)


def _whole(exactly: Callable[[int], bytes], size: int) -> bytes:
    part = exactly(size)
    if len(part) < size:
        raise BrokenFrameError(is_cut=True)
    return part

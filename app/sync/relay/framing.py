"""Several items in one body.

For each: a byte with the length of its name, the name, four bytes with the length of its content,
the content.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.sync.relay.refusals import malformed

if TYPE_CHECKING:
    from collections.abc import Iterator

_LENGTH: Final = 4


def frame(name: str, content: bytes) -> bytes:
    """Return one item as it stands in a body."""
    return bytes([len(name)]) + name.encode("ascii") + len(content).to_bytes(_LENGTH) + content


def unframe(untrusted: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the names and contents that stand in a body, unchecked.

    Raises:
        Refusal: it is cut, or is no such body.

    """
    place = 0
    while place < len(untrusted):
        name_end = place + 1 + untrusted[place]
        start = name_end + _LENGTH
        end = start + int.from_bytes(untrusted[name_end:start])
        if start > len(untrusted) or end > len(untrusted):
            raise malformed("The body is cut short.")
        try:
            name = untrusted[place + 1 : name_end].decode("ascii")
        except UnicodeDecodeError:
            raise malformed("The body holds a name that is no item’s.") from None
        yield name, untrusted[start:end]
        place = end

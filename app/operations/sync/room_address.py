"""Four words that say where in the local network a room is, to be called across a table.

::

    number = (IPv4 address ‖ port) × 12 + (IPv4 address ‖ port) mod 11
    words  = number in base 7,776, the highest place first

Four words hold 3.6 × 10^15 numbers, and all of these: 3.4 × 10^15. What is left over tells ten of
eleven slips of the ear from an address.
"""

from __future__ import annotations

from ipaddress import AddressValueError, IPv4Address
from typing import Final

from app.errors import InvalidInputError
from app.operations.passphrases import LIST_LENGTH, word_list

WORDS: Final = 4
_CHECK: Final = 11
_ROOM_FOR_CHECK: Final = 12
_PORT_BITS: Final = 16


def words_for(address: str, port: int) -> str:
    """Return the words for an IPv4 address and a port.

    Raises:
        InvalidInputError: it is no IPv4 address.

    """
    try:
        place = int(IPv4Address(address)) << _PORT_BITS | port
    except AddressValueError:
        raise InvalidInputError("A room has words for an IPv4 address only.") from None
    number = place * _ROOM_FOR_CHECK + place % _CHECK
    listed = word_list()
    found = []
    for _ in range(WORDS):
        number, remainder = divmod(number, LIST_LENGTH)
        found.append(listed[remainder])
    return " ".join(reversed(found))


def address_in(typed: str) -> str:
    """Return the address of the room that four words say, as ``http://192.168.1.20:8765``.

    Raises:
        InvalidInputError: they are not the words of a room.

    """
    words = typed.casefold().split()
    known = {word: place for place, word in enumerate(word_list())}
    unknown = [word for word in words if word not in known]
    if len(words) != WORDS or unknown:
        raise InvalidInputError(
            "A room is said in four words from the list. Ask for them again, one by one."
        )
    number = 0
    for word in words:
        number = number * LIST_LENGTH + known[word]
    place, check = divmod(number, _ROOM_FOR_CHECK)
    if check != place % _CHECK or place >= 2**48:
        raise InvalidInputError(
            "These four words are not those of a room. Ask for them again, one by one."
        )
    address, port = IPv4Address(place >> _PORT_BITS), place % 2**_PORT_BITS
    if not (address.is_private or address.is_loopback) or not port:
        raise InvalidInputError(
            "These four words lead out of the local network, where no room is. Ask for them again."
        )
    return f"http://{address}:{port}"

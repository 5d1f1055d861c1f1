"""The recovery key as people write it: seven groups of four letters and digits.

26 characters of Crockford's base 32 hold the 128 bits; two check characters make any one or two
wrong characters, and so any swapped pair, certain to be noticed. The check is about typing
mistakes only: it is no protection against anyone.

::

    128 bits, then two zero bits          Reed-Solomon check over GF(32)
    └─ 26 characters, highest bits first ─┴─ 2 characters ─┘   XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX
"""

from __future__ import annotations

from typing import Final

from app.crypto.keys import RecoveryKey
from app.errors import InvalidInputError

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})
_DASHES: Final = "-\u2010\u2011\u2012\u2013\u2014\u2212"  # word processors change the plain one
_SEPARATORS: Final = str.maketrans(dict.fromkeys(_DASHES))
_DATA: Final = 26
_GROUP: Final = 4
_BITS: Final = 5
_SPARE_BITS: Final = 2
_FIELD: Final = 0b100101  # x^5 + x^2 + 1, primitive over GF(2)
# (x - a)(x - a^2) with a = 2: a code of distance 3 for up to 31 characters.
_GENERATOR: Final = (6, 8)


def to_text(key: RecoveryKey) -> str:
    """Return the key in groups, for print and for reading out."""
    number = int.from_bytes(key.raw, "big") << _SPARE_BITS
    data = [(number >> _BITS * place) & (2**_BITS - 1) for place in reversed(range(_DATA))]
    text = "".join(ALPHABET[value] for value in (*data, *_check(data)))
    return "-".join(text[start : start + _GROUP] for start in range(0, len(text), _GROUP))


def from_text(untrusted_text: str) -> RecoveryKey:
    """Return the key that was typed, forgiving case, spaces, dashes, O for 0 and I or L for 1.

    Raises:
        InvalidInputError: it is not a recovery key, or one with a typing mistake.

    """
    joined = "".join(untrusted_text.split()).translate(_SEPARATORS)
    # Upper-casing can turn other scripts into Latin letters, so only ASCII may come this far.
    text = joined.upper().translate(_LOOKALIKES) if joined.isascii() else ""
    values = [ALPHABET.find(letter) for letter in text]
    if -1 in values or len(values) != _DATA + len(_GENERATOR):
        raise _typing_mistake()
    data = values[:_DATA]
    number = 0
    for value in data:
        number = number << _BITS | value
    if _check(data) != tuple(values[_DATA:]) or number % 2**_SPARE_BITS:
        raise _typing_mistake()
    return RecoveryKey((number >> _SPARE_BITS).to_bytes(RecoveryKey.SIZE, "big"))


def _check(data: list[int]) -> tuple[int, int]:
    """Return the remainder of ``data`` times x², divided by the generator polynomial."""
    high, low = 0, 0
    for value in data:
        factor = value ^ high
        high, low = low ^ _times(factor, _GENERATOR[0]), _times(factor, _GENERATOR[1])
    return high, low


def _times(one: int, other: int) -> int:
    """Return the product of two elements of GF(32)."""
    product = 0
    for bit in reversed(range(_BITS)):
        product <<= 1
        if product >> _BITS:
            product ^= _FIELD
        if other >> bit & 1:
            product ^= one
    return product


def _typing_mistake() -> InvalidInputError:
    return InvalidInputError(
        "That is not a recovery key, or there is a typing mistake in it. Nothing was changed. "
        "Compare it with the printed one, group by group.",
        "recovery key",
    )

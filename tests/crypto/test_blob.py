"""An attachment opens only as it was sealed, whole, in its place and in order."""

from __future__ import annotations

import random

import pytest

from app.crypto.blob import ID_SIZE, MOST_BYTES, PIECE_SIZE, Blob, piece_name, seal, unseal
from app.crypto.keys import BlobKey
from app.crypto.primitives import BrokenSealError, random_bytes
from tests.crypto import twin
from tests.crypto.samples import single_byte_flips

INSPECTION, ATTACHMENT = bytes(range(16)), bytes(range(16, 32))
# Around every edge: of a chunk, of a piece, and of the stream's own beginning.
EDGES = (1, 2, 16_383, 16_384, 16_385, 32_768, PIECE_SIZE - 4_200, PIECE_SIZE, 2 * PIECE_SIZE + 1)


def sealed(plain: bytes) -> tuple[Blob, BlobKey, list[bytes]]:
    blob, key = Blob(INSPECTION, ATTACHMENT, len(plain)), BlobKey(random_bytes(32))
    return blob, key, list(seal(blob, key, [plain]))


def opened(blob: Blob, key: BlobKey, pieces: list[bytes]) -> bytes:
    return b"".join(unseal(blob, key, pieces))


@pytest.mark.parametrize("size", EDGES)
def test_what_is_sealed_opens_and_the_twin_reads_it(size):
    plain = random.Random(size).randbytes(size)
    blob, key, pieces = sealed(plain)
    assert opened(blob, key, pieces) == plain
    assert tuple(map(len, pieces)) == blob.piece_sizes
    assert max(map(len, pieces)) <= PIECE_SIZE
    assert twin.read_blob(INSPECTION, ATTACHMENT, key.raw, size, b"".join(pieces)) == plain


def test_it_makes_no_difference_how_the_plaintext_comes():
    plain = random.Random(1).randbytes(100_000)
    blob, key = Blob(INSPECTION, ATTACHMENT, len(plain)), BlobKey(random_bytes(32))
    for step in (1, 999, 16_384, 99_999):
        parts = [plain[at : at + step] for at in range(0, len(plain), step)]
        assert opened(blob, key, list(seal(blob, key, parts))) == plain


def test_every_byte_counts():
    blob, key, (piece,) = sealed(b"two chunks" * 20)
    for place, changed in single_byte_flips(piece):
        with pytest.raises(BrokenSealError):
            pytest.fail(f"byte {place}: {opened(blob, key, [changed])!r}")
    for length in range(len(piece)):
        with pytest.raises(BrokenSealError):
            opened(blob, key, [piece[:length]])


def test_pieces_open_in_their_order_alone():
    blob, key, pieces = sealed(bytes(2 * PIECE_SIZE + 5))
    one, two, three = pieces
    other = sealed(bytes(2 * PIECE_SIZE + 5))[2]
    wrong = (
        [two, one, three],
        [one, three, two],
        [one, two],
        [one, three],
        [two, three],
        [one, one, two, three],
        [one, two, three, three],
        [one, other[1], three],
        other,
        [],
    )
    for given in wrong:
        with pytest.raises(BrokenSealError):
            opened(blob, key, given)
    assert opened(blob, key, pieces) == bytes(2 * PIECE_SIZE + 5)


def test_another_place_or_length_opens_nothing():
    blob, key, pieces = sealed(b"words")
    others = (
        Blob(ATTACHMENT, ATTACHMENT, blob.size),
        Blob(INSPECTION, INSPECTION, blob.size),
        Blob(INSPECTION, ATTACHMENT, blob.size + 1),
        Blob(INSPECTION, ATTACHMENT, blob.size - 1),
    )
    for other in others:
        with pytest.raises(BrokenSealError):
            opened(other, key, pieces)
    with pytest.raises(BrokenSealError):
        opened(blob, BlobKey(random_bytes(32)), pieces)


@pytest.mark.parametrize("parts", [[], [b"word"], [b"words!"], [b"words", b"!"]])
def test_a_plaintext_of_another_length_than_named_is_not_sealed(parts):
    with pytest.raises(ValueError, match="length"):
        list(seal(Blob(INSPECTION, ATTACHMENT, 5), BlobKey(random_bytes(32)), parts))


@pytest.mark.parametrize("size", [-1, 0, MOST_BYTES + 1])
def test_a_size_that_no_attachment_has_cannot_be_named(size):
    with pytest.raises(ValueError, match="bytes"):
        Blob(INSPECTION, ATTACHMENT, size)
    with pytest.raises(ValueError, match="id"):
        Blob(bytes(ID_SIZE + 1), ATTACHMENT, 1)


def test_the_same_file_sealed_twice_has_nothing_in_common():
    plain = bytes(50_000)
    first, second = sealed(plain)[2], sealed(plain)[2]
    assert {piece_name(one) for one in first}.isdisjoint(piece_name(one) for one in second)
    assert first[0][56:88] not in second[0]

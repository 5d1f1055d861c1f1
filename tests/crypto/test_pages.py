"""Pages opened without the engine: what it wrote, and nothing that was altered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.crypto.keys import DatabaseKey
from app.crypto.pages import (
    PAGE_SIZE,
    USABLE_SIZE,
    decrypt,
    is_authentic,
    page_mac_key,
    with_one_bit_put_back,
)
from app.store import engine

if TYPE_CHECKING:
    from pathlib import Path

KEY = DatabaseKey(bytes(range(32)))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """The pages of a file that the engine itself wrote."""
    path: Path = tmp_path_factory.mktemp("pages") / "store.db"
    connection = engine.open_copy(path, KEY.raw)
    connection.execute("CREATE TABLE words (text TEXT) STRICT")
    connection.executemany(
        "INSERT INTO words VALUES (?)", [(f"children seen {n} " * 40,) for n in range(20)]
    )
    connection.close()
    raw = path.read_bytes()
    return [raw[start : start + PAGE_SIZE] for start in range(0, len(raw), PAGE_SIZE)]


def test_every_page_the_engine_wrote_opens_and_proves_itself(pages: list[bytes]) -> None:
    mac_key = page_mac_key(KEY, pages[0][:16])
    assert all(is_authentic(page, number, mac_key) for number, page in enumerate(pages, 1))
    opened = [decrypt(page, number, KEY) for number, page in enumerate(pages, 1)]
    assert {len(page) for page in opened} == {USABLE_SIZE}
    assert opened[0].startswith(b"SQLite format 3\x00")
    text = b"".join(opened)
    assert all(f"children seen {number} ".encode() in text for number in range(20))


def test_no_page_proves_itself_elsewhere_altered_cut_or_under_another_salt(
    pages: list[bytes],
) -> None:
    mac_key = page_mac_key(KEY, pages[0][:16])
    page = pages[1]
    assert is_authentic(page, 2, mac_key)
    assert not is_authentic(page, 3, mac_key)
    assert not is_authentic(page, 2**32, mac_key)
    assert not is_authentic(page[:-1], 2, mac_key)
    assert not is_authentic(page, 2, page_mac_key(KEY, bytes(16)))
    assert not is_authentic(page, 2, page_mac_key(DatabaseKey(bytes(32)), pages[0][:16]))
    for at in range(0, PAGE_SIZE, 61):
        altered = page[:at] + bytes([page[at] ^ 4]) + page[at + 1 :]
        assert not is_authentic(altered, 2, mac_key), at


def test_a_spoilt_block_spoils_itself_and_bits_of_the_next_alone(pages: list[bytes]) -> None:
    page = pages[1]
    whole = decrypt(page, 2, KEY)
    spoilt = decrypt(page[:1600] + bytes(16) + page[1616:], 2, KEY)
    assert whole[:1600] == spoilt[:1600]
    assert whole[1632:] == spoilt[1632:]


@pytest.mark.parametrize("at", [0, 15, 16, 2_000, 4_015, 4_016, 4_031, 4_032, 4_095])
def test_one_turned_bit_is_put_back_wherever_it_is(pages: list[bytes], at: int) -> None:
    mac_key = page_mac_key(KEY, pages[0][:16])
    page = pages[1]
    turned = page[:at] + bytes([page[at] ^ 32]) + page[at + 1 :]
    assert with_one_bit_put_back(turned, 2, mac_key) == (page, 2)


def test_a_turned_bit_in_the_pages_number_is_put_back(pages: list[bytes]) -> None:
    mac_key = page_mac_key(KEY, pages[0][:16])
    assert with_one_bit_put_back(pages[1], 2 + 64, mac_key) == (pages[1], 2)


def test_two_turned_bits_are_not_guessed_at(pages: list[bytes]) -> None:
    mac_key = page_mac_key(KEY, pages[0][:16])
    turned = bytearray(pages[1])
    turned[100] ^= 1
    turned[3_000] ^= 1
    assert with_one_bit_put_back(bytes(turned), 2, mac_key) is None

"""Rows of a page whose own lists are spoilt are found where they lie."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from app.crypto.pages import PAGE_SIZE
from app.store.places import STORE
from app.store.salvage.carve import Finds, _Carver
from app.store.salvage.cells import cells, row, varint
from app.store.salvage.sources import Pages
from tests.fakes.stores import keys_of
from tests.store.salvage.damage import (
    LONG,
    REVISIONS,
    copy_of,
    make,
    numbers,
    revisions_by_page,
    salvage,
    zero,
)

if TYPE_CHECKING:
    from pathlib import Path

    from app.store.salvage.sources import Page


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("whole") / "inspection")


def with_rows(whole: Path) -> list[Page]:
    """The pages that list rows of revisions, as if nobody vouched for them."""
    on_page = revisions_by_page(whole)
    pages = Pages(whole / STORE, keys_of(whole).database)
    return [
        replace(page, is_proven=False)
        for page in pages
        if on_page.get(page.number) and cells(page.content, page.number)[0]
    ]


def taken(whole: Path, page: Page) -> set[int]:
    """The numbers of the revisions that one page gives up."""
    finds = Finds()
    _Carver(Pages(whole / STORE, keys_of(whole).database), finds).take(page)
    return {one.revision.dot.number for one in finds.revisions.values()}


def test_with_every_list_of_rows_gone_every_row_is_found(whole: Path, tmp_path: Path) -> None:
    folder = copy_of(whole, tmp_path / "copy")
    for page in with_rows(whole):
        # A page's header and its first pointers to rows.
        zero(folder / STORE, (page.number - 1) * PAGE_SIZE, 16)
    assert numbers(salvage(folder)) == set(range(1, REVISIONS + 1))


def test_a_row_whose_own_beginning_is_spoilt_is_known_by_its_text(whole: Path) -> None:
    inline = 0
    for page in with_rows(whole):
        before = taken(whole, page)
        content = bytearray(page.content)
        start = content.find(b'[1,"')
        while start >= 0:
            content[start - 12 : start] = bytes(12)  # the row's header and its first values
            start = content.find(b'[1,"', start + 1)
        left = taken(whole, replace(page, content=bytes(content)))
        assert before - left <= LONG.keys()
        inline += len(left)
    assert inline >= REVISIONS - len(LONG)


def test_numbers_are_read_as_sqlite_writes_them() -> None:
    for raw, value in (
        (b"\x00", 0),
        (b"\x7f", 127),
        (b"\x81\x00", 128),
        (b"\x82\x2c", 300),
        (b"\xff" * 9, 2**64 - 1),
    ):
        assert varint(raw, 0) == (value, len(raw))
    assert varint(b"\x81", 0) == (0, 1)
    assert varint(b"", 0) == (0, 0)


def test_a_row_is_read_value_by_value_or_not_at_all() -> None:
    whole = bytes([7, 0, 1, 9, 17, 16, 7]) + b"\xfe" + b"ab" + b"\x01\x02" + b"\x40" + bytes(7)
    assert row(whole) == (None, -2, 1, "ab", b"\x01\x02", 2.0)
    for cut in range(len(whole)):
        assert row(whole[:cut]) is None
    assert row(whole + b"\x00") is None

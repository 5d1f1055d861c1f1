"""A small real store with a known history, and what lies on which of its pages."""

from __future__ import annotations

import shutil
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from app.crypto.pages import PAGE_SIZE
from app.store.drafts import Draft, keep
from app.store.places import STORE
from app.store.salvage import shapes
from app.store.salvage.cells import OVERFLOW_CONTENT, cells
from app.store.salvage.recover import Salvage, recover
from app.store.salvage.sources import Pages
from tests.fakes.stores import keys_of, open_store

if TYPE_CHECKING:
    from pathlib import Path

REVISIONS: Final = 60
# Longer than a page, so that rows go on over several.
LONG: Final = {20: 6_000, 40: 20_000}
DRAFT: Final = Draft("p-61", "paragraph", {"text": "not yet saved"}, "2999-01-01T00:00:00+00:00")


def make(folder: Path) -> Path:
    """A closed store: one note, its paragraphs one after another, and one draft."""
    store = open_store(folder)
    for number in range(1, REVISIONS + 1):
        words = f"Paragraph {number}. " + "The health visitor was not invited. " * (number % 7 + 3)
        fields = {"note": "n-1", "text": words + "x" * LONG.get(number, 0)}
        kind = "paragraph" if number > 1 else "jotting"
        record = f"p-{number}" if number > 1 else "n-1"
        store.write(lambda tx, one=(record, kind, fields): tx.write(*one)).result()
    store.write(lambda tx: keep(tx.connection, DRAFT)).result()
    store.close()
    return folder


def copy_of(folder: Path, target: Path) -> Path:
    """Another folder with the same files."""
    shutil.copytree(folder, target)
    return target


def salvage(folder: Path) -> Salvage:
    """What the store in a folder gives up."""
    return recover(folder, [keys_of(folder)], lambda _name, _done, _total: None)


def numbers(found: Salvage) -> set[int]:
    """The numbers of the revisions that came out."""
    (chain,) = found.chains
    missing = {number for first, last in chain.missing for number in range(first, last + 1)}
    assert chain.held + len(missing) == chain.newest
    return set(range(1, chain.newest + 1)) - missing


def revisions_by_page(folder: Path) -> dict[int, set[int]]:
    """Which revisions each page of a whole store holds a part of."""
    pages = Pages(folder / STORE, keys_of(folder).database)
    contents = {page.number: page.content for page in pages}
    held: defaultdict[int, set[int]] = defaultdict(set)
    for number, content in contents.items():
        for cell in cells(content, number)[0]:
            values = next(iter(cell.rows(lambda one: [contents[one]])), ())
            if shapes.as_revision(values) is None:
                continue
            held[number].add(cell.rowid)
            left, following = cell.size - len(cell.local), cell.goes_on_at
            while left > 0:
                held[following].add(cell.rowid)
                left -= OVERFLOW_CONTENT
                following = int.from_bytes(contents[following][:4], "big")
    assert set().union(*held.values()) == set(range(1, REVISIONS + 1))
    return held


def zero(path: Path, start: int, length: int) -> None:
    """Overwrite part of a file with zeros."""
    with path.open("rb+") as file:
        file.seek(start)
        file.write(bytes(length))


def page_count(folder: Path) -> int:
    return (folder / STORE).stat().st_size // PAGE_SIZE

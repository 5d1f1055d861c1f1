"""Whether this installation is whole: engine, cipher, search, packs, demo, fonts, documents."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from app.crypto.keys import MasterKey
from app.crypto.primitives import random_bytes
from app.crypto.store_key import INSPECTION_ID_SIZE
from app.operations.demo import demo_document
from app.operations.documents import every_format_of_a_sample
from app.operations.keys import make_keys
from app.operations.passphrases import word_list
from app.packs import find, load
from app.store.engine import engine_versions
from app.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.clock import Clock


def self_check(clock: Clock) -> Iterator[tuple[str, str]]:
    """Yield (part, what was found) for each part, as it is found whole.

    Raises:
        SiteweekError: a part is missing or can't be trusted; the sentence names it.

    """
    versions = engine_versions()
    yield "database engine", f"SQLite {versions['sqlite']}"
    yield "cipher", f"SQLCipher {versions['cipher']} over {versions['provider']}"
    yield "search", _search(clock)
    yield "passphrase words", f"{len(word_list()):,}"
    yield "frameworks", _all("framework", load.load_framework)
    yield "letter layouts", _all("layout", load.load_letter_layout)
    yield "brief layouts", _all("brief", load.load_brief_layout)
    yield "demo inspection", f"{len(demo_document().records):,} records"
    yield "documents", every_format_of_a_sample()


def _search(clock: Clock) -> str:
    with tempfile.TemporaryDirectory(prefix="siteweek-check-") as folder:
        master = MasterKey(random_bytes(MasterKey.SIZE))
        keys = make_keys(Path(folder), random_bytes(INSPECTION_ID_SIZE), master)
        store = Store(Path(folder), keys, clock)
        try:
            fields = {"title": "children seen"}
            store.write(lambda tx: tx.write("check", "jotting", fields)).result()
            found = len(store.read(lambda reader: reader.search("child")))
        finally:
            store.close()
    return f"FTS5, {found} of 1 found"


def _all(kind: str, loader: Callable[[str], object]) -> str:
    ids = [one.id for one in find.available(kind)]
    for one in ids:
        loader(one)
    return ", ".join(ids)

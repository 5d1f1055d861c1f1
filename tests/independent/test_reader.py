"""What the app shows is what a reader finds that knows the described format and nothing else."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import apsw
import pytest

from app.crypto.primitives import argon2id
from app.operations.demo import demo_document
from app.operations.keys import open_keys
from app.store import drafts, engine
from app.store.drafts import Draft
from app.store.places import LOG, STORE
from tests.independent import reader
from tests.operations.quick import PASSPHRASE, create

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.operations.inspection import Inspection
    from app.operations.profile import Profile

DRAFT = Draft("p-new", "paragraph", {"text": "on screen"}, "2026-10-12T09:00:00+00:00")


def quick(secret: bytes, salt: bytes, *_asked: int) -> bytes:
    """As the tests' profiles are made: the same derivation with hardly any work."""
    return argon2id(secret, salt, memory_kib=8, passes=1, lanes=1)


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Profile]:
    profile = create(tmp_path_factory.mktemp("profile") / "profile")
    profile.take_in(demo_document())
    yield profile
    profile.close()


@pytest.fixture(scope="module")
def inspection(profile: Profile) -> Iterator[Inspection]:
    """The demo with a fork, a deletion, a rewriting and a draft, all still in the log."""
    opened = profile.open_inspection(profile.inspections()[0].id)
    store = opened._store
    forked = [("f-x", "finding", {"statement": words}, {}) for words in ("one", "two")]
    store.write(lambda tx: tx.append(forked)).result()
    store.write(lambda tx: tx.write("f-x", "finding", {"why": "a"})).result()
    store.write(lambda tx: tx.write("f-x", "finding", {"why": "b", "deleted": True})).result()
    store.write(lambda tx: drafts.keep(tx.connection, DRAFT)).result()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def copy(
    profile: Profile, inspection: Inspection, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    target = tmp_path_factory.mktemp("copy") / "profile"
    shutil.copytree(profile.folder, target, ignore=shutil.ignore_patterns("*.new"))
    assert (target / "inspections" / inspection.id / LOG).stat().st_size > 0
    return target


def test_b13_both_readers_find_the_same_records(copy: Path, inspection: Inspection) -> None:
    found = reader.read(copy, inspection.id, PASSPHRASE, quick)
    held = inspection.ask(lambda view: list(view.records.everything()))
    assert list(found.records) == [one.id for one in held]
    for one in held:
        fields = {name: [value] for name, value in one.fields.items()}
        fields |= {name: list(values) for name, values in one.forks.items()}
        assert found.records[one.id] == {"kind": one.kind, "fields": fields}
    assert [tuple(one)[:2] for one in found.drafts] == [(DRAFT.record, DRAFT.kind)]
    assert found.records["f-x"]["fields"]["statement"] == ["one", "two"]


def test_b13_both_engines_read_the_same_rows_of_every_table(
    copy: Path, profile: Profile, inspection: Inspection
) -> None:
    folder = copy / "inspections" / inspection.id
    key = open_keys(folder, bytes.fromhex(inspection.id), profile.master).database.raw
    ours = engine.open_reader(folder / STORE, key)
    theirs = apsw.Connection(str(folder / STORE), flags=apsw.SQLITE_OPEN_READONLY)
    for statement in ("cipher = 'sqlcipher'", "legacy = 4", f"key = \"x'{key.hex()}'\""):
        theirs.execute(f"PRAGMA {statement}").fetchall()
    listed = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    names = [row[0] for row in ours.execute(listed)]
    assert len(names) > 10
    for name in names:
        asked = f'SELECT * FROM "{name}"'  # noqa: S608 - the store's own names
        one, other = ours.execute(asked).fetchall(), theirs.execute(asked).fetchall()
        assert one == other, name
    ours.close()
    theirs.close()


def test_the_reader_refuses_what_the_chain_or_a_signature_does_not_cover(
    copy: Path, profile: Profile, inspection: Inspection, tmp_path: Path
) -> None:
    for harm in (
        (
            "DROP TRIGGER revision_never_changes",
            "UPDATE revision SET hash = zeroblob(32) WHERE seq = 9",
        ),
        ("UPDATE signature SET number = number - 1",),
    ):
        harmed = Path(shutil.copytree(copy, tmp_path / str(len(harm))))
        folder = harmed / "inspections" / inspection.id
        keys = open_keys(folder, bytes.fromhex(inspection.id), profile.master)
        connection: Any = engine.open_writer(folder / STORE, keys.database.raw)
        for statement in harm:
            connection.execute(statement)
        connection.close()
        with pytest.raises(AssertionError):
            reader.read(harmed, inspection.id, PASSPHRASE, quick)


def test_the_reader_imports_nothing_of_the_app() -> None:
    tree = ast.parse(Path(reader.__file__).read_text("utf-8"))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [one.name for one in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported & {"app", "tests", "sqlcipher3"} == set()

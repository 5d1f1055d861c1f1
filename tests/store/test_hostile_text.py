"""Text that would be something else to a database: kept as it is, or refused before it is there."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import InvalidInputError, StoreError
from app.operations import notes
from app.operations.inspection import Inspection
from app.operations.searching import find_words
from app.store import engine, migrate
from tests.fakes.clock import StillClock
from tests.fakes.stores import keys_of, open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOSTILE = [
    "'; DROP TABLE record; --",
    '" OR ""="',
    "%",
    "_",
    "{a}:x",
    "col : x",
    "x' || (SELECT body FROM revision) || '",
    "ATTACH DATABASE 'x' AS y KEY ''",
    "🙂 a\u0301 ŵ ß \u202e",
]
text = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=200
).filter(str.strip)


@pytest.fixture
def inspection(tmp_path: Path) -> Iterator[Inspection]:
    clock = StillClock()
    opened = Inspection("0" * 32, open_store(tmp_path / "store", clock), clock)
    yield opened
    opened.close()


def schema(inspection: Inspection) -> str:
    return inspection.ask(lambda view: migrate.schema(view.records.connection))


def written(inspection: Inspection, words: str) -> str:
    note = inspection.do(notes.add_note, "jotting", {"ref": "OF-01"}).made
    inspection.do(notes.add_paragraph, note, words)
    return inspection.ask(notes.read_note, note).paragraphs[0].text


@pytest.mark.parametrize("words", HOSTILE)
def test_j02_words_that_look_like_commands_are_words(inspection: Inspection, words: str) -> None:
    before = schema(inspection)
    assert written(inspection, words) == words
    inspection.ask(find_words, words)
    assert schema(inspection) == before


@given(text)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_j02_any_words_come_back_as_they_were_typed(inspection: Inspection, words: str) -> None:
    with suppress(InvalidInputError):  # control characters, as the test of J05 says
        assert written(inspection, words) == words


@pytest.mark.parametrize("name", ["record; --", "id) --", 'x" OR 1=1', "*"])
def test_j03_names_are_bound_like_words_and_name_nothing_else(
    inspection: Inspection, name: str
) -> None:
    written(inspection, "seen")
    assert inspection.ask(lambda view: view.records.of_kind(name)) == []
    assert inspection.ask(lambda view: view.records.parts_of(name, name)) == []
    assert inspection.ask(lambda view: view.records.referring_to(name)) == []


@pytest.mark.parametrize("words", ["seen\0heard", "\0", "\ud800", "heard \udfff"])
def test_j05_j06_what_is_no_text_is_refused_before_it_gets_to_the_store(
    inspection: Inspection, words: str
) -> None:
    note = inspection.do(notes.add_note, "jotting", {"ref": "OF-01"}).made
    with pytest.raises(InvalidInputError, match="characters that are no text"):
        inspection.do(notes.add_paragraph, note, words)
    assert inspection.ask(notes.read_note, note).paragraphs == ()
    inspection.ask(find_words, words)


def test_b02_a_connection_without_a_key_opens_nothing(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    for key in (b"", bytes(31), bytes(33)):
        with pytest.raises(StoreError):
            engine.open_writer(tmp_path / "store.db", key)
    for one in tmp_path.iterdir():
        assert one.is_dir() or not one.read_bytes().startswith(b"SQLite format 3")


# Sorts, joins and rebuilds far more than its cache holds.
BIG_WORK = """
import sys
from pathlib import Path
from tests.fakes.stores import open_store
from app.store.rebuild import rebuild
store = open_store(Path(sys.argv[1]))
many = [(f"n-{n}", "paragraph", {"text": f"{n} " + "seen and heard " * 20}) for n in range(3_000)]
store.write(lambda tx: tx.write_many(many)).result()
store.write(lambda tx: tx.connection.execute("PRAGMA cache_size = 10")).result()
store.write(rebuild).result()
def ask(reader):
    execute = reader.connection.execute
    execute("PRAGMA cache_size = 10")
    execute("SELECT * FROM record ORDER BY text DESC").fetchall()
    execute("SELECT a.id FROM record a JOIN record b ON a.text > b.text ORDER BY b.text LIMIT 9")
store.read(ask)
store.close()
"""


@pytest.mark.skipif(shutil.which("strace") is None, reason="system calls are watched with strace")
def test_b12_big_sorts_and_rebuilds_make_no_file_beside_the_store(tmp_path: Path) -> None:
    keys_of(tmp_path / "store")
    calls = tmp_path / "calls"
    watched = subprocess.run(
        [
            *("strace", "-f", "-y", "-e", "trace=openat,creat", "-o", str(calls)),
            *(sys.executable, "-c", BIG_WORK, str(tmp_path / "store")),
        ],
        check=False,
        capture_output=True,
    )
    if b"ptrace" in watched.stderr.lower():
        pytest.skip("this machine lets nobody watch a process")
    assert watched.returncode == 0, watched.stderr
    lines = calls.read_text(errors="replace").splitlines()
    # Python tries once whether temporary files can be made; that one stays empty of ours.
    probe = re.compile(r'"/[^"]*/[a-z0-9_]{8}", O_RDWR\|O_CREAT\|O_EXCL')
    made = [one for one in lines if "O_CREAT" in one and " = -1 " not in one]
    made = [one for one in made if not probe.search(one)]
    assert made
    outside = [one for one in made if f"{tmp_path}/store/" not in one and "__pycache__" not in one]
    assert outside == []

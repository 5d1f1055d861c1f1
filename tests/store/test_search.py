from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.store.search import MOST_HITS, question
from tests.fakes.stores import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.store.store import Store

TEXTS = {
    "p-1": "The children were seen alone at school.",
    "p-2": "Front-door screening takes three days; the police notice came late.",
    "p-3": "Café staff in Llanŵ knew the family’s decisions.",
    "p-4": "The MASH met at 14:02 about a section 47 enquiry.",
}
SYNONYMS = (("mash", "the junction", "multi-agency safeguarding hub"),)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = open_store(tmp_path_factory.mktemp("search"))
    written = [(one, "paragraph", {"text": text}) for one, text in TEXTS.items()]
    opened.write(lambda tx: tx.write_many(written)).result()
    yield opened
    opened.close()


def found(store: Store, text: str, synonyms: tuple = ()) -> set[str]:
    return {hit.record for hit in store.read(lambda reader: reader.search(text, synonyms))}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("child", {"p-1"}),
        ("CHILDREN", {"p-1"}),
        ("front door", {"p-2"}),
        ("front-door", {"p-2"}),
        ('"front door"', {"p-2"}),
        ('"door front"', set()),
        ("cafe", {"p-3"}),
        ("llanw", {"p-3"}),
        ("decision", {"p-3"}),
        ("family's", {"p-3"}),
        ("police late", {"p-2"}),
        ("police school", set()),
        ("14:02", {"p-4"}),
        ("", set()),
        ("   ", set()),
        ('"', set()),
        ("*", set()),
    ],
)
def test_words_are_found_as_people_expect(store: Store, typed: str, expected: set) -> None:
    assert found(store, typed) == expected


def test_another_name_for_the_same_thing_finds_it(store: Store) -> None:
    assert found(store, '"the junction"', SYNONYMS) == {"p-4"}
    assert found(store, '"the junction"') == set()


@given(st.text(max_size=200))
@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_j01_any_text_is_a_safe_question(store: Store, typed: str) -> None:
    assert isinstance(found(store, typed), set)


@pytest.mark.parametrize(
    "typed",
    [
        *("AND", "NEAR(", "^", "-x", "(", ")", "a:b", "{a}:x", "%", "\x00a", "\ud800"),
        *("'; DROP TABLE record", "(" * 5000, "x OR " * 3000, "word " * 20000, '"' * 999),
    ],
)
def test_j01_j04_what_would_be_syntax_is_only_words(store: Store, typed: str) -> None:
    assert isinstance(found(store, typed), set)


def test_the_found_words_are_marked_in_the_snippet(store: Store) -> None:
    hit = store.read(lambda reader: reader.search("notice"))[0]
    assert "\x02notice\x03" in hit.snippet


def test_changed_words_are_found_and_the_old_ones_are_not(store: Store) -> None:
    store.write(lambda tx: tx.write("p-9", "paragraph", {"text": "zebra"})).result()
    assert found(store, "zebra") == {"p-9"}
    store.write(lambda tx: tx.write("p-9", "paragraph", {"text": "okapi"})).result()
    assert found(store, "zebra") == set()
    assert found(store, "okapi") == {"p-9"}
    store.write(lambda tx: tx.write("p-9", "paragraph", {"deleted": True})).result()
    assert found(store, "okapi") == set()


def test_many_hits_are_cut_to_the_first_fifty_of_the_best(store: Store) -> None:
    many = [(f"m-{n}", "paragraph", {"text": f"walrus number {n}"}) for n in range(60)]
    many.append(("m-best", "paragraph", {"text": "walrus walrus walrus"}))
    store.write(lambda tx: tx.write_many(many)).result()
    hits = store.read(lambda reader: reader.search("walrus"))
    assert len(hits) == MOST_HITS
    assert hits[0].record == "m-best"


def test_short_beginnings_are_whole_words() -> None:
    assert question("to be seen") == '"to" AND "be" AND "seen"*'

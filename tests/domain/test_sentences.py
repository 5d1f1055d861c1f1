"""Sentences as British letters print them, and what stands under each."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.sentences import Ground, grounded, split

TEXTS = st.text(alphabet="Aa1 .!?…’”)\n•-“‘", max_size=80)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Dr Lee met Ms. Khan. They agreed.", "Dr Lee met Ms. Khan.|They agreed."),
        ("Under s.47 and s. 47 it held. Good.", "Under s.47 and s. 47 it held.|Good."),
        ("Some, e.g. Ofsted, agreed. It is so.", "Some, e.g. Ofsted, agreed.|It is so."),
        ("See No. 3 and pp. 4 to 6. I saw.", "See No. 3 and pp. 4 to 6.|I saw."),
        ("He said no. She left.", "He said no.|She left."),
        ("St. Mary’s joined. It rose by 3.5 days.", "St. Mary’s joined.|It rose by 3.5 days."),
        ("‘They listened.’ Children said so.", "‘They listened.’|Children said so."),
        ("(See the annex.) It is long.", "(See the annex.)|It is long."),
        ("‘Stop!’ he said. “Why?” Nobody knew.", "‘Stop!’ he said.|“Why?”|Nobody knew."),
        ("It was late… and cold. Then… Nothing.", "It was late… and cold.|Then…|Nothing."),
        ("We met Child C. She was seen.", "We met Child C.|She was seen."),
        ("J. Smith agreed. Mary J. K. Smith wrote.", "J. Smith agreed.|Mary J. K. Smith wrote."),
        ("They met at 9 a.m. on Monday. Good.", "They met at 9 a.m. on Monday.|Good."),
        ("timely help for children", "timely help for children"),
        ("One part\n\nAnother\n• a bullet\n• a second", "One part|Another|• a bullet|• a second"),
        ("A line that\nwraps here. Next.", "A line that\nwraps here.|Next."),
    ],
)
def test_a_block_splits_as_a_reader_would(text: str, sentences: str) -> None:
    assert [one.text for one in split(text)] == sentences.split("|")


def test_white_space_is_no_sentence() -> None:
    assert split("") == ()
    assert split(" \n ") == ()


@given(TEXTS)
def test_no_character_is_lost_between_sentences(text: str) -> None:
    end = 0
    for one in split(text):
        assert text[one.start : one.end] == one.text
        assert one.text
        assert one.text == one.text.strip()
        assert not text[end : one.start].strip()
        end = one.end
    assert not text[end:].strip()


BLOCK = "Help comes early. Plans are not yet clear. Families are heard."


def test_what_has_no_words_covers_the_whole_block() -> None:
    found = grounded(BLOCK, [Ground("f1")], [Ground("e1", " \n")])
    assert [one.grounds for one in found] == [("f1", "e1")] * 3


def test_what_has_words_covers_the_sentences_they_stand_in() -> None:
    bases = [Ground("f1", "Plans are  not\nyet clear.")]
    evidence = [Ground("e1", "early. Plans"), Ground("e2", "heard")]
    found = grounded(BLOCK, bases, evidence)
    assert [one.grounds for one in found] == [("e1",), ("f1", "e1"), ("e2",)]


def test_a_rewritten_sentence_needs_its_evidence_again() -> None:
    parts_of_words = [Ground("e1", "Plan"), Ground("e2", "eard")]
    found = grounded(BLOCK, [Ground("f1", "Help comes late.")], parts_of_words)
    assert [one.grounds for one in found] == [(), (), ()]


def test_one_ground_twice_counts_once() -> None:
    found = grounded("One.", [Ground("f1"), Ground("f1", "One")], [])
    assert found[0].grounds == ("f1",)


@pytest.mark.parametrize("unit", [" ", ".", "\n", "\n ", ".’", "a. ", "A. ", "’", ". \n"])
def test_no_text_makes_splitting_slow(unit: str) -> None:
    began = time.process_time()
    split(unit * 50_000 + "x")
    assert time.process_time() - began < 2

"""A suggested passphrase is strong, and a weak one of one's own is refused in plain words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from zxcvbn.matching import RANKED_DICTIONARIES

from app.errors import DamagedFileError, InvalidInputError
from app.operations import passphrases
from app.operations.passphrases import (
    LIST_LENGTH,
    SHORTEST_PASSPHRASE,
    WORDS,
    suggest,
    weakness,
    word_list,
)
from tests.operations import quick

if TYPE_CHECKING:
    from pathlib import Path

ABOUT = ["Annapurna Ó Briain", "Wexcombe", "Harrowfield Vale"]


def test_the_word_list_is_the_whole_one() -> None:
    words = word_list()
    assert len(words) == len(set(words)) == LIST_LENGTH == 6**5
    assert words[:2] == ("abacus", "abdomen")
    assert words[-1] == "zoom"
    assert not [one for one in words if " " in one or one != one.strip().lower()]


def test_a_list_of_another_length_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    short, twice = word_list()[1:], (*word_list()[1:], word_list()[1])
    monkeypatch.setattr(passphrases, "files", lambda _package: tmp_path)
    (tmp_path / "static").mkdir()
    for written in ("", "\n".join(short), "\n".join(twice), "abacus \xe9"):
        (tmp_path / "static" / "eff-long").write_text(written, encoding="latin-1")
        with pytest.raises(DamagedFileError):
            word_list.__wrapped__()
    (tmp_path / "static" / "eff-long").unlink()
    with pytest.raises(DamagedFileError):
        word_list.__wrapped__()


def test_a_suggestion_is_five_words_of_the_list_and_passes_always() -> None:
    drawn = [suggest() for _ in range(200)]
    for one in drawn:
        assert len(one.split(" ")) == WORDS
        assert set(one.split(" ")) <= set(word_list())
        assert weakness(one, ABOUT) is None
    assert len(set(drawn)) == len(drawn)
    # 1,000 draws of 7,776: nearly all differ, or the draw is not even.
    assert len(Counter(word for one in drawn for word in one.split(" "))) > 850


def test_a_weak_draw_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    strong = ["clover", "anvil", "parade", "mustard", "fjord"]
    dealt = iter(["abacus"] * WORDS + strong)
    monkeypatch.setattr(passphrases.secrets, "choice", lambda _words: next(dealt))
    assert suggest() == " ".join(strong)


@pytest.mark.parametrize(
    "typed", ["", "x", "b7#Kq!9zTw2$Lm", "é" * (SHORTEST_PASSPHRASE - 1), "cafe\u0301 x7#Kq!9zT"]
)
def test_fewer_than_fifteen_characters_are_too_few_however_they_are_spelled(typed: str) -> None:
    assert "at least 15" in (weakness(typed) or "")


@pytest.mark.parametrize(
    "typed",
    [
        "passwordpassword",
        "p a s s w o r d p a s s w o r d",
        "Passw0rd Passw0rd!",
        "ｐａｓｓｗｏｒｄｐａｓｓｗｏｒｄ",
        "qwertyuiopasdfgh",
        "1234567890123456",
        "1 2 3 4 5 6 7 8 9 10",
        "aaaaa bbbbb ccccc",
        "january february march",
        "safeguarding children 2026",
        "Summer2026Summer2026!",
        "\0" * 20,
        " " * 20,
        "\ud800" * 20,
        "x" * 10_000,
        "monkey dragon " * 100,
    ],
)
def test_common_words_dates_and_patterns_are_refused(typed: str) -> None:
    assert "soon be guessed" in (weakness(typed) or "")


@pytest.mark.parametrize(
    "typed",
    [
        "to be or not to be",
        "May the Force be with you!",
        "correct horse battery staple",
        "Correct-Horse-Battery-Staple 1",
        "the lord is my shepherd",
        "ThisLittlePiggyWentToMarket",
    ],
)
def test_words_everybody_knows_are_refused(typed: str) -> None:
    assert "known to everybody" in (weakness(typed) or "")


@pytest.mark.parametrize(
    "typed", ["annapurna briain wexcombe", "Harrowfield-Vale Wexcombe", "óbriain.harrowfield.1"]
)
def test_names_of_person_and_area_are_tried_first(typed: str) -> None:
    assert weakness(typed) is None
    assert "names" in (weakness(typed, ABOUT) or "")
    assert not RANKED_DICTIONARIES["user_inputs"], "a name stayed behind"
    assert weakness(typed) is None


@pytest.mark.parametrize(
    "typed",
    [
        "clover anvil parade mustard fjord",
        "café anvil parade mustard",
        "grandma's blue kettle whistles",
        "Kx9#vB2$mQ7!pL4@zR",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa clover anvil parade mustard fjord",
    ],
)
def test_what_would_last_is_taken(typed: str) -> None:
    assert weakness(typed, ABOUT) is None


@settings(max_examples=60)
@given(st.text(max_size=60), st.lists(st.text(max_size=20), max_size=3))
def test_anything_typed_is_judged_in_a_sentence_that_does_not_quote_it(
    typed: str, about: list[str]
) -> None:
    sentence = weakness(typed, about)
    if sentence is not None:
        assert sentence.endswith(".")
        assert len(typed) < 6 or typed not in sentence


@pytest.mark.parametrize("typed", ["", "passwordpassword", "to be or not to be"])
def test_creating_refuses_a_weak_one_and_makes_nothing(tmp_path: Path, typed: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        quick.create(tmp_path / "profile", typed)
    assert refused.value.place == "passphrase"
    assert refused.value.sentence.endswith("Nothing was created.")
    assert not (tmp_path / "profile").exists()

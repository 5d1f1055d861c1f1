"""The recovery key survives being written down, and a mistake in it is noticed."""

from __future__ import annotations

import json
import re
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.crypto.keys import RecoveryKey
from app.crypto.recovery_text import ALPHABET, from_text, to_text
from app.errors import InvalidInputError

VECTORS = json.loads(
    (Path(__file__).parent / "vectors" / "recovery_key.json").read_text(encoding="utf-8")
)["texts"]
KEY = RecoveryKey(bytes.fromhex(VECTORS[-1]["key"]))
LETTERS = to_text(KEY).replace("-", "")
keys = st.binary(min_size=16, max_size=16).map(RecoveryKey)


@pytest.mark.parametrize("case", VECTORS, ids=lambda case: case["text"][:4])
def test_recovery_keys_read_as_in_the_vectors(case):
    assert to_text(RecoveryKey(bytes.fromhex(case["key"]))) == case["text"]
    assert from_text(case["text"]).raw.hex() == case["key"]


@given(keys)
def test_every_recovery_key_comes_back_from_paper(key):
    text = to_text(key)
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}", text)
    assert from_text(text) == key


def test_a10_each_single_wrong_character_is_noticed():
    for place, letter in enumerate(LETTERS):
        for wrong in ALPHABET.replace(letter, ""):
            with pytest.raises(InvalidInputError):
                from_text(LETTERS[:place] + wrong + LETTERS[place + 1 :])


def test_a10_each_swapped_pair_is_noticed():
    """Not neighbours alone: any two."""
    for one, other in combinations(range(28), 2):
        if LETTERS[one] != LETTERS[other]:
            swapped = list(LETTERS)
            swapped[one], swapped[other] = swapped[other], swapped[one]
            with pytest.raises(InvalidInputError):
                from_text("".join(swapped))


@given(keys, st.data())
def test_a10_any_two_wrong_characters_are_noticed(key, data):
    letters = list(to_text(key).replace("-", ""))
    for place in data.draw(st.lists(st.integers(0, 27), min_size=1, max_size=2, unique=True)):
        letters[place] = data.draw(st.sampled_from(ALPHABET.replace(letters[place], "")))
    with pytest.raises(InvalidInputError):
        from_text("".join(letters))


@given(keys, st.data())
def test_a10_case_spaces_dashes_and_lookalikes_are_forgiven(key, data):
    spelling = {"0": "0Oo", "1": "1IiLl"}
    gaps = st.sampled_from(["", "", " ", "-", "\u2013", "\u00a0", " - ", "\t", "\n"])
    typed = "".join(
        data.draw(st.sampled_from(spelling.get(letter, letter + letter.lower()))) + data.draw(gaps)
        for letter in to_text(key).replace("-", "")
    )
    assert from_text(f"  {typed} ") == key


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        LETTERS[:-1],
        LETTERS + "0",
        "*" + LETTERS[1:],
        "U" * 28,
        "0" * 10**6,
        "é" * 28,
        # Upper-casing makes ASCII letters of these, and so the right ones.
        to_text(RecoveryKey(bytes(range(16)))).replace("1", "\u0131"),
        "SSSSSSSS".replace("SS", "\u00df") + LETTERS[8:],
        "\uff10" * 28,
    ],
)
def test_a10_what_is_no_recovery_key_is_refused_without_quoting_it(text):
    with pytest.raises(InvalidInputError) as refusal:
        from_text(text)
    assert len(text) < 5 or text[:28] not in refusal.value.sentence


@given(st.text(max_size=40))
def test_any_text_is_a_recovery_key_or_refused(text):
    try:
        key = from_text(text)
    except InvalidInputError:
        return
    assume(key)
    assert from_text(to_text(key)) == key


def test_spare_bits_must_be_zero():
    """A right check over 130 bits that no key has: one text for one key."""
    shifted = [
        ALPHABET.index(letter) for letter in to_text(RecoveryKey(bytes(16))) if letter != "-"
    ]
    shifted[25] ^= 1
    for one in range(32):
        for other in range(32):
            text = "".join(ALPHABET[value] for value in [*shifted[:26], one, other])
            with pytest.raises(InvalidInputError):
                from_text(text)

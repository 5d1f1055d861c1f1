"""A passphrase has one spelling, and no file decides how little or how much work it costs."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.crypto.calibration import MOST_MEMORY_KIB, calibrate
from app.crypto.passphrase import (
    DEFAULT_PARAMETERS,
    RELEASE_POLICY,
    Argon2Parameters,
    Stretcher,
    normalise,
)
from app.errors import InvalidInputError, WeakParametersError
from tests.crypto.samples import CHEAP, CHEAP_STRETCHER, CountingKdf

_MIB = 1024
_SALT = bytes(16)


def test_a06_composed_and_decomposed_letters_are_one_passphrase():
    assert normalise("café") == normalise("cafe\u0301") == "café".encode()


@pytest.mark.parametrize("spaced", [" word", "word ", " word ", "word\n", "wo rd", "Word"])
def test_a06_spaces_line_ends_and_case_are_significant(spaced):
    assert normalise(spaced) == spaced.encode()
    assert normalise(spaced) != normalise("word")


@pytest.mark.parametrize(
    "words", ["x", "\0", "a\0b", "👩‍🚒" * 10, "שלום עולם", "\u202eabc", "x" * 1024, "é" * 512]
)
def test_a07_any_text_up_to_1024_bytes_is_taken_whole(words):
    assert normalise(words) == unicodedata.normalize("NFKC", words).encode()


@pytest.mark.parametrize("words", ["", "x" * 1025, "é" * 513, "\ufdfa" * 57, "a\ud800b"])
def test_a07_what_cannot_be_a_passphrase_is_refused_in_words_that_do_not_quote_it(words):
    """The fourth is 171 bytes as typed and 1,881 once normalised."""
    with pytest.raises(InvalidInputError) as refusal:
        normalise(words)
    assert refusal.value.place == "passphrase"
    assert "Nothing was changed" in refusal.value.sentence
    assert words[:1] == "" or words[:20] not in refusal.value.sentence


@given(st.text(min_size=1, max_size=60), st.text(min_size=1, max_size=60))
def test_a06_two_passphrases_are_alike_exactly_when_unicode_says_so(one, other):
    alike = unicodedata.normalize("NFKC", one) == unicodedata.normalize("NFKC", other)
    assert (normalise(one) == normalise(other)) == alike
    assert normalise(normalise(one).decode()) == normalise(one)


@given(st.text(min_size=1, max_size=30), st.text(min_size=1, max_size=5))
def test_a07_no_byte_of_a_passphrase_is_ignored(words, more):
    short, long = (CHEAP_STRETCHER.derive(text, _SALT, CHEAP) for text in (words, words + more))
    assert (short == long) == (normalise(words) == normalise(words + more))


def test_a07_a_difference_after_72_bytes_or_a_zero_counts():
    for one, other in (("a" * 72 + "b", "a" * 72 + "c"), ("a\0b", "a\0c"), ("a", "a\0")):
        keys = [CHEAP_STRETCHER.derive(words, _SALT, CHEAP) for words in (one, other)]
        assert keys[0] != keys[1]


@pytest.mark.parametrize(
    "asked",
    [
        Argon2Parameters(64 * _MIB - 1, 3, 1),
        Argon2Parameters(64 * _MIB, 2, 1),
        Argon2Parameters(64 * _MIB, 3, 0),
        Argon2Parameters(0, 0, 0),
        CHEAP,
        Argon2Parameters(2048 * _MIB + 1, 3, 1),
        Argon2Parameters(64 * 1024 * _MIB, 3, 4),
        Argon2Parameters(64 * _MIB, 21, 1),
        Argon2Parameters(64 * _MIB, 10**6, 1),
        Argon2Parameters(64 * _MIB, 3, 17),
        Argon2Parameters(2**32 - 1, 2**32 - 1, 2**32 - 1),
    ],
)
def test_a03_a04_too_little_and_too_much_work_are_refused_before_any_is_done(asked):
    kdf = CountingKdf()
    with pytest.raises(WeakParametersError):
        Stretcher(kdf=kdf).derive("words", _SALT, asked)
    assert kdf.calls == 0


@pytest.mark.parametrize("edge", [RELEASE_POLICY.floor, RELEASE_POLICY.ceiling, DEFAULT_PARAMETERS])
def test_a03_floor_ceiling_and_default_are_allowed(edge):
    Stretcher().check(edge)


def test_a03_lanes_without_memory_for_them_are_refused():
    """Argon2 itself would raise: it must not come to that."""
    with pytest.raises(WeakParametersError):
        CHEAP_STRETCHER.check(replace(CHEAP, lanes=2))


def test_a04_missing_memory_is_said_in_words():

    def without_memory(*_: object, **__: object) -> bytes:
        raise MemoryError

    with pytest.raises(WeakParametersError, match="256 MB of free memory"):
        Stretcher(kdf=without_memory).derive("words", _SALT, DEFAULT_PARAMETERS)


class Laptop:
    """A clock, and a derivation that moves it: so many seconds for a GiB and pass."""

    def __init__(self, speed: float, memory_mib: int = 10**6) -> None:
        self.seconds, self.speed, self.memory_mib = 0.0, speed, memory_mib

    def now(self) -> float:
        return self.seconds

    def kdf(self, secret: bytes, salt: bytes, *, memory_kib: int, passes: int, lanes: int) -> bytes:
        del secret, salt, lanes
        if memory_kib > self.memory_mib * _MIB:
            raise MemoryError
        self.seconds += self.took(Argon2Parameters(memory_kib, passes, 4))
        return bytes(32)

    def took(self, work: Argon2Parameters) -> float:
        return work.memory_kib / _MIB / 1024 * work.passes * self.speed

    def calibrated(self) -> Argon2Parameters:
        return calibrate(Stretcher(kdf=self.kdf), now=self.now)


@given(st.floats(1e-4, 100), st.sampled_from([256, 400, 512, 1024, 10**6]))
def test_calibration_reaches_half_a_second_and_stays_below_one(speed, memory_mib):
    laptop = Laptop(speed, memory_mib)
    chosen = laptop.calibrated()
    took, at_least = laptop.took(chosen), laptop.took(DEFAULT_PARAMETERS)
    assert RELEASE_POLICY.allows(chosen)
    assert chosen.memory_kib >= DEFAULT_PARAMETERS.memory_kib
    assert chosen.passes >= DEFAULT_PARAMETERS.passes
    assert took >= 0.499 or chosen.passes == RELEASE_POLICY.ceiling.passes
    assert took <= max(1.001, at_least)


def test_calibration_raises_memory_before_passes():
    assert Laptop(0.4).calibrated() == Argon2Parameters(512 * _MIB, 3, 4)
    assert Laptop(0.1).calibrated() == Argon2Parameters(MOST_MEMORY_KIB, 5, 4)


def test_calibration_never_goes_below_the_default_on_a_slow_laptop():
    assert Laptop(100).calibrated() == DEFAULT_PARAMETERS


def test_calibration_ends_though_the_clock_stands_still():
    standing = calibrate(Stretcher(kdf=Laptop(0).kdf), now=lambda: 0.0)
    assert standing == Argon2Parameters(MOST_MEMORY_KIB, 20, 4)

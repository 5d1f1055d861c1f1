"""What opens a profile and what doesn't, and that nobody can alter a keyring unseen."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.crypto import keyring
from app.crypto.keys import MasterKey, Pepper, RecoveryKey
from app.crypto.passphrase import RELEASE_POLICY, Argon2Parameters, Stretcher
from app.errors import (
    DamagedFileError,
    InvalidInputError,
    NewerVersionError,
    SiteweekError,
    WeakParametersError,
    WrongPassphraseError,
)
from tests.crypto import twin
from tests.crypto.samples import (
    CHEAP,
    CHEAP_POLICY,
    CHEAP_STRETCHER,
    PASSPHRASE,
    CountingKdf,
    raised_by,
    single_byte_flips,
)

SLOT_0 = slice(26, 116)
PEPPER = Pepper(b"p" * 32)


def create(passphrase: str = PASSPHRASE, pepper: Pepper | None = None) -> tuple[bytes, MasterKey]:
    return keyring.create(passphrase, CHEAP, pepper=pepper, stretcher=CHEAP_STRETCHER)


def unlock(data: bytes, passphrase: str = PASSPHRASE, pepper: Pepper | None = None) -> MasterKey:
    return keyring.unlock_with_passphrase(
        data, passphrase, pepper=pepper, stretcher=CHEAP_STRETCHER
    )


def change(data: bytes, master: MasterKey, passphrase: str) -> bytes:
    return keyring.change_passphrase(data, master, passphrase, CHEAP, stretcher=CHEAP_STRETCHER)


@pytest.fixture
def both() -> tuple[bytes, MasterKey, RecoveryKey]:
    """A keyring with both slots, its master key and its recovery key."""
    data, master = create()
    data, recovery = keyring.add_recovery(data, master)
    return data, master, recovery


@settings(max_examples=40)
@given(st.text(min_size=1, max_size=80), st.none() | st.binary(min_size=32, max_size=32))
def test_what_made_a_keyring_opens_it_here_and_in_the_twin(passphrase, pepper_bytes):
    pepper = None if pepper_bytes is None else Pepper(pepper_bytes)
    data, master = create(passphrase, pepper)
    data, recovery = keyring.add_recovery(data, master)
    assert unlock(data, passphrase, pepper) == master
    assert keyring.unlock_with_recovery(data, recovery) == master
    assert twin.read_keyring(data, passphrase, pepper_bytes) == master.raw
    assert twin.read_keyring_with_recovery(data, recovery.raw) == master.raw


def test_a03_real_parameters_open_under_the_release_policy():
    """The floor itself, with nothing passed in."""
    data, master = keyring.create(PASSPHRASE, RELEASE_POLICY.floor)
    assert keyring.unlock_with_passphrase(data, PASSPHRASE) == master


def test_a03_a_cheap_keyring_is_refused_in_a_release_before_any_work():
    data, _ = create()
    kdf = CountingKdf()
    with pytest.raises(WeakParametersError):
        keyring.unlock_with_passphrase(data, PASSPHRASE, stretcher=Stretcher(kdf=kdf))
    with pytest.raises(WeakParametersError):
        keyring.create(PASSPHRASE, CHEAP, stretcher=Stretcher(kdf=kdf))
    assert kdf.calls == 0


def test_a03_weak_parameters_are_named_before_a_missing_pepper():
    """Nobody should fetch a recovery key because of a crafted file."""
    data, _ = create(pepper=PEPPER)
    with pytest.raises(WeakParametersError):
        keyring.unlock_with_passphrase(data, PASSPHRASE)


@pytest.mark.parametrize(
    "work",
    [
        Argon2Parameters(64 * 2**20, 3, 4),
        Argon2Parameters(65536, 10**6, 4),
        Argon2Parameters(65536, 2, 1),
        Argon2Parameters(65535, 3, 1),
        Argon2Parameters(65536, 3, 0),
    ],
)
def test_a03_a04_a_crafted_keyring_neither_freezes_the_laptop_nor_makes_guessing_cheap(work):
    data, _ = create()
    numbers = b"".join(n.to_bytes(4, "big") for n in (work.memory_kib, work.passes, work.lanes))
    kdf = CountingKdf()
    with pytest.raises(WeakParametersError):
        keyring.unlock_with_passphrase(
            data[:28] + numbers + data[40:], PASSPHRASE, stretcher=Stretcher(kdf=kdf)
        )
    assert kdf.calls == 0


def test_a01_k16_a_wrong_passphrase_and_a_damaged_slot_read_the_same(both):
    """And they cost the same: one derivation each."""
    data, _, recovery = both
    sentences, calls = set(), []
    damaged = data[:100] + bytes([data[100] ^ 1]) + data[101:]
    for file, words in ((data, "not this one"), (damaged, PASSPHRASE), (damaged, "neither")):
        kdf = CountingKdf()
        with pytest.raises(WrongPassphraseError) as refusal:
            keyring.unlock_with_passphrase(file, words, stretcher=Stretcher(CHEAP_POLICY, kdf))
        sentences.add(refusal.value.sentence)
        calls.append(kdf.calls)
    wrong = RecoveryKey(bytes(16))
    damaged = data[:150] + bytes([data[150] ^ 1]) + data[151:]
    for file, key in ((data, wrong), (damaged, recovery)):
        with pytest.raises(WrongPassphraseError) as refusal:
            keyring.unlock_with_recovery(file, key)
        sentences.add(refusal.value.sentence)
    assert len(sentences) == 1
    assert calls == [1, 1, 1]
    assert PASSPHRASE not in sentences.pop()


def test_a02_each_single_byte_flip_is_refused_by_both_ways_in(both):
    data, master, recovery = both
    for place, flipped in single_byte_flips(data):
        problems = [
            raised_by(lambda file=flipped: unlock(file)),
            raised_by(lambda file=flipped: unlock(file, pepper=PEPPER)),
            raised_by(lambda file=flipped: keyring.unlock_with_recovery(file, recovery)),
            raised_by(lambda file=flipped: keyring.add_recovery(file, master)),
            raised_by(lambda file=flipped: change(file, master, "new")),
        ]
        assert all(isinstance(problem, SiteweekError) for problem in problems), place
        assert all("Nothing was changed" in problem.sentence for problem in problems), place


@settings(max_examples=150)
@given(st.data())
def test_a02_no_single_bit_changes_what_a_keyring_means(data):
    made, _ = create()
    bit = data.draw(st.integers(0, len(made) * 8 - 1))
    changed = bytearray(made)
    changed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(SiteweekError):
        unlock(bytes(changed))


def test_a05_slots_and_headers_of_two_profiles_do_not_mix(both):
    """Same passphrase in both, so that only the binding can tell."""
    one, _, recovery = both
    other, other_master = create()
    other, _ = keyring.add_recovery(other, other_master)
    for mixed in (
        one[:26] + other[SLOT_0] + one[116:],
        other[:26] + one[SLOT_0] + other[116:],
        one[:9] + other[9:25] + one[25:],
        one[:116] + other[116:],
        one[:116] + other[116:178] + one[178:],
        one[:26] + other[26:56] + one[56:],
        one[:178] + other[178:],
    ):
        with pytest.raises(SiteweekError):
            unlock(mixed)
        with pytest.raises(SiteweekError):
            keyring.unlock_with_recovery(mixed, recovery)


def test_a02_a05_a_slot_put_in_or_taken_out_from_outside_is_seen(both):
    data, master, _ = both
    without = data[:25] + b"\1" + data[26:116] + data[178:]
    with pytest.raises(DamagedFileError, match="altered by something other"):
        unlock(without)
    with pytest.raises(DamagedFileError, match="altered by something other"):
        change(without, master, "new")


def test_a12_cut_or_lengthened_keyrings_are_refused_in_words(both):
    data, _, recovery = both
    alone, _ = create()
    for whole in (data, alone):
        for length in range(len(whole)):
            with pytest.raises(DamagedFileError, match="Put back a copy"):
                unlock(whole[:length])
        for more in (b"\0", b"\n", whole, bytes(10**6)):
            with pytest.raises(DamagedFileError, match="Put back a copy"):
                keyring.unlock_with_recovery(whole + more, recovery)


@settings(max_examples=200)
@given(st.binary(max_size=300), st.sampled_from([b"", b"SWKEYRNG", b"SWKEYRNG\1"]))
def test_a12_any_bytes_are_refused_with_an_expected_error(noise, beginning):
    for call in (unlock, keyring.summarise):
        with pytest.raises(SiteweekError):
            call(beginning + noise)


def test_a_newer_keyring_is_refused_in_its_own_words(both):
    data, _, recovery = both
    for version in (2, 255):
        newer = data[:8] + bytes([version]) + b"whatever comes then"
        with pytest.raises(NewerVersionError, match="newer Siteweek"):
            unlock(newer)
        with pytest.raises(NewerVersionError):
            keyring.unlock_with_recovery(newer, recovery)
        with pytest.raises(NewerVersionError):
            keyring.summarise(newer)


def test_a_changed_passphrase_replaces_the_old_one_and_keeps_the_rest(both):
    data, master, recovery = both
    changed = change(data, master, "another")
    assert unlock(changed, "another") == master
    assert keyring.unlock_with_recovery(changed, recovery) == master
    with pytest.raises(WrongPassphraseError):
        unlock(changed)
    assert data[SLOT_0][14:] not in changed


def test_a_forgotten_passphrase_is_replaced_with_the_recovery_key(both):
    data, _, recovery = both
    changed = change(data, keyring.unlock_with_recovery(data, recovery), "remembered")
    assert unlock(changed, "remembered") == unlock(data)


def test_a_new_recovery_key_ends_the_old_one(both):
    data, master, recovery = both
    renewed, new = keyring.add_recovery(data, master)
    assert keyring.unlock_with_recovery(renewed, new) == master
    assert unlock(renewed) == master
    with pytest.raises(WrongPassphraseError):
        keyring.unlock_with_recovery(renewed, recovery)


def test_nothing_is_changed_with_the_master_key_of_another_profile(both):
    data, _, _ = both
    _, stranger = create()
    with pytest.raises(DamagedFileError):
        change(data, stranger, "new")
    with pytest.raises(DamagedFileError):
        keyring.add_recovery(data, stranger)


def test_a11_a_missing_pepper_is_said_before_any_work_and_the_recovery_key_still_opens():
    data, master = create(pepper=PEPPER)
    data, recovery = keyring.add_recovery(data, master)
    kdf = CountingKdf()
    with pytest.raises(WrongPassphraseError, match="recovery key"):
        keyring.unlock_with_passphrase(data, PASSPHRASE, stretcher=Stretcher(CHEAP_POLICY, kdf))
    assert kdf.calls == 0
    assert keyring.unlock_with_recovery(data, recovery) == master
    assert unlock(data, pepper=PEPPER) == master
    with pytest.raises(WrongPassphraseError):
        unlock(data, pepper=Pepper(bytes(32)))


def test_a_pepper_that_is_not_asked_for_is_left_aside(both):
    data, master, _ = both
    assert unlock(data, pepper=PEPPER) == master


def test_no_recovery_slot_is_said_in_words():
    data, _ = create()
    with pytest.raises(WrongPassphraseError, match="No recovery key was made"):
        keyring.unlock_with_recovery(data, RecoveryKey(bytes(16)))


def test_a_summary_says_what_to_ask_for():
    data, master = create(pepper=PEPPER)
    summary = keyring.summarise(data)
    assert (summary.uses_pepper, summary.has_recovery, summary.argon2) == (True, False, CHEAP)
    assert summary.vault_id == data[9:25]
    with_recovery, _ = keyring.add_recovery(data, master)
    assert keyring.summarise(with_recovery).has_recovery


def test_a06_composed_and_decomposed_passphrases_open_the_same_keyring():
    data, master = create("café ")
    assert unlock(data, "cafe\u0301 ") == master
    for other in ("café", " café ", "Café "):
        with pytest.raises(WrongPassphraseError):
            unlock(data, other)


@pytest.mark.parametrize("words", ["x", "x" * 1024, "a\0b", "👩‍🚒", "שלום"])
def test_a07_passphrases_of_every_allowed_shape_open(words):
    data, master = create(words)
    assert unlock(data, words) == master
    with pytest.raises(WrongPassphraseError):
        unlock(data, words[:-1] + "y")


@pytest.mark.parametrize("words", ["", "x" * 1025])
def test_a07_what_cannot_be_a_passphrase_makes_and_opens_nothing(words):
    data, master = create()
    for call in (lambda: create(words), lambda: unlock(data, words)):
        with pytest.raises(InvalidInputError):
            call()
    with pytest.raises(InvalidInputError):
        change(data, master, words)


def test_two_keyrings_share_nothing_random():
    one, other = create()[0], create()[0]
    for part in (slice(9, 25), slice(40, 56), slice(56, 68), slice(68, 116)):
        assert one[part] != other[part]


def test_a_rewritten_slot_draws_its_salt_and_nonce_anew(both):
    data, master, _ = both
    again = change(data, master, PASSPHRASE)
    renewed, _ = keyring.add_recovery(data, master)
    assert again[40:56] != data[40:56]
    assert again[56:68] != data[56:68]
    assert renewed[118:130] != data[118:130]

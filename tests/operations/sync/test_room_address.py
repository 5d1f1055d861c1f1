from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.errors import InvalidInputError
from app.operations.passphrases import word_list
from app.operations.sync.room_address import address_in, words_for

PRIVATE = st.one_of(
    *(
        st.integers(int(one.network_address), int(one.broadcast_address))
        for one in map(IPv4Network, ("10.0.0.0/8", "192.168.0.0/16", "172.16.0.0/12"))
    )
)


@given(PRIVATE, st.integers(1, 65_535))
def test_four_words_lead_back_to_the_room(address: int, port: int) -> None:
    words = words_for(str(IPv4Address(address)), port)
    assert len(words.split()) == 4
    assert address_in(f"  {words.upper()} ") == f"http://{IPv4Address(address)}:{port}"


@given(PRIVATE, st.integers(1, 65_535), st.integers(0, 3), st.sampled_from(word_list()))
def test_a_word_heard_wrongly_leads_nowhere_or_to_a_place_in_the_local_network(
    address: int, port: int, place: int, heard: str
) -> None:
    words = words_for(str(IPv4Address(address)), port).split()
    assume(words[place] != heard)
    words[place] = heard
    try:
        found = address_in(" ".join(words))
    except InvalidInputError:
        return
    assert found != f"http://{IPv4Address(address)}:{port}"


def test_most_slips_of_the_ear_are_noticed() -> None:
    words = words_for("192.168.1.20", 8765).split()
    slips = [[*words[:3], other] for other in word_list()[:2000] if other != words[3]]
    noticed = 0
    for slip in slips:
        try:
            address_in(" ".join(slip))
        except InvalidInputError:
            noticed += 1
    assert noticed / len(slips) > 0.8


@pytest.mark.parametrize("typed", ["", "one", "zebra " * 5, "not-a-word a b c", "\x00"])
def test_anything_else_is_no_room(typed: str) -> None:
    with pytest.raises(InvalidInputError):
        address_in(typed)


def test_words_that_lead_out_of_the_local_network_are_refused() -> None:
    with pytest.raises(InvalidInputError, match="local network"):
        address_in(words_for("8.8.8.8", 80))
    with pytest.raises(InvalidInputError):
        words_for("::1", 80)

from __future__ import annotations

from app.operations.sync.words import joining_words, state_words


def test_twelve_words_are_read_out_for_a_newcomer_and_six_for_what_all_hold() -> None:
    joining = joining_words(bytes(32), bytes(32), b"lead", b"newcomer")
    assert len(joining) == 12
    assert joining != joining_words(bytes(32), bytes(32), b"lead", b"another")
    held = state_words(bytes(32), bytes(32), {"a" * 32: bytes(32)})
    assert len(held) == 6
    assert held != state_words(bytes(32), bytes(32), {"a" * 32: b"\x01" * 32})

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.domain.differences import Change, Piece, differences

WORDS = st.text(st.sampled_from("ab é-’. \n"), max_size=60)


@given(WORDS, WORDS)
def test_both_texts_can_be_read_whole(before: str, after: str) -> None:
    found = differences(before, after)
    assert "".join(one.text for one in found if one.change is not Change.CAME) == before
    assert "".join(one.text for one in found if one.change is not Change.GONE) == after


def test_whole_words_go_and_come() -> None:
    assert differences("a week after it", "a month after it") == [
        Piece(Change.SAME, "a "),
        Piece(Change.GONE, "week"),
        Piece(Change.CAME, "month"),
        Piece(Change.SAME, " after it"),
    ]


def test_texts_too_long_to_compare_are_shown_as_they_are() -> None:
    before, after = "a " * 15_000, "b " * 15_000
    assert [one.text for one in differences(before, after)] == [before, after]
    assert differences(before, before) == [Piece(Change.SAME, before)]

"""Coded words stay the same words, or are shown as loose: never silently others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.spans import CONTEXT, Edit, Span, find, make, moved

# Few letters, so that the same words turn up in many places by chance.
TEXTS = st.text(alphabet="ab .", min_size=1, max_size=120)
ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80)
INSERTED = st.text(alphabet="ab .", max_size=50)


def _edited(text: str, edit: Edit) -> str:
    return text[: edit.position] + edit.inserted + text[edit.position + edit.removed :]


def _stands_in(span: Span, text: str) -> None:
    """Check that a span tells the truth about a text."""
    assert span.start is not None
    assert span.end is not None
    assert text[span.start : span.end] == span.quote
    assert text.endswith(span.before, 0, span.start)
    assert text.startswith(span.after, span.end)
    assert len(span.before) <= CONTEXT
    assert len(span.after) <= CONTEXT
    assert find(text, span) == span.start


@st.composite
def spans(draw: st.DrawFn, texts: st.SearchStrategy[str] = TEXTS) -> tuple[str, Span]:
    """Draw a text and a span of its words."""
    text = draw(texts)
    start = draw(st.integers(0, len(text) - 1))
    return text, make(text, start, draw(st.integers(start + 1, len(text))))


@given(spans(ANY_TEXT))
def test_unchanged_text_has_its_words_where_they_were(drawn: tuple[str, Span]) -> None:
    text, span = drawn
    assert find(text, span) == span.start


@given(spans(), st.data())
def test_edits_outside_leave_the_words_exactly_as_they_were(
    drawn: tuple[str, Span], data: st.DataObject
) -> None:
    text, span = drawn
    words = span.quote
    for _ in range(data.draw(st.integers(1, 6))):
        start, end = span.start, span.end
        assert start is not None
        assert end is not None
        is_before = data.draw(st.booleans())
        lowest, highest = (0, start) if is_before else (end, len(text))
        position = data.draw(st.integers(lowest, highest))
        removed = data.draw(st.integers(0, highest - position))
        edit = Edit(position, removed, data.draw(INSERTED))
        text, span = _edited(text, edit), moved(span, edit)
        assert span.quote == words
        _stands_in(span, text)


@given(spans(), st.data())
def test_any_edits_keep_the_span_on_its_own_words_and_what_was_typed_within_them(
    drawn: tuple[str, Span], data: st.DataObject
) -> None:
    text, span = drawn
    start, end = span.start, span.end
    assert start is not None
    assert end is not None
    # Each character of the words is marked, so that the same letters elsewhere are told apart.
    own = [start <= place < end for place in range(len(text))]
    for _ in range(data.draw(st.integers(1, 6))):
        position = data.draw(st.integers(0, len(text)))
        removed = data.draw(st.integers(0, len(text) - position))
        edit = Edit(position, removed, data.draw(INSERTED))
        text, span = _edited(text, edit), moved(span, edit)
        joins = _joins_words(own, edit)
        own[position : position + removed] = [joins] * len(edit.inserted)
        places = [place for place, is_own in enumerate(own) if is_own]
        if span.start is None:
            assert places == []
            assert find(text, span) is None
            return
        assert places == list(range(span.start, span.start + len(span.quote)))
        _stands_in(span, text)


def _joins_words(own: list[bool], edit: Edit) -> bool:
    """Whether what an edit puts in becomes part of the words: it was made within them."""
    cut = edit.position + edit.removed
    if edit.removed:
        return all(own[edit.position : cut]) and sum(own) > edit.removed
    return 0 < cut < len(own) and own[cut - 1] and own[cut]


@given(spans(), TEXTS)
def test_in_a_text_changed_out_of_sight_only_the_same_words_are_found(
    drawn: tuple[str, Span], other: str
) -> None:
    _, span = drawn
    place = find(other, span)
    assert place is None or other.startswith(span.quote, place)


def test_typing_inside_makes_the_words_grow_and_at_the_ends_does_not() -> None:
    text = "The child waited nine weeks."
    span = make(text, 10, 16)
    assert moved(span, Edit(12, 0, "XX")).quote == "waXXited"
    assert moved(span, Edit(10, 0, "XX")).quote == "waited"
    assert moved(span, Edit(16, 0, "XX")).quote == "waited"
    assert moved(span, Edit(10, 4, "X")).quote == "Xed"
    assert moved(span, Edit(14, 2, "X")).quote == "waitX"


def test_removing_part_of_the_words_leaves_the_rest() -> None:
    span = make("The child waited nine weeks.", 10, 16)
    assert moved(span, Edit(4, 8, "")) == Span(4, "ited", "The ", " nine weeks.")
    assert moved(span, Edit(13, 6, "")) == Span(10, "wai", "The child ", "ne weeks.")


def test_removing_all_the_words_makes_the_span_loose_for_good() -> None:
    text = "She waited. She waited."
    span = make(text, 4, 10)
    loose = moved(span, Edit(3, 8, ""))
    assert loose.start is None
    assert loose.end is None
    assert loose.quote == "waited"
    assert find(text, loose) is None
    assert moved(loose, Edit(0, 0, "x")) == loose


def test_the_same_words_elsewhere_are_not_taken_for_the_lost_ones() -> None:
    first = make("no, no", 0, 2)
    assert find("no", first) is None
    in_list = make("Anna waited. Ben waited. Cas left.", 5, 11)
    assert find("Ben waited. Cas left.", in_list) is None


def test_of_several_places_the_one_with_the_same_surroundings_is_found() -> None:
    text = "Police did not attend. Health did not attend. Schools were there."
    span = make(text, 30, 44)
    longer = "On Monday all met. " + text
    assert find(longer, span) == 49
    assert longer[49:].startswith("did not attend. Schools")


def test_equal_surroundings_twice_are_ambiguous_and_so_loose() -> None:
    unit = "x" * CONTEXT + "waited" + "y" * CONTEXT
    span = make(unit, CONTEXT, CONTEXT + 6)
    assert find("-" + unit + unit, span) is None
    assert find(unit + unit, span) == CONTEXT


def test_long_words_that_occur_once_are_found_among_new_surroundings() -> None:
    words = "nobody told the school about the plan"
    span = make(f"We heard that {words} at all.", 14, 14 + len(words))
    assert find(f"Staff say {words}, twice.", span) == 10
    assert find(f"{words}; {words}", span) is None


def test_one_side_is_enough_where_only_one_place_has_it() -> None:
    span = make("The assessment was late for this child.", 19, 23)
    assert find("Today the assessment was late.", span) == 25
    assert find("It was late.", span) is None


def test_few_words_on_one_side_alone_are_not_enough() -> None:
    span = make("It was late", 7, 11)
    assert find("It was late again.", span) == 7
    assert find("Now it was late today.", span) is None
    assert find("So: It was late today.", span) is None


@pytest.mark.parametrize(("start", "end"), [(3, 3), (-1, 2), (2, 9), (3, 2)])
def test_a_span_needs_words(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="at least one character"):
        make("words", start, end)


def test_a_damaged_span_is_loose() -> None:
    assert find("words", Span(0, "")) is None

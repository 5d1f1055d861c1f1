"""The merge rule: any order, any repetition, any grouping; no value is lost without a choice."""

from __future__ import annotations

from functools import reduce
from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.revisions import (
    Dot,
    Revision,
    State,
    canonical,
    context_of,
    join,
    merge,
    of_revision,
)

if TYPE_CHECKING:
    from app.domain.revisions import Json

DEVICES = ("ann", "bo", "cas")
NAMES = ("text", "type", "deleted")
VALUES: st.SearchStrategy[Json] = st.sampled_from(["a", "b", None, True, 1, ["a"], {"k": "v"}])


def _revision(
    dot: tuple[str, int], fields: dict[str, Json], seen: list[Revision] | None = None
) -> Revision:
    context = context_of(seen or [])
    return Revision(Dot(*dot), "r1", "jotting", sum(context.values()), fields, context)


@st.composite
def histories(draw: st.DrawFn) -> list[Revision]:
    """Draw what some devices wrote about one record, each having seen part of the rest.

    A device has always seen its own revisions. Contexts hold per device the highest number
    seen, so what is seen is closed downwards, as it is when revisions arrive in their order.
    """
    written: list[Revision] = []
    numbers = dict.fromkeys(DEVICES, 0)
    seen: dict[str, dict[str, int]] = {device: {} for device in DEVICES}
    for _ in range(draw(st.integers(1, 10))):
        device = draw(st.sampled_from(DEVICES))
        for other in DEVICES:
            known = seen[device].get(other, 0)
            news = draw(st.integers(known, numbers[other])) if other != device else known
            if news:
                seen[device][other] = news
        numbers[device] += draw(st.integers(1, 3))  # other records take numbers between
        fields = draw(st.dictionaries(st.sampled_from(NAMES), VALUES, min_size=1))
        dot = Dot(device, numbers[device])
        written.append(Revision(dot, "r1", "jotting", len(written), fields, dict(seen[device])))
        seen[device][device] = numbers[device]
    return written


def _same(left: State, right: State) -> bool:
    """Whether two states are the same to every reader and to every later join."""
    return left == right and {
        name: list(map(canonical, one.values())) for name, one in left.fields.items()
    } == {name: list(map(canonical, one.values())) for name, one in right.fields.items()}


@given(histories(), st.data())
def test_any_order_and_any_repetition_end_in_the_same_state(
    history: list[Revision], data: st.DataObject
) -> None:
    repeated = [*history, *data.draw(st.lists(st.sampled_from(history)))]
    assert _same(merge(data.draw(st.permutations(repeated))), merge(history))


@given(histories(), st.data())
def test_any_grouping_ends_in_the_same_state(history: list[Revision], data: st.DataObject) -> None:
    parts: list[list[Revision]] = [[], [], []]
    for revision in history:
        data.draw(st.sampled_from(parts)).append(revision)
    one, two, three = map(merge, parts)
    whole = merge(history)
    assert _same(join(join(one, two), three), whole)
    assert _same(join(one, join(two, three)), whole)
    assert _same(join(three, join(two, one)), whole)
    assert _same(join(whole, one), whole)


@given(histories())
def test_a_value_is_current_or_was_known_to_whoever_replaced_it(history: list[Revision]) -> None:
    state = merge(history)
    for revision in history:
        for name, value in revision.fields.items():
            device, number = revision.dot
            replaced = any(
                name in other.fields and other.context.get(device, 0) >= number for other in history
            )
            versions = state.fields[name].versions
            assert (revision.dot in versions) != replaced
            if not replaced:
                shown = map(canonical, state.fields[name].values())
                assert canonical(value) in shown


@given(histories())
def test_no_field_anyone_wrote_is_ever_without_a_value(history: list[Revision]) -> None:
    state = merge(history)
    assert set(state.fields) == {name for one in history for name in one.fields}
    assert all(one.values() for one in state.fields.values())
    first = {name: one.values()[0] for name, one in state.fields.items()}
    if state.forks().get("deleted") == (False, True):
        first["deleted"] = False  # edited apart from its deletion: shown until somebody chooses
    assert state.values() == first


@given(histories(), st.sampled_from(NAMES), VALUES)
def test_choosing_after_having_seen_all_settles_the_field(
    history: list[Revision], name: str, value: Json
) -> None:
    last = max((one.dot.number for one in history if one.dot.device == "ann"), default=0)
    choice = Revision(Dot("ann", last + 1), "r1", "jotting", 99, {name: value}, context_of(history))
    state = merge([choice, *history])
    assert state.fields[name].values() == (value,)
    assert name not in state.forks()
    others = {each: one for each, one in merge(history).forks().items() if each != name}
    # Words chosen by someone who knew of the deletion may end that fork; nothing makes a new one.
    assert {each: one for each, one in state.forks().items() if each != "deleted"} == {
        each: one for each, one in others.items() if each != "deleted"
    }


@given(histories(), st.data())
def test_what_has_arrived_so_far_never_hides_what_arrives_later(
    history: list[Revision], data: st.DataObject
) -> None:
    some = data.draw(st.lists(st.sampled_from(history), unique_by=lambda one: one.dot))
    assert _same(reduce(join, map(of_revision, history), merge(some)), merge(history))


def test_edits_made_apart_fork_and_are_shown_in_one_order_everywhere() -> None:
    first = _revision(("ann", 1), {"text": "a"})
    hers = _revision(("ann", 2), {"text": "b"}, [first])
    his = _revision(("bo", 1), {"text": "c"}, [first])
    for order in ([first, hers, his], [his, hers, first], [hers, his]):
        state = merge(order)
        assert state.forks() == {"text": ("b", "c")}
        assert state.values() == {"text": "b"}


def test_the_same_words_written_apart_are_no_fork() -> None:
    state = merge([_revision(("ann", 1), {"text": "a"}), _revision(("bo", 1), {"text": "a"})])
    assert state.forks() == {}
    assert len(state.fields["text"].versions) == 2


def test_different_fields_changed_apart_are_no_fork() -> None:
    first = _revision(("ann", 1), {"text": "a", "type": "x"})
    state = merge(
        [
            first,
            _revision(("ann", 2), {"text": "b"}, [first]),
            _revision(("bo", 1), {"type": "y"}, [first]),
        ]
    )
    assert state.values() == {"text": "b", "type": "y"}
    assert state.forks() == {}


def test_an_edit_made_without_knowing_of_a_deletion_is_a_fork_and_is_shown() -> None:
    first = _revision(("ann", 1), {"text": "a"})
    deletion = _revision(("ann", 2), {"deleted": True}, [first])
    edit = _revision(("bo", 1), {"text": "b"}, [first])
    for order in permutations([first, deletion, edit]):
        state = merge(order)
        assert state.values() == {"text": "b", "deleted": False}
        assert state.forks() == {"deleted": (False, True)}


@pytest.mark.parametrize("chosen", [True, False])
def test_choosing_settles_a_deletion_against_an_edit(chosen: bool) -> None:  # noqa: FBT001
    first = _revision(("ann", 1), {"text": "a"})
    deletion = _revision(("ann", 2), {"deleted": True}, [first])
    edit = _revision(("bo", 1), {"text": "b"}, [first])
    choice = _revision(("bo", 2), {"deleted": chosen}, [first, deletion, edit])
    state = merge([first, deletion, edit, choice])
    assert state.values() == {"text": "b", "deleted": chosen}
    assert state.forks() == {}


def test_deleting_what_one_has_seen_is_no_fork() -> None:
    first = _revision(("ann", 1), {"text": "a", "deleted": True})
    assert merge([first]).forks() == {}
    edit = _revision(("bo", 1), {"text": "b"})
    deletion = _revision(("ann", 1), {"deleted": True}, [edit])
    assert merge([edit, deletion]).forks() == {}
    assert merge([edit, deletion]).values()["deleted"] is True


def test_deleting_and_restoring_apart_is_a_fork_that_shows() -> None:
    first = _revision(("ann", 1), {"deleted": True})
    again = _revision(("ann", 2), {"deleted": True}, [first])
    restored = _revision(("bo", 1), {"deleted": False}, [first])
    assert merge([first, again, restored]).forks() == {"deleted": (True, False)}


def test_clearing_a_field_is_a_value_like_any_other() -> None:
    first = _revision(("ann", 1), {"text": "a"})
    cleared = _revision(("ann", 2), {"text": None}, [first])
    kept = _revision(("bo", 1), {"text": "b"}, [first])
    assert merge([first, cleared]).values() == {"text": None}
    assert merge([first, cleared, kept]).forks() == {"text": (None, "b")}


def test_clocks_have_no_part_in_a_merge() -> None:
    early = Revision(Dot("ann", 1), "r1", "jotting", 1, {"text": "a"})
    late = Revision(Dot("bo", 1), "r1", "jotting", 10**9, {"text": "b"})
    assert merge([early, late]).forks() == {"text": ("a", "b")}


def test_a_number_and_a_flag_are_different_values() -> None:
    state = merge([_revision(("ann", 1), {"x": 1}), _revision(("bo", 1), {"x": True})])
    assert [canonical(value) for value in state.forks()["x"]] == ["1", "true"]


def test_canonical_text_is_one_for_equal_values() -> None:
    assert canonical({"b": 1, "a": ["é", None]}) == '{"a":["é",null],"b":1}'
    assert canonical({"a": 1, "b": 2}) == canonical({"b": 2, "a": 1})
    for bad in (float("nan"), float("inf")):
        with pytest.raises(ValueError, match="not JSON compliant"):
            canonical(bad)


def test_two_that_claim_to_have_seen_each_other_leave_a_record_that_can_be_read() -> None:
    one = Revision(Dot("a", 5), "r", "paragraph", 1, {"text": "x"}, {"b": 7})
    other = Revision(Dot("b", 7), "r", "paragraph", 1, {"text": "y", "kind": "z"}, {"a": 5})
    state = merge([one, other])
    assert state.values() == {"kind": "z"}
    assert state.forks() == {}

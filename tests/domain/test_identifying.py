"""Nothing by which a child could be known leaves without somebody having looked at it."""

from __future__ import annotations

import pytest

from app.domain.identifying import BRIEF, WORKING, Known, Passage, Rule, looks, same_age, traits_in

KNOWN = Known(("Aurelia Quillfeather",), ("C3", "K-17"), ("Dr R. Ashworth, Director",))


def rules(text: str, known: Known = KNOWN) -> list[tuple[Rule, str]]:
    return [(one.rule, one.words) for one in looks([Passage("b", text)], known)]


@pytest.mark.parametrize("written", ["Aurelia Quillfeather", "Aurelia", "Quillfeather"])
def test_a_name_on_the_register_is_found_whole_or_in_part(written: str) -> None:
    found = rules(f"A social worker met {written} weekly.")
    assert (Rule.NAME, written) in found


@pytest.mark.parametrize("written", ["Aurellia", "Quilfeather", "Aurelia’s"])
def test_a_name_misspelt_or_with_an_ending_is_found(written: str) -> None:
    assert rules(f"A social worker met {written} weekly.")


def test_ordinary_words_are_no_names() -> None:
    text = "Leaders in Wexcombe know their area well. Health is left out of strategy meetings."
    assert rules(text) == []


@pytest.mark.parametrize("code", ["C3", "S12", "L104", "K-17"])
def test_a_childs_code_is_found(code: str) -> None:
    assert rules(f"For {code} this was late.") == [(Rule.CODE, code)]


def test_a_person_whom_the_letter_does_not_name_is_found() -> None:
    assert rules("Mrs Harbottle told inspectors so.") == [(Rule.PERSON, "Mrs Harbottle")]
    assert rules("Dr Ashworth leads the work.") == []


@pytest.mark.parametrize(
    ("text", "traits"),
    [
        ("A boy aged 7", {"an age"}),
        ("a seven-year-old girl", {"an age"}),
        ("children aged 0 to 7", set()),
        ("children aged five and over", set()),
        ("at Harbour View Primary School", {"a place"}),
        ("The school", set()),
        ("in Primary School", set()),
        ("on 3 May", {"a day"}),
        ("in March 2026", {"a day"}),
        ("the youngest of four", {"a family"}),
        ("was diagnosed with epilepsy", {"health or belief"}),
    ],
)
def test_what_could_single_a_child_out_is_told_from_what_could_not(
    text: str, traits: set[str]
) -> None:
    assert set(traits_in(text)) == traits


def test_two_traits_of_a_child_in_one_sentence_are_to_be_looked_at() -> None:
    text = "A boy aged seven was seen at Mill Lane School. Schools help."
    (found,) = looks([Passage("b", text)], KNOWN)
    assert (found.rule, found.words) == (
        Rule.TRAITS,
        "A boy aged seven was seen at Mill Lane School.",
    )
    assert "an age" in found.why.casefold()
    assert "aged seven" in found.why
    assert found.instead


def test_one_trait_or_traits_of_no_child_are_let_be() -> None:
    assert rules("A boy aged seven was seen in time.") == []
    assert rules("The hub at Mill Lane House opened on 3 May.") == []


def test_every_practice_study_is_to_be_looked_at_with_all_that_stands_in_it() -> None:
    held = [
        Passage("box", "Practice study", is_study=True),
        Passage("in", "One child, aged seven.", study="box"),
        Passage("after", "Next."),
    ]
    (found,) = looks(held, KNOWN)
    assert (found.rule, found.block) == (Rule.STUDY, "box")
    assert found.words == "Practice study\nOne child, aged seven."
    assert "aged seven" in found.why


def test_an_empty_register_is_said_and_not_passed_over() -> None:
    assert [one.rule for one in looks([Passage("b", "Fine.")], Known())] == [Rule.NO_REGISTER]
    assert looks([], Known()) == []


@pytest.mark.parametrize(
    ("age", "wanted"),
    [
        ("aged 7", (2, 4)),
        ("seven-year-old", (2, 4)),
        ("three months old", (1, 4)),
        ("aged twelve", (0, 4)),
        ("of that age", None),
    ],
)
def test_an_age_is_counted_among_the_children_listed(
    age: str, wanted: tuple[int, int] | None
) -> None:
    assert same_age(age, ("0–1", "6–7", "7", "unborn")) == wanted
    assert same_age(age, ()) is None


def test_the_count_stands_beside_what_is_to_be_looked_at() -> None:
    known = Known(("Aurelia",), bands=("6–7", "2–3"))
    (found,) = looks([Passage("b", "A boy aged seven was seen on 3 May.")], known)
    assert found.why.endswith("1 of the 2 children listed here is of that age.")


def test_a_code_is_found_where_it_may_not_stand_and_let_be_in_the_teams_own_pages() -> None:
    held = [Passage("b", "For C3 this was late.")]
    (found,) = looks(held, KNOWN, BRIEF)
    assert found.why == "“C3” is a child’s code. Nothing that is spoken has one."
    assert looks(held, KNOWN, WORKING) == []


def test_an_empty_register_is_another_thing_to_look_at_in_every_paper() -> None:
    held = [Passage("b", "Fine.")]
    keys = {one.key for paper in (BRIEF, WORKING) for one in looks(held, Known(), paper)}
    assert keys | {looks(held, Known())[0].key} == {
        ("no register", "brief", ""),
        ("no register", "page", ""),
        ("no register", "", ""),
    }


def test_a_word_is_near_a_name_however_often_it_comes() -> None:
    held = [Passage(f"b-{at}", "Aurellia waited.") for at in range(3)]
    assert [one.block for one in looks(held, KNOWN)] == ["b-0", "b-1", "b-2"]

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.domain.quotes import NOT_SAID, ORDERS, Lens, counts, ordered, seen
from app.operations import records
from app.operations.agenda import Part, agenda, make_task
from app.operations.codes import Meaning, code_words
from app.operations.coverage import ALL, read_coverage
from app.operations.evidence import forget_lens, read_evidence, save_lens, saved_lenses
from app.operations.evidence_links import findings_on, state_on
from app.operations.findings import add_finding, link_evidence, list_findings, move_finding_on
from app.operations.notes import add_note, add_paragraph
from app.operations.sides import read_sides
from app.operations.tables.evidence import quotes_table
from app.operations.tasks import close_task
from tests.operations.asking import held

if TYPE_CHECKING:
    from app.operations.inspection import Inspection


class Heard:
    """Two agencies, one child, and a way to hear and code words in one line."""

    def __init__(self, inspection: Inspection) -> None:
        self.inspection = inspection
        do = inspection.do
        do(records.add, "inspection", {"area": "Wexcombe", "framework": "domestic-abuse-2024"})
        self.police = self.agency("Police", "police")
        self.health = self.agency("Health", "health")
        self.child = do(records.add, "child", {"code": "C3"}).made
        body = do(records.add, "inspectorate", {"name": "Ofsted"}).made
        self.person = do(records.add, "person", {"initials": "OF2", "inspectorate": body}).made
        self.body = body

    def agency(self, name: str, sector: str) -> str:
        fields = {"name": name, "short_name": name, "sector": sector}
        return self.inspection.do(records.add, "agency", fields).made

    def note(self, kind: str = "professional_interview", **fields: object) -> str:
        return self.inspection.do(add_note, kind, {"date": "2026-10-13", **fields}).made

    def words(self, note: str, text: str, **said: str) -> str:
        paragraph = self.inspection.do(add_paragraph, note, text).made
        made = self.inspection.do(code_words, paragraph, 0, len(text), Meaning(**said)).made
        return held(self.inspection, made).id

    def quotes(self, **asked: bool):
        return self.inspection.ask(lambda view: read_evidence(view, **asked))


@pytest.fixture
def heard(inspection: Inspection) -> Heard:
    return Heard(inspection)


def texts(quotes) -> list[str]:
    return [one.words for one in quotes]


def test_a_quote_says_its_code_and_where_it_is_silent_its_note(heard: Heard) -> None:
    note = heard.note(
        ref="OF-1",
        agency=heard.police,
        children=[heard.child],
        author=heard.person,
        source="practitioner",
    )
    heard.words(note, "Not invited.", criterion="A4", weight="improvement")
    heard.words(note, "Health was there.", criterion="A4", agency=heard.health)
    own, other = heard.quotes().quotes
    assert (own.agency, own.children, own.author) == (heard.police, (heard.child,), heard.person)
    assert (own.inspectorate, own.source, own.day) == (heard.body, "practitioner", "2026-10-13")
    assert (own.criterion, own.weight, own.ref) == ("A4", "improvement", "OF-1")
    assert other.agency == heard.health


def test_words_of_deleted_paragraphs_and_notes_are_left_out(heard: Heard) -> None:
    first, second = heard.note(), heard.note()
    code = heard.words(first, "Gone with its paragraph.")
    heard.words(second, "Gone with its note.")
    paragraph = held(heard.inspection, code).text("paragraph")
    heard.inspection.do(records.delete, paragraph)
    heard.inspection.do(records.delete, second)
    assert heard.quotes().quotes == ()


def test_words_that_were_changed_since_are_shown_as_adrift_and_kept(heard: Heard) -> None:
    code = heard.words(heard.note(), "Sees the baby every two weeks.")
    paragraph = held(heard.inspection, code).text("paragraph")
    assert not heard.quotes().quotes[0].is_adrift
    heard.inspection.do(records.change, paragraph, {"text": "Something else entirely."})
    (one,) = heard.quotes().quotes
    assert one.is_adrift
    assert one.words == "Sees the baby every two weeks."


def test_each_lens_leaves_only_what_says_so_and_finds_what_says_nothing(heard: Heard) -> None:
    note = heard.note(
        agency=heard.police, children=[heard.child], author=heard.person, source="manager"
    )
    heard.words(note, "Seen.", criterion="A1", weight="strength")
    bare = heard.inspection.do(add_note, "jotting", {"date": "2026-10-14"}).made
    heard.words(bare, "Bare.")
    quotes = heard.quotes().quotes
    values = {
        "day": "2026-10-13",
        "child": heard.child,
        "agency": heard.police,
        "criterion": "A1",
        "author": heard.person,
        "source": "manager",
        "weight": "strength",
        "inspectorate": heard.body,
    }
    for name, value in values.items():
        assert texts(seen(quotes, Lens({name: value}))) == ["Seen."], name
        if name != "day":
            assert texts(seen(quotes, Lens({name: NOT_SAID}))) == ["Bare."], name
    assert texts(seen(quotes, Lens(values))) == ["Seen."]


def test_typed_words_are_looked_for_in_words_names_and_references(heard: Heard) -> None:
    heard.words(heard.note(ref="OF-7", agency=heard.police), "Not invited.", criterion="A4")
    quotes = heard.quotes().quotes
    for typed in ("INVITED", "of-7", "police", "a4 not", "  "):
        assert len(seen(quotes, Lens(typed=typed))) == 1, typed
    assert seen(quotes, Lens(typed="invited health")) == []


def test_counts_of_a_lens_are_what_choosing_it_would_show(heard: Heard) -> None:
    note = heard.note()
    heard.words(note, "One.", criterion="A1", agency=heard.police)
    heard.words(note, "Two.", criterion="A1", agency=heard.health)
    heard.words(note, "Three.", criterion="B2", agency=heard.health)
    quotes = heard.quotes().quotes
    lens = Lens({"agency": heard.health, "criterion": "A1"})
    for value, count in counts(quotes, lens, "criterion").items():
        assert len(seen(quotes, lens.with_value("criterion", value))) == count


def test_every_order_keeps_every_quote_and_criteria_count_as_people_do(heard: Heard) -> None:
    note = heard.note()
    for code in ("A10", "A2", "", "B1"):
        heard.words(note, f"On {code}.", criterion=code)
    held_now = heard.quotes()
    for order in ORDERS:
        found = ordered(held_now.quotes, order, held_now.names)
        assert sorted(texts(found)) == sorted(texts(held_now.quotes)), order
    by_criterion = ordered(held_now.quotes, "criterion", held_now.names)
    assert [one.criterion for one in by_criterion] == ["A2", "A10", "B1", ""]


def test_not_coded_are_paragraphs_heard_without_a_code_and_no_opinions(heard: Heard) -> None:
    note = heard.note()
    heard.words(note, "Coded.")
    heard.inspection.do(add_paragraph, note, "Not coded.")
    heard.inspection.do(add_paragraph, note, "My view.", fields={"type": "evaluation"})
    heard.inspection.do(add_paragraph, note, " ")
    plan = heard.inspection.do(add_note, "subgroup_task").made
    heard.inspection.do(add_paragraph, plan, "A plan is no evidence.")
    found = heard.quotes(is_uncoded=True)
    assert texts(found.quotes) == ["Not coded."]
    assert found.quotes[0].code == ""


def test_a_saved_lens_comes_back_as_it_was_and_is_never_handed_over(heard: Heard) -> None:
    lens = Lens({"agency": heard.police}, "late", is_uncoded=True)
    changes = heard.inspection.do(save_lens, "Police, late", lens)
    assert not changes.records
    heard.inspection.do(save_lens, "Other", Lens())
    assert heard.inspection.ask(saved_lenses) == {"Police, late": lens, "Other": Lens()}
    heard.inspection.do(forget_lens, "Other")
    assert list(heard.inspection.ask(saved_lenses)) == ["Police, late"]


@pytest.mark.parametrize("damaged", ["no json", "[]", '{"a": 1}', '{"a": {"chosen": []}}'])
def test_saved_lenses_that_cannot_be_read_are_none(heard: Heard, damaged: str) -> None:
    def spoil(work):
        work.records.keep_local("evidence_lenses", damaged)
        return work.changes()

    heard.inspection.do(spoil)
    assert heard.inspection.ask(saved_lenses) == {}


# Findings.


def test_words_name_the_findings_they_are_on_with_the_side(heard: Heard) -> None:
    code = heard.words(heard.note(), "Not invited.")
    paragraph = held(heard.inspection, code).text("paragraph")
    assert "On no finding yet" in heard.inspection.ask(findings_on, paragraph, code)
    heard.inspection.do(state_on, "Health is left out.", paragraph, "against", code)
    assert heard.inspection.ask(findings_on, paragraph, code) == "Against: Health is left out."
    (finding,) = heard.inspection.ask(list_findings)
    assert (finding.evidence_for, finding.evidence_against) == (0, 1)
    heard.inspection.do(records.delete, finding.id)
    assert "On no finding yet" in heard.inspection.ask(findings_on, paragraph, code)


# Coverage.


def test_a_cell_counts_notes_by_kind_of_source_and_not_their_words(heard: Heard) -> None:
    spoken = heard.note(agency=heard.police, source="practitioner")
    read = heard.note("document_review", agency=heard.police, source="record")
    heard.words(spoken, "One.", criterion="A1")
    heard.words(spoken, "Two.", criterion="A1")
    heard.words(read, "Three.", criterion="A1")
    grid = heard.inspection.ask(read_coverage)
    cell = grid.cell("A1", heard.police)
    assert (cell.quotes, cell.notes) == (3, 2)
    assert cell.by_source == (("professionals", 1), ("records", 1))
    assert grid.cell(ALL, ALL).quotes == grid.cell("A1", ALL).quotes == 3
    assert grid.cell(ALL, heard.police).notes == 2


def test_every_criterion_and_agency_has_its_row_and_column_even_when_empty(heard: Heard) -> None:
    grid = heard.inspection.ask(read_coverage)
    assert "A6" in dict(grid.criteria)
    assert dict(grid.agencies) == {heard.police: "Police", heard.health: "Health"}
    for code, _label in grid.criteria:
        for agency, _name in grid.agencies:
            assert grid.cell(code, agency).quotes == 0
    assert not grid.cell("B7", heard.police).is_expected
    assert grid.cell("B7", heard.health).is_expected


def test_codes_of_the_team_and_words_without_agency_or_criterion_are_not_lost(
    heard: Heard,
) -> None:
    heard.words(heard.note(), "Own code.", criterion="X1")
    heard.words(heard.note(), "No code at all.")
    grid = heard.inspection.ask(read_coverage)
    assert [code for code, _label in grid.criteria][-2:] == ["X1", ""]
    assert grid.agencies[-1] == ("", "No agency named")
    assert grid.cell("X1", "").quotes == grid.cell("", "").quotes == 1


def test_through_the_lens_of_a_child_only_its_words_count(heard: Heard) -> None:
    heard.words(heard.note(agency=heard.police), "Of C3.", criterion="A1", child=heard.child)
    heard.words(heard.note(agency=heard.police), "Of nobody.", criterion="A1")
    assert heard.inspection.ask(read_coverage).cell("A1", heard.police).quotes == 2
    grid = heard.inspection.ask(read_coverage, heard.child)
    assert grid.cell("A1", heard.police).quotes == 1
    assert grid.children == ((heard.child, "C3"),)


def test_the_task_that_fills_a_cell_asks_this_of_that_agency_and_shows_as_planned(
    heard: Heard,
) -> None:
    grid = heard.inspection.ask(read_coverage, heard.child)
    task = heard.inspection.do(make_task, grid.idea("A6", heard.health)).made
    made = held(heard.inspection, task)
    assert made.texts("criteria") == ("A6",)
    assert made.text("agency") == heard.health
    assert made.texts("children") == (heard.child,)
    assert "A6" in made.text("aspect")
    assert "Health" in made.text("aspect")
    assert heard.inspection.ask(read_coverage, heard.child).cell("A6", heard.health).is_planned
    assert not heard.inspection.ask(read_coverage).cell("A6", heard.police).is_planned
    heard.inspection.do(close_task, task, "Not needed after all.")
    assert not heard.inspection.ask(read_coverage).cell("A6", heard.health).is_planned


# Both sides.


def test_the_agenda_and_the_evidence_name_the_same_findings_both_ways(heard: Heard) -> None:
    note = heard.note()
    finding = heard.inspection.do(add_finding, "Health is left out.").made
    lone = heard.inspection.do(add_finding, "Heard once.").made
    for direction, text in (("for", "Not invited."), ("against", "Was in the room.")):
        code = heard.words(note, text)
        paragraph = held(heard.inspection, code).text("paragraph")
        heard.inspection.do(link_evidence, finding, paragraph, direction)
        if direction == "for":
            heard.inspection.do(link_evidence, lone, paragraph, direction)
    sides = heard.inspection.ask(read_sides)
    both = [one.record.id for one in sides.findings if one.is_both_ways]
    assert both == [finding]
    assert lone in [one.record.id for one in sides.findings if one.is_heard_once]
    lines = heard.inspection.ask(agenda)
    assert [one.record for one in lines if one.part is Part.CONTRADICTIONS] == both
    heard.inspection.do(move_finding_on, finding, "dropped", "Settled.")
    assert finding not in [one.record.id for one in heard.inspection.ask(read_sides).findings]


def test_a_criterion_speaks_both_ways_where_strength_meets_anything_else(heard: Heard) -> None:
    note, other = heard.note(), heard.note()
    for code, weights in {
        "A1": ("strength", "improvement"),
        "A2": ("strength", "priority"),
        "A3": ("strength", "contradicts"),
        "A4": ("strength", "strength"),
        "A5": ("improvement", "neutral"),
        "A6": ("neutral", "contradicts"),
    }.items():
        for at, weight in zip((note, other), weights, strict=True):
            heard.words(at, f"{code} {weight}", criterion=code, weight=weight)
    both = [one for one in heard.inspection.ask(read_sides).criteria if one.is_both_ways]
    assert [one.code for one in both] == ["A1", "A2", "A3", "A6"]
    assert texts(both[0].good) == ["A1 strength"]
    assert texts(both[0].otherwise) == ["A1 improvement"]


def test_a_criterion_was_heard_once_where_one_note_says_all_of_it(heard: Heard) -> None:
    note, other = heard.note(), heard.note()
    heard.words(note, "Once.", criterion="A1")
    heard.words(note, "Once again.", criterion="A1")
    heard.words(note, "Twice.", criterion="A2")
    heard.words(other, "Twice indeed.", criterion="A2")
    once = [one.code for one in heard.inspection.ask(read_sides).criteria if one.is_heard_once]
    assert once == ["A1"]


# Writing a table.


def test_a_table_holds_what_is_shown_in_its_order(heard: Heard) -> None:
    note = heard.note(agency=heard.police, ref="OF-1")
    for text in ("=1+1", 'Plain, with “quotes" and a\nsecond line.'):
        heard.words(note, text, criterion="A6")
    evidence = heard.quotes()
    shown = evidence.quotes[::-1]
    table = quotes_table(evidence, shown)
    assert table.headings[0] == "Words"
    assert [row[0] for row in table.rows] == texts(shown)
    assert table.rows[0][1:4] == ("A6 Out of hours, capacity and backlog", "", "Police")

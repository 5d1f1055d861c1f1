from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.operations import records
from app.operations.exchange import put_out
from app.operations.notes import add_note
from app.operations.register import (
    Entry,
    Names,
    drop_entry,
    keep_entry,
    note_shown,
    register,
)
from app.operations.shorthand import expansions, keep_shorthand, shorthand, written_out
from app.operations.spelling import Speller, words_in
from app.operations.typing_aids import keep_word, mention, typing_aids
from tests.operations.asking import held, refused, revisions

if TYPE_CHECKING:
    from app.operations.inspection import Inspection

NAME = "Aurelia Quillfeather"


def test_short_forms_come_with_the_app_and_the_teams_own_go_before_them(
    inspection: Inspection,
) -> None:
    def out() -> dict[str, str]:
        return expansions(inspection.ask(shorthand))

    assert out()["sw"] == "social worker"
    first = inspection.do(keep_shorthand, "SW", "senior worker").made
    assert inspection.do(keep_shorthand, "sw", "social worker (duty)").made == first
    assert out()["sw"] == "social worker (duty)"
    inspection.do(keep_shorthand, "mash", "mash")
    assert "mash" not in out()
    assert "one word" in refused(inspection, keep_shorthand, "two words", "x")
    assert "written out" in refused(inspection, keep_shorthand, "x", " ")


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [("sw", "social worker"), ("Sw", "Social worker"), ("SW", ""), ("sW", ""), ("swan", "")],
)
def test_a_short_form_is_written_out_and_an_acronym_stays(typed, wanted) -> None:
    assert written_out(typed, {"sw": "social worker"}) == wanted


def test_a_name_is_kept_on_this_laptop_alone(inspection: Inspection) -> None:
    before = revisions(inspection)
    inspection.do(keep_entry, "C3", [NAME, " Aurelia  ", ""])
    inspection.do(note_shown, "C3")
    assert revisions(inspection) == before
    found = inspection.ask(register)
    assert found.entries == (Entry("C3", (NAME, "Aurelia")),)
    assert [one.code for one in found.shown] == ["C3"]
    inspection.do(drop_entry, "C3")
    assert inspection.ask(register).entries == ()


def test_no_name_of_the_register_is_put_out(inspection: Inspection) -> None:
    inspection.do(records.add, "child", {"code": "C3"})
    inspection.do(keep_entry, "C3", [NAME, "Aurelia"])
    inspection.do(note_shown, "C3")
    written = "".join(inspection.ask(lambda view: list(put_out(view))))
    assert "C3" in written
    assert "Aurelia" not in written
    assert not inspection.ask(lambda view: view.records.search("Aurelia"))


def test_one_spelling_stands_for_one_code(inspection: Inspection) -> None:
    inspection.do(keep_entry, "C3", [NAME])
    assert "C3 already" in refused(inspection, keep_entry, "C4", [NAME])
    assert "code" in refused(inspection, keep_entry, "", [NAME])
    assert "name" in refused(inspection, keep_entry, "C5", [" "])
    inspection.do(keep_entry, "C3", ["Aurelia"])
    assert inspection.ask(register).entries == (Entry("C3", ("Aurelia",)),)


def test_names_are_found_whole_and_as_written_the_longest_first() -> None:
    names = Names([Entry("C3", (NAME, "Aurelia")), Entry("C4", ("Will",))])
    text = f"Will saw {NAME}; Aurelia’s aunt will come. Aurelian."
    assert [(text[a:b], code) for a, b, code in names.find(text)] == [
        ("Will", "C4"),
        (NAME, "C3"),
        ("Aurelia", "C3"),
    ]
    begun = "C3 Quillfeather and [C3] Quillfeather"
    assert [begun[a:b] for a, b, _code in names.find(begun)] == begun.split(" and ")
    assert not Names()
    assert Names().find("Will") == []


def test_whom_a_note_mentions_stands_in_its_header_once(inspection: Inspection) -> None:
    child = inspection.do(records.add, "child", {"code": "C10"}).made
    other = inspection.do(records.add, "child", {"code": "C9"}).made
    agency = inspection.do(records.add, "agency", {"name": "Police", "short_name": "police"}).made
    note = inspection.do(add_note, "jotting").made
    for _ in range(2):
        inspection.do(mention, note, child, "child")
        inspection.do(mention, note, agency, "agency")
    assert held(inspection, note).texts("children") == (child,)
    assert held(inspection, note).text("agency") == agency
    aids = inspection.ask(typing_aids)
    assert [one.record for one in aids.mentions] == [other, child, agency]


def test_a_word_of_the_team_is_kept_once(inspection: Inspection) -> None:
    inspection.do(keep_word, "Casebook")
    before = revisions(inspection)
    inspection.do(keep_word, "Casebook")
    assert revisions(inspection) == before
    assert "Casebook" in inspection.ask(typing_aids).words


def test_codes_and_references_are_not_words() -> None:
    assert words_in("C3’s plan, OF-SC-12 at 14:02; @health s47 don’t") == {
        "plan",
        "OF",
        "SC",
        "at",
        "don’t",
    }


def test_british_spelling_and_the_trades_words_are_right() -> None:
    speller = Speller()
    if not speller.is_there():
        pytest.skip("this computer has no British English dictionary")
    right = {"colour", "recognised", "MARAC", "Gillick", "MASA", "MASA’s", "don’t", "I"}
    assert speller.misspelt(right) == frozenset()
    assert speller.misspelt({"safegaurding", "color"}) == {"safegaurding", "color"}
    assert "safeguarding" in speller.suggestions("safegaurding")
    assert "MARAC" in speller.suggestions("marac")

from __future__ import annotations

import csv
import gc
import weakref
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog

from app.domain.quotes import LENSES, Lens
from app.operations import records
from app.operations.codes import Meaning, code_words
from app.operations.coverage import ALL
from app.operations.evidence import saved_lenses
from app.operations.findings import link_evidence, list_findings, read_finding
from app.operations.notes import add_note, add_paragraph
from app.operations.register import keep_entry
from app.operations.tasks import list_tasks
from app.ui.change_bus import ChangeBus
from app.ui.pages.evidence.finding_picker import FindingPicker
from app.ui.pages.evidence.page import EvidencePage
from app.ui.projecting.shown import masked
from app.ui.runner import ThreadRunner
from app.ui.session import Session
from app.ui.widgets.one_line import OneLine
from app.ui.widgets.picker import Picker
from app.ui.widgets.places import Places
from tests.ui.pages.conftest import CONTRARY, HEARD, SEEN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.ui.pages.conftest import Case

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
ROLE = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def codes(case: Case) -> tuple[str, str, str]:
    """The codes of three paragraphs: said, read, and against."""
    said = (
        (case.heard, HEARD, Meaning("A4", "improvement")),
        (case.seen, SEEN, Meaning("A4", "improvement")),
        (case.contrary, CONTRARY, Meaning("A6", "strength")),
    )
    first, second, third = (
        case.do(code_words, paragraph, 0, len(text), meaning) for paragraph, text, meaning in said
    )
    return first, second, third


@pytest.fixture
def page(case: Case, codes: tuple[str, str, str], qtbot: QtBot) -> Iterator[EvidencePage]:
    assert codes
    made = EvidencePage(case.session)
    qtbot.addWidget(made)
    made.resize(1230, 720)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.words.view.list.setFocus()
    yield made
    made.close_page()


def titles(view) -> list[str]:
    return [one.title for one in view.shown.rows if not one.is_heading]


def dialog(page: EvidencePage, kind):
    found = [one for one in page.findChildren(kind) if one.isVisible()]
    assert len(found) == 1
    return found[0]


# Words.


def test_every_coded_word_stands_there_with_code_source_time_and_who(page: EvidencePage) -> None:
    assert len(titles(page.words.view.list)) == 3
    row = page.words.view.list.shown.rows[0]
    assert row.title == f"“{HEARD}” — health visitor"
    assert row.sign == "▼"
    for told in ("A4", "police", "OF-FD-01 interview", "Tue 13 Oct"):
        assert told in row.meta
    assert "needs improvement" in row.aloud
    assert page.words.view.count.text() == "3 coded quotes"


def test_enter_opens_the_note_at_the_words(
    page: EvidencePage, codes: tuple[str, str, str], qtbot: QtBot
) -> None:
    page.words.view.list.make_current(codes[1])
    with qtbot.waitSignal(page.record_requested) as asked:
        qtbot.keyClick(page.words.view.list, Qt.Key.Key_Return)
    assert asked.args == [codes[1]]


def test_e_puts_the_words_on_a_finding_for_it_and_with_shift_against(
    case: Case, page: EvidencePage, codes: tuple[str, str, str], qtbot: QtBot
) -> None:
    page.words.view.list.make_current(codes[2])
    assert "On no finding yet" in page.words.view.findings.text()
    qtbot.keyClick(page.words.view.list, Qt.Key.Key_E)
    picker = dialog(page, FindingPicker)
    qtbot.keyClicks(picker.field, "leaders")
    assert titles(picker.list)[0] == "Leaders know their area well."
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    (piece,) = case.ask(read_finding, case.other).evidence_for
    assert piece.paragraph == case.contrary
    qtbot.keyClick(page.words.view.list, Qt.Key.Key_E)
    picker = dialog(page, FindingPicker)
    qtbot.keyClicks(picker.field, "health is")
    qtbot.keyClick(picker.field, Qt.Key.Key_Return, SHIFT)
    assert len(case.ask(read_finding, case.finding).evidence_against) == 1
    told = page.words.view.findings.text()
    assert "For: Leaders know their area well." in told
    assert "Against: Health is left out" in told


def test_a_new_finding_can_be_stated_for_the_words(
    case: Case, page: EvidencePage, codes: tuple[str, str, str], qtbot: QtBot
) -> None:
    page.words.view.list.make_current(codes[0])
    qtbot.keyClick(page.words.view.list, Qt.Key.Key_E)
    picker = dialog(page, FindingPicker)
    qtbot.keyClicks(picker.field, "Nobody told the health visitor.")
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    made = case.ask(list_findings)[-1]
    assert (made.statement, made.evidence_for) == ("Nobody told the health visitor.", 1)


def test_an_e_typed_in_the_filter_is_a_letter(page: EvidencePage, qtbot: QtBot) -> None:
    page.words.view.list.step(1)
    qtbot.keyClick(page, Qt.Key.Key_F, CONTROL)
    assert page.words.view.filter.hasFocus()
    qtbot.keyClicks(page.words.view.filter, "june me")
    assert page.words.view.filter.text() == "june me"
    assert not page.findChildren(FindingPicker)
    qtbot.waitUntil(lambda: len(titles(page.words.view.list)) == 1)
    assert page.words.view.count.text() == "1 of 3 coded quotes"
    qtbot.keyClick(page.words.view.filter, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(titles(page.words.view.list)) == 3)


def test_every_lens_is_chosen_by_a_few_letters_and_taken_away_by_one_key(
    page: EvidencePage, qtbot: QtBot
) -> None:
    qtbot.keyClick(page, Qt.Key.Key_L, CONTROL | SHIFT)
    picker = dialog(page, Picker)
    assert {one.key.split()[0] for one in picker.list.shown.rows} == set(LENSES)
    qtbot.keyClicks(picker.field, "criterion a6")
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert titles(page.words.view.list) == [CONTRARY]
    assert page.words.view.lenses["criterion"].text() == "Criterion: A6"
    qtbot.keyClick(page, Qt.Key.Key_Backspace, CONTROL | SHIFT)
    assert len(titles(page.words.view.list)) == 3
    assert page.words.lens.is_open


def test_what_a_lens_leaves_out_is_said_with_the_way_back(page: EvidencePage) -> None:
    page.words.look(Lens({"criterion": "F5"}))
    assert titles(page.words.view.list) == []
    assert "Ctrl+Shift+Backspace" in page.words.view.list.nothing


def test_a_lens_saved_under_a_name_is_first_to_be_chosen_and_can_be_forgotten(
    case: Case, page: EvidencePage, qtbot: QtBot
) -> None:
    page.words.look(Lens({"weight": "strength"}))
    qtbot.keyClick(page, Qt.Key.Key_S, CONTROL | SHIFT)
    asked = dialog(page, OneLine)
    qtbot.keyClicks(asked.field, "What is good")
    asked.save.click()
    page.words.show_all()
    qtbot.keyClick(page, Qt.Key.Key_L, CONTROL | SHIFT)
    picker = dialog(page, Picker)
    assert titles(picker.list)[0] == "Saved: What is good"
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert titles(page.words.view.list) == [CONTRARY]
    qtbot.keyClick(page, Qt.Key.Key_L, CONTROL | SHIFT)
    picker = dialog(page, Picker)
    qtbot.keyClicks(picker.field, "forget")
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert case.ask(saved_lenses) == {}


def test_what_is_not_coded_yet_is_one_key_away_and_can_be_put_on_a_finding(
    case: Case, page: EvidencePage, qtbot: QtBot
) -> None:
    bare = case.do(add_paragraph, case.note, "Nobody has coded this.")
    qtbot.keyClick(page, Qt.Key.Key_U, CONTROL | SHIFT)
    assert titles(page.words.view.list) == ["Nobody has coded this."]
    assert page.words.view.uncoded.text() == "Show coded words"
    page.words.view.list.step(1)
    qtbot.keyClick(page.words.view.list, Qt.Key.Key_E)
    qtbot.keyClick(dialog(page, FindingPicker).field, Qt.Key.Key_Return)
    linked = case.ask(read_finding, case.finding).evidence_for
    assert bare in [one.paragraph for one in linked]
    qtbot.keyClick(page, Qt.Key.Key_U, CONTROL | SHIFT)
    assert len(titles(page.words.view.list)) == 3


def test_another_order_keeps_the_words_that_are_current(
    page: EvidencePage, codes: tuple[str, str, str], qtbot: QtBot
) -> None:
    page.words.view.list.make_current(codes[0])
    before = titles(page.words.view.list)
    qtbot.keyClick(page, Qt.Key.Key_O, CONTROL | SHIFT)
    picker = dialog(page, Picker)
    qtbot.keyClicks(picker.field, "newest")
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert titles(page.words.view.list) == before[::-1]
    assert page.words.view.list.current_key == codes[0]
    assert page.words.view.order.text() == "Newest first"


def test_what_a_colleague_codes_comes_in_without_moving_anything(
    case: Case, page: EvidencePage, codes: tuple[str, str, str]
) -> None:
    for number in range(40):
        paragraph = case.do(add_paragraph, case.note, f"Paragraph {number}.")
        case.do(code_words, paragraph, 0, 9, Meaning("B1"))
    view = page.words.view
    view.list.make_current(codes[1])
    view.list.verticalScrollBar().setValue(57)
    view.filter.setFocus()
    scrolled = view.list.verticalScrollBar().value()
    paragraph = case.do(add_paragraph, case.note, "One more.")
    case.do(code_words, paragraph, 0, 3, Meaning("B1"))
    assert view.count.text() == "44 coded quotes"
    assert view.list.current_key == codes[1]
    assert view.list.verticalScrollBar().value() == scrolled
    assert view.filter.hasFocus()
    view.list.clear_current()
    view.list.verticalScrollBar().setValue(scrolled)
    case.do(records.delete, codes[1])
    assert view.list.verticalScrollBar().value() == scrolled
    page.words.look(Lens({"criterion": "B1"}))
    assert view.list.verticalScrollBar().value() == 0


def test_what_is_shown_is_written_and_nothing_else(
    page: EvidencePage, qtbot: QtBot, tmp_path: Path
) -> None:
    page.words.look(Lens({"criterion": "A4"}))
    qtbot.keyClick(page, Qt.Key.Key_W, CONTROL | SHIFT)
    asked = dialog(page, QFileDialog)
    path = tmp_path / "evidence.csv"
    with qtbot.waitSignal(page.said) as told:
        asked.fileSelected.emit(str(path))
    asked.close()
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert [row[0] for row in rows[1:]] == [HEARD, SEEN]
    assert told.args == [
        "2 rows written to evidence.csv. No name could be looked for: the register here holds none."
    ]


def test_what_could_name_a_child_is_listed_before_a_table_leaves(
    case: Case, page: EvidencePage, qtbot: QtBot, tmp_path: Path
) -> None:
    case.do(keep_entry, "C3", ["Aurelia"])
    case.do(add_paragraph, case.note, "Aurelia waited.")
    page.words.toggle_uncoded()
    qtbot.keyClick(page, Qt.Key.Key_W, CONTROL | SHIFT)
    listed = next(one for one in page.findChildren(QDialog) if one.findChild(Places))
    assert [one.title for one in listed.findChild(Places).list.shown.rows] == [
        "“Aurelia” is a name on the register."
    ]
    assert not [one for one in page.findChildren(QFileDialog) if one.isVisible()]
    qtbot.keyClick(listed, Qt.Key.Key_Return)
    path = tmp_path / "evidence.csv"
    with qtbot.waitSignal(page.said) as told:
        dialog(page, QFileDialog).fileSelected.emit(str(path))
    dialog(page, QFileDialog).close()
    assert told.args[0].endswith("1 thing was not looked at.")
    assert path.exists()


def test_words_are_read_in_their_whole_paragraph_with_what_they_are_said_to_mean(
    case: Case, page: EvidencePage
) -> None:
    whole = "Seen alone on 3 May. Not seen since."
    paragraph = case.do(add_paragraph, case.note, whole)
    part = case.do(code_words, paragraph, 0, 20, Meaning("C1", "strength"))
    page.show_record(part)
    view = page.words.view
    assert view.words.text() == "Seen alone on 3 May."
    assert view.paragraph.text() == whole
    assert view.criterion.text().startswith("▲ Strength · C1")
    page.words.look(Lens({"criterion": "A6"}))
    view.list.step(1)
    assert not view.paragraph.isVisible()


# Coverage.


def show_coverage(page: EvidencePage, qtbot: QtBot):
    qtbot.keyClick(page, Qt.Key.Key_2, ALT)
    assert page.name == "coverage"
    return page.coverage.view.table


def police(case: Case) -> str:
    return case.ask(lambda view: view.records.of_kind("agency")[0].id)


def test_the_grid_says_figures_to_the_eye_and_sentences_to_the_ear(
    case: Case, page: EvidencePage, qtbot: QtBot
) -> None:
    table = show_coverage(page, qtbot)
    table.make_current("A4", police(case))
    at = table.currentIndex()
    assert at.data() == "1 prof"
    assert at.data(ROLE) == (
        "A4 Strategy meetings: held, timely, attended, recorded, police: "
        "2 quotes in 1 note: 1 conversation with professionals."
    )
    table.make_current("F5", police(case))
    assert table.currentIndex().data() == "○ none"
    assert table.currentIndex().data(ROLE).endswith("nothing coded yet.")
    table.make_current(ALL, ALL)
    assert table.currentIndex().data() == "1 note\n3 quotes"


def test_enter_on_a_cell_shows_its_quotes(case: Case, page: EvidencePage, qtbot: QtBot) -> None:
    table = show_coverage(page, qtbot)
    table.make_current("A4", police(case))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert page.name == "words"
    assert len(titles(page.words.view.list)) == 2
    assert page.words.lens.chosen == {"criterion": "A4", "agency": police(case)}
    qtbot.keyClick(page, Qt.Key.Key_2, ALT)
    assert table.current == ("A4", police(case))


def test_enter_on_an_empty_cell_offers_the_task_and_makes_it_only_when_said(
    case: Case, page: EvidencePage, qtbot: QtBot
) -> None:
    table = show_coverage(page, qtbot)
    table.make_current("A6", police(case))
    qtbot.keyClick(table, Qt.Key.Key_Up)
    code = table.current[0]
    assert table.currentIndex().data() == "○ none"
    qtbot.keyClick(table, Qt.Key.Key_Return)
    asked = dialog(page, OneLine)
    assert case.ask(list_tasks) == []
    qtbot.keyClick(asked, Qt.Key.Key_Escape)
    assert case.ask(list_tasks) == []
    qtbot.keyClick(table, Qt.Key.Key_T, CONTROL)
    dialog(page, OneLine).save.click()
    (task,) = case.ask(list_tasks)
    made = case.ask(lambda view: view.records.get(task.id))
    assert made.texts("criteria") == (code,)
    assert made.text("agency") == police(case)
    assert table.currentIndex().data() == "◔ planned"


def test_arrow_keys_walk_the_cells_and_each_is_said_in_words_below(
    case: Case, page: EvidencePage, qtbot: QtBot
) -> None:
    table = show_coverage(page, qtbot)
    table.make_current("A4", ALL)
    qtbot.keyClick(table, Qt.Key.Key_Right)
    assert table.current == ("A4", police(case))
    assert "2 quotes in 1 note" in page.coverage.view.cell.text()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert "nothing coded yet" in page.coverage.view.cell.text()


def test_the_header_and_the_criteria_stay_while_the_grid_scrolls(
    page: EvidencePage, qtbot: QtBot
) -> None:
    table = show_coverage(page, qtbot)
    table.scrollToBottom()
    assert table.horizontalHeader().isVisible()
    assert table.horizontalHeader().y() >= 0
    assert table.verticalHeader().isVisible()


def test_the_grid_of_one_child_counts_its_words_alone_and_enter_keeps_to_it(
    case: Case, page: EvidencePage, codes: tuple[str, str, str], qtbot: QtBot
) -> None:
    child = case.do(records.add, "child", {"code": "C3"})
    case.do(records.change, codes[0], {"child": child})
    table = show_coverage(page, qtbot)
    box = page.coverage.view.child
    box.setCurrentIndex(box.findData(child))
    box.activated.emit(box.currentIndex())
    table.make_current("A4", police(case))
    assert "1 quote in 1 note" in page.coverage.view.cell.text()
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert len(titles(page.words.view.list)) == 1


def test_a_room_is_shown_how_far_it_is_covered_and_no_words_or_codes_of_children(
    case: Case, page: EvidencePage, qtbot: QtBot
) -> None:
    assert page.to_project() is None
    show_coverage(page, qtbot)
    shown = case.ask(lambda view: masked(view, page.to_project(), "Evidence"))
    told = "\n".join(f"{one.title} {one.meta}" for one in shown.rows)
    assert "Strategy meetings: held, timely, attended, recorded Heard: police 1" in told
    assert HEARD not in told
    assert "A child The child" not in told


# Both sides.


def test_what_speaks_both_ways_lies_side_by_side_and_opens_at_its_words(
    case: Case, page: EvidencePage, qtbot: QtBot
) -> None:
    case.do(link_evidence, case.finding, case.contrary, "against")
    other = case.do(add_note, "observation", {"date": "2026-10-14"})
    good = case.do(add_paragraph, other, "All invitations sent.")
    code = case.do(code_words, good, 0, 21, Meaning("A4", "strength"))
    qtbot.keyClick(page, Qt.Key.Key_3, ALT)
    view = page.sides.view
    headings = [one.title for one in view.list.shown.rows if one.is_heading]
    assert headings[:2] == ["Findings with evidence both ways", "Criteria that speak both ways"]
    assert titles(view.sides[0]) == [f"“{HEARD}” — health visitor"]
    assert titles(view.sides[1]) == [CONTRARY]
    view.list.make_current("both A4")
    assert titles(view.sides[0]) == ["All invitations sent."]
    assert len(titles(view.sides[1])) == 2
    view.sides[0].setFocus()
    view.sides[0].step(1)
    with qtbot.waitSignal(page.record_requested) as asked:
        qtbot.keyClick(view.sides[0], Qt.Key.Key_Return)
    assert asked.args == [code]
    qtbot.keyClick(view.sides[0], Qt.Key.Key_E)
    assert dialog(page, FindingPicker)


def test_what_was_heard_once_is_listed_with_the_task_that_hears_more(
    case: Case, page: EvidencePage, qtbot: QtBot
) -> None:
    qtbot.keyClick(page, Qt.Key.Key_3, ALT)
    view = page.sides.view
    assert view.list.make_current("once A6")
    assert "single conversation or record" in view.why.text()
    qtbot.keyClick(page, Qt.Key.Key_T, CONTROL)
    dialog(page, OneLine).save.click()
    (task,) = case.ask(list_tasks)
    assert task.title.startswith("Hear more on A6")


def test_a_change_from_elsewhere_leaves_the_chosen_and_its_scroll(
    case: Case, page: EvidencePage, qtbot: QtBot
) -> None:
    qtbot.keyClick(page, Qt.Key.Key_3, ALT)
    view = page.sides.view
    view.list.make_current("once A6")
    case.do(records.add, "agency", {"name": "Housing"})
    assert view.list.current_key == "once A6"
    assert titles(view.sides[0]) == [CONTRARY]


# The page.


def test_nothing_is_asked_for_while_the_page_is_not_seen(
    case: Case, codes: tuple[str, str, str], qtbot: QtBot
) -> None:
    page = EvidencePage(case.session)
    qtbot.addWidget(page)
    case.do(records.delete, codes[0])
    assert page.words.words.quotes == ()
    with qtbot.waitExposed(page):
        page.show()
    assert len(page.words.words.quotes) == 2
    page.close_page()


def test_changes_that_come_while_it_asks_are_asked_for_once_more(
    case: Case, codes: tuple[str, str, str], qtbot: QtBot
) -> None:
    problems: list[BaseException] = []
    runner = ThreadRunner(problems.append)
    session = Session(case.session.inspection, runner, ChangeBus())
    page = EvidencePage(session)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    for code in codes:
        session.bus.changed.emit(session.inspection.do(records.delete, code))
    qtbot.waitUntil(lambda: page.words.view.count.text() == "0 coded quotes")
    page.close_page()
    runner.finish()
    assert problems == []


@pytest.mark.usefixtures("codes", "qapp")
def test_it_opens_and_closes_twice_and_leaves_nothing_behind(case: Case) -> None:
    left = []
    for _ in range(2):
        page = EvidencePage(case.session)
        page.show()
        for name in ("coverage", "sides", "words"):
            page.show_part(name)
        page.close_page()
        page.close_page()
        left.append(weakref.ref(page))
        page.deleteLater()
        del page
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    case.do(records.add, "agency", {"name": "Housing"})
    gc.collect()
    assert [one() for one in left] == [None, None]


def test_in_large_letters_the_current_words_stay_in_sight_and_tab_reaches_the_rest(
    case: Case, page: EvidencePage, qtbot: QtBot
) -> None:
    for number in range(30):
        paragraph = case.do(add_paragraph, case.note, f"Paragraph {number}.")
        case.do(code_words, paragraph, 0, 9, Meaning("B1"))
    page.resize(600, 330)  # as a small laptop at twice the size
    view = page.words.view
    view.list.make_current(page.words.shown[-1].key)

    def is_in_sight() -> bool:
        at = view.list.visualRect(view.list.currentIndex())
        return page.rect().contains(view.list.viewport().mapTo(page, at.bottomLeft()))

    qtbot.waitUntil(is_in_sight)
    for _ in range(3):  # what is laid out late is laid out now
        QApplication.processEvents()
    view.put.setFocus(Qt.FocusReason.TabFocusReason)
    assert page.rect().contains(view.put.mapTo(page, view.put.rect().center()))
    view.list.setFocus()
    assert page.rect().contains(view.filter.mapTo(page, view.filter.rect().center()))


def test_every_control_has_a_name_and_the_panes_are_walked(page: EvidencePage) -> None:
    for name in ("words", "coverage", "sides"):
        page.show_part(name)
        panes = page.panes()
        assert panes[0] is page.tabs
        assert len(panes) > 2
        for one in panes:
            told = one.accessibleName() or (one.text() if hasattr(one, "text") else "")
            assert told, one

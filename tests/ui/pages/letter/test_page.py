from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat, QTextCursor

from app.operations.letters import add_block, letter_content, rest_on, set_letter
from app.operations.notes import list_drafts
from app.operations.previews import letter_preview
from app.ui.pages.letter.model import Place
from app.ui.pages.letter.page import LetterPage
from app.ui.widgets.picker import Picker
from app.ui.widgets.write_dialog import WriteDialog

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.ui.pages.conftest import Case

GROUNDED = "Health is left out of strategy meetings."
LOOSE = "Nobody can show this 😀 sentence."
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def blocks(case: Case) -> list[str]:
    """A heading, a paragraph of two sentences of which the first rests on a finding, a bullet."""
    case.do(set_letter, {"salutation": "Dear partnership", "subject": "Inspection of Wexcombe"})
    made = [
        case.do(add_block, {"type": "heading", "text": "Main findings", "level": 1}),
        case.do(add_block, {"type": "paragraph", "text": f"{GROUNDED} {LOOSE}"}),
        case.do(add_block, {"type": "bullet", "text": "Leaders know their area well."}),
    ]
    case.do(rest_on, made[1], case.finding, GROUNDED)
    return made


@pytest.fixture
def page(case: Case, qtbot: QtBot) -> LetterPage:
    made = LetterPage(case.session)
    qtbot.addWidget(made)
    made.resize(1200, 740)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close_page()


def underlined(page: LetterPage) -> list[str]:
    """Every stretch of the pages with a dotted underline."""
    found = []
    block = page.view.pane.letter.begin()
    while block.isValid():
        fragments = block.begin()
        while not fragments.atEnd():
            fragment = fragments.fragment()
            style = fragment.charFormat().underlineStyle()
            if style == QTextCharFormat.UnderlineStyle.DotLine:
                found.append(fragment.text())
            fragments += 1
        block = block.next()
    return found


def text_of(case: Case, block: str) -> str:
    return next(one.text for one in case.ask(letter_content).blocks if one.id == block)


@pytest.mark.usefixtures("blocks")
def test_a_sentence_with_nothing_under_it_is_underlined_and_counted(page) -> None:
    assert underlined(page) == [LOOSE, "Leaders know their area well."]
    assert page.view.orphans.text() == "2 sentences rest on nothing recorded"
    badges = [row.badge for row in page.view.blocks.shown.rows]
    assert badges == ["", "1 without evidence", "1 without evidence"]


@pytest.mark.usefixtures("blocks")
def test_choosing_a_sentence_by_keys_shows_its_evidence(case, page, qtbot) -> None:
    page.view.pane.setFocus()
    qtbot.keyClick(page.view.pane, Qt.Key.Key_Down, ALT)
    beneath = page.view.beneath
    assert beneath.sentence.text() == f"“{GROUNDED}”"
    assert beneath.said.text() == "Rests on 1 finding"
    assert beneath.list.shown.rows[0].title == "Health is left out of strategy meetings."
    qtbot.keyClick(page.view.pane, Qt.Key.Key_Down, ALT)
    assert beneath.sentence.text() == f"“{LOOSE}”"
    assert "Rests on nothing recorded" in beneath.said.text()
    assert not beneath.list.isVisible()
    qtbot.keyClick(page.view.pane, Qt.Key.Key_Up, ALT)
    beneath.list.setFocus()
    beneath.list.step(1)
    with qtbot.waitSignal(page.record_requested) as asked:
        qtbot.keyClick(beneath.list, Qt.Key.Key_Return)
    assert asked.args == [case.heard]


def test_a_click_in_a_sentence_chooses_it_and_its_block(blocks, page, qtbot) -> None:
    pane = page.view.pane
    begin, end = pane.letter.range_of(Place(blocks[1], 1))
    caret = QTextCursor(pane.letter)
    caret.setPosition(end - 2)
    where = pane.cursorRect(caret).center()
    qtbot.mouseClick(pane.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert page.view.beneath.sentence.text() == f"“{LOOSE}”"
    assert page.view.blocks.current_key == blocks[1]
    caret.setPosition(begin)
    caret.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    assert caret.selectedText() == LOOSE


@pytest.mark.usefixtures("blocks")
def test_the_next_sentence_resting_on_nothing_is_one_key_away(page, qtbot) -> None:
    both = ALT | Qt.KeyboardModifier.ShiftModifier
    page.view.pane.setFocus()
    qtbot.keyClick(page.view.pane, Qt.Key.Key_Down, both)
    assert page.view.beneath.sentence.text() == f"“{LOOSE}”"
    qtbot.keyClick(page.view.pane, Qt.Key.Key_Down, both)
    assert page.view.beneath.sentence.text() == "“Leaders know their area well.”"


def test_rewording_shows_on_the_page_at_once_and_keeps_the_focus(case, blocks, page, qtbot) -> None:
    page.choose_block(blocks[2])
    words = page.view.editor.words
    words.setFocus()
    qtbot.keyClicks(words, "Most ")
    assert "Most Leaders know" in page.view.pane.toPlainText()
    assert text_of(case, blocks[2]) == "Leaders know their area well."
    assert words.hasFocus()
    assert words.textCursor().position() == len("Most ")


def test_a_reworded_sentence_needs_its_evidence_again_once_saved(case, blocks, page, qtbot) -> None:
    page.choose_block(blocks[1])
    words = page.view.editor.words
    words.setFocus()
    with qtbot.waitSignal(words.paused):
        for _ in "Health ":
            qtbot.keyClick(words, Qt.Key.Key_Right)
        qtbot.keyClicks(words, "often ")
    assert len(underlined(page)) == 3
    assert len(case.ask(list_drafts)) == 1
    page.view.blocks.setFocus()
    assert text_of(case, blocks[1]).startswith("Health often is")
    assert case.ask(list_drafts) == []
    assert page.view.orphans.text() == "3 sentences rest on nothing recorded"
    assert len(underlined(page)) == 3


def test_a_sentence_is_rested_on_a_finding_by_typing_and_can_be_taken_back(
    blocks, page, qtbot
) -> None:
    page._choose(blocks[1], Place(blocks[1], 1))
    qtbot.keyClick(page, Qt.Key.Key_R, CTRL)
    picker = page.findChild(Picker)
    qtbot.keyClicks(picker.field, "strategy")
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert page.view.orphans.text() == "1 sentence rests on nothing recorded"
    assert page.view.beneath.said.text() == "Rests on 1 finding"
    qtbot.mouseClick(page.view.beneath.take_back, Qt.MouseButton.LeftButton)
    assert page.view.orphans.text() == "2 sentences rest on nothing recorded"


def test_a_block_that_states_no_finding_needs_no_evidence(blocks, page) -> None:
    page.choose_block(blocks[2])
    page.view.editor.exempt.click()
    assert page.view.orphans.text() == "1 sentence rests on nothing recorded"


def test_a_new_block_follows_the_chosen_one_and_is_ready_to_be_written(
    case, blocks, page, qtbot
) -> None:
    page.choose_block(blocks[1])
    qtbot.keyClick(page, Qt.Key.Key_N, CTRL)
    qtbot.keyClicks(page.view.editor.words, "New words.")
    page.view.blocks.setFocus()
    texts = [one.text for one in case.ask(letter_content).blocks]
    assert texts[2] == "New words."


def test_a_deleted_block_can_be_restored_in_its_place(blocks, page, qtbot) -> None:
    page.choose_block(blocks[1])
    page.offered.delete.trigger()
    assert len(page.view.blocks.shown.rows) == 2
    qtbot.mouseClick(page.view.restore, Qt.MouseButton.LeftButton)
    assert [row.key for row in page.view.blocks.shown.rows] == blocks


def test_moving_a_block_keeps_the_order_after_reloading(blocks, page, qtbot) -> None:
    page.choose_block(blocks[2])
    both = CTRL | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(page, Qt.Key.Key_Up, both)
    page.reload()
    wanted = [blocks[0], blocks[2], blocks[1]]
    assert [row.key for row in page.view.blocks.shown.rows] == wanted
    assert page.view.blocks.current_key == blocks[2]


@pytest.mark.usefixtures("blocks")
def test_a_box_frames_the_blocks_in_it(case, page) -> None:
    box = case.do(add_block, {"type": "box", "text": "Practice study"})
    inner = case.do(add_block, {"type": "paragraph", "text": "Inside.", "box": box})
    letter = page.view.pane.letter
    assert len(letter.rootFrame().childFrames()) == 1
    assert letter.place_at(letter.range_of(Place(inner, 0))[0]) == Place(inner, 0)


@pytest.mark.usefixtures("blocks")
def test_addressees_are_written_in_and_read_on_the_page(case, page, qtbot) -> None:
    form = page.view.particulars.addressees
    form.add.click()
    form.fields["role"].setFocus()
    qtbot.keyClicks(form.fields["role"], "Chief Executive")
    qtbot.keyClick(form.fields["role"], Qt.Key.Key_Return)
    assert "Chief Executive" in page.view.pane.toPlainText()
    assert case.ask(letter_content).addressees[0].role == "Chief Executive"


@pytest.mark.usefixtures("blocks")
def test_a_date_that_is_none_is_refused_in_words(page, qtbot) -> None:
    field = page.view.particulars.fields["date"]
    with qtbot.waitSignal(page.failed):
        qtbot.keyClicks(field, "soon")
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert page.view.remark.isVisible()
    assert field.text() == "soon"


@pytest.mark.usefixtures("blocks")
def test_a_date_is_typed_and_read_as_people_write_it(case, page, qtbot) -> None:
    field = page.view.particulars.fields["date"]
    qtbot.keyClicks(field, "3/12/2026")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert case.ask(letter_content).settings.date == "2026-12-03"
    assert field.text() == "3 December 2026"


def test_a_letter_begins_from_the_findings(page, qtbot) -> None:
    assert page.view.none.isVisible()
    qtbot.keyClick(page, Qt.Key.Key_B, CTRL)
    assert "What needs to improve?" in page.view.pane.toPlainText()
    assert not page.view.none.isVisible()


@pytest.mark.usefixtures("case", "blocks")
def test_the_letter_is_written_where_asked(page, qtbot, tmp_path: Path) -> None:
    qtbot.mouseClick(page.view.write, Qt.MouseButton.LeftButton)
    dialog = page.findChild(WriteDialog)
    dialog.folder.setText(str(tmp_path))
    with qtbot.waitSignal(page.said):
        qtbot.mouseClick(dialog.write, Qt.MouseButton.LeftButton)
    assert list(tmp_path.glob("*.docx"))


def test_a_long_letter_opens_and_rewords_within_a_blink(case, qtbot) -> None:
    texts = [f"Sentence {n} is here. It has a second one, of some length." for n in range(80)]
    made = [case.do(add_block, {"type": "paragraph", "text": one}) for one in texts]
    page = LetterPage(case.session)
    qtbot.addWidget(page)
    page.choose_block(made[40])
    page.view.editor.words.setFocus()
    begun = perf_counter()
    qtbot.keyClicks(page.view.editor.words, "A")
    # A blink lasts 0.1 to 0.4 s; one key takes a few milliseconds on a slow laptop.
    assert perf_counter() - begun < 0.3
    assert len(case.ask(letter_preview).blocks) == 80
    page.close_page()


def test_a_page_opened_and_closed_twice_leaves_no_connection(case, blocks, qtbot) -> None:
    for _ in range(2):
        page = LetterPage(case.session)
        qtbot.addWidget(page)
        page.choose_block(blocks[0])
        page.close_page()
        page.close_page()
    assert case.session.bus.receivers("2changed(PyObject)") == 0


def test_the_panes_take_the_focus_one_after_the_other(blocks, page) -> None:
    page.choose_block(blocks[1])
    focused = []
    for pane in page.panes():
        pane.setFocus()
        focused.append(page.focusWidget())
    view = page.view
    assert focused == [view.blocks, view.editor.words, view.pane, view.beneath.rest]

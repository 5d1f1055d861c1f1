"""What happens to the letter as a whole: comments, versions, what is looked at, the release."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from app.operations.letter_accuracy import comment_sheet, save_comment
from app.operations.letter_release import release_sheet
from app.operations.letter_versions import list_versions
from app.operations.letters import add_block, letter_content, reword_block, set_letter
from app.operations.records import add
from app.operations.register import keep_entry
from app.operations.work import new_id
from app.ui.exporting import ExportDialog
from app.ui.pages.letter.page import LetterPage
from app.ui.widgets.one_line import OneLine
from app.ui.widgets.write_dialog import WriteDialog

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.ui.pages.conftest import Case

NAMED = "A worker met Aurelia weekly."
SECOND = "Health is left out."
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def blocks(case: Case) -> list[str]:
    """A letter of a heading and one paragraph, in which a name of the register stands."""
    case.do(set_letter, {"salutation": "Dear partnership"})
    case.do(keep_entry, "C3", ["Aurelia"])
    return [
        case.do(add_block, {"type": "heading", "text": "Main findings", "level": 1}),
        case.do(add_block, {"type": "paragraph", "text": f"{NAMED} {SECOND}"}),
    ]


@pytest.fixture
def page(case: Case, blocks: list[str], qtbot: QtBot) -> Iterator[LetterPage]:
    assert blocks
    made = LetterPage(case.session)
    qtbot.addWidget(made)
    made.resize(1200, 740)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close_page()


def dialog(page: LetterPage, kind: type) -> object:
    return next(one for one in page.findChildren(kind) if one.isVisible())


def answer(page: LetterPage, qtbot: QtBot, words: str) -> None:
    box = page.parts.before.view.answer
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, words)
    qtbot.keyClick(box, Qt.Key.Key_Return, CTRL)


def test_each_part_is_one_key_away(page: LetterPage, qtbot: QtBot) -> None:
    for at, key in enumerate((Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_1)):
        qtbot.keyClick(page.focusWidget() or page, key, ALT)
        assert page.view.tabs.currentIndex() == (at + 1) % 4
        assert page.view.content.currentIndex() == (at + 1) % 4
        assert page.panes()


def test_a_comment_on_the_sentence_that_is_chosen_says_which(case, blocks, page, qtbot) -> None:
    page.choose_block(blocks[1])
    page.view.pane.setFocus()
    qtbot.keyClick(page.view.pane, Qt.Key.Key_Down, ALT)
    qtbot.keyClick(page.view.pane, Qt.Key.Key_A, CTRL | SHIFT)
    comment = page.parts.comments.view.fields["comment"].widget
    assert comment.hasFocus()
    qtbot.keyClicks(comment, "She was seen daily.")
    page.save_now()
    (held,) = case.ask(comment_sheet).comments
    assert held.record.text("words") == SECOND
    assert held.record.text("block") == blocks[1]
    assert held.record.text("comment") == "She was seen daily."
    assert page.parts.comments.view.said.text() == "1 comment, 1 to be answered"


def test_a_decision_stands_in_the_table_at_once(case, page, qtbot) -> None:
    page.parts.show_part("comments")
    qtbot.keyClick(page.parts.comments.view.table, Qt.Key.Key_N, CTRL)
    fields = page.parts.comments.view.fields
    qtbot.keyClicks(fields["comment"].widget, "No.")
    fields["decision"].show_value("reject")
    qtbot.keyClicks(fields["reason"].widget, "The log says so.")
    page.save_now()
    (line,) = page.parts.comments.view.table.shown.lines
    assert line.cells[-1] == "Not accepted. The log says so"
    assert case.ask(comment_sheet).open == 0


def test_words_of_a_comment_are_on_disk_soon_after_they_were_typed(case, page, qtbot) -> None:
    page.parts.show_part("comments")
    page.parts.comments.begin_new()
    with qtbot.waitSignal(page.kept, timeout=3000):
        qtbot.keyClicks(page.parts.comments.view.fields["comment"].widget, "It was five.")
    assert case.ask(comment_sheet).comments[0].record.text("comment") == "It was five."


def test_a_change_from_elsewhere_leaves_a_comment_being_typed_alone(case, page, qtbot) -> None:
    page.parts.show_part("comments")
    page.parts.comments.begin_new()
    box = page.parts.comments.view.fields["comment"].widget
    box.setFocus()
    qtbot.keyClicks(box, "It was")
    case.do(add, "agency", {"name": "Probation"})
    assert box.words == "It was"
    assert box.hasFocus()
    assert box.textCursor().position() == len("It was")


def test_a_comment_still_being_typed_is_in_what_the_button_exports(case, page, qtbot) -> None:
    page.parts.show_part("comments")
    case.do(save_comment, new_id(), {"comment": "Wrong month."})
    page.parts.comments.begin_new()
    qtbot.keyClicks(page.parts.comments.view.fields["comment"].widget, "=1+1")
    qtbot.mouseClick(page.parts.comments.view.write, Qt.MouseButton.LeftButton)
    assert dialog(page, ExportDialog).what.text().startswith("2 rows of “Factual accuracy”")


def test_a_kept_version_is_compared_with_the_letter_and_nothing_is_put_back(
    case, blocks, page, qtbot
) -> None:
    qtbot.keyClick(page.view.blocks, Qt.Key.Key_V, CTRL | SHIFT)
    asked = dialog(page, OneLine)
    qtbot.keyClicks(asked.field, "Sent for comments")
    asked.save.click()
    page.parts.show_part("versions")
    versions = page.parts.versions
    assert versions.view.said.text().startswith("Nothing differs.")
    case.do(reword_block, blocks[1], f"{NAMED} Health is often left out.")
    assert versions.view.said.text().startswith("Blocks: 1 changed.")
    html = versions.view.text.toHtml()
    shown = versions.view.text.toPlainText()
    assert "Health is left out." in shown
    assert "Health is often left out." in shown
    assert "underline" in html
    assert "Main findings" not in shown
    versions.view.only.box.click()
    assert "Main findings" in versions.view.text.toPlainText()
    assert [one.name for one in case.ask(list_versions)] == ["Sent for comments"]
    held = case.ask(letter_content).blocks
    assert held[1].text == f"{NAMED} Health is often left out."


def test_the_letter_is_released_only_when_everything_was_answered(
    case, page, qtbot, tmp_path: Path
) -> None:
    qtbot.keyClick(page.view.blocks, Qt.Key.Key_4, ALT)
    view = page.parts.before.view
    assert view.stands.text().startswith("1 thing has to be looked at")
    assert not view.release.isEnabled()
    qtbot.keyClick(view.list, Qt.Key.Key_R, CTRL | SHIFT)
    assert not [one for one in page.findChildren(WriteDialog) if one.isVisible()]
    answer(page, qtbot, "An invented name.")
    assert view.stands.text() == "Everything was looked at. The letter may leave."
    assert view.release.isEnabled()
    qtbot.keyClick(view.list, Qt.Key.Key_R, CTRL | SHIFT)
    asked = dialog(page, WriteDialog)
    asked.folder.setText(str(tmp_path / "out"))
    with qtbot.waitSignal(page.said):
        asked.write.click()
    (released,) = case.ask(release_sheet).released
    assert [one.name for one in (tmp_path / "out").iterdir()] == list(released.files)
    assert any(row.title.startswith("Released") for row in view.list.shown.rows)


def test_an_answer_is_kept_as_typed_and_counts_only_when_given(case, page, qtbot) -> None:
    page.parts.show_part("before")
    box = page.parts.before.view.answer
    box.setFocus()
    with qtbot.waitSignal(page.kept, timeout=3000):
        qtbot.keyClicks(box, "An inv")
    (held,) = case.ask(release_sheet).answered
    assert (held.draft, held.answer) == ("An inv", "")
    again = LetterPage(case.session)
    qtbot.addWidget(again)
    again.show()
    again.parts.show_part("before")
    assert again.parts.before.view.answer.words == "An inv"
    again.close_page()


def test_what_is_looked_at_is_shown_in_the_letter(blocks, page, qtbot) -> None:
    page.parts.show_part("before")
    qtbot.keyClick(page.parts.before.view.list, Qt.Key.Key_G, CTRL)
    assert page.view.tabs.currentIndex() == 0
    assert page.chosen_block == blocks[1]
    assert page.chosen[1].text == NAMED


def test_a_change_elsewhere_leaves_an_answer_being_typed_alone(case, blocks, page, qtbot) -> None:
    page.parts.show_part("before")
    box = page.parts.before.view.answer
    box.setFocus()
    qtbot.keyClicks(box, "An inv")
    case.do(reword_block, blocks[0], "Findings")
    assert box.words == "An inv"
    assert box.textCursor().position() == len("An inv")


def test_a_footnote_is_written_at_the_caret_and_opened_again(case, blocks, page, qtbot) -> None:
    page.choose_block(blocks[1])
    words = page.view.editor.words
    words.setFocus()
    for _ in NAMED:
        qtbot.keyClick(words, Qt.Key.Key_Right)
    qtbot.keyClick(words, Qt.Key.Key_F, CTRL | ALT)
    asked = dialog(page, OneLine)
    qtbot.keyClicks(asked.field, "Section 20.")
    asked.save.click()
    (note,) = case.ask(letter_content).blocks[1].footnotes
    assert (note.mark, note.offset, note.text) == ("1", len(NAMED), "Section 20.")
    page.view.editor.footnote_wanted.emit(note.id)
    asked = dialog(page, OneLine)
    asked.field.clear()
    asked.save.click()
    assert case.ask(letter_content).blocks[1].footnotes == ()


def test_a_comment_found_elsewhere_is_shown_in_the_table(case, page) -> None:
    made = case.do(add, "accuracy_comment", {"comment": "No."})
    page.show_record(made)
    assert page.view.tabs.currentIndex() == 1
    assert page.parts.comments.form.record == made


def test_the_page_opens_and_closes_twice_with_every_part(case, blocks, qtbot) -> None:
    assert blocks
    for _ in range(2):
        made = LetterPage(case.session)
        qtbot.addWidget(made)
        made.show()
        for name in ("comments", "versions", "before", "pages"):
            made.parts.show_part(name)
        made.close_page()
        made.close_page()
        assert made.is_closed


def test_walking_what_rests_on_nothing_begins_again_after_the_last(page, qtbot) -> None:
    page.view.pane.setFocus()
    said: list[str] = []
    page.said.connect(said.append)
    seen = []
    for _ in range(3):
        qtbot.keyClick(page.view.pane, Qt.Key.Key_Down, ALT | SHIFT)
        seen.append(page.chosen[1].text)
    assert seen == [NAMED, SECOND, NAMED]
    assert len(said) == 1


def test_another_layout_leaves_the_blocks_as_they_are(case, page) -> None:
    before = case.ask(letter_content)
    chosen = page.view.particulars.layout_used
    assert chosen.value == "letter-2022"
    chosen.show_value("letter-2016")
    chosen.left.emit()
    after = case.ask(letter_content)
    assert (before.signatures, after.signatures) == ("list", "grid")
    assert after.blocks == before.blocks
    assert chosen.value == "letter-2016"

"""What the notes page shows round the words: the list, the head, prompts, interview mode."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLineEdit

from app.operations.notes import NoteRow, read_note
from app.operations.register import Names
from app.ui.pages.notes.header_form import HeaderForm
from app.ui.pages.notes.model import note_rows
from app.ui.pages.notes.page import NotesPage
from app.ui.pages.notes.view import NotesView
from app.ui.widgets.rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from app.ui.pages.notes.editor import NoteEditor
    from tests.ui.pages.conftest import Case


@pytest.fixture
def page(case: Case, qtbot: QtBot) -> Iterator[NotesPage]:
    made = NotesPage(case.session)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    with qtbot.waitExposed(made):
        made.show()
    made.open_note(case.note)
    made.view.editor.setFocus()
    yield made
    made.close_page()


def row(number: int, date: str = "2026-10-12") -> NoteRow:
    return NoteRow(
        f"n{number}", "jotting", f"OF-{number}", "", "nurse", date, "09:00", "", "", 1, False
    )


def test_notes_stand_under_their_days() -> None:
    rows = note_rows([row(1), row(2), row(3, "2026-10-13"), row(4, "")])
    assert [one.title for one in rows if one.is_heading] == ["Mon 12 Oct", "Tue 13 Oct", "No date"]


def test_the_filter_matches_every_word_wherever_it_stands() -> None:
    rows = note_rows([row(1), row(2)], "nurse of-2")
    assert [one.key for one in rows if not one.is_heading] == ["n2"]


def test_thousands_of_notes_are_laid_out_without_asking_each_for_its_height(
    qtbot: QtBot, monkeypatch
) -> None:
    view = NotesView(lambda: "14:02")
    qtbot.addWidget(view)
    view.resize(1200, 700)
    view.show()
    asked: list[int] = []
    delegate = view.list.itemDelegate()
    usual = type(delegate).sizeHint
    monkeypatch.setattr(
        type(delegate),
        "sizeHint",
        lambda self, option, index: asked.append(index.row()) or usual(self, option, index),
    )
    view.list.show_rows([Row(str(number), f"Note {number}", "meta") for number in range(12_000)])
    view.list.grab()
    assert len(asked) < 100


def test_prompts_open_and_close_by_one_key(page: NotesPage, qtbot: QtBot) -> None:
    prompts = page.view.prompts
    assert prompts.isHidden()
    qtbot.keyClick(page.view.editor, Qt.Key.Key_F9)
    assert prompts.isVisible()
    first = prompts.words.text()
    assert first
    prompts.criterion.setCurrentIndex(3)
    assert prompts.words.text() != first
    assert page.view.editor.hasFocus()
    qtbot.keyClick(page.view.editor, Qt.Key.Key_F9)
    assert prompts.isHidden()


def test_interview_mode_leaves_only_words_and_clock(page: NotesPage, qtbot: QtBot) -> None:
    view = page.view
    with qtbot.waitSignal(page.quiet_requested) as asked:
        qtbot.keyClick(view.editor, Qt.Key.Key_F8)
    assert asked.args == [True]
    shown = (view.left, view.header, view.title, view.finish, view.prompts)
    assert not any(one.isVisible() for one in shown)
    assert view.clock.text()
    assert view.editor.hasFocus()
    qtbot.keyClick(view.editor, Qt.Key.Key_F8)
    assert view.left.isVisible()
    assert view.header.isVisible()


def test_the_header_line_is_cut_at_its_end_and_read_out_whole(page: NotesPage) -> None:
    words = "Interview · " + "a very long role " * 20
    page.view.header.show_words(words)
    assert page.view.header.text().endswith("…")
    assert page.view.header.accessibleName() == words


def test_a_name_under_a_quotation_has_room(page: NotesPage) -> None:
    block = page.view.editor.paper.block(0)
    assert block.blockFormat().bottomMargin() > block.next().blockFormat().bottomMargin()


def test_a_quotation_ended_by_enter_is_followed_by_evidence(
    case: Case, page: NotesPage, qtbot: QtBot
) -> None:
    editor = page.view.editor
    editor.show_paragraph(case.heard)
    qtbot.keyClick(editor, Qt.Key.Key_End)
    qtbot.keyClick(editor, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    editor.make("verbatim", "nurse")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert editor.paper.lines[-1].type == "evidence"
    plain = editor.paper.block(1).blockFormat().bottomMargin()
    assert editor.paper.block(3).blockFormat().bottomMargin() == plain


class Resizes(QObject):
    """Counts the paragraphs of a document whenever the room for its words changes."""

    def __init__(self, editor: NoteEditor) -> None:
        super().__init__(editor)
        self.paragraphs: list[int] = []
        self._document = editor.document()
        editor.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Resize:
            self.paragraphs.append(self._document.blockCount())
        return super().eventFilter(watched, event)


def test_a_long_note_is_laid_out_once(case: Case, page: NotesPage) -> None:
    one = case.ask(read_note, case.note).paragraphs[0]
    many = [replace(one, id=f"p{number}") for number in range(400)]
    resizes = Resizes(page.view.editor)
    for paragraphs in (many, [one], many):
        page.view.editor.show_note(paragraphs, {})
    assert page.view.editor.verticalScrollBar().isVisible()
    assert resizes.paragraphs
    assert max(resizes.paragraphs) < len(many)


def test_what_a_long_note_holds_is_marked_to_its_end(
    case: Case, page: NotesPage, qtbot: QtBot
) -> None:
    one = case.ask(read_note, case.note).paragraphs[0]
    many = [replace(one, id=f"p{number}", text="C7 was seen alone.") for number in range(400)]
    editor = page.view.editor
    editor.marks.know(Names(), ["C7"], frozenset())
    editor.show_note(many, {})
    qtbot.waitUntil(lambda: all(editor.paper.block(at).layout().formats() for at in range(400)))


def test_a_date_typed_the_british_way_is_kept(case: Case, page: NotesPage, qtbot: QtBot) -> None:
    page.offered.header.trigger()
    form = page.findChild(HeaderForm)
    date, start = form.fields["date"], form.fields["start"]
    assert isinstance(date, QLineEdit)
    assert isinstance(start, QLineEdit)
    assert date.text() == "13 October 2026"
    date.setText("14/10/2026")
    start.setText("905")
    qtbot.mouseClick(form.save, Qt.MouseButton.LeftButton)
    record = case.ask(read_note, case.note).record
    assert (record.text("date"), record.text("start")) == ("2026-10-14", "09:05")
    assert "Wed 14 Oct 09:05" in page.view.header.accessibleName()

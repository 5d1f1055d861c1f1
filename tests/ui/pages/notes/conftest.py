"""The notes page, open on the small inspection's note."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.ui.pages.notes.page import NotesPage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

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

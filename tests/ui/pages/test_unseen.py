"""A page that nobody sees follows nothing, and has caught up once somebody sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.operations.notes import edit_paragraph
from app.operations.wording import save_statement
from app.ui.page import Page
from app.ui.pages.findings.page import FindingsPage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from tests.ui.pages.conftest import Case


class Counting(Page):
    """A page that counts how often it is loaded."""

    kinds = frozenset({"paragraph"})
    loaded = 0

    def reload(self) -> None:
        self.loaded += 1


@pytest.fixture
def page(case: Case, qtbot: QtBot) -> Iterator[Counting]:
    made = Counting(case.session)
    qtbot.addWidget(made)
    yield made
    made.close_page()


def test_an_unseen_page_is_loaded_once_when_it_is_seen_however_much_changed(
    case: Case, page: Counting
) -> None:
    for words in ("One.", "One. Two.", "One. Two. Three."):
        case.do(edit_paragraph, case.heard, words)
    assert page.loaded == 0
    page.show()
    assert page.loaded == 1
    page.hide()
    page.show()
    assert page.loaded == 1


def test_a_page_that_is_seen_follows_what_it_shows_and_nothing_else(
    case: Case, page: Counting
) -> None:
    page.show()
    case.do(edit_paragraph, case.heard, "One.")
    case.do(save_statement, case.finding, "Another statement.")
    assert page.loaded == 1


def test_a_closed_page_follows_nothing(page: Counting) -> None:
    page.show()
    page.close_page()
    page.look_again()
    assert page.loaded == 0


def test_findings_changed_while_another_page_was_seen_stand_there_when_it_is_seen(
    case: Case, qtbot: QtBot
) -> None:
    page = FindingsPage(case.session)
    qtbot.addWidget(page)
    case.do(save_statement, case.finding, "Said anew meanwhile.")
    assert "Said anew meanwhile." not in [one.statement for one in page.sheets[0].rows]
    page.show()
    assert "Said anew meanwhile." in [one.statement for one in page.sheets[0].rows]
    page.close_page()

"""Laptops of a team, and the team page over one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog

from app.ui.change_bus import ChangeBus
from app.ui.handing_over import HandingOver
from app.ui.pages.team.page import TeamPage
from app.ui.runner import ImmediateRunner
from app.ui.session import Session
from tests.operations.sync.laptops import Laptop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    Shown = Callable[[Laptop], TeamPage]


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[Callable[[str], Laptop]]:
    made: list[Laptop] = []

    def make(name: str) -> Laptop:
        made.append(Laptop(tmp_path / "profiles", name))
        return made[-1]

    yield make
    for one in made:
        if hasattr(one, "inspection"):
            one.close()
        one.profile.close()


@pytest.fixture
def alone(laptops) -> Laptop:
    """A laptop with an inspection and no team."""
    one = laptops("Ann")
    one.id = one.profile.create_inspection({"area": "Wexcombe"})
    one.open()
    return one


@pytest.fixture
def pair(laptops) -> tuple[Laptop, Laptop]:
    """The lead's laptop and another on its team."""
    lead, other = laptops("Ann"), laptops("Jo")
    lead.begin()
    lead.admit(other)
    return lead, other


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[Shown]:
    pages: list[TeamPage] = []

    def show(one: Laptop) -> TeamPage:
        session = Session(one.inspection, ImmediateRunner(), ChangeBus())
        page = TeamPage(session)
        qtbot.addWidget(page)
        page.watch(HandingOver(page, session))
        page.show()
        pages.append(page)
        return page

    yield show
    for page in pages:
        page._handing_over.close_quietly()
        page.close_page()


def dialog_of(page: TeamPage, kind: type[QDialog]) -> QDialog:
    """The dialog of a kind that is open over the page."""
    found = [one for one in page.findChildren(kind) if one.isVisible()]
    assert len(found) == 1, found
    return found[0]


def pick(page: TeamPage, path: Path) -> None:
    """Answer the page's question for a file or folder."""
    dialog = dialog_of(page, QFileDialog)
    dialog.fileSelected.emit(str(path))
    dialog.reject()

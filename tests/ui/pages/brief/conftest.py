"""Three points on a small inspection, and the page over them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.operations.briefs import add_point
from app.ui.pages.brief.page import BriefPage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from tests.ui.pages.conftest import Case


@pytest.fixture
def points(case: Case) -> list[str]:
    words = ("Leaders know their area.", "Workers stay.", "Help comes early.")
    return [case.do(add_point, "strengths", one) for one in words]


@pytest.fixture
def page(case: Case, qtbot: QtBot) -> Iterator[BriefPage]:
    made = BriefPage(case.session)
    qtbot.addWidget(made)
    made.resize(1200, 740)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close_page()

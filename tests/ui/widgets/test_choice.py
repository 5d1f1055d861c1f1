from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QComboBox

from app.ui.widgets.choice import Choice

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

LONG = "Not looked for yet, and nobody has said why"


@pytest.fixture
def choice(qtbot: QtBot) -> Choice:
    made = Choice()
    qtbot.addWidget(made)
    made.addItems(["Agrees", LONG])
    made.resize(160, made.sizeHint().height())
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_words_without_room_end_in_dots_and_come_up_whole_at_the_pointer(choice: Choice) -> None:
    assert (choice.fitting(), choice.toolTip()) == ("Agrees", "")
    choice.setCurrentIndex(1)
    assert LONG.startswith(choice.fitting().rstrip("…"))
    assert choice.fitting().endswith("…")
    assert choice.toolTip() == LONG
    choice.resize(600, choice.height())
    assert (choice.fitting(), choice.toolTip()) == (LONG, "")


def test_what_fits_is_drawn_as_every_other_box_draws_it(choice: Choice, qtbot: QtBot) -> None:
    plain = QComboBox()
    qtbot.addWidget(plain)
    plain.addItems(["Agrees", LONG])
    plain.resize(choice.size())
    with qtbot.waitExposed(plain):
        plain.show()
    assert choice.grab().toImage() == plain.grab().toImage()
    for box in (choice, plain):
        box.setCurrentIndex(1)
    assert choice.grab().toImage() != plain.grab().toImage()

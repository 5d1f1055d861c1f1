"""Two inspectors, each in a window of their own, write one inspection through a real relay."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.operations.notes import list_notes, read_note
from app.operations.sync.places import PlaceKind, add_place
from app.operations.sync.publishing import publish_team
from app.ui.change_bus import ChangeBus
from app.ui.frame import Frame
from app.ui.pages.notes.page import NotesPage
from app.ui.rooms import ROOMS
from app.ui.runner import ThreadRunner
from app.ui.session import Session
from app.ui.widgets.picker import Picker
from tests.operations.sync.laptops import Laptop
from tests.prove.fleet.processes import RelayProcess, free_port
from tests.ui.hands import Hands

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

FIRST = "The school rang the hub twice."
SECOND = "Nobody rang the school back."
AT_ONCE = "The hub had the call on record."
LATER = "Written while the relay was down."


@pytest.fixture
def relay(tmp_path: Path) -> Iterator[RelayProcess]:
    made = RelayProcess(f"sqlite:///{tmp_path / 'relay.db'}", free_port(), tmp_path / "relay.log")
    made.start()
    made.wait_until_serving()
    yield made
    made.kill()


class Seat:
    """One inspector at one window."""

    def __init__(self, laptop: Laptop, qtbot: QtBot) -> None:
        self.laptop, self._qtbot = laptop, qtbot
        self.crashes: list[BaseException] = []
        self.runner = ThreadRunner(self.crashes.append)
        self.frame = Frame(Session(laptop.inspection, self.runner, ChangeBus()), ROOMS)
        self.frame.resize(1366, 768)
        self.frame.show()
        self.hands = Hands(self.frame, qtbot)
        self.notes = next(one for one in self.frame.pages if isinstance(one, NotesPage))

    def close(self) -> None:
        self.frame.close_frame()
        self.runner.finish()
        self.frame.deleteLater()
        assert self.crashes == []

    @property
    def words(self) -> list[str]:
        """Every paragraph that is on this laptop's disk."""
        ask = self.laptop.inspection.ask
        return [one.text for row in ask(list_notes) for one in ask(read_note, row.id).paragraphs]

    @property
    def screen(self) -> list[str]:
        """The paragraphs of the open note as they are on screen."""
        return self.notes.view.editor.toPlainText().split("\n")

    def waits_for(self, *words: str) -> None:
        self.hands.wait(lambda: set(words) <= set(self.screen))


@pytest.fixture
def seats(tmp_path: Path, relay: RelayProcess, qtbot: QtBot) -> Iterator[tuple[Seat, Seat]]:
    ann, jo = Laptop(tmp_path / "profiles", "Ann"), Laptop(tmp_path / "profiles", "Jo")
    ann.begin()
    ann.admit(jo)
    publish_team(ann.inspection, relay.address, relay.open_mailbox())
    for one in (ann, jo):
        add_place(one.inspection, PlaceKind.RELAY, relay.address)
    made = Seat(ann, qtbot), Seat(jo, qtbot)
    yield made
    for seat in made:
        seat.close()
        seat.laptop.close()
        seat.laptop.profile.close()


def begin_a_note(seat: Seat, words: str) -> None:
    hands = seat.hands
    seat.frame.show_room("Notes")
    hands.press("Ctrl+N")
    hands.wait(lambda: any(one.isVisible() for one in seat.frame.findChildren(Picker)))
    hands.press("Return")
    hands.wait_at("Note")
    hands.type(words)


def open_the_note(seat: Seat) -> None:
    seat.frame.show_room("Notes")
    rows = seat.notes.view.list
    seat.hands.wait(lambda: len(rows.shown.rows) > 1)  # its day's heading, and the note
    rows.setFocus()
    seat.hands.press("Down", "Return")
    seat.hands.wait_at("Note")


def test_two_windows_write_one_note_and_nobody_s_caret_moves(seats: tuple[Seat, Seat]) -> None:
    ann, jo = seats
    begin_a_note(ann, FIRST)
    jo.hands.wait(lambda: FIRST in jo.words)
    open_the_note(jo)
    jo.waits_for(FIRST)

    jo.hands.press("Ctrl+End", "Return")
    jo.hands.type(AT_ONCE[:12])
    ann.hands.press("Return")
    ann.hands.type(SECOND)
    jo.waits_for(FIRST, SECOND)
    assert jo.notes.view.editor.textCursor().block().text() == AT_ONCE[:12]
    jo.hands.type(AT_ONCE[12:])
    assert jo.notes.view.editor.textCursor().block().text() == AT_ONCE
    for seat in seats:
        seat.waits_for(FIRST, SECOND, AT_ONCE)
    ann.hands.wait(lambda: sorted(ann.words) == sorted(jo.words) == sorted({*ann.words}))


def test_what_is_written_while_the_relay_is_down_is_said_and_arrives_later(
    seats: tuple[Seat, Seat], relay: RelayProcess
) -> None:
    ann, jo = seats
    begin_a_note(ann, FIRST)
    jo.hands.wait(lambda: FIRST in jo.words)
    relay.kill()
    ann.hands.press("Return")
    ann.hands.type(LATER)
    ann.hands.wait(lambda: "out of reach" in ann.frame.handed_over.text())
    ann.hands.wait(lambda: LATER in ann.words)
    relay.start()
    relay.wait_until_serving()
    ann.frame.handing_over.ask()
    jo.frame.handing_over.ask()
    jo.hands.wait(lambda: LATER in jo.words)
    ann.hands.wait(lambda: "out of reach" not in ann.frame.handed_over.text())

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from app.clock import SystemClock
from app.errors import UnreachableTargetError
from app.operations.sync.line import Line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PATIENCE = 20.0  # seconds until a test gives up waiting for what should take none


@dataclass(frozen=True)
class Done:
    cursor: str
    put: int = 0


class Place:
    """Where laptops meet: counts its news, and can be out of reach."""

    def __init__(self) -> None:
        self.happened = threading.Condition()
        self.news = 0
        self.is_away = False
        self.exchanges = 0
        self.opened = 0
        self.waiting = 0

    def tell(self) -> None:
        with self.happened:
            self.news += 1
            self.happened.notify_all()

    def state_changed(self) -> None:
        with self.happened:
            self.happened.notify_all()

    def until(self, condition: Callable[[], bool]) -> None:
        with self.happened:
            assert self.happened.wait_for(condition, PATIENCE), "it never came to that"


class Visit:
    """A target at the place, as far as a line uses it."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.is_closed = False
        with place.happened:
            place.opened += 1

    def wait(self, cursor: str, seconds: float) -> bool:
        place = self.place
        with place.happened:
            place.waiting += 1
            place.happened.notify_all()
            place.happened.wait_for(lambda: self.is_closed or place.news > int(cursor), seconds)
            place.waiting -= 1
            return place.news > int(cursor)

    def close(self) -> None:
        with self.place.happened:
            self.is_closed = True
            self.place.happened.notify_all()


@pytest.fixture
def place() -> Place:
    return Place()


@pytest.fixture
def line(place: Place) -> Iterator[Line]:
    def exchange(_target: object, _halt: Callable[[], bool]) -> Done:
        with place.happened:
            place.exchanges += 1
            place.happened.notify_all()
            if place.is_away:
                raise UnreachableTargetError("The stick is not there.")
            return Done(str(place.news))

    made = Line(lambda: Visit(place), exchange, SystemClock(), place.state_changed)  # type: ignore[arg-type,return-value]
    yield made
    made.close()
    assert threading.active_count() < 50
    assert not [one for one in made._threads if one.is_alive()], "a thread was left behind"


def test_news_at_the_target_is_fetched_at_once(line: Line, place: Place) -> None:
    line.start()
    for round_ in range(1, 6):
        place.until(lambda: place.waiting == 1)
        place.tell()
        place.until(lambda wanted=round_ + 1: place.exchanges >= wanted)


def test_what_is_written_here_leaves_without_being_asked_for(line: Line, place: Place) -> None:
    line.start()
    place.until(lambda: place.exchanges == 1)
    line.changed()
    place.until(lambda: place.exchanges == 2)


def test_c31_a_target_that_comes_back_is_used_again_and_says_when_it_is_tried_next(
    line: Line, place: Place
) -> None:
    place.is_away = True
    line.start()
    place.until(lambda: place.exchanges == 1 and bool(line.state.problem))
    assert line.state.problem == "The stick is not there."
    assert line.state.next_try is not None
    place.is_away = False
    line.ask()
    place.until(lambda: place.waiting == 1)
    assert line.state.problem == ""
    assert line.state.last_good is not None


def test_a_line_that_is_off_does_nothing_and_goes_on_when_it_is_on(
    line: Line, place: Place
) -> None:
    line.switch(on=False)
    line.start()
    line.changed()
    line.ask()
    assert place.exchanges == 0
    line.switch(on=True)
    place.until(lambda: place.exchanges == 1)


def test_closing_ends_a_wait_at_the_target(line: Line, place: Place) -> None:
    line.start()
    place.until(lambda: place.waiting == 1)
    line.close()
    assert place.waiting == 0


def test_a_fault_in_an_exchange_does_not_end_syncing(place: Place) -> None:
    def exchange(_target: object, _halt: Callable[[], bool]) -> Done:
        with place.happened:
            place.exchanges += 1
            place.happened.notify_all()
        raise ZeroDivisionError

    line = Line(lambda: Visit(place), exchange, SystemClock(), place.state_changed)  # type: ignore[arg-type,return-value]
    line.start()
    place.until(lambda: place.exchanges == 1 and bool(line.state.problem))
    assert "kept" in line.state.problem
    line.ask()
    place.until(lambda: place.exchanges == 2)
    line.close()

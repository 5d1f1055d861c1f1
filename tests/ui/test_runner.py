"""Waiting until what was handed over is on disk, or was refused."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from app.errors import StoreError
from app.ui.runner import ImmediateRunner, ThreadRunner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

FULL = StoreError("The disk is full.")


@dataclass
class Asker:
    is_closed: bool = False


@pytest.fixture
def crashes() -> list[BaseException]:
    return []


@pytest.fixture
def threaded(crashes, qapp) -> Iterator[ThreadRunner]:
    assert qapp is not None
    runner = ThreadRunner(crashes.append)
    yield runner
    runner.finish()


def done(answer: object = None, problem: BaseException | None = None) -> Future:
    made: Future = Future()
    if problem is None:
        made.set_result(answer)
    else:
        made.set_exception(problem)
    return made


def test_it_is_told_after_everyone_else_heard_their_answer(threaded, qtbot: QtBot) -> None:
    heard: list[object] = []
    before, after = Future(), Future()
    threaded.follow(Asker(), lambda: before, heard.append)
    threaded.settle(
        lambda: threaded.follow(Asker(), lambda: after, heard.append),
        lambda problem: heard.append(("settled", problem)),
    )
    after.set_result("after")
    qtbot.waitUntil(lambda: heard == ["after"])
    before.set_result("before")
    qtbot.waitUntil(lambda: len(heard) == 3)
    assert heard == ["after", "before", ("settled", None)]


def test_what_an_answer_begins_is_waited_for_too(threaded, qtbot: QtBot) -> None:
    # As a page does whose words were refused: it hands them over again, as a draft.
    settled: list[object] = []
    draft: Future = Future()

    def refused(_problem: object) -> None:
        threaded.follow(Asker(), lambda: draft)

    threaded.settle(
        lambda: threaded.follow(Asker(), lambda: done(problem=FULL), failed=refused),
        settled.append,
    )
    qtbot.wait(0)
    assert settled == []
    draft.set_result(None)
    qtbot.waitUntil(lambda: settled == [FULL])


def test_a_refusal_from_before_is_not_counted(threaded, qtbot: QtBot) -> None:
    heard: list[object] = []
    threaded.follow(Asker(), lambda: done(problem=FULL), failed=heard.append)
    qtbot.waitUntil(lambda: heard == [FULL])
    settled: list[object] = []
    threaded.settle(lambda: None, settled.append)
    assert settled == [None]


@pytest.mark.parametrize("kind", [ImmediateRunner, ThreadRunner])
def test_nothing_handed_over_is_settled_at_once(kind: type, qapp, crashes) -> None:
    assert qapp is not None
    runner = kind(crashes.append) if kind is ThreadRunner else kind()
    settled: list[object] = []
    runner.settle(lambda: None, settled.append)
    assert settled == [None]


def test_the_immediate_one_tells_of_refusals_as_well() -> None:
    runner = ImmediateRunner()
    settled: list[object] = []
    heard: list[object] = []

    def hand_over() -> None:
        runner.follow(Asker(), lambda: done("kept"), heard.append)
        runner.follow(Asker(), lambda: done(problem=FULL), failed=heard.append)
        assert settled == []

    runner.settle(hand_over, settled.append)
    assert (heard, settled) == (["kept", FULL], [FULL])


def test_a_fault_counts_as_a_refusal(threaded, crashes, qtbot: QtBot) -> None:
    fault, settled = ZeroDivisionError(), []
    threaded.settle(lambda: threaded.follow(Asker(), lambda: done(problem=fault)), settled.append)
    qtbot.waitUntil(lambda: settled == [fault])
    assert crashes == [fault]

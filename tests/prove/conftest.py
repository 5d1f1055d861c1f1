"""What the small proofs share: they need strace, and end the process they play scenes in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.prove import trace
from tests.prove.judge import Place
from tests.prove.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.prove.rounds import Tally


@pytest.fixture(scope="session")
def stage() -> Iterator[None]:
    """Somewhere to play scenes, or a reason why not."""
    reason = trace.why_not()
    if reason:
        pytest.skip(reason)
    yield
    trace.end()


@pytest.fixture
def subject() -> Iterator[Subject]:
    """An inspection whose files can be changed."""
    with Place() as place:
        yield Subject(place, "1")


def nothing_wrong(tally: Tally) -> bool:
    """Whether something was tried and nothing was wrong; what was is shown by the failure."""
    assert tally.tried
    assert tally.wrong == []
    return True

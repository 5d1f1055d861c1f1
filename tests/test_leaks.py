"""K01: whatever goes wrong, nothing that is written or shown about it holds a word or a key."""

from __future__ import annotations

import logging
import traceback
from typing import TYPE_CHECKING

import pytest

from app.errors import SiteweekError
from app.hardening import fault
from app.ui.application import Crashes
from tests import leaks, marking
from tests.leaks import ENDS_WELL, FORCED, MARKER, PASSPHRASE, Case

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    made = leaks.make_case(tmp_path)
    yield made
    leaks.put_away(made)


def told_of(problem: BaseException) -> str:
    """What the app itself would write or show of an error: sentence, or type and place."""
    shown: list[str] = []
    crashes = Crashes()
    crashes.crashed.disconnect()
    crashes.crashed.connect(shown.append)
    crashes.report(problem)
    shown.append(fault(problem))
    if isinstance(problem, SiteweekError):
        # An expected error is ours from end to end: nothing under it may hold a word either.
        shown += [problem.sentence, repr(problem), *traceback.format_exception(problem)]
    return "\n".join(shown)


@pytest.mark.parametrize("name", FORCED)
def test_k01_no_error_tells_a_word_a_key_or_a_passphrase(
    name: str, case: Case, caplog, capfd
) -> None:
    caplog.set_level(logging.DEBUG)
    capfd.readouterr()
    problem = leaks.force(name, case)
    assert (problem is None) == (name in ENDS_WELL)
    written = "".join(capfd.readouterr()) + caplog.text
    if problem is not None:
        written += told_of(problem)
    for secret in (MARKER, PASSPHRASE, *case.keys):
        assert not marking.holds(written.encode(), secret), (name, written)


def test_k01_the_search_would_find_what_it_looks_for(case: Case) -> None:
    # Of a bug only type and place are told; its own words do hold the marker.
    problem = leaks.force("a bug in a verb", case)
    assert marking.holds(repr(problem).encode(), MARKER)
    assert told_of(problem).startswith("KeyError in ")
    assert "leaks._bug" in told_of(problem)


def test_k01_the_files_of_a_profile_hold_no_word(case: Case) -> None:
    for name in ("a bug in a verb", "a status without evidence", "a closed inspection"):
        leaks.force(name, case)
    assert marking.found(case.profile.folder, MARKER, PASSPHRASE, *case.keys) == []

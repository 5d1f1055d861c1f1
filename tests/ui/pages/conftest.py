"""A small inspection on a real encrypted store, filled by verbs, and a session over it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from app.clock import SystemClock
from app.operations import records
from app.operations.findings import add_finding, link_evidence
from app.operations.inspection import Inspection
from app.operations.notes import add_note, add_paragraph
from app.ui.change_bus import ChangeBus
from app.ui.lasting import keep_constants_alive
from app.ui.runner import ImmediateRunner
from app.ui.session import Session
from tests.fakes.stores import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

keep_constants_alive()

HEARD = "I found out about the strategy meeting a week after it happened."
SEEN = "Record shows no invitation to the meeting of 3 May."
CONTRARY = "The June meeting had a health visitor in the room."


@dataclass(frozen=True)
class Case:
    """What the small inspection holds, by name."""

    session: Session
    finding: str
    other: str
    note: str
    heard: str
    seen: str
    contrary: str
    inspectorates: tuple[str, str]

    def do(self, verb: Callable, *args: object, **kwargs: object) -> str:
        """Run a verb as another page would: the bus tells everyone. Return what it made."""
        changes = self.session.inspection.do(verb, *args, **kwargs)
        self.session.bus.changed.emit(changes)
        return changes.made

    def ask(self, question: Callable, *args: object) -> object:
        return self.session.inspection.ask(question, *args)


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Session]:
    """A session over an inspection in which nothing was written but what it is."""
    store = open_store(tmp_path / "store")
    inspection = Inspection("0" * 32, store, SystemClock())
    inspection.do(
        records.add,
        "inspection",
        {
            "area": "Wexcombe",
            "framework": "domestic-abuse-2024",
            "layout": "letter-2022",
            "brief_layout": "verbal-feedback",
        },
    )
    yield Session(inspection, ImmediateRunner(), ChangeBus())
    inspection.close()


@pytest.fixture
def case(bare: Session) -> Case:
    """Two inspectorates, one note of three paragraphs, one finding with evidence, one without."""
    do = bare.inspection.do
    ofsted = do(records.add, "inspectorate", {"name": "Ofsted"}).made
    cqc = do(records.add, "inspectorate", {"name": "Care Quality Commission"}).made
    police = do(records.add, "agency", {"name": "Police", "short_name": "police"}).made
    header = {"ref": "OF-FD-01", "agency": police, "source": "practitioner", "date": "2026-10-13"}
    note = do(add_note, "professional_interview", header).made
    verbatim = {"type": "verbatim", "speaker": "health visitor"}
    heard = do(add_paragraph, note, HEARD, fields=verbatim).made
    seen = do(add_paragraph, note, SEEN).made
    contrary = do(add_paragraph, note, CONTRARY).made
    finding = do(
        add_finding, "Health is left out of strategy meetings.", {"type": "improvement"}
    ).made
    other = do(add_finding, "Leaders know their area well.", {"type": "strength"}).made
    do(link_evidence, finding, heard, "for")
    return Case(bare, finding, other, note, heard, seen, contrary, (ofsted, cqc))

"""The inspection that an act of care is about: open in the window, or chosen in the list."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.ui.pages.inspections.model import name_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.domain.changes import Changes
    from app.operations.inspection import Inspection
    from app.operations.profile import InspectionRow, Profile
    from app.operations.work import Work
    from app.ui.session import Session


@dataclass(frozen=True, slots=True)
class Subject:
    """One inspection. ``session`` is there while it is open in the window."""

    profile: Profile
    row: InspectionRow
    session: Session | None = None

    @property
    def name(self) -> str:
        """What it is called in a sentence."""
        return name_of(self.row)

    @contextmanager
    def inspection(self, *, for_reading: bool = False) -> Iterator[Inspection]:
        """Have it open for as long as it is needed."""
        if self.session is not None:
            yield self.session.inspection
            return
        opened = self.profile.open_inspection(self.row.id, for_reading=for_reading)
        try:
            yield opened
        finally:
            opened.close()

    def do(self, verb: Callable[[Work], Changes]) -> Changes:
        """Run a verb in it and wait for it."""
        with self.inspection() as inspection:
            return inspection.do(verb)

    def tell(self, changes: Changes) -> None:
        """Let the pages that show it know what was changed."""
        if self.session is not None:
            self.session.bus.changed.emit(changes)

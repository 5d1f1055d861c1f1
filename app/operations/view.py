"""What a question is asked of: the records of one snapshot, the packs, and the time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.records import Record

if TYPE_CHECKING:
    from app.clock import Clock
    from app.domain.packs import BriefLayout, Framework, LetterLayout
    from app.operations.packs import Packs
    from app.store.reader import Reader

NO_RECORD = Record("", "", {})


@dataclass(frozen=True, slots=True)
class View:
    """One snapshot of one inspection."""

    records: Reader
    packs: Packs
    clock: Clock

    @property
    def inspection(self) -> Record:
        """The inspection's own record, an empty one before it has been described."""
        return self._single("inspection")

    @property
    def letter(self) -> Record:
        """The letter's own record, an empty one before there is a letter."""
        return self._single("letter")

    @property
    def brief(self) -> Record:
        """The brief's own record, an empty one before there is a brief."""
        return self._single("brief")

    @property
    def framework(self) -> Framework | None:
        """The framework pack this inspection uses, if it names one."""
        return self.packs.framework(self.inspection.text("framework"))

    @property
    def letter_layout(self) -> LetterLayout | None:
        """The letter layout this inspection uses, if it names one."""
        return self.packs.letter_layout(self.inspection.text("layout"))

    @property
    def brief_layout(self) -> BriefLayout | None:
        """The brief layout this inspection uses, if it names one."""
        return self.packs.brief_layout(self.inspection.text("brief_layout"))

    def _single(self, kind: str) -> Record:
        return next(iter(self.records.of_kind(kind)), NO_RECORD)

"""What an operation changed. Screens reload by this value and know nothing of each other."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Changes:
    """Which records and kinds changed, and the record an operation made, if it made one."""

    records: frozenset[str] = field(default_factory=frozenset)
    kinds: frozenset[str] = field(default_factory=frozenset)
    made: str = ""

    def __or__(self, other: Changes) -> Changes:
        """Return both together; the first record made is kept."""
        return Changes(
            self.records | other.records, self.kinds | other.kinds, self.made or other.made
        )

    def touch(self, *kinds: str) -> bool:
        """Whether any record of one of these kinds changed."""
        return not self.kinds.isdisjoint(kinds)

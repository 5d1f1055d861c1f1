"""What is thin about a finding's evidence, as questions the team meeting would ask tonight."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from app.domain.triangulation import Triangulation

# Within one week on site, a finding nobody has touched for three days has been forgotten.
STALE_AFTER: Final = timedelta(days=3)


class GapKind(StrEnum):
    """What is thin about a finding's evidence."""

    NO_EVIDENCE = "no evidence"
    LONE_SOURCE = "lone source"
    ONE_INSPECTORATE = "one inspectorate"
    ADULTS_ONLY = "adults only"
    ONE_AGENCY = "one agency"
    CONTRARY_NOT_SOUGHT = "contrary evidence not sought"
    STALE = "stale"


class Gap(NamedTuple):
    """One gap, and a sentence that says it."""

    kind: GapKind
    sentence: str


def gaps(
    triangulation: Triangulation, today: date, stale_after: timedelta = STALE_AFTER
) -> tuple[Gap, ...]:
    """Return what is thin about the evidence, in the order a team would ask about it.

    Without evidence that is the one gap. An agency or inspectorate nobody named is no gap.
    """
    supporting = triangulation.supporting
    if not supporting.notes:
        return (Gap(GapKind.NO_EVIDENCE, "Nothing has been recorded for it."),)
    found: list[Gap] = []
    if len(supporting.notes) == 1:
        found.append(Gap(GapKind.LONE_SOURCE, "It rests on a single conversation or record."))
    if len(supporting.inspectorates) == 1:
        name = next(iter(supporting.inspectorates))
        sentence = f"Only {name} has recorded evidence for it."
        found.append(Gap(GapKind.ONE_INSPECTORATE, sentence))
    if not supporting.children:
        found.append(Gap(GapKind.ADULTS_ONLY, "No child has been heard on it."))
    if len(supporting.agencies) == 1:
        name = next(iter(supporting.agencies))
        found.append(Gap(GapKind.ONE_AGENCY, f"All of it comes from one agency: {name}."))
    if not triangulation.contrary.notes and not triangulation.contrary_sought:
        sentence = "Nobody has recorded looking for evidence against it."
        found.append(Gap(GapKind.CONTRARY_NOT_SOUGHT, sentence))
    newest = max(filter(None, (supporting.newest, triangulation.contrary.newest)), default=None)
    if newest is not None and today - newest >= stale_after:
        days = (today - newest).days
        found.append(Gap(GapKind.STALE, f"Nothing new has been recorded on it for {days} days."))
    return tuple(found)

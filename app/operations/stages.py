"""A tracked child's journey as a sheet: what each agency did at each stage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.operations.view import View

# For an inspection whose framework names none.
STAGES: Final = (
    "identification",
    "referral and consent",
    "screening and decision",
    "strategy discussion and enquiry",
    "assessment",
    "plan",
    "direct work",
    "review",
    "management oversight",
    "day-to-day experience",
)


@dataclass(frozen=True, slots=True)
class Cell:
    """What one agency did at one stage."""

    evidence: str = ""
    evaluation: str = ""
    gaps: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written of it."""
        return not (self.evidence or self.evaluation or self.gaps)


@dataclass(frozen=True, slots=True)
class StageSheet:
    """Stages down, agencies across as (id, short name); cells by both."""

    stages: tuple[str, ...]
    agencies: tuple[tuple[str, str], ...]
    cells: Mapping[tuple[str, str], Cell]


def stage_sheet(view: View, file: str) -> StageSheet:
    """Return a tracked child's sheet: the framework's stages, and the agencies involved.

    A stage or an agency that was written of is shown whether or not either names it.

    Raises:
        NotFoundError: nothing has that id.

    """
    held = view.records.get(file)
    cells = {
        (one.text("stage"), one.text("agency")): Cell(
            one.text("evidence"), one.text("evaluation"), one.text("gaps")
        )
        for one in view.records.parts_of(file, "stage_cell")
    }
    framework = view.framework
    stages = framework.stages if framework is not None and framework.stages else STAGES
    names = {
        one.id: one.text("short_name") or one.text("name") for one in view.records.of_kind("agency")
    }
    involved = held.texts("agencies") or list(names)
    wanted = dict.fromkeys([*involved, *(agency for _stage, agency in cells)])
    return StageSheet(
        tuple(dict.fromkeys([*stages, *(stage for stage, _agency in cells)])),
        tuple((one, names.get(one, "")) for one in wanted),
        cells,
    )

"""What there is to code with: criteria of the framework in use, agencies and children."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.domain.packs import Criterion
    from app.operations.view import View


@dataclass(frozen=True, slots=True)
class CodingChoices:
    """Criteria in the pack's order; agencies and children as (id, name)."""

    criteria: tuple[Criterion, ...]
    agencies: tuple[tuple[str, str], ...]
    children: tuple[tuple[str, str], ...]


def coding_choices(view: View) -> CodingChoices:
    """Return what words of this inspection can be coded with.

    Raises:
        InvalidInputError: the inspection names a framework that can't be read.

    """
    framework = view.framework
    return CodingChoices(
        framework.criteria if framework is not None else (),
        tuple((one.id, one.text("name")) for one in view.records.of_kind("agency")),
        tuple((one.id, one.text("code")) for one in view.records.of_kind("child")),
    )

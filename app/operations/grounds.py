"""What a subgroup task closes on: evidence under something it reports, or a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.errors import InvalidInputError

if TYPE_CHECKING:
    from app.operations.work import Work


def require_grounds(work: Work, task: str, why: str = "") -> None:
    """Refuse to close a task on nothing.

    Raises:
        InvalidInputError: nothing it reports rests on evidence, and no reason is given.

    """
    if why.strip() or _rests_on_evidence(work, task):
        return
    raise InvalidInputError(
        "No point of this task rests on evidence. Link some on the Tasks page, or say there in a "
        "few words why it closes without.",
        "why",
    )


def _rests_on_evidence(work: Work, task: str) -> bool:
    """Whether anything reported rests on evidence that is still there."""
    for one in work.records.parts_of(task, "task_point"):
        linked = work.records.parts_of(one.id, "evidence")
        held = work.records.get_many(link.text("paragraph") for link in linked)
        if any(not paragraph.is_deleted for paragraph in held.values()):
            return True
    return False

"""What a page shows to a whole room: read only, larger, without a child's code or a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.masking import Mask, mask_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.domain.records import Record
    from app.operations.view import View


def mask(view: View) -> Mask:
    """Return what hides every code and every name that this inspection knows."""
    codes = [one.text("code") for one in view.records.of_kind("child", "sampled_record")]
    return mask_of([one for one in codes if one], _people(view))


def _people(view: View) -> Iterator[tuple[str, str]]:
    bodies = {
        one.id: one.text("short_name") or one.text("name")
        for one in view.records.of_kind("inspectorate")
    }
    for one in view.records.of_kind("person"):
        instead = _role(one, bodies.get(one.text("inspectorate"), ""))
        for name in (one.text("name"), one.text("initials")):
            if name:
                yield name, instead
    for one in view.records.of_kind("addressee", "signatory"):
        if one.text("name"):
            yield one.text("name"), one.text("role") or "a leader"


def _role(person: Record, body: str) -> str:
    role = person.text("role")
    if body and body.casefold() not in role.casefold():
        return f"{role} ({body})" if role else f"an inspector ({body})"
    return role or "an inspector"

"""The agencies and children of an inspection: what a new one begins with, and changing them.

Children stand here by code alone. Their names are in the register of whoever needs them, on one
laptop; what is shared never holds one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from app.errors import InvalidInputError
from app.operations import records
from app.packs.load import load_list

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from app.domain.changes import Changes
    from app.domain.records import Record
    from app.domain.revisions import Json
    from app.operations.work import Work

AGENCY: Final = "agency"
CHILD: Final = "child"
NATION: Final = "england"
_CODE: Final = re.compile(r"[A-Za-z]{0,4}[ -]?[0-9]{1,6}[A-Za-z]?")


def begin_with_usual(work: Work, day: date) -> Changes:
    """Add the inspectorates that stand on a day, and one agency for each sector they look at.

    Those there already, by name, are not added again.
    """
    bodies = [
        one for one in load_list("inspectorates").used_in(day.year) if one.group in {"", NATION}
    ]
    held = {one.text("name").casefold() for one in work.records.of_kind("inspectorate")}
    for one in bodies:
        if one.label.casefold() not in held:
            records.add(
                work, "inspectorate", {"name": one.label, "short_name": one.short or one.label}
            )
    held = {one.text("sector") for one in work.records.of_kind(AGENCY)}
    for one in load_list("sectors").entries:
        if one.key not in held:
            name = one.label[:1].upper() + one.label[1:]
            fields = {"name": name, "short_name": one.short or name, "sector": one.key}
            records.add(work, AGENCY, fields)
    return work.changes()


def sectors() -> tuple[tuple[str, str], ...]:
    """Return the sectors an agency may belong to, as (key, words)."""
    entries = load_list("sectors").entries
    return tuple((one.key, one.label[:1].upper() + one.label[1:]) for one in entries)


def save_agency(work: Work, agency: str, fields: Mapping[str, Json]) -> Changes:
    """Save what a form holds of an agency; under a fresh id it is added.

    Raises:
        InvalidInputError: it would have no name; nothing was saved.

    """
    return _save(work, AGENCY, agency, fields, "name")


def save_child(work: Work, child: str, fields: Mapping[str, Json]) -> Changes:
    """Save what a form holds of a child; under a fresh code one is added.

    Raises:
        InvalidInputError: the code is none, may be a name, or is another child's; nothing was
            saved.

    """
    code = str(fields.get("code") or "").strip()
    if "code" in fields:
        if not _CODE.fullmatch(code):
            raise InvalidInputError(
                "A child stands here by a code such as C1, never by a name. Not saved yet.", "code"
            )
        others = (one for one in work.records.of_kind(CHILD) if one.id != child)
        if code.casefold() in {one.text("code").casefold() for one in others}:
            raise InvalidInputError(f"{code} is another child’s code. Not saved yet.", "code")
    return _save(work, CHILD, child, fields, "code")


def take_away(work: Work, record: str) -> Changes:
    """Take an agency or a child away that nothing names; it can be restored.

    Raises:
        InvalidInputError: something names it; nothing was changed.

    """
    held = work.of_kind(record, AGENCY, CHILD)
    naming = work.records.referring_to(record)
    if naming:
        many = "1 record names" if len(naming) == 1 else f"{len(naming):,} records name"
        raise InvalidInputError(f"{many} {_called(held)}, so it stays.", record)
    work.delete(record)
    return work.changes()


def _save(work: Work, kind: str, record: str, fields: Mapping[str, Json], named: str) -> Changes:
    held = work.records.find(record)
    before = held.text(named) if held is not None else ""
    if not str(fields.get(named, before) or "").strip():
        raise InvalidInputError(f"Write its {named} first. Not saved yet.", named)
    if held is None:
        extra = {"position": records.last_place(work, kind, "")} if kind == AGENCY else {}
        work.add(kind, {**extra, **fields}, record)
    else:
        work.of_kind(record, kind)
        work.change(record, fields)
    work.records.drop_draft(record)
    return work.changes(record)


def _called(record: Record) -> str:
    return record.text("short_name") or record.text("name") or record.text("code")

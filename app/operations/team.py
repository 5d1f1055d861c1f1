"""Who inspects and what is looked into: the team, agencies, children by code, lines, requests."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from app.errors import InvalidInputError
from app.operations import records
from app.operations.notes import add_note
from app.operations.work import ME

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.changes import Changes
    from app.domain.revisions import Json
    from app.operations.work import Work

_CHILD_CODE: Final = re.compile(r"C(\d+)")


def describe_inspection(work: Work, fields: Mapping[str, Json]) -> Changes:
    """Set the inspection's particulars: area, theme, packs, dates, marking."""
    for one in work.records.of_kind("inspection"):
        work.change(one.id, fields)
        return work.changes(one.id)
    return work.changes(work.add("inspection", fields))


def join_team(work: Work, role: str, inspectorate: str = "", initials: str = "") -> Changes:
    """Add an inspector by role."""
    if not role.strip():
        raise InvalidInputError("Write the inspector’s role.", "role")
    fields: dict[str, Json] = {"role": role}
    fields.update(
        {k: v for k, v in {"inspectorate": inspectorate, "initials": initials}.items() if v}
    )
    return records.add(work, "person", fields)


def be(work: Work, person: str) -> Changes:
    """Say who uses this laptop; what they write carries their name from now on."""
    work.of_kind(person, "person")
    work.records.keep_local(ME, person)
    return work.changes()


def name_agency(work: Work, name: str, sector: str = "", short_name: str = "") -> Changes:
    """Add an agency that is inspected."""
    fields: dict[str, Json] = {"name": name}
    fields.update({k: v for k, v in {"sector": sector, "short_name": short_name}.items() if v})
    return records.add(work, "agency", fields)


def code_child(work: Work, fields: Mapping[str, Json] | None = None) -> Changes:
    """Add a child under the next free code (C1, C2, …); names have no place here."""
    taken = [
        int(found.group(1))
        for one in work.records.of_kind("child")
        if (found := _CHILD_CODE.fullmatch(one.text("code")))
    ]
    code = f"C{max(taken, default=0) + 1}"
    return work.changes(work.add("child", {**(fields or {}), "code": code}))


def open_line(work: Work, title: str, question: str = "", owner: str = "") -> Changes:
    """Open a line of enquiry."""
    fields: dict[str, Json] = {"title": title, "status": "open"}
    fields.update({k: v for k, v in {"question": question, "owner": owner}.items() if v})
    return records.add(work, "line_of_enquiry", fields)


def move_line(work: Work, line: str, status: str, next_step: str = "") -> Changes:
    """Say how a line of enquiry stands, and what comes next."""
    work.of_kind(line, "line_of_enquiry")
    work.change(line, {"status": status, "next_step": next_step or None})
    return work.changes()


def ask_for(work: Work, what: str, agency: str = "", promised_for: str = "") -> Changes:
    """Record that something was asked of an agency, now."""
    header: dict[str, Json] = {"what": what, "asked_at": work.now(), "state": "asked"}
    header.update(
        {k: v for k, v in {"asked_of": agency, "promised_for": promised_for}.items() if v}
    )
    return add_note(work, "information_request", header)


def receive(work: Work, request: str, version: str = "") -> Changes:
    """Record that what was asked for came, now, and which version."""
    work.of_kind(request, "information_request")
    work.change(
        request,
        {"state": "received", "received_at": work.now(), "version": version or None},
    )
    return work.changes()

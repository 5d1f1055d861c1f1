"""The long list of children: looked at before anything is kept, taken in, and chosen from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.domain import long_list as lists
from app.domain.dates import parse
from app.domain.kinds.planning import CANDIDATE
from app.errors import InvalidInputError
from app.interchange.spreadsheet import MOST_BYTES, read_tables
from app.operations.chosen_file import ChosenFile
from app.operations.team import code_child
from app.operations.tracking import track_child

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from app.domain.changes import Changes
    from app.domain.long_list import LongList
    from app.domain.records import Record
    from app.domain.revisions import Json
    from app.operations.view import View
    from app.operations.work import Work

FEWEST: Final = 5
MOST: Final = 7
KINDS_OF_FILE: Final = "Spreadsheets (*.xlsx *.xlsm *.ods *.csv)"
_CODE: Final = re.compile(r"L(\d+)")
_DIGITS: Final = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """One child of the long list as a table shows it; ``followed`` is its code once chosen."""

    id: str
    code: str
    age_band: str
    gender: str
    ethnicity: str
    status: str
    agencies: tuple[str, ...]
    area: str
    source: str
    is_chosen: bool
    reason: str
    followed: str
    file: str


@dataclass(frozen=True, slots=True)
class Choosing:
    """The whole list, and the chosen of it in words."""

    candidates: tuple[Candidate, ...] = ()
    balance: tuple[str, ...] = ()
    of_all: tuple[str, ...] = ()

    @property
    def chosen(self) -> int:
        """How many are chosen."""
        return sum(one.is_chosen for one in self.candidates)

    @property
    def standing(self) -> str:
        """Return “4 of 20 chosen; 5 to 7 are usual.”."""
        whole = len(self.candidates)
        told = f"{self.chosen or 'None'} of {whole} chosen"
        if FEWEST <= self.chosen <= MOST:
            return f"{told}."
        return f"{told}; {FEWEST} to {MOST} are usual."


def read_long_lists(path: Path, on: date) -> tuple[LongList, ...]:
    """Return what the tables of a spreadsheet come to; nothing of it is kept.

    Raises:
        InvalidInputError: it can't be read, is too large or hostile, or holds no list of children.

    """
    try:
        with ChosenFile(path, MOST_BYTES) as chosen:
            untrusted = b"".join(chosen.parts())
    except InvalidInputError as problem:
        # The same guards stand before attachments; only what was not done differs.
        told = problem.sentence.replace("attached", "taken in").replace(
            "an attachment has", "a list has"
        )
        raise InvalidInputError(told, problem.place) from None
    tables = read_tables(untrusted)
    found = [lists.long_list(one.name, one.rows, on) for one in tables]
    read = tuple(one for one in found if one is not None and one.children)
    if not read:
        raise InvalidInputError(
            "No table of it has a row of headers that tells a list of children, such as gender, "
            "age and status. Nothing was taken in.",
            "file",
        )
    return read


def day_of_ages(view: View) -> date:
    """Return the day on which ages are taken: the first on site, or today before one is set."""
    first = parse(view.inspection.text("fieldwork_from"))
    return first or view.clock.now().astimezone().date()


def take_in(work: Work, found: LongList, called: str) -> Changes:
    """Keep the children of a list, each under the next free code L01, L02, …; nothing else of it.

    Raises:
        InvalidInputError: there are none.

    """
    if not found.children:
        raise InvalidInputError("The list has no children. Nothing was taken in.", "file")
    taken = [
        int(code.group(1))
        for one in work.records.of_kind(CANDIDATE)
        if (code := _CODE.fullmatch(one.text("code")))
    ]
    first = max(taken, default=0) + 1
    for number, child in enumerate(found.children, first):
        fields: dict[str, Json] = {
            "code": f"L{number:0{_DIGITS}d}",
            "age_band": child.age_band,
            "gender": child.gender,
            "ethnicity": child.ethnicity,
            "status": child.status,
            "area": child.area,
            "list": " ".join(called.split()),
        }
        kept = {name: value for name, value in fields.items() if value}
        if child.agencies:
            kept["agencies"] = list(child.agencies)
        work.add(CANDIDATE, kept)
    return work.changes()


def choose_candidate(work: Work, candidate: str, reason: str) -> Changes:
    """Choose a child, with a reason: the child gets a code C1, C2, … and a file to be followed in.

    A child chosen before, and left, gets the same code and file again.

    Raises:
        InvalidInputError: no reason, or no candidate.

    """
    held = work.of_kind(candidate, CANDIDATE)
    if not reason.strip():
        raise InvalidInputError("Say why this child is chosen.", "reason")
    child = _child_of(work, held)
    if not child:
        fields: dict[str, Json] = {
            name: held.text(name) for name in ("age_band", "status") if held.text(name)
        }
        child = code_child(work, {**fields, "why_selected": reason.strip()}).made
    else:
        work.change(child, {"is_tracked": True, "why_selected": reason.strip()})
    file = track_child(work, child, reason.strip()).made
    work.change(child, {"is_tracked": True})
    work.change(candidate, {"chosen": True, "reason": reason.strip(), "child": child})
    return work.changes(file)


def leave_candidate(work: Work, candidate: str, reason: str) -> Changes:
    """Choose a child no longer, with a reason; what was written in its file stays.

    Raises:
        InvalidInputError: no reason, or no candidate.

    """
    held = work.of_kind(candidate, CANDIDATE)
    if not reason.strip():
        raise InvalidInputError("Say why this child is no longer chosen.", "reason")
    child = _child_of(work, held)
    if child:
        work.change(child, {"is_tracked": None})
    work.change(candidate, {"chosen": None, "reason": reason.strip()})
    return work.changes(candidate)


def choosing(view: View) -> Choosing:
    """Return the long list in the order of its codes, and the chosen in words."""
    codes = {one.id: one.text("code") for one in view.records.of_kind("child")}
    files = {one.text("child"): one.id for one in view.records.of_kind("tracked_child")}
    held = sorted(view.records.of_kind(CANDIDATE), key=lambda one: _order(one.text("code")))
    candidates = tuple(_candidate(one, codes, files) for one in held)
    chosen = [one.fields for one in held if one.flag("chosen")]
    return Choosing(candidates, lists.balance(chosen), lists.balance([one.fields for one in held]))


def _candidate(record: Record, codes: dict[str, str], files: dict[str, str]) -> Candidate:
    child = record.text("child")
    return Candidate(
        record.id,
        record.text("code"),
        record.text("age_band"),
        record.text("gender"),
        record.text("ethnicity"),
        record.text("status"),
        record.texts("agencies"),
        record.text("area"),
        record.text("list"),
        record.flag("chosen"),
        record.text("reason"),
        codes.get(child, "") if record.flag("chosen") else "",
        files.get(child, ""),
    )


def _child_of(work: Work, candidate: Record) -> str:
    child = work.records.find(candidate.text("child"))
    return child.id if child is not None and not child.is_deleted else ""


def _order(code: str) -> tuple[int, str]:
    found = _CODE.fullmatch(code)
    return (int(found.group(1)) if found else 0, code)

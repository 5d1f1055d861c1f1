"""What agencies say is not right in the letter, and what was answered to each.

A comment is saved from its first words on, whatever is still missing; a list says what is. Who
decided and when is written with the decision, and again when the decision changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.operations.letters import letter_content
from app.operations.notes import list_drafts
from app.operations.records import last_place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain.changes import Changes
    from app.domain.records import Record
    from app.domain.revisions import Json
    from app.operations.view import View
    from app.operations.work import Work

KIND: Final = "accuracy_comment"
DECIDED: Final = {"accept": "Accepted", "partly": "Accepted in part", "reject": "Not accepted"}


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment as a list shows it. ``missing`` says what is still to be written, or nothing."""

    record: Record
    number: int
    agency: str
    about: str
    by: str
    missing: str

    @property
    def id(self) -> str:
        """Its id."""
        return self.record.id

    @property
    def decision(self) -> str:
        """The decision in words, or nothing."""
        return DECIDED.get(self.record.text("decision"), "")


@dataclass(frozen=True, slots=True)
class CommentSheet:
    """All comments, and what a comment can name. ``drafts`` are fields kept and not saved."""

    comments: tuple[Comment, ...] = ()
    agencies: tuple[tuple[str, str], ...] = ()
    blocks: tuple[tuple[str, str], ...] = ()
    drafts: Mapping[str, Mapping[str, Json]] | None = None

    @property
    def open(self) -> int:
        """How many have something still to be written."""
        return sum(bool(one.missing) for one in self.comments)


def save_comment(work: Work, comment: str, fields: Mapping[str, Json]) -> Changes:
    """Save what a form holds of a comment; under a fresh id it was received today.

    Raises:
        InvalidInputError: an unfit field; nothing was saved.

    """
    given = dict(fields)
    if "decision" in given:
        decided = given["decision"] is not None
        given |= {
            "at": work.now() if decided else None,
            "by": (work.me or None) if decided else None,
        }
    if work.records.find(comment) is None:
        begun: dict[str, Json] = {
            "position": last_place(work, KIND, ""),
            "received_on": work.now()[:10],
        }
        work.add(KIND, {**begun, **given}, comment)
    else:
        work.of_kind(comment, KIND)
        work.change(comment, given)
    work.records.drop_draft(comment)
    return work.changes(comment)


def comment_sheet(view: View) -> CommentSheet:
    """Return every comment in the order they were written down."""
    agencies = {
        one.id: one.text("short_name") or one.text("name") for one in view.records.of_kind("agency")
    }
    people = {one.id: one.text("name") for one in view.records.of_kind("person")}
    blocks = {}
    for one in letter_content(view).blocks:
        for block in (one, *one.inside):
            blocks[block.id] = block.text
    comments = tuple(
        Comment(
            one,
            number,
            agencies.get(one.text("agency"), ""),
            one.text("words") or blocks.get(one.text("block"), ""),
            people.get(one.text("by"), ""),
            _missing(one),
        )
        for number, one in enumerate(view.records.of_kind(KIND), 1)
    )
    drafts = {one.record: one.fields for one in list_drafts(view)}
    return CommentSheet(comments, tuple(agencies.items()), tuple(blocks.items()), drafts)


def _missing(one: Record) -> str:
    if not one.text("comment"):
        return "No comment written yet"
    if not one.text("decision"):
        return "Not decided"
    if not one.text("reason") and one.text("decision") != "accept":
        return "No reason yet"
    if not one.text("change") and one.text("decision") != "reject":
        return "No change written yet"
    return ""

"""Actions from meetings and tasks: given, done or dropped, and carried until they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.records import read
from app.errors import InvalidInputError

if TYPE_CHECKING:
    from app.domain.changes import Changes
    from app.domain.revisions import Json
    from app.operations.view import View
    from app.operations.work import Work


@dataclass(frozen=True, slots=True)
class Action:
    """One action: what, whose, by when, how it stands, and the note it came from."""

    id: str
    what: str
    owner: str
    due: str
    status: str
    outcome: str
    note: str


def give_action(
    work: Work, what: str, *, owner: str = "", due: str = "", note: str = ""
) -> Changes:
    """Give somebody an action; a meeting or task can be named as its origin."""
    if not what.strip():
        raise InvalidInputError("Write what is to be done.", "what")
    fields: dict[str, Json] = {"what": what, "status": "open"}
    fields.update({k: v for k, v in {"owner": owner, "due": due, "note": note}.items() if v})
    return work.changes(work.add("action", fields))


def finish_action(work: Work, action: str, outcome: str = "") -> Changes:
    """Mark an action done, now, with what came of it."""
    return _close(work, action, "done", outcome)


def drop_action(work: Work, action: str, why: str) -> Changes:
    """Drop an action.

    Raises:
        InvalidInputError: no reason is given.

    """
    if not why.strip():
        raise InvalidInputError("Say why the action is dropped.", "outcome")
    return _close(work, action, "dropped", why)


def reopen_action(work: Work, action: str) -> Changes:
    """Open an action again that was marked done or dropped."""
    work.of_kind(action, "action")
    work.change(action, {"status": "open", "closed_at": None, "outcome": None})
    return work.changes()


def open_actions(view: View) -> list[Action]:
    """Return what is still to be done, the earliest due first; undated ones last."""
    held = [read(Action, one) for one in view.records.of_kind("action")]
    still = [one for one in held if one.status in {"", "open"}]
    return sorted(still, key=lambda one: (one.due or "9999", one.id))


def _close(work: Work, action: str, status: str, outcome: str) -> Changes:
    work.of_kind(action, "action")
    work.change(action, {"status": status, "closed_at": work.now(), "outcome": outcome or None})
    return work.changes()

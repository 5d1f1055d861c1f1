"""What tasks and meetings of the week leave behind, as kinds of record."""

from __future__ import annotations

from typing import Final

from app.domain.kinds.spec import Kind, choice, date, instant, line, order, ref, text

RESPONSES: Final = ("accept", "dispute", "offer evidence", "already acting")

MEETINGS: Final[tuple[Kind, ...]] = (
    Kind(
        "task_point",
        "Point reported by a subgroup",
        (
            ref("task", "task", "subgroup_task", required=True),
            order(),
            text("text", "what we found"),
            ref("finding", "became the finding", "finding"),
            ref("author", "written by", "person"),
            instant("at", "when"),
        ),
        owner="task",
        search=("text",),
    ),
    Kind(
        "decision",
        "Decision of a team meeting",
        (
            ref("meeting", "meeting", "team_meeting", required=True),
            order(),
            text("text", "what was decided"),
            instant("at", "when"),
            instant("settled_at", "carried no further since"),
        ),
        owner="meeting",
        search=("text",),
    ),
    Kind(
        "shared_point",
        "Point shared with leaders",
        (
            ref("meeting", "meeting", "keep_in_touch", required=True),
            order(),
            text("text", "as said"),
            ref("finding", "about the finding", "finding"),
            choice("response", "leaders' response", *RESPONSES),
            line("offered", "what they offer or do"),
            date("due", "by when"),
            ref("author", "written by", "person"),
            instant("at", "when"),
        ),
        owner="meeting",
        search=("text", "offered"),
    ),
)

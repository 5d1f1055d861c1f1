"""The figures of a run, as lines of a table that can stand in a page as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.prove.faults import FAULTS, RUDE
from tests.prove.rounds import Tally
from tests.prove.scenes import SCENES
from tests.prove.scenes.base import FALSE_ALARM, HALF, LOST, UNREADABLE, UNTRUE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_HEAD: Final = (
    "what was tried",
    "how often",
    "seconds",
    "lost",
    "unreadable",
    "half or untrue",
    "rude",
    "false alarms",
)
_MOST_WRONG: Final = 10  # of each row; all are in the file that keeps the run
_TITLES: Final = {
    "power": "power cut",
    "kill": "kill -9",
    "files": "",
    "fault": "",
    "lie": "a flush that was a lie (C16)",
}


def drawn(done: Mapping[str, Tally]) -> str:
    """Return the table, then what was noted, the planted bugs, and what was wrong."""
    groups = _grouped({name: one for name, one in done.items() if not _is_bug(name)})
    lines = [_line(_HEAD), _line(["---"] + ["---:"] * (len(_HEAD) - 1))]
    lines += [_line(_cells(title, tally)) for title, tally in groups.items()]
    planted = [one for name, one in done.items() if _is_bug(name)]
    lines += ["", _line(("planted bug", "found after", "seconds")), _line(("---", "---:", "---:"))]
    for one in planted:
        after = f"{one.tried:,}" if one.wrong else "NOT FOUND"
        lines.append(_line((one.what.removeprefix("planted: "), after, f"{one.seconds:.0f}")))
    notes = [
        f"{title}: " + ", ".join(f"{count:,} {what}" for what, count in sorted(tally.notes.items()))
        for title, tally in groups.items()
        if tally.notes
    ]
    wrong = [
        f"WRONG {title}: {kind} at {where}: {what}"
        for title, tally in groups.items()
        for where, kind, what in tally.wrong[:_MOST_WRONG]
    ]
    return "\n".join([*lines, "", *notes, *wrong]) + "\n"


def is_wrong(done: Mapping[str, Tally]) -> int:
    """Return 1 if anything was wrong, or a planted bug was not found."""
    return int(any(_is_bug(name) != bool(one.wrong) for name, one in done.items()))


def _is_bug(name: str) -> bool:
    return name.split(maxsplit=1)[0] in {"plant", "canary"}


def _grouped(done: Mapping[str, Tally]) -> dict[str, Tally]:
    groups: dict[str, Tally] = {}
    for name, one in sorted(done.items(), key=lambda item: _order(item[0])):
        kind, about = name.split()[:2]
        title = one.what
        if kind == "fault":
            title = f"{FAULTS[int(about)].id} {FAULTS[int(about)].title}"
        elif about in SCENES:
            title = f"{about} {SCENES[about].title}: {_TITLES[kind]}"
        groups.setdefault(title, Tally(title)).take_in(one)
    return groups


def _order(name: str) -> tuple[int, str]:
    return ["power", "kill", "typing", "fault", "lie", "files", "week"].index(
        name.split(maxsplit=1)[0]
    ), name


def _cells(title: str, tally: Tally) -> Iterator[str]:
    yield title
    yield f"{tally.tried:,}"
    yield f"{tally.seconds:,.0f}"
    for kinds in ((LOST,), (UNREADABLE,), (HALF, UNTRUE), (RUDE,), (FALSE_ALARM,)):
        yield f"{tally.count(*kinds):,}"


def _line(cells: object) -> str:
    return "| " + " | ".join(map(str, cells)) + " |"  # type: ignore[call-overload]

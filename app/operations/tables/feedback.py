"""The running order of the feedback as a table, and what was said beside what is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.domain.speaking import script_time, time_of
from app.domain.tables import Table
from app.operations.tables.cells import moment

if TYPE_CHECKING:
    from app.domain.letters import BriefContent
    from app.domain.tables import Cell
    from app.operations.reconciling import Comparison

_ORDER: Final = (
    *("Section", "Number", "Words", "Speaker", "Seconds", "How it was said", "As it was said"),
    *("Said at", "What stands under it"),
)
_COMPARED: Final = (
    *("Finding or point", "Said", "Written", "Verdict", "Reason", "Decided by", "Decided"),
)


def running_order_table(content: BriefContent) -> Table:
    """Return the running order: what is always read out, and the points with their number."""
    rows: list[tuple[Cell, ...]] = []
    number = 0
    for section in content.sections:
        if section.script:
            words = "\n".join(section.script)
            time = script_time(section.script, content.pace)
            rows.append((section.heading, "", words, "", time, "read out", "", "", ""))
        for one in section.points:
            number += 1
            how = "" if one.said == "not yet" else one.said
            words, time = one.text, time_of(one, content.pace)
            said = (how, one.said_text, moment(one.said_at), one.support.in_words)
            rows.append((section.heading, number, words, one.speaker, time, *said))
    return Table("Running order", _ORDER, tuple(rows))


def compared_table(found: Comparison) -> Table:
    """Return what was said beside what is written, with what was decided of each."""
    rows: list[tuple[Cell, ...]] = []
    for one in found.pairs:
        held = one.judgement
        decided = (held.reason, one.judge, moment(held.at)) if held is not None else ("", "", "")
        verdict = one.verdict or ("not spoken yet" if one.waits else "")
        rows.append((one.title, one.said, one.written, verdict, *decided))
    return Table("Said and written", _COMPARED, tuple(rows))

"""The thread from a paragraph to a published sentence, as kinds of record.

note › paragraph › code › evidence (for | against) › finding › brief point | letter block
"""

from __future__ import annotations

from typing import Final

from app.domain.kinds.notes import NOTES, SOURCES
from app.domain.kinds.spec import (
    Kind,
    choice,
    count,
    date,
    flag,
    instant,
    line,
    lines,
    order,
    ref,
    refs,
    text,
)

NOTE_KINDS: Final = tuple(kind.name for kind in NOTES)
PARAGRAPH_TYPES: Final = ("evidence", "verbatim", "evaluation")
VOICES: Final = ("one voice", "several", "general agreement", "dissent")
WEIGHTS: Final = ("strength", "improvement", "priority", "neutral", "contradicts")
FINDING_STATUSES: Final = ("emerging", "tested", "agreed", "fed back", "in letter", "dropped")
STANCES: Final = ("agreed", "query", "object", "abstain")
BLOCK_TYPES: Final = ("heading", "subheading", "paragraph", "bullet", "box")
SAID: Final = ("not yet", "said", "reworded", "skipped")

THREAD: Final[tuple[Kind, ...]] = (
    Kind(
        "paragraph",
        "Paragraph",
        (
            ref("note", "note", *NOTE_KINDS, required=True),
            order(),
            choice("type", "kind", *PARAGRAPH_TYPES),
            text("text", "words"),
            line("speaker", "whose words"),
            ref("author", "written by", "person"),
            instant("typed_at", "first typed"),
            choice("source", "kind of source", *SOURCES),
            choice("voice", "heard from", *VOICES),
            line("late_reason", "why it was entered late"),
        ),
        owner="note",
        search=("text",),
    ),
    Kind(
        "code",
        "Code",
        (
            ref("paragraph", "paragraph", "paragraph", required=True),
            count("start", "first character"),
            text("quote", "words"),
            text("before", "text before"),
            text("after", "text after"),
            line("criterion", "criterion"),
            line("framework", "framework and version"),
            ref("agency", "agency", "agency"),
            ref("child", "child", "child"),
            choice("weight", "weight", *WEIGHTS),
            ref("author", "coded by", "person"),
        ),
        owner="paragraph",
    ),
    Kind(
        "line_of_enquiry",
        "Line of enquiry",
        (
            order(),
            line("title", "title"),
            text("question", "question"),
            choice("status", "status", "open", "strengthening", "weakening", "answered", "dropped"),
            ref("owner", "owner", "person"),
            lines("criteria", "criteria"),
            text("next_step", "next step"),
        ),
        search=("title", "question", "next_step"),
    ),
    Kind(
        "finding",
        "Finding",
        (
            order(),
            text("statement", "statement"),
            line("type", "type"),
            choice("status", "status", *FINDING_STATUSES),
            lines("criteria", "criteria"),
            refs("agencies", "agencies", "agency"),
            ref("lead", "led by", "person"),
            text("why", "why it is so"),
            text("so_what", "what it means for children"),
            count("of_n", "n"),
            count("of_m", "of m"),
            line("quantity", "quantity word"),
            flag("against_sought", "contrary evidence was looked for"),
            line("sought", "words the other side was looked for with"),
            line("section", "section of the letter"),
            ref("merged_into", "merged into", "finding"),
            choice("status_before", "status before it was merged", *FINDING_STATUSES),
            ref("split_from", "split from", "finding"),
        ),
        search=("statement", "why", "so_what"),
    ),
    Kind(
        "finding_step",
        "Step of a finding",
        (
            ref("finding", "finding", "finding", required=True),
            choice("status", "status", *FINDING_STATUSES),
            instant("at", "when"),
            ref("by", "by", "person"),
            text("why", "why"),
        ),
        owner="finding",
    ),
    Kind(
        "evidence",
        "Evidence",
        (
            ref(
                "supports",
                "bears on",
                "finding",
                "brief_point",
                "letter_block",
                "task_point",
                required=True,
            ),
            ref("paragraph", "paragraph", "paragraph", required=True),
            ref("code", "coded words", "code"),
            choice("direction", "for or against", "for", "against", required=True),
            text("words", "the sentence it bears on"),
            text("comment", "comment"),
            ref("by", "linked by", "person"),
            ref("came_with", "came with", "finding"),
        ),
        owner="supports",
    ),
    Kind(
        "basis",
        "Basis",
        (
            ref("statement", "block or point", "brief_point", "letter_block", required=True),
            ref("finding", "rests on", "finding", required=True),
            text("words", "the sentence that rests on it"),
            ref("came_with", "came with", "finding"),
        ),
        owner="statement",
    ),
    Kind(
        "stance",
        "Where an inspectorate stands",
        (
            ref("finding", "finding", "finding", required=True),
            ref("inspectorate", "inspectorate", "inspectorate", required=True),
            choice("stance", "stance", *STANCES, required=True),
            text("comment", "comment"),
            ref("by", "by", "person"),
            instant("at", "when"),
        ),
        owner="finding",
    ),
    Kind(
        "stage_cell",
        "Stage of a child's journey",
        (
            ref("file", "tracked child", "tracked_child", required=True),
            line("stage", "stage"),
            ref("agency", "agency", "agency"),
            text("evidence", "evidence"),
            text("evaluation", "evaluation"),
            text("gaps", "gaps"),
        ),
        owner="file",
        search=("evidence", "evaluation", "gaps"),
    ),
    Kind(
        "audit",
        "Multi-agency audit",
        (
            ref("file", "tracked child", "tracked_child", required=True),
            flag("on_time", "received on time"),
            lines("parts", "parts received"),
            text("partners_view", "partners' own view"),
            text("inspectors_view", "inspectors' view"),
            choice("agreement", "agree?", "agree", "partly", "disagree"),
            text("reasons", "reasons"),
            text("quality", "quality of the audit"),
            text("partners_actions", "actions partners set themselves"),
        ),
        owner="file",
        search=("partners_view", "inspectors_view", "reasons", "quality"),
    ),
    Kind(
        "key_date",
        "Key date",
        (
            ref("file", "tracked child", "tracked_child", required=True),
            date("date", "date"),
            ref("agency", "agency", "agency"),
            text("event", "event"),
            text("decision", "decision"),
            line("source_ref", "source"),
        ),
        owner="file",
        search=("event", "decision"),
    ),
    Kind(
        "action",
        "Action",
        (
            ref("note", "from", *NOTE_KINDS),
            text("what", "what"),
            ref("owner", "owner", "person"),
            date("due", "due"),
            choice("status", "status", "open", "done", "dropped"),
            instant("closed_at", "closed"),
            text("outcome", "outcome"),
        ),
        search=("what", "outcome"),
    ),
)

"""What leaves the inspection: the verbal-feedback brief and the letter, as kinds of record."""

from __future__ import annotations

from typing import Final

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
    text,
)
from app.domain.kinds.thread import BLOCK_TYPES, SAID

OUTPUT: Final[tuple[Kind, ...]] = (
    Kind(
        "brief",
        "Verbal-feedback brief",
        (
            line("title", "title"),
            instant("given_at", "given"),
            line("place", "place"),
            lines("audience", "audience (roles)"),
            text("questions", "questions and challenges"),
            text("offered", "new evidence offered"),
            count("words_a_minute", "words spoken a minute"),
        ),
    ),
    Kind(
        "brief_point",
        "Brief point",
        (
            order(),
            line("section", "section"),
            text("text", "words to speak"),
            ref("speaker", "speaker", "person"),
            count("seconds", "time, in seconds"),
            choice("said", "said?", *SAID),
            text("said_text", "as said"),
            instant("said_at", "when it was said"),
        ),
        search=("text", "said_text"),
    ),
    Kind(
        "letter",
        "Letter",
        (
            date("date", "date"),
            line("date_text", "date as printed"),
            line("salutation", "salutation"),
            line("subject", "subject"),
            line("closing", "closing"),
            line("principal_authority", "principal authority"),
            line("coordinator", "who coordinates the statement"),
            date("deadline", "statement due"),
            line("email", "statement sent to"),
        ),
        search=("subject",),
    ),
    Kind(
        "letter_block",
        "Letter block",
        (
            order(),
            line("section", "section"),
            choice("type", "type", *BLOCK_TYPES, required=True),
            text("text", "words"),
            count("level", "level"),
            line("number", "printed number"),
            ref("box", "inside box", "letter_block"),
            flag("no_evidence_needed", "states no finding"),
        ),
        search=("text",),
    ),
    Kind(
        "footnote",
        "Footnote",
        (
            ref("block", "block", "letter_block", required=True),
            line("mark", "mark"),
            count("offset", "after character"),
            text("text", "words"),
        ),
        owner="block",
        search=("text",),
    ),
    Kind(
        "addressee",
        "Addressee",
        (
            order(),
            line("name", "name"),
            line("post_nominals", "letters after the name"),
            line("role", "role"),
            line("organisation", "organisation"),
            line("printed", "as printed"),
        ),
    ),
    Kind(
        "signatory",
        "Signatory",
        (
            order(),
            ref("inspectorate", "inspectorate", "inspectorate"),
            line("heading", "heading"),
            line("name", "name"),
            line("post_nominals", "letters after the name"),
            text("title", "title"),
        ),
    ),
)

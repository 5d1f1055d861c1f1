"""What happens to the letter before it leaves: versions, comments on its facts, looks, release.

Each is written once and added to: what somebody decided yesterday stays beside what is decided
today.
"""

from __future__ import annotations

from typing import Final

from app.domain.kinds.spec import Kind, choice, count, date, instant, line, lines, order, ref, text
from app.domain.kinds.thread import BLOCK_TYPES

DECISIONS: Final = ("accept", "partly", "reject")

LEAVING: Final[tuple[Kind, ...]] = (
    Kind(
        "accuracy_comment",
        "Factual-accuracy comment",
        (
            order(),
            ref("agency", "from", "agency"),
            ref("block", "about", "letter_block"),
            text("words", "the sentence it is about"),
            text("comment", "comment"),
            text("evidence", "evidence offered"),
            date("received_on", "received"),
            choice("decision", "decision", *DECISIONS),
            text("reason", "reason"),
            text("change", "change made"),
            ref("by", "decided by", "person"),
            instant("at", "decided"),
        ),
        search=("comment", "evidence", "reason", "change"),
    ),
    Kind(
        "letter_version",
        "Version of the letter",
        (
            line("name", "name", required=True),
            instant("at", "kept"),
            ref("by", "kept by", "person"),
        ),
    ),
    Kind(
        "version_block",
        "Block of a version",
        (
            ref("version", "version", "letter_version", required=True),
            order(),
            ref("block", "block", "letter_block"),
            choice("type", "type", *BLOCK_TYPES),
            text("text", "words"),
            line("number", "printed number"),
        ),
        owner="version",
    ),
    Kind(
        "release_look",
        "Looked at before release",
        (
            line("rule", "what was to be looked at", required=True),
            ref("block", "where", "letter_block", "brief_point", "brief"),
            line("paper", "of which paper, if not of one place in it"),
            text("words", "the words looked at"),
            text("answer", "answer"),
            ref("by", "by", "person"),
            instant("at", "when"),
        ),
    ),
    Kind(
        "release",
        "Release of the letter or the brief",
        (
            line("paper", "which, if not the letter"),
            ref("version", "as it was", "letter_version"),
            instant("at", "released"),
            ref("by", "by", "person"),
            lines("files", "files written"),
            count("looks", "things looked at"),
            count("unanswered", "things not looked at"),
            count("unresting", "sentences resting on nothing recorded"),
        ),
    ),
)

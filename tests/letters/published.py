"""Turns a published letter's structured JSON into inspection JSON.

Each sentence-bearing block becomes words in a note, a finding that rests on them, and a letter
block that rests on the finding, so that the rebuilt letter can be traced like any other.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from app.domain.order import spread

SHARED = Path(__file__).resolve().parents[3] / "shared" / "letters" / "json"
LAYOUTS = {"A": "letter-2016", "B": "letter-2022"}
NOTE = "note-1"


def published_letters() -> list[Path]:
    """The letters lying beside the project, none where the project stands alone."""
    return sorted(SHARED.glob("*.json"))


def to_inspection(path: Path) -> dict[str, Any]:
    """Return the inspection JSON of one published letter."""
    letter = json.loads(path.read_text("utf-8"))
    records = [*_frame(letter), *_address(letter)]
    blocks = _Blocks(letter)
    records.extend(blocks.records())
    return {"format": "siteweek-inspection", "version": 1, "records": records}


def _frame(letter: dict[str, Any]) -> list[dict[str, Any]]:
    steps = letter["next_steps"]
    inspection = {
        "id": "inspection",
        "kind": "inspection",
        "area": letter["area"],
        "theme": letter["theme"],
        "layout": LAYOUTS[letter["layout"]],
        "fieldwork_from": letter["fieldwork"]["from"],
        "fieldwork_to": letter["fieldwork"]["to"],
        "published_on": letter["date"],
    }
    settings = {
        "id": "letter",
        "kind": "letter",
        "date": letter["date"],
        "date_text": letter["date_text"],
        "salutation": letter["salutation"],
        "subject": letter["subject"],
        "closing": letter["closing"],
        "principal_authority": steps["principal_authority"],
        "coordinator": steps["coordinator_text"],
        "deadline": steps["deadline"],
        "email": steps["email"],
    }
    named = [
        {"id": f"i-{index}", "kind": "inspectorate", "name": name, "position": place}
        for index, (name, place) in enumerate(
            zip(letter["inspectorates"], spread(len(letter["inspectorates"])), strict=True)
        )
    ]
    note = {
        "id": NOTE,
        "kind": "document_review",
        "title": "Published letter",
        "date": letter["fieldwork"]["to"],
        "source": "document",
    }
    return [inspection, settings, note, *named]


def _address(letter: dict[str, Any]) -> list[dict[str, Any]]:
    addressees = [
        {
            "id": f"to-{index}",
            "kind": "addressee",
            "position": place,
            "printed": one["raw"],
            **{
                name: one[name]
                for name in ("name", "post_nominals", "role", "organisation")
                if one[name]
            },
        }
        for index, (one, place) in enumerate(
            zip(letter["addressees"], spread(len(letter["addressees"])), strict=True)
        )
    ]
    signatories = [
        {
            "id": f"sign-{index}",
            "kind": "signatory",
            "position": place,
            "name": one["name"],
            "post_nominals": one["post_nominals"],
            "title": "\n".join(one["raw"].split("\n")[1:]),
            **({"heading": one["head"]} if one.get("head") else {}),
        }
        for index, (one, place) in enumerate(
            zip(letter["signatories"], spread(len(letter["signatories"])), strict=True)
        )
    ]
    return [*addressees, *signatories]


class _Blocks:
    """Numbers the blocks of one letter and gathers the records under each."""

    def __init__(self, letter: dict[str, Any]) -> None:
        self._letter = letter
        self._notes = {one["mark"]: one["text"] for one in letter["footnotes"]}
        self._under: list[dict[str, Any]] = []
        self._blocks: list[dict[str, Any]] = []

    def records(self) -> list[dict[str, Any]]:
        for section in self._letter["sections"]:
            key = section["heading"] or "intro"
            if section["heading"]:
                self._add(key, "heading", section["heading"], {"level": section["level"] or 1})
            for block in section["blocks"]:
                self._block(key, block)
        for block, place in zip(self._blocks, spread(len(self._blocks)), strict=True):
            block["position"] = place
        return [*self._blocks, *self._under]

    def _block(self, section: str, block: dict[str, Any]) -> None:
        if block["type"] == "boxed":
            self._box(section, block)
            return
        extra = {"level": block.get("level", 1)}
        if block.get("number"):
            extra["number"] = block["number"]
        made = self._add(section, block["type"], block["text"], extra)
        for ref in block.get("footnote_refs", ()):
            self._under.append(
                {
                    "id": f"foot-{made}-{ref['mark']}",
                    "kind": "footnote",
                    "block": made,
                    "mark": ref["mark"],
                    "offset": ref["offset"],
                    "text": self._notes[ref["mark"]],
                }
            )

    def _box(self, section: str, block: dict[str, Any]) -> None:
        box = self._add(section, "box", block["title"], {"level": 1})
        for index, text in enumerate(block["paragraphs"]):
            kind = "paragraph"
            if index in block.get("subheadings_at", ()):
                kind = "subheading"
            elif index in block.get("bullets_at", ()):
                kind = "bullet"
            self._add(section, kind, text, {"level": 1, "box": box})

    def _add(self, section: str, kind: str, text: str, extra: dict[str, Any]) -> str:
        made = f"b-{len(self._blocks) + 1}"
        self._blocks.append(
            {"id": made, "kind": "letter_block", "section": section, "type": kind, "text": text}
            | extra
        )
        if kind in {"paragraph", "bullet"}:
            self._evidence(made, text)
        return made

    def _evidence(self, block: str, text: str) -> None:
        paragraph, finding = f"p-{block}", f"f-{block}"
        self._under += [
            {"id": paragraph, "kind": "paragraph", "note": NOTE, "type": "evidence", "text": text},
            {"id": finding, "kind": "finding", "statement": text, "status": "in letter"},
            {
                "id": f"e-{block}",
                "kind": "evidence",
                "supports": finding,
                "paragraph": paragraph,
                "direction": "for",
            },
            {"id": f"r-{block}", "kind": "basis", "statement": block, "finding": finding},
        ]

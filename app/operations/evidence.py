"""The evidence of an inspection as one list of quotes: what is coded, and what is not coded yet."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from app.domain.kinds.notes import HEARD_IN
from app.domain.kinds.registry import KINDS
from app.domain.kinds.thread import WEIGHTS
from app.domain.quotes import LENSES, Lens, Quote
from app.domain.spans import Span, find

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.domain.changes import Changes
    from app.domain.packs import Criterion
    from app.domain.records import Record
    from app.domain.revisions import Json
    from app.operations.view import View
    from app.operations.work import Work

_SAVED: Final = "evidence_lenses"
_WEIGHT_WORDS: Final = {
    "strength": "strength",
    "improvement": "needs improvement",
    "priority": "priority action",
    "neutral": "neutral",
    "contradicts": "contradicts",
}
WEIGHT_WORDS: Final = {one: _WEIGHT_WORDS.get(one, one) for one in WEIGHTS}


@dataclass(frozen=True, slots=True)
class Evidence:
    """Every quote, and the names of what they refer to by id.

    ``agencies``, ``children`` and ``people`` are the ids of all there are, named or not.
    """

    quotes: tuple[Quote, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    criteria: tuple[Criterion, ...] = ()
    agencies: tuple[str, ...] = ()
    children: tuple[str, ...] = ()
    is_uncoded: bool = False

    def criterion(self, code: str) -> str:
        """Return “A6 Strategy discussions”, or the code where the framework has none such."""
        label = next((one.label for one in self.criteria if one.code == code), "")
        return f"{code} {label}".strip()


def read_evidence(view: View, *, is_uncoded: bool = False) -> Evidence:
    """Return all coded words; or, with ``is_uncoded``, the paragraphs heard that nobody has coded.

    Words whose paragraph or note was deleted are left out.
    """
    shared = _Shared(view)
    quotes = _uncoded(view, shared) if is_uncoded else _coded(view, shared)
    framework = view.framework
    return Evidence(
        tuple(quotes),
        shared.names,
        framework.criteria if framework is not None else (),
        tuple(shared.agencies),
        tuple(shared.children),
        is_uncoded,
    )


def saved_lenses(view: View) -> dict[str, Lens]:
    """Return the lenses that were saved on this laptop, by name."""
    return _read_lenses(view.records.recall(_SAVED))


def save_lens(work: Work, name: str, lens: Lens) -> Changes:
    """Remember a lens under a name, on this laptop alone; an older one of that name gives way."""
    held = _read_lenses(work.records.recall(_SAVED))
    held[name.strip()] = lens
    _keep_lenses(work, held)
    return work.changes()


def forget_lens(work: Work, name: str) -> Changes:
    """Remember a lens no longer; one that isn't there is no matter."""
    held = _read_lenses(work.records.recall(_SAVED))
    held.pop(name, None)
    _keep_lenses(work, held)
    return work.changes()


class _Shared:
    """The people, agencies and children that quotes refer to, looked up once for all of them."""

    def __init__(self, view: View) -> None:
        self.names: dict[str, str] = {}
        self.bodies: dict[str, str] = {}
        self.agencies = self._name(view.records.of_kind("agency"), "short_name", "name")
        self.children = self._name(view.records.of_kind("child"), "code")
        self._name(view.records.of_kind("inspectorate"), "short_name", "name")
        people = view.records.of_kind("person")
        self._name(people, "initials", "name", "role")
        self.bodies = {one.id: one.text("inspectorate") for one in people}
        self._labels = {name: kind.label for name, kind in KINDS.items()}

    def _name(self, records: Iterable[Record], *fields: str) -> list[str]:
        ids: list[str] = []
        for one in records:
            ids.append(one.id)
            self.names[one.id] = next((one.text(name) for name in fields if one.text(name)), "")
        return ids

    def quote(self, paragraph: Record, note: Record, code: Record | None) -> Quote:
        """Return one quote. What the code says of agency and child goes before the note's own."""
        words = code.text("quote") if code is not None else paragraph.text("text")
        agency = (code.text("agency") if code is not None else "") or note.text("agency")
        author = paragraph.text("author") or note.text("author")
        children = _children(note, code)
        criterion = code.text("criterion") if code is not None else ""
        weight = code.text("weight") if code is not None else ""
        ref, speaker = note.text("ref"), paragraph.text("speaker")
        kind = self._labels.get(note.kind, note.kind)
        told = (words, criterion, ref, speaker, kind, note.text("title"), note.text("who"))
        named = (self.names.get(one, "") for one in (agency, author, *children))
        typed_at = paragraph.text("typed_at")
        return Quote(
            key=code.id if code is not None else paragraph.id,
            code=code.id if code is not None else "",
            paragraph=paragraph.id,
            note=note.id,
            words=words,
            criterion=criterion,
            weight=weight,
            agency=agency,
            children=children,
            author=author,
            inspectorate=self.bodies.get(author, ""),
            source=paragraph.text("source") or note.text("source"),
            day=note.text("date") or typed_at[:10],
            time=typed_at[11:16],
            ref=ref,
            note_kind=kind,
            type=paragraph.text("type") or "evidence",
            speaker=speaker,
            place=paragraph.text("position"),
            is_adrift=code is not None and _is_adrift(code, paragraph.text("text")),
            found="\n".join((*told, *named)).casefold(),
        )


def _coded(view: View, shared: _Shared) -> Iterable[Quote]:
    codes = view.records.of_kind("code")
    paragraphs = view.records.get_many({one.text("paragraph") for one in codes})
    notes = view.records.get_many({one.text("note") for one in paragraphs.values()})
    for code in codes:
        paragraph = paragraphs.get(code.text("paragraph"))
        note = notes.get(paragraph.text("note")) if paragraph is not None else None
        if paragraph is None or note is None or paragraph.is_deleted or note.is_deleted:
            continue
        yield shared.quote(paragraph, note, code)


def _uncoded(view: View, shared: _Shared) -> Iterable[Quote]:
    coded = {one.text("paragraph") for one in view.records.of_kind("code")}
    notes = {one.id: one for one in view.records.of_kind(*sorted(HEARD_IN))}
    for paragraph in view.records.of_kind("paragraph"):
        note = notes.get(paragraph.text("note"))
        if note is None or paragraph.id in coded or not paragraph.text("text").strip():
            continue
        if paragraph.text("type") != "evaluation":  # what it means is no evidence of it
            yield shared.quote(paragraph, note, None)


def _children(note: Record, code: Record | None) -> tuple[str, ...]:
    if code is not None and code.text("child"):
        return (code.text("child"),)
    held = (note.text("child"), *note.texts("children"))
    return tuple(dict.fromkeys(one for one in held if one))


def _is_adrift(code: Record, text: str) -> bool:
    """Whether a code's words are nowhere for certain in its paragraph as it now stands."""
    quote, start = code.text("quote"), code.fields.get("start")
    if isinstance(start, int) and text.startswith(quote, start):
        return False
    place = start if isinstance(start, int) else None
    return find(text, Span(place, quote, code.text("before"), code.text("after"))) is None


def _read_lenses(held: str) -> dict[str, Lens]:
    try:
        read = json.loads(held or "{}")
        return {
            str(name): Lens(
                {key: str(value) for key, value in one["chosen"].items() if key in LENSES},
                str(one["typed"]),
                bool(one["is_uncoded"]),
            )
            for name, one in read.items()
        }
    except (ValueError, KeyError, AttributeError, TypeError):
        return {}


def _keep_lenses(work: Work, lenses: Mapping[str, Lens]) -> None:
    kept: dict[str, Json] = {
        name: {
            "chosen": dict(one.chosen),
            "typed": one.typed,
            "is_uncoded": one.is_uncoded,
        }
        for name, one in lenses.items()
    }
    work.records.keep_local(_SAVED, json.dumps(kept))

"""From a checked pack to the value the rest of the app reads. Nothing is refused here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.domain.packs import (
    BriefLayout,
    Criterion,
    Entry,
    Framework,
    LetterLayout,
    Listing,
    Section,
    Term,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.packs.rules import Checked


def framework(pack: Checked) -> Framework:
    """Return the framework a checked pack describes."""
    return Framework(
        **_named(pack),
        theme=pack["theme"],
        criteria=tuple(
            Criterion(
                code=one["code"],
                label=one["label"],
                group=group["heading"],
                prompts=tuple(one["prompts"]),
                sectors=tuple(one.get("sectors", ())),
            )
            for group in pack["groups"]
            for one in group["criteria"]
        ),
        stages=tuple(pack["stages"]),
        finding_types=tuple(Term(**one) for one in pack["finding_types"]),
        synonyms=tuple(tuple(words) for words in pack.get("synonyms", ())),
    )


def letter_layout(pack: Checked) -> LetterLayout:
    """Return the letter layout a checked pack describes."""
    return LetterLayout(
        **_named(pack),
        salutation=pack["salutation"],
        subject=pack["subject"],
        closing=pack["closing"],
        signatures=pack["signatures"],
        bullet=pack["bullet"],
        sections=_sections(pack),
        from_year=int(pack.get("from_year", 0)),
    )


def brief_layout(pack: Checked) -> BriefLayout:
    """Return the running order a checked pack describes."""
    return BriefLayout(**_named(pack), sections=_sections(pack))


def listing(pack: Checked) -> Listing:
    """Return the list a checked pack describes."""
    return Listing(**_named(pack), entries=tuple(_entry(one) for one in pack["entries"]))


def _named(pack: Checked) -> dict[str, Any]:
    # A schema's whole number may be written 2.0; records keep it as 2.
    return {"id": pack["id"], "version": int(pack["version"]), "title": pack["title"]}


def _sections(pack: Checked) -> tuple[Section, ...]:
    return tuple(Section(**_tuples(one)) for one in pack["sections"])


def _entry(one: Checked) -> Entry:
    fields = _tuples(one)
    fields["periods"] = tuple(
        (_year(p["from"]), _year(p.get("to"))) for p in one.get("periods", ())
    )
    span = one.get("percent")
    fields["percent"] = (int(span["from"]), int(span["to"])) if span else None
    return Entry(**fields)


def _year(written: float | None) -> int | None:
    return None if written is None else int(written)


def _tuples(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()
    }

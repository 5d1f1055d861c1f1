"""What a schema cannot say of a pack: names once each, ranges the right way round, placeholders.

Each rule takes a value its schema has passed and yields faults: where, and why in plain words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

from app.json_reading import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from app.json_places import Path

Fault: TypeAlias = "tuple[Path, str]"
# A pack its schema has passed: its shape is known, but not to the type checker.
Checked: TypeAlias = "Mapping[str, Any]"

PLACEHOLDERS: Final = ("{area}", "{theme}")


def framework(pack: Checked) -> Iterator[Fault]:
    """Yield a fault for each code, key, heading, stage, prompt or synonym given twice."""
    codes: list[tuple[Path, str]] = []
    headings: list[tuple[Path, str]] = []
    for at, group in enumerate(pack["groups"]):
        headings.append((("groups", at, "heading"), group["heading"]))
        for nth, criterion in enumerate(group["criteria"]):
            place = ("groups", at, "criteria", nth)
            codes.append(((*place, "code"), criterion["code"]))
            yield from _twice("prompt", _each((*place, "prompts"), criterion["prompts"]))
    yield from _twice("criterion code", codes)
    yield from _twice("group heading", headings)
    yield from _twice("stage", _each(("stages",), pack["stages"]))
    yield from _twice("finding type", _keys("finding_types", pack["finding_types"]))
    for at, words in enumerate(pack.get("synonyms", ())):
        yield from _twice("synonym", _each(("synonyms", at), words))


def layout(pack: Checked) -> Iterator[Fault]:
    """Yield a fault for each section key given twice and each placeholder not known."""
    yield from _twice("section key", _keys("sections", pack["sections"]))
    for name in ("salutation", "subject"):
        if _has_other_placeholders(pack[name]):
            yield (name,), f"only {' and '.join(PLACEHOLDERS)} may stand in curly brackets"


def brief(pack: Checked) -> Iterator[Fault]:
    """Yield a fault for each section key given twice."""
    yield from _twice("section key", _keys("sections", pack["sections"]))


def listing(pack: Checked) -> Iterator[Fault]:
    """Yield a fault for each key given twice and each range that runs backwards."""
    yield from _twice("key", _keys("entries", pack["entries"]))
    for at, entry in enumerate(pack["entries"]):
        yield from _backwards(("entries", at, "percent"), entry.get("percent", {}))
        for nth, period in enumerate(entry.get("periods", ())):
            yield from _backwards(("entries", at, "periods", nth), period)


RULES: Final[Mapping[str, Callable[[Checked], Iterator[Fault]]]] = {
    "framework": framework,
    "layout": layout,
    "brief": brief,
    "list": listing,
}


def _each(path: Path, words: Iterable[str]) -> list[tuple[Path, str]]:
    return [((*path, at), one) for at, one in enumerate(words)]


def _keys(name: str, items: Iterable[Checked]) -> list[tuple[Path, str]]:
    return [((name, at, "key"), one["key"]) for at, one in enumerate(items)]


def _twice(what: str, named: Iterable[tuple[Path, str]]) -> Iterator[Fault]:
    """Yield a fault for each name met before; capitals make no difference to a reader."""
    seen: set[str] = set()
    for path, name in named:
        if name.casefold() in seen:
            yield path, f"the {what} {shown(name)} is given twice"
        seen.add(name.casefold())


def _backwards(path: Path, span: Checked) -> Iterator[Fault]:
    if "to" in span and span["to"] < span["from"]:
        yield path, f"it ends at {span['to']}, before it begins at {span['from']}"


def _has_other_placeholders(pattern: str) -> bool:
    for known in PLACEHOLDERS:
        pattern = pattern.replace(known, "")
    return "{" in pattern or "}" in pattern

"""Makes records with holes in them fit to be taken in again as inspection JSON.

Nothing is invented: a lost record that others are part of gets an empty stand-in that says what
it is; any other reference to what is lost is kept under another name; a record that can't be
taken in at all is carried as a member of the document.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from app.domain.kinds.registry import KINDS
from app.domain.kinds.spec import Type
from app.domain.records import Record
from app.domain.revisions import DELETED
from app.domain.validation import problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.domain.kinds.spec import Field
    from app.domain.revisions import Json

STAND_IN: Final = "could not be read"
# References to what is lost are kept in a field of this name and the field's own.
LOST: Final = "lost_"
UNREAD_MEMBER: Final = "records_not_taken_in"
_PLAINEST: Final = "jotting"
_LONGEST_ID: Final = 56


@dataclass(frozen=True, slots=True)
class Mended:
    """Records that can be taken in, and what was done to make them so."""

    records: tuple[Record, ...]
    members: Mapping[str, Json]
    stand_ins: tuple[str, ...]
    lost_references: Mapping[str, int] = field(default_factory=dict)


def mend(records: Iterable[Record]) -> Mended:
    """Return the records with stand-ins for what they need and don't find."""
    fit, unfit = _sorted_out(records)
    kinds = {one.id: one.kind for one in fit}
    stand_ins: list[Record] = []
    while made := _stand_ins((*fit, *stand_ins), kinds):  # one may need another
        kinds.update((one.id, one.kind) for one in made)
        stand_ins.extend(made)
    if "inspection" not in kinds.values():
        stand_ins.insert(0, _inspection(kinds))
        kinds[stand_ins[0].id] = "inspection"
    lost: Counter[str] = Counter()
    mended = [_without_lost(one, kinds, lost) for one in (*stand_ins, *fit)]
    members: dict[str, Json] = {UNREAD_MEMBER: [_plain(one) for one in unfit]} if unfit else {}
    return Mended(tuple(mended), members, tuple(one.id for one in stand_ins), dict(lost))


def _sorted_out(records: Iterable[Record]) -> tuple[list[Record], list[Record]]:
    fit: list[Record] = []
    unfit: list[Record] = []
    has_inspection = False
    for one in records:
        is_inspection = one.kind == "inspection"
        versions = [
            one.fields,
            *({name: value} for name, many in one.forks.items() for value in many),
        ]
        if (
            one.kind not in KINDS
            or (is_inspection and has_inspection)
            or any(problem(one.kind, fields) for fields in versions)
        ):
            unfit.append(one)
            continue
        has_inspection = has_inspection or is_inspection
        fit.append(_undeleted(one) if is_inspection else _with_lines(one))
    return fit, unfit


def _undeleted(inspection: Record) -> Record:
    # The inspection itself can't be deleted, whatever became of the revision that said otherwise.
    fields = {name: value for name, value in inspection.fields.items() if name != DELETED}
    forks = {name: values for name, values in inspection.forks.items() if name != DELETED}
    return replace(inspection, fields=fields, forks=forks)


def _with_lines(record: Record) -> Record:
    """Return the record with words where a needed line is lost."""
    needed = {
        one.name: _filling(one)
        for one in KINDS[record.kind].fields
        if one.required and one.type is not Type.REF and record.fields.get(one.name) is None
    }
    return replace(record, fields={**record.fields, **needed}) if needed else record


def _filling(needed: Field) -> str:
    return needed.choices[0] if needed.type is Type.CHOICE else STAND_IN


def _stand_ins(records: Iterable[Record], kinds: Mapping[str, str]) -> list[Record]:
    """Return a stand-in for each owner that is needed and not there."""
    needed_as: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for one in records:
        for needed in KINDS[one.kind].fields:
            if not (needed.required and needed.type is Type.REF):
                continue
            ways = dict.fromkeys((one.fields.get(needed.name), *one.forks.get(needed.name, ())))
            for value in ways:
                fits = isinstance(value, str) and kinds.get(value, needed.of[0]) in needed.of
                target = str(value) if fits and value else _lost_owner(one)
                if target not in kinds:
                    needed_as[target].append(needed.of)
    return [_stand_in(target, uses) for target, uses in needed_as.items()]


def _stand_in(target: str, uses: list[tuple[str, ...]]) -> Record:
    """Return an empty record of a kind that suits all its uses, if there is one."""
    suiting = [kind for kind in uses[0] if all(kind in use for use in uses)] or list(uses[0])
    kind = _PLAINEST if _PLAINEST in suiting else suiting[0]
    titled = {"title": STAND_IN} if "title" in KINDS[kind].by_name else {}
    return _with_lines(Record(target, kind, dict(titled)))


def _inspection(kinds: Mapping[str, str]) -> Record:
    name = "inspection"
    while name in kinds:
        name += "-"
    return Record(name, "inspection", {"area": STAND_IN})


def _without_lost(record: Record, kinds: Mapping[str, str], lost: Counter[str]) -> Record:
    """Return the record leading only to what is there; where else it led is kept beside."""
    fields, forks = dict(record.fields), dict(record.forks)
    for one in KINDS[record.kind].fields:
        if one.type is Type.REF:
            ways = [fields.get(one.name), *forks.get(one.name, ())]
            gone = list(dict.fromkeys(str(way) for way in ways if _is_lost(way, one, kinds)))
            left = [way for way in dict.fromkeys(ways) if not _is_lost(way, one, kinds)]
            if gone:
                fields[one.name] = left[0] if left else None
                forks[one.name] = tuple(left)
        elif one.type is Type.REFS:
            ways = [fields.get(one.name), *forks.get(one.name, ())]
            gone = list(dict.fromkeys(each for way in ways for each in _lost_of(way, one, kinds)))
            if gone:
                fields[one.name] = _left_of(fields.get(one.name), gone)
                forks[one.name] = tuple(_left_of(way, gone) for way in forks.get(one.name, ()))
        else:
            continue
        if one.required and fields.get(one.name) is None:
            fields[one.name] = _lost_owner(record)
        if gone:
            fields[f"{LOST}{one.name}"] = list(gone)
            lost[one.label] += len(gone)
    kept = {name: values for name, values in forks.items() if len(values) > 1}
    return replace(record, fields=fields, forks=kept)


def _is_lost(value: Json, reference: Field, kinds: Mapping[str, str]) -> bool:
    return isinstance(value, str) and value != "" and kinds.get(value) not in reference.of


def _lost_of(value: Json, reference: Field, kinds: Mapping[str, str]) -> list[str]:
    listed = value if isinstance(value, list) else []
    return [str(each) for each in listed if _is_lost(each, reference, kinds)]


def _left_of(value: Json, gone: list[str]) -> Json:
    return [each for each in value if each not in gone] if isinstance(value, list) else value


def _lost_owner(record: Record) -> str:
    return f"{record.id[:_LONGEST_ID]}-lost"


def _plain(record: Record) -> Json:
    return {
        "id": record.id,
        "kind": record.kind,
        "fields": dict(record.fields),
        "versions": {name: list(values) for name, values in record.forks.items()},
    }

"""All that can be had of one store, from its file, its log and its snapshots, as records.

Records come from revisions by the one merge rule. Where a record's newest revisions are lost,
its derived copy stands in and is named as such: no hash proves it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from app.domain.hybrid import instant
from app.domain.records import Record
from app.domain.revisions import merge
from app.store.refuge import Refuge
from app.store.salvage import ordinary
from app.store.salvage.carve import Finds, carve
from app.store.salvage.chains import Chain, assemble
from app.store.salvage.inventory import Source, sources
from app.store.salvage.shapes import FoundDraft
from app.store.salvage.sources import PageProblem, Pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from app.crypto.inspection_keys import InspectionKeys
    from app.crypto.keys import DatabaseKey
    from app.domain.revisions import Revision
    from app.store.salvage.shapes import FoundCopy, FoundRevision, Words


@dataclass(frozen=True, slots=True)
class FileRead:
    """How one file was read: pages, what is wrong with which, and what stopped the engine.

    ``can_prove`` says whether pages could be told from altered ones: not where the salt at the
    file's beginning is lost. ``stated_pages`` is how many that beginning says there are, or 0.
    """

    name: str
    pages: int
    problems: tuple[PageProblem, ...]
    engine: str
    can_prove: bool
    stated_pages: int = 0


@dataclass(frozen=True, slots=True)
class Salvage:
    """What was got out of a store, and what was not."""

    records: tuple[Record, ...]
    revisions: int
    from_copies: frozenset[str]
    chains: tuple[Chain, ...]
    aside: tuple[Revision, ...]
    drafts: tuple[FoundDraft, ...]
    words: tuple[Words, ...]
    files: tuple[FileRead, ...]
    hashes: frozenset[bytes]

    @property
    def is_whole(self) -> bool:
        """Whether nothing is known to be missing."""
        return not (self.words or self.from_copies or any(one.missing for one in self.chains))


def recover(
    folder: Path,
    keys: Sequence[InspectionKeys],
    progress: Callable[[str, int, int], None],
    refuges: Sequence[Path] = (),
) -> Salvage:
    """Read all that lies in an inspection's folder and put it together; nothing is written there.

    ``keys`` are those that its key files give; for each file the one that fits is used.
    ``progress`` is told a file's name and how many of its pages are read. ``refuges`` are where
    words may lie that the store could not take.
    """
    finds = Finds()
    for one in keys:
        for draft in Refuge(refuges, one).found():
            finds.take_draft(FoundDraft(draft.record, draft.kind, dict(draft.fields), draft.at))
    files: list[FileRead] = []
    for source in sources(folder):
        key, pages = _fitting(source, [one.database for one in keys])
        name = source.store.name
        engine = ordinary.ask(source.store, key, finds)
        carve(pages, finds, partial(progress, name))
        finds.settle()
        files.append(
            FileRead(
                name,
                len(pages),
                tuple(pages.problems),
                engine,
                pages.can_prove,
                pages.stated_pages(),
            )
        )
    return _put_together(finds, tuple(files))


def _fitting(source: Source, keys: Sequence[DatabaseKey]) -> tuple[DatabaseKey, Pages]:
    tried = [(key, Pages(source.store, key, source.logs)) for key in keys]
    return next((one for one in tried if one[1].can_prove), tried[0])


def _put_together(finds: Finds, files: tuple[FileRead, ...]) -> Salvage:
    kept, aside, chains = assemble(finds)
    is_whole = not any(one.missing for one in chains)
    never = {(one.revision.record, one.revision.at) for one in aside}
    copies = [one for one in finds.copies.values() if (one.id, one.changed_at) not in never]
    records, from_copies = _records(kept, copies, is_whole=is_whole)
    return Salvage(
        records=tuple(records),
        revisions=len(kept),
        from_copies=frozenset(from_copies),
        chains=tuple(chains),
        aside=tuple(one.revision for one in aside),
        drafts=tuple(_unsaved(finds.drafts.values(), records)),
        words=tuple(finds.unproven()),
        files=files,
        hashes=frozenset(finds.revisions),
    )


def _records(
    kept: Iterable[FoundRevision], copies: Iterable[FoundCopy], *, is_whole: bool
) -> tuple[list[Record], set[str]]:
    """Return every record, and the ids of those for which a derived copy had to stand in."""
    histories: defaultdict[str, list[Revision]] = defaultdict(list)
    for one in kept:
        histories[one.revision.record].append(one.revision)
    records = {record: _merged(record, history) for record, history in histories.items()}
    from_copies: set[str] = set()
    for found in copies:
        copy, merged = _of_copy(found), records.get(found.id)
        if copy is None or (is_whole and merged and copy.changed_at <= merged.changed_at):
            continue
        completed = copy if merged is None else _completed(merged, copy)
        if completed is not merged:
            from_copies.add(copy.id)
            records[copy.id] = completed
    return list(records.values()), from_copies


def _completed(merged: Record, copy: Record) -> Record:
    """Return what is known of a record some of whose revisions may be lost."""
    if copy.changed_at >= merged.changed_at:
        return merged if copy.fields == merged.fields else copy
    lost = {name: value for name, value in copy.fields.items() if name not in merged.fields}
    return replace(merged, fields={**lost, **merged.fields}) if lost else merged


def _merged(record: str, history: list[Revision]) -> Record:
    state = merge(history)
    newest = max(one.at for one in history)
    return Record(record, history[0].kind, state.values(), state.forks(), newest)


def _of_copy(copy: FoundCopy) -> Record | None:
    try:
        fields, forks = json.loads(copy.fields), json.loads(copy.forks)
        versions = {str(name): tuple(values) for name, values in forks.items()}
        return Record(copy.id, copy.kind, dict(fields), versions, copy.changed_at)
    except (ValueError, TypeError, AttributeError):
        return None  # a spoilt page's


def _unsaved(drafts: Iterable[FoundDraft], records: Iterable[Record]) -> list[FoundDraft]:
    """Return the drafts whose words are in no record: old pages also hold those saved since."""
    held = {one.id: one for one in records}
    ordered = sorted(drafts, key=lambda one: (one.at, one.record))
    return [one for one in ordered if not _was_saved(one, held.get(one.record))]


def _was_saved(draft: FoundDraft, record: Record | None) -> bool:
    if record is None:
        return False
    if all(record.fields.get(name) == value for name, value in draft.fields.items()):
        return True
    try:
        return instant(record.changed_at) > datetime.fromisoformat(draft.at)
    except (ValueError, TypeError):
        return False

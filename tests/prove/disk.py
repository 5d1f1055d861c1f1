"""A disk as calls leave it: what is certainly on it, and what the system still holds in memory.

What was written to a file is certain once the file was flushed. A name (made, moved, removed) is
certain once its folder was flushed; a kinder disk keeps a journal of names, in order, and any
flush makes it certain. A write whose flush failed may be lost for ever, even if a later flush
succeeds: the system may have marked it as done.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tests.prove.calls import (
    SHARED_MEMORY,
    Copied,
    Flushed,
    FolderMade,
    Made,
    Removed,
    Renamed,
    Sized,
    Wrote,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tests.prove.calls import Operation
    from tests.prove.folders import Tree

ROOT: Final = 0


@dataclass(slots=True)
class Change:
    """One change to a file's bytes: data at a place, or, without data, the file's size."""

    number: int
    at: int
    data: bytes | None
    is_certain: bool = False
    is_doubtful: bool = False


@dataclass(slots=True)
class File:
    """A file: the bytes that are certain, and the changes since."""

    solid: bytes = b""
    mark: int = 0  # tells one set of applied changes from another
    log: list[Change] = field(default_factory=list)
    now: bytearray = field(default_factory=bytearray)

    def change(self, number: int, at: int, data: bytes | None) -> None:
        self.log.append(Change(number, at, data))
        applied(self.now, at, data)

    def flush(self, covers: int, *, failed: bool) -> None:
        for one in self.log:
            if one.number < covers and not one.is_certain:
                one.is_doubtful = one.is_doubtful or failed
                one.is_certain = not one.is_doubtful
        certain = 0
        while certain < len(self.log) and self.log[certain].is_certain:
            certain += 1
        if certain:
            content = bytearray(self.solid)
            for one in self.log[:certain]:
                applied(content, one.at, one.data)
                self.mark = hash((self.mark, one.number))
            self.solid = bytes(content)
            del self.log[:certain]


@dataclass(frozen=True, slots=True)
class Naming:
    """One change of names, wholly done or not at all: entries set, or removed where None."""

    number: int
    entries: tuple[tuple[int, str, int | None], ...]
    folder: int  # whose flush makes it certain


class Names:
    """The names that are certain, per folder, and those that are not yet."""

    def __init__(self, *, has_journal: bool) -> None:
        self.has_journal = has_journal
        self.solid: dict[int, dict[str, int]] = {ROOT: {}}
        self.log: list[Naming] = []

    def flush(self, folder: int | None, covers: int) -> None:
        """A flush of a folder or, for a journal, of anything."""
        left: list[Naming] = []
        for one in self.log:
            is_meant = self.has_journal or one.folder == folder
            if is_meant and one.number < covers:
                named(self.solid, one)
            else:
                left.append(one)
        self.log = left

    def with_(self, kept: Iterable[Naming]) -> Mapping[int, Mapping[str, int]]:
        if not kept:
            return self.solid
        tree = {folder: dict(entries) for folder, entries in self.solid.items()}
        for one in kept:
            named(tree, one)
        return tree


class Disk:
    """The disk while calls are made. Numbers are those of the calls."""

    def __init__(self, before: Tree) -> None:
        """Begin with what is certain: bytes of files, None for folders."""
        self.files: dict[int, File] = {}
        self.folders: set[int] = {ROOT}
        self._now: dict[int, dict[str, int]] = {ROOT: {}}
        self.strict, self.journal = Names(has_journal=False), Names(has_journal=True)
        for path, content in sorted(before.items()):
            if path.endswith(SHARED_MEMORY):
                continue
            made = self._new(content)
            parent, name = self._place(path)
            for tree in (self._now, self.strict.solid, self.journal.solid):
                tree.setdefault(parent, {})[name] = made

    def do(self, number: int, what: Operation) -> None:
        """Let one call happen."""
        act = _ACTS.get(type(what))
        if act is not None:
            act(self, number, what)

    def _new(self, content: bytes | None) -> int:
        made = len(self.files) + len(self.folders)
        if content is None:
            self.folders.add(made)
            for tree in (self._now, self.strict.solid, self.journal.solid):
                tree.setdefault(made, {})
        else:
            self.files[made] = File(content, hash(("first", made)), [], bytearray(content))
        return made

    def _place(self, path: str) -> tuple[int, str]:
        *folders, name = path.split("/")
        at = ROOT
        for one in folders:
            at = self._now[at][one]
        return at, name

    def find(self, path: str) -> int | None:
        """The number of what a path names now, if it names anything."""
        if not path:
            return ROOT
        try:
            parent, name = self._place(path)
        except KeyError:
            return None
        return self._now[parent].get(name)

    def _file(self, path: str) -> File | None:
        found = self.find(path)
        return None if found is None else self.files.get(found)

    def _name(self, number: int, folder: int, *entries: tuple[int, str, int | None]) -> None:
        naming = Naming(number, entries, folder)
        named(self._now, naming)
        self.strict.log.append(naming)
        self.journal.log.append(naming)

    def _made(self, number: int, what: Made) -> None:
        file = self._file(what.path)
        if file is None:
            parent, name = self._place(what.path)
            self._name(number, parent, (parent, name, self._new(b"")))
        elif what.emptied and file.now:
            file.change(number, 0, None)

    def _wrote(self, number: int, what: Wrote) -> None:
        file = self._file(what.path)
        if file is not None:
            file.change(number, what.at, what.data)

    def _copied(self, number: int, what: Copied) -> None:
        file, source = self._file(what.path), self._file(what.source)
        if file is not None and source is not None:
            data = bytes(source.now[what.begin : what.begin + what.size])
            file.change(number, what.at, data)

    def _sized(self, number: int, what: Sized) -> None:
        file = self._file(what.path)
        if file is not None:
            file.change(number, what.size, None)

    def _flushed(self, _number: int, what: Flushed) -> None:
        found = self.find(what.path)
        if found in self.files:
            self.files[found].flush(what.covers, failed=what.failed)
        if not what.failed:
            self.journal.flush(None, what.covers)
            if found in self.folders:
                self.strict.flush(found, what.covers)

    def _renamed(self, number: int, what: Renamed) -> None:
        old, old_name = self._place(what.old)
        new, new_name = self._place(what.new)
        moved = self._now[old][old_name]
        self._name(number, new, (old, old_name, None), (new, new_name, moved))

    def _removed(self, number: int, what: Removed) -> None:
        parent, name = self._place(what.path)
        self._name(number, parent, (parent, name, None))

    def _folder_made(self, number: int, what: FolderMade) -> None:
        parent, name = self._place(what.path)
        self._name(number, parent, (parent, name, self._new(None)))


_ACTS: Final[dict[type, Callable[..., None]]] = {
    Made: Disk._made,
    Wrote: Disk._wrote,
    Copied: Disk._copied,
    Sized: Disk._sized,
    Flushed: Disk._flushed,
    Renamed: Disk._renamed,
    Removed: Disk._removed,
    FolderMade: Disk._folder_made,
}


def applied(content: bytearray, at: int, data: bytes | None) -> None:
    """Make one change to bytes; a gap is filled with zeros."""
    size = at if data is None else at + len(data)
    if len(content) < (at if data is None else size):
        content.extend(bytes(size - len(content)))
    if data is None:
        del content[at:]
    else:
        content[at:size] = data


def named(tree: dict[int, dict[str, int]], naming: Naming) -> None:
    """Make one change of names."""
    for folder, name, target in naming.entries:
        if target is None:
            tree[folder].pop(name, None)
        else:
            tree[folder][name] = target

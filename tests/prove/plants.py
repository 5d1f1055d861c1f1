"""Bugs put into the app on purpose, in a process of its own, to see that the proof finds them.

Nothing of this is in the product: a plant replaces a function or a constant where the scene runs.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

from app.crypto import files
from app.store import device, engine, logs, opening, restoring, store
from app.store.key_file import KeyFile
from app.store.transaction import Transaction

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Plant:
    """A bug: what it is, the scene that has to find it, and how it is put in."""

    what: str
    scene: str
    put_in: Callable[[], None]


def _normal() -> None:
    engine._PRAGMAS = tuple(one.replace("= FULL", "= NORMAL") for one in engine._PRAGMAS)


def _early() -> None:
    """Answer before COMMIT: the transaction stays open until the next one begins."""

    def in_transaction(connection: engine.Connection, run: Callable[..., Any]) -> Any:
        if connection.in_transaction:
            connection.execute("COMMIT")
        connection.execute("BEGIN IMMEDIATE")
        return run(connection)

    store.in_transaction = in_transaction


def _no_folder_flush() -> None:
    for module in list(sys.modules.values()):
        if getattr(module, "flush_folder", None) is files.flush_folder:
            vars(module)["flush_folder"] = lambda _folder: None
    files.flush_folder = lambda _folder: None


def _key_files_in_place() -> None:
    def write_key_file(path: Path, content: bytes) -> None:
        path.unlink(missing_ok=True)
        files._write_through(path, content)
        files.flush_folder(path.parent)

    for module in list(sys.modules.values()):
        if hasattr(module, "write_key_file"):
            vars(module)["write_key_file"] = write_key_file


def _strangers_let_in() -> None:
    logs.is_foreign = lambda _folder, _key: False  # type: ignore[assignment]


def _underived() -> None:
    derive, calls = Transaction._derive, []

    def every_other(self: Transaction, *given: Any) -> None:
        calls.append(1)
        if len(calls) % 2:
            derive(self, *given)

    Transaction._derive = every_other  # type: ignore[method-assign]


def _same_identity() -> None:
    def renew(connection: engine.Connection, _wrap: object) -> str:
        return device.own(connection)[1]

    opening.device = restoring.device = _with(device, renew=renew)


def _no_head() -> None:
    KeyFile.advance = lambda _self, _head: None  # type: ignore[method-assign]


def _not_reopened() -> None:
    store.Store._reopen = lambda _self: None  # type: ignore[method-assign]


def _with(module: Any, **changed: Any) -> SimpleNamespace:
    """A module's look-alike with some of its functions changed."""
    return SimpleNamespace(**{**vars(module), **changed})


PLANTS: Final = {
    "normal": Plant("synchronous is NORMAL instead of FULL", "C02", _normal),
    "early": Plant("a change is acknowledged before it is committed", "C02", _early),
    "underived": Plant("derived rows are not always rebuilt", "C02", _underived),
    "no-folder-flush": Plant("folders are not flushed", "C01", _no_folder_flush),
    "in-place": Plant("key files are written in place", "C06", _key_files_in_place),
    "stranger": Plant("another store's log is read as its own", "files", _strangers_let_in),
    "same-identity": Plant("a restored store keeps its identity", "B10", _same_identity),
    "cloned-identity": Plant("an older store goes on under its identity", "files", _same_identity),
    "no-head": Plant("the newest head is not written outside", "files", _no_head),
    "not-reopened": Plant("a failed flush does not end the connection", "flush", _not_reopened),
}

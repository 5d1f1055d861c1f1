"""C05: a store of the first schema, with words in it, is brought up to date; or an empty one is."""

from __future__ import annotations

import json
import secrets
from typing import TYPE_CHECKING
from unittest import mock

from app.domain.chains import FIRST, body_of, hash_of
from app.domain.kinds.registry import searched_text
from app.domain.revisions import Dot, Revision, canonical
from app.operations.keys import make_keys, open_keys
from app.operations.work import new_id
from app.store import engine, migrate
from app.store.places import STORE
from app.store.writing import in_transaction
from tests.operations import quick
from tests.prove.scenes.base import LOST, UNREADABLE, Wrong
from tests.prove.scenes.opening import PROFILE, insistently, judge_inspection
from tests.prove.scenes.writing import held

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from random import Random

    from tests.prove.scenes.base import Evidence, Saying

_WRITTEN = "written.json"  # beside the profile: what the old store held
_ID = "0" * 32


class Migrating:
    """The old schema with all its words, or the new one with all its words and a backup."""

    id = "C05"
    title = "bring an old store up to date"

    def prepare(self, root: Path, random: Random) -> None:
        profile = quick.create(root / PROFILE)
        folder = root / PROFILE / "inspections" / _ID
        folder.mkdir()
        keys = make_keys(folder, bytes.fromhex(_ID), profile.master)
        is_empty = random.random() < 0.25
        written = (
            []
            if is_empty
            else [
                (new_id(), f"old words {number} " * random.randrange(1, 99)) for number in range(40)
            ]
        )
        steps = () if is_empty else migrate.STEPS[:1]
        connection = engine.open_writer(folder / STORE, keys.database.raw)
        with mock.patch.object(migrate, "STEPS", steps):
            migrate.migrate(connection)
        if written:
            in_transaction(connection, lambda it: _write(it, written))
        connection.close()
        (root / _WRITTEN).write_text(json.dumps(written))

    def run(self, root: Path, random: Random, say: Callable[[Saying], None]) -> None:
        profile = quick.unlock(root / PROFILE)
        inspection = insistently(say, "open", lambda: profile.open_inspection(_ID))
        if inspection is not None:
            say({"opened": _ID})
            if random.random() < 0.5:
                inspection.close()

    def judge(self, root: Path, evidence: Evidence) -> list[Wrong]:
        written = [(record, words) for record, words in json.loads((root / _WRITTEN).read_text())]
        profile = quick.unlock(root / PROFILE)
        wrong = _backed_up(root, profile.master) if written else []
        wrong += judge_inspection(profile, _ID, evidence, has_area=bool(written))
        if wrong:
            return wrong
        inspection = profile.open_inspection(_ID)
        try:
            if inspection.ask(held).revisions[: len(written)] != written:
                return [Wrong(LOST, "words of the old store are missing")]
        finally:
            inspection.close()
        return []


def _write(connection: engine.Connection, written: list[tuple[str, str]]) -> None:
    """Write as the first version did, whose tables are no longer known to any code."""
    own, note = secrets.token_hex(16), new_id()
    connection.execute("INSERT INTO device (id, is_self) VALUES (?, 1)", (own,))
    fields: list[tuple[str, str, dict[str, str]]] = [
        (new_id(), "inspection", {"area": "Wexcombe"}),
        (note, "jotting", {"ref": "OLD-1"}),
        *((record, "paragraph", {"note": note, "text": words}) for record, words in written),
    ]
    newest = FIRST
    for number, (record, kind, values) in enumerate(fields, 1):
        revision = Revision(Dot(own, number), record, kind, number, values)
        body = body_of(revision, newest)
        newest = hash_of(body)
        connection.execute(
            "INSERT INTO revision (device, number, record, body, hash) VALUES (1, ?, ?, ?, ?)",
            (number, record, body, newest),
        )
        connection.execute(
            "INSERT INTO record (id, kind, owner, position, is_deleted, changed_at, fields, text) "
            "VALUES (?, ?, ?, '', 0, ?, ?, ?)",
            (
                record,
                kind,
                values.get("note", ""),
                number,
                canonical(values),
                searched_text(kind, values),
            ),
        )
    connection.execute("INSERT INTO head VALUES (1, ?, ?, ?)", (len(fields), newest, len(fields)))


def _backed_up(root: Path, master: object) -> list[Wrong]:
    """A store that has left the first schema has a whole backup from before."""
    folder = root / PROFILE / "inspections" / _ID
    keys = open_keys(folder, bytes.fromhex(_ID), master)  # type: ignore[arg-type]
    connection = engine.open_reader(folder / STORE, keys.database.raw)
    try:
        is_old = migrate.is_due(connection)
    finally:
        connection.close()
    kept = sorted((folder / "backups").glob("*.db")) if (folder / "backups").is_dir() else []
    if is_old:
        return []
    if not kept:
        return [Wrong(LOST, "the store was brought up to date without a backup")]
    return [Wrong(UNREADABLE, one) for one in engine.faults(kept[0], keys.database.raw)]

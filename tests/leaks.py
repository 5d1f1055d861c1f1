"""K01: every way we know to make the app refuse or fail, each a function with a marker in hand.

Whoever adds a refusal adds a line to ``FORCED``: a function that is given a case whose every text
is the marker, and that ends in the error. What comes out of it is searched by the test.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from app.clock import SystemClock
from app.crypto import keyring
from app.crypto.recovery_text import from_text
from app.domain import validation
from app.domain.kinds.registry import KINDS
from app.domain.kinds.spec import Type
from app.errors import SiteweekError, WrongPassphraseError
from app.interchange.inspection_json import parse
from app.operations import records
from app.operations.backups import carry_away, restore
from app.operations.briefs import add_point, say
from app.operations.closing import close_inspection
from app.operations.codes import Meaning, code_words
from app.operations.documents import formats_named, write_letter
from app.operations.findings import add_finding, link_evidence, move_finding_on
from app.operations.last_place import lock_after
from app.operations.notes import add_note, add_paragraph, edit_paragraph, finish_note
from app.operations.unlocking import create_profile
from app.operations.wording import save_statement
from app.store.store import Store
from tests.interchange.samples import as_bytes, least, whole
from tests.operations import quick

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.operations.inspection import Inspection
    from app.operations.profile import Profile

MARKER: Final = "Okapi crossing watched at noon"
PASSPHRASE: Final = "quagga lantern seven meadow orbit"  # noqa: S105 - a sample that guards nothing


@dataclass
class Case:
    """A profile, an inspection open in it whose words are all the marker, and what is secret."""

    scratch: Path
    profile: Profile
    inspection: Inspection
    note: str
    paragraph: str
    finding: str
    keys: tuple[bytes, ...]

    @property
    def folder(self) -> Path:
        return self.profile.folder_of(self.inspection.id)


def make_case(scratch: Path) -> Case:
    made = quick.create(scratch / "profile", PASSPHRASE)
    inspection = made.open_inspection(made.create_inspection({"area": MARKER, "theme": MARKER}))
    do = inspection.do
    note = do(add_note, "jotting", {"title": MARKER, "who": MARKER, "place": MARKER}).made
    paragraph = do(add_paragraph, note, f"{MARKER}. {MARKER}.").made
    finding = do(add_finding, MARKER).made
    do(link_evidence, finding, paragraph, "for")
    do(records.change, finding, {"against_sought": True})
    for status in ("tested", "agreed"):
        do(move_finding_on, finding, status, MARKER)
    store = inspection._store
    assert isinstance(store, Store)
    keys = (made.master.raw, store._keys.database.raw)
    return Case(scratch, made, inspection, note, paragraph, finding, keys)


def _wrong_values(case: Case) -> None:
    """A value that no field of its type may have, in every field of every kind."""
    wrong: dict[Type, Any] = {one: [MARKER] for one in Type}
    wrong |= {one: MARKER for one in Type if one not in {Type.LINE, Type.TEXT}}
    wrong |= {Type.LINE: f"{MARKER}\n{MARKER}", Type.TEXT: f"{MARKER}\0"}
    first: SiteweekError | None = None
    every: list[str] = []
    for kind, known in KINDS.items():
        for field in known.fields:
            try:
                case.inspection.do(records.add, kind, {field.name: wrong[field.type]})
            except SiteweekError as refused:
                first = refused
                every.append(refused.sentence)
            found = validation.problem(kind, {field.name: wrong[field.type]})
            assert found is not None, (kind, field.name)
            every += found
    assert first is not None
    raise SiteweekError("\n".join(every)) from first


def _of_json(_case: Case, *documents: object) -> None:
    every: list[str] = []
    for one in documents:
        raw = one if isinstance(one, bytes) else as_bytes(one)
        try:
            parse(raw)
        except SiteweekError as problem:
            every.append(problem.sentence)
            last = problem
        else:
            raise AssertionError(f"taken in: {raw[-200:]!r}")
    raise SiteweekError("\n".join(every)) from last


def _bad_json(case: Case) -> None:
    note = {"id": "n", "kind": "jotting", "title": MARKER}
    text = json.dumps(whole([least("inspection"), note]))
    wrong = [
        {**note, name: value}
        for name in ("date", "start", "late_entry", "children", "deleted", "title")
        for value in ([MARKER, 7], {MARKER: MARKER}, f"{MARKER}\0")
    ]
    _of_json(
        case,
        *(whole([least("inspection"), one]) for one in wrong),
        *(text[:cut].encode() for cut in range(len(text) // 2, len(text) - 1, 7)),
        text.replace("Okapi", "Ok\udc80api").encode("utf-8", "surrogatepass"),
        whole([{**least("inspection"), "kind": MARKER}]),
        {"format": MARKER, "version": MARKER, "records": []},
        whole([{**note, "agency": "gone"}]),
        MARKER,
        [MARKER],
        b"\xff" + MARKER.encode(),
    )


def _damaged_keyring(case: Case) -> None:
    """Every cut and many flips of a keyring, with the right and the wrong passphrase."""
    path = case.profile.folder / "keyring"
    whole_one = path.read_bytes()
    every: list[str] = []
    last: SiteweekError | None = None
    try:
        for at in range(0, len(whole_one), 3):
            flipped = whole_one[:at] + bytes([whole_one[at] ^ 1]) + whole_one[at + 1 :]
            for damaged in (whole_one[:at], flipped, whole_one + MARKER.encode()):
                path.write_bytes(damaged)
                try:
                    quick.unlock(case.profile.folder, PASSPHRASE)
                except SiteweekError as problem:
                    every.append(problem.sentence)
                    last = problem
    finally:
        path.write_bytes(whole_one)
    assert last is not None
    raise SiteweekError("\n".join(every)) from last


def _too_often(case: Case) -> None:
    for _ in range(5):
        with suppress(WrongPassphraseError):
            quick.unlock(case.profile.folder, MARKER)
    quick.unlock(case.profile.folder, PASSPHRASE)


def _damaged_store(case: Case) -> None:
    case.inspection.close()
    path = case.folder / "store.db"
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2 :] = (MARKER.encode() * len(raw))[: len(raw) - len(raw) // 2]
    path.write_bytes(raw)
    opened = case.profile.open_inspection(case.inspection.id)
    try:
        opened.ask(lambda view: [*view.records.everything(), *view.records.search(MARKER)])
    finally:
        opened.close()


def _table_gone(case: Case) -> None:
    """The engine itself complains, as it would over a schema that is not what we think."""

    def break_it(work: Any) -> Any:
        work.records.connection.execute("ALTER TABLE record RENAME TO other")
        work.add("jotting", {"title": MARKER})
        return work.changes()

    case.inspection.do(break_it)


def _breach(case: Case) -> None:
    """A value that the engine refuses, with the words it refuses them for."""

    def break_it(work: Any) -> Any:
        work.records.connection.execute(
            "INSERT INTO local (name, value) VALUES (?, ?), (?, ?)", [MARKER] * 4
        )
        return work.changes()

    case.inspection.do(break_it)


def _searches(case: Case) -> None:
    """Whatever is typed into a search box is a question; none is an error of the engine."""
    for typed in (f'"{MARKER}', f"{MARKER} AND (", "NEAR(", f"{MARKER}*:^", '""', "\0" + MARKER):
        case.inspection.ask(lambda view, typed=typed: view.records.search(typed))


def _on_top_of_a_file(case: Case) -> None:
    inside = case.scratch / "a file"
    inside.write_text(MARKER)
    write_letter(case.inspection, inside, formats_named("docx"))


FORCED: Final[dict[str, Callable[[Case], object]]] = {
    "a wrong passphrase": lambda it: quick.unlock(it.profile.folder, MARKER),
    "too many wrong passphrases": _too_often,
    "a weak passphrase": lambda it: create_profile(it.scratch / "new", "Okapi", SystemClock()),
    "a profile that is there": lambda it: quick.create(it.profile.folder, PASSPHRASE),
    "a wrong recovery key": lambda _: from_text(MARKER),
    "a recovery key with a slip": lambda _: from_text("A" * 26 + MARKER),
    "a keyring of nothing": lambda _: keyring.summarise(MARKER.encode()),
    "a damaged keyring": _damaged_keyring,
    "a damaged store": _damaged_store,
    "a table that is gone": _table_gone,
    "a constraint": _breach,
    "wrong values in every field": _wrong_values,
    "bad JSON": _bad_json,
    "odd searches": _searches,
    "an inspection open elsewhere": lambda it: it.profile.open_inspection(it.inspection.id),
    "no such inspection": lambda it: it.profile.open_inspection("0" * 32),
    "no such record": lambda it: it.inspection.do(edit_paragraph, "gone", MARKER),
    "a paragraph that is a note": lambda it: it.inspection.do(edit_paragraph, it.note, MARKER),
    "a note that is a paragraph": lambda it: it.inspection.do(finish_note, it.paragraph),
    "a field that can't be empty": lambda it: it.inspection.do(
        records.change, it.paragraph, {"note": None}
    ),
    "a statement without a reason": lambda it: it.inspection.do(
        save_statement, it.finding, f"{MARKER} and more"
    ),
    "a statement left empty": lambda it: it.inspection.do(save_statement, it.finding, " ", MARKER),
    "a status without evidence": lambda it: it.inspection.do(
        move_finding_on, it.inspection.do(add_finding, MARKER).made, "agreed", MARKER
    ),
    "a point reworded without words": lambda it: it.inspection.do(
        say, it.inspection.do(add_point, "open", MARKER).made, "reworded", ""
    ),
    "a code on words that are not there": lambda it: it.inspection.do(
        code_words, it.paragraph, 5, 99_999, Meaning("A1")
    ),
    "a document over a file": _on_top_of_a_file,
    "a document in a format there is none of": lambda _: formats_named("poem"),
    "a backup to nowhere": lambda it: carry_away(
        it.profile, it.inspection.id, it.scratch / "gone", SystemClock()
    ),
    "a backup that is not there": lambda it: restore(
        it.profile, it.inspection.id, "20260101T000000Z", SystemClock()
    ),
    "a locked profile": lambda it: (it.profile.close(), it.profile.master),
    "a closed inspection": lambda it: (
        it.inspection.close(),
        it.inspection.do(add_note, "jotting", {"title": MARKER}),
    ),
    "a finished inspection": lambda it: (
        it.inspection.do(close_inspection, MARKER),
        it.inspection.do(add_note, "jotting", {"title": MARKER}),
    ),
    "a bug in a verb": lambda it: it.inspection.do(_bug, MARKER),
    "a bug in a question": lambda it: it.inspection.ask(_bug, MARKER),
    "a remembered number that is none": lambda it: (
        it.inspection.do(
            lambda work: (work.records.keep_local("lock_after", MARKER), _none(work))[1]
        ),
        it.inspection.ask(lock_after),
    ),
}
# What ends well: nothing may be written about these either.
ENDS_WELL: Final = frozenset({"odd searches", "a remembered number that is none"})


def force(name: str, case: Case) -> BaseException | None:
    """Make it fail, and return what it failed with."""
    try:
        FORCED[name](case)
    except Exception as problem:  # noqa: BLE001 - whatever it is, it is looked at
        return problem
    return None


def put_away(case: Case) -> None:
    with suppress(SiteweekError):
        case.inspection.close()
    case.profile.close()


def _bug(_of: object, words: str) -> object:
    held = {words: words}
    return held[f"{words}?"]


def _none(work: Any) -> Any:
    return work.changes()

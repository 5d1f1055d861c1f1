"""Writing in an inspection in ways that can be followed, and judging what is left of it.

The store takes one change after the other. So whatever happens, what it holds has to be what the
first so many changes make: all that were acknowledged, perhaps some that were under way, none
that was refused, and none in part.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from app.errors import SiteweekError
from app.operations.notes import add_paragraph, edit_paragraph
from app.operations.typed_notes import Typed, keep_drafts, save_note
from app.operations.work import new_id
from app.store import revisions
from app.store.rebuild import rebuild
from tests.prove.scenes.base import HALF, LOST, UNTRUE, Wrong

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from random import Random

    from app.domain.changes import Changes
    from app.operations.inspection import Inspection
    from app.operations.view import View
    from app.operations.work import Work
    from app.store.transaction import Transaction
    from tests.prove.scenes.base import Evidence, Saying

WORDS: Final = (  # noqa: SIM905 - read as words
    "referral strategy meeting minutes threshold children seen alone school health police "
    "chronology plan visit review worker supervision return home interview risk"
).split()
# Where the words of each kind stand that these scenes write.
_TEXTS: Final = {"paragraph": "text", "agency": "name"}
_KEPT: Final = "are kept beside it"  # the app's word that what it refused will come back
Effect = tuple[str, str, str]  # "revision" or "draft", the record, its words


@dataclass(frozen=True, slots=True)
class Held:
    """What a store holds: words of every revision in order, of drafts, and as records stand."""

    revisions: list[tuple[str, str]]
    drafts: dict[str, str]
    standing: dict[str, str]


def held(view: View) -> Held:
    """Return what a store holds of what these scenes write."""
    written = [
        (one.record, one.fields[_TEXTS[one.kind]])
        for one in revisions.everything(view.records.connection)
        if _TEXTS.get(one.kind) in one.fields
    ]
    drafts = {
        one.record: str(one.fields[_TEXTS[one.kind]])
        for one in view.records.drafts()
        if _TEXTS.get(one.kind) in one.fields
    }
    standing = {one.id: one.text(_TEXTS[one.kind]) for one in view.records.of_kind(*sorted(_TEXTS))}
    return Held([(record, str(words)) for record, words in written], drafts, standing)


class Writer:
    """Writes in one note, and says before and after each change what it is."""

    def __init__(
        self, inspection: Inspection, note: str, random: Random, say: Callable[[Saying], None]
    ) -> None:
        """Say what there is to begin with."""
        self._inspection, self._note, self._random, self._say = inspection, note, random, say
        there = inspection.ask(held)
        self._records = list(dict.fromkeys(record for record, _words in there.revisions))
        self._paragraphs = [one.id for one in inspection.ask(_paragraphs, note)]
        # Numbers of an earlier writer must not come again.
        self._number = random.getrandbits(40)
        self._say({"held": there.revisions, "drafts": there.drafts})

    def save(self, times: int) -> None:
        """Make so many changes, of all kinds."""
        done = 0
        while done < times:
            if self._random.random() < 0.3:
                # The app writes the newest head outside in pauses; without waiting for one.
                self._inspection._store.settle()
            act = self._random.choice(
                (self.add, self.add, self.edit, self.note, self.draft, self.agency, self.burst)
            )
            done += act()

    def add(self) -> int:
        """Add a paragraph."""
        record, words = new_id(), self._words()
        effects = [("revision", record, words)]
        if self._change(effects, add_paragraph, self._note, words, record=record):
            self._paragraphs.append(record)
        return 1

    def edit(self) -> int:
        """Change a paragraph's words."""
        if not self._paragraphs:
            return self.add()
        record, words = self._random.choice(self._paragraphs), self._words()
        self._change([("revision", record, words)], edit_paragraph, record, words)
        return 1

    def note(self) -> int:
        """Save several paragraphs in one go, old and new ones."""
        changed = self._random.sample(self._paragraphs, min(2, len(self._paragraphs)))
        new = [new_id() for _ in range(self._random.randrange(1, 3))]
        typed = [Typed(one, "evidence", self._words()) for one in (*changed, *new)]
        effects = [("revision", one.id, one.text) for one in typed]
        if self._change(effects, save_note, self._note, typed):
            self._paragraphs += new
        return 1

    def draft(self) -> int:
        """Keep what is on screen of a paragraph."""
        record = self._random.choice([*self._paragraphs[-2:], new_id()])
        words = self._words()
        typed = [Typed(record, "evidence", words)]
        self._change([("draft", record, words)], keep_drafts, self._note, typed)
        return 1

    def agency(self) -> int:
        """Add an agency and name it in the note: two records in one change."""
        record, words = new_id(), self._words(6)
        self._change([("revision", record, words)], _add_agency, self._note, record, words)
        return 1

    def burst(self) -> int:
        """Hand over several changes before any is answered."""
        given: list[tuple[int, Any, str]] = []
        for _ in range(3):
            record, words = new_id(), self._words(20)
            number = self._begin([("revision", record, words)])
            answer = self._inspection.begin(add_paragraph, self._note, words, record=record)
            given.append((number, answer, record))
        for number, answer, record in given:
            if self._ended(number, answer.result):
                self._paragraphs.append(record)
        return 3

    def _change(self, effects: list[Effect], verb: Any, *args: Any, **kwargs: Any) -> bool:
        number = self._begin(effects)
        return self._ended(number, lambda: self._inspection.do(verb, *args, **kwargs))

    def _begin(self, effects: list[Effect]) -> int:
        self._number += 1
        self._say({"begin": self._number, "effects": effects})
        return self._number

    def _ended(self, number: int, wait: Callable[[], object]) -> bool:
        try:
            wait()
        except SiteweekError as problem:
            is_kept = _KEPT in problem.sentence
            self._say({"refused": number, "error": type(problem).__name__, "kept": is_kept})
            return False
        self._say({"done": number})
        return True

    def _words(self, most: int = 0) -> str:
        # Mostly a sentence, now and then more than a page of the store holds.
        most = most or self._random.choice((12, 12, 12, 60, 60, 900))
        count = self._random.randrange(1, most + 1)
        words = " ".join(self._random.choice(WORDS) for _ in range(count))
        return f"{self._random.getrandbits(48):012x} {words}"


def compare(there: Held, evidence: Evidence) -> list[Wrong]:
    """Return what is wrong with what a store holds, given what was said of it."""
    said = evidence.said
    first = max((n for n, one in enumerate(said) if "held" in one), default=None)
    if first is None:
        return []
    # A later writer found there what the earlier ones left, which was judged by then.
    base, said = said[first], said[first:]
    begun = [one for one in said if "begin" in one]
    refused = [one["refused"] for one in said if "refused" in one]
    done = {one["done"] for one in said if "done" in one}
    kept = _kept(said)
    short = None
    for returned in (None, *(refused if evidence.may_return else ())):
        order = [one for one in begun if one["begin"] not in refused or one["begin"] == returned]
        least = max((n for n, one in enumerate(order, 1) if one["begin"] in done), default=0)
        most = _changes(there, base, order, kept)
        if most is not None and most >= least:
            short = 0
            break
        if most is not None:
            short = least - most
    wrong: list[Wrong] = []
    if short is None:
        wrong.append(_missing(there, begun, done) or Wrong(HALF, "part of a change is there"))
    elif short:
        wrong.append(Wrong(LOST, f"{short} acknowledged changes are missing"))
    if there.standing != dict(there.revisions):
        wrong.append(Wrong(UNTRUE, "records differ from their newest revisions"))
    return wrong + _come_back(there, said)


def _changes(
    there: Held, base: Saying, order: Sequence[Saying], kept: set[tuple[str, str]]
) -> int | None:
    """How many of these changes, from the first on, make what is there; the most that do."""
    written = [(record, words) for record, words in base["held"]]
    drafts: dict[str, str] = dict(base["drafts"])
    most = None
    for number in range(len(order) + 1):
        if number:
            _take_in(order[number - 1]["effects"], written, drafts)
        if (
            len(written) == len(there.revisions)
            and written == there.revisions
            and _are_drafts(there.drafts, drafts, kept)
        ):
            most = number
    return most


def _kept(said: Sequence[Saying]) -> set[tuple[str, str]]:
    """The words of changes that were refused, or were just then: they may come back as drafts."""
    done = {one["done"] for one in said if "done" in one}
    return {
        (record, words)
        for one in said
        if "begin" in one and one["begin"] not in done
        for _what, record, words in one["effects"]
    }


def _are_drafts(
    there: Mapping[str, str], expected: Mapping[str, str], kept: set[tuple[str, str]]
) -> bool:
    return all(
        there.get(record) == expected.get(record) or (record, there.get(record)) in kept
        for record in {*there, *expected}
    )


def _come_back(there: Held, said: Sequence[Saying]) -> list[Wrong]:
    """The newest words of a record that were refused, and said to be kept, are there."""
    effects = {one["begin"]: one["effects"] for one in said if "begin" in one}
    promised: dict[str, str] = {}
    for one in said:
        if one.get("refused") in effects and one["kept"]:
            promised |= {record: words for _what, record, words in effects[one["refused"]]}
        elif one.get("done") in effects:
            for _what, record, _words in effects[one["done"]]:
                promised.pop(record, None)
    found = {*there.drafts.items(), *there.revisions}
    missing = len(set(promised.items()) - found)
    return [Wrong(LOST, f"words of {missing} records were refused and not kept")] if missing else []


def derived_again(transaction: Transaction) -> bool:
    """Derive everything anew; return whether it was so before."""
    connection = transaction.connection

    # Every word of the search index, and where it stands.
    connection.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.words USING fts5vocab(main, passage, instance)"
    )

    def tables() -> list[list[Any]]:
        return [
            connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2, 3, 4").fetchall()  # noqa: S608 - names from below
            for name in ("record", "(SELECT *, 0 FROM link)", "words")
        ]

    before = tables()
    rebuild(transaction)
    return before == tables()


def _take_in(
    effects: Sequence[Effect], written: list[tuple[str, str]], drafts: dict[str, str]
) -> None:
    for what, record, words in effects:
        if what == "draft":
            drafts[record] = words
        else:
            written.append((record, words))
            drafts.pop(record, None)


def _missing(there: Held, begun: Sequence[Saying], done: set[int]) -> Wrong | None:
    wanted = {
        (record, words)
        for one in begun
        if one["begin"] in done
        for what, record, words in one["effects"]
        if what == "revision"
    }
    missing = len(wanted - set(there.revisions))
    return Wrong(LOST, f"words of {missing} acknowledged changes are missing") if missing else None


def _paragraphs(view: View, note: str) -> list[Any]:
    return view.records.parts_of(note, "paragraph")


def _add_agency(work: Work, note: str, record: str, name: str) -> Changes:
    work.add("agency", {"name": name}, record)
    work.change(note, {"agency": record})
    return work.changes()

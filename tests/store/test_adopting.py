"""What was written under an earlier identity and handed to nobody still reaches everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.crypto.envelope import Header, seal
from app.domain.chains import body_of
from app.domain.revisions import Dot, Revision
from app.store import adopting, counting, envelopes
from app.store.integrity import check
from app.sync.codec import Batch, pack
from tests.fakes.stores import keys_of
from tests.store.laptops import INSPECTION, SECRET, Laptop, arrived

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from app.crypto.identity import Identity
    from app.store.applying import Arrived

    Made = Callable[[str], Laptop]


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Made]:
    made: list[Laptop] = []

    def make(name: str) -> Laptop:
        made.append(Laptop(tmp_path / name))
        return made[-1]

    yield make
    for one in made:
        one.close()


def settle(one: Laptop, earlier: set[str], **limits: int) -> int:
    """Write again what was not handed on, as the operations do after every change of identity."""

    def work(tx: object) -> int:
        sealed = envelopes.sealed_up_to(tx.connection, earlier)
        all_limits = sealed | {who: min(n, sealed.get(who, n)) for who, n in limits.items()}
        written = adopting.adopt(tx, earlier, all_limits)
        counting.set_counting(tx, all_limits)
        return written

    return one.store.write(work).result()


def faults(one: Laptop) -> list[str]:
    one.store.settle()
    one.store.close()
    found = check(one.folder, keys_of(one.folder))
    one.reopen()
    assert one.store.notices == []
    return [sentence for part in found.parts for sentence in part.found]


def shown(one: Laptop) -> list[object]:
    return [row[:5] + row[6:] for row in one.derived()[0]] + one.derived()[1]


def test_d04_nothing_looks_different_here_and_the_others_get_all_of_it(laptop: Made) -> None:
    asha, bea = laptop("asha"), laptop("bea")
    asha.write("p-1", text="handed on")
    bea.take_all(asha.seal())
    asha.write("p-1", text="changed, for nobody yet")
    asha.write("p-2", text="new, for nobody yet", note="n-1", position="a0")
    asha.write("p-3", text="written")
    asha.write("p-3", deleted=True)
    before, old = shown(asha), asha.renew()
    assert settle(asha, {old}) == 4
    assert shown(asha) == before
    bea.take_all(asha.seal())
    assert shown(bea) == before
    assert not any(forks for _id, forks in asha.derived()[1])
    assert [one.fields.get("text") for one in bea.store.read(lambda r: r.history("p-3"))][:1] == [
        "written"
    ]
    assert faults(asha) == faults(bea) == []


def test_times_and_what_was_known_stay_as_they_were(laptop: Made) -> None:
    asha = laptop("asha")
    asha.write("p-1", text="one")
    asha.write("p-1", text="two")
    before = asha.store.read(lambda reader: reader.history("p-1"))
    old = asha.renew()
    settle(asha, {old})
    after = asha.store.read(lambda reader: reader.history("p-1"))
    assert [(one.at, one.fields) for one in after] == [(one.at, one.fields) for one in before]
    assert [one.context for one in after] == [{}, {asha.id: 1}]
    assert {one.dot.device for one in after} == {asha.id}


def test_versions_of_others_that_stood_beside_stay_beside(laptop: Made) -> None:
    asha, bea = laptop("asha"), laptop("bea")
    asha.write("p-1", text="common")
    bea.take_all(asha.seal())
    bea.write("p-1", text="as bea saw it")
    asha.write("p-1", text="as asha saw it")
    asha.take_all(bea.seal())
    forks = set(asha.forks("p-1")["text"])
    assert forks == {"as asha saw it", "as bea saw it"}
    old = asha.renew()
    settle(asha, {old})
    assert set(asha.forks("p-1")["text"]) == forks
    bea.take_all(asha.seal())
    assert set(bea.forks("p-1")["text"]) == forks
    assert bea.derived()[:2] == asha.derived()[:2]


def test_doing_it_again_writes_nothing(laptop: Made) -> None:
    asha = laptop("asha")
    asha.write("p-1", text="one")
    old = asha.renew()
    assert settle(asha, {old}) == 1
    before = asha.ask("SELECT * FROM revision"), asha.ask("SELECT * FROM aside")
    assert settle(asha, {old}) == 0
    assert before == (asha.ask("SELECT * FROM revision"), asha.ask("SELECT * FROM aside"))


def test_the_first_writing_is_kept_aside_whole(laptop: Made) -> None:
    asha = laptop("asha")
    asha.write("p-1", text="one")
    rows = asha.ask("SELECT seq, device, number, record, body, hash FROM revision")
    settle(asha, {asha.renew()})
    assert asha.ask("SELECT seq, device, number, record, body, hash FROM aside") == rows


def test_what_others_hold_under_the_same_numbers_finds_its_place(laptop: Made) -> None:
    """Others got more before this laptop was put back; then it wrote on under its old identity."""
    asha, bea = laptop("asha"), laptop("bea")
    asha.write("p-1", text="handed on")
    common = asha.seal()
    bea.take_all(common)
    # The same laptop as it went on before it was put back.
    lost = laptop("lost")
    lost.take_all(common)
    asha.write("p-2", text="written after it was put back")
    old_identity = asha.identity()
    later = _another(old_identity, lost)
    old = asha.renew()
    settle(asha, {old})
    asha.take(later)
    settle(asha, {old})
    bea.take(later)
    bea.take_all(asha.seal())
    assert asha.words() == bea.words()
    assert asha.words().keys() == {"p-1", "p-2", "p-lost"}
    assert faults(asha) == faults(bea) == []


def _another(own: Identity, held: Laptop) -> Arrived:
    """An envelope of an identity that holds another change under its next number."""
    head = held.store.read(lambda reader: envelopes.heads(reader.connection))[own.device_id]
    revision = Revision(
        Dot(own.device_id, head.number + 1), "p-lost", "paragraph", head.at + 1, {"text": "lost"}
    )
    batch = Batch(own.device_id, head.number + 1, head.hash, (body_of(revision, head.hash),))
    raw = seal(
        Header(INSPECTION, 1, own.device_id, batch.first, bytes(32)), pack(batch), SECRET, own
    )
    return arrived(raw, own.public)


def test_what_was_written_since_in_knowledge_of_it_makes_nobody_wait(laptop: Made) -> None:
    asha, bea = laptop("asha"), laptop("bea")
    asha.write("p-1", text="handed on")
    bea.take_all(asha.seal())
    asha.write("p-1", text="for nobody")
    old = asha.renew()
    asha.write("p-9", text="beside it")
    asha.write("p-1", text="written since")  # names a change that nobody will ever get
    asha.write("p-9", text="beside it, changed")
    before = shown(asha)
    assert settle(asha, {old}) == 3
    assert shown(asha) == before
    for one in asha.seal():
        for revision in one.revisions:
            assert revision.context.get(old, 0) <= 1
        bea.take(one)
    assert shown(bea) == before
    assert bea.words() == {"p-1": "written since", "p-9": "beside it, changed"}
    assert faults(asha) == []


def test_what_was_handed_on_and_no_longer_counts_is_written_again_once(laptop: Made) -> None:
    """A laptop that was copied: its own changes past the fork count for nobody any more."""
    asha, bea = laptop("asha"), laptop("bea")
    asha.write("p-1", text="before the fork")
    asha.write("p-2", text="after the fork")
    sent = asha.seal()
    bea.take_all(sent)
    old = asha.renew()
    bea.store.write(lambda tx: counting.set_counting(tx, {old: 1})).result()
    assert bea.words().keys() == {"p-1"}
    assert settle(asha, {old}, **{old: 1}) == 1
    assert settle(asha, {old}, **{old: 1}) == 0
    assert asha.ask("SELECT count(*) FROM aside") == [(0,)]
    bea.take_all(asha.seal())
    assert bea.words() == asha.words() == {"p-1": "before the fork", "p-2": "after the fork"}
    assert faults(asha) == faults(bea) == []


def test_the_newest_change_noted_outside_may_be_aside_by_now(laptop: Made) -> None:
    asha = laptop("asha")
    asha.write("p-1", text="one")
    asha.store.settle()
    settle(asha, {asha.renew()})
    asha.reopen()
    assert asha.store.notices == []
    asha.write("p-2", text="two")
    assert faults(asha) == []
    assert asha.ask("SELECT count(*) FROM revision") == [(2,)]

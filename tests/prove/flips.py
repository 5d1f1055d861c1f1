"""Bytes that changed where nobody wrote, in key files and in the pages of the store.

Nothing altered may be taken for what was saved: it is refused in words, or it opens with all that
is there and says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.errors import SiteweekError
from app.store import revisions
from app.store.places import KEY_FILE, STORE
from tests.prove.rounds import Tally
from tests.prove.scenes.base import LOST, UNTRUE, Wrong
from tests.prove.scenes.opening import PROFILE
from tests.prove.scenes.writing import Held, derived_again, held

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.prove.subject import Subject

PAGE: Final = 4096
_ALL: Final = 255


def others(byte: int, count: int) -> Sequence[int]:
    """So many other values of a byte: all 255, or some of its bits, all of them, zero or one."""
    if count >= _ALL:
        return [one for one in range(256) if one != byte]
    few = dict.fromkeys((byte ^ 1, byte ^ 0x80, byte ^ 0xFF, 0 if byte else 1, (byte + 1) % 256))
    return [one for one in few if one != byte][:count]


def flipped(content: bytes, at: int, value: int) -> bytes:
    """The bytes with one of them replaced."""
    return content[:at] + bytes([value]) + content[at + 1 :]


def keyring_bytes(subject: Subject, values: int) -> Tally:
    """A02: each byte of the keyring, each to so many values: never accepted."""
    tally = Tally("A02 keyring, every byte")
    subject.put(subject.closed)
    path = subject.root / PROFILE / "keyring"
    whole = path.read_bytes()
    for at, byte in enumerate(whole):
        for value in others(byte, values):
            path.write_bytes(flipped(whole, at, value))
            tally.add(f"byte {at} = {value}", _refused(subject))
    return tally


def store_key_bytes(subject: Subject, values: int) -> Tally:
    """A02: each byte of store.key: refused, or opened with all that is there and said so."""
    tally = Tally("A02 store.key, every byte")
    whole = subject.file(subject.closed, KEY_FILE)
    subject.put(subject.closed)
    path = subject.root / subject.path(KEY_FILE)
    for at, byte in enumerate(whole):
        for value in others(byte, values):
            path.write_bytes(flipped(whole, at, value))
            opened = subject.opened()
            wrong: list[Wrong] = []
            tally.note("refused" if isinstance(opened, str) else "opened and said so")
            if not isinstance(opened, str):
                there, notices, _device = opened
                if there.revisions != subject.held[-1].revisions:
                    wrong.append(Wrong(LOST, "opened with other contents"))
                if not notices:
                    wrong.append(Wrong(UNTRUE, "accepted without a word"))
                subject.put(subject.closed)
            tally.add(f"byte {at} = {value}", wrong)
    return tally


def pages(subject: Subject) -> Tally:
    """B04, B05, B06: a bit in each page, files cut, pages exchanged: all seen by the checks."""
    tally = Tally("B04 B05 B06 pages")
    whole = subject.file(subject.closed, STORE)
    count = len(whole) // PAGE
    cases: list[tuple[str, bytes]] = []
    for page in range(count):
        at = page * PAGE + subject.random.randrange(PAGE)
        bit = 1 << subject.random.randrange(8)
        cases.append((f"bit in page {page + 1}", flipped(whole, at, whole[at] ^ bit)))
        first, second = page, (page + 1 + subject.random.randrange(count - 1)) % count
        cases.append((f"pages {first + 1} and {second + 1}", _exchanged(whole, first, second)))
    cuts = (1, PAGE // 2, PAGE, len(whole) - PAGE, len(whole) - 100)
    cases += [(f"cut by {cut}", whole[:-cut]) for cut in cuts]
    subject.put(subject.closed)
    path = subject.root / subject.path(STORE)
    for what, content in cases:
        path.write_bytes(content)
        tally.add(what, [] if subject.faults() else [Wrong(UNTRUE, "no check complains")])
    return tally


def old_pages(subject: Subject) -> Tally:
    """B06: a page of an earlier moment in its place: its own seal is right.

    What counts as noticed is what opening or verifying says: words, chain, derived rows or the
    engine's indexes do not fit.
    """
    tally = Tally("B06 old pages put back")
    new, old = subject.file(subject.closed, STORE), subject.file(subject.middle, STORE)
    for page in range(min(len(new), len(old)) // PAGE):
        part = slice(page * PAGE, (page + 1) * PAGE)
        if new[part] == old[part]:
            continue
        mixed = new[: part.start] + old[part] + new[part.stop :]
        subject.put(subject.closed, {STORE: mixed})
        has_faults = bool(subject.faults())
        is_noticed, there = _looked_at(subject)
        is_noticed |= has_faults
        is_whole = there == subject.held[-1]
        tally.note("noticed" if is_noticed else "not noticed")
        wrong = (
            [] if is_noticed or is_whole else [Wrong(LOST, "words are gone and nothing says so")]
        )
        tally.add(f"page {page + 1}", wrong)
    return tally


def _refused(subject: Subject) -> list[Wrong]:
    try:
        subject.unlocked()
    except SiteweekError:
        return []
    return [Wrong(UNTRUE, "an altered keyring was accepted")]


def _exchanged(content: bytes, first: int, second: int) -> bytes:
    pages = [content[at : at + PAGE] for at in range(0, len(content), PAGE)]
    pages[first], pages[second] = pages[second], pages[first]
    return b"".join(pages)


def _looked_at(subject: Subject) -> tuple[bool, Held | None]:
    """Whether opening, the chain of revisions or deriving anew shows a fault; and what is there."""
    try:
        inspection = subject.unlocked().open_inspection(subject.id)
    except SiteweekError:
        return True, None
    try:
        there = inspection.ask(held)
        broken = inspection.ask(lambda view: revisions.broken_links(view.records.connection))
        is_same = inspection._store.write(derived_again).result()
        return bool(inspection.notices or broken or not is_same), there
    except SiteweekError:
        return True, None
    finally:
        inspection.close()

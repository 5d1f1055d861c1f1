"""K05, measured: after a lock no process of ours holds a key, the passphrase or a word."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from tests import marking
from tests.inside.running import PASSPHRASE, Running, make_profile

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads memory where Linux shows it")

MARKER: Final = "Okapi crossing watched at noon"


def processes_of(pid: int) -> list[int]:
    """A process and all that it began."""
    every = {
        int(one.name): int((one / "stat").read_text().rpartition(")")[2].split()[1])
        for one in Path("/proc").iterdir()
        if one.name.isdecimal() and (one / "stat").exists()
    }
    found = [pid]
    for one in found:
        found += [child for child, parent in every.items() if parent == one]
    return found


def hits(app: Running, wanted: dict[str, set[bytes]]) -> dict[str, int]:
    """How often each secret stands in the memory of our processes."""
    app.say("let_be_read()")
    counts = dict.fromkeys(wanted, 0)
    for pid in processes_of(app.process.pid):
        maps = Path(f"/proc/{pid}/maps").read_text().splitlines()
        with Path(f"/proc/{pid}/mem").open("rb", 0) as memory:
            for line in maps:
                place, rights = line.split()[:2]
                start, end = (int(one, 16) for one in place.split("-"))
                if "r" not in rights or line.endswith(("[vvar]", "[vvar_vclock]", "[vsyscall]")):
                    continue
                try:
                    memory.seek(start)
                    held = memory.read(end - start)
                except OSError:
                    continue  # memory of a device, or gone meanwhile
                for name, forms in wanted.items():
                    counts[name] += sum(held.count(form) for form in forms)
    return counts


@pytest.fixture
def app(tmp_path: Path) -> Iterator[tuple[Running, dict[str, set[bytes]]]]:
    made = make_profile(tmp_path / "profile")
    opened = made.open_inspection(made.inspections()[0].id)
    keys = opened._store._keys
    wanted = {
        "master key": marking.forms(made.master.raw),
        "database key": marking.forms(keys.database.raw),
        "passphrase": marking.forms(PASSPHRASE),
        "words": marking.forms(MARKER),
    }
    opened.close()
    made.close()
    running = Running(tmp_path / "profile", tmp_path)
    yield running, wanted
    running.close()


def test_k05_after_a_lock_no_process_of_ours_holds_a_key_or_a_word(app, record_property) -> None:
    running, wanted = app
    running.wait("shown()", lambda it: it == "UnlockView")
    assert running.say("is_shut()")  # K04: nobody else of this user reads it
    running.say(f"unlock({PASSPHRASE!r})")
    running.wait("shown()", lambda it: it == "InspectionsPage")
    running.wait("window().centralWidget().list.current_key")
    running.say("open_first()")
    running.wait("shown()", lambda it: it == "Frame")
    running.say("open_note()")
    running.wait("note()")
    running.say(f"type_words({MARKER!r})")
    assert MARKER in running.say("copy_all()")
    before = hits(running, wanted)
    assert all(before.values()), before  # else the search would find nothing anywhere
    assert running.say("window().resize(1200, 800)") is None

    pid = running.process.pid
    began = time.monotonic()
    running.tell("press(Qt.Key.Key_L)")
    running.wait("shown()", lambda it: it == "UnlockView")
    took = time.monotonic() - began
    assert running.say("is_shut()")
    after = hits(running, wanted)
    assert after == dict.fromkeys(wanted, 0), after
    record_property("found before", str(before))
    record_property("seconds to the lock screen", f"{took:.2f}")

    # It is the same process to whoever started it, and looks as it did.
    assert running.process.poll() is None
    assert running.process.pid == pid
    assert running.say("(window().width(), window().height())") == (1200, 800)
    held = Path(f"/proc/{pid}/environ").read_bytes() + Path(f"/proc/{pid}/cmdline").read_bytes()
    assert not marking.holds(held, PASSPHRASE, MARKER)

    running.say(f"unlock({PASSPHRASE!r})")
    running.wait("shown()", lambda it: it == "Frame")
    running.wait("note()")
    assert MARKER in running.say("words()")
    # The offscreen platform complains of what it can't do; of anything else nothing is written.
    said = running.errors().splitlines()
    assert [one for one in said if not one.endswith(": Qt complained in default")] == []

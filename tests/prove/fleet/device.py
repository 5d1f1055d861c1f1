"""One laptop of the fleet, as a process: it writes without end until it is told to rest.

    python -m tests.prove.fleet.device PROFILE INSPECTION SEED

It prints a line of JSON for each change that the store has acknowledged, and one for each order
that it reads from its standard input: ``rest``, ``report``, ``lacks FILE``, ``verify``, ``end``.
"""

from __future__ import annotations

import hashlib
import json
import sys
import threading
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from app.operations.exchange import put_out
from app.operations.notes import add_note, add_paragraph, edit_paragraph
from app.operations.sync.courier import Courier
from app.operations.sync.people import team
from app.operations.verify import verify
from tests.operations import quick

if TYPE_CHECKING:
    from app.operations.inspection import Inspection

_LONGEST_REST = 0.4  # seconds between two changes


class Device:
    """A laptop with its inspection open."""

    def __init__(self, folder: Path, inspection: str, seed: str) -> None:
        """Open, and begin to exchange."""
        self.profile = quick.unlock(folder)
        self.inspection: Inspection = self.profile.open_inspection(inspection)
        self.random = Random(seed)
        self.courier = Courier(self.inspection)
        self.courier.start()
        self.is_resting = threading.Event()
        self._guard = threading.Lock()
        self._is_closed = False
        self._notes: list[str] = []
        self._paragraphs: list[str] = []

    def write(self) -> None:
        """Write at random until told to rest."""
        while not self.is_resting.wait(self.random.random() * _LONGEST_REST):
            marker = f"mark{self.random.getrandbits(48):012x}"
            words = f"{marker} MARKERWORD a child was seen and heard."
            do = self.inspection.do
            if not self._notes or self.random.random() < 0.1:
                made = do(add_note, "jotting", {"title": f"MARKERTITLE {marker}"}).made
                self._notes.append(made)
                self.say(done=marker, record=made)
            elif not self._paragraphs or self.random.random() < 0.7:
                made = do(add_paragraph, self.random.choice(self._notes), words).made
                self._paragraphs.append(made)
                self.say(done=marker, record=made)
            else:
                do(edit_paragraph, self.random.choice(self._paragraphs), words)
                self.say(done=marker)
            self.courier.changed()

    def obey(self) -> None:
        """Carry out the orders, until the last."""
        for line in sys.stdin:
            order, _, about = line.strip().partition(" ")
            match order:
                case "rest":
                    self.is_resting.set()
                case "report":
                    self.courier.ask()
                    self.say(**self._report())
                case "lacks":
                    self.say(lacks=self._lacks(Path(about).read_text("utf-8").split()))
                case "verify":
                    self.close()  # what is being written just now is not checked
                    self.say(whole=verify(self.profile, self.inspection.id).is_whole)
                case "end":
                    break
        self.is_resting.set()

    def close(self) -> None:
        """End as the app does. Closing twice does nothing."""
        if not self._is_closed:
            self._is_closed = True
            self.courier.close()
            self.inspection.close()

    def say(self, **what: Any) -> None:
        """Print a line, whole."""
        with self._guard:
            sys.stdout.write(json.dumps(what) + "\n")
            sys.stdout.flush()

    def _report(self) -> dict[str, Any]:
        read = json.loads("".join(self.inspection.ask(lambda view: list(put_out(view)))))
        records = sorted(read["records"], key=lambda one: one["id"])
        content = hashlib.sha256(json.dumps(records, sort_keys=True).encode()).hexdigest()
        count = self.inspection.store.read(
            lambda one: one.connection.execute("SELECT count(*) FROM revision").fetchone()[0]
        )
        words = team(self.inspection).words
        return {"words": words, "content": content, "records": len(records), "revisions": count}

    def _lacks(self, markers: list[str]) -> list[str]:
        bodies = self.inspection.store.read(
            lambda one: [
                row[0] for row in one.connection.execute("SELECT body FROM revision").fetchall()
            ]
        )
        held = "\n".join(bodies)
        return [one for one in markers if one not in held]


def main() -> None:
    """Run one laptop."""
    device = Device(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
    device.say(started=True)
    writing = threading.Thread(target=device.write)
    writing.start()
    device.obey()
    writing.join()
    device.close()


if __name__ == "__main__":
    main()
